/*
 * overflow.h - who has waited for long goes to the nearest county with a free place.
 *
 * Once a week each county tells those to whom it is near how many places are free
 * and staffed beyond the people who wait for them. What is known is a week or two old:
 * the place may be taken on arrival.
 */
#ifndef MODELS_OVERFLOW_H
#define MODELS_OVERFLOW_H

#include "models/care.h"

#define OVERFLOW_NOWHERE UINT32_MAX

/* Prepared; without a service that overflows, or with one county, n is 0. */
struct overflow_tab {
    int n;           /* counties that each one asks */
    uint32_t *near;  /* [n_regions][n] nearest first */
    int *first;      /* [n_regions + 1] in `asker` */
    uint32_t *asker; /* counties that ask a county */
};

void overflow_prepare(
    const struct setup *s, struct overflow_tab *t, struct arena *arena);

void overflow_start(struct region *r);

/* The event that tells the others, and the message when it comes. */
void overflow_tell(struct region *r, const struct event *e);
void overflow_receive(struct region *r, const struct message *m);

/* The county to which the applicant of a case would go, or OVERFLOW_NOWHERE; the place
 * there counts as taken. */
uint32_t overflow_to(struct region *r, uint32_t i);

#endif
