/*
 * Lives under Gompertz's hazard on the engine against their closed form. With arguments
 * the program answers for any parameters instead, see validation/lifetable.h.
 */
#include "validation/lifetable.h"

#include "validation/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_integration.h>
#include <math.h>

struct hazard_of {
    double level, slope;
};

static double
survival(double t, void *context)
{
    const struct hazard_of *h = context;

    return walk_survival(h->level, h->slope, t);
}

/* The closed form is the integral of the survival, here by GSL's adaptive rule. */
static void
closed_form_is_the_integral(void **state)
{
    gsl_integration_workspace *space = gsl_integration_workspace_alloc(200);
    double sum, error;

    (void)state;
    for (double level = 1e-6; level < 20.0; level *= 7.0)
        for (double slope = 0.0; slope < 0.5; slope += 0.07)
            for (double t = 1.0; t < 300.0; t *= 5.0) {
                struct hazard_of h = {level, slope};
                gsl_function f = {survival, &h};
                gsl_integration_qag(&f, 0.0, t, 1e-11, 1e-11, 200, GSL_INTEG_GAUSS61,
                    space, &sum, &error);
                assert_true(
                    fabs(walk_gompertz(level, slope, t) - sum) < 1e-9 * (1 + sum));
            }
    gsl_integration_workspace_free(space);
}

/* Numbers printed elsewhere. */
static void
printed(void **state)
{
    (void)state;
    assert_true(fabs(walk_gompertz(0.008, 0.095, 80.0) - 22.669699) < 5e-7);
    assert_true(fabs(walk_gompertz(0.012, 0.09, 80.0) - 19.890723) < 5e-7);
    assert_true(fabs(walk_gompertz(-log(0.99), 0.0, 100.0) - 63.079) < 5e-4);
}

static int
wrong(double level, double slope, double to, double off)
{
    const struct lifetable t = {.level = level,
        .slope = slope,
        .age = 60.0,
        .to = to,
        .off = off,
        .people = 100000.0,
        .seed = 4};
    struct check_rows rows = {.n = 0};

    lifetable_run(&t, &rows);
    int n = check_wrong(&rows);
    /* to 80 is 80 years later as well as the age of 80; nobody is left at 140 */
    assert_int_equal(rows.n, to > t.age ? 3 : 2);
    check_free(&rows);
    return n;
}

static void
lives_have_their_mean(void **state)
{
    static const double row[][3] = {{0.008, 0.095, 80.0}, {0.012, 0.09, 80.0},
        {0.03, 0.07, 25.0}, {0.05, 0.0, 40.0}, {0.4, 0.2, 5.0}};

    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        assert_int_equal(wrong(row[i][0], row[i][1], row[i][2], 1.0), 0);
        assert_true(wrong(row[i][0], row[i][1], row[i][2], 1.03) > 0);
        assert_true(wrong(row[i][0], row[i][1], row[i][2], 0.97) > 0);
    }
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_form_is_the_integral),
        cmocka_unit_test(printed),
        cmocka_unit_test(lives_have_their_mean),
    };

    if (argc > 1)
        return lifetable_main(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
