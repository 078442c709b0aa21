/*
 * rates.h - prepared tables that more than one model reads.
 *
 * Made once before the run by the models whose names they have.
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

/* Of the model fertility. */
struct fertility_tab {
    struct hazard *birth; /* [n_regions] */
    double boys;          /* share of births */
};

/* Of the model migration. */
struct region_moves {
    struct hazard leave[SEXES];    /* of any move */
    double out[SEXES][AGES];       /* share of moves that leave the prefecture */
    double *to;                    /* [n_regions] cumulated shares of destinations */
    double newcomers;              /* 1/yr */
    double arriving[SEXES * AGES]; /* cumulated shares of newcomers by sex and age */
};

struct migration_tab {
    struct region_moves *of; /* [n_regions] */
};

#endif
