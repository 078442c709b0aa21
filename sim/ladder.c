#include "sim/ladder.h"

#include "sim/err.h"
#include "sim/mem.h"

/* Measured (bench_calendar): what costs least between 100 and 10^7 items. */
enum {
    LEAST = 32,   /* items that a bucket should hold */
    MOST = 2048,  /* the same, so that sorting it stays near the processor */
    BUCKETS = 16, /* buckets that items should fill when there are few */
    FAN = 128,    /* buckets to be filled at once; each writes to a page of its own, and
                     there should be no more of those than the processor has at hand */
    TAIL = 16,    /* buckets a rung may have, as a multiple of those to be filled */
    SPLIT = 4,    /* spread a bucket that holds so many times what it should */
    UNEVEN = 64   /* look how the items lie in a bucket that holds so many times that */
};

void
ladder_init(struct ladder *self, int64_t from)
{
    *self = (struct ladder){.start = LADDER_FOREVER, .low = self->rung};
    if (from < 0)
        return;
    struct ladder_rung *r = &self->rung[0];
    r->end = r->fine = LADDER_FOREVER;
    r->start = self->start = from;
    r->shift = 32;
    r->n = r->capacity = 1;
    r->bucket = mem_alloc(1, sizeof *r->bucket);
    self->depth = 1;
}

void
ladder_free(struct ladder *self)
{
    for (int i = 0; i < LADDER_RUNGS; i++)
        mem_free(self->rung[i].bucket);
    pool_free(&self->pool);
    *self = (struct ladder){0};
}

void
ladder_add_far(struct ladder *self, struct item a)
{
    struct ladder_rung *r = self->low;
    int64_t t = item_time(a);

    while (t >= r->end)
        r--;
    uint64_t i = (uint64_t)(t - r->start) >> r->shift;
    pool_add(&self->pool, &r->bucket[i < r->n ? i : r->n - 1], a);
}

/* Items that a bucket should hold now. */
static double
bucket_size(const struct ladder *self)
{
    size_t n = self->n / BUCKETS;

    return n < LEAST ? LEAST : n < MOST ? (double)n : MOST;
}

/* What one must know of a list to spread it; minutes. */
struct span {
    int64_t first, last;
    double half; /* about half of the items lie in [first, first + half) */
};

static void
span_ends(const struct pool *pool, struct pool_list list, struct span *s)
{
    struct pool_part part;

    s->first = LADDER_FOREVER;
    s->last = 0;
    while ((part = pool_walk(pool, &list)).n > 0)
        for (uint32_t i = 0; i < part.n; i++) {
            int64_t t = item_time(part.item[i]);

            s->first = t < s->first ? t : s->first;
            s->last = t > s->last ? t : s->last;
        }
}

/* The median, from counts in eighths of a power of two: a float's exponent and the
 * leading bits of its mantissa number them. */
static void
span_half(const struct pool *pool, struct pool_list list, struct span *s)
{
    enum { PARTS = 8, BINS = 33 * PARTS };
    uint32_t bin[BINS] = {0}, below = 0, half = list.n / 2, i = 0;
    struct pool_part part;

    while ((part = pool_walk(pool, &list)).n > 0)
        for (uint32_t k = 0; k < part.n; k++) {
            float f = (float)(item_time(part.item[k]) - s->first + 1);
            uint32_t bits;

            memcpy(&bits, &f, sizeof bits);
            bin[(bits >> 20) - (127 << 3)]++;
        }
    while (below + bin[i] < half)
        below += bin[i++];
    s->half =
        (double)((uint64_t)1 << i / PARTS) * (1.0 + (i % PARTS + 1) / (double)PARTS);
}

/* A new lowest rung for the items of a list, which lie in [start, end), as fine as
 * their nearer half needs. */
static void
spread(struct ladder *self, struct pool_list list, struct span s, int64_t end)
{
    struct ladder_rung *r = &self->rung[self->depth];
    double fill = list.n / bucket_size(self);

    fill = fill < FAN ? fill : FAN;
    double width = s.half / (0.5 * fill), most = LEAST + TAIL * fill;

    r->shift = 0;
    while (r->shift < 32 && (double)((uint64_t)2 << r->shift) <= width)
        r->shift++;
    double n = (double)(((s.last - s.first) >> r->shift) + 1);
    r->n = (uint32_t)(n < most ? n : most);
    r->next = 0;
    r->start = s.first;
    r->end = end;
    r->fine = s.first + ((int64_t)r->n << r->shift);
    r->fine = r->fine < end ? r->fine : end;
    if (r->n > r->capacity) {
        r->capacity = r->n;
        r->bucket = mem_grow(r->bucket, r->capacity, sizeof *r->bucket);
    }
    memset(r->bucket, 0, r->n * sizeof *r->bucket);

    self->low = &self->rung[self->depth++];
    self->start = s.first; /* nothing lies before */
    struct item copy[POOL_CHUNK];
    self->n -= list.n;
    for (uint32_t k; (k = pool_take(&self->pool, &list, copy)) > 0;)
        for (uint32_t i = 0; i < k; i++)
            ladder_add(self, copy[i]);
}

static void
drop_rung(struct ladder *self)
{
    self->depth--;
    self->low = self->depth > 0 ? &self->rung[self->depth - 1] : self->rung;
}

/* Takes the first bucket that is not empty off its rung. */
static struct ladder_bucket
take_bucket(struct ladder *self)
{
    struct ladder_rung *r = self->low;

    for (;; r = self->low) {
        while (r->next < r->n && r->bucket[r->next].n == 0)
            r->next++;
        if (r->next < r->n)
            break;
        drop_rung(self);
    }

    struct pool_list *list = &r->bucket[r->next];
    struct ladder_bucket b = {.list = *list};
    b.first = r->start + ((int64_t)r->next << r->shift);
    b.last = b.first + ((int64_t)1 << r->shift) - 1;
    *list = (struct pool_list){0};
    if (++r->next == r->n) {
        b.last = r->end - 1;
        drop_rung(self);
    }
    return b;
}

struct ladder_bucket
ladder_next(struct ladder *self)
{
    BUG_IF(self->n == 0);
    for (;;) {
        struct ladder_bucket b = take_bucket(self);
        double size = bucket_size(self);
        bool many = b.list.n > SPLIT * size && self->depth < LADDER_RUNGS;
        bool uneven = b.list.n > UNEVEN * size || b.last + 1 == LADDER_FOREVER;
        struct span s = {b.first, b.last, 0.5 * (double)(b.last + 1 - b.first)};

        self->start = b.last + 1;
        if (uneven)
            span_ends(&self->pool, b.list, &s);
        if (many && s.first < s.last) {
            if (uneven)
                span_half(&self->pool, b.list, &s);
            spread(self, b.list, s, self->start);
            continue;
        }
        self->n -= b.list.n;
        if (self->n == 0) {
            self->depth = 0;
            self->start = LADDER_FOREVER;
        }
        b.first = s.first;
        b.last = s.last;
        return b;
    }
}

bool
ladder_return(struct ladder *self, const struct item *item, size_t n)
{
    struct pool_list list = {0};
    struct span s = {.first = item_time(item[0]), .last = item_time(item[n - 1])};

    if (self->depth == LADDER_RUNGS)
        return false;
    for (size_t i = 0; i < n; i++)
        pool_add(&self->pool, &list, item[i]);
    self->n += n;
    s.half = (double)(item_time(item[n / 2]) - s.first + 1);
    spread(self, list, s, self->start);
    return true;
}

size_t
ladder_bytes(const struct ladder *self)
{
    size_t bytes = pool_bytes(&self->pool);

    for (int i = 0; i < LADDER_RUNGS; i++)
        bytes += self->rung[i].capacity * sizeof *self->rung[i].bucket;
    return bytes;
}
