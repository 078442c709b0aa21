/*
 * Small months worked out by hand, to the fen.
 */
#include "models/billing.h"

#include "tests/till.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct date january = {2021, 1, 1}, december = {2022, 12, 31};

/* Support: 10 % prefecture, 20 % province, county the rest; subsidies: county 40 %. */
static void
init(struct till *t)
{
    till_init(t);
    t->ledger.support_prefecture = 0.1;
    t->ledger.support_province = 0.2;
    t->ledger.support_lottery = 0.0;
    t->ledger.subsidy_prefecture = 0.1;
    t->ledger.subsidy_province = 0.2;
    t->ledger.subsidy_lottery = 0.3;
    t->ledger.operating_bed[BED_NURSING] = 2.0;
    t->ledger.operating_private = 100.0;
    t->ledger.wage_caregiver = 3000.0;
    t->ledger.other_staff = 0.5;
    t->ledger.bed_cost = 300.0;
    t->ledger.resident_cost = 800.0;
    t->ledger.place_cost = 50.0;
}

/* CNY a month off the fee up to an income class. */
static void
subsidise(struct till *t, int service, double cny, int income_to)
{
    for (int g = 0; g < GRADES; g++)
        for (int k = 0; k <= income_to; k++)
            service_terms(&t->region, service)->subsidy[g][k] = cny;
}

/* Ordinary bed 2,000 CNY, nursing bed 3,000: one intact, one severe, one destitute. */
static int32_t
open_home(struct till *t, int service)
{
    till_open(t, january, december);
    assert_int_equal(t->report.mistakes, 0);
    int32_t home = till_site(t, service, 6, 4);
    till_use(t, service, home, BED_ORDINARY, 0, RESIDENT_PENSION);
    till_use(t, service, home, BED_NURSING, 3, EMPLOYEE_PENSION);
    till_use(t, service, home, BED_NURSING, 4, DESTITUTE);
    return home;
}

/*
 * Fees 2,000 + 3,000 of households, 3,000 of the public. Operating subsidy 100 + 2 x
 * 200. Residents cost 3 x 800, beds 10 x 300. Staff: 1/15 + 1/4 + 1/3 = 0.65 caregivers
 * at 3,000 x 1.5; of two caregivers 1.35 are idle, public operators keep them at 3,000
 * and have no income: their deficit is paid.
 */
static void
one_home_three_residents_one_month(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    open_home(&t, TILL_PRIVATE_HOME);
    till_staff(&t)->staff[STAFF_CAREGIVER].stock = 2;
    till_month(&t);
    assert_int_equal(till_paid(&t, ACCOUNT_HOUSEHOLD, PAY_FEE), 500000);
    assert_int_equal(till_paid(&t, ACCOUNT_COUNTY, PAY_FEE), 210000);
    assert_int_equal(till_paid(&t, ACCOUNT_PREFECTURE, PAY_FEE), 30000);
    assert_int_equal(till_paid(&t, ACCOUNT_PROVINCE, PAY_FEE), 60000);
    assert_int_equal(till_paid(&t, ACCOUNT_LOTTERY, PAY_FEE), 0);
    assert_int_equal(till_paid(&t, ACCOUNT_COUNTY, PAY_OPERATING), 20000);
    assert_int_equal(till_paid(&t, ACCOUNT_PREFECTURE, PAY_OPERATING), 5000);
    assert_int_equal(till_paid(&t, ACCOUNT_PROVINCE, PAY_OPERATING), 10000);
    assert_int_equal(till_paid(&t, ACCOUNT_LOTTERY, PAY_OPERATING), 15000);
    assert_int_equal(t.out.received[ACCOUNT_PRIVATE], 800000 + 50000);
    assert_int_equal(t.out.received[ACCOUNT_SUPPLIERS], 240000 + 300000);
    assert_int_equal(t.out.received[ACCOUNT_STAFF], 292500 + 405000);
    assert_int_equal(t.out.paid[ACCOUNT_PRIVATE], 540000 + 292500);
    assert_int_equal(t.out.paid[ACCOUNT_PUBLIC], 405000);
    assert_int_equal(t.out.received[ACCOUNT_PUBLIC], 405000);
    assert_int_equal(till_paid(&t, ACCOUNT_COUNTY, PAY_DEFICIT), 162000);
    assert_int_equal(till_paid(&t, ACCOUNT_LOTTERY, PAY_DEFICIT), 121500);
    assert_int_equal(t.out.paid[ACCOUNT_INSURANCE], 0);
    till_close(&t);
}

/* Too few staff: 0.325 for 0.65 get what there is; a wage factor; no subsidy of public
 * homes; a deficit paid by half; prices 1,000, 1,500, 1,500. */
static void
a_public_home_short_of_staff(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    t.ledger.deficit_covered = 0.5;
    t.ledger.operating_public = 0.0;
    for (int g = 0; g < GRADES; g++)
        t.service[TILL_PUBLIC_HOME].clients[g] = 0.5; /* six caregivers for three */
    open_home(&t, TILL_PUBLIC_HOME);
    till_staff(&t)->staff[STAFF_CAREGIVER].stock = 3;
    till_staff(&t)->staff[STAFF_CAREGIVER].wage = 1.1;
    till_month(&t);
    assert_int_equal(t.out.spent[PAY_FEE], 400000);
    assert_int_equal(t.out.spent[PAY_OPERATING], 0);
    assert_int_equal(t.out.spent[PAY_WAGE], 3 * 330000 * 3 / 2);
    assert_int_equal(t.out.spent[PAY_RUNNING], 540000);
    assert_int_equal(t.out.spent[PAY_DEFICIT], (1485000 + 540000 - 400000) / 2);
    till_close(&t);
}

static void
idle_staff_may_be_nobodys(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    t.ledger.idle_paid = 0.0;
    open_home(&t, TILL_HANDED_OVER_HOME);
    till_staff(&t)->staff[STAFF_CAREGIVER].stock = 100;
    till_staff(&t)->staff[STAFF_SOCIAL_WORKER].stock = 100;
    till_month(&t);
    assert_int_equal(t.out.spent[PAY_WAGE], 292500);
    assert_int_equal(t.out.received[ACCOUNT_HANDED_OVER], 150000 + 2 * 225000 + 50000);
    till_close(&t);
}

/* Of 31 days of January 15 are run, then a whole February. */
static void
a_month_in_part_costs_its_days(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    till_open(&t, (struct date){2021, 1, 17}, december);
    int32_t home = till_site(&t, TILL_PRIVATE_HOME, 6, 4);
    till_use(&t, TILL_PRIVATE_HOME, home, BED_ORDINARY, 0, ALLOWANCE);
    ledger_piece(&t.region, TILL_RETROFIT, 0, ALLOWANCE);
    till_month(&t);
    assert_int_equal(t.out.spent[PAY_FEE], 200000 * 15 / 31 + 300000);
    assert_int_equal(t.out.spent[PAY_OPERATING], 10000 * 15 / 31);
    till_month(&t);
    assert_int_equal(t.out.spent[PAY_FEE], 200000);
    till_close(&t);
}

/* Rent of a leased site, beside 10 places at 50. And sites that do not operate cost
 * nothing. */
static void
sites_cost(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    t.ledger.rent = 200.0;
    till_open(&t, january, december);
    int32_t leased = till_site(&t, TILL_DAY_CARE, 10, 0);
    int32_t idle = till_site(&t, TILL_PUBLIC_HOME, 9, 9);
    facility_of(&t.region)->row[leased].lease = true;
    facility_of(&t.region)->row[idle].operating = false;
    till_month(&t);
    assert_int_equal(t.out.spent[PAY_RUNNING], 10 * (5000 + 20000));
    assert_int_equal(t.out.paid[ACCOUNT_PUBLIC], 250000);
    till_close(&t);
}

/* Day care 400 CNY, half of it food; a canteen's subsidy of 100 of 300 is a grant; home
 * care 600, a fifth of it travel, by a private firm. */
static void
attendance_and_visits(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    t.ledger.place_cost = 0.0;
    t.ledger.attendance_share = 0.5;
    t.ledger.visit_share = 0.2;
    till_open(&t, january, december);
    int32_t day = till_site(&t, TILL_DAY_CARE, 10, 0);
    int32_t canteen = till_site(&t, TILL_CANTEEN, 10, 0);
    subsidise(&t, TILL_CANTEEN, 100.0, EMPLOYEE_PENSION);
    till_use(&t, TILL_DAY_CARE, day, BED_ORDINARY, 1, ALLOWANCE);
    till_use(&t, TILL_CANTEEN, canteen, BED_ORDINARY, 0, EMPLOYEE_PENSION);
    till_use(&t, TILL_CANTEEN, canteen, BED_ORDINARY, 0, DESTITUTE);
    till_use(&t, TILL_HOME_CARE, -1, BED_ORDINARY, 2, RESIDENT_PENSION);
    till_month(&t);
    assert_int_equal(till_paid(&t, ACCOUNT_HOUSEHOLD, PAY_FEE), 40000 + 20000 + 60000);
    assert_int_equal(t.out.spent[PAY_CANTEEN], 10000 + 30000);
    assert_int_equal(t.out.spent[PAY_SERVICE], 0);
    assert_int_equal(t.out.spent[PAY_OPERATING], 0);
    assert_int_equal(t.out.received[ACCOUNT_PRIVATE], 60000);
    assert_int_equal(t.out.paid[ACCOUNT_PRIVATE], 12000); /* no staff there to pay */
    assert_int_equal(t.out.paid[ACCOUNT_PUBLIC], 20000 + 2 * 15000);
    till_close(&t);
}

/* 3,000 CNY a piece, nine tenths for builders' materials and work; billed once. */
static void
pieces_are_billed_once(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    t.ledger.piece_share = 0.9;
    till_open(&t, january, december);
    subsidise(&t, TILL_RETROFIT, 2000.0, ALLOWANCE);
    ledger_piece(&t.region, TILL_RETROFIT, 3, ALLOWANCE);
    ledger_piece(&t.region, TILL_RETROFIT, 3, ALLOWANCE);
    ledger_piece(&t.region, TILL_RETROFIT, 1, DESTITUTE);
    ledger_piece(&t.region, TILL_RETROFIT, 1, EMPLOYEE_PENSION);
    till_month(&t);
    assert_int_equal(till_paid(&t, ACCOUNT_HOUSEHOLD, PAY_FEE), 2 * 100000 + 300000);
    assert_int_equal(t.out.spent[PAY_RETROFIT], 2 * 200000 + 300000);
    assert_int_equal(t.out.spent[PAY_RUNNING], 4 * 270000);
    till_month(&t);
    assert_int_equal(t.out.spent[PAY_FEE], 0);
    assert_int_equal(t.out.spent[PAY_RUNNING], 0);
    till_close(&t);
}

/* Premiums 120 CNY a year, 40 % from households, of 3,000 adults: those born in January
 * 2003 are 18 at the end of January 2021, a month's younger are not. */
static void
open_insured(struct till *t, double covered)
{
    t->ledger.premium = 120.0;
    t->ledger.premium_household = 0.4;
    open_home(t, TILL_PRIVATE_HOME);
    till_people(t, 1950, 6, 2000);
    till_people(t, 2003, 1, 1000);
    till_people(t, 2003, 2, 500);
    till_people(t, 2015, 2, 9999);
    service_terms(&t->region, TILL_PRIVATE_HOME)->covered = covered;
    service_terms(&t->region, TILL_PRIVATE_HOME)->covered_grade = 3;
}

/* Half of two fees of 3,000; the other half of the destitute's is the county's. */
static void
insurance_pays_its_part(void **state)
{
    struct till t;
    int64_t fund = 50000000;

    (void)state;
    init(&t);
    t.ledger.fund = 500000.0;
    open_insured(&t, 0.0);
    till_month(&t);
    assert_int_equal(t.out.spent[PAY_PREMIUM], 0); /* nothing is covered yet */
    assert_int_equal(t.out.insurance_fund, fund);
    service_terms(&t.region, TILL_PRIVATE_HOME)->covered = 0.5;
    for (int month = 2; month <= 6; month++) {
        int64_t adults = 3500; /* February's children have come of age */
        till_month(&t);
        assert_int_equal(
            till_paid(&t, ACCOUNT_HOUSEHOLD, PAY_PREMIUM), adults * 1000 * 4 / 10);
        assert_int_equal(till_paid(&t, ACCOUNT_COUNTY, PAY_PREMIUM),
            adults * 1000 * 6 / 10 * 7 / 10);
        assert_int_equal(t.out.spent[PAY_PREMIUM], adults * 1000);
        assert_int_equal(t.out.spent[PAY_BENEFIT], 2 * 150000);
        assert_int_equal(till_paid(&t, ACCOUNT_HOUSEHOLD, PAY_FEE), 200000 + 150000);
        assert_int_equal(
            t.out.spent[PAY_FEE] - till_paid(&t, ACCOUNT_HOUSEHOLD, PAY_FEE), 150000);
        assert_int_equal(t.out.received[ACCOUNT_PRIVATE], 800000 + 50000);
        fund += t.out.spent[PAY_PREMIUM] - t.out.spent[PAY_BENEFIT];
        assert_int_equal(t.out.insurance_fund, fund);
        assert_int_equal(t.out.benefits_cut, 0);
    }
    till_close(&t);
}

static void
adults_come_of_age(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    open_insured(&t, 0.5);
    till_month(&t);
    assert_int_equal(t.out.spent[PAY_PREMIUM], 3000 * 1000);
    till_month(&t);
    assert_int_equal(t.out.spent[PAY_PREMIUM], 3500 * 1000);
    till_close(&t);
}

static void
benefits_are_capped(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    t.ledger.benefit_cap = 1000.0;
    open_insured(&t, 0.5);
    till_month(&t);
    assert_int_equal(t.out.spent[PAY_BENEFIT], 2 * 100000);
    assert_int_equal(till_paid(&t, ACCOUNT_HOUSEHOLD, PAY_FEE), 200000 + 200000);
    till_close(&t);
}

/* 1,000.01 CNY are held, 3,000 due: a third each, no fen more than there is; the users
 * pay the rest, and the operator gets the same. Then the fund is empty. */
static void
benefits_are_cut_to_what_the_fund_holds(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    t.ledger.fund = 1000.01;
    open_insured(&t, 0.5);
    t.ledger.premium = 0.0;
    till_month(&t);
    assert_in_range(t.out.spent[PAY_BENEFIT], 100000, 100001);
    assert_int_equal(t.out.benefits_cut, 300000 - t.out.spent[PAY_BENEFIT]);
    assert_in_range(t.out.insurance_fund, 0, 1);
    assert_in_range(
        till_paid(&t, ACCOUNT_HOUSEHOLD, PAY_FEE), 200000 + 249998, 200000 + 250001);
    assert_int_equal(t.out.spent[PAY_FEE] + t.out.spent[PAY_BENEFIT], 800000);
    till_month(&t);
    assert_in_range(t.out.insurance_fund, 0, 1);
    assert_in_range(t.out.benefits_cut, 299999, 300000);
    till_close(&t);
}

static void
the_fund_may_owe(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    t.ledger.insurance_may_owe = 1;
    open_insured(&t, 0.5);
    t.ledger.premium = 0.0;
    till_month(&t);
    till_month(&t);
    assert_int_equal(t.out.spent[PAY_BENEFIT], 300000);
    assert_int_equal(t.out.insurance_fund, -600000);
    assert_int_equal(t.out.benefits_cut, 0);
    till_close(&t);
}

/* A lever raises the subsidy of nursing beds from grade 4 on. */
static void
levers_set_operating_subsidies(void **state)
{
    struct till t;

    (void)state;
    init(&t);
    open_home(&t, TILL_PRIVATE_HOME);
    ledger_set_operating(&t.region, TILL_PRIVATE_HOME, BED_NURSING, 4, 500.0);
    till_month(&t);
    assert_int_equal(t.out.spent[PAY_OPERATING], 10000 + 20000 + 50000);
    till_close(&t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_home_three_residents_one_month),
        cmocka_unit_test(a_public_home_short_of_staff),
        cmocka_unit_test(idle_staff_may_be_nobodys),
        cmocka_unit_test(a_month_in_part_costs_its_days),
        cmocka_unit_test(sites_cost),
        cmocka_unit_test(attendance_and_visits),
        cmocka_unit_test(pieces_are_billed_once),
        cmocka_unit_test(insurance_pays_its_part),
        cmocka_unit_test(adults_come_of_age),
        cmocka_unit_test(benefits_are_capped),
        cmocka_unit_test(benefits_are_cut_to_what_the_fund_holds),
        cmocka_unit_test(the_fund_may_owe),
        cmocka_unit_test(levers_set_operating_subsidies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
