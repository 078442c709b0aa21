/*
 * stay.h - a guest's stay in a county, from arrival to departure or settling.
 *
 * A stay takes a bed at the first of the origin's residences that has one free, or a
 * room outside the care stock, and a place of each other service that has one.
 */
#ifndef MODELS_STAY_H
#define MODELS_STAY_H

#include "sim/region.h"

enum { STAY_USES = 8 };
enum stay_shape { STAY_LOGNORMAL, STAY_EXPONENTIAL, STAY_SHAPES };

struct stay {
    uint64_t key;
    int32_t origin;          /* -1: the row is free */
    int32_t leaves;          /* minutes, or NEVER; the due time of the event */
    int32_t site[STAY_USES]; /* facility's row by use of the origin, -1: none */
    uint32_t next;           /* free row */
    bool early;              /* leaves before the intended time */
    bool homestay;           /* in a room outside the care stock */
};

/* Reads the names of services that an origin's guests use.
 *
 * uses     [STAY_USES + 1] desks, filled; ends with -1 */
void stay_read_uses(struct setup *s, int origin, int *uses, struct report *report);

/* The level (models/season.h) between guest `number` and the one before, > 0. */
double stay_threshold(const struct region *r, int origin, uint32_t number);

/* Guest `number` of an origin arrives; `arrived` before the start when the guest is
 * there at the start, unless the stay is over then. */
void stay_begin(struct region *r, int origin, uint32_t number, int32_t arrived);

/* The guest of a row leaves, and may settle. */
void stay_end(struct region *r, uint32_t row);

/* Guests of a site that closes go to another, or leave early when that was their bed
 * and they find none. */
void stay_displaced(struct region *r, uint32_t facility);

#endif
