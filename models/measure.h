/*
 * measure.h - an indicator taken over months: what a target compares with its bound.
 *
 * The months of a run are its observations 1, 2, ...: month k ends at time k, flows are
 * its totals, states those at its end. Observation 0 is the state at the start. Over
 * several months flows are summed and states averaged, numerator and denominator apart,
 * then they are divided; one observation is the indicator itself. Everything here is a
 * pure function of the numerators and denominators.
 */
#ifndef MODELS_MEASURE_H
#define MODELS_MEASURE_H

#include "models/indicator.h"

#include <stdbool.h>

/* The monthly series of one indicator, replicate, area and item. */
struct measure {
    int n;          /* times of the run */
    double *top;    /* [n] numerators; owned */
    double *bottom; /* [n] denominators; owned */
    bool top_sums;  /* the numerator is a flow */
    bool bottom_sums;
    bool counts; /* a plain count: nothing to divide by */
    double scale;
};

/* Observations that are looked at: one window, or the same months of years on end. */
struct measure_span {
    int first, last; /* of the last window; both are in it */
    int windows;     /* each 12 observations before the next */
    int lag;         /* observations back to the window that is subtracted; 0: none */
};

/* Takes the storage for any series of the indicator. */
void measure_init(
    struct measure *self, const struct indicator *indicator, const struct setup *s);
void measure_free(struct measure *self);

/* Whether the numerator of an indicator is a flow; false when no model gives it. */
bool measure_sums(const struct indicator *indicator, const struct setup *s);

/* Reads the series `part` of a result. */
void measure_read(struct measure *self, const struct indicator *indicator,
    const struct result *r, struct indicator_part part);

/*
 * The indicator over the observations `first` to `last`, both included: with N summed
 * numerators, D summed denominators of n months, scale N / D for two flows or two
 * states, N n / D for a flow over a state, N / (n D) for a state over a flow; a count
 * is N, a state's N / n.
 *
 * Returns  in the indicator's unit; NAN when the denominators sum to 0
 */
double measure_over(const struct measure *self, int first, int last);

/* As measure_over() for window `i` of a span (0 is the last), less what it is compared
 * with; NAN when either is undefined. */
double measure_window(const struct measure *self, struct measure_span span, int i);

/* The last observation at or before the end of `day`; 0 when none is later than the
 * start. */
int measure_time(const struct setup *s, int32_t day);

/* The calendar month of observation `k` >= 1, counted from January of year 0. */
int measure_month(const struct setup *s, int k);

/* First and last observation that are whole calendar months. */
int measure_first_whole(const struct setup *s);
int measure_last_whole(const struct setup *s);

#endif
