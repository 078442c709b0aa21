/*
 * walk.h - lives that go from state to state until they end, as events of the engine;
 * and what is known of them in closed form.
 *
 * Rates are constant, or those of death grow exponentially (Gompertz). A person has a
 * threshold for death, carried from state to state, and one for leaving each state, as
 * carecap's residents have; sim/hazard.h says when they are spent, the calendar of a
 * region holds the events.
 */
#ifndef VALIDATION_WALK_H
#define VALIDATION_WALK_H

#include "validation/check.h"

enum { WALK_STATES = 9 }; /* with death */

struct walk {
    int states; /* of the living: 0 .. states - 1; state `states` is death */
    int first;  /* where all begin */
    double rate[WALK_STATES][WALK_STATES]; /* 1/yr, from, to */
    double slope; /* 1/yr: t years later rates of death are exp(slope t) times theirs */
    double years; /* when lives are looked at */
    double cut;   /* years; no life is longer; 0: looked at once, after `years` */
    int people, replicates; /* in each replicate */
    uint64_t seed;
};

struct walk_found {
    double people;
    double share[WALK_STATES];             /* in each state after `years` */
    double share_cut;                      /* alive at `cut` */
    struct check_mean lived[WALK_STATES];  /* years in each until then, of a person */
    struct check_mean life[WALK_STATES];   /* until the end, or `cut` */
    struct check_mean all_lived, all_life; /* in all states of the living */
};

/* The longest `cut` or `years` that fits the engine's clock. */
double walk_longest(const struct walk *w);

struct walk_found walk_run(const struct walk *w);

/*
 * Shares of the states after `t` years, and years spent in each until then: the blocks
 * of the exponential of [[Q, 1], [0, 0]] t, by GSL. Rates constant (slope 0).
 *
 * Source   Van Loan, IEEE Transactions on Automatic Control 23 (1978) 395-404
 */
void walk_expect(const struct walk *w, double t, double share[WALK_STATES],
    double lived[WALK_STATES]);

/* Years in each state in a whole life, by LU decomposition of the rates; false when
 * somebody may live for ever. */
bool walk_lifelong(const struct walk *w, double life[WALK_STATES]);

/* Years lived in `t` years under the hazard level exp(slope s), and who survives them;
 * level > 0, slope >= 0. */
double walk_gompertz(double level, double slope, double t);
double walk_survival(double level, double slope, double t);

#endif
