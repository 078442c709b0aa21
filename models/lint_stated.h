/*
 * lint_stated.h - rules about the numbers that a plan prints, against each other and
 * against its own aims.
 */
#ifndef MODELS_LINT_STATED_H
#define MODELS_LINT_STATED_H

#include "models/lint.h"

/* Aims that the plan's own numbers meet when it is signed. */
void lint_stated_signed(struct lint *l);

/* Two numbers for one thing. */
void lint_stated_twice(struct lint *l);

/* Parts that do not add up to their total. */
void lint_stated_total(struct lint *l);

#endif
