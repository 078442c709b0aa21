/*
 * women.h - a county of women only, as many of each fertile age: its births in a year
 * are the total fertility rate times the women of one age.
 */
#ifndef TESTS_WOMEN_H
#define TESTS_WOMEN_H

#include <stdint.h>

enum { WOMEN_OF_AN_AGE = 5000, WOMEN_YOUNGEST = 13, WOMEN_OLDEST = 49 };

struct women {
    double total; /* children per woman, as the county's row says */
    double level; /* fertility.level */
    double boys;  /* per 100 girls */
    int replicates;
    uint64_t seed;
};

struct women_births {
    double all, boys; /* of a year, all replicates */
};

struct women_births women_births(const struct women *self);

#endif
