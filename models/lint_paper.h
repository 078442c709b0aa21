/*
 * lint_paper.h - rules that work out on paper what a target takes: how few elders, how
 * few quits, how much more.
 */
#ifndef MODELS_LINT_PAPER_H
#define MODELS_LINT_PAPER_H

#include "models/lint.h"

/* A target per elder that holds only if elders grow less than they will. */
void lint_paper_elders(struct lint *l);

/* A target on staff that holds only if fewer leave than do. */
void lint_paper_staff(struct lint *l);

/* A target that projects and levers do not reach even in full and on time. */
void lint_paper_short(struct lint *l);

#endif
