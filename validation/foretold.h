/*
 * foretold.h - the counties of one census, simulated to the next: a forecast as a
 * sample, one run a draw of what was not known.
 *
 * Folder scenarios/hindcast/. Every draw takes its life expectancy and fertility from a
 * Latin hypercube over the ranges of draws.csv, alike for all counties, and with
 * FORETOLD_OTHERS a level of migration for each county.
 */
#ifndef VALIDATION_FORETOLD_H
#define VALIDATION_FORETOLD_H

#include "validation/census.h"

#include <stdbool.h>

enum foretold_way {
    FORETOLD_CLOSED, /* nobody crosses the border of a county */
    FORETOLD_OTHERS, /* people move as in the other counties of the prefecture */
    FORETOLD_OWN     /* as in the county itself: no forecast, but what should close */
};

struct foretold_how {
    enum foretold_way way;
    int draws;           /* 1: the middle of every range, nothing drawn */
    uint64_t seed;       /* of the hypercube */
    int64_t first, last; /* codes of the counties, whole prefectures */
    bool stops_early;    /* broken: the run ends after five years */
    bool backwards;      /* broken: who comes goes */
};

struct foretold_county {
    int64_t adcode;
    char name[40];
    bool apart; /* of apart.csv: lends no rates, is not judged */
    double before[SEXES][CENSUS_GROUPS], after[SEXES][CENSUS_GROUPS]; /* counted */
    double others[SEXES][CENSUS_GROUPS]; /* `before`, grown as the others' groups did */
    double (*draw)[SEXES][CENSUS_GROUPS]; /* [draws]; owned */
};

struct foretold {
    int n, draws;
    struct foretold_county county[CENSUS_MOST]; /* [n], by code */
};

void foretold_run(struct foretold *self, const struct foretold_how *how);
void foretold_free(struct foretold *self);

/* Whether two counties lie in one prefecture. */
bool foretold_together(
    const struct foretold_county *a, const struct foretold_county *b);

#endif
