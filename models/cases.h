/*
 * cases.h - applications and stays: how a case opens, is placed, and closes.
 *
 * The model care decides when; here is what it means for lines, beds and caregivers.
 */
#ifndef MODELS_CASES_H
#define MODELS_CASES_H

#include "models/care.h"

/* A county's cases and lines; NULL before the model has started. */
struct care *cases_of(const struct region *r);

const struct care_par *cases_par(const struct region *r);

/* An exponential time from now, minutes, or NEVER; `purpose` and the number of the
 * person's changes of grade tell draws apart. */
int32_t cases_after(
    const struct region *r, const struct person *p, uint32_t purpose, double mean_days);

/* Makes handler `which` of the model care the case's pending event. */
void cases_schedule(struct region *r, uint32_t i, int which, int32_t due);

/* A new case of a person, in the state of applying. */
uint32_t cases_open(struct region *r, uint32_t person);

/* Closes a case, wherever it stands; its bed or place in line is free. */
void cases_close(struct region *r, uint32_t i);

/* More or less of the caregivers is in use, in millionths of one. */
void cases_add_load(struct region *r, int64_t change);

/* Millionths of a caregiver: what a resident of a grade takes, and what there is. */
int64_t cases_load(const struct region *r, uint32_t grade);
int64_t cases_staff(const struct region *r);

/*
 * The home that a person would take: operating, with a free bed of the type, within
 * means; of these the one the person likes best, by a taste frozen per person and home.
 *
 * Returns  its index, or -1
 */
int32_t cases_choose(const struct region *r, const struct person *p, int bed);

/* Moves a person with a case into a bed; the station has counted it already. */
void cases_move_in(struct region *r, uint32_t i, int32_t facility);

/* Goes down both lines, by class and then by time of joining, while beds are free. */
void cases_place(struct region *r);

/* Residents of the start from those in need, and applications of the rest who would
 * apply at once, spread over the backlog. */
void cases_start(struct region *r);

#endif
