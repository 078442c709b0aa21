/*
 * projections.h - the section on the future: what others say of the elders of Dali,
 * Yunnan and China, beside what the scenarios give.
 */
#ifndef VALIDATION_PROJECTIONS_H
#define VALIDATION_PROJECTIONS_H

#include "validation/check.h"

/* Ends with .id == NULL. */
extern const struct check projections_checks[];

#endif
