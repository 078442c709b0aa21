/*
 * services.h - the section on the services of the plans: what holds for each line of
 * each county, with all models around it.
 */
#ifndef VALIDATION_SERVICES_H
#define VALIDATION_SERVICES_H

#include "validation/check.h"

/* Ends with .id == NULL. */
extern const struct check services_checks[];

#endif
