/*
 * inn.h - the county of tests/hall.h with guests of the season, for a year from 2021.
 */
#ifndef TESTS_INN_H
#define TESTS_INN_H

#include "models/models.h"
#include "models/sojourn.h"
#include "tests/hall.h"

struct inn {
    struct scratch scratch;
    struct hall hall;
    struct result result; /* of inn_run() */
    const struct model *list[MODELS_COUNT + 2];
};

/* Opens an inn with one home of `beds` that takes guests, and rows of
 * sojourn.origins in YAML's short form without brackets, none when it is NULL; more
 * settings in `set` [n_set]. `self` must not move. */
void inn_open(
    struct inn *self, int beds, const char *origins, const char *const *set, int n_set);
void inn_run(struct inn *self, int replicates);
void inn_close(struct inn *self);

/* Results of an origin, in the order of the rows. */
const struct sojourn_out *inn_at(
    const struct inn *self, int replicate, int time, int origin);

/* Whether all results of a model are the same bytes in two runs, all months of all
 * replicates. */
bool inn_same(const struct inn *a, const struct inn *b, int model);

/* What is said of an inn's first mistake under two settings (the second may be NULL),
 * by mem_free(); how many there are in `n`. */
char *inn_mistake(const char *const set[2], int *n);

#endif
