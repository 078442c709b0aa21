/*
 * series.h - the numbers of a run in its file: every result of every model, and the
 * indicators that are made of them.
 *
 * Both groups are written in order of name, so that their digest is made on the way and
 * nothing need be read back.
 */
#ifndef OUTPUT_SERIES_H
#define OUTPUT_SERIES_H

#include "output/digest.h"
#include "output/hdf.h"
#include "output/store.h"

/* Writes the groups /series and /indicators, whose axes are in the file; adds both to
 * the digest. */
void series_write(
    struct hdf *file, const struct store_input *in, struct digest *digest);

#endif
