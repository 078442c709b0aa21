/*
 * workforce.h - the caregivers of a county, shared by all services that need them.
 */
#ifndef MODELS_WORKFORCE_H
#define MODELS_WORKFORCE_H

#include "models/person.h"
#include "sim/region.h"

struct workforce_par {
    int64_t caregivers;
    struct path recruits;
    double replaced, training, drop_out, quits;
    double clients[GRADES]; /* residents a caregiver looks after, by grade */
};

/* In region.own[MODELS_WORKFORCE]. */
struct workforce {
    int64_t caregivers, in_training;
};

#endif
