#include "sim/hazard.h"

#include "sim/date.h"
#include "sim/rng.h"
#include "sim/setup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_sf_expint.h>
#include <math.h>

enum { PEOPLE = 200000, END = INT32_MAX - 1, FINE = 12, MOST = 1200 };

static const struct rng_run draws = {{7, 9}};

/* A subject's n-th threshold. */
static double
threshold(uint64_t subject, uint32_t n)
{
    return rng_exponential(rng_block(draws, subject, 1, n), 0);
}

static struct hazard
made(struct arena *arena, int first_age, int ages, const double *rate)
{
    struct hazard h;

    hazard_init(&h, first_age, ages, 1, 0, arena);
    hazard_set(&h, 0, rate);
    return h;
}

static void
level_adds_the_years_up(void **state)
{
    struct arena arena = {.block = NULL};
    struct hazard h = made(&arena, 10, 3, (const double[]){0.5, 0.25, 1.0});
    const double age[] = {0.0, 10.0, 10.5, 11.0, 12.0, 12.5, 13.0, 15.0};
    const double level[] = {0.0, 0.0, 0.25, 0.5, 0.75, 1.25, 1.75, 3.75};
    const int32_t birth = -1000000;

    (void)state;
    /* half a minute of rounding at a rate of 1 a year */
    for (size_t i = 0; i < sizeof age / sizeof age[0]; i++)
        assert_true(fabs(hazard_level(&h, birth,
                             birth + (int32_t)lround(age[i] * MINUTES_A_YEAR)) -
                         level[i]) < 1e-6);
    mem_arena_free(&arena);
}

/* The moment is the first whole minute at which the level is reached. */
static void
time_is_where_the_level_is_reached(void **state)
{
    struct arena arena = {.block = NULL};
    struct hazard h = made(&arena, 5, 4, (const double[]){0.3, 0.0, 2.0, 0.1});

    (void)state;
    for (uint64_t i = 0; i < 2000; i++) {
        int32_t birth = (int32_t)(i * 977) - 1000000;
        double level = 3.0 * rng_uniform(rng_block(draws, i, 2, 0), 0);
        int32_t t = hazard_time(&h, birth, level, birth, END);
        assert_true(hazard_level(&h, birth, t) >= level - 1e-12);
        assert_true(hazard_level(&h, birth, t - 1) < level);
        assert_int_equal(hazard_time(&h, birth, level, t - 5, END), t);
        assert_int_equal(hazard_time(&h, birth, level, t + 5, END), t + 5);
        assert_int_equal(hazard_time(&h, birth, level, birth, t + 1), t);
        assert_int_equal(hazard_time(&h, birth, level, birth, t), NEVER);
    }
    mem_arena_free(&arena);
}

static void
no_rate_no_event(void **state)
{
    struct arena arena = {.block = NULL};
    struct hazard h = made(&arena, 0, 2, (const double[]){1.0, 0.0});

    (void)state;
    assert_int_equal(hazard_time(&h, 0, 1.5, 0, END), NEVER);
    assert_int_not_equal(hazard_time(&h, 0, 0.99, 0, END), NEVER);
    mem_arena_free(&arena);
}

/* A year of birth each, the first and the last for all before and after. */
static void
cohorts_have_their_own_rates(void **state)
{
    struct arena arena = {.block = NULL};
    struct hazard h;
    const int32_t year = (int32_t)MINUTES_A_YEAR;
    const struct {
        int32_t birth;
        double rate;
    } want[] = {{-9 * year, 1.0}, {-1, 1.0}, {100, 1.0}, {year + 100, 2.0},
        {2 * year + 100, 3.0}, {9 * year, 3.0}};

    (void)state;
    hazard_init(&h, 0, 1, 3, 0, &arena);
    for (int c = 0; c < 3; c++)
        hazard_set(&h, c, (const double[]){c + 1.0});
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
        assert_true(fabs(hazard_level(&h, want[i].birth, want[i].birth + year) -
                         want[i].rate) < 1e-5);
    mem_arena_free(&arena);
}

/* Common thresholds: with any rate raised nobody's event comes later. */
static void
raising_a_rate_delays_nobody(void **state)
{
    struct arena arena = {.block = NULL};
    double low[30], high[30];
    int sooner = 0, later = 0;

    (void)state;
    for (int a = 0; a < 30; a++) {
        low[a] = 0.02 + 0.01 * (a % 7);
        high[a] = low[a] * (a % 3 == 0 ? 1.5 : 1.0);
    }
    struct hazard less = made(&arena, 60, 30, low), more = made(&arena, 60, 30, high);
    for (uint64_t i = 0; i < 20000; i++) {
        int32_t birth = -(int32_t)(i * 1201);
        double level = threshold(i, 0);
        int32_t t = hazard_time(&less, birth, level, 0, END);
        int32_t u = hazard_time(&more, birth, level, 0, END);
        sooner += u < t;
        later += u > t;
    }
    assert_int_equal(later, 0);
    assert_true(sooner > 19000);
    mem_arena_free(&arena);
}

/*
 * Mean life after 60 under B e^(g t), none beyond `span` years: the integral of
 * exp(-B/g (e^(g t) - 1)) by the substitution x = B/g e^(g t).
 */
static double
gompertz_mean(double b, double g, double span)
{
    double x = b / g;

    return exp(x) / g * (gsl_sf_expint_E1(x) - gsl_sf_expint_E1(x * exp(g * span)));
}

struct mean {
    double mean, error; /* yr; standard error */
};

/* Mean of lives drawn under `h`, whose ages are parts 1/FINE of a year, cut at `span`.
 */
static struct mean
simulated(const struct hazard *h, int span)
{
    double sum = 0.0, squares = 0.0;
    int32_t end = (int32_t)(span * FINE * MINUTES_A_YEAR);

    for (uint64_t i = 0; i < PEOPLE; i++) {
        int32_t t = hazard_time(h, 0, threshold(i, 0), 0, end);
        double x = (t == NEVER ? end : t) / MINUTES_A_YEAR / FINE;
        sum += x;
        squares += x * x;
    }
    double mean = sum / PEOPLE;
    return (struct mean){mean, sqrt((squares / PEOPLE - mean * mean) / PEOPLE)};
}

static struct mean
gompertz_lives(double b, double g, int span)
{
    struct arena arena = {.block = NULL};
    double rate[MOST];
    int n = span * FINE;

    /* each part's integral, so that survival is exact at its ends */
    for (int i = 0; i < n; i++)
        rate[i] = b / g * (exp(g * (i + 1) / FINE) - exp(g * i / FINE));
    struct hazard h = made(&arena, 0, n, rate);
    struct mean m = simulated(&h, span);
    mem_arena_free(&arena);
    return m;
}

/*
 * Within a part of w = 1/12 yr the true rate rises and the table's does not: survival
 * is off by B g e^(g t) w^2 / 8 of itself at most, the mean by less than w^2 g / 8 =
 * 1e-4 yr, a hundredth of the standard error allowed for.
 */
static void
gompertz_lives_have_their_mean(void **state)
{
    const struct {
        double b, g, mean;
    } row[] = {{0.008, 0.095, 22.669699}, {0.012, 0.09, 19.890723}, {0.02, 0.08, 0.0}};

    (void)state;
    for (int i = 0; i < 3; i++) {
        double want = gompertz_mean(row[i].b, row[i].g, 80.0);
        struct mean m = gompertz_lives(row[i].b, row[i].g, 80);
        struct mean wrong = gompertz_lives(1.03 * row[i].b, row[i].g, 80);
        assert_true(row[i].mean == 0.0 || fabs(want - row[i].mean) < 5e-7);
        assert_true(fabs(m.mean - want) < 4.0 * m.error);
        assert_true(fabs(wrong.mean - want) > 4.0 * wrong.error);
    }
}

/* q a year up to 100, then death: (1 - (1 - q)^100) / -ln(1 - q). */
static void
constant_rates_have_their_mean(void **state)
{
    (void)state;
    for (double q = 0.01; q < 0.05; q += 0.02) {
        struct arena arena = {.block = NULL};
        double rate[100 * FINE], mu = -log(1.0 - q);
        double want = (1.0 - pow(1.0 - q, 100.0)) / mu;
        for (int i = 0; i < 100 * FINE; i++)
            rate[i] = mu / FINE;
        struct hazard h = made(&arena, 0, 100 * FINE, rate);
        struct mean m = simulated(&h, 100);
        assert_true(q > 0.01 || fabs(want - 63.079) < 5e-4);
        assert_true(fabs(m.mean - want) < 4.0 * m.error);
        mem_arena_free(&arena);
    }
}

enum { STATES = 3, SPAN = 10 };

struct life {
    struct hazard leave[STATES], death[STATES];
    double rate[STATES][STATES]; /* 1/yr */
};

/* The state of a subject after SPAN years from state 0, STATES when dead: two
 * thresholds at once, that of death carried from state to state. */
static int
lived(const struct life *l, uint64_t subject)
{
    int32_t now = 0, end = (int32_t)(SPAN * MINUTES_A_YEAR);
    double death = threshold(subject, 0);
    int at = 0;

    for (uint32_t n = 1;; n++) {
        const double *rate = l->rate[at];
        double leave = threshold(subject, n) + hazard_level(&l->leave[at], 0, now);
        int32_t dies = hazard_time(&l->death[at], 0, death, now, end);
        int32_t leaves = hazard_time(&l->leave[at], 0, leave, now, end);
        if (dies <= leaves)
            return dies == NEVER ? at : STATES;
        double u = rng_uniform(rng_block(draws, subject, 3, n), 0);
        int to = 0;
        for (u *= rate[0] + rate[1] + rate[2]; u >= rate[to]; to++)
            u -= rate[to];
        death += hazard_level(&l->death[to], 0, leaves) -
                 hazard_level(&l->death[at], 0, leaves);
        at = to;
        now = leaves;
    }
}

static void
occupied(const double rate[STATES][STATES], const double death[STATES],
    double share[STATES + 1])
{
    struct arena arena = {.block = NULL};
    struct life l;

    for (int k = 0; k < STATES; k++) {
        double out[SPAN], die[SPAN];
        for (int a = 0; a < SPAN; a++) {
            out[a] = rate[k][0] + rate[k][1] + rate[k][2];
            die[a] = death[k];
        }
        for (int j = 0; j < STATES; j++)
            l.rate[k][j] = rate[k][j];
        l.leave[k] = made(&arena, 0, SPAN, out);
        l.death[k] = made(&arena, 0, SPAN, die);
    }
    for (int k = 0; k <= STATES; k++)
        share[k] = 0.0;
    for (uint64_t i = 0; i < PEOPLE; i++)
        share[lived(&l, i)] += 1.0 / PEOPLE;
    mem_arena_free(&arena);
}

static double
error_of(double p)
{
    return sqrt(p * (1.0 - p) / PEOPLE);
}

/* 0 to 1 at a, 0 to death at b, 1 to death at c. */
static void
illness_and_death(void **state)
{
    const double a = 0.05, b = 0.02, c = 0.10, t = SPAN;
    const double p00 = exp(-(a + b) * t);
    const double p01 = a / (c - a - b) * (exp(-(a + b) * t) - exp(-c * t));
    const double death[] = {b, c, 0.0};
    double share[STATES + 1], wrong[STATES + 1];

    (void)state;
    assert_true(fabs(p00 - 0.49658530) < 5e-9 && fabs(p01 - 0.21450977) < 5e-9);
    occupied((const double[3][3]){{0.0, a, 0.0}}, death, share);
    assert_true(fabs(share[0] - p00) < 4.0 * error_of(p00));
    assert_true(fabs(share[1] - p01) < 4.0 * error_of(p01));
    assert_true(fabs(share[3] - (1.0 - p00 - p01)) < 4.0 * error_of(p00 + p01));
    occupied((const double[3][3]){{0.0, 1.03 * a, 0.0}}, death, wrong);
    assert_true(fabs(wrong[0] - p00) > 4.0 * error_of(p00));
}

/* The row with recovery of the published table; test_matrix6 proves the numbers. */
static void
recovery(void **state)
{
    const double want[] = {0.52528827, 0.12016240, 0.06005156, 0.29449777};
    const double rate[3][3] = {{0.0, 0.06, 0.0}, {0.10, 0.0, 0.15}, {0.0, 0.03, 0.0}};
    const double death[] = {0.02, 0.06, 0.25};
    double share[STATES + 1];

    (void)state;
    occupied(rate, death, share);
    for (int k = 0; k <= STATES; k++)
        assert_true(fabs(share[k] - want[k]) < 4.0 * error_of(want[k]));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(level_adds_the_years_up),
        cmocka_unit_test(time_is_where_the_level_is_reached),
        cmocka_unit_test(no_rate_no_event),
        cmocka_unit_test(cohorts_have_their_own_rates),
        cmocka_unit_test(raising_a_rate_delays_nobody),
        cmocka_unit_test(gompertz_lives_have_their_mean),
        cmocka_unit_test(constant_rates_have_their_mean),
        cmocka_unit_test(illness_and_death),
        cmocka_unit_test(recovery),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
