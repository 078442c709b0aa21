/*
 * lives.h - the section on single lives: thresholds, hazards and states against closed
 * forms.
 */
#ifndef VALIDATION_LIVES_H
#define VALIDATION_LIVES_H

#include "validation/check.h"

/* Ends with .id == NULL. */
extern const struct check lives_checks[];

#endif
