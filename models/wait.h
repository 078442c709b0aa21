/*
 * wait.h - how long applicants wait, estimated with those who are still in line.
 *
 * Means over those who were placed flatter: who waits long is not among them yet. A
 * life table of waiting uses everybody: of those who reach a class of waiting time
 * (SERVICE_WAITS) some are placed in it, some leave the line, the others go on to the
 * next. People who were in line when the period began, or are when it ends, count for
 * the part of the class in which they were seen.
 */
#ifndef MODELS_WAIT_H
#define MODELS_WAIT_H

#include "models/service.h"

/* What is counted of one desk over a period, by class of waiting time. */
struct wait_counts {
    int64_t before[SERVICE_WAITS]; /* in line when it begins */
    int64_t joined;                /* the line */
    int64_t admitted[SERVICE_WAITS], left[SERVICE_WAITS];
    int64_t after[SERVICE_WAITS]; /* in line when it ends */
};

/* Shares of applicants; [k] by the end of class k, the last: in the end. */
struct wait_shares {
    double placed[SERVICE_WAITS], left[SERVICE_WAITS], waiting[SERVICE_WAITS];
    double unplaced[SERVICE_WAITS]; /* had nobody left the line but for a place */
};

/* A period of no time that begins with the state of `month`. */
void wait_begin(struct wait_counts *self, const struct service_out *month);

/* One more month. */
void wait_add(struct wait_counts *self, const struct service_out *month);

/* What another county or replicate has besides. */
void wait_join(struct wait_counts *self, const struct wait_counts *other);

/*
 * The life table of a period. Of class k
 *
 *   reached_0 = joined,  reached_k+1 = before_k + reached_k - admitted_k - left_k -
 * after_k seen_k = reached_k + (before_k - after_k) / 2
 *
 * of whom the share admitted_k / seen_k is placed and left_k / seen_k leaves, who are
 * competing ends; `unplaced` is the product of 1 - admitted_k / (seen_k - left_k / 2),
 * in which leaving only takes people out of sight. In the last class, which has no end,
 * everybody is placed or leaves as those do who have.
 *
 * Returns  shares, 1; NAN from a class on that nobody has reached
 * Source   Kaplan and Meier, J. Am. Stat. Assoc. 53 (1958) 457-481, section 2 (grouped
 *          times, losses count half); Aalen and Johansen, Scand. J. Stat. 5 (1978)
 * 141-150
 */
struct wait_shares wait_shares(const struct wait_counts *self);

#endif
