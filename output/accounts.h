/*
 * accounts.h - who paid whom for what, year by year, in a result file.
 */
#ifndef OUTPUT_ACCOUNTS_H
#define OUTPUT_ACCOUNTS_H

#include "output/hdf.h"
#include "output/store.h"

/*
 * Writes /ledger: every result of the model named `ledger` by calendar year, flows as
 * sums, states as they are at its end; with the scale /ledger/year, and how many months
 * of each year the run has. Nothing when there is no such model. Needs the scales
 * /replicate, /county and those of the model's axes.
 */
void accounts_write(struct hdf *file, const struct store_input *in);

#endif
