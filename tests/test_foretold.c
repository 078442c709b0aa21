/*
 * The nine counties of Yuxi from 2010 to 2020, and what their forecast is made of.
 */
#include "validation/foretold.h"

#include "sim/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

enum { FIRST = 530400, LAST = 530499, COUNTIES = 9 };

static double
elders(const double people[SEXES][CENSUS_GROUPS])
{
    return census_from(people, 60);
}

#define OF(x) ((const double(*)[CENSUS_GROUPS])(x))

/* Mean absolute error of the people of 60 and over, with counties' own rates. */
static double
error(bool backwards)
{
    const struct foretold_how how = {.way = FORETOLD_OWN,
        .draws = 1,
        .seed = 4,
        .first = FIRST,
        .last = LAST,
        .backwards = backwards};
    struct foretold *f = mem_alloc(1, sizeof *f);
    double sum = 0.0;

    foretold_run(f, &how);
    assert_int_equal(f->n, COUNTIES);
    for (int i = 0; i < f->n; i++)
        sum += fabs(
            elders(OF(f->county[i].draw[0])) / elders(OF(f->county[i].after)) - 1.0);
    foretold_free(f);
    mem_free(f);
    return sum / COUNTIES;
}

/* The rates that both censuses imply lead from one to the other, but for newcomers, who
 * follow the people of the first day: within 2 %. */
static void
own_rates_close(void **state)
{
    (void)state;
    assert_true(error(false) < 0.02);
    assert_false(error(true) < 0.02);
}

/* Sums of the census tables, by other programs. */
static void
what_was_counted(void **state)
{
    const struct foretold_how how = {.draws = 0, .first = FIRST, .last = LAST};
    struct foretold *f = mem_alloc(1, sizeof *f);
    double before = 0.0, after = 0.0, rest_before = 0.0, rest_after = 0.0;

    (void)state;
    foretold_run(f, &how);
    for (int i = 0; i < f->n; i++) {
        before += census_from(OF(f->county[i].before), 0);
        after += elders(OF(f->county[i].after));
        assert_false(f->county[i].apart);
        rest_before += i > 0 ? f->county[i].before[FEMALE][15] : 0.0;
        rest_after += i > 0 ? f->county[i].after[FEMALE][15] : 0.0;
    }
    assert_true(before == 2303518.0 && after == 372509.0);
    /* women of 70 to 74 of the first county, grown as those of the other eight */
    assert_true(
        fabs(f->county[0].others[FEMALE][15] -
             f->county[0].before[FEMALE][15] * rest_after / rest_before) < 1e-6);
    foretold_free(f);
    mem_free(f);
}

static void
arxan_stands_apart(void **state)
{
    const struct foretold_how how = {.draws = 0, .first = 152200, .last = 152299};
    struct foretold *f = mem_alloc(1, sizeof *f);

    (void)state;
    foretold_run(f, &how);
    assert_int_equal(f->n, 6);
    for (int i = 0; i < f->n; i++)
        assert_int_equal(f->county[i].apart, f->county[i].adcode == 152202);
    assert_true(foretold_together(&f->county[0], &f->county[5]));
    foretold_free(f);
    mem_free(f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_rates_close),
        cmocka_unit_test(what_was_counted),
        cmocka_unit_test(arxan_stands_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
