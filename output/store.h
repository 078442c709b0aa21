/*
 * store.h - writes the result file of a run: HDF5 that opens as netCDF-4.
 *
 * Series and indicators with labelled axes, targets with their verdicts, and all that
 * it takes to know where each number came from. The time of a result is the end of a
 * day: the first is the day before the run, then the last day of each month. The file
 * appears whole or not at all.
 */
#ifndef OUTPUT_STORE_H
#define OUTPUT_STORE_H

#include "models/decide.h"
#include "models/lint.h"
#include "models/plan.h"
#include "sim/err.h"
#include "sim/result.h"
#include "sim/scenario.h"

#include <stdbool.h>
#include <stdint.h>

/* Something measured about the run itself: wall time, threads, memory. */
struct store_note {
    const char *name, *unit;
    double value;
};

/* What goes into the file; nothing is owned. */
struct store_input {
    const struct scenario *scenario;
    const struct setup *setup;
    const struct result *result;
    const struct verdict *verdict; /* [n_verdicts] */
    int64_t n_verdicts;
    const struct decide *decide;   /* the rule that ended the run; or NULL */
    const struct report *report;   /* its warnings are kept; or NULL */
    const struct lint *lint;       /* its findings are kept; or NULL */
    const struct store_note *note; /* [n_notes] */
    int n_notes, threads;          /* to pack the numbers on; below 1: one */
    const uint64_t *events;        /* [setup->n_kinds] handled; or NULL */
    const char *history; /* when and by which command, see provenance_history() */
};

/*
 * Whether a result could be written to `path`, asked before the run.
 *
 * Fails    ERR_INPUT when it exists and `force` is not set, ERR_IO
 */
int store_probe(const char *path, bool force) MUST_USE;

/* Writes the result. Fails: as store_probe(), and ERR_IO; nothing is left behind. */
int store_write(const char *path, const struct store_input *in, bool force) MUST_USE;

#endif
