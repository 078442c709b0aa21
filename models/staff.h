/*
 * staff.h - the staff of one kind in one county: who trains, who works, who holds the
 * certificate, and who is the next to quit.
 *
 * All of a kind share one cumulative hazard of quitting. A member quits when it reaches
 * the member's level: a unit-exponential threshold above where it stood on joining. So
 * a higher rate brings every quit forward and delays none, and a change of the rate
 * costs nothing: only the lowest level is ever looked at.
 */
#ifndef MODELS_STAFF_H
#define MODELS_STAFF_H

#include "sim/heap.h"

#include <stdbool.h>
#include <stdint.h>

#define STAFF_NONE UINT32_MAX

enum staff_kind {
    STAFF_CAREGIVER,
    STAFF_HOME_CARER,
    STAFF_SOCIAL_WORKER,
    STAFF_CHILD_CARER,
    STAFF_KINDS
};

enum staff_state { STAFF_GONE, STAFF_TRAINEE, STAFF_MEMBER };

struct staff_member {
    uint64_t key;           /* names the member's draws; the same in every scenario */
    double level;           /* of the cumulative hazard; members only */
    uint32_t spell;         /* how many had the row before: tells stale events apart */
    uint32_t before, after; /* rows: in the line of the uncertified, or of free rows */
    uint16_t state;         /* enum staff_state */
    bool certified;
};

struct staff {
    int64_t stock, certified, in_training;
    int64_t load; /* millionths of a worker in use, by those who use staff */
    double wage;  /* relative to the start */

    double pressure; /* factor of the rate that the load makes */
    double rate;     /* 1/yr, from `since` on */
    double hazard;   /* cumulative at `since` */
    int32_t since;   /* minutes */
    int32_t due;     /* minutes, of the pending quit, or NEVER; free for the caller */

    struct staff_member *row; /* [room], the first n used or free; owned */
    uint32_t n, room, free;
    uint32_t first, last; /* of the uncertified, by order of joining */
    struct heap levels;   /* of the members; some have left otherwise */
};

/* Nobody, no hazard, wage 1. */
void staff_init(struct staff *self);
void staff_free(struct staff *self);

/* A new row, in training; and out of it again without having joined. */
uint32_t staff_begin(struct staff *self, uint64_t key);
void staff_drop(struct staff *self, uint32_t row);

/*
 * A trainee becomes a member.
 *
 * threshold  unit exponential, > 0
 * now        minutes, not before the last staff_change()
 */
void staff_join(
    struct staff *self, uint32_t row, double threshold, bool certified, int32_t now);

/* A member leaves, for whatever reason; the row is free. */
void staff_leave(struct staff *self, uint32_t row);

/* From `now` on (minutes) members quit at `rate`, 1/yr. */
void staff_change(struct staff *self, double rate, int32_t now);

/* The cumulative hazard at `now`, minutes, not before the last staff_change(). */
double staff_hazard(const struct staff *self, int32_t now);

/* Who quits first at the present rate, or STAFF_NONE; `due` minutes, or NEVER. */
uint32_t staff_next(struct staff *self, int32_t *due);

/* Certifies `n` members, longest in service first; returns how many there were. */
int64_t staff_certify(struct staff *self, int64_t n);

#endif
