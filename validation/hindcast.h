/*
 * hindcast.h - the section on the past: 48 counties from the census of 2010, set
 * against that of 2020.
 */
#ifndef VALIDATION_HINDCAST_H
#define VALIDATION_HINDCAST_H

#include "validation/check.h"

/* Ends with .id == NULL. */
extern const struct check hindcast_checks[];

#endif
