/*
 * scratch.h - a folder of input files that a test writes, and the report that they
 * cause.
 */
#ifndef TESTS_SCRATCH_H
#define TESTS_SCRATCH_H

#include "sim/intake.h"

#include <stddef.h>

enum { SCRATCH_TEXT = 16384 };

struct scratch {
    char folder[64]; /* ends with a slash */
    char path[256];  /* scratch_path() gives it */
    char text[SCRATCH_TEXT];
    struct report report;
    struct arena arena;
    struct intake in;
};

void scratch_open(struct scratch *self);

/* Removes the files and frees everything. */
void scratch_close(struct scratch *self);

/* The path of a file in the folder; valid until the next call. */
const char *scratch_path(struct scratch *self, const char *name);

/* Writes a file of `size` bytes, or of a text. */
void scratch_bytes(
    struct scratch *self, const char *name, const char *bytes, size_t size);
void scratch_write(struct scratch *self, const char *name, const char *text);

/* The file read, or NULL with a mistake. */
const struct intake_file *scratch_read(struct scratch *self, const char *name);

/* What the report prints, without the folder's name; the report is empty then. */
const char *scratch_report(struct scratch *self);

#endif
