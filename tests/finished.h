/*
 * finished.h - a result file as a reader hands it out, made by hand: the twelve
 * counties of Dali, five years by month, beds that grow, three targets. For tests of
 * tables and figures without a file.
 */
#ifndef TESTS_FINISHED_H
#define TESTS_FINISHED_H

#include "output/reader.h"

enum { FINISHED_COUNTIES = 12, FINISHED_TIMES = 61, FINISHED_TARGETS = 3 };

struct finished {
    struct reader reader;
    struct reader_indicator beds; /* beds per 1,000 elders */
    struct reader_target target[FINISHED_TARGETS];
};

/* `self` must not move. */
void finished_init(struct finished *self, int replicates);
void finished_free(struct finished *self);

#endif
