/*
 * digest.h - the science of a result in 32 hexadecimal digits (XXH3-128).
 *
 * Two results have the same digest when every series, indicator and verdict is the same
 * to the last bit, whatever the threads, the layout of the file, its title or its date.
 */
#ifndef OUTPUT_DIGEST_H
#define OUTPUT_DIGEST_H

#include "sim/err.h"
#include "sim/scenario.h"
#include "sim/setup.h"

#include <hdf5.h>

enum { DIGEST_TEXT = 33 };

/*
 * The digest of a result file: over path, unit, shape and values (int64 or double,
 * little-endian) of all under /series and /indicators in order of name, then of what
 * every replicate says of the targets, the times and the codes of the counties.
 *
 * Fails    ERR_IO when it cannot be read, ERR_INPUT when it is no result or damaged
 */
int digest_file(const char *path, char hex[DIGEST_TEXT]) MUST_USE;

/* The same of an open file, which may still be in memory. */
int digest_open(hid_t file, char hex[DIGEST_TEXT]) MUST_USE;

/*
 * The digest of all that a scenario says, defaults included: what a run would take to
 * give the same result but for its seed and the number of replicates. Titles, sources
 * and qualities are left out.
 */
void digest_scenario(
    const struct scenario *scenario, const struct setup *s, char hex[DIGEST_TEXT]);

#endif
