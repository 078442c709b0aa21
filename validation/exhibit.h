/*
 * exhibit.h - tables that a check shows besides the rows it is judged by.
 *
 * What a run says about single counties or settings is a finding, not a pass or a fail:
 * it stands in the book for readers.
 */
#ifndef VALIDATION_EXHIBIT_H
#define VALIDATION_EXHIBIT_H

#include <stdbool.h>
#include <stddef.h>

enum { EXHIBIT_CELL = 200, EXHIBIT_LINE = 2000 };

struct exhibit {
    char *title; /* owned */
    char *text;  /* lines end with '\n', cells are apart by '\t'; the first line names
                    the columns; owned */
    size_t size, room;
};

struct exhibits {
    struct exhibit *item; /* [n]; owned */
    int n;
};

/* A new table; its title is made like printf() does, at most EXHIBIT_LINE bytes. */
void exhibit_open(struct exhibits *self, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A line of the table opened last, at most EXHIBIT_LINE bytes, without its '\n'. */
void exhibit_line(struct exhibits *self, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void exhibit_free(struct exhibits *self);

/*
 * Takes the next cell off a text.
 *
 * at       in the text; moves behind the cell
 * last     set when the cell ends its line
 * Returns  false at the end of the text
 */
bool exhibit_cell(const char **at, char cell[EXHIBIT_CELL], bool *last);

/* Whether a cell holds a number, maybe with a unit sign: to be set to the right. */
bool exhibit_is_number(const char *cell);

#endif
