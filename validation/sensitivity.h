/*
 * sensitivity.h - what moves the outcome of a scenario most among the settings that
 * nobody measured.
 *
 * One at a time to the farther end of its range; those that move an outcome most also
 * to the other end, and elementary effects of these. All runs share their random
 * numbers, so a setting that does nothing has effect 0 and not noise; settings of a
 * section that change nothing together are taken to change nothing each.
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
    const char *const *only;          /* names of factors, ends with NULL; NULL: all */
    void (*ready)(struct variant *v); /* before a run is set up; NULL: nothing */
    /* The outcomes of a run, [SENSITIVITY_OUTCOMES] at most; returns how many. */
    int (*outcomes)(const struct variant *v, double *y);
    int leaders;             /* of each outcome */
    const char *const *ends; /* names that go to both ends anyway, ends with NULL; or
                                NULL */
    int trajectories;
    uint64_t seed;
    const char *swap[2]; /* broken: these two factors stand for each other; else NULL */
};

struct sensitivity {
    struct factors factors;
    int n_outcomes;
    double base[SENSITIVITY_OUTCOMES];
    double (*end[2])[SENSITIVITY_OUTCOMES]; /* low, high: [factors.n]; NAN when it was
                                               not run, or does not go together with the
                                               rest; owned */
    int n_active, *active;                  /* leading factors, rising; owned */
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

#endif
