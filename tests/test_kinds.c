/* Verdicts on levels over a year, the run, the worst year and a season. */
#include "tests/kinds.h"

#include "sim/date.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

static void
a_year_sums_its_months(void **state)
{
    struct planned p;
    struct target t = kinds_target("caregivers", PLAN_YEAR, PLAN_AT_LEAST);

    (void)state;
    planned_init(&p, KINDS_MONTHS, 1);
    planned_flows(&p);
    kinds_train(&p, 0, 2024, 1, 12, 90); /* 2024 does not count for 2025, ... */
    kinds_train(&p, 0, 2025, 1, 12, 10); /* ... when 3 counties train 360 */
    t.value = 360;
    /* ... but met for the first time in February 2024: 540 by then */
    kinds_comes_to(&p, t, 360, 1, date_day(2024, 2, 29));
    t.value = 361;
    kinds_comes_to(&p, t, 360, 0, date_day(2024, 2, 29));
    t.value = 300;
    kinds_train(&p, 0, 2024, 1, 12, 0);
    kinds_comes_to(&p, t, 360, 1, date_day(2025, 10, 31)); /* ten months of 30 */
    t.by = date_day(2025, 9, 30);
    kinds_comes_to(&p, t, 270, 0, date_day(2025, 10, 31)); /* a month late */
    planned_free(&p);
}

/* A year below the bound is known to be so at its end, not in its January. */
static void
at_most_a_year_is_judged_at_its_end(void **state)
{
    struct planned p;
    struct target t = kinds_target("caregivers", PLAN_YEAR, PLAN_AT_MOST);

    (void)state;
    planned_init(&p, KINDS_MONTHS, 1);
    planned_flows(&p);
    for (int y = 2021; y <= 2025; y++)
        kinds_train(&p, 0, y, 1, 12, y <= 2022 ? 20 : 5);
    t.value = 180;
    kinds_comes_to(&p, t, 180, 1, date_day(2023, 12, 31));
    t.value = 179;
    kinds_comes_to(&p, t, 180, 0, -1);
    t.by = date_day(2025, 6, 30); /* half years are compared with half years */
    kinds_comes_to(&p, t, 90, 1, date_day(2023, 6, 30));
    planned_free(&p);
}

/* 30 a month for the three counties: 1,800 in five years. */
static void
the_run_adds_up(void **state)
{
    struct planned p;
    struct target t = kinds_target("caregivers", PLAN_RUN, PLAN_AT_LEAST);

    (void)state;
    planned_init(&p, KINDS_MONTHS, 1);
    planned_flows(&p);
    for (int y = 2021; y <= 2025; y++)
        kinds_train(&p, 0, y, 1, 12, 10);
    t.value = 1800;
    kinds_comes_to(&p, t, 1800, 1, date_day(2025, 12, 31));
    t.value = 1801;
    kinds_comes_to(&p, t, 1800, 0, -1);
    t.value = 300;
    kinds_comes_to(&p, t, 1800, 1, date_day(2021, 10, 31));
    t.since = date_day(2023, 1, 1);
    kinds_comes_to(&p, t, 1080, 1, date_day(2023, 10, 31));
    t.since = 0;
    t.bound = PLAN_AT_MOST; /* of few all along, known only at the end */
    t.value = 1800;
    kinds_comes_to(&p, t, 1800, 1, date_day(2025, 12, 31));
    t.value = 1799;
    kinds_comes_to(&p, t, 1800, 0, -1);
    planned_free(&p);
}

static void
the_worst_year_decides(void **state)
{
    struct planned p;
    struct target t = kinds_target("caregivers", PLAN_WORST_YEAR, PLAN_AT_LEAST);
    const int64_t a_year[] = {2, 9, 8, 10, 3}; /* 2021 to 2025 */

    (void)state;
    planned_init(&p, KINDS_MONTHS, 1);
    planned_flows(&p);
    for (int y = 0; y < 5; y++)
        planned_at(&p, 0, 12 * y + 5, 1)->caregivers = a_year[y];
    t.value = 8;
    kinds_comes_to(&p, t, 2, 0, -1);
    t.since = date_day(2022, 1, 1);
    kinds_comes_to(&p, t, 3, 0, -1);
    t.by = date_day(2025, 11, 30); /* 2025 is not over */
    kinds_comes_to(&p, t, 8, 1, date_day(2024, 12, 31));
    t.since = date_day(2021, 2, 1); /* what is left of 2021 is no year */
    kinds_comes_to(&p, t, 8, 1, date_day(2024, 12, 31));
    t.bound = PLAN_AT_MOST;
    kinds_comes_to(&p, t, 10, 0, -1);
    t.value = 10;
    kinds_comes_to(&p, t, 10, 1, date_day(2024, 12, 31));
    planned_free(&p);
}

static void
the_worst_county_in_its_worst_year(void **state)
{
    struct planned p;
    struct target t = kinds_target("caregivers", PLAN_WORST_YEAR, PLAN_AT_LEAST);

    (void)state;
    planned_init(&p, KINDS_MONTHS, 1);
    planned_flows(&p);
    for (int y = 2021; y <= 2025; y++)
        kinds_train(&p, 0, y, 6, 6, 8);
    planned_at(&p, 0, 12 + 6, 0)->caregivers = 5; /* county 0 in 2022 */
    planned_at(&p, 0, 24 + 6, 2)->caregivers = 4; /* county 2 in 2023 */
    t.area = PLAN_EACH_COUNTY;
    t.value = 5;
    struct verdict *v = kinds_judged(&p, &t);
    kinds_expect(v, 4, 0, -1);
    assert_true(v->county[0] == 5 && v->county[1] == 8 && v->county[2] == 4);
    assert_true(v->county_met[0] == 1.0 && v->county_met[2] == 0.0);
    assert_int_equal(v->worst, 2);
    plan_free_verdicts(v, 1);
    t.area = PLAN_PREFECTURE; /* 24, 21, 20, 24, 24 */
    kinds_comes_to(&p, t, 20, 1, date_day(2025, 12, 31));
    planned_free(&p);
}

/* 1 to 12 wait in each county in the months of 2024, 101 to 112 in those of 2025. */
static void
a_season_of_a_state_is_averaged(void **state)
{
    struct planned p;
    struct target t = kinds_target("waiting_per_1000_elders", PLAN_POINT, PLAN_AT_MOST);

    (void)state;
    planned_init(&p, KINDS_MONTHS, 1);
    for (int m = 1; m <= 12; m++) {
        kinds_wait(&p, 0, 2023, m, 1000);
        kinds_wait(&p, 0, 2024, m, m);
        kinds_wait(&p, 0, 2025, m, 100 + m);
    }
    t.month_from = 6;
    t.month_to = 8;
    t.value = 107;
    kinds_comes_to(&p, t, 107, 1, date_day(2021, 8, 31)); /* nobody waits in 2021 */
    t.value = 106;
    kinds_comes_to(&p, t, 107, 0, date_day(2021, 8, 31));
    t.month_from = 11; /* November 2024 to March 2025: 11, 12, 101, 102, 103 */
    t.month_to = 3;
    t.value = 65.8;
    kinds_comes_to(&p, t, 65.8, 1, date_day(2022, 3, 31));
    t.by = date_day(2025, 3, 31);
    kinds_comes_to(&p, t, 65.8, 1, date_day(2022, 3, 31));
    t.over = PLAN_YEAR;
    kinds_comes_to(&p, t, 65.8, 1, date_day(2022, 3, 31));
    t.over = PLAN_WORST_YEAR; /* November 2023 to March 2024 is worse: 401.2 */
    t.since = date_day(2023, 1, 1);
    kinds_comes_to(&p, t, 401.2, 0, -1);
    planned_free(&p);
}

/* 10 a month, 20 from November to March. */
static void
a_season_of_a_flow_is_summed(void **state)
{
    struct planned p;
    struct target t = kinds_target("caregivers", PLAN_YEAR, PLAN_AT_LEAST);

    (void)state;
    planned_init(&p, KINDS_MONTHS, 1);
    planned_flows(&p);
    for (int k = 1; k <= KINDS_MONTHS; k++) {
        int month = 1 + (k - 1) % 12;
        planned_at(&p, 0, k, 0)->caregivers = month >= 11 || month <= 3 ? 20 : 10;
    }
    t.month_from = 11;
    t.month_to = 3;
    t.value = 100;
    kinds_comes_to(&p, t, 100, 1, date_day(2022, 3, 31));
    t.value = 60; /* reached in the third month of the first whole season */
    kinds_comes_to(&p, t, 100, 1, date_day(2022, 1, 31));
    t.bound = PLAN_AT_MOST;
    kinds_comes_to(&p, t, 100, 0, -1);
    t.over = PLAN_POINT;
    t.month_from = 4;
    t.month_to = 9;
    kinds_comes_to(&p, t, 60, 1, date_day(2021, 9, 30));
    planned_free(&p);
}

/* Flow over state: the sum of the months over the mean of them. */
static void
a_flow_over_a_state_divides_by_its_mean(void **state)
{
    struct planned p;
    struct target t =
        kinds_target("caregivers_per_1000_elders", PLAN_YEAR, PLAN_AT_LEAST);

    (void)state;
    planned_init(&p, KINDS_MONTHS, 1);
    planned_flows(&p);
    kinds_train(&p, 0, 2025, 1, 12, 10);
    for (int k = 49; k <= KINDS_MONTHS; k++)
        for (int c = 0; c < PLANNED_REGIONS; c++)
            planned_at(&p, 0, k, c)->elders = k <= 54 ? 1500 : 2500;
    t.value = 60; /* 360 over 6,000 */
    kinds_comes_to(&p, t, 60, 1, date_day(2025, 12, 31));
    t.value = 49; /* by September: 270 over (6 * 4,500 + 3 * 7,500) / 9 = 5,500 */
    kinds_comes_to(&p, t, 60, 1, date_day(2025, 9, 30));
    planned_free(&p);
}

/* Flow over flow: beds of the good kind among those opened, in the year and in all. */
static void
a_share_of_flows_divides_their_sums(void **state)
{
    struct planned p;
    struct target t = kinds_target("nursing_share", PLAN_RUN, PLAN_AT_LEAST);

    (void)state;
    planned_init(&p, KINDS_MONTHS, 1);
    planned_flows(&p);
    for (int y = 0; y < 5; y++) {
        planned_at(&p, 0, 12 * y + 4, 0)->institution_beds = 100;
        planned_at(&p, 0, 12 * y + 4, 0)->nursing_beds = 20 * y;
    }
    t.value = 40;
    kinds_comes_to(&p, t, 40, 1, date_day(2025, 4, 30));
    t.over = PLAN_YEAR;
    kinds_comes_to(&p, t, 80, 1, date_day(2023, 4, 30));
    t.over = PLAN_WORST_YEAR;
    kinds_comes_to(&p, t, 0, 0, -1);
    /* a year without any bed has no share, and is not the worst */
    planned_at(&p, 0, 4, 0)->institution_beds = 0;
    t.value = 20;
    kinds_comes_to(&p, t, 20, 1, date_day(2025, 12, 31));
    planned_free(&p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_sums_its_months),
        cmocka_unit_test(at_most_a_year_is_judged_at_its_end),
        cmocka_unit_test(the_run_adds_up),
        cmocka_unit_test(the_worst_year_decides),
        cmocka_unit_test(the_worst_county_in_its_worst_year),
        cmocka_unit_test(a_season_of_a_state_is_averaged),
        cmocka_unit_test(a_season_of_a_flow_is_summed),
        cmocka_unit_test(a_flow_over_a_state_divides_by_its_mean),
        cmocka_unit_test(a_share_of_flows_divides_their_sums),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
