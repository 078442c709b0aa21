/*
 * headline.h - the section on what nobody measured: which settings move the verdicts of
 * Dali's plan most.
 */
#ifndef VALIDATION_HEADLINE_H
#define VALIDATION_HEADLINE_H

#include "validation/check.h"

/* Ends with .id == NULL. */
extern const struct check headline_checks[];

#endif
