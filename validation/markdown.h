/*
 * markdown.h - the validation book as markdown, for a repository's pages and diffs.
 */
#ifndef VALIDATION_MARKDOWN_H
#define VALIDATION_MARKDOWN_H

#include "validation/book.h"

#include <stdio.h>

void markdown_print(const struct book *book, FILE *out);

#endif
