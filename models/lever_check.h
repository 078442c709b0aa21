/*
 * lever_check.h - mistakes in the rows of levers: names nobody knows, columns that the
 * kind needs or does not look at, services that do not fit, dates.
 */
#ifndef MODELS_LEVER_CHECK_H
#define MODELS_LEVER_CHECK_H

#include "models/lever.h"

/* Finds the services of all rows, and reports what is wrong. */
void lever_check(const struct setup *s, struct lever_tab *t, const struct rows *rows,
    struct report *report);

#endif
