/*
 * record.h - a table of the input into rows of structs, from CSV or from a YAML list.
 *
 * The columns are those of the row's `columns`; their order in the file is free.
 * A column may hold several numbers: in YAML a list, in CSV apart by single blanks, in
 * both one for all. Any table may have the columns `source` and `quality` besides,
 * which are checked and kept with the file's text only. An empty cell takes the
 * default; a required one is a mistake.
 *
 * A keyed table may come in parts, the base's first: a row whose `name` is there
 * changes only what it gives, another is added. A part that is an empty list takes away
 * what was before. What is required is asked of the rows as they are in the end.
 */
#ifndef SIM_RECORD_H
#define SIM_RECORD_H

#include "sim/field.h"
#include "sim/intake.h"
#include "sim/merge.h"
#include "sim/tree.h"

#include <stdbool.h>

/* A table while it is read. */
struct record {
    struct intake *in; /* not owned */
    struct merge rows;
    bool gap;         /* a part was not understood: a value may stand there */
    int sourced;      /* parts that state sources */
    const char *file; /* of the last part; not owned */
};

/* `parts` is how many calls of the two below will follow. */
void record_init(
    struct record *self, struct intake *in, const struct field *f, int parts);
void record_table(struct record *self, const struct intake_file *file);
void record_list(struct record *self, const struct tree *list);

/*
 * Moves the rows to `rows`, in the arena, and frees the rest.
 *
 * Returns  whether every part states sources itself, row by row
 */
bool record_done(struct record *self, struct rows *rows);

/* Where row `i` of a table that was read stands; no column. */
struct place record_place(const struct rows *rows, int64_t i);

#endif
