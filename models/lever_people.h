/*
 * lever_people.h - levers that reach people: staff, pieces, visits.
 */
#ifndef MODELS_LEVER_PEOPLE_H
#define MODELS_LEVER_PEOPLE_H

#include "models/lever_kind.h"

/* For struct lever_kind, `deliver`: of one unit. */
struct lever_done lever_people_recruit(struct region *r, int lever, int64_t k);
struct lever_done lever_people_train(struct region *r, int lever, int64_t k);
struct lever_done lever_people_retrofit(struct region *r, int lever, int64_t k);

/* For struct lever_kind, `quarter`. */
struct lever_done lever_people_visit(struct region *r, int lever, int64_t k);

/* The lever of kind retrofit that a piece of a service came from, the first in the
 * table that has some left; -1 when no lever gave it. */
int lever_people_giver(const struct region *r, int service);

#endif
