/*
 * sensitivity.h - what moves the outcome of a scenario most among the settings that
 * nobody measured.
 *
 * One at a time to both ends of its range; then elementary effects of those that moved
 * anything at all. All runs share their random numbers, so a setting that does nothing
 * has effect 0 and not noise.
 */
#ifndef VALIDATION_SENSITIVITY_H
#define VALIDATION_SENSITIVITY_H

#include "validation/factors.h"
#include "validation/morris.h"

enum { SENSITIVITY_OUTCOMES = 64 };

struct sensitivity_how {
    const struct model *const *models;
    const char *path;
    const char *const *set; /* [n_set] */
    int n_set;
    /* The outcomes of a run, [SENSITIVITY_OUTCOMES] at most; returns how many. */
    int (*outcomes)(const struct variant *v, double *y);
    int trajectories;
    uint64_t seed;
    const char *swap[2]; /* broken: these two factors stand for each other; else NULL */
};

struct sensitivity {
    struct factors factors;
    int n_outcomes;
    double base[SENSITIVITY_OUTCOMES];
    double (*low)[SENSITIVITY_OUTCOMES];  /* [factors.n]; NAN when it does not go
                                             together with the rest; owned */
    double (*high)[SENSITIVITY_OUTCOMES]; /* likewise */
    int n_active, *active;                /* factors that moved anything; owned */
    struct morris (*effect)[SENSITIVITY_OUTCOMES]; /* [n_active]; owned */
    int runs, refused; /* in all; trajectories that led out of what is allowed */
};

/* Returns once all runs are done. */
void sensitivity_run(struct sensitivity *self, const struct sensitivity_how *how);
void sensitivity_free(struct sensitivity *self);

/* The widest distance of an outcome between low, high and as it stands. */
double sensitivity_swing(const struct sensitivity *self, int factor, int outcome);

/* Factors by falling swing of an outcome, [factors.n]; equal ones in their order. */
void sensitivity_rank(const struct sensitivity *self, int outcome, int *order);

/* Elementary effects of a factor, or NULL when it moved nothing. */
const struct morris *sensitivity_effect(
    const struct sensitivity *self, int factor, int outcome);

/* 1 for the factor with the largest mu*, and so on. */
int sensitivity_place(const struct sensitivity *self, int factor, int outcome);

#endif
