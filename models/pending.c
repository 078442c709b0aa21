/* Places of models that are being written; goes when they have come. */
#include "sim/model.h"
extern const struct model lever_model;
const struct model lever_model = {.name = "lever", .doc = "pending"};
