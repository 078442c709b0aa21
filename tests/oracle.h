/*
 * oracle.h - what a queue must give by its closed form, and the program that says so
 * for any parameters: `test_queue --arrivals 0.3 --stay 900 --patience 365 --places
 * 250`.
 */
#ifndef TESTS_ORACLE_H
#define TESTS_ORACLE_H

#include "tests/queue.h"

/* Names of the measures of a queue. */
extern const char *const oracle_measures[QUEUE_MEASURES];

/* Name of the closed form that holds for `q`, and its values; NAN where there is none.
 */
const char *oracle_expected(const struct queue *q, double expected[QUEUE_MEASURES]);

/* Standard errors between found and expected; 0 where nothing is expected. */
double oracle_distance(
    const struct queue_found *found, const double *expected, int measure);

/* The largest of them. */
double oracle_worst(const struct queue_found *found, const double *expected);

/* Reads a number in [lo, hi], the whole text; false when it is none, which is said. */
bool oracle_number(const char *text, double lo, double hi, double *x);

/* Runs the queue that the arguments name and prints found and expected; the exit
 * status: 0 all within 4 standard errors, 1 not, 2 wrong arguments. */
int oracle_main(int argc, char **argv);

#endif
