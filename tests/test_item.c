#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include "sim/item.h"
#include "sim/mem.h"
#include "sim/rng.h"

#include <stdlib.h>

static void
order_is_by_time_kind_extra_subject_serial(void **state)
{
    /* Each is later than the one before by one member, all later members being lower.
     */
    const struct event e[] = {
        {.time = 1, .kind = 9, .extra = 9, .subject = 9, .serial = 9},
        {.time = 2, .kind = 1, .extra = 9, .subject = 9, .serial = 9},
        {.time = 2, .kind = 2, .extra = 1, .subject = 9, .serial = 9},
        {.time = 2, .kind = 2, .extra = 2, .subject = 1, .serial = 9},
        {.time = 2, .kind = 2, .extra = 2, .subject = 2, .serial = 1},
        {.time = 2, .kind = 2, .extra = 2, .subject = 2, .serial = 2},
        {.time = INT32_MAX, .kind = UINT16_MAX, .extra = UINT16_MAX},
    };

    (void)state;
    for (size_t i = 0; i + 1 < sizeof e / sizeof *e; i++) {
        assert_true(item_less(item_of(e[i]), item_of(e[i + 1])));
        assert_false(item_less(item_of(e[i + 1]), item_of(e[i])));
        assert_false(item_less(item_of(e[i]), item_of(e[i])));
        assert_true(item_less(item_of(e[i]), ITEM_LAST));
    }
}

static void
members_come_back(void **state)
{
    struct item a = item_of((struct event){.time = 0x12345678,
        .kind = 0x9abc,
        .extra = 0xdef0,
        .subject = 0xfedcba98,
        .serial = 0x76543210});
    struct event e = item_event(a);

    (void)state;
    assert_int_equal(a.high, 0x123456789abcdef0);
    assert_int_equal(a.low, 0xfedcba9876543210);
    assert_int_equal(item_time(a), 0x12345678);
    assert_true(item_time(ITEM_LAST) > INT32_MAX);
    assert_int_equal(e.time, 0x12345678);
    assert_int_equal(e.kind, 0x9abc);
    assert_int_equal(e.extra, 0xdef0);
    assert_int_equal(e.subject, 0xfedcba98);
    assert_int_equal(e.serial, 0x76543210);
}

static int
ascending(const void *a, const void *b)
{
    struct item x = *(const struct item *)a, y = *(const struct item *)b;

    return item_less(y, x) - item_less(x, y);
}

/* Draws of `n` items whose times and lower parts take the given numbers of values. */
static void
check_sort(size_t n, uint32_t times, uint64_t highs, uint64_t lows, uint32_t replicate)
{
    struct item *from = mem_alloc(n, sizeof *from), *to = mem_alloc(n, sizeof *to);
    struct item *want = mem_alloc(n, sizeof *want);
    uint32_t *count = mem_alloc(item_counters(n), sizeof *count);
    struct rng_run run = rng_run(6, replicate);
    const int64_t first = 1000;

    for (size_t i = 0; i < n; i++) {
        struct rng_block b = rng_block(run, i, 0, 0);
        uint64_t low = (uint64_t)b.word[2] << 32 | b.word[3];

        from[i].high = (uint64_t)(first + b.word[0] % times) << 32 | b.word[1] % highs;
        from[i].low = low % lows * (UINT64_MAX / lows);
        want[i] = from[i];
    }
    qsort(want, n, sizeof *want, ascending);
    item_sort(to, from, n, first, first + times - 1, count);
    assert_memory_equal(to, want, n * sizeof *to);
    mem_free(from);
    mem_free(to);
    mem_free(want);
    mem_free(count);
}

static void
sorting_agrees_with_qsort(void **state)
{
    static const uint32_t times[] = {1, 2, 30, 5000, 2000000000};
    static const uint64_t highs[] = {1, 3, 1000000, (uint64_t)1 << 32};
    static const uint64_t lows[] = {1, 2, 1000, UINT64_MAX};
    static const size_t n[] = {1, 2, 24, 25, 100, 3000, 40000};
    uint32_t replicate = 0;

    (void)state;
    for (size_t i = 0; i < 7; i++)
        for (size_t t = 0; t < 5; t++)
            for (size_t h = 0; h < 4; h++) {
                check_sort(n[i], times[t], highs[h], lows[replicate % 4], replicate);
                replicate++;
            }
}

/* Groups within groups: each digit splits off one item, which is the worst case. */
static void
sorting_uneven_keys(void **state)
{
    enum { N = 3000 };
    static struct item from[N], to[N];
    static uint32_t count[1 << 14];

    (void)state;
    assert_true(item_counters(N) <= 1 << 14);
    for (size_t i = 0; i < N; i++)
        from[i] = (struct item){((uint64_t)1 << i % 63) + i / 63, N - i};
    item_sort(to, from, N, 0, INT32_MAX, count);
    for (size_t i = 1; i < N; i++)
        assert_true(item_less(to[i - 1], to[i]));
}

static void
counters_grow_with_items(void **state)
{
    (void)state;
    for (size_t n = 1, last = 0; n < 100000; n++) {
        assert_true(item_counters(n) >= last);
        last = item_counters(n);
    }
    assert_true(item_counters((size_t)1 << 40) <= 1 << 16);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_by_time_kind_extra_subject_serial),
        cmocka_unit_test(members_come_back),
        cmocka_unit_test(sorting_agrees_with_qsort),
        cmocka_unit_test(sorting_uneven_keys),
        cmocka_unit_test(counters_grow_with_items),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
