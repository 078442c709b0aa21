/*
 * merge.h - the rows of a table while they are read, those of a keyed one by name.
 *
 * A keyed table may come in parts: a row whose `name` an earlier part gave is given out
 * again, to be changed, and it is noted which columns were given at all.
 */
#ifndef SIM_MERGE_H
#define SIM_MERGE_H

#include "sim/field.h"
#include "sim/report.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    MERGE_MOST = 1 << 22,     /* rows of a table */
    MERGE_MOST_KEYED = 10000, /* of a keyed one: every row is compared with all */
};

struct merge {
    const struct field *field; /* the row, of kind FIELD_ROWS; not owned */
    struct report *report;     /* not owned */
    bool several;              /* there is more than one part */
    int part;                  /* the running one; whoever reads counts it on */
    unsigned char *row;        /* [n]; owned, as are the others */
    struct merge_mark *mark;   /* [n] where each row was given last */
    bool *given;               /* [n, columns] when there are several parts */
    size_t n, capacity, columns;
};

void merge_init(
    struct merge *self, const struct field *f, struct report *report, int parts);

/* Whether there is no room for another row, with a mistake at `at`. */
bool merge_full(const struct merge *self, struct place at);

/* A new row with defaults; valid until the next one. */
void *merge_row(struct merge *self, struct place at);

/* The row named `name` of a keyed table, new or not; always new when `name` is NULL.
 * NULL with a mistake when this part has given it already. */
void *merge_row_named(struct merge *self, const char *name, struct place at);

/* Notes that `row` was given its column `c`; any other field is passed over. */
void merge_note(struct merge *self, const struct field *c, const void *row);

/* Mistakes for what no part gave though it is required. */
void merge_find_missing(const struct merge *self);

/* Moves the rows to `rows`, in the arena, and frees the rest. `file` is of the last
 * part. */
void merge_keep(
    struct merge *self, struct arena *arena, const char *file, struct rows *rows);

#endif
