/*
 * provenance.h - where the numbers of a result file come from.
 *
 * Input files as they were, every setting in use with its source, warnings; and, apart
 * from the science, what was measured about the run.
 */
#ifndef OUTPUT_PROVENANCE_H
#define OUTPUT_PROVENANCE_H

#include "output/hdf.h"
#include "output/store.h"
#include "sim/mem.h"

/* The version of this program, as git describes it. */
const char *provenance_version(void);

/* "2026-01-31T12:00:00Z: carecap run plan.yaml", for store_input.history; in `arena`.
 */
const char *provenance_history(int argc, char *const *argv, struct arena *arena);

/* Writes /provenance and /diagnostics. */
void provenance_write(struct hdf *file, const struct store_input *in);

#endif
