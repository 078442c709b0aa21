/*
 * funnel.h - from need to application: what one person would do now.
 *
 * Tastes are frozen: the draws that decide belong to the person and do not change with
 * time or policy, so that a change of circumstances moves people over a gate in one
 * order.
 */
#ifndef MODELS_FUNNEL_H
#define MODELS_FUNNEL_H

#include "models/care.h"

/* Each gate is true only when those before it are. */
struct funnel {
    bool needs, willing, able;
};

struct funnel funnel_of(const struct region *r, const struct person *p);

/* What a person can spend on a home, fen a month; the destitute are paid for in full.
 */
int64_t funnel_means(const struct region *r, const struct person *p);

/* The type of bed a person needs, and the class in the line. */
enum facility_bed funnel_bed(const struct region *r, const struct person *p);
enum care_class funnel_class(const struct person *p);

/* How far a person is from being willing: taste over the probability, 1 at the gate. */
double funnel_reluctance(const struct region *r, const struct person *p);

#endif
