#include "tests/pair.h"

#include <stdarg.h>
#include <stddef.h>

#include <setjmp.h>

#include <cmocka.h>

#include "sim/mem.h"

int
pair_order(const void *a, const void *b)
{
    const struct event *x = a, *y = b;

    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->extra != y->extra)
        return x->extra < y->extra ? -1 : 1;
    if (x->subject != y->subject)
        return x->subject < y->subject ? -1 : 1;
    return (x->serial > y->serial) - (x->serial < y->serial);
}

void
pair_same(struct event a, struct event b)
{
    if (pair_order(&a, &b) != 0)
        fail_msg("popped %d/%u/%u/%u/%u, expected %d/%u/%u/%u/%u", (int)a.time, a.kind,
            a.extra, a.subject, a.serial, (int)b.time, b.kind, b.extra, b.subject,
            b.serial);
}

struct event
pair_event(struct rng_block b, int32_t from, uint32_t times)
{
    return (struct event){.time = from + (int32_t)(b.word[0] % times),
        .kind = (uint16_t)(b.word[1] % 3),
        .extra = (uint16_t)(b.word[1] >> 30),
        .subject = b.word[2] % 7,
        .serial = b.word[3]};
}

static void
slow_push(struct pair_slow *s, struct event e)
{
    size_t i = s->n++;

    if (s->n > s->capacity) {
        s->capacity = 2 * s->n;
        s->heap = mem_grow(s->heap, s->capacity, sizeof *s->heap);
    }
    for (; i > 0 && pair_order(&e, &s->heap[(i - 1) / 2]) < 0; i = (i - 1) / 2)
        s->heap[i] = s->heap[(i - 1) / 2];
    s->heap[i] = e;
}

static struct event
slow_pop(struct pair_slow *s)
{
    struct event top = s->heap[0], last = s->heap[--s->n];
    size_t i = 0;

    for (;;) {
        size_t child = 2 * i + 1;

        if (child + 1 < s->n && pair_order(&s->heap[child + 1], &s->heap[child]) < 0)
            child++;
        if (child >= s->n || pair_order(&last, &s->heap[child]) <= 0)
            break;
        s->heap[i] = s->heap[child];
        i = child;
    }
    s->heap[i] = last;
    return top;
}

void
pair_add(struct pair *b, struct event e)
{
    calendar_push(&b->c, e);
    if (e.time <= b->c.end)
        slow_push(&b->slow, e);
}

void
pair_push(struct pair *b)
{
    struct rng_block draw = rng_block(b->run, b->n++, 1, 0);
    const uint32_t reach[] = {
        1, 30, (uint32_t)b->most_wait / 1000 + 1, (uint32_t)b->most_wait};
    struct event e =
        pair_event(rng_block(b->run, b->n, 2, 0), b->c.now, reach[draw.word[0] % 4]);

    pair_add(b, e);
}

bool
pair_pop(struct pair *b, int32_t before)
{
    struct event e;

    if (calendar_pop(&b->c, before, &e)) {
        assert_true(e.time < before);
        pair_same(e, slow_pop(&b->slow));
        return true;
    }
    assert_true(b->slow.n == 0 || b->slow.heap[0].time >= before);
    assert_int_equal(b->c.n, b->slow.n);
    return false;
}

void
pair_init(struct pair *b, int32_t end, size_t expected, int32_t most_wait)
{
    *b = (struct pair){.run = rng_run(4, (uint32_t)end), .most_wait = most_wait};
    calendar_init(&b->c, end, expected);
}

void
pair_free(struct pair *b)
{
    calendar_free(&b->c);
    mem_free(b->slow.heap);
}

void
pair_hold(struct calendar *c, uint32_t n, uint64_t events)
{
    struct event e;
    struct rng_run run = rng_run(5, n);

    for (uint32_t i = 0; i < n; i++)
        calendar_push(c,
            (struct event){.subject = i,
                .time = (int32_t)(1e6 * rng_exponential(rng_block(run, i, 0, 0), 0))});
    for (uint64_t i = 0; i < events; i++) {
        assert_true(calendar_pop(c, INT32_MAX, &e));
        struct rng_block b = rng_block(run, e.subject, 1, e.serial);
        calendar_push(c, (struct event){.subject = e.subject,
                             .serial = e.serial + 1,
                             .time = e.time + (int32_t)(1e6 * rng_exponential(b, 0))});
    }
}
