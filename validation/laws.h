/*
 * laws.h - the section on what holds for queues of every kind: Little's law, orderings,
 * the smallest number of beds.
 */
#ifndef VALIDATION_LAWS_H
#define VALIDATION_LAWS_H

#include "validation/check.h"

/* Ends with .id == NULL. */
extern const struct check laws_checks[];

#endif
