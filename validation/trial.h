/*
 * trial.h - a model of the book's own, run by carecap's executive as carecap's models
 * are: set up, replicates, results.
 */
#ifndef VALIDATION_TRIAL_H
#define VALIDATION_TRIAL_H

#include "sim/executive.h"

struct trial {
    const struct model *models[2]; /* one, and NULL */
    void *par[1];                  /* its parameters, not owned */
    int32_t days;                  /* from the start to the end */
    int32_t window;                /* minutes; 0: a week */
    int replicates, threads;
    uint64_t seed;

    struct setup setup;
    struct report report;
    struct result result;
    struct executive_work work; /* of all replicates */
};

/* Runs what the first part of `self` says. `self` must not move. */
void trial_run(struct trial *self);
void trial_free(struct trial *self);

/* Element `i` of the model's result `name`: over all regions, summed over the times
 * from month `from` on. */
double trial_sum(
    const struct trial *self, const char *name, int i, int replicate, int from);

/* Events dispatched, all replicates and kinds. */
double trial_events(const struct trial *self);

#endif
