#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include "sim/heap.h"
#include "sim/rng.h"

/* Pushes and pops at random, ties among them; each pop is the least of what is inside,
 * found by looking at all. */
static void
pops_the_least(void **state)
{
    struct heap h = {0};
    struct item inside[400];
    size_t n = 0;

    (void)state;
    for (uint32_t i = 0; i < 20000; i++) {
        struct rng_block b = rng_block(rng_run(1, 0), i, 0, 0);

        if (n < 400 && (n == 0 || b.word[0] % 2)) {
            inside[n] = (struct item){b.word[1] % 50, b.word[2] % 3};
            heap_push(&h, inside[n++]);
        } else {
            size_t least = 0;

            for (size_t j = 1; j < n; j++)
                least = item_less(inside[j], inside[least]) ? j : least;
            struct item a = heap_pop(&h);
            assert_int_equal(a.high, inside[least].high);
            assert_int_equal(a.low, inside[least].low);
            inside[least] = inside[--n];
        }
        assert_int_equal(h.n, n);
    }
    heap_free(&h);
    heap_free(&h);
    assert_null(h.item);
}

static void
grows_from_nothing(void **state)
{
    struct heap h = {0};

    (void)state;
    for (uint64_t i = 1000; i > 0; i--)
        heap_push(&h, (struct item){i, 0});
    for (uint64_t i = 1; i <= 1000; i++)
        assert_int_equal(heap_pop(&h).high, i);
    assert_int_equal(h.n, 0);
    heap_free(&h);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pops_the_least),
        cmocka_unit_test(grows_from_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
