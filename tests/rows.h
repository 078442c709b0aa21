/*
 * rows.h - proves that a table of rows describes a whole struct.
 */
#ifndef TESTS_ROWS_H
#define TESTS_ROWS_H

#include "sim/field.h"

/*
 * Fails the running test unless the rows, in any order, fill a struct of `size` bytes:
 * no gap but what alignment asks for, no overlap, no tail, no name twice; every row has
 * a doc, every number a unit, a table its columns, whose struct is covered too.
 */
void rows_cover(const struct field *table, size_t size);

/* The first thing wrong, or NULL. The text is the caller's. */
const char *rows_fault(const struct field *table, size_t size, char text[200]);

#endif
