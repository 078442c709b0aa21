/*
 * tally.h - what a county's desks have and use: capacity by supplier, and the results
 * of services.
 */
#ifndef MODELS_TALLY_H
#define MODELS_TALLY_H

#include "models/care.h"

/* Books what a site has now: opened, grown, converted, handed over, closed. Returns its
 * desk. */
int tally_supply(struct region *r, int32_t facility);

/* Fills the results that are states. */
void tally_observe(struct region *r);

#endif
