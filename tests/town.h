/*
 * town.h - two small counties with every kind of service, for tests of what a policy
 * lever changes: each test lays a few lines over them and runs them with and without.
 *
 * 999001 (East) and 999002 (West) have 800 people past 60 each, two public homes of 20
 * ordinary beds, one idle, one private home of 10 ordinary and 10 nursing beds, a day
 * care centre, a canteen, a senior university and a nursery, staff in plenty who do not
 * quit, and nothing else.
 */
#ifndef TESTS_TOWN_H
#define TESTS_TOWN_H

#include "models/models.h"
#include "tests/hall.h"

enum { TOWN_COUNTIES = 2, TOWN_EAST = 0, TOWN_WEST = 1, TOWN_CHECKS = 4 };

/* What a check compares: with the lever less without it. */
enum town_expect { TOWN_NONE, TOWN_MORE, TOWN_LESS, TOWN_SAME, TOWN_BY, TOWN_NOW };

/*
 * A result of both counties: flows over the run; states at its end, for TOWN_MORE and
 * TOWN_LESS summed over the months. `item` of the results by item, or NULL; `element`
 * of an array, -1: all of them. TOWN_BY: the difference is exactly `size`; TOWN_NOW:
 * the value with the lever is; TOWN_SAME: every month is as without, to the bit.
 */
struct town_check {
    const char *result, *item;
    int element;
    enum town_expect expect;
    double size;
};

/* A row of the table of levers. */
struct town_row {
    const char *term;  /* the policy, in English and Chinese; NULL ends a table */
    const char *given; /* YAML over the towns, for both runs; NULL: nothing */
    const char *lever; /* rows of lever.levers, as a YAML list in braces; or NULL */
    const char *plan;  /* instead: YAML for the run with it */
    struct town_check check[TOWN_CHECKS];
    const char *why_not; /* instead of all that: why there is nothing to test */
};

/* One run. */
struct town {
    struct scratch scratch;
    struct hall hall;
    const struct model *list[MODELS_COUNT + 2];
    struct result result;
};

/* Runs the towns with `given` and `more` (YAML lines, or NULL) over them and a model
 * that audits care; `self` must not move. Every audit must be clean. */
void town_run(struct town *self, const char *given, const char *more);
void town_close(struct town *self);

/* Like it, but only reads; `text` gets what is reported, SCRATCH_TEXT bytes. */
void town_read(const char *given, const char *more, char *text);

/* A result at one time in a county (-1: both), one item, one element (-1: all). */
double town_value(const struct town *self, const char *result, const char *item,
    int element, int time, int county);

/* The same as town_check says. */
double town_measure(const struct town *self, const struct town_check *check);

/* Runs every row with and without and prints `levers.md row: ... -> test: ... ok`;
 * fails when a check does not hold. */
void town_rows(const struct town_row *rows);

#endif
