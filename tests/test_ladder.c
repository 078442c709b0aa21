#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include "sim/ladder.h"
#include "sim/rng.h"

#include <math.h>

/* Takes the next bucket: all its items lie within its bounds, after all before them.
 * Returns how many there are. */
static size_t
take(struct ladder *l, int64_t *last)
{
    struct item to[POOL_CHUNK];
    size_t before = l->n, n = 0;
    struct ladder_bucket b = ladder_next(l);

    assert_true(b.first > *last && b.last >= b.first && l->start > b.last);
    for (uint32_t k; (k = pool_take(&l->pool, &b.list, to)) > 0; n += k)
        for (uint32_t i = 0; i < k; i++)
            assert_in_range(item_time(to[i]), b.first, b.last);
    assert_int_equal(l->n, before - n);
    *last = b.last;
    return n;
}

static struct item
at(int64_t time)
{
    return (struct item){(uint64_t)time << 32, 0};
}

/* Buckets hold a few thousand items at most, whatever the density: even, exponential,
 * all in 1/1000 of the time, half of it at one moment. */
static void
buckets_fit_the_density(void **state)
{
    enum { N = 200000 };

    (void)state;
    for (int shape = 0; shape < 3; shape++) {
        struct ladder l;
        int64_t last = -1;
        size_t most = 0, n = 0, buckets = 0;

        ladder_init(&l, 0);
        for (uint32_t i = 0; i < N; i++) {
            double u = rng_uniform32(rng_block(rng_run(1, 0), i, 0, 0).word[0]);

            if (shape == 1)
                u = fmin(-num_log(u) / 30.0, 0.9999);
            if (shape == 2)
                u = i % 100 ? 0.3 + u / 1000.0 : u;
            ladder_add(&l, at((int64_t)(u * 100000000.0)));
        }
        while (l.n > 0) {
            size_t k = take(&l, &last);

            most = k > most ? k : most;
            n += k;
            buckets++;
        }
        assert_int_equal(n, N);
        assert_in_range(most, 500, 4 * 2048);
        assert_in_range(buckets, N / (4 * 2048), N / 100);
        assert_true(l.start == LADDER_FOREVER);
        ladder_free(&l);
        ladder_free(&l);
    }
}

/* Items at one moment cannot be spread: one bucket, however many. */
static void
one_moment_is_one_bucket(void **state)
{
    struct ladder l;
    int64_t last = -1;

    (void)state;
    ladder_init(&l, 0);
    for (int i = 0; i < 50000; i++)
        ladder_add(&l, at(1234567));
    assert_int_equal(take(&l, &last), 50000);
    assert_int_equal(l.n, 0);
    ladder_free(&l);
}

/* Adding while taking, always from `start` on, near and far. */
static void
adding_between(void **state)
{
    struct ladder l;
    int64_t last = -1;
    size_t in = 0, out = 0;

    (void)state;
    ladder_init(&l, 0);
    for (uint32_t i = 0; i < 300000; i++) {
        struct rng_block b = rng_block(rng_run(2, 0), i, 0, 0);
        double u = rng_uniform32(b.word[0]);
        int64_t from = l.start;

        if (from < INT32_MAX) {
            u = b.word[1] % 4 ? u * u * u * u * u : u;
            ladder_add(&l, at(from + (int64_t)(u * (double)(INT32_MAX - from))));
            in++;
        }
        if (i > 100000 && i % 200 == 0 && l.n > 0)
            out += take(&l, &last);
    }
    while (l.n > 0)
        out += take(&l, &last);
    assert_int_equal(in, out);
    assert_true(in > 200000);
    ladder_free(&l);
}

/* What is given back comes again, before the rest. */
static void
giving_back(void **state)
{
    struct ladder l;
    struct item item[1000];
    int64_t last = -1;
    size_t n = 0;

    (void)state;
    ladder_init(&l, -1);
    assert_true(l.start == LADDER_FOREVER);
    for (int i = 0; i < 1000; i++)
        item[i] = at(10 + i / 2);
    assert_true(ladder_return(&l, item + 500, 500));
    assert_int_equal(l.start, 260);
    assert_true(ladder_return(&l, item + 100, 400));
    assert_int_equal(l.start, 60);
    assert_int_equal(l.n, 900);
    while (l.n > 0)
        n += take(&l, &last);
    assert_int_equal(n, 900);
    ladder_free(&l);
}

/* As often as there are rungs; then it refuses and changes nothing. */
static void
giving_back_has_an_end(void **state)
{
    struct ladder l;
    int64_t last = -1;
    int n = 0;

    (void)state;
    ladder_init(&l, -1);
    for (int i = 1000; i > 0; i--) {
        struct item a = at(i);

        n += ladder_return(&l, &a, 1);
        assert_int_equal(l.n, n);
        assert_int_equal(l.start, 1001 - n);
    }
    assert_int_equal(n, LADDER_RUNGS);
    while (l.n > 0)
        take(&l, &last);
    ladder_free(&l);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buckets_fit_the_density),
        cmocka_unit_test(one_moment_is_one_bucket),
        cmocka_unit_test(adding_between),
        cmocka_unit_test(giving_back),
        cmocka_unit_test(giving_back_has_an_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
