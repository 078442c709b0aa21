/*
 * plan.h - the targets of a plan, and whether they are met.
 *
 * A target names an indicator, an area, the months that count, a bound, a due date and
 * its source. The verdict compares the indicator over these months with the bound in
 * every replicate; target.h says which months they are and when a target is first met.
 */
#ifndef MODELS_PLAN_H
#define MODELS_PLAN_H

#include "sim/err.h"
#include "sim/result.h"

#include <stdbool.h>

enum plan_area { PLAN_PREFECTURE, PLAN_EACH_COUNTY, PLAN_WORST_COUNTY, PLAN_AREAS };
enum plan_over { PLAN_POINT, PLAN_YEAR, PLAN_RUN, PLAN_WORST_YEAR, PLAN_OVERS };
enum plan_bound { PLAN_AT_LEAST, PLAN_AT_MOST, PLAN_RISES, PLAN_FALLS, PLAN_BOUNDS };
enum plan_verdict {
    PLAN_MET,
    PLAN_MISSED,
    PLAN_TOO_CLOSE,
    PLAN_UNDECIDED, /* only of runs that add replicates until it is decided */
    PLAN_VERDICTS
};

/* Probabilities beyond which a verdict is given. */
#define PLAN_MET_FROM 0.95
#define PLAN_MISSED_TO 0.05

struct target {
    const char *name, *title, *title_zh;
    const char *indicator;
    const char *item;          /* of an indicator by item; NULL or "": all together */
    int32_t area, over, bound; /* enum plan_area, plan_over, plan_bound */
    int32_t by;                /* days since 1970-01-01; the end of that day counts */
    int32_t since; /* likewise, its beginning counts; 0: the start of the run */
    int64_t month_from, month_to; /* season, 1-12; from > to wraps; 0: none */
    double value;                 /* in the indicator's unit; NAN: any rise or fall */
    const char *source, *quality;
};

struct plan_par {
    struct rows targets;    /* of struct target */
    struct rows statements; /* of struct statement: what the plan says, as printed */
};

/* How one target came out. Its value is the prefecture's, or the worst county's; of a
 * target that rises or falls it is the change. */
struct verdict {
    const struct target *target;       /* not owned */
    const struct indicator *indicator; /* not owned */
    int time; /* index of the time that decides: when its months end */
    int replicates, regions;
    double *value;             /* [replicates] when due; NAN when undefined; owned */
    int *met;                  /* [replicates] 0 or 1; owned */
    int32_t *first_met;        /* [replicates] day on which first met, -1 never; owned;
                                  target_decides() says when a day counts */
    double *county;            /* [regions] mean over replicates when due; owned */
    double *county_met;        /* [regions] share of replicates that meet it; owned */
    double mean;               /* of value over the replicates where it is defined */
    double standard_error;     /* of that mean; NAN with less than two of them */
    double margin;             /* mean distance to the bound; > 0 on the good side */
    double probability;        /* share of replicates in which it is met */
    int worst;                 /* region with the worst mean; 0 when none has one */
    double lower, upper;       /* of the probability, by decide_settle(); else NAN */
    int decided_after;         /* replicates; by decide_settle(), else 0 */
    enum plan_verdict verdict; /* met from PLAN_MET_FROM on, missed to PLAN_MISSED_TO */
};

extern const struct model plan_model;

/* Names of the enums, for input and output; each ends with NULL. */
extern const char *const plan_area_names[];
extern const char *const plan_over_names[];
extern const char *const plan_bound_names[];
extern const char *const plan_verdict_names[];

/*
 * Takes out the targets that are due after `last_day`, with a warning each: for a run
 * that is cut short on request. Otherwise such a target is a mistake.
 */
void plan_drop_late(struct plan_par *par, int32_t last_day, struct report *report);

/* Whether one replicate that has run meets target `i` when it is due. */
bool plan_holds(
    const struct plan_par *par, const struct result *r, int64_t i, int replicate);

/*
 * The verdicts of all targets of `par` from a finished run.
 *
 * Returns  [par->targets.n]; owned by the caller, freed by plan_free_verdicts()
 */
struct verdict *plan_verdicts(const struct plan_par *par, const struct result *r);
void plan_free_verdicts(struct verdict *v, int64_t n);

#endif
