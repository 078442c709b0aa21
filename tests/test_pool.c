#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include "sim/pool.h"
#include "sim/rng.h"

enum { LISTS = 50 };

/* Takes all of a list; returns the sum of its items' halves, which names the content.
 */
static uint64_t
take_all(struct pool *pool, struct pool_list *list, uint64_t *n)
{
    struct item to[POOL_CHUNK];
    uint64_t sum = 0;

    *n = 0;
    for (uint32_t k; (k = pool_take(pool, list, to)) > 0; *n += k)
        for (uint32_t i = 0; i < k; i++)
            sum += to[i].high * 3 + to[i].low;
    return sum;
}

/* Adds to lists at random and takes some whole; each gives back what went in. */
static void
lists_keep_their_items(void **state)
{
    struct pool pool = {0};
    struct pool_list list[LISTS] = {{0, 0}};
    uint64_t sum[LISTS] = {0}, n[LISTS] = {0}, taken;

    (void)state;
    for (uint32_t i = 0; i < 300000; i++) {
        struct rng_block b = rng_block(rng_run(1, 0), i, 0, 0);
        uint32_t j = b.word[0] % LISTS;

        if (b.word[1] % 1000 == 0) {
            assert_int_equal(take_all(&pool, &list[j], &taken), sum[j]);
            assert_int_equal(taken, n[j]);
            sum[j] = n[j] = 0;
        }
        pool_add(&pool, &list[j], (struct item){b.word[2], b.word[3]});
        sum[j] += (uint64_t)b.word[2] * 3 + b.word[3];
        assert_int_equal(list[j].n, ++n[j]);
    }
    for (uint32_t j = 0; j < LISTS; j++) {
        assert_int_equal(take_all(&pool, &list[j], &taken), sum[j]);
        assert_int_equal(taken, n[j]);
        assert_int_equal(list[j].n, 0);
    }
    assert_int_equal(pool.n_free, pool.used);
    pool_free(&pool);
    pool_free(&pool);
}

static void
walking_reads_and_leaves(void **state)
{
    struct pool pool = {0};
    struct pool_list list = {0}, walk;
    struct pool_part part;
    uint64_t sum = 0, taken;

    (void)state;
    for (uint32_t i = 0; i < 1000; i++)
        pool_add(&pool, &list, (struct item){i, 0});
    walk = list;
    while ((part = pool_walk(&pool, &walk)).n > 0)
        for (uint32_t i = 0; i < part.n; i++)
            sum += part.item[i].high;
    assert_int_equal(sum, 999 * 1000 / 2);
    assert_int_equal(take_all(&pool, &list, &taken), 3 * sum);
    assert_int_equal(taken, 1000);
    pool_free(&pool);
}

/* Chunks come back: what is filled and taken again and again takes no more memory; and
 * a pool may grow beyond the size at which it moves to pages of the system. */
static void
memory_is_used_again(void **state)
{
    enum { ITEMS = 300000 };
    struct pool pool = {0};
    struct pool_list list = {0};
    uint64_t n;

    (void)state;
    for (int round = 0; round < 4; round++) {
        for (uint64_t i = 0; i < ITEMS; i++)
            pool_add(&pool, &list, (struct item){i, i});
        assert_int_equal(take_all(&pool, &list, &n), (uint64_t)ITEMS * (ITEMS - 1) * 2);
        assert_int_equal(n, ITEMS);
        assert_int_equal(pool.used, (ITEMS + POOL_CHUNK - 1) / POOL_CHUNK);
    }
    /* 16 bytes an item, 4 a chunk, of which up to twice as many are reserved. */
    assert_true(
        pool_bytes(&pool) <= pool.used * (16 * POOL_CHUNK + 2 * sizeof(uint32_t)));
    pool_free(&pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_keep_their_items),
        cmocka_unit_test(walking_reads_and_leaves),
        cmocka_unit_test(memory_is_used_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
