/*
 * stock.h - what may happen to the sites of a county: they open, grow, change the type
 * of their beds, change hands, close.
 *
 * What is added is counted in the results of the service (new_places, new_sites).
 */
#ifndef MODELS_STOCK_H
#define MODELS_STOCK_H

#include "models/facility.h"

/* A new row, not yet open; returns its index. */
int32_t stock_add(struct region *r, const struct facility *as);

/* Opens a row, without telling anybody. */
void stock_open(struct region *r, int32_t i);

/* stock_add(), stock_open(), SIGNAL_BEDS. */
int32_t stock_build(struct region *r, const struct facility *as);

/* More beds of a type at an open row, or fewer: never below those in use. Returns how
 * many were added (taken: < 0). */
int64_t stock_extend(struct region *r, int32_t i, int bed, int64_t n);

/* Up to `n` ordinary beds of a row become beds of `bed`: vacant ones at once, the
 * others when they fall vacant; returns how many will. */
int64_t stock_convert(struct region *r, int32_t i, int bed, int64_t n);

/* A user of a bed has left: the bed may become what was asked for; true when it did. */
bool stock_vacate(struct region *r, int32_t i, int bed);

/* Tells SIGNAL_CLOSES, so that users can leave; then the row's places are gone. */
void stock_close(struct region *r, int32_t i);

/* The row's sites become those of another kind of supplier with the same desk; users
 * stay. */
void stock_hand_over(struct region *r, int32_t i, int service);

#endif
