/*
 * cases.h - applications and uses: how a case opens, gets a place, and closes.
 *
 * The model care decides when; here is what it means for lines, places, staff, tallies.
 */
#ifndef MODELS_CASES_H
#define MODELS_CASES_H

#include "models/care.h"
#include "models/models.h"

/* A county's cases and desks; NULL before the model has started. Inline as
 * service_of(). */
static inline struct care *
cases_of(const struct region *r)
{
    return r->own[MODELS_CARE];
}

const struct care_par *cases_par(const struct region *r);

/* The case of a person at a desk, or PERSON_NONE. */
uint32_t cases_find(const struct region *r, const struct person *p, int desk);

/* Minutes of care a week that a person gets. */
int64_t cases_minutes(const struct region *r, const struct person *p);

/* An exponential time from now for a case, minutes, or NEVER; purpose, desk, the
 * person's changes of grade and the case's tries tell draws apart. */
int32_t cases_after(
    const struct region *r, uint32_t i, uint32_t purpose, double mean_days);

/* Makes handler `which` of the model care the case's pending event. */
void cases_schedule(struct region *r, uint32_t i, int which, int32_t due);

/* A new case of a person at a desk, in the state of applying. */
uint32_t cases_open(struct region *r, uint32_t person, int desk);

/* Puts a case into its desk's line for the bed that the person needs, by class, as of
 * `joined` minutes; CASES_FIRST + now: before all others, whatever the rule. */
#define CASES_FIRST INT32_MIN
void cases_join(struct region *r, uint32_t i, int32_t joined);

/* As of when a case is in line; now when it is not. */
int32_t cases_joined(const struct region *r, uint32_t i);

/* Takes a case out of the line, where it waits; nothing when it does not. */
void cases_leave_line(struct region *r, uint32_t i);

/* The user leaves place and staff; the case stays, in the state APPLYING. */
void cases_vacate(struct region *r, uint32_t i);

/* Closes a case, wherever it stands; its place or ticket is free. */
void cases_close(struct region *r, uint32_t i);

/* A user, after a change of grade: staff, tallies and hours anew. */
void cases_update(struct region *r, uint32_t i);

/* Where the first beds for dementia have opened, or the last have gone: those who need
 * such a bed change lines and keep their turn. */
void cases_relist(struct region *r, int desk);

/* Millionths of a worker: what a user of a supplier takes. */
int32_t cases_load(const struct region *r, int service, unsigned grade);

/* Whether the staff that a supplier's user needs are there. */
bool cases_staffed(const struct region *r, int service, unsigned grade, int32_t has);

/* The user takes a place: `facility` -1 when none is needed. The line has counted it.
 */
void cases_use(struct region *r, uint32_t i, int32_t facility, int bed);

/*
 * The site that a person would take: with a free place of the type, staff, for people
 * like this one and within means; of these the one liked best, by a taste frozen per
 * person and site.
 *
 * Returns  its row; -1 when there is none; -2 when only staff are missing
 */
int32_t cases_choose(const struct region *r, const struct person *p, int desk, int bed);

#endif
