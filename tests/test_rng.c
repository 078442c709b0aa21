#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include "sim/rng.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DRAWS = 1000000 };

/* Source: Random123, tests/kat_vectors, philox4x32 with 10 rounds. */
static void
known_answers(void **state)
{
    static const struct {
        uint32_t counter[4], key[2], word[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff},
            {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0},
            {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const uint32_t *c = known[i].counter, *k = known[i].key;
        struct rng_block b = rng_block(
            (struct rng_run){{k[0], k[1]}}, (uint64_t)c[1] << 32 | c[0], c[2], c[3]);

        for (int j = 0; j < 4; j++)
            assert_int_equal(b.word[j], known[i].word[j]);
    }
}

static int
ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* Of one seed no two replicates share a key; neighbouring seeds do not meet either. */
static void
keys_differ(void **state)
{
    enum { SEEDS = 100, REPLICATES = 1000, ALL = SEEDS * REPLICATES };
    static uint64_t key[ALL];

    (void)state;
    for (uint32_t i = 0; i < ALL; i++) {
        struct rng_run r = rng_run(i / REPLICATES, i % REPLICATES);

        key[i] = (uint64_t)r.key[1] << 32 | r.key[0];
    }
    qsort(key, ALL, sizeof *key, ascending);
    for (uint32_t i = 1; i < ALL; i++)
        assert_true(key[i - 1] < key[i]);
}

/* Each part of a draw's name changes about half of its bits. */
static void
every_part_of_the_name_counts(void **state)
{
    const struct rng_run run = rng_run(1, 1);
    const struct rng_block base = rng_block(run, 7, 3, 5);
    const struct rng_block other[] = {rng_block(rng_run(2, 1), 7, 3, 5),
        rng_block(rng_run(1, 2), 7, 3, 5), rng_block(run, 8, 3, 5),
        rng_block(run, 7 + ((uint64_t)1 << 32), 3, 5), rng_block(run, 7, 4, 5),
        rng_block(run, 7, 3, 6),
        rng_block(rng_run(1 + ((uint64_t)1 << 63), 1), 7, 3, 5)};

    (void)state;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        int bits = 0;

        for (int j = 0; j < 4; j++)
            bits += __builtin_popcount(base.word[j] ^ other[i].word[j]);
        assert_in_range(bits, 64 - 28, 64 + 28); /* 5 standard deviations of 5.7 */
    }
}

static void
ends_of_the_uniforms(void **state)
{
    const struct rng_block least = {{0, 0, 0, 0}},
                           most = {{UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX}};

    (void)state;
    assert_true(rng_uniform32(0) == 0x1p-33);
    assert_true(rng_uniform32(UINT32_MAX) == 1.0 - 0x1p-33);
    assert_true(rng_uniform(least, 0) == 0x1p-53);
    assert_true(rng_uniform(most, 1) == 1.0 - 0x1p-53);
    assert_true(rng_exponential(most, 0) > 0.0);
    assert_true(rng_exponential(least, 1) > 36.7 && rng_exponential(least, 1) < 36.8);
}

/* Words 2i and 2i+1 and no others; the second is the more significant. */
static void
words_of_a_uniform(void **state)
{
    struct rng_block b = {{0, 0x80000000, 0, 0x40000000}};

    (void)state;
    assert_true(rng_uniform(b, 0) == 0.5 + 0x1p-53);
    assert_true(rng_uniform(b, 1) == 0.25 + 0x1p-53);
    assert_true(rng_exponential(b, 1) == -num_log(0.25 + 0x1p-53));
}

/* The bounds are 5 standard errors: sd 1/sqrt(12) of a uniform, 1 of an exponential; of
 * the squares sqrt(4/45) and sqrt(20); of the product of a block's two uniforms 0.22.
 */
static void
moments(void **state)
{
    const double se = 5.0 / sqrt(DRAWS);
    double u1 = 0.0, u2 = 0.0, uv = 0.0, e1 = 0.0, e2 = 0.0;
    struct rng_run run = rng_run(3, 0);

    (void)state;
    for (uint32_t i = 0; i < DRAWS; i++) {
        struct rng_block b = rng_block(run, i, 0, 0);
        double u = rng_uniform(b, 0), e = rng_exponential(b, 0);

        u1 += u / DRAWS;
        u2 += u * u / DRAWS;
        uv += u * rng_uniform(b, 1) / DRAWS;
        e1 += e / DRAWS;
        e2 += e * e / DRAWS;
    }
    assert_true(fabs(u1 - 0.5) < se * 0.2887);
    assert_true(fabs(u2 - 1.0 / 3.0) < se * 0.2981);
    assert_true(fabs(uv - 0.25) < se * 0.2205);
    assert_true(fabs(e1 - 1.0) < se);
    assert_true(fabs(e2 - 2.0) < se * 4.472);
}

static void
mixing_keys(void **state)
{
    enum { SIDE = 300, ALL = SIDE * SIDE };
    static uint64_t key[ALL];

    (void)state;
    assert_true(rng_mix(1, 2) != rng_mix(2, 1));
    assert_true(rng_mix(0, 0) != 0);
    for (uint64_t i = 0; i < ALL; i++)
        key[i] = rng_mix(i / SIDE, i % SIDE);
    qsort(key, ALL, sizeof *key, ascending);
    for (uint32_t i = 1; i < ALL; i++)
        assert_true(key[i - 1] < key[i]);
}

/* A stream gives the words of blocks 0, 1, ... in order; uniforms take two of them. */
static void
stream_for_gsl(void **state)
{
    struct rng_stream s, t;
    struct rng_run run = rng_run(4, 2);
    const gsl_rng *g = rng_open(&s, run, 11, 6);

    (void)state;
    assert_int_equal(gsl_rng_max(g), 0xffffffff);
    assert_int_equal(gsl_rng_min(g), 0);
    for (uint32_t n = 0; n < 3; n++)
        for (int i = 0; i < 4; i++)
            assert_int_equal(gsl_rng_get(g), rng_block(run, 11, 6, n).word[i]);
    g = rng_open(&t, run, 11, 6);
    for (uint32_t n = 0; n < 3; n++)
        for (int i = 0; i < 2; i++)
            assert_true(gsl_rng_uniform(g) == rng_uniform(rng_block(run, 11, 6, n), i));
    gsl_rng_get(g); /* from here on uniforms straddle blocks */
    gsl_rng_uniform(g);
    assert_true(gsl_rng_uniform(g) == rng_uniform64(rng_block(run, 11, 6, 3).word[3],
                                          rng_block(run, 11, 6, 4).word[0]));
    assert_int_equal(gsl_rng_get(&s.gsl), rng_block(run, 11, 6, 3).word[0]);
}

/* 5 standard errors of a gamma (shape 2.5, scale 1): sd sqrt(2.5). */
static void
distribution_of_gsl(void **state)
{
    enum { N = 100000 };
    struct rng_stream s;
    const gsl_rng *g = rng_open(&s, rng_run(5, 0), 1, 1);
    double sum = 0.0;

    (void)state;
    for (int i = 0; i < N; i++)
        sum += gsl_ran_gamma(g, 2.5, 1.0);
    assert_true(fabs(sum / N - 2.5) < 5.0 * sqrt(2.5 / N));
}

static void
a_stream_cannot_be_seeded(void **state)
{
    pid_t child = fork();
    int status = 0;

    (void)state;
    if (child == 0) {
        struct rng_stream s;

        if (freopen("/dev/null", "w", stderr) == NULL)
            _exit(2);
        signal(SIGABRT, SIG_DFL);
        gsl_rng_set(rng_open(&s, rng_run(1, 1), 1, 1), 5);
        _exit(0);
    }
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(keys_differ),
        cmocka_unit_test(every_part_of_the_name_counts),
        cmocka_unit_test(ends_of_the_uniforms),
        cmocka_unit_test(words_of_a_uniform),
        cmocka_unit_test(moments),
        cmocka_unit_test(mixing_keys),
        cmocka_unit_test(stream_for_gsl),
        cmocka_unit_test(distribution_of_gsl),
        cmocka_unit_test(a_stream_cannot_be_seeded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
