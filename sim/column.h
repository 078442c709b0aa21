/*
 * column.h - values of input tables and parameters by the names of their rows, for
 * those who look at what another model was given.
 *
 * Only the table of struct field is used, never the struct. A name that the table does
 * not have is a bug, as a misspelt member would be.
 */
#ifndef SIM_COLUMN_H
#define SIM_COLUMN_H

#include "sim/report.h"
#include "sim/setup.h"

/* A table of the input; `n` is 0 when no model takes one of that name. */
struct column_table {
    int64_t n;
    const struct field *field; /* the row of the parameter; NULL: no such parameter */
    const struct rows *rows;   /* not owned */
};

/* The table "section.key". */
struct column_table column_table(const struct setup *s, const char *name);

/* Where row `i` stands. */
struct place column_place(const struct column_table *self, int64_t i);

/* A value of row `i`: a number or a day; of several numbers the first. */
double column_number(const struct column_table *self, int64_t i, const char *column);

/* A text or the name of a choice; "" when the input gives none. */
const char *column_text(const struct column_table *self, int64_t i, const char *column);

/*
 * A parameter of one number, "section.key".
 *
 * Returns  NAN when there is none of that name, or it is a text, path or table
 */
double column_parameter(const struct setup *s, const char *name);

#endif
