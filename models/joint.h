/*
 * joint.h - the joint table of a county's people by iterative proportional fitting, and
 * its rounding to whole people.
 *
 * Cells are age x sex x residence x living arrangement x income. Fitted margins: people
 * by age and sex, by residence, by living arrangement above and below 60, by income
 * within residence. Grades are independent of the rest given age and sex.
 */
#ifndef MODELS_JOINT_H
#define MODELS_JOINT_H

#include "models/person.h"

enum { JOINT_TRAITS = RESIDENCES * LIVINGS * INCOMES, JOINT_BANDS = 2 };

struct joint {
    double cell[AGES][SEXES][RESIDENCES][LIVINGS][INCOMES]; /* person */
};

struct joint_margins {
    const int64_t (*people)[AGES];       /* [SEXES] person */
    double urban;                        /* person */
    double living[JOINT_BANDS][LIVINGS]; /* person, below 60 and from 60 on */
    double income[RESIDENCES][INCOMES];  /* shares */
    double elder_urban_odds; /* seed: odds of urban above 60 against below */
};

/*
 * Fits `self`; the margin of age and sex holds exactly, the others to the residual.
 *
 * Returns  person, the largest difference from any margin, per 1,000 people
 */
double joint_fit(struct joint *self, const struct joint_margins *m);

/*
 * Whole people in the cells of one age and sex, times grades: `n` people shared over
 * JOINT_TRAITS * grades cells by largest remainder; what rounding leaves is carried to
 * the next call through `carry`, so that every trait's total over all calls is near.
 *
 * count    person, [JOINT_TRAITS * grades], trait first
 * carry    person, [JOINT_TRAITS * GRADES], zero before the first call
 */
void joint_round(const double cell[JOINT_TRAITS], const double *grade_share, int grades,
    int64_t n, double *carry, int64_t *count);

#endif
