/*
 * audit.h - a model that only looks: every month it makes the state of all care
 * again from the people and counts where it differs from what the models keep.
 */
#ifndef TESTS_AUDIT_H
#define TESTS_AUDIT_H

#include "models/models.h"
#include "sim/region.h"

struct audit_out {
    int64_t people; /* whose case, place and line do not fit together */
    int64_t grades; /* counts of users by grade that are off */
    int64_t load;   /* kinds of staff whose load is off */
    int64_t beds;   /* sites whose used places are off, or more than they have */
    int64_t lines;  /* lines whose places or people waiting are off */
    int64_t gates;  /* services whose gate is not that of the terms in force */
    int64_t looked; /* cases looked at */
};

enum { AUDIT_MODEL = MODELS_COUNT };

/* carecap's models, then this one, in the caller's list. */
const struct model *const *audit_models(const struct model *list[MODELS_COUNT + 2]);

/* What is off in a region now. */
struct audit_out audit_region(const struct region *r);

#endif
