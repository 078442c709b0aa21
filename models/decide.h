/*
 * decide.h - after which replicate the verdict on a target is certain enough.
 *
 * Whether a replicate meets a target is a Bernoulli trial with the probability p that
 * is judged. After every replicate each target has an interval of p such that the
 * chance that p is ever outside, in any of the replicates however many follow, is at
 * most the error. So one may look after every replicate and stop when one likes. A
 * target is decided when its interval lies within one verdict: met (p from 0.95 on),
 * missed (p up to 0.05), or between them too close to call. Intervals only shrink: what
 * is decided stays decided.
 */
#ifndef MODELS_DECIDE_H
#define MODELS_DECIDE_H

#include "models/plan.h"

#include <stdbool.h>

/* One target so far; p is in it by the error. */
struct decide_target {
    int n, met;          /* replicates, and those that meet it */
    double mixture;      /* log of the probability of these trials under the mixture */
    double lower, upper; /* of p, fraction 1 */
    int after;           /* replicates after which it was decided; 0 not yet */
    enum plan_verdict verdict; /* PLAN_UNDECIDED until then */
};

/* All targets of a plan. Zeroed storage may be freed. */
struct decide {
    double error; /* chance that the verdict on any one target is wrong, in (0, 1) */
    int most;     /* replicates after which nothing more is tried */
    int n;
    struct decide_target *target; /* [n]; owned */
};

void decide_init(struct decide *self, int n, double error, int most);
void decide_free(struct decide *self);

/* Adds one replicate to a target: does it meet it? */
void decide_add(struct decide *self, int target, bool met);

/* Targets that are not decided. */
int decide_open(const struct decide *self);

/* Replicates that it takes when all of them meet the target: 95 at an error of 0.05. */
int decide_least(double error);

/* Puts intervals and verdicts into `v` [n], the verdicts of the same replicates. */
void decide_settle(const struct decide *self, struct verdict *v);

#endif
