/*
 * season.h - how many guests of an origin are expected in a county by a moment.
 *
 * Guests come at a rate that is constant within a calendar month. What is expected to
 * have come grows along with time; its inverse turns thresholds into arrivals.
 */
#ifndef MODELS_SEASON_H
#define MODELS_SEASON_H

#include "sim/setup.h"

enum {
    SEASON_MONTHS = 12,
    SEASON_BEFORE = 36 /* months before the start, whose guests may still be there */
};

struct season {
    int n;           /* origins */
    int first_month; /* calendar month of the start, and of edge[0]; 0 to 11 */
    int n_edges;     /* months and 1 */
    int32_t *edge;   /* [n_edges] minutes, where months begin, and the end */
    double **guests; /* [n_regions * n] expected since edge[0], at edges; NULL: nobody
                        ever comes */
    double (*stay)[SEASON_MONTHS]; /* [n_regions * n] day, mean, by month of arrival */
};

/* From the parameters of the model sojourn; mistakes are reported. */
void season_prepare(struct season *self, struct setup *s, struct report *report);

/* Guests of an origin expected in a region from edge[0] to `t`; nobody: 0. */
double season_level(const struct season *self, int region, int origin, int32_t t);

/* The last whole minute at which no more than `level` are expected, or NEVER. */
int32_t season_time(const struct season *self, int region, int origin, double level);

/* Mean stay of who arrives at `t`, days. */
double season_stay(const struct season *self, int region, int origin, int32_t t);

#endif
