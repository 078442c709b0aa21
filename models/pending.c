/* Places of models that are being written; goes when they have come. */
#include "sim/model.h"
extern const struct model ledger_model, market_model, sojourn_model;
const struct model ledger_model = {.name = "ledger", .doc = "pending"};
const struct model market_model = {.name = "market", .doc = "pending"};
const struct model sojourn_model = {.name = "sojourn", .doc = "pending"};
