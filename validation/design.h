/*
 * design.h - numbers between 0 and 1 for runs that are to differ on purpose.
 *
 * A Latin hypercube: of every column each n-th part of the range is hit by one run, and
 * columns are shuffled apart from each other. A column belongs to (seed, its number),
 * so that more columns change none that were there.
 */
#ifndef VALIDATION_DESIGN_H
#define VALIDATION_DESIGN_H

#include <stdint.h>

/*
 * One column of a Latin hypercube.
 *
 * u        [n], in (0, 1); of the runs in order
 * Source   McKay, Beckman and Conover, Technometrics 21 (1979) 239
 */
void design_column(uint64_t seed, uint64_t column, int n, double *u);

/* The numbers 0 .. n-1 in an order drawn for (seed, column). */
void design_shuffle(uint64_t seed, uint64_t column, int n, int *order);

#endif
