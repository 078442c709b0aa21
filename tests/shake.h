/*
 * shake.h - a model that once a month does to a county whatever can be done to its
 * sites and terms: builds, extends, shrinks, converts, closes, hands over, gives
 * pieces, changes rules and shares. What it does is drawn; it keeps to what callers
 * must keep to.
 */
#ifndef TESTS_SHAKE_H
#define TESTS_SHAKE_H

#include "tests/audit.h"

enum { SHAKE_MODEL = AUDIT_MODEL + 1 };

/* carecap's models, the audit, then this one, in the caller's list. */
const struct model *const *shake_models(const struct model *list[MODELS_COUNT + 3]);

#endif
