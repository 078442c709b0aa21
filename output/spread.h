/*
 * spread.h - an indicator over the replicates of a run: mean and where nine in ten lie.
 */
#ifndef OUTPUT_SPREAD_H
#define OUTPUT_SPREAD_H

#include "output/reader.h"

#include <stdio.h>

struct spread {
    const struct reader *reader; /* not owned */
    int n_areas;                 /* the prefecture, then the counties */
    double *mean;                /* [n_areas][n_times]; NAN when undefined; owned */
    double *low, *high;          /* [n_areas][n_times] 5 and 95 % quantiles; owned */
    double most;                 /* highest of `high`, at least 0 */
};

void spread_init(struct spread *self, const struct reader *r,
    const struct reader_indicator *indicator);
void spread_free(struct spread *self);

/* As CSV: date, year as a number, then mean, low and high of every area. */
void spread_csv(const struct spread *self, FILE *out);

#endif
