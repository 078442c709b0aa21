/*
 * effects.h - what the policy levers of a finished run have changed, and which of them
 * changed nothing.
 */
#ifndef OUTPUT_EFFECTS_H
#define OUTPUT_EFFECTS_H

#include "output/hdf.h"
#include "sim/result.h"

#include <stdio.h>

/* Writes /levers: by lever its kind, effect, units and cost, means over the replicates
 * of totals, and whether it changed nothing. No group when there are no levers. */
void effects_write(struct hdf *file, const struct result *result);

/* Names every lever that changed nothing in any replicate, a line each. */
void effects_tell(const struct result *result, FILE *out);

#endif
