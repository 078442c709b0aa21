/*
 * crew.h - the model workforce alone: regions of made-up counties without people, whose
 * staff a test can watch to the minute.
 */
#ifndef TESTS_CREW_H
#define TESTS_CREW_H

#include "models/models.h"
#include "models/workforce.h"

extern const struct model workforce_model;

enum { CREW_REGIONS = 3, CREW_MODELS = MODELS_WORKFORCE + 2, CREW_STARTED = 1000 };

struct crew_county {
    int64_t regions;
};

struct crew {
    struct workforce_par par; /* set by crew_init(), to be changed before crew_open() */
    struct crew_county county;
    void *pars[CREW_MODELS];
    const struct model *list[CREW_MODELS + 1];
    struct setup setup;
    struct report report;
    struct region region[CREW_REGIONS];
    struct workforce_out out[CREW_REGIONS]; /* of the last month */
    int months;                             /* so far */
    double busy; /* load per capacity that crew_month() sets, all kinds; or < 0 */
};

/* What a listener to SIGNAL_STAFF has heard, in region.own[CREW_MODELS - 1]. */
struct crew_heard {
    int64_t staff[STAFF_KINDS];
};

/* When members of the start left, by number; NEVER when they did not. */
struct crew_leaving {
    int32_t minute[CREW_STARTED];
};

/* Defaults, but nobody retires. */
void crew_init(struct crew *self);

/* Prepares `regions` counties for ten years from 2021 under `seed`, and starts them
 * when there are no mistakes. */
void crew_open(struct crew *self, int regions, uint64_t seed);
void crew_close(struct crew *self);

/* Runs a region to `t` minutes, exclusive. */
void crew_run(struct crew *self, int region, int32_t t);

/* Runs all regions through the next month and fills `out`. */
void crew_month(struct crew *self);

/* Everything before `t` of the first `n` <= CREW_STARTED of the start of a kind, region
 * 0: exact to the minute where quits are the reason. */
void crew_watch(struct crew *self, enum staff_kind k, int n, int32_t t,
    struct crew_leaving *leaving);

#endif
