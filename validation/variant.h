/*
 * variant.h - a scenario of a file, changed in memory before it is set up and run.
 *
 * For what --set cannot say: a cell of a table, all of its rows, numbers drawn for a
 * run. Parameters and columns are found by the names of their rows.
 */
#ifndef VALIDATION_VARIANT_H
#define VALIDATION_VARIANT_H

#include "sim/result.h"
#include "sim/scenario.h"

struct variant {
    struct scenario scenario;
    struct setup setup;
    struct report report;
    struct result result;
    bool is_set_up, has_run;
};

/* A table of parameters, and the row that describes it. */
struct variant_table {
    struct rows *rows;
    const struct field *field;
};

/* Reads `path` with `set` [n_set] as of the command line. A mistake is a bug: what the
 * book runs is part of it. `self` must not move from here on. */
void variant_read(struct variant *self, const struct model *const *models,
    const char *path, const char *const *set, int n_set);
void variant_free(struct variant *self);

/* Prepares the run; may be called again after further changes. Returns false when what
 * was changed does not go together; the report says why. */
bool variant_setup(struct variant *self);

/* Runs all replicates of the scenario, one after another, on one thread. */
void variant_run(struct variant *self);

/* The parameter "migration.net_factor"; an unknown name is a bug. */
void *variant_parameter(const struct variant *self, const char *name);

/* The table "migration.net"; likewise. */
struct variant_table variant_table(const struct variant *self, const char *name);

/* The cell of a row, by the name of its column; likewise. */
void *variant_cell(const struct variant_table *table, int64_t row, const char *column);

/* Leaves of a table only the rows whose whole number `column` lies in [lo, hi]. */
void variant_keep(
    const struct variant_table *table, const char *column, int64_t lo, int64_t hi);

/* Replaces a table by `n` rows that are all 0. */
void variant_fill(struct variant *self, const struct variant_table *table, int64_t n);

/* Sum of a result's element `i` at a time, over regions [from, to). */
double variant_value(
    const struct variant *self, const char *name, int i, int time, int from, int to);

#endif
