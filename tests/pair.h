/*
 * pair.h - a calendar beside a slow one, to compare event by event.
 *
 * The slow one is a binary heap by pair_order(), which spells the order of events out.
 */
#ifndef TESTS_PAIR_H
#define TESTS_PAIR_H

#include "sim/calendar.h"
#include "sim/rng.h"

struct pair_slow {
    struct event *heap; /* [capacity], the first n in use; owned */
    size_t n, capacity;
};

struct pair {
    struct calendar c;
    struct pair_slow slow;
    struct rng_run run;
    uint32_t n;        /* events drawn so far */
    int32_t most_wait; /* minutes */
};

/* Compares two events (struct event) for qsort(). */
int pair_order(const void *a, const void *b);

/* Fails the test unless the events agree. */
void pair_same(struct event a, struct event b);

/* An event with many ties in every member; times take `times` values from `from` on. */
struct event pair_event(struct rng_block b, int32_t from, uint32_t times);

void pair_init(struct pair *b, int32_t end, size_t expected, int32_t most_wait);
void pair_free(struct pair *b);

/* Pushes into both. */
void pair_add(struct pair *b, struct event e);

/* Pushes a new event from now on: a quarter each at this very minute, soon, within
 * 1/1000 of the longest wait, anywhere within it. */
void pair_push(struct pair *b);

/* Pops from both, before `before`; false when the calendar gives none, rightly. */
bool pair_pop(struct pair *b, int32_t before);

/* Fills a calendar with one event of each of `n` subjects and has `events` of them
 * leave, each followed by a new one of its subject after an exponential wait. */
void pair_hold(struct calendar *c, uint32_t n, uint64_t events);

#endif
