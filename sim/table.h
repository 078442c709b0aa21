/*
 * table.h - a CSV text, record by record, every cell with its line and column.
 *
 * RFC 4180: commas, records end with LF or CRLF, a cell in quotes may hold commas, line
 * ends and doubled quotes. Blanks belong to the cell. Lines of blanks only are skipped.
 */
#ifndef SIM_TABLE_H
#define SIM_TABLE_H

#include "sim/intake.h"

#include <stdbool.h>
#include <stddef.h>

struct table_cell {
    const char *text;   /* in the arena */
    struct place place; /* of its first character or quote */
};

struct table {
    struct intake *in; /* not owned */
    const char *file;  /* not owned */
    char *at;          /* what is still to be read: a copy, cells are cut out of it */
    const char *end;
    int line, column;        /* of `at` */
    struct table_cell *cell; /* [n] of the record read last; owned */
    size_t n, capacity;
};

void table_init(struct table *self, struct intake *in, const struct intake_file *file);
void table_free(struct table *self);

/*
 * Reads the next record.
 *
 * Returns  false at the end; or when a mistake was reported, quotes are then out of
 * step and what follows makes no sense
 */
bool table_next(struct table *self);

#endif
