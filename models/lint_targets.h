/*
 * lint_targets.h - rules about targets by themselves, and about when and by what they
 * are served.
 */
#ifndef MODELS_LINT_TARGETS_H
#define MODELS_LINT_TARGETS_H

#include "models/lint.h"

/* A target that is met at the start. */
void lint_targets_met(struct lint *l);

/* A target on stock or staff that nothing changes. */
void lint_targets_unmoved(struct lint *l);

/* Two targets that cannot both hold. */
void lint_targets_clash(struct lint *l);

/* A project or lever that comes after all targets that it serves are due. */
void lint_targets_late(struct lint *l);

#endif
