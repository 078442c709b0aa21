/*
 * published.h - the section on models that others have published, run on carecap's
 * engine.
 */
#ifndef VALIDATION_PUBLISHED_H
#define VALIDATION_PUBLISHED_H

#include "validation/check.h"

/* Ends with .id == NULL. */
extern const struct check published_checks[];

#endif
