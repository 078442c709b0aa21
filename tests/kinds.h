/*
 * kinds.h - five years of a planned run in which caregivers, beds, nursing and
 * institution beds are totals of a month, and targets on them that are due at its end.
 */
#ifndef TESTS_KINDS_H
#define TESTS_KINDS_H

#include "tests/planned.h"

enum { KINDS_MONTHS = 60 }; /* 2021 to 2025 */

/* A target `t` without value, on the prefecture, due on 2025-12-31. */
struct target kinds_target(
    const char *indicator, enum plan_over over, enum plan_bound bound);

/* The verdict on one target; the caller frees it. */
struct verdict *kinds_judged(struct planned *p, struct target *t);

/* Every county trains `n` caregivers in each of the months `from` to `to` of a year. */
void kinds_train(
    struct planned *p, int replicate, int year, int from, int to, int64_t n);

/* So many wait in every county in a month of a year. */
void kinds_wait(struct planned *p, int replicate, int year, int month, int64_t n);

/* Value, verdict and day first met (-1 never) of replicate 0 are these. */
void kinds_expect(const struct verdict *v, double value, int met, int32_t first);

/* Judges the target and checks the same. */
void kinds_comes_to(
    struct planned *p, struct target t, double value, int met, int32_t first);

#endif
