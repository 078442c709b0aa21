/*
 * billing.h - the bills of a month: fees and who bears them, subsidies, premiums,
 * wages, running costs.
 *
 * Who uses a service in the last minute of a month pays for the month (in a month that
 * the run has only in part: for its days). A service's operator gets the whole fee,
 * whoever pays: insurance up to its cap and what its fund holds, public money what is
 * subsidised and what the destitute would owe, households the rest. Operators pay the
 * staff that their users need; public ones keep the others.
 */
#ifndef MODELS_BILLING_H
#define MODELS_BILLING_H

#include "sim/region.h"

/* Bills of the month that ends at time `t` of the run (struct setup), posted now. */
void billing_month(struct region *r, int t);

#endif
