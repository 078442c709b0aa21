/* Places of models that are being written; goes when they have come. */
#include "sim/model.h"
extern const struct model sojourn_model;
const struct model sojourn_model = {.name = "sojourn", .doc = "pending"};
