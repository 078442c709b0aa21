#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include "sim/calendar.h"
#include "sim/item.h"
#include "sim/mem.h"
#include "sim/rng.h"
#include "tests/pair.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Pushes `n` events, pops them all: the order is qsort's. */
static void
check_order(size_t n, uint32_t times, size_t expected, uint32_t replicate)
{
    struct event *want = mem_alloc(n, sizeof *want), e;
    struct calendar c;

    calendar_init(&c, INT32_MAX, expected);
    for (size_t i = 0; i < n; i++) {
        want[i] = pair_event(rng_block(rng_run(1, replicate), i, 0, 0), 0, times);
        calendar_push(&c, want[i]);
    }
    assert_int_equal(c.n, n);
    qsort(want, n, sizeof *want, pair_order);
    for (size_t i = 0; i < n; i++) {
        assert_true(calendar_pop(&c, INT32_MAX, &e));
        pair_same(e, want[i]);
        assert_int_equal(c.now, e.time);
        assert_int_equal(c.n, n - i - 1);
        assert_int_equal(c.popped, i + 1);
    }
    assert_false(calendar_pop(&c, INT32_MAX, &e));
    calendar_free(&c);
    mem_free(want);
}

static void
order_is_that_of_qsort(void **state)
{
    static const size_t n[] = {1, 2, 30, 65, 300, 5000, 60000};
    static const uint32_t times[] = {1, 2, 1000, 1000000, INT32_MAX};
    uint32_t replicate = 0;

    (void)state;
    for (size_t i = 0; i < sizeof n / sizeof *n; i++)
        for (size_t t = 0; t < sizeof times / sizeof *times; t++) {
            check_order(n[i], times[t], n[i], replicate);
            check_order(n[i], times[t], replicate % 2 ? 0 : 1000000, replicate);
            replicate++;
        }
}

/* The same events in another order of pushing leave in the same order. */
static void
order_does_not_depend_on_pushes(void **state)
{
    enum { N = 3000, ROUNDS = 20 };
    struct event first[N], pushed[N], e;

    (void)state;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct calendar c;

        calendar_init(&c, 100000, round % 2 ? N : 0);
        for (uint32_t i = 0; i < N; i++)
            pushed[i] = pair_event(rng_block(rng_run(2, 0), i, 0, 0), 0, 2000);
        for (uint32_t i = N - 1; i > 0; i--) {
            uint32_t j = rng_block(rng_run(3, round), i, 0, 0).word[0] % (i + 1);
            struct event swap = pushed[i];

            pushed[i] = pushed[j];
            pushed[j] = swap;
        }
        for (uint32_t i = 0; i < N; i++)
            calendar_push(&c, pushed[i]);
        for (uint32_t i = 0; i < N; i++) {
            assert_true(calendar_pop(&c, INT32_MAX, &e));
            if (round == 0)
                first[i] = e;
            pair_same(e, first[i]);
        }
        calendar_free(&c);
    }
}

/* Pushes and pops mixed, the number pending growing to `most`, staying, and shrinking.
 */
static void
check_mixture(size_t most, int32_t most_wait, size_t expected)
{
    struct pair b;
    bool growing = true;

    pair_init(&b, 100000000, expected, most_wait);
    for (uint32_t i = 0; i < 60000; i++) {
        uint32_t draw = rng_block(b.run, i, 3, 0).word[0] % 100;

        growing = b.c.n < most / 10 || (growing && b.c.n < most);
        if (draw < (growing ? 70 : 45))
            pair_push(&b);
        else
            pair_pop(&b, INT32_MAX);
    }
    while (pair_pop(&b, INT32_MAX))
        continue;
    assert_int_equal(b.c.n, 0);
    pair_free(&b);
}

static void
pushes_between_pops(void **state)
{
    static const size_t most[] = {3, 50, 100, 500, 20000};
    static const int32_t wait[] = {1, 100, 100000, 50000000};

    (void)state;
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < 4; j++) {
            check_mixture(most[i], wait[j], 0);
            check_mixture(most[i], wait[j], most[i]);
        }
}

/* Nothing from the end of a window on leaves; what comes between windows is in order.
 */
static void
windows(void **state)
{
    struct pair b;
    int32_t end = 0;

    (void)state;
    pair_init(&b, 50000000, 1000, 20000000);
    for (int i = 0; i < 30000; i++)
        pair_push(&b);
    for (uint32_t w = 0; w < 2000; w++) {
        uint32_t draw = rng_block(b.run, w, 4, 0).word[0];

        end += (int32_t)(draw % (w % 10 ? 100 : 100000));
        while (pair_pop(&b, end))
            if (draw % 8 != 0)
                pair_push(&b);
        b.c.now = end; /* as a region does at the end of a window */
        for (uint32_t i = 0; i < draw % 100; i++)
            pair_push(&b);
    }
    assert_true(b.c.popped > 5000 && b.c.n > 5000);
    pair_free(&b);
}

static void
an_empty_window_gives_nothing(void **state)
{
    struct calendar c;
    struct event e;

    (void)state;
    calendar_init(&c, 1000, 0);
    assert_false(calendar_pop(&c, INT32_MAX, &e));
    calendar_push(&c, (struct event){.time = 10});
    calendar_push(&c, (struct event){.time = 0});
    assert_false(calendar_pop(&c, 0, &e));
    assert_true(calendar_pop(&c, 1, &e));
    assert_false(calendar_pop(&c, 10, &e));
    assert_int_equal(c.now, 0);
    assert_true(calendar_pop(&c, 11, &e));
    assert_int_equal(c.now, 10);
    calendar_free(&c);
}

/* An event at the end stays, one minute later it is dropped, also at the end of time.
 */
static void
beyond_the_end_is_dropped(void **state)
{
    static const int32_t end[] = {0, 1000, INT32_MAX - 1, INT32_MAX};
    struct event e;

    (void)state;
    for (size_t i = 0; i < 4; i++)
        for (size_t expected = 0; expected <= 1000; expected += 1000) {
            struct calendar c;

            calendar_init(&c, end[i], expected);
            calendar_push(&c, (struct event){.time = end[i]});
            if (end[i] < INT32_MAX)
                calendar_push(&c, (struct event){.time = end[i] + 1});
            assert_int_equal(c.n, 1);
            if (end[i] < INT32_MAX) {
                assert_true(calendar_pop(&c, INT32_MAX, &e));
                assert_int_equal(e.time, end[i]);
            }
            assert_false(calendar_pop(&c, INT32_MAX, &e));
            calendar_free(&c);
        }
}

/* Tens of thousands at one minute, more of them arriving while they leave. */
static void
one_crowded_minute(void **state)
{
    struct pair b;

    (void)state;
    pair_init(&b, 10000000, 10, 1);
    for (int i = 0; i < 1000; i++)
        pair_push(&b);
    b.most_wait = 5000000;
    for (int i = 0; i < 1000; i++)
        pair_push(&b);
    for (uint32_t i = 0; i < 40000; i++) {
        struct event e = pair_event(rng_block(b.run, i, 5, 0), 100, 1);

        pair_add(&b, e);
    }
    for (uint32_t i = 0; pair_pop(&b, INT32_MAX); i++)
        if (b.c.now == 100 && i < 30000) {
            struct event e = pair_event(rng_block(b.run, i, 6, 0), 100, 1);

            pair_add(&b, e);
        }
    assert_true(b.c.popped > 60000);
    pair_free(&b);
}

/* All events within one year of two hundred, and again in another year. */
static void
density_changes(void **state)
{
    enum { YEAR = 525949 };
    struct pair b;

    (void)state;
    pair_init(&b, 200 * YEAR, 10, YEAR);
    for (int year = 0; year < 200; year++) {
        bool busy = year == 20 || year == 21 || year == 150;

        for (int i = 0; i < (busy ? 20000 : 20); i++)
            pair_push(&b);
        while (pair_pop(&b, (year + 1) * YEAR))
            continue;
        b.c.now = (year + 1) * YEAR;
    }
    assert_true(b.c.popped > 60000);
    pair_free(&b);
}

/* 16 bytes are the event itself; what is left holds unfilled chunks and sorted ones. */
static void
memory_per_event(void **state)
{
    struct calendar c;

    (void)state;
    calendar_init(&c, INT32_MAX, 1000000);
    pair_hold(&c, 1000000, 2000000);
    assert_true(calendar_bytes(&c) < 20 * c.n);
    calendar_free(&c);

    calendar_init(&c, INT32_MAX, 0); /* a wrong guess may cost the first time only */
    pair_hold(&c, 100000, 1000000);
    assert_true(calendar_bytes(&c) < 24 * c.n);
    calendar_free(&c);
}

/* A region with few events takes a few kilobytes: there may be thousands of regions. */
static void
small_calendars_are_small(void **state)
{
    struct calendar c;

    (void)state;
    calendar_init(&c, INT32_MAX, 10);
    assert_true(calendar_bytes(&c) < 4096);
    pair_hold(&c, 10, 1000);
    assert_true(calendar_bytes(&c) < 8192);
    calendar_free(&c);

    calendar_init(&c, INT32_MAX, 1000);
    pair_hold(&c, 1000, 20000);
    assert_true(calendar_bytes(&c) < 128 * 1024);
    calendar_free(&c);
}

/* Where nothing is pushed between, what is sorted is what comes; and most of the time
 * there is enough of it. */
static void
sorted_ahead(void **state)
{
    enum { N = 10000, FAR = 24 };
    static uint32_t hint[N + FAR], known;
    struct calendar c;
    struct event e;
    size_t n;

    (void)state;
    known = 0;
    memset(hint, 0xff, sizeof hint);
    calendar_init(&c, INT32_MAX, N);
    calendar_sorted(&c, &n);
    assert_int_equal(n, 0);
    for (uint32_t i = 0; i < N; i++) {
        struct rng_block b = rng_block(rng_run(6, 0), i, 0, 0);

        calendar_push(
            &c, (struct event){.time = (int32_t)(b.word[0] % 1000000), .subject = i});
    }
    for (uint32_t i = 0; i < N; i++) {
        const struct item *next = calendar_sorted(&c, &n);
        if (n > FAR)
            hint[i + FAR] = item_event(next[FAR]).subject;
        assert_true(calendar_pop(&c, INT32_MAX, &e));
        if (hint[i] != UINT32_MAX) {
            assert_int_equal(hint[i], e.subject);
            known++;
        }
    }
    assert_true(known >= N - 2 * FAR);
    calendar_sorted(&c, &n);
    assert_int_equal(n, 0);
    calendar_free(&c);
}

static void
freeing_twice_and_using_again(void **state)
{
    struct calendar c = {0};
    struct event e;

    (void)state;
    calendar_free(&c);
    for (int round = 0; round < 3; round++) {
        calendar_init(&c, 1000000, 100);
        for (int32_t i = 0; i < 1000; i++)
            calendar_push(&c, (struct event){.time = i * 7 % 1000});
        for (int32_t i = 0; i < 500; i++) {
            assert_true(calendar_pop(&c, INT32_MAX, &e));
            assert_int_equal(e.time, i);
        }
        calendar_free(&c);
        calendar_free(&c);
        assert_null(c.inside);
    }
}

static void
pushing_into_the_past_is_a_bug(void **state)
{
    pid_t child = fork();
    int status = 0;

    (void)state;
    if (child == 0) {
        struct calendar c;
        struct event e;

        if (freopen("/dev/null", "w", stderr) == NULL)
            _exit(2);
        signal(SIGABRT, SIG_DFL);
        calendar_init(&c, 1000, 10);
        calendar_push(&c, (struct event){.time = 5});
        if (!calendar_pop(&c, INT32_MAX, &e))
            _exit(3);
        calendar_push(&c, (struct event){.time = 5});
        calendar_push(&c, (struct event){.time = 4});
        _exit(0);
    }
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_that_of_qsort),
        cmocka_unit_test(order_does_not_depend_on_pushes),
        cmocka_unit_test(pushes_between_pops),
        cmocka_unit_test(windows),
        cmocka_unit_test(an_empty_window_gives_nothing),
        cmocka_unit_test(beyond_the_end_is_dropped),
        cmocka_unit_test(one_crowded_minute),
        cmocka_unit_test(density_changes),
        cmocka_unit_test(memory_per_event),
        cmocka_unit_test(small_calendars_are_small),
        cmocka_unit_test(sorted_ahead),
        cmocka_unit_test(freeing_twice_and_using_again),
        cmocka_unit_test(pushing_into_the_past_is_a_bug),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
