/*
 * sheet.h - a CSV table of the book's own, its columns described as those of scenarios.
 */
#ifndef VALIDATION_SHEET_H
#define VALIDATION_SHEET_H

#include "sim/intake.h"
#include "sim/record.h"

struct sheet {
    struct rows rows;
    struct report report;
    struct arena arena;
    struct intake in;
};

/* Reads `path` into rows of `size` bytes. A mistake is a bug: the file is part of the
 * book. `self` must not move from here on. */
void sheet_read(
    struct sheet *self, const char *path, const struct field *columns, size_t size);
void sheet_free(struct sheet *self);

#endif
