/*
 * lever_row.h - the columns of a policy lever, as the scenario gives them.
 */
#ifndef MODELS_LEVER_ROW_H
#define MODELS_LEVER_ROW_H

#include "sim/field.h"

struct lever_row {
    const char *name, *title, *title_zh;
    const char *service, *to_service, *origin;        /* NULL: not given */
    int32_t kind, staff, bed, income_to, rule, payer; /* choices */
    int32_t from, to; /* days since 1970-01-01; 0: not given */
    int64_t adcode, each;
    int64_t amount, homes, lease, grade_from;
    double lag, ramp; /* day */
    double delivered, value;
    double cost_cny;
    const char *source, *quality;
};

/* What is no choice but the lack of one stands first in these columns. */
enum { LEVER_ANY = 0 };

/* Columns that not every kind looks at, as bits of a set. */
enum lever_column {
    LEVER_SERVICE = 1 << 0,
    LEVER_TO_SERVICE = 1 << 1,
    LEVER_STAFF = 1 << 2,
    LEVER_AMOUNT = 1 << 3,
    LEVER_HOMES = 1 << 4,
    LEVER_LEASE = 1 << 5,
    LEVER_COST = 1 << 6,
    LEVER_VALUE = 1 << 7,
    LEVER_BED = 1 << 8,
    LEVER_INCOME = 1 << 9,
    LEVER_GRADE = 1 << 10,
    LEVER_RULE = 1 << 11,
    LEVER_RAMP = 1 << 12,
    LEVER_ORIGIN = 1 << 13
};
enum { LEVER_COLUMNS = 14 };
extern const char *const lever_row_names[LEVER_COLUMNS]; /* by bit */

/* The table's columns; choices of kind are those of lever_kind.h. */
extern const struct field lever_row_columns[];

/* The columns that a row gives, as a set. */
unsigned lever_row_given(const struct lever_row *self);

#endif
