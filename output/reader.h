/*
 * reader.h - opens a finished result file and hands out what is in it.
 *
 * Everything read belongs to the reader and goes with it. A day is its number since
 * 1970-01-01, as everywhere; results are observed at the end of a day.
 */
#ifndef OUTPUT_READER_H
#define OUTPUT_READER_H

#include "sim/err.h"
#include "sim/mem.h"

#include <hdf5.h>
#include <stdint.h>

/* One target of the plan and how it came out; texts are never NULL. */
struct reader_target {
    const char *name, *title, *title_zh;
    const char *indicator, *item, *unit;
    const char *area, *over, *bound; /* of plan_area_names, plan_over_names, ... */
    const char *source, *quality;
    int month_from, month_to;    /* season that counts; 0: none */
    int32_t since;               /* day from whose beginning it counts; -1: the start */
    double value;                /* the bound, or the least change, in `unit` */
    int32_t due;                 /* day at whose end it is due */
    double mean, standard_error; /* when due, over replicates; NAN when undefined; of
                                    the change where it rises or falls */
    double margin;               /* mean distance to the bound, > 0 on the good side */
    double probability;          /* share of replicates in which it is met */
    double lower, upper;         /* of the probability; with most_replicates only */
    int verdict;                 /* enum plan_verdict */
    int decided_after;           /* replicates; 0 when it is not decided */
    int32_t first_met;           /* day by which half the replicates met it; -1 never */
    int worst;                   /* county with the worst mean, index into `county` */
    double *replicate_value;     /* [n_replicates] when due */
    double *county_value;        /* [n_counties] mean when due */
    double *county_met;          /* [n_counties] share of replicates */
};

/* An indicator over time; areas are the prefecture, then the counties in order. */
struct reader_indicator {
    const char *name, *unit, *doc, *zh;
    double *value; /* [n_replicates][n_times][1 + n_counties]; NAN when undefined */
};

struct reader_county {
    int64_t code;
    const char *name, *name_zh;
};

struct reader {
    hid_t file;
    const char *path;
    const char *title, *title_zh, *source, *history;
    const char *digest, *scenario_digest; /* hex */
    int64_t seed;
    int n_replicates, n_times, n_counties;
    int most_replicates; /* of a run until its targets are decided; 0 of others */
    double error;        /* of its verdicts, see decide.h */
    int32_t *day; /* [n_times] day at whose end results are observed; the first is the
                     day before the run */
    struct reader_county *county; /* [n_counties] */
    struct arena arena;
};

/*
 * Opens a result file.
 *
 * Fails    ERR_IO when it cannot be read, ERR_INPUT when it is not a finished result;
 *          there is then nothing to close
 */
int reader_open(struct reader *self, const char *path) MUST_USE;
void reader_close(struct reader *self);

/*
 * The targets in the order of the plan; none (n = 0) when the plan has no targets.
 *
 * target   [n]; owned by the reader
 * Fails    ERR_INPUT when the file is damaged
 */
int reader_targets(struct reader *self, struct reader_target **target, int *n) MUST_USE;

/* Index of `text` among `names`, which end with NULL; -1 when it is none of them. */
int reader_choice(const char *const *names, const char *text);

/* Names of all indicators in the file, [n] and then NULL; owned by the reader. */
const char *const *reader_indicators(struct reader *self, int *n);

/*
 * One indicator by name.
 *
 * Fails    ERR_INPUT when there is none of this name, or the file is damaged
 */
int reader_indicator(
    struct reader *self, const char *name, struct reader_indicator *out) MUST_USE;

#endif
