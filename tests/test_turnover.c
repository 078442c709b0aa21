/*
 * How staff leave: each test holds a stock of individuals against a closed form, or two
 * runs against each other person by person.
 */
#include "models/turnover.h"

#include "sim/date.h"
#include "tests/crew.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 100000, YEARS = 5 };

/* Distance of `count` of `n` from a share `p`, in standard errors of a binomial. */
static double
distance(int64_t count, int64_t n, double p)
{
    double size = (double)n;

    return ((double)count - size * p) / sqrt(size * p * (1.0 - p));
}

/*
 * Under a constant rate h a share exp(-h t) is left at t. With 100,000 people the
 * standard error of it is at most 0.16 %, a rate 3 % off moves it by up to 1.1 %.
 */
static void
stock_decays_exponentially(void **state)
{
    static struct crew c;
    double most = 0.0, furthest = 0.0;

    (void)state;
    crew_init(&c);
    c.par.stock[STAFF_HOME_CARER] = MANY;
    c.par.quits[STAFF_HOME_CARER] = 0.3;
    crew_open(&c, 1, 1);
    for (int m = 1; m <= 12 * YEARS; m++) {
        crew_month(&c);
        double t = c.setup.time[m] / MINUTES_A_YEAR;
        int64_t left = c.out[0].staff[STAFF_HOME_CARER];
        most = fmax(most, fabs(distance(left, MANY, exp(-0.3 * t))));
        furthest = fmax(furthest, fabs(distance(left, MANY, exp(-0.3 * 1.03 * t))));
    }
    assert_true(most < 4.0);
    assert_true(furthest > 4.0);
    crew_close(&c);
}

/* A rate that changes spends thresholds at each rate in turn. */
static void
hazard_adds_up(void **state)
{
    static struct crew c;
    double t[2], h[2] = {0.25, 0.25 * pow(1.5, -1.8)};

    (void)state;
    crew_init(&c);
    c.par.stock[STAFF_CAREGIVER] = MANY;
    crew_open(&c, 1, 2);
    while (c.months < 24)
        crew_month(&c);
    workforce_set_wage(&c.region[0], STAFF_CAREGIVER, 1.5);
    while (c.months < 12 * YEARS)
        crew_month(&c);
    t[0] = c.setup.time[24] / MINUTES_A_YEAR;
    t[1] = c.setup.time[12 * YEARS] / MINUTES_A_YEAR;
    double right = h[0] * t[0] + h[1] * (t[1] - t[0]);
    int64_t left = c.out[0].caregivers;
    assert_int_equal(left, c.out[0].staff[STAFF_CAREGIVER]);
    assert_true(fabs(distance(left, MANY, exp(-right))) < 4.0);
    assert_true(fabs(distance(left, MANY, exp(-1.03 * right))) > 4.0);
    crew_close(&c);
}

static double
rate(struct crew *c, double busy, enum staff_kind k)
{
    c->busy = busy;
    crew_month(c);
    return workforce_staff(&c->region[0], k)->rate;
}

/* rate = quits x (load / capacity / normal)^exponent x wage^-elasticity, bounded. */
static void
rate_follows_load_and_wage(void **state)
{
    static struct crew c;
    const enum staff_kind k = STAFF_CHILD_CARER;

    (void)state;
    crew_init(&c);
    c.par.stock[k] = 1000;
    c.par.quits[k] = 0.2;
    crew_open(&c, 1, 3);
    assert_true(fabs(rate(&c, 0.8, k) - 0.2) < 1e-4); /* load is whole millionths */
    assert_true(fabs(rate(&c, 1.2, k) - 0.2 * sqrt(1.5)) < 1e-4);
    assert_true(fabs(rate(&c, 9.0, k) - 0.2 * sqrt(2.0)) < 1e-12);
    assert_true(fabs(rate(&c, 0.1, k) - 0.2) < 1e-12); /* idle */
    c.par.load_least = 0.25;
    assert_true(fabs(rate(&c, 0.4, k) - 0.2 * sqrt(0.5)) < 1e-4);
    assert_true(fabs(rate(&c, 0.1, k) - 0.2 * 0.5) < 1e-12);
    c.par.load_least = 0.0;
    assert_true(rate(&c, 0.0, k) == 0.0);
    assert_true(fabs(rate(&c, 0.8, k) - 0.2) < 1e-4);
    workforce_set_wage(&c.region[0], k, 1.25); /* a quarter more pay, a third fewer */
    assert_true(fabs(workforce_staff(&c.region[0], k)->rate - 0.2 * 2 / 3) < 0.001);
    assert_true(fabs(rate(&c, 1.2, k) - 0.2 * sqrt(1.5) * pow(1.25, -1.8)) < 1e-4);
    c.par.wage_elasticity = 0.0;
    c.par.load_exponent = 0.0;
    assert_true(fabs(rate(&c, 1.5, k) - 0.2) < 1e-12);
    assert_true(workforce_staff(&c.region[0], STAFF_CAREGIVER)->rate == 0.25);
    crew_close(&c);
}

/* The leaving of everybody when from `day` on the wage is `wage`, at a relative load.
 */
static void
leavings(double wage, int day, double busy, struct crew_leaving *leaving)
{
    static struct crew c;

    crew_init(&c);
    c.par.stock[STAFF_CAREGIVER] = CREW_STARTED;
    c.busy = busy;
    crew_open(&c, 1, 4);
    for (int i = 0; i < CREW_STARTED; i++)
        leaving->minute[i] = NEVER;
    crew_watch(&c, STAFF_CAREGIVER, CREW_STARTED, day * MINUTES_A_DAY, leaving);
    workforce_set_wage(&c.region[0], STAFF_CAREGIVER, wage);
    crew_watch(&c, STAFF_CAREGIVER, CREW_STARTED, c.setup.end, leaving);
    crew_close(&c);
}

/* Everybody who leaves `b` after `from` leaves `a` earlier, before it at the same
 * minute; returns how many that were after it. */
static int
all_earlier(const struct crew_leaving *a, const struct crew_leaving *b, int32_t from)
{
    int n = 0;

    for (int i = 0; i < CREW_STARTED; i++) {
        if (a->minute[i] < from) {
            assert_int_equal(a->minute[i], b->minute[i]);
            continue;
        }
        assert_true(b->minute[i] >= from);
        assert_true(a->minute[i] < b->minute[i] || a->minute[i] == NEVER ||
                    a->minute[i] - from < MINUTES_A_DAY);
        assert_true(a->minute[i] <= b->minute[i]);
        n += a->minute[i] != NEVER;
    }
    return n;
}

/* A rise of the wage delays everybody and brings nobody forward, a cut the reverse;
 * what was before stays to the minute. */
static void
wage_moves_everybody_one_way(void **state)
{
    static struct crew_leaving same, more, less, other;
    const int32_t from = 400 * MINUTES_A_DAY;

    (void)state;
    leavings(1.0, 400, -1.0, &same);
    leavings(1.3, 400, -1.0, &more);
    leavings(0.8, 400, -1.0, &less);
    leavings(1.0, 17, -1.0, &other);
    assert_memory_equal(&same, &other, sizeof same); /* what changes nothing */
    assert_true(all_earlier(&same, &more, from) > CREW_STARTED / 2);
    assert_true(all_earlier(&less, &same, from) > CREW_STARTED / 2);
}

static void
load_moves_everybody_one_way(void **state)
{
    static struct crew_leaving normal, busy, idle;

    (void)state;
    leavings(1.0, 1, 0.8, &normal);
    leavings(1.0, 1, 1.2, &busy);
    leavings(1.0, 1, 0.0, &idle);
    assert_true(all_earlier(&busy, &normal, 0) > CREW_STARTED * 9 / 10);
    /* idle is counted as normal, but for the rounding of normal load */
    for (int i = 0; i < CREW_STARTED; i++)
        assert_true(idle.minute[i] == normal.minute[i] ||
                    labs((long)idle.minute[i] - normal.minute[i]) < MINUTES_A_DAY);
}

struct age {
    int32_t minute, number;
};

static int
by_minute(const void *a, const void *b)
{
    const struct age *x = a, *y = b;

    return x->minute < y->minute ? -1 : x->minute > y->minute;
}

/* When each of the start turns 60, from their own draws. */
static void
sixtieth_birthdays(const struct crew *c, int n, struct age *age)
{
    for (int i = 0; i < n; i++) {
        uint64_t key = workforce_key(
            &c->region[0], WORKFORCE_STARTED, STAFF_SOCIAL_WORKER, (uint32_t)i);
        struct rng_block b = rng_block(c->region[0].run, key, PURPOSE_QUIT, 0);
        double years = 60.0 - (33.0 + 27.0 * rng_uniform32(b.word[3]));
        age[i] = (struct age){(int32_t)ceil(years * MINUTES_A_YEAR), i};
    }
    qsort(age, (size_t)n, sizeof *age, by_minute);
}

static void
staff_retire_on_the_minute(void **state)
{
    enum { N = 300 };
    static struct crew c;
    struct age age[N];
    int64_t retired = 0;
    int n = 0;

    (void)state;
    crew_init(&c);
    c.par.stock[STAFF_SOCIAL_WORKER] = N;
    c.par.quits[STAFF_SOCIAL_WORKER] = 0.0;
    c.par.retires = 60.0;
    crew_open(&c, 1, 5);
    sixtieth_birthdays(&c, N, age);
    const struct staff *s = workforce_staff(&c.region[0], STAFF_SOCIAL_WORKER);
    for (; n < N && age[n].minute < c.setup.end; n++) {
        crew_run(&c, 0, age[n].minute);
        assert_int_equal(s->row[age[n].number].state, STAFF_MEMBER);
        crew_run(&c, 0, age[n].minute + 1);
        assert_int_equal(s->row[age[n].number].state, STAFF_GONE);
    }
    assert_true(n > N / 4 && n < N / 2); /* ten years of 27 */
    retired = ((struct workforce_out *)c.region[0].out[MODELS_WORKFORCE])
                  ->retired[STAFF_SOCIAL_WORKER];
    assert_int_equal(retired, n);
    assert_int_equal(s->stock, N - n);
    crew_close(&c);
}

/* Of those who join later nobody is old enough within ten years; who is too old already
 * leaves at once. */
static void
retirement_counts_from_entry(void **state)
{
    static struct crew c;

    (void)state;
    crew_init(&c);
    c.par.retires = 60.0;
    c.par.stock[STAFF_CAREGIVER] = 100;
    c.par.age_start_from = 60.0;
    c.par.quits[STAFF_CAREGIVER] = 0.0;
    c.par.replaced = 1.0;
    c.par.age_entry_to = 50.0;
    crew_open(&c, 1, 6);
    crew_month(&c);
    assert_int_equal(c.out[0].retired[STAFF_CAREGIVER], 100);
    assert_int_equal(c.out[0].replaced[STAFF_CAREGIVER], 100);
    for (int m = 1; m < 119; m++) {
        crew_month(&c);
        assert_int_equal(c.out[0].retired[STAFF_CAREGIVER], 0);
        assert_int_equal(c.out[0].caregivers, 100);
    }
    crew_close(&c);
}

/* Posts are filled with the given probability, each time by somebody new. */
static void
posts_are_filled(void **state)
{
    static struct crew c;
    int64_t quit = 0, replaced = 0;

    (void)state;
    crew_init(&c);
    c.par.stock[STAFF_CAREGIVER] = MANY / 2;
    c.par.replaced = 0.7;
    crew_open(&c, 1, 7);
    while (c.months < 60) {
        crew_month(&c);
        quit += c.out[0].quit[STAFF_CAREGIVER];
        replaced += c.out[0].replaced[STAFF_CAREGIVER];
    }
    assert_true(fabs(distance(replaced, quit, 0.7)) < 4.0);
    assert_true(fabs(distance(replaced, quit, 0.7 * 1.03)) > 4.0);
    assert_int_equal(c.out[0].caregivers, MANY / 2 - quit + replaced);
    /* the stock decays at quits x (1 - replaced): somebody new has a threshold of their
     * own, and quits like anybody else */
    double t = c.setup.time[60] / MINUTES_A_YEAR;
    assert_true(fabs(distance(c.out[0].caregivers, MANY / 2, exp(-0.075 * t))) < 4.0);
    assert_true(fabs(distance(c.out[0].caregivers, MANY / 2, exp(-0.0825 * t))) > 4.0);
    crew_close(&c);
}

/* Who has a post for a while is not retired in place of who had it before: those of the
 * start would retire after nine years, but all have quit and all who came are young. */
static void
retirement_is_personal(void **state)
{
    static struct crew c;
    int64_t retired = 0;

    (void)state;
    crew_init(&c);
    c.par.retires = 60.0;
    c.par.stock[STAFF_CAREGIVER] = 1000;
    c.par.quits[STAFF_CAREGIVER] = 2.0;
    c.par.age_start_from = c.par.age_start_to = 51.0;
    c.par.replaced = 1.0;
    crew_open(&c, 1, 8);
    while (c.months < 118) {
        crew_month(&c);
        retired += c.out[0].retired[STAFF_CAREGIVER];
    }
    assert_int_equal(retired, 0);
    assert_int_equal(c.out[0].caregivers, 1000);
    crew_close(&c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stock_decays_exponentially),
        cmocka_unit_test(hazard_adds_up),
        cmocka_unit_test(rate_follows_load_and_wage),
        cmocka_unit_test(wage_moves_everybody_one_way),
        cmocka_unit_test(load_moves_everybody_one_way),
        cmocka_unit_test(staff_retire_on_the_minute),
        cmocka_unit_test(retirement_counts_from_entry),
        cmocka_unit_test(retirement_is_personal),
        cmocka_unit_test(posts_are_filled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
