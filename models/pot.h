/*
 * pot.h - public money: how county, prefecture, province and lottery share it.
 *
 * The shares are parameters of the model ledger; the county bears what the others do
 * not.
 */
#ifndef MODELS_POT_H
#define MODELS_POT_H

#include "sim/region.h"

/* For the destitute and premiums; for beds, services, deficits; for new beds. */
enum pot { POT_SUPPORT, POT_SUBSIDY, POT_BUILDING, POTS };

/* A payment of `fen` >= 0 to an account, now; each bears its share to within a fen. */
void pot_pay(struct region *r, enum pot pot, int to, int purpose, int64_t fen);

/* A mistake for every pot whose shares exceed 1. */
void pot_check(const struct setup *s, struct report *report);

#endif
