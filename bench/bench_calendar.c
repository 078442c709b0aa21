/*
 * bench_calendar.c - how fast events leave and enter a calendar in exact order.
 *
 * Hold model: each of n subjects has one pending event; the event popped touches the
 * subject's 64-byte record (prefetched 16 ahead), draws a block of random numbers (an
 * exponential wait and a uniform), and is pushed again. The bare loop does the same to
 * the same records in a random order, without a calendar. Every number is the median of
 * repeats; hold, bare and draws take turns, so that their ratios see the same machine.
 */
#define _GNU_SOURCE
#include "sim/item.h"
#include "sim/mem.h"
#include "sim/rng.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { REPEATS = 7, AHEAD = 16, BATCH = 8, YEAR = 525949, END = 2000000000 };

struct record {
    double sum;
    uint32_t visits, kind;
    uint64_t other[6];
};

struct bench {
    struct record *record; /* [n] */
    uint32_t n;            /* subjects */
    uint64_t events;       /* of one repeat */
    double wait;           /* mean, minutes */
    struct rng_run run;
    struct calendar calendar;
    double checksum;
};

static double
seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The event's work but for the calendar: the record, the draws; returns the wait. */
static int32_t
visit(struct bench *b, uint32_t subject)
{
    struct record *r = &b->record[subject];
    struct rng_block draw = rng_block(b->run, subject, 1, r->visits++);
    double wait = rng_exponential(draw, 0), u = rng_uniform(draw, 1);

    r->sum += wait;
    r->kind = u < 0.5;
    return (int32_t)(wait * b->wait) + 1;
}

static void
fill(struct bench *b)
{
    calendar_init(&b->calendar, END, b->n);
    for (uint32_t i = 0; i < b->n; i++)
        calendar_push(
            &b->calendar, (struct event){.time = visit(b, i), .subject = i, .kind = 1});
}

static void
look_ahead(const struct bench *b)
{
    size_t n;
    const struct item *next = calendar_sorted(&b->calendar, &n);

    for (size_t k = AHEAD; k < AHEAD + BATCH && k < n; k++)
        __builtin_prefetch(&b->record[item_event(next[k]).subject], 1);
}

static void
hold(struct bench *b)
{
    struct event e;

    for (uint64_t i = 0; i < b->events; i++) {
        if (i % BATCH == 0)
            look_ahead(b);
        if (!calendar_pop(&b->calendar, END, &e))
            break;
        calendar_push(&b->calendar, (struct event){.time = e.time + visit(b, e.subject),
                                        .kind = e.kind,
                                        .subject = e.subject,
                                        .serial = e.serial + 1});
    }
}

/* The i-th subject of an order that jumps about. */
static uint32_t
jump(const struct bench *b, uint64_t i)
{
    uint64_t z = i * 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 29)) * 0xbf58476d1ce4e5b9u;
    return (uint32_t)((z >> 32) * b->n >> 32);
}

static void
bare(struct bench *b)
{
    int64_t total = 0;

    for (uint64_t i = 0; i < b->events; i++) {
        __builtin_prefetch(&b->record[jump(b, i + AHEAD)], 1);
        total += visit(b, jump(b, i));
    }
    b->checksum += (double)total;
}

static void
draws(struct bench *b)
{
    double total = 0;

    for (uint64_t i = 0; i < b->events; i++) {
        struct rng_block draw = rng_block(b->run, i, 2, 0);

        total += rng_exponential(draw, 0) + rng_uniform(draw, 1);
    }
    b->checksum += total;
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double
median(double *x)
{
    qsort(x, REPEATS, sizeof *x, ascending);
    return x[REPEATS / 2];
}

/* Millions of events a second of one call of `f`. */
static double
rate(struct bench *b, void (*f)(struct bench *))
{
    double start = seconds();

    f(b);
    return (double)b->events / (seconds() - start) * 1e-6;
}

/* Measures n pending; returns the median rate of the hold model. */
static double
measure(const char *name, uint32_t n, uint64_t events)
{
    double h[REPEATS], w[REPEATS], d[REPEATS], share[REPEATS];
    struct bench b = {.n = n, .events = events, .run = rng_run(1, 0)};

    /* A year, or less where the repeats would run beyond the end. */
    b.wait = 0.5 * END * n / (double)((REPEATS + 1) * events);
    b.wait = b.wait < YEAR ? b.wait : YEAR;
    b.record = mem_large(n, sizeof *b.record);
    fill(&b);
    hold(&b);
    for (int i = 0; i < REPEATS; i++) {
        h[i] = rate(&b, hold);
        w[i] = rate(&b, bare);
        d[i] = rate(&b, draws);
        share[i] = h[i] / w[i];
    }
    double m = median(h);
    printf("hold_%s %.2f M/s\n", name, m);
    printf("bare_%s %.2f M/s\n", name, median(w));
    printf("draws_%s %.2f M/s\n", name, median(d));
    printf("hold_to_bare_%s %.3f 1\n", name, median(share));
    printf("bytes_%s %.2f byte\n", name, (double)calendar_bytes(&b.calendar) / n);
    calendar_free(&b.calendar);
    mem_large_free(b.record, n, sizeof *b.record);
    if (b.checksum < 0)
        puts("checksum 0 1");
    return m;
}

int
main(int argc, char **argv)
{
    if (argc > 1) {
        uint32_t n = (uint32_t)strtoul(argv[1], NULL, 10);
        measure(argv[1], n, 4000000 + n);
        return 0;
    }
    measure("2", 2, 4000000);
    measure("100", 100, 4000000);
    measure("1e3", 1000, 4000000);
    measure("1e4", 10000, 4000000);
    double small = measure("1e5", 100000, 4000000);
    measure("1e6", 1000000, 6000000);
    double large = measure("8e6", 8000000, 12000000);
    printf("hold_8e6_to_1e5 %.3f 1\n", large / small);
    return 0;
}
