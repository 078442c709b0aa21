/*
 * balance.h - what must add up in the results of any run: people gained and lost, and
 * the same people counted in two ways. Exact, for counts are whole.
 */
#ifndef TESTS_BALANCE_H
#define TESTS_BALANCE_H

#include "sim/result.h"

/* Places and months of a replicate at which people before, plus births and those who
 * come, less deaths and those who go, are not the people after. */
int balance_people(const struct result *result, int replicate);

/* Months at which those who left a county are not as many as those who arrived. */
int balance_moves(const struct result *result, int replicate);

/* Ways in which the same people are counted twice; places and months at which way `i`
 * does not give the same number; its name. */
enum { BALANCE_WAYS = 6 };
int balance_counts(const struct result *result, int replicate, int i);
const char *balance_name(int i);

#endif
