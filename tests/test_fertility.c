#include "tests/women.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

/*
 * 130,000 births are expected; given that she lives (deaths take 0.03 % of the births),
 * a woman's births are a Poisson process: 4 standard errors are 1.1 %, and 3 % too many
 * would be 11.
 */
static void
simulated_total_fertility_is_the_given(void **state)
{
    struct women w = {
        .total = 1.3, .level = 1.0, .boys = 105.5, .replicates = 20, .seed = 20220928};
    const double want = w.total * WOMEN_OF_AN_AGE * w.replicates, error = sqrt(want);
    struct women_births n = women_births(&w);

    (void)state;
    assert_true(fabs(n.all - 0.9997 * want) < 4.0 * error);
    assert_true(fabs(n.boys / n.all - 105.5 / 205.5) < 4.0 * 0.5 / error);
    w.level = 1.03;
    w.boys = 112.0;
    n = women_births(&w);
    assert_true(n.all - want > 4.0 * error);
    assert_true(n.boys / n.all - 105.5 / 205.5 > 4.0 * 0.5 / error);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(simulated_total_fertility_is_the_given),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
