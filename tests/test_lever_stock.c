/* Levers that change sites: which ones, what becomes of places and users. */
#include "models/lever_stock.h"

#include "tests/town.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { MONTHS = 24 };

#define ROWS "lever:\n  levers:\n"
#define ONE_DAY "adcode: 999001, from: 2021-03-01, to: 2021-03-01"
#define SITE(id, kind, homes, ordinary, nursing, operating)                   \
    "    - {id: " id ", adcode: 999001, name: a, name_zh: a, kind: " kind     \
    ", homes: " homes ", ordinary_beds: " ordinary ", nursing_beds: " nursing \
    ", operating: " operating "}\n"

/* East alone has homes: three public ones, an idle one, a private one and a row that
 * stands for five; everybody wants an ordinary bed and can pay. */
static const char *const homes = "facility:\n  facilities:\n" SITE(
    "large", "public_home", "1", "30", "0", "1") SITE("small", "public_home", "1", "10",
    "0", "1") SITE("idle", "public_home", "1", "40", "0", "0") SITE("private",
    "private_home", "1", "8", "0", "1") SITE("row", "regional_centre", "5", "53", "0",
    "1") "service:\n  services:\n"
         "    - {name: nursing_home, users: 200, need_above: -1, willing_rural: 0.99, "
         "willing_urban: 0.99, grade_nursing: 5, price: 1, patience: 100000}\n"
         "    - {name: public_home, price: 1}\n"
         "    - {name: private_home, price: 1}\n"
         "    - {name: regional_centre, price: 1}\n"
         "workforce: {caregivers: 4000}\n";

static int
value(const struct town *town, const char *result, const char *item, int time)
{
    return (int)town_value(town, result, item, -1, time, -1);
}

static int
sum(const struct town *town, const char *result, const char *item)
{
    int all = 0;

    for (int t = 0; t <= MONTHS; t++)
        all += value(town, result, item, t);
    return all;
}

/* The beds are full from the start, and stay so. */
static void
beds_are_full(void **state)
{
    static struct town town;

    (void)state;
    town_run(&town, homes, NULL);
    assert_int_equal(value(&town, "places", "public_home", 0), 80);
    for (int t = 1; t <= MONTHS; t++) {
        assert_in_range(value(&town, "users", "public_home", t), 38, 40);
        assert_in_range(value(&town, "users", "regional_centre", t), 50, 53);
        assert_true(value(&town, "waiting_list", "nursing_home", t) > 100);
    }
    town_close(&town);
}

/* The idle one first, then the smallest; who must leave goes to the head of the line.
 */
static void
closing_takes_the_idle_first(void **state)
{
    static struct town one, two;

    (void)state;
    town_run(&one, homes,
        ROWS "    - {name: a, kind: close, service: public_home, homes: 1, "
             "" ONE_DAY "}\n");
    assert_int_equal(value(&one, "places", "public_home", MONTHS), 40);
    assert_int_equal(sum(&one, "displaced", "nursing_home"), 0);
    town_run(&two, homes,
        ROWS "    - {name: a, kind: close, service: public_home, homes: 2, "
             "" ONE_DAY "}\n");
    assert_int_equal(value(&two, "places", "public_home", MONTHS), 30);
    assert_int_equal(sum(&two, "lever_effect", "a"), 2);
    assert_in_range(sum(&two, "displaced", "nursing_home"), 9, 10);
    town_close(&one);
    town_close(&two);
}

/* Named by the desk, public sites go before private ones, whatever their size. */
static void
public_goes_before_private(void **state)
{
    static struct town town;

    (void)state;
    town_run(&town, homes,
        ROWS "    - {name: a, kind: close, service: nursing_home, homes: 3, "
             "" ONE_DAY "}\n");
    assert_int_equal(value(&town, "sites", "private_home", MONTHS), 1);
    assert_int_equal(value(&town, "sites", "public_home", MONTHS), 1);
    assert_int_equal(value(&town, "places", "public_home", MONTHS), 30);
    /* the idle one, then of 10 places each: the small one and one of the row of five */
    assert_int_equal(value(&town, "sites", "regional_centre", MONTHS), 4);
    assert_int_equal(value(&town, "places", "regional_centre", MONTHS), 43);
    town_close(&town);
}

/* The smallest is merged into the next, which grows by as many beds as were in use. */
static void
merging_keeps_users(void **state)
{
    static struct town without, with;

    (void)state;
    town_run(&without, homes, NULL);
    town_run(&with, homes,
        ROWS "    - {name: a, kind: merge, service: public_home, homes: 1, "
             "" ONE_DAY "}\n");
    assert_int_equal(value(&with, "sites", "public_home", MONTHS), 2);
    assert_in_range(value(&with, "places", "public_home", MONTHS), 79, 80);
    assert_in_range(sum(&with, "displaced", "nursing_home"), 9, 10);
    assert_int_equal(sum(&with, "transferred", "nursing_home"),
        sum(&with, "displaced", "nursing_home"));
    for (int t = 4; t <= MONTHS; t++)
        assert_true(value(&with, "residents", NULL, t) >=
                    value(&without, "residents", NULL, t) - 3);
    town_close(&without);
    town_close(&with);
}

/* A row of five lets one site go with a fifth of its beds and users, who stay. */
static void
a_row_lets_one_site_go(void **state)
{
    static struct town town;

    (void)state;
    town_run(&town, homes,
        ROWS
        "    - {name: a, kind: hand_over, service: regional_centre, "
        "to_service: handed_over_home, homes: 2, adcode: 999001, from: 2021-03-01, "
        "to: 2021-03-31}\n");
    assert_int_equal(value(&town, "sites", "handed_over_home", MONTHS), 2);
    assert_int_equal(value(&town, "sites", "regional_centre", MONTHS), 3);
    /* 53 in 10 and 43, then 43 in 10 and 33 */
    assert_int_equal(value(&town, "places", "handed_over_home", MONTHS), 20);
    assert_int_equal(value(&town, "places", "regional_centre", MONTHS), 33);
    assert_in_range(value(&town, "users", "handed_over_home", 3), 18, 20);
    assert_int_equal(sum(&town, "displaced", "nursing_home"), 0);
    assert_int_equal(sum(&town, "new_places", "handed_over_home"), 0);
    town_close(&town);
}

/* More than there is: what is not there is not done, nor paid. */
static void
nothing_is_made_up(void **state)
{
    static struct town town;

    (void)state;
    town_run(&town, homes,
        ROWS "    - {name: a, kind: hand_over, service: public_home, homes: 9, "
             "to_service: regional_centre, cost_cny: 1000, adcode: 999001}\n"
             "    - {name: b, kind: extend, service: day_care, amount: 9}\n"
             "    - {name: c, kind: extend, service: family_bed, amount: 9}\n"
             "    - {name: d, kind: merge, service: private_home, homes: 2}\n"
             "    - {name: e, kind: convert, service: private_home, amount: 90, "
             "bed: nursing, adcode: 999001}\n");
    assert_int_equal(sum(&town, "lever_units", "a"), 2); /* the idle one is no use */
    assert_int_equal(sum(&town, "lever_cost", "a"), 2000);
    assert_int_equal(sum(&town, "lever_units", "b"), 0);
    assert_int_equal(sum(&town, "lever_units", "c"), 9); /* visits need no site */
    assert_int_equal(value(&town, "places", "family_bed", MONTHS), 9);
    assert_int_equal(sum(&town, "lever_units", "d"), 0);
    assert_int_equal(sum(&town, "lever_units", "e"), 8);
    town_close(&town);
}

/* Vacant ordinary beds change at once, those in use when they fall vacant. */
static void
beds_in_use_change_later(void **state)
{
    static struct town town;

    (void)state;
    town_run(&town, homes,
        ROWS "    - {name: a, kind: convert, service: public_home, amount: 10, "
             "bed: nursing, " ONE_DAY "}\n");
    int before = value(&town, "nursing_places", "public_home", 3);
    int after = value(&town, "nursing_places", "public_home", MONTHS);
    assert_int_equal(sum(&town, "lever_units", "a"), 10);
    assert_true(before < 5 && after > before && after <= 10);
    for (int t = 0; t <= MONTHS; t++)
        assert_int_equal(value(&town, "places", "public_home", t), 80);
    town_close(&town);
}

/* Works take time: in between there is neither the old site nor the new. */
static void
works_take_time(void **state)
{
    static struct town town;
    int gap = 0;

    (void)state;
    town_run(&town, homes,
        ROWS "    - {name: a, kind: convert, service: public_home, homes: 3, "
             "to_service: day_care, " ONE_DAY ", lag: 120, "
             "amount: 60}\n");
    assert_int_equal(value(&town, "places", "public_home", 3), 0);
    for (int t = 3; t <= MONTHS; t++)
        gap += value(&town, "sites", "day_care", t) < 3;
    assert_true(gap >= 2);
    assert_int_equal(value(&town, "places", "day_care", MONTHS), 60);
    assert_in_range(sum(&town, "displaced", "nursing_home"), 38, 40);
    town_close(&town);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beds_are_full),
        cmocka_unit_test(closing_takes_the_idle_first),
        cmocka_unit_test(public_goes_before_private),
        cmocka_unit_test(merging_keeps_users),
        cmocka_unit_test(a_row_lets_one_site_go),
        cmocka_unit_test(nothing_is_made_up),
        cmocka_unit_test(beds_in_use_change_later),
        cmocka_unit_test(works_take_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
