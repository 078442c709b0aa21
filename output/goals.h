/*
 * goals.h - the targets of a plan and how they came out, in a result file.
 */
#ifndef OUTPUT_GOALS_H
#define OUTPUT_GOALS_H

#include "output/hdf.h"
#include "output/store.h"

/*
 * Writes /targets; nothing when there are none. Needs the scales /replicate and
 * /county.
 *
 * days     units of all days, "days since 2020-12-31"
 * eve      that day, since 1970-01-01
 */
void goals_write(
    struct hdf *file, const struct store_input *in, const char *days, int32_t eve);

#endif
