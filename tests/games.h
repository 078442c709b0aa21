/*
 * games.h - tiny models for tests of the executive: each has regions, messages and
 * results, and nothing to do with anything.
 */
#ifndef TESTS_GAMES_H
#define TESTS_GAMES_H

#include "sim/model.h"

enum { GAMES_LOG = 64, GAMES_REGIONS = 7, GAMES_BALLS = 40 };

/* Results of a region. */
struct games_out {
    int64_t hops, came, balls, sum;
    int64_t log[GAMES_LOG]; /* what came, in order */
};

/* PHOLD: in each region balls hop at random times, a quarter of them elsewhere. `sum`
 * depends on the order of all that happens. */
extern const struct model games_phold;

/* Two regions: what comes is sent back a day later; `log` has the days of arrival. */
extern const struct model games_pong;

/* All write twice to region 0, region 6 first; `log` there has 100 x minute of sending
 * + 10 x sender + number of the letter. */
extern const struct model games_post;

#endif
