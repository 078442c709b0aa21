/*
 * given.h - one value of a scenario, as its YAML node gives it, into its member.
 *
 * Unwraps `{value: ..., unit: ..., source: ..., quality: ...}`, then reads by kind:
 * scalar, list of a fixed length, path over years, table.
 */
#ifndef SIM_GIVEN_H
#define SIM_GIVEN_H

#include "sim/field.h"
#include "sim/intake.h"
#include "sim/tree.h"

#include <stdbool.h>

/* What was said about the value. */
struct given {
    const char *source, *quality; /* NULL when not said */
    bool row_by_row;              /* a table that states sources itself */
};

/*
 * Reads the nodes `node` [n] into the member of `obj` that the row `f` describes.
 *
 * n        1, more only for a keyed table: the base's first
 * Returns  what the last node says that says a source; else the last quality said
 */
struct given given_read(struct intake *in, const struct tree *const *node, int n,
    const struct field *f, void *obj);

#endif
