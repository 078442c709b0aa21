/*
 * ladder.h - far events in buckets of time, as fine as the events at that time need.
 *
 * Rungs of buckets, each covering [start, end) without gaps, its last bucket taking all
 * that is left; the lowest rung is the soonest and the finest. A bucket that holds too
 * many items when its turn comes is not given out but spread over a new rung. So widths
 * fit the density of events at that time, whatever it was when the run began, and an
 * item is moved once for every time the density was misjudged by far.
 *
 * Source  Tang, Goh, Thng, ACM TOMACS 15 (2005) 175-204, without its bottom list
 */
#ifndef SIM_LADDER_H
#define SIM_LADDER_H

#include "sim/pool.h"

enum { LADDER_RUNGS = 40 };
#define LADDER_FOREVER ((int64_t)1 << 32) /* beyond every time */

struct ladder_rung {
    int64_t start, end;       /* minutes */
    int64_t fine;             /* end of what lies in buckets of 2^shift minutes */
    struct pool_list *bucket; /* [capacity], the first n in use; owned */
    int shift;
    uint32_t n, next; /* buckets; the next to be given out, those before are empty */
    uint32_t capacity;
};

struct ladder {
    int64_t start; /* items from this time on belong here; LADDER_FOREVER: none does */
    struct ladder_rung *low; /* the lowest rung: rung[depth - 1] */
    size_t n;                /* items */
    struct pool pool;
    int depth;
    struct ladder_rung rung[LADDER_RUNGS];
};

/* A bucket given out: its items lie in [first, last]; the caller takes the list from
 * the pool. */
struct ladder_bucket {
    struct pool_list list;
    int64_t first, last;
};

/* An empty ladder; with `from` >= 0 all items from that time on belong to it. */
void ladder_init(struct ladder *self, int64_t from);
void ladder_free(struct ladder *self);

/* ladder_add() of an item that the lowest rung has no bucket of its own for. */
void ladder_add_far(struct ladder *self, struct item a);

/* Adds an item not before `start`. Inline: it is most of a calendar_push(). */
static inline void
ladder_add(struct ladder *self, struct item a)
{
    struct ladder_rung *r = self->low;
    int64_t t = item_time(a);

    self->n++;
    if (t < r->fine)
        pool_add(&self->pool, &r->bucket[(uint64_t)(t - r->start) >> r->shift], a);
    else
        ladder_add_far(self, a);
}

/* Gives out the soonest items and moves `start` behind them; n > 0, or it is a bug.
 * Without any item left, `start` is LADDER_FOREVER. */
struct ladder_bucket ladder_next(struct ladder *self);

/* Takes back `n` > 0 sorted items from before `start`, which moves to the first of
 * them. False, and nothing done, when there is no rung left. */
bool ladder_return(struct ladder *self, const struct item *item, size_t n);

/* Bytes of memory held, without the struct. */
size_t ladder_bytes(const struct ladder *self);

#endif
