/*
 * queues.h - the section on queues: the station of sim/ against closed forms.
 */
#ifndef VALIDATION_QUEUES_H
#define VALIDATION_QUEUES_H

#include "validation/check.h"

/* Ends with .id == NULL. */
extern const struct check queues_checks[];

#endif
