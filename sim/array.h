/*
 * array.h - the numbers of a row whose count is not 1, FIELD_REAL or FIELD_INT.
 *
 * As strict as value.h, number by number. Parameters are given as a list of exactly
 * `count`; a cell of a table may be one number instead, which then stands for all.
 */
#ifndef SIM_ARRAY_H
#define SIM_ARRAY_H

#include "sim/field.h"
#include "sim/intake.h"
#include "sim/tree.h"

#include <stdbool.h>

/* All three read into `to` [count] and return false when a mistake was reported. */

/* A list of YAML. */
bool array_list(
    struct intake *in, const struct tree *list, const struct field *f, void *to);

/* A value of a row in a YAML list: a list, or a number for all. */
bool array_node(
    struct intake *in, const struct tree *node, const struct field *f, void *to);

/* A cell of a CSV table: numbers apart by single blanks, or one for all. */
bool array_cell(struct intake *in, struct place at, const char *text,
    const struct field *f, void *to);

#endif
