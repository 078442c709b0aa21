/*
 * residual.h - net migration between two censuses: what births and deaths leave over.
 *
 * Survivors of the first census against the second, cohort by cohort. A cohort counted
 * in an age group at the end was on average half the years younger while it moved, so
 * its rate is given to people who are five years younger, ten years being between.
 */
#ifndef VALIDATION_RESIDUAL_H
#define VALIDATION_RESIDUAL_H

#include "models/rates.h"
#include "validation/census.h"

enum {
    RESIDUAL_YEARS = 10, /* between the censuses */
    RESIDUAL_AGES = 17   /* groups of current age: 0-4, 5-9 .. 75-79, 80 and over */
};

struct residual {
    double rate[SEXES][RESIDUAL_AGES]; /* 1/yr, people gained a year per person */
};

/* What is known of a county at the start. */
struct residual_start {
    const int64_t (*people)[AGES]; /* [SEXES][AGES], by completed age */
    const double (*rate)[AGES];    /* [SEXES][AGES] 1/yr, death rates at the start */
    double improvement[SEXES];     /* 1/yr, their fall */
};

/* People of a sex who are alive after ten years, by their group then; 0 below 10. */
void residual_survivors(
    const struct residual_start *start, int sex, double alive[CENSUS_GROUPS]);

/* Net rates that turn the survivors into those counted at the end. */
void residual_of(const struct residual_start *start,
    const double end[SEXES][CENSUS_GROUPS], struct residual *out);

/* First and last current age of a group. */
int residual_from(int group);
int residual_to(int group);

#endif
