/*
 * record.h - a table of the input into rows of structs, from CSV or from a YAML list.
 *
 * The columns are those of the row's `columns`; their order in the file is free.
 * Any table may have the columns `source` and `quality` besides, which are checked and
 * kept with the file's text only. An empty cell takes the default; a required one is a
 * mistake.
 */
#ifndef SIM_RECORD_H
#define SIM_RECORD_H

#include "sim/field.h"
#include "sim/intake.h"
#include "sim/tree.h"

#include <stdbool.h>

enum { RECORD_MOST = 1 << 22 }; /* rows of a table */

/*
 * Both read into `rows`, in the arena, what the row `f` of kind FIELD_ROWS describes.
 *
 * Returns  whether the table states sources itself, row by row
 */
bool record_table(struct intake *in, const struct intake_file *file,
    const struct field *f, struct rows *rows);
bool record_list(struct intake *in, const struct tree *list, const struct field *f,
    struct rows *rows);

#endif
