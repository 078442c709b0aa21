/*
 * members.h - synthetic counties of which only the group's total is known.
 */
#ifndef MODELS_MEMBERS_H
#define MODELS_MEMBERS_H

#include "models/county.h"

/*
 * Shares of the members, whose log sizes are quantiles of a logistic distribution, in a
 * scrambled order, so that size and place have nothing to do with each other.
 *
 * share    [count], filled; adds up to 1
 */
void members_shares(const struct county_group *g, double *share);

/* The row of member `i`, which has `share` of the group; names live in the arena. */
struct county_row members_row(
    struct arena *arena, const struct county_group *g, int64_t i, double share);

#endif
