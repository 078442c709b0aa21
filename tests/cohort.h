/*
 * cohort.h - a cohort of one sex under the models' own tables of death and grades: its
 * life expectancy by Kolmogorov's equations, and single lives drawn as the models draw
 * them, apart from everything else that happens to a person.
 */
#ifndef TESTS_COHORT_H
#define TESTS_COHORT_H

#include "models/rates.h"

struct cohort {
    const struct grade_tab *grades; /* not owned */
    const struct life_table *table; /* not owned */
    int sex;
    struct rng_run run;
    double off; /* what hazards of death are multiplied by; 1: right */
};

/* Of one person born at 0. */
struct cohort_life {
    double death;                  /* age, yr */
    signed char grade[ELDER_AGES]; /* in the middle of age 60 + k; -1: dead */
};

/* Yearly rate of a birth cohort's table at an age. */
double cohort_rate(const struct hazard *h, int cohort, int age);

/*
 * Life expectancy of the mix of grades, exact below 60, by Simpson's rule above; in
 * `gap` the largest difference on any birthday between the survivors of all grades and
 * those of the life table, shares of the newborn.
 */
double cohort_expectancy(const struct cohort *self, double *gap);

struct cohort_life cohort_live(const struct cohort *self, uint64_t who);

#endif
