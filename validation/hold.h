/*
 * hold.h - PHOLD, the synthetic load of parallel simulators, as a model of the engine:
 * tokens that jump between the processes of several regions for ever.
 *
 * A token waits for the lookahead and an exponential time, then acts and is sent on, to
 * another region with a given probability. Their number never changes, and how often
 * one acts until a moment is a renewal process of known mean and variance.
 *
 * Source   Fujimoto, Transactions of the Society for Computer Simulation 7 (1990)
 */
#ifndef VALIDATION_HOLD_H
#define VALIDATION_HOLD_H

#include "sim/model.h"

struct hold {
    int regions, tokens;     /* tokens in each region at the start */
    double lookahead, delay; /* minutes; delay: mean beyond the lookahead */
    double remote;           /* share of acts after which a token changes region */
};

/* Results: `acts`, `sent`, `tokens` (present), `mark` (depends on the order of all). */
extern const struct model hold_model;

/* Mean and variance of how often one token acts in `t` minutes. */
void hold_expect(const struct hold *h, double t, double *mean, double *variance);

#endif
