/*
 * people.h - the section on whole populations: simulated residents against conservation
 * laws and against projections that simulate nothing.
 */
#ifndef VALIDATION_PEOPLE_H
#define VALIDATION_PEOPLE_H

#include "validation/check.h"

/* Ends with .id == NULL. */
extern const struct check people_checks[];

#endif
