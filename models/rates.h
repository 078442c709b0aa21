/*
 * rates.h - prepared tables that more than one model reads.
 *
 * Made once before the run by the models grade, mortality and population.
 */
#ifndef MODELS_RATES_H
#define MODELS_RATES_H

#include "models/person.h"
#include "sim/hazard.h"

enum { ELDER_AGES = AGES - ELDER_AGE };

/* Of the model grade. Ages count from 60. */
struct grade_tab {
    double entry[SEXES][GRADES]; /* share at the 60th birthday */
    double rate[SEXES][ELDER_AGES][GRADES]
               [GRADES];                    /* 1/yr, from one grade to another */
    double risk[SEXES][ELDER_AGES][GRADES]; /* mortality relative to grade 0 */
    struct hazard leave[SEXES][GRADES];     /* of any change of grade */
};

/* One life table: the counties that share e0 share it. */
struct life_table {
    double e0[SEXES];         /* yr, given */
    double rate[SEXES][AGES]; /* 1/yr, all grades together */
    double share[SEXES][ELDER_AGES]
                [GRADES];               /* of grades in the middle of a year of age */
    struct hazard death[SEXES][GRADES]; /* grade 0 holds for all ages */
};

/* Of the model mortality. */
struct mortality_tab {
    int n_tables;
    struct life_table *table; /* [n_tables] */
    int *of_region;           /* [n_regions] index into `table` */
};

/* Of the model population: residents of the base year by single year of age. */
struct population_tab {
    int64_t (*people)[SEXES][AGES]; /* [n_regions] */
};

#endif
