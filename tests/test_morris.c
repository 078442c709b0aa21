/*
 * Elementary effects of functions whose effects are known.
 */
#include "validation/morris.h"

#include "sim/mem.h"
#include "validation/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

enum { INPUTS = 6, TRAJECTORIES = 2000 };
#define STARTS (1.0 * INPUTS * TRAJECTORIES)

static const double weight[INPUTS] = {0.0, 1.0, -2.0, 5.0, 0.1, -0.5};
static const double g_of[INPUTS] = {0.0, 0.5, 3.0, 9.0, 99.0, 99.0};

static double
linear(const double x[INPUTS])
{
    double y = 7.0;

    for (int i = 0; i < INPUTS; i++)
        y += weight[i] * x[i];
    return y;
}

/* Sobol's function: product of (|4 x - 2| + a) / (1 + a). */
static double
sobol_g(const double x[INPUTS])
{
    double y = 1.0;

    for (int i = 0; i < INPUTS; i++)
        y *= (fabs(4.0 * x[i] - 2.0) + g_of[i]) / (1.0 + g_of[i]);
    return y;
}

static double
product(const double x[INPUTS])
{
    return x[0] * x[1];
}

static void
effects(double (*f)(const double x[INPUTS]), struct morris effect[INPUTS],
    struct check_mean absolute[INPUTS])
{
    double x[INPUTS + 1][INPUTS], y[INPUTS + 1];
    int moved[INPUTS];

    for (uint64_t t = 0; t < TRAJECTORIES; t++) {
        struct morris one[INPUTS] = {{.n = 0}};
        morris_points(11, t, INPUTS, x[0], moved);
        for (int k = 0; k <= INPUTS; k++)
            y[k] = f(x[k]);
        morris_add(effect, INPUTS, x[0], moved, y);
        morris_add(one, INPUTS, x[0], moved, y);
        for (int i = 0; i < INPUTS; i++)
            check_count(&absolute[i], morris_star(&one[i]));
    }
}

/* Each input moves once by 2/3, stays on the grid, and nothing else moves. */
static void
trajectories(void **state)
{
    double x[INPUTS + 1][INPUTS];
    int moved[INPUTS], starts[4] = {0};

    (void)state;
    for (uint64_t t = 0; t < TRAJECTORIES; t++) {
        int times[INPUTS] = {0};
        morris_points(3, t, INPUTS, x[0], moved);
        for (int i = 0; i < INPUTS; i++)
            starts[(int)(3.0 * x[0][i] + 0.5)]++;
        for (int k = 0; k < INPUTS; k++) {
            times[moved[k]]++;
            for (int i = 0; i < INPUTS; i++) {
                double step = fabs(x[k + 1][i] - x[k][i]);
                assert_true(
                    i == moved[k] ? fabs(step - 2.0 / 3.0) < 1e-12 : step == 0.0);
                assert_true(x[k + 1][i] > -1e-12 && x[k + 1][i] < 1.0 + 1e-12);
            }
        }
        for (int i = 0; i < INPUTS; i++)
            assert_int_equal(times[i], 1);
    }
    for (int l = 0; l < 4; l++)
        assert_true(
            fabs(starts[l] / STARTS - 0.25) < 4.0 * check_share_error(0.25, STARTS));
}

static void
linear_function(void **state)
{
    struct morris effect[INPUTS] = {{.n = 0}};
    struct check_mean absolute[INPUTS] = {{.n = 0}};

    (void)state;
    effects(linear, effect, absolute);
    for (int i = 0; i < INPUTS; i++) {
        assert_int_equal(effect[i].n, TRAJECTORIES);
        assert_true(fabs(morris_mean(&effect[i]) - weight[i]) < 1e-12);
        assert_true(fabs(morris_star(&effect[i]) - fabs(weight[i])) < 1e-12);
        assert_true(morris_sigma(&effect[i]) < 1e-6); /* root of rounding */
    }
}

/*
 * At the four levels |4 x - 2| is 2, 2/3, 2/3, 2, and a move by 2/3 leads from one of
 * these values to the other: every effect of input i is plus or minus 2 / (1 + a_i)
 * times the other factors, each of which has mean (4/3 + a) / (1 + a) and mean square
 * ((2 + a)^2 + (2/3 + a)^2) / 2 / (1 + a)^2.
 */
static void
g_function(void **state)
{
    struct morris effect[INPUTS] = {{.n = 0}};
    struct check_mean absolute[INPUTS] = {{.n = 0}};

    (void)state;
    effects(sobol_g, effect, absolute);
    for (int i = 0; i < INPUTS; i++) {
        double star = 2.0 / (1.0 + g_of[i]), square = star * star, other = star;
        for (int j = 0; j < INPUTS; j++) {
            double a = g_of[j], b = 1.0 + a;
            star *= j == i ? 1.0 : (4.0 / 3.0 + a) / b;
            square *=
                j == i ? 1.0
                       : ((2.0 + a) * (2.0 + a) + (2.0 / 3.0 + a) * (2.0 / 3.0 + a)) /
                             (2.0 * b * b);
            other *= j == i ? 1.0 : (1.4 + a) / b; /* broken: a wrong mean */
        }
        double se = check_error(&absolute[i]);
        double mean_se = sqrt(square / TRAJECTORIES);
        assert_true(fabs(morris_star(&effect[i]) - star) <= 4.0 * se + 1e-12);
        assert_true(i < 3 || fabs(morris_star(&effect[i]) - other) > 4.0 * se);
        assert_true(fabs(morris_mean(&effect[i])) <= 4.0 * mean_se);
        /* a variance of 2,000 values: relative error of about sqrt(2 / 2000) and some
         * more for their law's shape */
        assert_true(fabs(morris_sigma(&effect[i]) / sqrt(square) - 1.0) < 0.2);
    }
}

/* An input that matters only with another has sigma: x0 x1 has the effect x1, whose
 * mean over the levels is 1/2 and whose variance 5/36. */
static void
interaction(void **state)
{
    struct morris effect[INPUTS] = {{.n = 0}};
    struct check_mean absolute[INPUTS] = {{.n = 0}};

    (void)state;
    effects(product, effect, absolute);
    for (int i = 0; i < 2; i++) {
        assert_true(
            fabs(morris_star(&effect[i]) - 0.5) < 4.0 * check_error(&absolute[i]));
        assert_true(fabs(morris_sigma(&effect[i]) / sqrt(5.0 / 36.0) - 1.0) < 0.1);
    }
    for (int i = 2; i < INPUTS; i++)
        assert_true(morris_star(&effect[i]) == 0.0 && morris_sigma(&effect[i]) == 0.0);
}

static void
without_effects(void **state)
{
    struct morris none = {.n = 0};

    (void)state;
    assert_true(isnan(morris_star(&none)) && isnan(morris_mean(&none)));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trajectories),
        cmocka_unit_test(linear_function),
        cmocka_unit_test(g_function),
        cmocka_unit_test(interaction),
        cmocka_unit_test(without_effects),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
