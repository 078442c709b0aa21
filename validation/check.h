/*
 * check.h - one question of the validation book, and the rows of its answer.
 *
 * A row sets what was found by running beside what is expected. It agrees when the two
 * are no further apart than CHECK_ERRORS standard errors and a tolerance, whichever
 * there are; with neither they must be equal. Every check is also run with something
 * broken on purpose, its twin, which must not agree: a check that cannot fail proves
 * nothing.
 *
 * To add a check, write a row of a section's table; a section is one array and one line
 * of book.c.
 */
#ifndef VALIDATION_CHECK_H
#define VALIDATION_CHECK_H

#include "validation/exhibit.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { CHECK_LABEL = 100, CHECK_TEXT = 40 };

#define CHECK_ERRORS 4.0
#define CHECK_OFF 1.03 /* what a twin multiplies a rate by, when it does */

struct check_row {
    char label[CHECK_LABEL];
    double expected, found;
    double error;     /* standard error of `found`; 0: nothing random */
    double tolerance; /* of a printed number's rounding, or of a rule of integration */
};

struct check_rows {
    struct check_row *row; /* [n]; owned */
    int n, room;
    struct exhibits shown; /* what else there is to see; not judged; owned */
};

/* How a check is to be run. */
struct check_how {
    const void *data; /* the check's own */
    int replicates;
    uint64_t seed;
    bool twin; /* broken on purpose */
};

struct check {
    const char *id; /* [a-z_0-9]; NULL ends a table */
    const char *question, *method, *source;
    const char *twin; /* what is wrong with it */
    void (*run)(const struct check_how *how, struct check_rows *rows);
    const void *data;
    int full, fast; /* replicates; `fast` of the fast run, and of every twin */
    bool slow;      /* not part of the fast run */
};

/* Adds a row; its label is made like printf() does. */
void check_add(struct check_rows *self, struct check_row row, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void check_free(struct check_rows *self);

bool check_agrees(const struct check_row *row);

/* Standard errors between found and expected, with its sign; NAN when there is no
 * error, or a tolerance beside it. */
double check_distance(const struct check_row *row);

/* Rows that do not agree. */
int check_wrong(const struct check_rows *self);

/* The row furthest from what is expected, in what it is allowed; NULL without rows. */
const struct check_row *check_furthest(const struct check_rows *self);

/* For readers: a row's standard error and tolerance, or "exact"; how far found and
 * expected are apart. */
void check_allowed(const struct check_row *row, char text[CHECK_TEXT]);
void check_gap(const struct check_row *row, char text[CHECK_TEXT]);

/* A whole number as it is, others with eight digits. */
void check_number(double x, char text[CHECK_TEXT]);

/* The rows as a table of text. */
void check_print(const struct check_rows *self, FILE *out);

/* A mean over replicates and its standard error, one value at a time. */
struct check_mean {
    double n, mean, square; /* Welford's recurrence */
};
void check_count(struct check_mean *self, double x);

/* sqrt(sum of squares / (n - 1) / n): of a mean of n independent values. */
double check_error(const struct check_mean *self);

/*
 * Of the share of n independent people when `p` is the truth: sqrt(p (1 - p) / n).
 * Where fewer than a hundred are expected their number's law is skew: there it is at
 * least so much that 4 errors reach what a Poisson law exceeds as rarely as a normal
 * law its 4 errors.
 */
double check_share_error(double p, double n);

#endif
