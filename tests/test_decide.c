#include "models/decide.h"

#include "sim/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_sf_gamma.h>
#include <math.h>

#define A 0.25 /* of the mixture, as the result file says */
#define ERROR 0.05

enum { MOST = 400, STREAMS = 2000 };

/* The n-th trial of a stream. */
static bool
trial(uint32_t stream, int n, double p)
{
    struct rng_block b = rng_block(rng_run(7, 0), stream, 1, (uint32_t)n);

    return rng_uniform(b, 0) < p;
}

/* ln M(p) by beta functions, p in (0, 1). */
static double
log_ratio(int n, int s, double p)
{
    return gsl_sf_lnbeta(A + s, A + n - s) - gsl_sf_lnbeta(A, A) - s * log(p) -
           (n - s) * log1p(-p);
}

/*
 * Over all s of n trials C(n, s) B(a + s, a + n - s) / B(a, a) sums to 1: that is the
 * mean of M(p) under any p, which makes M a martingale. Some 60 roundings of numbers up
 * to 100 in the exponent: 1e-12.
 */
static void
the_mixture_is_a_distribution(void **state)
{
    (void)state;
    for (int n = 1; n <= 50; n += 7) {
        double sum = 0.0;
        for (int s = 0; s <= n; s++) {
            struct decide d;
            decide_init(&d, 1, ERROR, MOST);
            for (int i = 0; i < n; i++)
                decide_add(&d, 0, i < s);
            sum += exp(gsl_sf_lnchoose((unsigned)n, (unsigned)s) + d.target[0].mixture);
            decide_free(&d);
        }
        assert_true(fabs(sum - 1.0) < 1e-12);
    }
}

/* The ends of {p : M(p) < 1 / ERROR} after s of n; 60 bisections. */
static void
interval(int n, int s, double *lower, double *upper)
{
    double in[2] = {(double)s / n, (double)s / n}, out[2] = {0.0, 1.0};

    for (int i = 0; i < 60; i++)
        for (int k = 0; k < 2; k++) {
            double p = 0.5 * (in[k] + out[k]);
            if (log_ratio(n, s, p) < -log(ERROR))
                in[k] = p;
            else
                out[k] = p;
        }
    *lower = s == 0 ? 0.0 : out[0];
    *upper = s == n ? 1.0 : out[1];
}

/* Against beta functions of another hand: what all intervals so far have in common. */
static void
intervals_are_those_of_the_beta_mixture(void **state)
{
    const double probability[] = {0.02, 0.5, 0.97};

    (void)state;
    for (uint32_t k = 0; k < 3; k++) {
        struct decide d;
        double lower = 0.0, upper = 1.0;
        int s = 0;
        decide_init(&d, 1, ERROR, MOST);
        for (int n = 1; n <= MOST; n++) {
            bool met = trial(k, n, probability[k]);
            double low, high;
            decide_add(&d, 0, met);
            s += met;
            interval(n, s, &low, &high);
            lower = fmax(lower, low);
            upper = fmin(upper, high);
            /* 40 halvings of the unit interval: 1e-12; M is known to 1e-12 or so */
            assert_true(fabs(d.target[0].lower - lower) < 1e-11);
            assert_true(fabs(d.target[0].upper - upper) < 1e-11);
        }
        decide_free(&d);
    }
}

/* The least n with B(a + n, a) / B(a, a) / 0.95^n >= 1 / error, by beta functions. */
static void
agreement_needs_so_many(void **state)
{
    const double error[] = {0.1, 0.05, 0.01};
    const int want[] = {81, 95, 128};

    (void)state;
    for (int i = 0; i < 3; i++) {
        int n = 1;
        while (log_ratio(n, n, 0.95) < -log(error[i]))
            n++;
        assert_int_equal(n, want[i]);
        assert_int_equal(decide_least(error[i]), want[i]);
    }
}

static void
sure_things_are_decided_and_stay_so(void **state)
{
    struct decide d;

    (void)state;
    decide_init(&d, 3, ERROR, MOST);
    for (int i = 0; i < 94; i++) {
        decide_add(&d, 0, true);
        decide_add(&d, 1, false);
        decide_add(&d, 2, i % 2 == 0);
    }
    assert_int_equal(decide_open(&d), 2);
    assert_int_equal(d.target[2].verdict, PLAN_TOO_CLOSE);
    assert_true(d.target[2].after < 20);
    decide_add(&d, 0, true);
    decide_add(&d, 1, false);
    assert_int_equal(decide_open(&d), 0);
    assert_int_equal(d.target[0].verdict, PLAN_MET);
    assert_int_equal(d.target[1].verdict, PLAN_MISSED);
    assert_int_equal(d.target[0].after, 95);
    assert_true(d.target[0].upper == 1.0 && d.target[1].lower == 0.0);
    double lower = d.target[0].lower;
    /* Whatever follows: the interval does not grow, and is never empty. */
    for (int i = 0; i < 1000; i++)
        decide_add(&d, 0, false);
    assert_int_equal(d.target[0].verdict, PLAN_MET);
    assert_int_equal(d.target[0].after, 95);
    assert_true(d.target[0].lower >= lower && d.target[0].upper > d.target[0].lower);
    decide_free(&d);
    decide_free(&d);
}

static enum plan_verdict
by_sequence(uint32_t stream, double p)
{
    struct decide d;

    decide_init(&d, 1, ERROR, MOST);
    for (int n = 1; n <= MOST && decide_open(&d) > 0; n++)
        decide_add(&d, 0, trial(stream, n, p));
    enum plan_verdict verdict = d.target[0].verdict;
    decide_free(&d);
    return verdict;
}

/* The broken twin: Wilson's interval of 95 %, good for one look, at every look. */
static enum plan_verdict
by_looks(uint32_t stream, double p)
{
    const double z = 1.959963984540054;
    int s = 0;

    for (int n = 1; n <= MOST; n++) {
        s += trial(stream, n, p);
        double share = (double)s / n, centre = (share + z * z / (2 * n));
        double half = z * sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
        double lower = (centre - half) / (1.0 + z * z / n);
        double upper = (centre + half) / (1.0 + z * z / n);
        if (lower > PLAN_MET_FROM)
            return PLAN_MET;
        if (upper < PLAN_MISSED_TO)
            return PLAN_MISSED;
        if (lower > PLAN_MISSED_TO && upper < PLAN_MET_FROM)
            return PLAN_TOO_CLOSE;
    }
    return PLAN_UNDECIDED;
}

static bool
is_wrong(enum plan_verdict verdict, double p)
{
    enum plan_verdict right = p >= PLAN_MET_FROM    ? PLAN_MET
                              : p <= PLAN_MISSED_TO ? PLAN_MISSED
                                                    : PLAN_TOO_CLOSE;

    return verdict != PLAN_UNDECIDED && verdict != right;
}

/* Streams of probability p that a rule decides wrongly. */
static int
wrong_verdicts(enum plan_verdict (*rule)(uint32_t stream, double p), double p)
{
    int n = 0;

    for (uint32_t i = 0; i < STREAMS; i++)
        n += is_wrong(rule(i, p), p);
    return n;
}

/* A share of at most ERROR, within 4 standard errors: 0.05 + 4 sqrt(0.05 0.95 / 2000) =
 * 0.0695. */
static bool
keeps_the_promise(enum plan_verdict (*rule)(uint32_t stream, double p), double p)
{
    double most = ERROR + 4.0 * sqrt(ERROR * (1.0 - ERROR) / STREAMS);

    return wrong_verdicts(rule, p) <= most * STREAMS;
}

static void
verdicts_are_wrong_as_rarely_as_promised(void **state)
{
    const double p[] = {0.5, 0.9, 0.94, 0.95, 0.97, 0.99, 0.01, 0.05, 0.06};

    (void)state;
    for (size_t i = 0; i < sizeof p / sizeof p[0]; i++)
        assert_true(keeps_the_promise(by_sequence, p[i]));
    assert_false(keeps_the_promise(by_looks, 0.95));
    assert_false(keeps_the_promise(by_looks, 0.05));
}

/*
 * And it does decide: the shares of streams that 400 trials decide, by exact recursion
 * over (n, s): 0.940 at p = 0.99, 0.756 at 0.9, all at 0.5. 4 SE of 2,000 streams are
 * 0.021 and 0.038; intervals that are taken together decide a little more.
 */
static void
verdicts_come_as_soon_as_they_should(void **state)
{
    const double p[] = {0.5, 0.9, 0.99}, least[] = {1.0, 0.718, 0.919};

    (void)state;
    for (int k = 0; k < 3; k++) {
        int n = 0;
        for (uint32_t i = 0; i < STREAMS; i++)
            n += by_sequence(i, p[k]) != PLAN_UNDECIDED;
        assert_true(n >= least[k] * STREAMS);
    }
}

static void
verdicts_take_what_was_decided(void **state)
{
    struct decide d;
    struct verdict v[2] = {
        {.replicates = 95, .verdict = PLAN_TOO_CLOSE}, {.replicates = 95}};

    (void)state;
    decide_init(&d, 2, ERROR, MOST);
    for (int i = 0; i < 95; i++) {
        decide_add(&d, 0, true);
        decide_add(&d, 1, i % 25 != 0);
    }
    decide_settle(&d, v);
    assert_int_equal(v[0].verdict, PLAN_MET);
    assert_int_equal(v[0].decided_after, 95);
    assert_true(v[0].lower >= 0.95 && v[0].lower < 0.951 && v[0].upper == 1.0);
    assert_int_equal(v[1].verdict, PLAN_UNDECIDED);
    assert_int_equal(v[1].decided_after, 0);
    assert_true(v[1].lower < 0.95 && v[1].upper > 0.95);
    decide_free(&d);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mixture_is_a_distribution),
        cmocka_unit_test(intervals_are_those_of_the_beta_mixture),
        cmocka_unit_test(agreement_needs_so_many),
        cmocka_unit_test(sure_things_are_decided_and_stay_so),
        cmocka_unit_test(verdicts_are_wrong_as_rarely_as_promised),
        cmocka_unit_test(verdicts_come_as_soon_as_they_should),
        cmocka_unit_test(verdicts_take_what_was_decided),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
