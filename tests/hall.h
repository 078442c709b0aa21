/*
 * hall.h - a county in which residential care is an M/M/c+M queue, for tests that hold
 * the whole of the models against a closed form.
 *
 * Newcomers of age 70 come as a Poisson stream. Everybody needs a bed, wants it (all
 * but one in a million) and can pay; who comes applies at once. People of 60 and over
 * die at HALL_DEATH a year whatever their age and grade; residents go home at a
 * constant rate, applicants lose patience after an exponential time. Death is
 * memoryless, so a stay is exponential with the rate of death plus that of going home,
 * and who waits leaves at the rate of death plus that of losing patience. Nobody is
 * born or turns 60 in the 50 years. The 90 people of the start come first, which the
 * warm-up forgets.
 */
#ifndef TESTS_HALL_H
#define TESTS_HALL_H

#include "sim/result.h"
#include "sim/scenario.h"
#include "tests/scratch.h"

enum { HALL_YEARS = 50, HALL_ELDERS = 90, HALL_BEDS = 10 };

#define HALL_DEATH 3.0 /* 1/yr */
#define HALL_NEWCOMERS \
    45.0 /* 1/yr, times migration.net_factor; half the elders of the start */

struct hall {
    struct scenario scenario;
    struct setup setup;
    struct report report;
};

/* What is counted after a warm-up of five years; times in years. */
enum hall_measure {
    HALL_USE,           /* share of beds in use */
    HALL_LINE,          /* people waiting */
    HALL_LEAVE,         /* share of applicants who die or lose patience */
    HALL_SERVED,        /* mean wait of the admitted */
    HALL_DIED_WAITING,  /* share of deaths among those who leave the line */
    HALL_DIED_RESIDENT, /* and among those who leave a bed */
    HALL_MEASURES
};
extern const char *const hall_measures[HALL_MEASURES];

/* What rules the queue. */
struct hall_truth {
    double newcomers, discharge, patience; /* 1/yr */
    bool classes;                          /* then those served waited differently */
};

struct hall_found {
    double mean[HALL_MEASURES], error[HALL_MEASURES]; /* over replicates */
};

/* The closed form of the queue, Erlang A; NAN where there is none. Placing to the
 * minute and the warm-up of 25 mean stays bias what is found by less than 1e-4. */
void hall_expect(struct hall_truth truth, double expected[HALL_MEASURES]);

/* Runs a hall of HALL_BEDS with `set` [n_set] as of the command line. */
struct hall_found hall_find(
    const struct model *const *models, const char *const *set, int n_set);

/* Writes hall.yaml and its tables with one home of `beds`. */
void hall_write(struct scratch *scratch, int beds);

/* Makes the county one of `elders` (even) at the start, as many newcomers more, who die
 * at `death` a year. */
void hall_people(struct scratch *scratch, int elders, double death);

/* Reads and sets up a scenario for a list of models, with `set` [n_set] as of the
 * command line; a mistake fails the running test. `self` must not move. */
void hall_open(struct hall *self, const char *path, const struct model *const *models,
    const char *const *set, int n_set);
void hall_close(struct hall *self);

/* Runs all replicates; the caller frees `result`. */
void hall_run(const struct hall *self, struct result *result);

#endif
