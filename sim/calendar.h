/*
 * calendar.h - the pending events of one region, soonest first.
 *
 * Events leave in one total order by content: time, kind, subject, serial; never by the
 * order in which they came. Push and pop are O(1) amortised at any size: far events lie
 * in buckets, unsorted; a bucket is sorted when its time comes, and what falls into it
 * after that goes to a small side heap. Nothing is removed: a subject that changes its
 * mind leaves the old event in place and ignores it when it comes.
 */
#ifndef SIM_CALENDAR_H
#define SIM_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From the last in the order to the first within each half: see item.h. */
struct event {
    uint16_t extra;  /* free for the scheduler; part of the order, after kind */
    uint16_t kind;   /* row of the run's handlers; lower runs first */
    int32_t time;    /* minutes since the start of the run */
    uint32_t serial; /* free for the scheduler; last in the order */
    uint32_t subject;
};

struct item;

struct calendar {
    struct calendar_inside *inside; /* owned */
    uint64_t popped;                /* so far */
    int32_t now;                    /* time of the last event popped */
    int32_t end;                    /* events after this time are not kept */
    size_t n;                       /* pending, stale ones included */
};

/* Events lie in [0, end]; `expected` is a guess of how many are pending at once. */
void calendar_init(struct calendar *self, int32_t end, size_t expected);
void calendar_free(struct calendar *self);

/* Schedules `e`; e.time >= self->now, or it is a bug. Later than `end` is dropped. */
void calendar_push(struct calendar *self, struct event e);

/* Takes the soonest event with time < `before` into `e`; false when there is none. */
bool calendar_pop(struct calendar *self, int32_t before, struct event *e);

/*
 * The soonest events in their order, `n` of them, but for those pushed since they were
 * sorted (item.h); for prefetching their subjects' records. Valid until the next call
 * of another function.
 */
const struct item *calendar_sorted(const struct calendar *self, size_t *n);

/* Bytes of memory held. */
size_t calendar_bytes(const struct calendar *self);

#endif
