/* Levers that are in force for a time: money to the fen, steps, ends, what differs. */
#include "models/lever_terms.h"

#include "models/workforce.h"
#include "tests/town.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

enum { MONTHS = 24, FEN = 100 };

#define ROWS "lever:\n  levers:\n"

static double
users(const struct town *town, const char *service, int time)
{
    return town_value(town, "users", service, -1, time, -1);
}

static double
effect(const struct town *town, const char *lever, int time)
{
    return town_value(town, "lever_effect", lever, -1, time, -1);
}

static double
spent(const struct town *town, int purpose, int time)
{
    return town_value(town, "spent", NULL, purpose, time, -1);
}

static void
same_number(double a, double b)
{
    if (!(fabs(a - b) <= 1e-6 * (1.0 + fabs(b))))
        fail_msg("%.10g, expected %.10g", a, b);
}

/* 500 CNY off a fee of 600 for every user and month, and nothing before and after; the
 * ledger has paid the same, to the fen. */
static void
subsidy_to_the_fen(void **state)
{
    static struct town town;

    (void)state;
    town_run(&town, NULL,
        ROWS "    - {name: a, kind: subsidise, service: home_care, value: 500, "
             "from: 2021-04-01, to: 2022-03-31}\n");
    for (int t = 1; t <= MONTHS; t++) {
        double cny = t >= 4 && t <= 15 ? 500.0 * users(&town, "home_care", t) : 0.0;
        assert_true(t < 4 || users(&town, "home_care", t) > 50.0);
        same_number(effect(&town, "a", t), cny);
        same_number(town_value(&town, "lever_cost", "a", -1, t, -1), cny);
        same_number(spent(&town, PAY_SERVICE, t), cny * FEN);
    }
    town_close(&town);
}

/* A subsidy above the fee pays the fee; only those whom it is for. */
static void
subsidy_has_bounds(void **state)
{
    static struct town town;

    (void)state;
    town_run(&town, NULL,
        ROWS "    - {name: a, kind: subsidise, service: home_care, value: 5000, "
             "grade_from: 3}\n");
    for (int t = 1; t <= MONTHS; t++) {
        double n = 0.0;
        for (int g = 3; g < GRADES; g++)
            n += town_value(&town, "users_by_grade", "home_care", g, t, -1);
        assert_true(n > 5.0);
        same_number(effect(&town, "a", t), 600.0 * n);
    }
    town_close(&town);
}

/* Insurance pays 70 % of the fee from grade 2 on, at all homes, which it buys from what
 * the ledger holds. */
static void
insurance_pays_its_share(void **state)
{
    static struct town town;

    (void)state;
    town_run(&town,
        "ledger: {insurance_may_owe: 1, benefit_cap: 100000}\n"
        "service:\n  services:\n"
        "    - {name: public_home, price: [1200, 1200, 1200]}\n"
        "    - {name: private_home, price: [3000, 3000, 3000]}\n",
        ROWS "    - {name: a, kind: insure, service: nursing_home, value: 0.7, "
             "grade_from: 2}\n");
    for (int t = 1; t <= MONTHS; t++) {
        double fees = 0.0;
        for (int g = 2; g < GRADES; g++)
            fees +=
                1200.0 * town_value(&town, "users_by_grade", "public_home", g, t, -1) +
                3000.0 * town_value(&town, "users_by_grade", "private_home", g, t, -1);
        assert_true(fees > 10000.0);
        same_number(effect(&town, "a", t), 0.7 * fees);
        same_number(spent(&town, PAY_BENEFIT, t), 0.7 * fees * FEN);
    }
    town_close(&town);
}

/* Over 365 days in 12 steps of 30.4 days: after d days the (1 + d / 30.4)th is taken.
 */
static void
ramp_has_steps(void **state)
{
    static struct town town;

    (void)state;
    town_run(&town, NULL,
        ROWS "    - {name: a, kind: subsidise, service: home_care, value: 240, "
             "ramp: 365}\n");
    for (int t = 1; t <= MONTHS; t++) {
        double days = town.hall.setup.time[t] / 1440.0;
        double step = fmin(12.0, 1.0 + floor(days / (365.0 / 12.0) - 1e-9));
        same_number(effect(&town, "a", t), step * 20.0 * users(&town, "home_care", t));
    }
    town_close(&town);
}

/* Whether two runs differ in nothing but the rows of levers. */
static bool
same(const struct town *a, const struct town *b)
{
    bool same = true;

    for (int m = 0; m < MODELS_COUNT; m++)
        for (int t = 0; t <= MONTHS && m != MODELS_LEVER; t++)
            for (int i = 0; i < TOWN_COUNTIES; i++)
                same = same && memcmp(result_at(&a->result, m, 0, t, i),
                                   result_at(&b->result, m, 0, t, i),
                                   setup_out_bytes(&a->hall.setup, m)) == 0;
    return same;
}

/* Levers in force together add up, whatever their order; the end of one leaves the
 * other in force. */
static void
levers_combine(void **state)
{
    static struct town one, two, twin;

    (void)state;
    town_run(&one, NULL,
        ROWS "    - {name: a, kind: subsidise, service: home_care, value: 500}\n"
             "    - {name: b, kind: price, service: canteen, value: 0.25}\n");
    town_run(&two, NULL,
        ROWS "    - {name: a, kind: subsidise, service: home_care, value: 200}\n"
             "    - {name: b, kind: price, service: canteen, value: 0.5}\n"
             "    - {name: c, kind: subsidise, service: home_care, value: 300}\n"
             "    - {name: d, kind: price, service: canteen, value: 0.5}\n");
    town_run(&twin, NULL,
        ROWS "    - {name: a, kind: subsidise, service: home_care, value: 500}\n"
             "    - {name: b, kind: price, service: canteen, value: 0.5}\n");
    assert_true(same(&one, &two));
    assert_false(same(&one, &twin));
    town_close(&two);
    town_run(&two, NULL,
        ROWS "    - {name: a, kind: subsidise, service: home_care, value: 100, "
             "to: 2021-12-31}\n"
             "    - {name: b, kind: subsidise, service: home_care, value: 200}\n");
    for (int t = 1; t <= MONTHS; t++) {
        double n = users(&two, "home_care", t);
        same_number(effect(&two, "a", t), t <= 12 ? 100.0 * n : 0.0);
        same_number(effect(&two, "b", t), 200.0 * n);
    }
    town_close(&one);
    town_close(&two);
    town_close(&twin);
}

/* The wage stops some quits: as many as the rates expect, to within 4 standard errors
 * of the two Poisson counts. Half as many would not pass. */
static void
wage_stops_quits(void **state)
{
    static struct town without, with;
    struct town_check quit = {"quit", NULL, STAFF_CAREGIVER, TOWN_MORE, 0};
    struct town_check less = {"lever_effect", "a", -1, TOWN_MORE, 0};
    const char *given = "workforce: {caregivers: 8000, quits: 0.5, replaced: 1}\n";

    (void)state;
    town_run(&without, given, NULL);
    town_run(&with, given,
        ROWS "    - {name: a, kind: wage, staff: caregiver, value: 1.5}\n");
    double a = town_measure(&without, &quit), b = town_measure(&with, &quit);
    double expected = town_measure(&with, &less);
    assert_true(fabs(a - b - expected) < 4.0 * sqrt(a + b));
    assert_false(fabs(a - b - 0.5 * expected) < 4.0 * sqrt(a + b));
    town_close(&without);
    town_close(&with);
}

/* All who are in homes that were for the destitute only, and are not destitute, are
 * there because of the lever; so are applicants who can pay nothing else. */
static void
openings_count_people(void **state)
{
    static struct town town;

    (void)state;
    town_run(&town,
        "service:\n  services:\n"
        "    - {name: public_home, income_to: destitute}\n"
        "    - {name: private_home, price: [90000, 90000, 90000]}\n"
        "    - {name: nursing_home, price: [90000, 90000, 90000]}\n",
        ROWS "    - {name: a, kind: open, service: public_home, value: 1, "
             "from: 2021-03-01}\n");
    for (int t = 3; t <= MONTHS; t++) {
        double people = 0.0;
        for (int k = CLASS_LOW_INCOME; k < CLASSES; k++)
            people += town_value(&town, "waiting_by_class", "nursing_home", k, t, -1);
        assert_true(t < 12 || people > 10.0);
        assert_true(effect(&town, "a", t) >= people);
        assert_true(effect(&town, "a", t) <= people + 80.0); /* in beds, or to apply */
    }
    assert_true(effect(&town, "a", 2) < 0.5);
    town_close(&town);
}

/* The same rule again moves nobody; the opposite order moves almost all in line. */
static void
order_is_counted(void **state)
{
    static struct town same_rule, other;

    (void)state;
    town_run(&same_rule, NULL,
        ROWS
        "    - {name: a, kind: priority, service: nursing_home, rule: priority}\n");
    town_run(&other, NULL,
        ROWS "    - {name: a, kind: priority, service: nursing_home, "
             "rule: first_come}\n");
    for (int t = 3; t <= MONTHS; t++) {
        double line = town_value(&other, "waiting_list", "nursing_home", -1, t, -1);
        assert_true(effect(&same_rule, "a", t) < 0.5);
        assert_true(effect(&other, "a", t) <= line);
        assert_true(effect(&other, "a", t) > 0.3 * line);
    }
    town_close(&same_rule);
    town_close(&other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(subsidy_to_the_fen),
        cmocka_unit_test(subsidy_has_bounds),
        cmocka_unit_test(insurance_pays_its_share),
        cmocka_unit_test(ramp_has_steps),
        cmocka_unit_test(levers_combine),
        cmocka_unit_test(wage_stops_quits),
        cmocka_unit_test(openings_count_people),
        cmocka_unit_test(order_is_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
