/*
 * Ghost places: vacant while somebody waits. For each cause a county in which it is the
 * only one.
 */
#include "tests/ward.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

/* Vacant places by cause. */
struct expected {
    int64_t staff, type, price, lag;
};

static void
open_county(struct ward *w, const char *sites, const char *more, int caregivers)
{
    char delta[2048], csv[1024], set[64];
    const char *const sets[] = {set};

    snprintf(set, sizeof set, "workforce.caregivers=%d", caregivers);
    snprintf(csv, sizeof csv, WARD_SITES "%s", sites);
    snprintf(delta, sizeof delta,
        WARD_DELTA
        "    - {name: home, kind: residence, need_above: -1, willing_rural: 0.999999, "
        "willing_urban: 0.999999, odds_disabled: 1000, application: 0, patience: "
        "1000000, rule: first_come, discharge: 2, clients: 5, %s}\n"
        "    - {name: dear, kind: residence, serves: home, price: 100}\n",
        more);
    ward_write(w, csv);
    hall_people(&w->scratch, 180, HALL_DEATH);
    ward_open(w, delta, sets, 1, 0);
}

/* What a month's end would say, at any time. */
static const struct service_out *
look(struct ward *w)
{
    static struct service_out out;

    ward_month(w, ward_service(w, "home"), &out);
    return &out;
}

static void
check(struct ward *w, struct expected x)
{
    const struct service_out *o = look(w);

    assert_int_equal(o->ghost_staff, x.staff);
    assert_int_equal(o->ghost_type, x.type);
    assert_int_equal(o->ghost_price, x.price);
    assert_int_equal(o->ghost_lag, x.lag);
    assert_true(x.staff + x.type + x.price + x.lag <= o->vacant);
    assert_true(x.staff + x.type + x.price + x.lag <= o->waiting_list);
    assert_int_equal(ward_wrong(w), 0);
}

/* Three caregivers look after 15 of 40; where nobody waits no place is a ghost. */
static void
nobody_to_staff_it(void **state)
{
    struct ward w;

    (void)state;
    open_county(&w, "a,999001,A,A,home,1,40,0,0,0\n", "staff: caregiver, round: 0", 3);
    ward_run(&w, 30 * MINUTES_A_DAY);
    assert_int_equal(look(&w)->users, 15);
    check(&w, (struct expected){.staff = 25});
    ward_close(&w);
    open_county(
        &w, "a,999001,A,A,home,1,400,0,0,0\n", "staff: caregiver, round: 0", 900);
    ward_run(&w, 30 * MINUTES_A_DAY);
    assert_true(look(&w)->vacant > 200);
    check(&w, (struct expected){.staff = 0});
    ward_close(&w);
}

/* Everybody needs an ordinary bed; nursing beds are free. */
static void
another_type_is_wanted(void **state)
{
    struct ward w;

    (void)state;
    open_county(&w, "a,999001,A,A,home,1,10,30,0,0\n", "round: 0", 900);
    ward_run(&w, 30 * MINUTES_A_DAY);
    assert_int_equal(look(&w)->vacant, 30);
    check(&w, (struct expected){.type = 30});
    ward_close(&w);
}

/* The free places are dear: only the destitute, who are paid for, could have them, and
 * none of them waits. */
static void
nobody_can_pay(void **state)
{
    struct ward w;

    (void)state;
    open_county(&w, "a,999001,A,A,home,1,10,0,0,0\nb,999001,B,B,dear,1,80,0,0,0\n",
        "round: 0", 900);
    ward_run(&w, 30 * MINUTES_A_DAY);
    const struct service_out *o = look(&w);
    assert_true(o->vacant > 30 && o->waiting_list > o->vacant);
    assert_int_equal(o->waiting_by_class[CLASS_DESTITUTE], 0);
    check(&w, (struct expected){.price = o->vacant});
    ward_close(&w);
}

/* Before the first round, after 20 days, everybody waits beside empty beds. */
static void
the_next_round_is_awaited(void **state)
{
    struct ward w;

    (void)state;
    open_county(&w, "a,999001,A,A,home,1,40,0,0,0\n", "round: 20", 900);
    ward_run(&w, 20 * MINUTES_A_DAY);
    check(&w, (struct expected){.lag = 40});
    ward_run(&w, 20 * MINUTES_A_DAY + 1);
    assert_int_equal(look(&w)->users, 40);
    check(&w, (struct expected){.lag = 0});
    ward_close(&w);
}

/* Before the first round, with staff for 15 of 40: these wait for the round, the others
 * for staff. */
static void
causes_are_told_apart(void **state)
{
    struct ward w;

    (void)state;
    open_county(&w, "a,999001,A,A,home,1,40,0,0,0\n", "staff: caregiver, round: 20", 3);
    ward_run(&w, 20 * MINUTES_A_DAY);
    check(&w, (struct expected){.staff = 25, .lag = 15});
    ward_close(&w);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_to_staff_it),
        cmocka_unit_test(another_type_is_wanted),
        cmocka_unit_test(nobody_can_pay),
        cmocka_unit_test(the_next_round_is_awaited),
        cmocka_unit_test(causes_are_told_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
