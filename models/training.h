/*
 * training.h - how recruits come, train, and drop out or join.
 *
 * Recruits sign up evenly in time, begin with the next course and take all the same
 * time. Who drops out is known to the key and seen at the end.
 */
#ifndef MODELS_TRAINING_H
#define MODELS_TRAINING_H

#include "models/workforce.h"

/* Schedules the first recruit. */
void training_start(struct region *r, enum staff_kind k);

/* Somebody begins training now. */
void training_enrol(struct region *r, enum staff_kind k, uint64_t key);

/* Handlers: a recruit signs up, begins with the next course, drops out or joins. */
void training_recruit(struct region *r, const struct event *e);
void training_begin(struct region *r, const struct event *e);
void training_finish(struct region *r, const struct event *e);

#endif
