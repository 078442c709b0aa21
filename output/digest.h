/*
 * digest.h - the science of a result in 32 hexadecimal digits (XXH3-128).
 *
 * Two results have the same digest when every series, indicator and verdict is the same
 * to the last bit, whatever the threads, the layout of the file, its title or its date.
 */
#ifndef OUTPUT_DIGEST_H
#define OUTPUT_DIGEST_H

#include "output/hdf.h"
#include "sim/err.h"
#include "sim/scenario.h"
#include "sim/setup.h"

#define XXH_STATIC_LINKING_ONLY /* so that a state can be a member */
#include <xxhash.h>

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
 * The same while a file is being written, without reading back what is large: all of
 * /series and then of /indicators in order of name, the path without its first slash,
 * a dataset's values after it in C order; the rest comes from the file.
 *
 * walk   rank and shape of the dataset, just started
 * value  int64 or double, [n]; a NAN may become another NAN
 */
struct digest {
    XXH3_state_t state;
};
void digest_start(struct digest *self);
void digest_dataset(struct digest *self, const char *path, const char *unit, bool real,
    const struct hdf_walk *walk);
void digest_values(struct digest *self, bool real, void *value, size_t n);
int digest_finish(struct digest *self, hid_t file, char hex[DIGEST_TEXT]) MUST_USE;

/*
 * The digest of all that a scenario says, defaults included: what a run would take to
 * give the same result but for its seed and the number of replicates. Titles, sources
 * and qualities are left out.
 */
void digest_scenario(
    const struct scenario *scenario, const struct setup *s, char hex[DIGEST_TEXT]);

#endif
