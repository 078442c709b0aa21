/*
 * factors.h - the settings of a scenario that nobody measured, and how each is varied.
 *
 * Read off the scenario: every parameter whose quality is assumption or recalled, and
 * of a table that states quality row by row the columns of such rows. A factor is one
 * number from 0 to 1; 1/2 leaves the scenario as it is, 0 and 1 are a stated part below
 * and above it, or the end of the row's range where that comes first:
 *
 * a real number, a list, a path   times 1 - FACTORS_PART to 1 + FACTORS_PART
 * a whole number                  likewise, rounded, by one at least
 * shares that add up to 1         the later ones times more than those before, then
 *                                 made to add up again
 * a calendar year                 five years to either side
 * a column of a table             times as above, in all rows of low quality at once
 */
#ifndef VALIDATION_FACTORS_H
#define VALIDATION_FACTORS_H

#include "validation/variant.h"

#define FACTORS_PART 0.25

enum { FACTORS_MOST = 400, FACTORS_NAME = 80, FACTORS_WHY = 100 };

enum factor_kind { FACTOR_SCALE, FACTOR_WHOLE, FACTOR_SHARES, FACTOR_YEAR };

struct factor {
    char name[FACTORS_NAME]; /* "workforce.quits", "service.services.price" */
    char setting[FACTORS_NAME];
    const char *quality;       /* of field_quality; "row by row" for a table's column */
    const struct field *field; /* of the parameter */
    const struct field *column; /* NULL when it is not a column */
    enum factor_kind kind;
};

/* What was not varied, and why. */
struct factor_left {
    char name[FACTORS_NAME], why[FACTORS_WHY];
};

struct factors {
    int n, n_left;
    struct factor item[FACTORS_MOST];
    struct factor_left left[FACTORS_MOST];
};

/* All of a scenario that has been read, in the order of models and rows. */
void factors_init(struct factors *self, const struct variant *v);

/* Sets a factor of a scenario that stands as it was read. x in [0, 1]. */
void factors_apply(const struct factor *self, struct variant *v, double x);

/* The end, 0 or 1, that is farther from what the scenario has; 1 when both are as far.
 */
int factors_farther(const struct factor *self, const struct variant *v);

/* The value that it has: a number, or the first of several, "..." behind. */
void factors_text(
    const struct factor *self, const struct variant *v, char text[FACTORS_NAME]);

/* Index of the factor of that name, or -1. */
int factors_find(const struct factors *self, const char *name);

#endif
