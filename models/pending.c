/* Places of models that are being written; goes when they have come. */
#include "sim/model.h"
extern const struct model ledger_model, market_model, lever_model;
const struct model ledger_model = {.name = "ledger", .doc = "pending"};
const struct model market_model = {.name = "market", .doc = "pending"};
const struct model lever_model = {.name = "lever", .doc = "pending"};
