/*
 * item.h - an event packed so that its order is that of two numbers, and sorting it.
 *
 * time, kind, extra lie in `high` and subject, serial in `low`, most significant first.
 */
#ifndef SIM_ITEM_H
#define SIM_ITEM_H

#include "sim/calendar.h"

struct item {
    uint64_t high, low;
};

/* Later than every event. */
#define ITEM_LAST ((struct item){UINT64_MAX, UINT64_MAX})

/* Whether `a` comes before `b`. Inline: a call costs more than the two comparisons. */
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

/* To and from an event; its time must not be negative. */
static inline struct item
item_of(struct event e)
{
    return (struct item){
        (uint64_t)(uint32_t)e.time << 32 | (uint32_t)e.kind << 16 | e.extra,
        (uint64_t)e.subject << 32 | e.serial};
}

static inline struct event
item_event(struct item a)
{
    return (struct event){.time = (int32_t)(a.high >> 32),
        .kind = (uint16_t)(a.high >> 16),
        .extra = (uint16_t)a.high,
        .subject = (uint32_t)(a.low >> 32),
        .serial = (uint32_t)a.low};
}

enum { ITEM_DIGITS = 4096 }; /* counters that item_sort() needs */

/*
 * Sorts `from` into `to`, both [n] and apart; leaves `from` undefined. O(n) where keys
 * are spread evenly, O(n log n) comparisons of digits at worst.
 *
 * count    [ITEM_DIGITS], its content is not used
 */
void
item_sort(struct item *to, struct item *from, size_t n, uint32_t *count);

#endif
