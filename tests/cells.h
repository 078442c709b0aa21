/*
 * cells.h - what is compared between simulated lives and their projection: at the end
 * of some years, for every county and all together, people and deaths by age and sex,
 * elders by grade, and everything that happened since the start.
 */
#ifndef TESTS_CELLS_H
#define TESTS_CELLS_H

#include "sim/result.h"
#include "tests/projection.h"

enum {
    CELLS_AGES = AGE_GROUPS * SEXES,
    CELLS_GRADES = GRADES * SEXES,
    CELLS_A_PLACE = 2 * CELLS_AGES + CELLS_GRADES + FLOWS
};

struct cells {
    int n, replicates;
    int times[4];     /* month ends, rising */
    double *mean;     /* [n] over replicates; owned */
    double *variance; /* [n] of one replicate, from the sample; owned */
};

/* `self->times` is set by the caller. */
void cells_init(struct cells *self, const struct result *result);
void cells_free(struct cells *self);

/* The same cells of a projection, which is run to the last of the times. [n] */
void cells_expect(
    const struct cells *self, struct projection *projection, double *expected);

/* Text of a cell for a message: time, region, what. */
void cells_name(const struct cells *self, int cell, char text[80]);

/* True when a cell counts each person at most once. */
bool cells_once(int cell);

#endif
