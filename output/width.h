/*
 * width.h - how wide UTF-8 text is on a terminal, so that tables of Chinese line up.
 *
 * Chinese characters take two columns, combining marks none. What would upset a
 * terminal, control characters and bytes that are not UTF-8, counts and prints as `?`.
 */
#ifndef OUTPUT_WIDTH_H
#define OUTPUT_WIDTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The character at `*text`, which moves behind it; 0xfffd for a byte that is none. */
uint32_t width_next(const char **text);

/* Columns that a text takes. */
int width_of(const char *text);

/* Bytes of the first line, when a text is broken at blanks into lines of so many
 * columns, or anywhere in a word that is longer. */
size_t width_fit(const char *text, int columns);

/* Prints `text` exactly `columns` wide: padded with blanks, or cut with `…` at its end.
 */
void width_print(FILE *out, const char *text, int columns, bool right);

#endif
