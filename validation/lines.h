/*
 * lines.h - a model that only looks: how long everybody waits for, and has, a service.
 *
 * It knows of each case and each guest since when they are in a line, or in a place,
 * and never asks a station for its integrals: their two sides of Little's law come from
 * different hands. What a station counts (waiting, busy, joined, ...) tells where to
 * look, nothing more.
 *
 * After each event every line whose counts have moved is looked at: everybody held in
 * it whether still there, then the subject of the event whether new. If as many are
 * held as the line counts, all who came are seen, as all who left are; otherwise
 * everybody in the county is looked at. At month ends everybody is, and who is found
 * elsewhere than held is counted as missed.
 */
#ifndef VALIDATION_LINES_H
#define VALIDATION_LINES_H

#include "models/models.h"
#include "sim/setup.h"

enum { LINES_MODEL = MODELS_COUNT };
enum lines_side { LINES_WAIT, LINES_USE, LINES_SIDES };

/* One side of a desk since the start, over its beds; times in whole minutes. */
struct lines_sum {
    double integral;      /* the station's: of the number there over time */
    double over, lasting; /* spent by those gone, by those still there */
    int64_t spells;       /* so far, those of the start included */
    int64_t there;        /* now */
};

/* Results of one desk; of services without one all 0. */
struct lines_out {
    struct lines_sum side[LINES_SIDES];
    int64_t wrong[LINES_SIDES]; /* beds of which the integral is not the sum */
    int64_t lines;              /* beds with somebody so far */
    int64_t missed; /* cases and guests found elsewhere than held at month ends */
};

/* carecap's models, then this one, in the caller's list. */
const struct model *const *lines_models(const struct model *list[MODELS_COUNT + 2]);

/* From now on this model sees every event of runs of `setup`, made with its list; to be
 * called between setup and run. */
void lines_watch(struct setup *setup);

#endif
