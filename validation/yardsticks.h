/*
 * yardsticks.h - the section on the book's own measures: scores of forecasts and
 * elementary effects, where they are known.
 */
#ifndef VALIDATION_YARDSTICKS_H
#define VALIDATION_YARDSTICKS_H

#include "validation/check.h"

/* Ends with .id == NULL. */
extern const struct check yardsticks_checks[];

#endif
