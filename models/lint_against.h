/*
 * lint_against.h - rules that hold the numbers that a plan prints against the whole
 * they are said to be of, and against the scenario: its stock, parameters, targets,
 * projects and levers.
 */
#ifndef MODELS_LINT_AGAINST_H
#define MODELS_LINT_AGAINST_H

#include "models/lint.h"

/* A share that is of another whole than the one beside it. */
void lint_against_whole(struct lint *l);

/* Another number than the scenario's stock, parameter or target. */
void lint_against_otherwise(struct lint *l);

/* Another total than that of the projects and levers. */
void lint_against_projects(struct lint *l);

#endif
