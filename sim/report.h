/*
 * report.h - the mistakes found in the input, all of them in one go.
 *
 * Readers and checks add what they find and go on; whoever asked for the reading looks
 * at `mistakes` afterwards. A mistake is `file:line:column: what, and what was
 * expected`; a warning does not stop a run and is kept with the result.
 */
#ifndef SIM_REPORT_H
#define SIM_REPORT_H

#include "sim/mem.h"

#include <stdbool.h>
#include <stdio.h>

enum { REPORT_MOST = 20 }; /* mistakes kept; the rest is only counted */

/* A place in an input file; line and column count from 1, 0 is unknown. */
struct place {
    const char *file; /* not owned; NULL when the command line is meant */
    int line, column;
};

struct report_line {
    struct place place; /* its `file` is a copy */
    char *text;         /* one line of print; copy and text are the report's arena's */
};

struct report {
    struct report_line mistake[REPORT_MOST];
    int mistakes; /* found; may exceed REPORT_MOST */
    struct report_line warning[REPORT_MOST];
    int warnings;
    struct arena arena;
};

/* A word of the input made fit for a message: one line, at most 60 bytes, whole
 * characters. */
struct report_word {
    char text[64];
};
struct report_word report_word(const char *word);

/* Zeroed storage is an empty report. */
void report_free(struct report *self);

void report_mistake(struct report *self, struct place at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void report_warning(struct report *self, struct place at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Prints mistakes, then warnings, each list sorted by file, line and column, and says
 * how many are not shown. */
void report_print(const struct report *self, FILE *out);

/*
 * The name of `names` (ends with NULL) that is nearest to `word` by edit distance
 * (insert, delete, replace, swap neighbours), the first of equals; NULL when none is
 * within a third of the longer one's length: for "did you mean ...?".
 */
const char *report_nearest(const char *word, const char *const *names);

#endif
