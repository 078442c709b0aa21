/*
 * Guests against closed forms: how many are there, when, who settles; and what they
 * leave alone.
 */
#include "models/sojourn.h"

#include "models/service.h"
#include "sim/date.h"
#include "tests/dali.h"
#include "tests/inn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WINTER "weight: [20, 15, 8, 3, 2, 2, 4, 4, 2, 5, 15, 20]"
#define SUMMER "weight: [0, 0, 0, 0, 5, 20, 35, 30, 10, 0, 0, 0]"

static const double winter[12] = {20, 15, 8, 3, 2, 2, 4, 4, 2, 5, 15, 20};

enum { MONTHS = SEASON_BEFORE + 12 };

/* Days of each month from January 2018 to December 2021. */
static double
days_of(int month)
{
    int year = 2018 + month / 12, m = month % 12 + 1;
    int32_t next = m == 12 ? date_day(year + 1, 1, 1) : date_day(year, m + 1, 1);

    return next - date_day(year, m, 1);
}

/* Share of lognormal stays of mean 1 that are longer than `x`. */
static double
longer(double x, double spread)
{
    double sigma = sqrt(log(1.0 + spread * spread));

    return x <= 0.0 ? 1.0 : 0.5 * erfc((log(x) / sigma + 0.5 * sigma) * sqrt(0.5));
}

/*
 * Mean number present at the end of each month of 2021, when guests begin to come in
 * 2018: m(t) = integral of rate(u) P(stay > t - u) du.
 *
 * spread   of lognormal stays; 0: exponential
 * Source   Eick, Massey, Whitt, Operations Research 41 (1993) 731-742, theorem 1
 */
static void
expected(double guests, double stay, double spread, double present[12])
{
    const double step = 0.05;

    for (int m = SEASON_BEFORE; m < MONTHS; m++) {
        double ago = 0.0, sum = 0.0, all = 0.0;
        for (int i = 0; i < 12; i++)
            all += winter[i];
        for (int k = m; k >= 0; k--) {
            double rate = guests * winter[k % 12] / all / days_of(k);
            int steps = (int)(days_of(k) / step + 0.5);
            for (int i = 0; i < steps && spread > 0.0; i++)
                sum += rate * step * longer((ago + (i + 0.5) * step) / stay, spread);
            if (spread <= 0.0)
                sum +=
                    rate * stay * (exp(-ago / stay) - exp(-(ago + days_of(k)) / stay));
            ago += days_of(k);
        }
        present[m - SEASON_BEFORE] = sum;
    }
}

/* Months at whose end the mean number present is more than 4 standard errors off. The
 * number is Poisson, so that its variance is its mean. */
static int
misses(const struct inn *inn, const double present[12])
{
    int n = 0, replicates = inn->result.replicates;

    for (int m = 0; m < 12; m++) {
        double mean = 0.0;
        for (int i = 0; i < replicates; i++)
            mean += (double)inn_at(inn, i, m + 1, 0)->guests / replicates;
        n += fabs(mean - present[m]) > 4.0 * sqrt(present[m] / replicates);
    }
    return n;
}

static void
numbers_present_follow_the_closed_form(void **state)
{
    static struct inn inn;
    double present[12];

    (void)state;
    inn_open(&inn, 0,
        "{name: a, guests: 12000, stay: 30, shape: exponential, " WINTER "}", NULL, 0);
    inn_run(&inn, 40);
    expected(12000, 30, 0, present);
    assert_int_equal(misses(&inn, present), 0);
    /* stays, then guests, that are 3 % more */
    expected(12000, 30 * 1.03, 0, present);
    assert_true(misses(&inn, present) >= 3);
    expected(12000 * 1.03, 30, 0, present);
    assert_true(misses(&inn, present) >= 3);
    inn_close(&inn);
}

static void
the_spread_of_stays_matters(void **state)
{
    static struct inn inn;
    double present[12];

    (void)state;
    inn_open(&inn, 0, "{name: a, guests: 12000, stay: 40, spread: 0.4, " WINTER "}",
        NULL, 0);
    inn_run(&inn, 40);
    expected(12000, 40, 0.4, present);
    assert_int_equal(misses(&inn, present), 0);
    expected(12000, 40 * 1.03, 0.4, present);
    assert_true(misses(&inn, present) >= 3);
    expected(12000, 40, 0, present);
    assert_true(misses(&inn, present) >= 3);
    inn_close(&inn);
}

/* Nights are guests times stay, but for who is there at both ends; fees go by nights.
 */
static void
nights_are_the_time_spent(void **state)
{
    static struct inn inn;
    double nights = 0.0, fees = 0.0, arrived = 0.0;

    (void)state;
    inn_open(&inn, 0,
        "{name: a, guests: 20000, stay: 5, shape: exponential, price: 3000}", NULL, 0);
    inn_run(&inn, 4);
    for (int i = 0; i < 4; i++)
        for (int t = 0; t <= 12; t++) {
            nights += inn_at(&inn, i, t, 0)->guest_nights;
            fees += inn_at(&inn, i, t, 0)->guest_fees;
            arrived += (double)inn_at(&inn, i, t, 0)->guests_arrived;
        }
    /* 80,000 stays of standard deviation 5 days: 4 SE of the mean are 0.07 days; the
     * 275 who are there at each end cancel, 4 SE of that are 0.03 */
    assert_true(fabs(nights / arrived - 5.0) < 0.07 + 0.03);
    assert_true(fabs(arrived - 80000) < 4.0 * sqrt(80000.0));
    assert_true(fabs(fees - nights * 3000 * 12 / 365.2425) < 1e-6 * fees);
    inn_close(&inn);
}

static int
peak(const struct inn *inn, int origin)
{
    int best = 1;

    for (int t = 1; t <= 12; t++)
        if (inn_at(inn, 0, t, origin)->guests > inn_at(inn, 0, best, origin)->guests)
            best = t;
    return best;
}

/* Stays of a month: the number present peaks when the season is about to end. */
static void
seasons_peak_when_they_should(void **state)
{
    static struct inn inn;

    (void)state;
    inn_open(&inn, 0,
        "{name: south, guests: 8000, stay: 30, " WINTER "}, "
        "{name: north, guests: 8000, stay: 30, " SUMMER "}",
        NULL, 0);
    inn_run(&inn, 1);
    assert_true(peak(&inn, 0) == 1 || peak(&inn, 0) == 12);
    assert_true(peak(&inn, 1) == 7 || peak(&inn, 1) == 8);
    for (int t = 1; t <= 3; t++) /* whoever came in September has left by March */
        assert_true(inn_at(&inn, 0, t, 1)->guests < 20);
    assert_true(inn_at(&inn, 0, 12, 0)->guests > 5 * inn_at(&inn, 0, 6, 0)->guests);
    inn_close(&inn);
}

/* People at a month's end, less those before, by all ways in and out. */
static int
unbalanced(const struct inn *inn, const char *const *in, int n_in)
{
    static const char *const out[] = {"deaths", "moved_out", "emigrants"};
    const struct result *r = &inn->result;
    int n = 0;

    for (int i = 0; i < r->replicates; i++)
        for (int t = 1; t <= 12; t++) {
            double people = -dali_value(r, "people", 0, i, t, 0) +
                            dali_value(r, "people", 0, i, t - 1, 0);
            for (int k = 0; k < n_in; k++) {
                struct result_row row = result_find(r->setup, in[k]);
                people +=
                    result_sum(r->setup, row, result_at(r, row.model, i, t, 0), -1);
            }
            for (int k = 0; k < 3; k++)
                people -= dali_value(r, out[k], 0, i, t, 0);
            n += people != 0.0;
        }
    return n;
}

static void
who_settles_is_counted_once(void **state)
{
    static const char *const in[] = {"births", "moved_in", "immigrants", "settled"};
    static struct inn inn;
    double ends[2] = {0, 0}, settled[2] = {0, 0}, early[2] = {0, 0};

    (void)state;
    inn_open(&inn, 0,
        "{name: a, guests: 15000, stay: 10, settles: 0.2, early: 0.1}, "
        "{name: b, guests: 500, stay: 10, settles: 1}",
        NULL, 0);
    inn_run(&inn, 10);
    assert_int_equal(unbalanced(&inn, in, 4), 0);
    assert_true(unbalanced(&inn, in, 3) > 100);
    for (int i = 0; i < 10; i++)
        for (int k = 0; k < 2; k++) {
            ends[k] += (double)(inn_at(&inn, i, 0, k)->guests -
                                inn_at(&inn, i, 12, k)->guests);
            for (int t = 1; t <= 12; t++) {
                ends[k] += (double)inn_at(&inn, i, t, k)->guests_arrived;
                settled[k] += (double)inn_at(&inn, i, t, k)->settled;
                early[k] += (double)inn_at(&inn, i, t, k)->left_early;
            }
        }
    assert_true(settled[1] == ends[1] && ends[1] > 4000 && early[1] == 0);
    /* binomial: 135,000 stays to the end; 3 % of 0.2 are 5.5 standard errors */
    double n = ends[0] - early[0], share = settled[0] / n;
    assert_true(fabs(share - 0.2) < 4.0 * sqrt(0.2 * 0.8 / n));
    assert_true(fabs(share - 0.206) > 4.0 * sqrt(0.2 * 0.8 / n));
    assert_true(fabs(early[0] / ends[0] - 0.1) < 4.0 * sqrt(0.09 / ends[0]));
    inn_close(&inn);
}

/* An origin from which nobody comes changes no bit; another seed all of them. */
static void
an_empty_origin_changes_nothing(void **state)
{
    static const char *const seed[] = {"seed=6"};
    static struct inn none, empty, other;
    int differ = 0;

    (void)state;
    inn_open(&none, 20, NULL, NULL, 0);
    inn_open(&empty, 20, "{name: a, guests: 0, uses: public_home}", NULL, 0);
    inn_open(&other, 20, NULL, seed, 1);
    inn_run(&none, 2);
    inn_run(&empty, 2);
    inn_run(&other, 2);
    for (int m = 0; m <= MODELS_COUNT; m++) {
        assert_true(m == MODELS_SOJOURN || inn_same(&none, &empty, m));
        differ += !inn_same(&none, &other, m);
    }
    assert_true(differ > 3);
    inn_close(&none);
    inn_close(&empty);
    inn_close(&other);
}

/* More guests from one origin leave those of another alone, to the bit, and the people
 * of the county, as long as nobody settles. */
static void
origins_do_not_meet(void **state)
{
    static struct inn one, more;

    (void)state;
    inn_open(&one, 20, "{name: a, guests: 400}, {name: b, guests: 900, early: 0.2}",
        NULL, 0);
    inn_open(&more, 20, "{name: a, guests: 800}, {name: b, guests: 900, early: 0.2}",
        NULL, 0);
    inn_run(&one, 2);
    inn_run(&more, 2);
    for (int i = 0; i < 2; i++)
        for (int t = 0; t <= 12; t++)
            assert_memory_equal(inn_at(&one, i, t, 1), inn_at(&more, i, t, 1),
                sizeof(struct sojourn_out));
    assert_true(inn_at(&more, 0, 6, 0)->guests > inn_at(&one, 0, 6, 0)->guests + 20);
    for (int m = 0; m <= MODELS_COUNT; m++)
        assert_true(m == MODELS_SOJOURN || inn_same(&one, &more, m));
    inn_close(&one);
    inn_close(&more);
}

/* Guests who arrive in a region while its clock runs from one day to another. */
static int64_t
arrivals(struct region *r, int from, int to)
{
    const struct sojourn_out *out = r->out[MODELS_SOJOURN];

    region_run(r, from * MINUTES_A_DAY);
    int64_t before = out->guests_arrived;
    region_run(r, to * MINUTES_A_DAY);
    return out->guests_arrived - before;
}

/* The flow as a lever sets it: the factor holds from the moment on, absolutely. */
static void
levers_scale_the_flow(void **state)
{
    static struct inn inn;
    static struct region r, same;

    (void)state;
    inn_open(&inn, 0, "{name: a, guests: 36500, stay: 3}", NULL, 0);
    int origin = sojourn_find(&inn.hall.setup, "a");
    assert_int_equal(origin, 0);
    assert_int_equal(sojourn_find(&inn.hall.setup, "b"), -1);
    region_init(&r, &inn.hall.setup, 0, rng_run(1, 0));
    region_init(&same, &inn.hall.setup, 0, rng_run(1, 0));
    /* 36,500 / 12 in each month; 4 standard errors of a Poisson number */
    double month = 36500.0 / 12.0, se = sqrt(month);
    assert_true(fabs((double)arrivals(&r, 0, 31) - month) < 4 * se);
    sojourn_scale(&r, 0, 2.0);
    assert_true(fabs((double)arrivals(&r, 31, 59) - 2 * month) < 4 * sqrt(2) * se);
    sojourn_scale(&r, 0, 0.0);
    assert_int_equal(arrivals(&r, 59, 90), 0);
    sojourn_scale(&r, 0, 0.5);
    sojourn_scale(&r, 0, 0.5);
    assert_true(fabs((double)arrivals(&r, 90, 120) - 0.5 * month) < 4 * sqrt(0.5) * se);
    /* a factor of 1 is no change; back and forth within a minute is none either */
    int64_t all = arrivals(&same, 0, 200);
    region_free(&r);
    region_init(&r, &inn.hall.setup, 0, rng_run(1, 0));
    arrivals(&r, 0, 50);
    sojourn_scale(&r, 0, 1.0);
    sojourn_scale(&r, 0, 3.0);
    sojourn_scale(&r, 0, 1.0);
    arrivals(&r, 50, 200);
    assert_int_equal(
        ((const struct sojourn_out *)r.out[MODELS_SOJOURN])->guests_arrived, all);
    region_free(&r);
    region_free(&same);
    inn_close(&inn);
}

static int
by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static int
twice(uint64_t *key, size_t n)
{
    int found = 0;

    qsort(key, n, sizeof *key, by_number);
    for (size_t i = 1; i < n; i++)
        found += key[i] == key[i - 1];
    return found;
}

/* Keys of people, arrivals, those who join, children, and guests of four origins in
 * three counties. */
static void
keys_do_not_collide(void **state)
{
    enum { EACH = 20000, KINDS = 8, COUNTIES = 3 };
    static const uint32_t origin[] = {0, 1, 0xfedcba98, 7};
    uint64_t *key = mem_alloc((size_t)EACH * KINDS * COUNTIES + EACH, sizeof *key);
    size_t n = 0;

    (void)state;
    for (uint64_t county = 532901; county < 532901 + COUNTIES; county++)
        for (uint32_t i = 0; i < EACH; i++) {
            struct person mother = {.key = person_key(county, i), .parity = 1};
            key[n++] = mother.key;
            key[n++] = person_key_arrival(county, i);
            key[n++] = person_key_child(&mother);
            key[n++] = person_key_joining(county, 1, i);
            for (int k = 0; k < 4; k++)
                key[n++] = person_key_guest(county, origin[k], i);
        }
    assert_int_equal(n, (size_t)EACH * KINDS * COUNTIES);
    assert_int_equal(twice(key, n), 0);
    key[n] = key[n / 2];
    assert_int_equal(twice(key, n + 1), 1);
    mem_free(key);
}

/* A run of three counties of Dali, with guests who settle and move. */
static void
run_dali(struct dali *dali, struct scratch *scratch, struct result *result, int threads)
{
    static const char *const set[] = {"replicates=1", "end=2021-06-30",
        "plan.targets=[]", "migration.between=0.1",
        "sojourn.origins=[{name: north, guests: 6000, settles: 0.3, stay: 20}]",
        "sojourn.season=[{origin: elsewhere, adcode: 532922, month: 2, guests: 300}]"};

    dali_open(dali, scratch_path(scratch, "as-is.yaml"), set, 6);
    dali_run(dali, result, threads);
}

static int
differing(const struct result *a, const struct result *b)
{
    int n = 0;

    for (int m = 0; m < MODELS_COUNT; m++)
        for (int t = 0; t < a->setup->n_times; t++)
            for (int k = 0; k < a->setup->n_regions; k++) {
                size_t size = setup_out_bytes(a->setup, m);
                n += size > 0 && memcmp(result_at(a, m, 0, t, k),
                                     result_at(b, m, 0, t, k), size) != 0;
            }
    return n;
}

static void
threads_and_order_change_no_bit(void **state)
{
    static const int64_t counties[] = {532922, 532928, 532932};
    static struct scratch scratch;
    static struct dali one, many, turned;
    struct result a, b, c;

    (void)state;
    scratch_open(&scratch);
    dali_copy(&scratch, counties, 3);
    run_dali(&one, &scratch, &a, 1);
    run_dali(&many, &scratch, &b, 3);
    dali_reverse(&scratch, "counties.csv");
    run_dali(&turned, &scratch, &c, 2);
    assert_int_equal(differing(&a, &b), 0);
    assert_int_equal(differing(&a, &c), 0);
    struct result_row row = result_find(&one.setup, "settled");
    for (int k = 0; k < 3; k++)
        assert_true(
            result_sum(&one.setup, row, result_at(&a, row.model, 0, 5, k), 1) > 0.0);
    result_free(&a);
    result_free(&b);
    result_free(&c);
    dali_close(&one);
    dali_close(&many);
    dali_close(&turned);
    scratch_close(&scratch);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_present_follow_the_closed_form),
        cmocka_unit_test(the_spread_of_stays_matters),
        cmocka_unit_test(nights_are_the_time_spent),
        cmocka_unit_test(seasons_peak_when_they_should),
        cmocka_unit_test(who_settles_is_counted_once),
        cmocka_unit_test(an_empty_origin_changes_nothing),
        cmocka_unit_test(origins_do_not_meet),
        cmocka_unit_test(levers_scale_the_flow),
        cmocka_unit_test(keys_do_not_collide),
        cmocka_unit_test(threads_and_order_change_no_bit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
