/*
 * Rates, in fen, from parameters in CNY.
 */
#include "models/tariff.h"

#include "tests/till.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct date january = {2021, 1, 1}, december = {2021, 12, 31};

static void
near(double x, double y)
{
    assert_true(x - y < 1e-9 * y && y - x < 1e-9 * y);
}

/* Owner x bed x grade, residences only. */
static void
operating_subsidy(void **state)
{
    struct till t;

    (void)state;
    till_init(&t);
    t.ledger.operating_handed_over = 80.0;
    t.ledger.operating_private = 100.0;
    t.ledger.operating_bed[BED_DEMENTIA] = 1.5;
    t.ledger.operating_grade[4] = 2.0;
    till_open(&t, january, december);
    assert_int_equal(
        tariff_operating(&t.region, TILL_PRIVATE_HOME, BED_ORDINARY, 0), 10000);
    assert_int_equal(
        tariff_operating(&t.region, TILL_PRIVATE_HOME, BED_DEMENTIA, 4), 30000);
    assert_int_equal(
        tariff_operating(&t.region, TILL_HANDED_OVER_HOME, BED_DEMENTIA, 3), 12000);
    assert_int_equal(tariff_operating(&t.region, TILL_PUBLIC_HOME, BED_NURSING, 4), 0);
    assert_int_equal(tariff_operating(&t.region, TILL_HOME_CARE, BED_ORDINARY, 4), 0);
    till_close(&t);
}

/* A caregiver at 3,000 x 1.2 for 4 of grade 3, with 0.5 others beside; a home carer at
 * 2,900 for six of grade 2, alone. */
static void
staff(void **state)
{
    struct till t;

    (void)state;
    till_init(&t);
    t.ledger.wage_caregiver = 3000.0;
    t.ledger.wage_home_carer = 2900.0;
    t.ledger.other_staff = 0.5;
    till_open(&t, january, december);
    till_staff(&t)->staff[STAFF_CAREGIVER].wage = 1.2;
    near(tariff_wage(&t.region, STAFF_CAREGIVER), 360000.0);
    near(tariff_staff(&t.region, TILL_PUBLIC_HOME, 3), 360000.0 * 1.5 / 4.0);
    near(tariff_staff(&t.region, TILL_HOME_CARE, 2), 290000.0 / 6.0);
    assert_true(tariff_staff(&t.region, TILL_DAY_CARE, 2) == 0.0);
    assert_int_equal(tariff_kind(&t.service[TILL_HOME_CARE]), STAFF_HOME_CARER);
    assert_int_equal(tariff_kind(&t.service[TILL_CANTEEN]), -1);
    till_close(&t);
}

static void
users_and_sites(void **state)
{
    struct till t;

    (void)state;
    till_init(&t);
    t.ledger.resident_cost = 812.34;
    t.ledger.bed_cost = 300.0;
    t.ledger.rent = 0.5;
    t.ledger.place_cost = 40.0;
    t.ledger.piece_share = 0.25;
    till_open(&t, january, december);
    assert_int_equal(tariff_user(&t.region, TILL_PUBLIC_HOME, BED_NURSING), 81234);
    assert_int_equal(tariff_user(&t.region, TILL_RETROFIT, BED_ORDINARY), 75000);
    struct facility x = {.service = TILL_PUBLIC_HOME, .bed = {1, 2, 3}};
    assert_int_equal(tariff_site(&t.region, &x), 6 * 30000);
    x.lease = true;
    assert_int_equal(tariff_site(&t.region, &x), 6 * 30050);
    x.service = TILL_CANTEEN;
    assert_int_equal(tariff_site(&t.region, &x), 6 * 4050);
    till_close(&t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operating_subsidy),
        cmocka_unit_test(staff),
        cmocka_unit_test(users_and_sites),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
