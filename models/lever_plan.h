/*
 * lever_plan.h - which county gets which units of a lever, and when.
 *
 * Unit k of a county's n comes at from + (k + 0.5) / n x (to - from), then waits for an
 * exponential time of its own, if it is delivered at all. What is given for several
 * counties is spread over them by people of 60 and over (over the members of a group by
 * their people), such that all adds up.
 */
#ifndef MODELS_LEVER_PLAN_H
#define MODELS_LEVER_PLAN_H

#include "models/lever.h"

/* The counties' parts of all levers of `t`, whose services and kinds are known. */
void lever_plan_make(struct setup *s, struct lever_tab *t);

/* When unit `k` of a county's is delivered, minutes; NEVER when it is not, or before
 * the run. */
int32_t lever_plan_unit(const struct region *r, int lever, int64_t k);

/* The exponential time of unit `k`, minutes. */
double lever_plan_lag(const struct region *r, int lever, int64_t k);

/* When a lever comes into force in a county, minutes, or NEVER. */
int32_t lever_plan_begin(const struct region *r, int lever);

/* The places of site `k` of a county's, of all those that the lever builds. */
int64_t lever_plan_places(const struct region *r, int lever, int64_t k);

#endif
