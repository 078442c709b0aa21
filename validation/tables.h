/*
 * tables.h - the section on rates: the tables that a scenario is turned into, against
 * what the scenario says.
 */
#ifndef VALIDATION_TABLES_H
#define VALIDATION_TABLES_H

#include "validation/check.h"

/* Ends with .id == NULL. */
extern const struct check tables_checks[];

#endif
