/*
 * Private homes close after exactly the years of loss that the rule states, and one
 * opens when demand would feed it.
 */
#include "models/market.h"

#include "models/models.h"
#include "models/stock.h"
#include "tests/dali.h"
#include "tests/rows.h"
#include "tests/till.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static const struct date january = {2021, 1, 1}, december = {2026, 12, 31};

enum { YEAR = 12, BUILD = 100000 };

/*
 * An intact resident in an ordinary bed pays 2,000 CNY, brings a subsidy of 100, costs
 * 800 and a fifteenth of a caregiver at 3,000 x 1.5: margin 1,000 a month. A bed costs
 * 300. So a home breaks even at an occupancy of 0.3.
 */
static void
init(struct till *t)
{
    till_init(t);
    t->ledger.operating_private = 100.0;
    t->ledger.wage_caregiver = 3000.0;
    t->ledger.other_staff = 0.5;
    t->ledger.resident_cost = 800.0;
    t->ledger.bed_cost = 300.0;
    t->market.on = 1;
    t->market.close_after = 2;
    t->market.enter_occupancy = 0.8;
    t->market.enter_beds = 50;
    t->market.enter_nursing = 0.4;
    t->market.enter_delay = 100.0;
    t->market.build_cost = BUILD;
}

static void
open_market(struct till *t)
{
    till_open(t, january, december);
    assert_int_equal(t->report.mistakes, 0);
    till_staff(t)->staff[STAFF_CAREGIVER].stock = 10;
}

static int32_t
home(struct till *t, int64_t beds, int users)
{
    int32_t i = till_site(t, TILL_PRIVATE_HOME, beds, 0);

    for (int k = 0; k < users; k++)
        till_use(t, TILL_PRIVATE_HOME, i, BED_ORDINARY, 0, RESIDENT_PENSION);
    return i;
}

static bool
is_open(const struct till *t, int32_t i)
{
    return facility_of(&t->region)->row[i].open;
}

static void
rows_describe_the_structs(void **state)
{
    (void)state;
    rows_cover(market_model.par, sizeof(struct market_par));
    rows_cover(market_model.out, sizeof(struct market_out));
}

/* 10 x 1,000 - 20 x 300, two guests at 1,000 - 100 each, and rent. */
static void
a_result_is_fees_less_costs(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    t.ledger.rent = 50.0;
    open_market(&t);
    int32_t i = home(&t, 20, 10);
    home(&t, 5, 5);
    till_site(&t, TILL_PUBLIC_HOME, 100, 0);
    till_month(&t);
    assert_int_equal(t.opening.market_result, 400000 + 500000 - 150000);
    facility_of(&t.region)->row[i].used[BED_ORDINARY] += 2;
    facility_of(&t.region)->row[i].lease = true;
    till_month(&t);
    assert_int_equal(t.opening.market_result, 400000 + 350000 + 2 * 90000 - 20 * 5000);
    till_close(&t);
}

/* Losing: 29 users in 100 beds; gaining: 31. And one that opens in the first year, of
 * which that year is not judged. */
static void
losses_close_after_exactly_the_years(void **state)
{
    struct till t;
    int32_t late = -1;

    (void)state;
    init(&t);
    open_market(&t);
    int32_t loses = home(&t, 100, 29), gains = home(&t, 100, 31);
    for (int month = 1; month <= 4 * YEAR; month++) {
        till_month(&t);
        if (month == 6)
            late = home(&t, 100, 29);
        assert_int_equal(is_open(&t, loses), month <= 2 * YEAR);
        assert_int_equal(t.opening.market_closed,
            month == 2 * YEAR + 1 || month == 3 * YEAR + 1 ? 1 : 0);
        if (month >= 6)
            assert_int_equal(is_open(&t, late), month <= 3 * YEAR);
        assert_true(is_open(&t, gains));
        if (month == YEAR + 1)
            assert_int_equal(t.opening.market_losing, 1);
        if (month == 2 * YEAR + 1)
            assert_int_equal(t.opening.market_losing, 1); /* the late one */
    }
    till_close(&t);
}

/* At 30 % the wage decides: loss, gain, loss, loss. */
static void
a_good_year_makes_up_for_it(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    open_market(&t);
    int32_t i = home(&t, 100, 30);
    for (int month = 1; month <= 5 * YEAR; month++) {
        bool good = month > YEAR && month <= 2 * YEAR;
        till_staff(&t)->staff[STAFF_CAREGIVER].wage = good ? 0.9 : 1.1;
        till_month(&t);
        assert_int_equal(is_open(&t, i), month <= 4 * YEAR);
    }
    till_close(&t);
}

/*
 * 45 of 50 beds in use: another of 50 beds earns 12 (50 x 0.9 x 1,000 - 50 x 300) =
 * 360,000 CNY a year on 5 million, 7.2 %, or on 4.5 million with a subsidy of 10,000 a
 * bed, 8 %.
 */
static void
open_full(struct till *t, double enter_return, double subsidy)
{
    init(t);
    t->market.enter_return = enter_return;
    t->ledger.build_subsidy = subsidy;
    open_market(t);
    home(t, 50, 45);
}

static int64_t
opened(struct till *t, int months)
{
    int64_t n = 0;

    for (int i = 0; i < months; i++) {
        till_month(t);
        n += t->opening.market_opened;
    }
    return n;
}

/* Begun on 1 January 2022, open 100 days after, on 11 April. */
static void
one_opens_when_it_pays(void **state)
{
    struct till t;

    (void)state;
    open_full(&t, 0.0719, 0.0);
    assert_int_equal(opened(&t, YEAR + 3), 0);
    till_month(&t);
    assert_int_equal(t.opening.market_opened, 1);
    assert_int_equal(t.out.spent[PAY_CONSTRUCTION], 50LL * BUILD * 100);
    assert_int_equal(t.out.received[ACCOUNT_BUILDERS], 50LL * BUILD * 100);
    const struct facility *x = &facility_of(&t.region)->row[1];
    assert_int_equal(facility_of(&t.region)->n, 2);
    assert_int_equal(x->service, TILL_PRIVATE_HOME);
    assert_int_equal(x->bed[BED_ORDINARY], 30);
    assert_int_equal(x->bed[BED_NURSING], 20);
    assert_int_equal(x->since, (365 + 100) * 1440);
    assert_true(x->open && x->operating && !x->lease);
    assert_int_equal(opened(&t, 2 * YEAR), 0); /* 45 of 100 beds are not enough */
    till_close(&t);
}

static void
none_opens_below_the_return(void **state)
{
    struct till t;

    (void)state;
    open_full(&t, 0.0721, 0.0);
    assert_int_equal(opened(&t, 3 * YEAR), 0);
    till_close(&t);
}

static void
a_subsidy_makes_it_pay(void **state)
{
    struct till t;

    (void)state;
    open_full(&t, 0.0799, 10000.0);
    assert_int_equal(opened(&t, YEAR + 4), 1);
    assert_int_equal(t.out.spent[PAY_BUILD_SUBSIDY], 50 * 1000000);
    till_close(&t);
    open_full(&t, 0.0801, 10000.0);
    assert_int_equal(opened(&t, 3 * YEAR), 0);
    till_close(&t);
}

static void
none_opens_where_beds_are_empty(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    t.market.enter_return = -1.0;
    open_market(&t);
    home(&t, 50, 40); /* 0.8 is not above 0.8 */
    assert_int_equal(opened(&t, 3 * YEAR), 0);
    till_close(&t);
}

/* A delay of 500 days: begun in 2022, open in 2023, the next begun in 2024. */
static void
one_is_built_at_a_time(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    t.market.enter_return = -1.0;
    t.market.enter_occupancy = 0.0;
    t.market.enter_delay = 500.0;
    open_market(&t);
    home(&t, 50, 45);
    assert_int_equal(opened(&t, 3 * YEAR), 1);
    const struct facility *x = facility_of(&t.region)->row;
    uint64_t key = x[1].key;
    assert_int_equal(opened(&t, 2 * YEAR), 1);
    x = facility_of(&t.region)->row;
    assert_true(x[1].key == key && x[2].key != key && x[2].key != x[0].key);
    till_close(&t);
}

static void
the_stock_is_as_written_when_off(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    t.market.on = 0;
    t.market.enter_return = -1.0;
    t.market.service = "no such thing"; /* nobody asks */
    open_market(&t);
    int32_t empty = home(&t, 100, 0);
    home(&t, 50, 50);
    assert_int_equal(opened(&t, 5 * YEAR), 0);
    assert_true(is_open(&t, empty));
    assert_int_equal(facility_of(&t.region)->n, 2);
    till_close(&t);
}

static void
the_new_home_must_be_a_private_residence(void **state)
{
    const char *const wrong[] = {"public_home", "home_care", "private_hose"};

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct till t;
        init(&t);
        t.market.service = wrong[i];
        till_open(&t, january, december);
        assert_int_equal(t.report.mistakes, 1);
        assert_non_null(strstr(t.report.mistake[0].text, "is no private residence"));
        assert_non_null(strstr(t.report.mistake[0].text, wrong[i]));
        till_close(&t);
    }
}

/* Residents of Midu's private home, with the real desks: a closed home holds nobody,
 * and who was there is somewhere else or waits. */
static void
residents_leave_homes_that_close(void **state)
{
    const int64_t county = 532925;
    const char *const set[] = {"end=2025-12-31", "replicates=1", "market.on=1",
        "market.close_after=1", "ledger.bed_cost=2000"};
    struct scratch scratch;
    struct dali dali;
    struct result result;
    double closed = 0.0, displaced = 0.0;

    (void)state;
    scratch_open(&scratch);
    dali_copy(&scratch, &county, 1);
    dali_open(&dali, scratch_path(&scratch, "plan.yaml"), set, 5);
    dali_run(&dali, &result, 1);
    int service = service_find(&dali.setup, "private_home");
    int desk = service_of(&dali.setup)->desk[service];
    int last = dali.setup.n_times - 1;
    for (int k = 0; k <= last; k++) {
        const struct market_out *m = result_at(&result, MODELS_MARKET, 0, k, 0);
        const struct service_out *s = result_at(&result, MODELS_SERVICE, 0, k, 0);
        closed += (double)m->market_closed;
        displaced += (double)s[desk].displaced;
        assert_true(s[service].users <= s[service].places);
    }
    const struct service_out *s = result_at(&result, MODELS_SERVICE, 0, last, 0);
    assert_true(closed > 0.0 && displaced > 0.0);
    assert_int_equal(s[service].users, 0);
    result_free(&result);
    dali_close(&dali);
    scratch_close(&scratch);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_describe_the_structs),
        cmocka_unit_test(a_result_is_fees_less_costs),
        cmocka_unit_test(losses_close_after_exactly_the_years),
        cmocka_unit_test(a_good_year_makes_up_for_it),
        cmocka_unit_test(one_opens_when_it_pays),
        cmocka_unit_test(none_opens_below_the_return),
        cmocka_unit_test(a_subsidy_makes_it_pay),
        cmocka_unit_test(none_opens_where_beds_are_empty),
        cmocka_unit_test(one_is_built_at_a_time),
        cmocka_unit_test(the_stock_is_as_written_when_off),
        cmocka_unit_test(the_new_home_must_be_a_private_residence),
        cmocka_unit_test(residents_leave_homes_that_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
