/*
 * policy.h - what policy may change in a county while a run goes on: the terms of
 * services, wages, subsidies of beds in use and of new ones, how many guests come.
 *
 * A policy is a value; levers make it from what holds without them, and enacting it
 * tells only those whom it concerns.
 */
#ifndef MODELS_POLICY_H
#define MODELS_POLICY_H

#include "models/service.h"
#include "models/staff.h"

struct policy {
    struct service_terms *terms; /* [services]; owned */
    double wage[STAFF_KINDS];    /* relative to the start */
    double build_subsidy;        /* CNY a new private bed */
    double *guests;              /* [origins] factor on who comes; owned */
    double *operating; /* [services][BEDS][GRADES] CNY/month of a bed in use; owned */
};

/* What is in force now. */
void policy_init(struct policy *self, const struct region *r);
void policy_free(struct policy *self);

void policy_copy(
    struct policy *self, const struct policy *from, const struct region *r);

/* From now on `self` holds instead of `before`, which was in force until now; people
 * consider services whose terms have changed. */
void policy_enact(
    const struct policy *self, const struct policy *before, struct region *r);

/* Exchanges the terms that are looked up with those of `self`, to ask what would be;
 * nobody is told, and a second call undoes it. */
void policy_suppose(struct policy *self, struct region *r);

#endif
