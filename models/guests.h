/*
 * guests.h - people who are no residents of the county take places for a while.
 */
#ifndef MODELS_GUESTS_H
#define MODELS_GUESTS_H

#include "models/care.h"

/* A guest takes an ordinary place of a desk's supplier that takes guests. Returns the
 * site's row, or -1 when none is free. */
int32_t guests_take(struct region *r, int desk);

/* The guest leaves the place. */
void guests_leave(struct region *r, int32_t facility);

#endif
