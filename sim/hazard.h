/*
 * hazard.h - cumulative hazards along a life, and the moment at which one is spent.
 *
 * The rate of an event is constant within a year of age of a birth cohort. A subject
 * carries a level: its unit-exponential threshold above the cumulative hazard at the
 * moment of the draw. The event comes when the cumulative hazard reaches the level, so
 * raising a rate brings the event forward and never delays it. Ages are mean Gregorian
 * years since birth.
 */
#ifndef SIM_HAZARD_H
#define SIM_HAZARD_H

#include "sim/mem.h"

#include <stdint.h>

struct hazard {
    int first_age, ages; /* years; 0 before the first age, last rate after the last */
    int cohorts;         /* 1: the same for all births */
    int32_t first_birth; /* minutes; earliest birth of cohort 0, a year each */
    double *cumulative;  /* [cohorts][ages + 1] at birthdays; owned by an arena */
};

void hazard_init(struct hazard *self, int first_age, int ages, int cohorts,
    int32_t first_birth, struct arena *arena);

/* Sets one cohort from yearly rates; rate[ages], 1/yr, >= 0. */
void hazard_set(struct hazard *self, int cohort, const double *rate);

/* Cumulative hazard from birth to `t`, for a subject born at `birth`; minutes. */
double hazard_level(const struct hazard *self, int32_t birth, int32_t t);

/*
 * When the cumulative hazard reaches `level`.
 *
 * from     minutes; the answer is not before
 * end      minutes; an answer at or after `end` is NEVER
 */
int32_t hazard_time(
    const struct hazard *self, int32_t birth, double level, int32_t from, int32_t end);

#endif
