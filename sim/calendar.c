#include "sim/calendar.h"

#include "sim/err.h"
#include "sim/heap.h"
#include "sim/item.h"
#include "sim/ladder.h"
#include "sim/mem.h"

/*
 * Three places. Time before `far.start` is open: its items are sorted in `open` or,
 * when they came after their bucket was sorted, in the heap `side`. All others are in
 * `far`.
 */
enum {
    AHEAD = 32, /* items kept sorted beyond the soonest, for calendar_sorted() */
    SIDE = 64   /* items that the side heap holds without harm */
};

struct calendar_inside {
    struct item *open; /* [capacity + 1], items first .. n - 1, then ITEM_LAST; owned */
    size_t first, n;
    size_t refill;      /* when `first` gets there, more must be opened */
    uint64_t side_high; /* of the soonest item of `side`; UINT64_MAX when it is empty */
    struct heap side;
    struct ladder far;

    struct item *work; /* [work_capacity]; owned */
    uint32_t *count;   /* [counters], for sorting; owned */
    size_t capacity, work_capacity, counters;
};

void
calendar_init(struct calendar *self, int32_t end, size_t expected)
{
    struct calendar_inside *in = mem_alloc(1, sizeof *in);

    BUG_IF(end < 0);
    *self = (struct calendar){.inside = in, .end = end};
    in->open = mem_alloc(1, sizeof *in->open);
    in->open[0] = ITEM_LAST;
    in->side_high = UINT64_MAX;
    ladder_init(&in->far, expected > SIDE ? 0 : -1);
    in->refill = expected > SIDE ? 0 : SIZE_MAX;
}

void
calendar_free(struct calendar *self)
{
    struct calendar_inside *in = self->inside;

    if (in != NULL) {
        ladder_free(&in->far);
        heap_free(&in->side);
        mem_free(in->open);
        mem_free(in->work);
        mem_free(in->count);
        mem_free(in);
    }
    *self = (struct calendar){0};
}

/* Room for `n` items in `work`, and to sort them. */
static void
work_room(struct calendar_inside *in, size_t n)
{
    size_t counters = item_counters(n);

    if (in->work_capacity < n) {
        in->work_capacity = n + n / 2;
        in->work = mem_grow(in->work, in->work_capacity, sizeof *in->work);
    }
    if (in->counters < counters) {
        in->counters = counters;
        in->count = mem_grow(in->count, counters, sizeof *in->count);
    }
}

/* Room for `n` more items at the end of `open`. */
static void
open_room(struct calendar_inside *in, size_t n)
{
    if (in->n + n <= in->capacity)
        return;
    in->n -= in->first;
    memmove(in->open, in->open + in->first, in->n * sizeof *in->open);
    in->first = 0;
    if (in->n + n > in->capacity) {
        in->capacity = in->n + n + n / 2;
        in->open = mem_grow(in->open, in->capacity + 1, sizeof *in->open);
    }
}

/* Sets when to open more: while AHEAD items are left. */
static void
plan_refill(struct calendar_inside *in)
{
    if (in->far.n == 0)
        in->refill = SIZE_MAX;
    else
        in->refill = in->n < AHEAD ? 0 : in->n - AHEAD + 1;
}

/* Opens buckets until AHEAD items are sorted, or all. */
static void
refill(struct calendar_inside *in)
{
    while (in->n - in->first < AHEAD && in->far.n > 0) {
        struct ladder_bucket b = ladder_next(&in->far);
        size_t n = b.list.n, at = 0;

        work_room(in, n);
        open_room(in, n);
        for (uint32_t k; (k = pool_take(&in->far.pool, &b.list, in->work + at)) > 0;)
            at += k;
        item_sort(in->open + in->n, in->work, n, b.first, b.last, in->count);
        in->n += n;
        in->open[in->n] = ITEM_LAST;
    }
    plan_refill(in);
}

/* Where `open`, sorted, is best cut: near `keep`, and between two different times. */
static size_t
cut_near(const struct item *open, size_t n, size_t keep)
{
    size_t i = keep;

    while (i > 0 && item_time(open[i - 1]) == item_time(open[keep]))
        i--;
    if (i == 0)
        for (i = keep; i < n && item_time(open[i]) == item_time(open[0]);)
            i++;
    return i;
}

/* The side heap is too large: sorts it together with `open`, keeps the soonest and
 * gives the others back. */
static void
close_late(struct calendar_inside *in)
{
    size_t rest = in->n - in->first, n = rest + in->side.n;

    work_room(in, n);
    memcpy(in->work, in->open + in->first, rest * sizeof *in->work);
    memcpy(in->work + rest, in->side.item, in->side.n * sizeof *in->work);
    in->first = in->n = in->side.n = 0;
    in->side_high = UINT64_MAX;
    open_room(in, n);
    item_sort(in->open, in->work, n, 0, INT32_MAX, in->count);

    in->n = cut_near(in->open, n, 2 * AHEAD);
    if (in->n < n && !ladder_return(&in->far, in->open + in->n, n - in->n))
        in->n = n;
    in->open[in->n] = ITEM_LAST;
    plan_refill(in);
}

/* An event that belongs to the open time. Not inline, as calendar_push() would then
 * save registers for it at every call. */
static __attribute__((noinline)) void
push_open(struct calendar_inside *in, struct item a)
{
    heap_push(&in->side, a);
    in->side_high = in->side.item[0].high;
    if (in->side.n > SIDE && in->side.n > in->n - in->first)
        close_late(in);
}

void
calendar_push(struct calendar *self, struct event e)
{
    struct calendar_inside *in = self->inside;

    BUG_IF(e.time < self->now);
    if (e.time > self->end)
        return;
    self->n++;
    if (e.time >= in->far.start)
        ladder_add(&in->far, item_of(e));
    else
        push_open(in, item_of(e));
}

/* calendar_pop() when the soonest item may not be open[first]; ITEM_LAST when it is not
 * before `before`. */
static __attribute__((noinline)) struct item
pop_slowly(struct calendar_inside *in, int32_t before)
{
    if (in->first >= in->refill)
        refill(in);
    bool side = in->side.n > 0 && item_less(in->side.item[0], in->open[in->first]);
    struct item a = side ? in->side.item[0] : in->open[in->first];
    if (item_time(a) >= before)
        return ITEM_LAST;
    if (side) {
        heap_pop(&in->side);
        in->side_high = in->side.n > 0 ? in->side.item[0].high : UINT64_MAX;
    } else
        in->first++;
    return a;
}

/*
 * `n` and `popped` must not be neighbours in struct calendar: gcc would load both in
 * one piece, and that waits until the `n` of the last calendar_push() has reached the
 * cache (3 ns of the 17 that a push and a pop take).
 */
bool
calendar_pop(struct calendar *self, int32_t before, struct event *e)
{
    struct calendar_inside *in = self->inside;
    struct item a = in->open[in->first];

    if (in->first < in->refill && a.high < in->side_high && item_time(a) < before)
        in->first++;
    else {
        a = pop_slowly(in, before);
        if (a.high == UINT64_MAX)
            return false;
    }
    *e = item_event(a);
    self->now = (int32_t)item_time(a);
    self->n--;
    self->popped++;
    return true;
}

const struct item *
calendar_sorted(const struct calendar *self, size_t *n)
{
    const struct calendar_inside *in = self->inside;

    *n = in->n - in->first;
    return in->open + in->first;
}

size_t
calendar_bytes(const struct calendar *self)
{
    const struct calendar_inside *in = self->inside;
    size_t items = in->capacity + 1 + in->work_capacity + in->side.capacity;

    return sizeof *in + ladder_bytes(&in->far) + items * sizeof(struct item) +
           in->counters * sizeof *in->count;
}
