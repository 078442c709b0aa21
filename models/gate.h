/*
 * gate.h - what the terms of a service mean for every kind of people.
 *
 * The funnel is asked tens of millions of times in a run, mostly about people who may
 * not, or would not; terms change a few times. So both answers are worked out by kind
 * of people when the terms change.
 */
#ifndef MODELS_GATE_H
#define MODELS_GATE_H

#include "models/service.h"

enum { GATE_OLD = 80, GATE_KINDS = GRADES * LIVINGS * RESIDENCES * 2 * 2 };

/* Of being willing. */
struct gate_will {
    double odds, share;
};

struct gate {
    uint64_t lets[2]; /* bits by grade, income, residence: whom it lets in at the right
                         age; those before 60, and past it */
    bool by_age;      /* the right age is another than past 60 */
    bool by_old_age;  /* those of 80 and over have other odds */
    struct gate_will will[GATE_KINDS]; /* next door */
};

/* Works out the gate of a service under its present terms. */
void gate_set(struct gate *self, const struct region *r, int service);

/* Whether the service is for people like this one, but for the age. */
static inline bool
gate_lets(const struct gate *self, const struct person *p)
{
    unsigned kind =
        ((unsigned)p->grade * INCOMES + p->income) * RESIDENCES + p->residence;

    return self->lets[p->elder] >> kind & 1;
}

/* Place of a person in `will`. */
static inline unsigned
gate_kind(const struct person *p, bool old)
{
    unsigned kind =
        ((unsigned)p->grade * LIVINGS + p->living) * RESIDENCES + p->residence;

    return (kind * 2 + p->near) * 2 + old;
}

/* A person's being willing if a site were next door. */
static inline struct gate_will
gate_will(const struct gate *self, const struct region *r, const struct person *p)
{
    bool old = self->by_old_age && person_age(p, region_now(r)) >= GATE_OLD;

    return self->will[gate_kind(p, old)];
}

#endif
