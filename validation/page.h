/*
 * page.h - the validation book as one page of HTML that needs nothing else.
 *
 * It holds no date and no name of a machine: the same program with the same seed writes
 * the same bytes.
 */
#ifndef VALIDATION_PAGE_H
#define VALIDATION_PAGE_H

#include "validation/book.h"

#include <stdio.h>

void page_print(const struct book *book, FILE *out);

#endif
