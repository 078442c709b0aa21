/*
 * workforce.h - the staff of a county, by kind, shared by all services that need them.
 *
 * Recruits train in cohorts, drop out or join, quit, retire; employers fill a share of
 * the posts that fall vacant at once. Keys belong to people: whoever trains more
 * changes nobody who is there already.
 */
#ifndef MODELS_WORKFORCE_H
#define MODELS_WORKFORCE_H

#include "models/person.h"
#include "models/staff.h"
#include "sim/region.h"

struct workforce_par {
    int64_t stock[STAFF_KINDS];
    struct path recruits[STAFF_KINDS];
    double training[STAFF_KINDS], drop_out[STAFF_KINDS], quits[STAFF_KINDS];
    double replaced, cohort, certified, certifies;
    double normal_load, load_exponent, load_least, load_most, wage_elasticity;
    double age_start_from, age_start_to, age_entry_from, age_entry_to, retires;
};

struct workforce_out {
    int64_t caregivers;
    int64_t staff[STAFF_KINDS], certified[STAFF_KINDS], in_training[STAFF_KINDS];
    int64_t recruited[STAFF_KINDS], trained[STAFF_KINDS], dropped_out[STAFF_KINDS];
    int64_t schooled[STAFF_KINDS]; /* trained, or certified in the post */
    int64_t quit[STAFF_KINDS], retired[STAFF_KINDS], replaced[STAFF_KINDS];
    double staff_load[STAFF_KINDS];
};

/* Prepared: what regions have of what is given for all. */
struct workforce_tab {
    int64_t *stock[STAFF_KINDS]; /* [n_regions] at the start */
    double *share[STAFF_KINDS];  /* [n_regions] of recruits */
};

/* Handlers of the model, in the order of its table; those at one moment come in it. */
enum workforce_event {
    WORKFORCE_MONTH,
    WORKFORCE_RECRUIT,
    WORKFORCE_BEGIN,
    WORKFORCE_FINISH,
    WORKFORCE_QUIT,
    WORKFORCE_RETIRE
};

enum { WORKFORCE_WORKER = 1000000 }; /* load and capacity count in millionths */

/* In region.own[MODELS_WORKFORCE]. */
struct workforce {
    struct staff staff[STAFF_KINDS];
};

/* Where people come from; tells their keys apart. */
enum workforce_origin { WORKFORCE_STARTED = 0x7374, WORKFORCE_RECRUITED = 0x7265 };
uint64_t workforce_key(const struct region *r, enum workforce_origin tag,
    enum staff_kind k, uint32_t number);

/* The staff of a kind in a county. */
struct staff *workforce_staff(const struct region *r, enum staff_kind k);

/* What the staff of a kind can do, in millionths of a worker. */
int64_t workforce_capacity(const struct region *r, enum staff_kind k);

/* Adds `change` to what is in use, in millionths of a worker. */
void workforce_load(struct region *r, enum staff_kind k, int64_t change);

/* `n` more people begin training now, without waiting for a cohort; their keys come
 * from `key`, which nobody else may use. */
void workforce_recruit(struct region *r, enum staff_kind k, int64_t n, uint64_t key);

/* From now on the wage is `factor` times that of the start; > 0. */
void workforce_set_wage(struct region *r, enum staff_kind k, double factor);

/* Certifies `n` members, longest in service first; returns how many there were. */
int64_t workforce_certify(struct region *r, enum staff_kind k, int64_t n);

#endif
