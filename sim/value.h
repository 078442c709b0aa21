/*
 * value.h - the text of one value into its type, and back.
 *
 * Strict on purpose: the whole text is a decimal number or it is none. No blanks, no
 * hex, no leading zeros, no nan or inf, no `2%`, no fraction where a whole number is
 * wanted.
 */
#ifndef SIM_VALUE_H
#define SIM_VALUE_H

#include "sim/field.h"
#include "sim/intake.h"
#include "sim/tree.h"

#include <stdbool.h>

/* What a row wants, for messages: "persons [person], 0 to 1e+08". */
struct value_wanted {
    char text[320];
};
struct value_wanted value_wanted(const struct field *f);

/* A finite decimal number, the whole text; false when it is none. */
bool value_number(const char *text, double *number);

/*
 * Reads one element of the row `f`, which is no path and no table, into `to`.
 *
 * Returns  false when a mistake was reported at `at`; `to` is then as before
 */
bool value_read(struct intake *in, struct place at, const char *text,
    const struct field *f, void *to);

/* As value_read() for a node of YAML: a scalar, a number without quotes. */
bool value_node(
    struct intake *in, const struct tree *node, const struct field *f, void *to);

/* The name of field_quality that `text` is, or NULL with a mistake at `at`. */
const char *value_quality(struct intake *in, struct place at, const char *text);

/* "; did you mean 'x'?" for a word that is no row of `table` and of `more`, or "" when
 * nothing is near or nobody would read it. */
struct value_hint {
    char text[96];
};
struct value_hint value_hint(const struct intake *in, const char *word,
    const struct field *table, const struct field *more);

/* The member of `obj` that the row `f` describes, as text in the arena. */
const char *value_text(struct arena *arena, const struct field *f, const void *obj);

#endif
