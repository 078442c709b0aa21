/*
 * item.h - an event as two numbers whose order is the order of events, and sorting.
 *
 * The members of struct event lie such that its halves, read as numbers on a machine
 * that stores the low byte first, are `high` (time, kind, extra) and `low` (subject,
 * serial).
 */
#ifndef SIM_ITEM_H
#define SIM_ITEM_H

#include "sim/calendar.h"

#include <assert.h>
#include <string.h>

struct item {
    uint64_t high, low;
};

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "halves would be swapped");
static_assert(sizeof(struct item) == sizeof(struct event), "an item is an event");

/* Later than every event. */
#define ITEM_LAST ((struct item){UINT64_MAX, UINT64_MAX})

/* These are inline because each is a few instructions of the 40 that a pop takes. */

/* Whether `a` comes before `b`. */
static inline bool
item_less(struct item a, struct item b)
{
    return (a.high < b.high) | ((a.high == b.high) & (a.low < b.low));
}

/* Time of an item, minutes; above every int32_t for ITEM_LAST. */
static inline int64_t
item_time(struct item a)
{
    return (int64_t)(a.high >> 32);
}

static inline struct item
item_of(struct event e)
{
    struct item a;

    memcpy(&a, &e, sizeof a);
    return a;
}

static inline struct event
item_event(struct item a)
{
    struct event e;

    memcpy(&e, &a, sizeof e);
    return e;
}

/* Counters that item_sort() needs for n items; never fewer for more items. */
size_t item_counters(size_t n);

/*
 * Sorts `from` into `to`, both [n] and apart; leaves `from` undefined. O(n) where times
 * are spread evenly, otherwise O(n) for each digit of 5 or more bits that settles ties.
 *
 * first, last  bounds of the items' times, minutes
 * count        [item_counters(n)], its content is not used
 */
void item_sort(struct item *to, struct item *from, size_t n, int64_t first,
    int64_t last, uint32_t *count);

#endif
