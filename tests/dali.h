/*
 * dali.h - the scenario of Dali, or a cut of it to a few counties, read, set up and run
 * in memory, for tests of what the models do together.
 */
#ifndef TESTS_DALI_H
#define TESTS_DALI_H

#include "sim/result.h"
#include "sim/scenario.h"
#include "tests/scratch.h"

struct dali {
    struct scenario scenario;
    struct setup setup;
    struct report report;
};

/* Copies Dali's scenario and its base into one folder, of the tables only the rows of
 * the counties `code` [n]; 0 for all. */
void dali_copy(struct scratch *scratch, const int64_t *code, int n);

/* The same file with the rows below its header in the opposite order. */
void dali_reverse(struct scratch *scratch, const char *name);

/* Reads and sets up `path` with `set` [n_set] as of the command line; a mistake fails
 * the running test. `self` must not move. */
void dali_open(struct dali *self, const char *path, const char *const *set, int n_set);
void dali_close(struct dali *self);

/* Runs all replicates, one a thread, or one on all threads; the caller frees `result`.
 */
void dali_run(const struct dali *self, struct result *result, int threads);

/* Element `i` of the result `name` at one place, or over all regions (region < 0). */
double dali_value(const struct result *result, const char *name, int i, int replicate,
    int time, int region);

#endif
