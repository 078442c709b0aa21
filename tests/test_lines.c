/*
 * The model that looks at lines, where guests of the season and residents share a home;
 * and that it is wrong when it is not shown the events.
 */
#include "validation/lines.h"

#include "tests/hall.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { RUNS = 3, BEDS_THERE = 16 };

#define HOME "service.services=[{name: public_home, guests: 1}]"
#define GUESTS "sojourn.origins=[{name: a, guests: 730, stay: 3, uses: public_home}]"

/* A year of a home with guests, or without; the sums of its desk at the end. */
static struct lines_out
run(bool watched, bool guests, int replicate)
{
    const char *set[] = {"end=2021-12-31", HOME, GUESTS};
    const struct model *list[MODELS_COUNT + 2];
    struct scratch scratch;
    struct hall hall;
    struct result result;

    scratch_open(&scratch);
    hall_write(&scratch, BEDS_THERE);
    hall_open(&hall, scratch_path(&scratch, "hall.yaml"), lines_models(list), set,
        guests ? 3 : 2);
    if (watched)
        lines_watch(&hall.setup);
    hall.scenario.run.replicates = RUNS;
    hall_run(&hall, &result);
    struct lines_out out =
        *(struct lines_out *)result_at(&result, LINES_MODEL, replicate, 12, 0);
    result_free(&result);
    hall_close(&hall);
    scratch_close(&scratch);
    return out;
}

static double
off(const struct lines_out *out, enum lines_side side)
{
    const struct lines_sum *x = &out->side[side];

    return x->integral - x->over - x->lasting;
}

static void
guests_and_residents_are_seen(void **state)
{
    (void)state;
    for (int i = 0; i < RUNS; i++) {
        struct lines_out none = run(true, false, i), some = run(true, true, i);
        assert_true(some.side[LINES_WAIT].spells > 0);
        assert_true(some.side[LINES_USE].spells > none.side[LINES_USE].spells + 100);
        assert_true(off(&some, LINES_WAIT) == 0.0 && off(&some, LINES_USE) == 0.0);
        assert_int_equal(some.wrong[LINES_WAIT] + some.wrong[LINES_USE], 0);
        assert_int_equal(some.missed, 0);
    }
}

static void
who_does_not_look_is_wrong(void **state)
{
    struct lines_out out = run(false, true, 0);

    (void)state;
    assert_true(off(&out, LINES_WAIT) != 0.0 && off(&out, LINES_USE) != 0.0);
    assert_int_equal(out.wrong[LINES_WAIT], 1);
    assert_int_equal(out.wrong[LINES_USE], 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guests_and_residents_are_seen),
        cmocka_unit_test(who_does_not_look_is_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
