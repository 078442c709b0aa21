/*
 * riskpaths.h - RiskPaths, the model that Modgen and openM++ are taught with, as a
 * model of carecap's engine.
 *
 * Women from their 15th to their 40th birthday: first pregnancy by age and union
 * status, first union by age, its end, a second union and its end by duration.
 * Competing risks in continuous time, rates constant by pieces. Nobody dies. What
 * happens after the first pregnancy is not followed.
 *
 * Source   Spielauer, in the guide of Modgen (Statistics Canada): RiskPaths; rates
 *          estimated from Bulgarian women of the Generations and Gender Survey
 */
#ifndef VALIDATION_RISKPATHS_H
#define VALIDATION_RISKPATHS_H

#include "sim/model.h"

enum riskpaths_status {
    RISKPATHS_SINGLE,
    RISKPATHS_EARLY, /* first union, below three years */
    RISKPATHS_LATE,
    RISKPATHS_AFTER_FIRST,
    RISKPATHS_SECOND,
    RISKPATHS_AFTER_SECOND,
    RISKPATHS_STATUSES
};

enum { RISKPATHS_AGES = 10, RISKPATHS_SPELLS = 6, RISKPATHS_YEARS = 25 };
#define RISKPATHS_EARLY_YEARS 3.0

/* Rates, 1/yr. */
struct riskpaths {
    double pregnancy[RISKPATHS_AGES], first_union[RISKPATHS_AGES]; /* by 2.5 years */
    double risk[RISKPATHS_STATUSES];       /* of pregnancy, relative */
    double leave_first[RISKPATHS_SPELLS];  /* by years in it: 1, 3, 5, 9, 13 */
    double leave_second[RISKPATHS_SPELLS]; /* likewise */
    double second_union[RISKPATHS_SPELLS]; /* by years since the first: 2, 6, 10, 15 */
    int women;                             /* in each region */
};

extern const struct riskpaths riskpaths_published;
extern const char *const riskpaths_statuses[RISKPATHS_STATUSES];

/* The rates at `x` years: after the 15th birthday, or in the spell; 1/yr. */
double riskpaths_pregnancy(const struct riskpaths *p, int status, double x);
double riskpaths_change(const struct riskpaths *p, int status, double x);

/* Results: `pregnancies` [statuses], `childless`, `ages` (sum) and `squares` of ages at
 * first pregnancy. Its parameters are a struct riskpaths. */
extern const struct model riskpaths_model;

/* Days that a run must have: its clock runs at twice the speed, so that a "year" of
 * sim/hazard is half a year of age. */
int32_t riskpaths_days(void);

#endif
