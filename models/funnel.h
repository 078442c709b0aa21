/*
 * funnel.h - from need to application: what one person would do now about one service.
 *
 * Tastes are frozen: the draws that decide belong to the person and the service and do
 * not change with time or policy, so that a change of circumstances moves people over a
 * gate in one order.
 */
#ifndef MODELS_FUNNEL_H
#define MODELS_FUNNEL_H

#include "models/care.h"

/* Each gate is true only when those before it are. */
struct funnel {
    bool eligible, needs, willing, able;
};

struct funnel funnel_of(const struct region *r, const struct person *p, int desk);

/* Whether age, grade, residence and income let a person use a service. */
bool funnel_eligible(const struct region *r, const struct person *p, int service);

/* What a person can spend on care, fen a month; the destitute are paid for in full. */
int64_t funnel_means(const struct region *r, const struct person *p);

/* Whether a person could use and pay a bed of a supplier. */
bool funnel_affords(const struct region *r, const struct person *p, int service,
    int bed, int64_t means);

/* The type of bed a person needs at a desk, and the class in its line. */
enum service_bed funnel_bed(const struct region *r, const struct person *p, int desk);
enum service_class funnel_class(const struct person *p);

/* How far a person is from being willing: taste over the probability, 1 at the gate. */
double funnel_reluctance(const struct region *r, const struct person *p, int desk);

/* Hours a week that the household and near children give, and that nobody gives. */
double funnel_informal(const struct care_par *par, const struct person *p);
double funnel_unmet(const struct region *r, const struct person *p);

/* Whether a person has dementia: begins at an age that is frozen per person. */
bool funnel_dementia(const struct region *r, const struct person *p);

/* Whether there is a site of the service in the person's community or township. */
bool funnel_near(const struct region *r, const struct person *p, int service);

#endif
