/*
 * review.h - a person's situation has changed: what that means at every desk.
 */
#ifndef MODELS_REVIEW_H
#define MODELS_REVIEW_H

#include "models/care.h"

/* The funnel with its counts, for a person without a case at the desk; who passes will
 * apply. */
void review_enter(struct region *r, uint32_t person, int desk);

/* Every desk of a list that ends with -1: applicants leave the line or change it, users
 * get other hours, another bed, or leave, others enter the funnel. Who lives in a home
 * has only that. */
void review_person(struct region *r, uint32_t person, const int *desks);

/* The users of a site that closes: to another site that suits, or home and to the head
 * of the line. */
void review_displaced(struct region *r, uint32_t facility);

#endif
