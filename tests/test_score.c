/*
 * Scores of forecasts against closed forms for the laws that members are drawn from.
 */
#include "validation/score.h"

#include "sim/rng.h"
#include "validation/check.h"
#include "validation/design.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <math.h>

enum { MANY = 20000, FEW = 5, TIMES = 20000 };

static double
normal_crps(double y)
{
    return y * (2.0 * gsl_cdf_ugaussian_P(y) - 1.0) + 2.0 * gsl_ran_ugaussian_pdf(y) -
           1.0 / sqrt(M_PI);
}

static double
exponential_crps(double y)
{
    return y < 0.0 ? -y + 0.5 : y - 2.0 * (1.0 - exp(-y)) + 0.5;
}

static double
uniform_crps(double y)
{
    return y * y - y + 1.0 / 3.0;
}

static double
normal(double u)
{
    return gsl_cdf_ugaussian_Pinv(u);
}

static double
exponential(double u)
{
    return -log1p(-u);
}

static double
uniform(double u)
{
    return u;
}

/* Sources: integrals of (F - 1)^2, written out; Gneiting and Raftery 2007, equation 5
 * for the normal law. */
static const struct {
    double (*draw)(double u), (*crps)(double y);
    double y[3];
} laws[] = {
    {normal, normal_crps, {-1.3, 0.0, 2.5}},
    {exponential, exponential_crps, {-0.5, 0.4, 3.0}},
    {uniform, uniform_crps, {0.1, 0.5, 0.9}},
};

/* Members at the middles of 20,000 equal parts: a quadrature, whose error is that of
 * the outermost part, below 1e-3 for these laws. */
static void
closed_forms(void **state)
{
    static double x[MANY];

    (void)state;
    for (int k = 0; k < 3; k++) {
        for (int i = 0; i < MANY; i++)
            x[i] = laws[k].draw((i + 0.5) / MANY);
        for (int j = 0; j < 3; j++) {
            double want = laws[k].crps(laws[k].y[j]);
            assert_true(fabs(score_crps(x, MANY, laws[k].y[j]) - want) < 1e-3);
            /* a law that is a tenth wider has another score */
            for (int i = 0; i < MANY && j == 2; i++)
                x[i] *= 1.1;
            assert_false(
                j == 2 && fabs(score_crps(x, MANY, laws[k].y[j]) - want) < 1e-3);
        }
    }
}

/* A few members have the law's score on average; with pairs of a member and itself
 * counted they would not. Mean of 20,000 forecasts, 4 standard errors. */
static void
few_members_are_fair(void **state)
{
    const struct rng_run run = rng_run(5, 0);
    struct check_mean fair = {.n = 0}, biased = {.n = 0};

    (void)state;
    for (uint32_t t = 0; t < TIMES; t++) {
        double x[FEW], pairs = 0.0;
        for (uint32_t i = 0; i < FEW; i++)
            x[i] = normal(rng_uniform(rng_block(run, t, 0, i), 0));
        for (int i = 0; i < FEW; i++)
            for (int j = 0; j < FEW; j++)
                pairs += fabs(x[i] - x[j]);
        double score = score_crps(x, FEW, 0.7);
        check_count(&fair, score);
        check_count(&biased,
            score + 0.5 * pairs / (FEW * (FEW - 1.0)) - 0.5 * pairs / (FEW * FEW));
    }
    assert_true(fabs(fair.mean - normal_crps(0.7)) < 4.0 * check_error(&fair));
    assert_false(fabs(biased.mean - normal_crps(0.7)) < 4.0 * check_error(&biased));
}

static void
one_member(void **state)
{
    const double x = 3.0;

    (void)state;
    assert_true(score_crps(&x, 1, 5.0) == 2.0);
    assert_true(score_quantile(&x, 1, 0.1) == 3.0);
    assert_true(score_mean(&x, 1) == 3.0);
}

/* The true law wins: lower score on average than one shifted, narrower or wider. Scores
 * of the same outcomes, so the difference has its own standard error. */
static void
proper(void **state)
{
    static const double shift[] = {0.5, 0.0, 0.0}, width[] = {1.0, 0.5, 1.7};
    const struct rng_run run = rng_run(6, 0);
    double truth[200], other[200];

    (void)state;
    for (int k = 0; k < 3; k++) {
        struct check_mean worse = {.n = 0};
        for (int i = 0; i < 200; i++) {
            truth[i] = normal((i + 0.5) / 200);
            other[i] = shift[k] + width[k] * truth[i];
        }
        for (uint32_t t = 0; t < 2000; t++) {
            double y = normal(rng_uniform(rng_block(run, t, 0, 0), 0));
            check_count(&worse, score_crps(other, 200, y) - score_crps(truth, 200, y));
        }
        assert_true(worse.mean > 4.0 * check_error(&worse));
    }
}

/* Rank p (n + 1): of 9 members one more lies below the first with probability 0.1. */
static void
quantiles(void **state)
{
    const double x[] = {90, 10, 80, 20, 70, 30, 60, 40, 50};
    struct score_interval middle = score_interval(x, 9, 0.8);

    (void)state;
    assert_true(score_quantile(x, 9, 0.5) == 50.0);
    assert_true(fabs(score_quantile(x, 9, 0.1) - 10.0) < 1e-12);
    assert_true(fabs(score_quantile(x, 9, 0.25) - 25.0) < 1e-12);
    assert_true(score_quantile(x, 9, 0.01) == 10.0);
    assert_true(fabs(middle.low - 10.0) < 1e-12 && fabs(middle.high - 90.0) < 1e-12);
}

/* Of intervals of 80 % as many hold a new draw, also with few members. */
static void
intervals_keep_their_promise(void **state)
{
    const struct rng_run run = rng_run(7, 0);
    double inside = 0.0;

    (void)state;
    for (uint32_t t = 0; t < TIMES; t++) {
        double x[14];
        for (uint32_t i = 0; i < 14; i++)
            x[i] = uniform(rng_uniform(rng_block(run, t, 0, i), 0));
        struct score_interval at = score_interval(x, 14, 0.8);
        double y = uniform(rng_uniform(rng_block(run, t, 1, 0), 0));
        inside += y >= at.low && y <= at.high;
    }
    assert_true(fabs(inside / TIMES - 0.8) < 4.0 * check_share_error(0.8, TIMES));
}

/* Every part of the range is hit once, in an order that differs by column and seed. */
static void
latin_hypercube(void **state)
{
    double u[3][40];
    int same = 0;

    (void)state;
    design_column(1, 0, 40, u[0]);
    design_column(1, 1, 40, u[1]);
    design_column(2, 0, 40, u[2]);
    for (int c = 0; c < 3; c++) {
        int hit[40] = {0};
        for (int i = 0; i < 40; i++)
            hit[(int)(40.0 * u[c][i])]++;
        for (int i = 0; i < 40; i++)
            assert_int_equal(hit[i], 1);
    }
    for (int i = 0; i < 40; i++)
        same += (int)(40.0 * u[0][i]) == (int)(40.0 * u[1][i]) ||
                (int)(40.0 * u[0][i]) == (int)(40.0 * u[2][i]);
    assert_true(same < 15); /* 2 expected; 15 or more has probability 1e-9 */
}

/* All orders of four are equally frequent: chi-squared with 23 degrees of freedom. */
static void
orders_are_fair(void **state)
{
    int count[256] = {0}, order[4];
    double chi = 0.0;

    (void)state;
    for (uint64_t c = 0; c < 24000; c++) {
        design_shuffle(3, c, 4, order);
        count[order[0] | order[1] << 2 | order[2] << 4 | order[3] << 6]++;
    }
    for (int k = 0; k < 256; k++)
        if (count[k] > 0)
            chi += (count[k] - 1000.0) * (count[k] - 1000.0) / 1000.0;
    assert_true(gsl_cdf_chisq_Q(chi, 23.0) > 1e-4);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_forms),
        cmocka_unit_test(few_members_are_fair),
        cmocka_unit_test(one_member),
        cmocka_unit_test(proper),
        cmocka_unit_test(quantiles),
        cmocka_unit_test(intervals_keep_their_promise),
        cmocka_unit_test(latin_hypercube),
        cmocka_unit_test(orders_are_fair),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
