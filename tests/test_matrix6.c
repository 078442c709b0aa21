#include "models/matrix6.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>

/* Illness and death; with recovery. States beyond those of the row keep to themselves.
 */
static const struct matrix6 illness = {
    {{-0.07, 0.05, 0.02}, {0.0, -0.10, 0.10}, {0.0, 0.0, 0.0}}};
static const struct matrix6 recovery = {
    {{-0.08, 0.06, 0.0, 0.02}, {0.10, -0.31, 0.15, 0.06}, {0.0, 0.03, -0.28, 0.25}}};

static void
near(double x, double want, double tolerance)
{
    if (!(fabs(x - want) <= tolerance))
        print_message("%.17g, expected %.17g\n", x, want);
    assert_true(fabs(x - want) <= tolerance);
}

static void
product_is_the_product(void **state)
{
    struct matrix6 x, y, z;

    (void)state;
    for (int i = 0; i < MATRIX6; i++)
        for (int j = 0; j < MATRIX6; j++) {
            x.a[i][j] = i + 10 * j;
            y.a[i][j] = i == (j + 1) % MATRIX6; /* a turn of the columns */
        }
    z = matrix6_times(&x, &y);
    for (int i = 0; i < MATRIX6; i++)
        for (int j = 0; j < MATRIX6; j++)
            assert_true(z.a[i][j] == x.a[i][(j + 1) % MATRIX6]);
}

/* exp(q t) by 4,000 steps of Runge and Kutta: error (|q| t)^5 / 4000^4 / 120. */
static struct matrix6
integrated(const struct matrix6 *q, double t)
{
    enum { STEPS = 4000 };
    struct matrix6 p = {{{0.0}}};

    for (int i = 0; i < MATRIX6; i++)
        p.a[i][i] = 1.0;
    for (int n = 0; n < STEPS; n++) {
        struct matrix6 term = p;
        for (int k = 1; k <= 4; k++) {
            term = matrix6_times(&term, q);
            for (int i = 0; i < MATRIX6; i++)
                for (int j = 0; j < MATRIX6; j++) {
                    term.a[i][j] *= t / STEPS / k;
                    p.a[i][j] += term.a[i][j];
                }
        }
    }
    return p;
}

/* Closed forms: rates add up on the diagonal, two exponentials beside it. */
static void
illness_and_death(void **state)
{
    struct matrix6 p = matrix6_exp(&illness, 10.0);
    double p00 = exp(-0.7), p01 = 0.05 / 0.03 * (exp(-0.7) - exp(-1.0));

    (void)state;
    near(p.a[0][0], p00, 1e-13);
    near(p.a[0][1], p01, 1e-13);
    near(p.a[0][2], 1.0 - p00 - p01, 1e-13);
    near(p.a[0][0], 0.49658530, 5e-9);
    near(p.a[0][1], 0.21450977, 5e-9);
    near(p.a[0][2], 0.28890493, 5e-9);
}

static void
with_recovery(void **state)
{
    const double want[] = {0.52528827, 0.12016240, 0.06005156, 0.29449777};
    struct matrix6 p = matrix6_exp(&recovery, 10.0), slow = integrated(&recovery, 10.0);

    (void)state;
    for (int j = 0; j < 4; j++) {
        near(p.a[0][j], slow.a[0][j], 1e-11);
        near(p.a[0][j], want[j], 5e-9);
    }
}

/* Years in each state from state 0, as the integral of the exponential (here a sum of
 * steps, midpoint rule) and as the inverse of the rates (GSL). */
static void
expected_years(void **state)
{
    const double want[] = {16.782219, 3.425775, 1.835237};
    double minus[9], from[] = {1.0, 0.0, 0.0}, years[3], sum[3] = {0.0};
    const double h = 0.05;
    int sign;

    (void)state;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            minus[3 * j + i] = -recovery.a[i][j]; /* transposed: a row from the left */
    gsl_matrix_view m = gsl_matrix_view_array(minus, 3, 3);
    gsl_vector_view b = gsl_vector_view_array(from, 3);
    gsl_vector_view x = gsl_vector_view_array(years, 3);
    gsl_permutation *order = gsl_permutation_alloc(3);
    gsl_linalg_LU_decomp(&m.matrix, order, &sign);
    gsl_linalg_LU_solve(&m.matrix, order, &b.vector, &x.vector);
    gsl_permutation_free(order);
    struct matrix6 p = matrix6_exp(&recovery, 0.5 * h),
                   step = matrix6_exp(&recovery, h);
    for (int n = 0; n < 20000; n++, p = matrix6_times(&p, &step))
        for (int j = 0; j < 3; j++)
            sum[j] += h * p.a[0][j];
    for (int j = 0; j < 3; j++) {
        near(years[j], want[j], 5e-7);
        near(
            sum[j], years[j], 1e-4); /* h^2 / 24 times the change of slope, below 0.1 */
    }
}

/* A generator with all kinds of rates; `size` makes it stiff. */
static struct matrix6
generator(double size)
{
    struct matrix6 q = {{{0.0}}};

    for (int i = 0; i < MATRIX6 - 1; i++)
        for (int j = 0; j < MATRIX6; j++) {
            if (j == i)
                continue;
            q.a[i][j] =
                size * (0.01 + 0.013 * ((3 * i + 5 * j) % 7)) / (1 + abs(i - j));
            q.a[i][i] -= q.a[i][j];
        }
    return q;
}

static void
rows_add_up_and_nothing_is_negative(void **state)
{
    (void)state;
    for (double size = 0.01; size < 400.0; size *= 10.0) {
        struct matrix6 q = generator(size), p = matrix6_exp(&q, 1.0);
        for (int i = 0; i < MATRIX6; i++) {
            double sum = 0.0;
            for (int j = 0; j < MATRIX6; j++) {
                assert_true(p.a[i][j] >= 0.0);
                sum += p.a[i][j];
            }
            near(sum, 1.0, 1e-12);
        }
    }
}

static void
times_add_up(void **state)
{
    struct matrix6 q = generator(1.0), a = matrix6_exp(&q, 0.3),
                   b = matrix6_exp(&q, 1.9);
    struct matrix6 ab = matrix6_times(&a, &b), c = matrix6_exp(&q, 2.2);
    struct matrix6 back = matrix6_exp(&q, -2.2), one = matrix6_times(&back, &c);

    (void)state;
    for (int i = 0; i < MATRIX6; i++)
        for (int j = 0; j < MATRIX6; j++) {
            near(ab.a[i][j], c.a[i][j], 1e-14);
            near(one.a[i][j], i == j, 1e-13);
        }
}

static void
generator_comes_back(void **state)
{
    (void)state;
    for (double size = 0.1; size < 3.0; size *= 3.0) {
        struct matrix6 q = generator(size), p = matrix6_exp(&q, 1.0);
        struct matrix6 found = matrix6_generator(&p);
        for (int i = 0; i < MATRIX6; i++)
            for (int j = 0; j < MATRIX6; j++)
                near(found.a[i][j], q.a[i][j], 1e-12);
    }
}

/* No process jumps from 0 to 2 within a year and never to 1: the logarithm has negative
 * rates, which are cut off. */
static void
no_negative_rate_is_left(void **state)
{
    const struct matrix6 p = {
        {{0.9, 0.0, 0.1}, {0.0, 0.7, 0.3}, {0.2, 0.3, 0.5}, {0.0, 0.0, 0.0, 1.0},
            {0.0, 0.0, 0.0, 0.0, 1.0}, {0.0, 0.0, 0.0, 0.0, 0.0, 1.0}}};
    struct matrix6 q = matrix6_generator(&p);

    (void)state;
    for (int i = 0; i < MATRIX6; i++) {
        double sum = 0.0;
        for (int j = 0; j < MATRIX6; j++) {
            assert_true(i == j ? q.a[i][j] <= 0.0 : q.a[i][j] >= 0.0);
            sum += q.a[i][j];
        }
        near(sum, 0.0, 1e-15);
    }
    assert_true(q.a[0][1] == 0.0 && q.a[1][0] == 0.0);
    assert_true(q.a[0][2] > 0.1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(product_is_the_product),
        cmocka_unit_test(illness_and_death),
        cmocka_unit_test(with_recovery),
        cmocka_unit_test(expected_years),
        cmocka_unit_test(rows_add_up_and_nothing_is_negative),
        cmocka_unit_test(times_add_up),
        cmocka_unit_test(generator_comes_back),
        cmocka_unit_test(no_negative_rate_is_left),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
