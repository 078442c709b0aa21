#include "sim/calendar.h"

#include "sim/err.h"
#include "sim/heap.h"
#include "sim/item.h"
#include "sim/mem.h"
#include "sim/pool.h"

#include <string.h>

/*
 * Three places. Time below `open_end` is open: its items are in the sorted array `open`
 * or, when they came later, in the heap `side`. Behind it lie rungs of buckets, the
 * last rung next in time and finest; each rung covers [start, end) without gaps, its
 * last bucket taking all that is left. A bucket with too many items is not opened but
 * spread over a new rung, as fine as its items need; so the width of a bucket fits the
 * density at that time, whatever it was when the run began. Buckets before `next` are
 * empty.
 */
enum {
    AHEAD = 20,         /* items kept sorted beyond the soonest, for calendar_peek() */
    SIDE = 64,          /* items that the side heap holds without harm */
    BUCKET_LEAST = 32,  /* items that a bucket should hold */
    BUCKET_MOST = 2048, /* sorts within the cache next to the processor */
    BUCKETS = 16,       /* buckets that items should fill, when there are few */
    TAIL = 16, /* buckets a rung may have, as a multiple of those to be filled */
    SPLIT = 4, /* spread a bucket that holds so many times what it should */
    RUNGS = 40
};

#define FOREVER ((int64_t)1 << 32) /* beyond every time */

struct rung {
    int64_t start, end;       /* minutes */
    int shift;                /* a bucket is 2^shift minutes wide */
    uint32_t n, next;         /* buckets; the next to be opened */
    struct pool_list *bucket; /* [capacity]; owned */
    uint32_t capacity;
};

struct calendar_inside {
    struct item *open; /* [capacity + 1], items first .. n - 1, then ITEM_LAST; owned */
    size_t first, n, capacity;
    size_t refill; /* when `first` gets there, more must be opened */
    struct heap side;
    int64_t open_end;

    struct rung rung[RUNGS];
    int depth;      /* rungs in use */
    size_t outside; /* items in rungs */
    struct pool pool;

    struct item *work; /* [work_capacity]; owned */
    size_t work_capacity;
    uint32_t *count; /* [ITEM_DIGITS], for sorting; owned */
};

void
calendar_init(struct calendar *self, int32_t end, size_t expected)
{
    struct calendar_inside *in = mem_alloc(1, sizeof *in);

    BUG_IF(end < 0);
    *self = (struct calendar){.inside = in, .end = end};
    in->open = mem_alloc(1, sizeof *in->open);
    in->open[0] = ITEM_LAST;
    in->open_end = FOREVER;
    in->refill = SIZE_MAX;
    if (expected > SIDE) { /* collect in one bucket what comes before the first pop */
        in->depth = 1;
        in->rung[0] = (struct rung){.end = FOREVER, .shift = 32, .n = 1, .capacity = 1};
        in->rung[0].bucket = mem_alloc(1, sizeof *in->rung[0].bucket);
        in->open_end = 0;
        in->refill = 0;
    }
}

void
calendar_free(struct calendar *self)
{
    struct calendar_inside *in = self->inside;

    if (in != NULL) {
        for (int i = 0; i < RUNGS; i++)
            mem_free(in->rung[i].bucket);
        pool_free(&in->pool);
        heap_free(&in->side);
        mem_free(in->open);
        mem_free(in->work);
        mem_free(in->count);
        mem_free(in);
    }
    *self = (struct calendar){0};
}

/* Puts an item not before open_end into its bucket. */
static void
rung_add(struct calendar_inside *in, struct item a)
{
    int64_t t = item_time(a);
    struct rung *r = &in->rung[in->depth - 1];

    while (t >= r->end)
        r--;
    uint64_t i = (uint64_t)(t - r->start) >> r->shift;
    i = i < r->n ? i : r->n - 1;
    pool_add(&in->pool, &r->bucket[i], a);
}

/* Items that a bucket should hold now. */
static size_t
bucket_size(const struct calendar_inside *in)
{
    size_t n = in->outside / BUCKETS;

    return n < BUCKET_LEAST ? BUCKET_LEAST : n < BUCKET_MOST ? n : BUCKET_MOST;
}

/* What one must know of a list to spread it; minutes. */
struct span {
    int64_t first, last;
    double half; /* about half of the items lie in [first, first + half) */
};

static struct span
span_of(const struct calendar_inside *in, struct pool_list list)
{
    enum { PARTS = 8, BINS = 33 * PARTS };
    uint32_t bin[BINS] = {0};
    struct span s = {.first = FOREVER};
    struct pool_list walk = list;

    for (int pass = 0; pass < 2; pass++, walk = list) {
        while (walk.n > 0) {
            uint32_t n = (walk.n - 1) % POOL_CHUNK + 1;
            const struct item *a = in->pool.item + (size_t)walk.newest * POOL_CHUNK;

            for (uint32_t i = 0; i < n; i++) {
                int64_t t = item_time(a[i]);

                if (pass == 0) {
                    s.first = t < s.first ? t : s.first;
                    s.last = t > s.last ? t : s.last;
                } else {
                    float f = (float)(t - s.first + 1);
                    uint32_t b;

                    memcpy(&b, &f, sizeof b);
                    bin[(b >> 20) - (127 << 3)]++;
                }
            }
            walk.n -= n;
            walk.newest = in->pool.next[walk.newest];
        }
    }
    uint32_t below = 0, i = 0;
    while (below + bin[i] < list.n / 2)
        below += bin[i++];
    s.half =
        (double)((uint64_t)1 << (i / PARTS)) * (1.0 + (i % PARTS + 1) / (double)PARTS);
    return s;
}

/* Spreads a list that lies in [open_end, end) over a new rung. */
static void
spread(struct calendar_inside *in, struct pool_list list, struct span s, int64_t end)
{
    struct rung *r = &in->rung[in->depth++];
    struct item chunk[POOL_CHUNK];
    double size = (double)bucket_size(in), share = list.n / size;
    double width = s.half / (0.5 * share);
    uint64_t most = 16 + (uint64_t)(TAIL * share);

    r->shift = 0;
    while (r->shift < 32 && (double)((uint64_t)2 << r->shift) <= width)
        r->shift++;
    uint64_t n = ((uint64_t)(s.last - s.first) >> r->shift) + 1;
    r->n = (uint32_t)(n < most ? n : most);
    r->next = 0;
    r->start = s.first;
    r->end = end;
    in->open_end = s.first; /* nothing lies before */
    if (r->n > r->capacity) {
        r->capacity = r->n;
        r->bucket = mem_grow(r->bucket, r->capacity, sizeof *r->bucket);
    }
    memset(r->bucket, 0, r->n * sizeof *r->bucket);
    for (uint32_t k; (k = pool_take(&in->pool, &list, chunk)) > 0;)
        for (uint32_t i = 0; i < k; i++)
            rung_add(in, chunk[i]);
}

/* Room for `n` items in `work`, and to sort them. */
static void
work_room(struct calendar_inside *in, size_t n)
{
    if (in->work_capacity < n) {
        in->work_capacity = n + n / 2;
        in->work = mem_grow(in->work, in->work_capacity, sizeof *in->work);
    }
    if (in->count == NULL)
        in->count = mem_alloc(ITEM_DIGITS, sizeof *in->count);
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

/* Sorts a list whose items lie behind all that is open to the end of `open`. */
static void
open_list(struct calendar_inside *in, struct pool_list list)
{
    size_t n = list.n, at = 0;

    work_room(in, n);
    open_room(in, n);
    for (uint32_t k; (k = pool_take(&in->pool, &list, in->work + at)) > 0;)
        at += k;
    item_sort(in->open + in->n, in->work, n, in->count);
    in->n += n;
    in->open[in->n] = ITEM_LAST;
    in->outside -= n;
}

/* Opens the next bucket, or spreads it. There must be an item outside. */
static void
open_next(struct calendar_inside *in)
{
    struct rung *r = &in->rung[in->depth - 1];

    while (r->next < r->n && r->bucket[r->next].n == 0)
        r->next++;
    if (r->next == r->n) {
        in->open_end = r->end;
        in->depth--;
        return;
    }

    struct pool_list list = r->bucket[r->next];
    r->bucket[r->next++] = (struct pool_list){0};
    int64_t end = r->start + ((int64_t)r->next << r->shift);
    if (r->next == r->n) {
        end = r->end;
        in->depth--;
    }
    if (list.n > SPLIT * bucket_size(in) && in->depth < RUNGS) {
        struct span s = span_of(in, list);

        if (s.first < s.last) {
            spread(in, list, s, end);
            return;
        }
    }
    open_list(in, list);
    in->open_end = end;
}

/* Opens buckets until AHEAD items are sorted, or all. Not inline: calendar_pop() would
 * save registers for it at every call. */
static __attribute__((noinline)) void
refill(struct calendar_inside *in)
{
    while (in->n - in->first < AHEAD && in->outside > 0)
        open_next(in);
    if (in->outside > 0)
        in->refill = in->n - AHEAD + 1;
    else {
        in->refill = SIZE_MAX;
        in->open_end = FOREVER;
        in->depth = 0;
    }
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

/*
 * The side heap is too large: sorts it together with `open`, keeps the soonest and
 * moves the others behind the open time, which ends with them.
 */
static __attribute__((noinline)) void
close_late(struct calendar_inside *in)
{
    size_t rest = in->n - in->first, n = rest + in->side.n;
    struct pool_list list = {0};

    work_room(in, n);
    memcpy(in->work, in->open + in->first, rest * sizeof *in->work);
    memcpy(in->work + rest, in->side.item, in->side.n * sizeof *in->work);
    in->first = in->n = in->side.n = 0;
    open_room(in, n);
    item_sort(in->open, in->work, n, in->count);

    in->n = in->depth < RUNGS ? cut_near(in->open, n, 2 * AHEAD) : n;
    if (in->n < n) {
        for (size_t i = in->n; i < n; i++)
            pool_add(&in->pool, &list, in->open[i]);
        in->outside += n - in->n;
        spread(in, list, span_of(in, list), in->open_end);
    }
    in->open[in->n] = ITEM_LAST;
    in->refill = in->outside == 0 ? SIZE_MAX : in->n < AHEAD ? 0 : in->n - AHEAD + 1;
}

void
calendar_push(struct calendar *self, struct event e)
{
    struct calendar_inside *in = self->inside;

    BUG_IF(e.time < self->now);
    if (e.time > self->end)
        return;
    self->n++;
    if (e.time >= in->open_end) {
        in->outside++;
        rung_add(in, item_of(e));
        return;
    }
    heap_push(&in->side, item_of(e));
    if (in->side.n > SIDE && in->side.n > in->n - in->first)
        close_late(in);
}

bool
calendar_pop(struct calendar *self, int32_t before, struct event *e)
{
    struct calendar_inside *in = self->inside;

    if (in->first >= in->refill)
        refill(in);
    bool side = in->side.n > 0 && item_less(in->side.item[0], in->open[in->first]);
    struct item a = side ? in->side.item[0] : in->open[in->first];
    if (item_time(a) >= before)
        return false;
    if (side)
        heap_pop(&in->side);
    else
        in->first++;
    *e = item_event(a);
    self->now = e->time;
    self->n--;
    self->popped++;
    return true;
}

uint32_t
calendar_peek(const struct calendar *self, int ahead)
{
    const struct calendar_inside *in = self->inside;
    size_t i = in->first + (size_t)ahead;

    return i < in->n ? (uint32_t)(in->open[i].low >> 32) : UINT32_MAX;
}

size_t
calendar_bytes(const struct calendar *self)
{
    const struct calendar_inside *in = self->inside;
    size_t bytes = sizeof *in + pool_bytes(&in->pool);

    bytes += (in->capacity + 1 + in->work_capacity + in->side.capacity) *
             sizeof(struct item);
    for (int i = 0; i < RUNGS; i++)
        bytes += in->rung[i].capacity * sizeof *in->rung[i].bucket;
    return bytes + (in->count != NULL ? ITEM_DIGITS * sizeof *in->count : 0);
}
