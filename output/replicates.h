/*
 * replicates.h - runs the replicates of a scenario: all of them, or until its targets
 * are decided.
 *
 * Replicates run side by side where the largest county leaves workers idle: teams of
 * ranks under MPI, teams of threads without. What comes out is the same.
 */
#ifndef OUTPUT_REPLICATES_H
#define OUTPUT_REPLICATES_H

#include "models/decide.h"
#include "sim/executive.h"

struct replicates {
    int threads;    /* in: of this process */
    int teams;      /* in: 0 for those that end first; out: how many there were */
    bool quiet;     /* in: says nothing on the way */
    double seconds; /* out: wall time */
};

/*
 * Fills `result`, whose replicates are those to run, with what all ranks have at rank
 * 0; with `decide` (else NULL) they are added until every target is decided, and
 * `result` has one to begin with.
 *
 * Fails    ERR_STOPPED on SIGINT or SIGTERM, which are blocked
 */
int replicates_run(struct replicates *self, struct setup *s, struct result *result,
    struct decide *decide, struct executive_work *work) MUST_USE;

#endif
