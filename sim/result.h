/*
 * result.h - what a run leaves: every model's results, by replicate, time and region.
 */
#ifndef SIM_RESULT_H
#define SIM_RESULT_H

#include "sim/setup.h"

struct result {
    const struct setup *setup; /* not owned */
    int replicates;
    int room; /* replicates that `data` has place for */
    unsigned char *
        *data; /* [models][room][n_times][n_regions] setup_out_bytes(); owned */
    unsigned char **apart; /* [models][room][n_times][shards after the first of each
                              region] the same of these until it is added up; NULL for
                              models without such; owned */
};

void result_init(struct result *self, const struct setup *s, int replicates);
void result_free(struct result *self);

/* Makes room for `replicates`, not fewer than there are; what is there may move. */
void result_grow(struct result *self, int replicates);

/* Forgets all but the first `replicates`. */
void result_trim(struct result *self, int replicates);

/* The result struct of a model (index in the list) at one place, or the first of its
 * items' structs; never NULL. */
void *result_at(
    const struct result *self, int model, int replicate, int time, int region);

/* Where a shard's results wait for result_fold(); the first's are its region's. */
void *result_at_shard(
    const struct result *self, int model, int replicate, int time, int shard);

/* Adds what the shards of each region have apart to the region's results, once. */
void result_fold(struct result *self, int replicate);

/* Brings what the other ranks have of a replicate to rank 0 and folds it; all ranks
 * call it. */
void result_gather(struct result *self, int replicate);

/* A row of some model's results: found by name over all models; model < 0 when it is
 * unknown, or its model has no items in this run. */
struct result_row {
    int model;
    const struct field *field;
    const struct axis *items; /* NULL: one struct a region */
};
struct result_row result_find(const struct setup *s, const char *name);

/* By what a row's elements can be told apart: its model's items, else its own first
 * axis, or NULL. */
const struct axis *result_items(struct result_row row);

/*
 * Sum of a row's elements at one place.
 *
 * at       as result_at() gives it
 * item     index in result_items(); -1: all of them; whatever it is when there are none
 */
double result_sum(
    const struct setup *s, struct result_row row, const void *at, int item);

#endif
