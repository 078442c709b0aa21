/*
 * indicator.h - what planners measure: a ratio of two results, with a name and a unit.
 *
 * An indicator is a row. Numerator and denominator are results of models, named as in
 * the result file; summed over counties before dividing for the prefecture.
 */
#ifndef MODELS_INDICATOR_H
#define MODELS_INDICATOR_H

#include "sim/result.h"

struct indicator {
    const char *name, *unit, *doc, *zh;
    const char *numerator;   /* a result; several elements are summed */
    const char *denominator; /* likewise, or NULL for a plain count */
    double scale;
};

/* All indicators; ends with an empty row. */
extern const struct indicator indicator_list[];

/* The row named `name`, or NULL. */
const struct indicator *indicator_find(const char *name);

/* Which numbers of a run: those of one replicate, area and item. */
struct indicator_part {
    int replicate;
    int region; /* index, or -1 for all regions together */
    int item;   /* index into the results by item, or -1 for all together */
};

/*
 * Numerators and denominators apart, at every time of the run.
 *
 * top, bottom  [n_times], in the units of the results; all 1 below a plain count
 */
void indicator_parts(const struct indicator *self, const struct result *r,
    struct indicator_part part, double *top, double *bottom);

/* Its value of the two parts of one time; NAN when the denominator is 0. */
double indicator_ratio(const struct indicator *self, double top, double bottom);

/*
 * Its value at one time.
 *
 * region   index, or -1 for all regions together
 * item     index in the items of its results, or -1 for all together; a result that is
 *          not by items is taken whole
 * Returns  in the row's unit; NAN when the denominator is 0
 */
double indicator_value(const struct indicator *self, const struct result *r,
    int replicate, int time, int region, int item);

#endif
