/* Verdicts on rises and falls, and on a coin for every kind of target. */
#include "tests/kinds.h"

#include "sim/date.h"
#include "sim/rng.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

enum { REPLICATES = 20 };

static void
rises_compare_with_the_start(void **state)
{
    struct planned p;
    struct target t = kinds_target("waiting_per_1000_elders", PLAN_POINT, PLAN_RISES);

    (void)state;
    planned_init(&p, KINDS_MONTHS, 1);
    for (int k = 0; k <= KINDS_MONTHS; k++)
        for (int c = 0; c < PLANNED_REGIONS; c++)
            planned_at(&p, 0, k, c)->waiting = k < 12 ? 50 : k < 30 ? 40 : 55;
    kinds_comes_to(&p, t, 5, 1, date_day(2023, 6, 30));
    t.value = 5;
    kinds_comes_to(&p, t, 5, 1, date_day(2023, 6, 30));
    t.value = 6;
    kinds_comes_to(&p, t, 5, 0, -1);
    t.since = date_day(2022, 1, 1); /* 40 at the end of 2021 */
    kinds_comes_to(&p, t, 15, 1, date_day(2023, 6, 30));
    t.bound = PLAN_FALLS;
    t.since = 0;
    t.value = NAN;
    kinds_comes_to(&p, t, 5, 0, date_day(2021, 12, 31));
    t.by = date_day(2022, 12, 31);
    kinds_comes_to(&p, t, -10, 1, date_day(2021, 12, 31));
    t.value = 11;
    kinds_comes_to(&p, t, -10, 0, -1);
    planned_free(&p);
}

/* No change is neither a rise nor a fall. */
static void
standing_still_is_no_change(void **state)
{
    struct planned p;
    struct target t = kinds_target("waiting_per_1000_elders", PLAN_POINT, PLAN_RISES);

    (void)state;
    planned_init(&p, KINDS_MONTHS, 1);
    kinds_comes_to(&p, t, 0, 0, -1);
    t.bound = PLAN_FALLS;
    kinds_comes_to(&p, t, 0, 0, -1);
    t.value = 0;
    kinds_comes_to(&p, t, 0, 0, -1);
    planned_free(&p);
}

static void
years_are_compared_with_the_first(void **state)
{
    struct planned p;
    struct target t = kinds_target("caregivers", PLAN_YEAR, PLAN_RISES);
    const int64_t a_month[] = {10, 8, 11, 12, 11};

    (void)state;
    planned_init(&p, KINDS_MONTHS, 1);
    planned_flows(&p);
    for (int y = 0; y < 5; y++)
        kinds_train(&p, 0, 2021 + y, 1, 12, a_month[y]);
    kinds_comes_to(&p, t, 36, 1, date_day(2023, 12, 31)); /* 396 against 360 */
    t.since = date_day(2021, 6, 1); /* so 2022 is the first whole one */
    kinds_comes_to(&p, t, 108, 1, date_day(2023, 12, 31));
    t.since = 0;
    t.by = date_day(2025, 6, 30); /* against January to June 2021 */
    kinds_comes_to(&p, t, 18, 1, date_day(2023, 6, 30));
    t.by = date_day(2025, 12, 31);
    t.over = PLAN_WORST_YEAR; /* year by year: -72, 108, 36, -36 */
    kinds_comes_to(&p, t, -72, 0, -1);
    t.since = date_day(2022, 1, 1);
    t.by = date_day(2024, 12, 31);
    kinds_comes_to(&p, t, 36, 1, date_day(2024, 12, 31));
    t.bound = PLAN_FALLS;
    kinds_comes_to(&p, t, 108, 0, -1);
    planned_free(&p);
}

static void
seasons_rise_too(void **state)
{
    struct planned p;
    struct target t = kinds_target("waiting_per_1000_elders", PLAN_POINT, PLAN_RISES);

    (void)state;
    planned_init(&p, KINDS_MONTHS, 1);
    for (int y = 2021; y <= 2025; y++)
        for (int m = 1; m <= 12; m++)
            kinds_wait(&p, 0, y, m, m <= 3 || m >= 11 ? y - 2000 : 500 - y / 100);
    t.month_from = 11;
    t.month_to = 3;
    /* the first whole one: 21, 21, 22, 22, 22; that of 2025: 24, 24, 25, 25, 25 */
    kinds_comes_to(&p, t, (24 * 2 + 25 * 3) / 5.0 - (21 * 2 + 22 * 3) / 5.0, 1,
        date_day(2023, 3, 31));
    planned_free(&p);
}

/* Which of replicates 2j and 2j + 1 succeeds is a keyed coin: half of them do. */
static bool
heads(int replicate)
{
    struct rng_block b = rng_block(rng_run(17, (uint32_t)(replicate / 2)), 1, 2, 3);

    return (b.word[0] & 1) == (uint32_t)(replicate & 1);
}

/* Heads: 11 to 15 in the months of 2021 to 2025, and one fewer alone each year. Tails:
 * always 10. */
static void
toss(struct planned *p, int replicate)
{
    for (int k = 0; k < PLANNED_REGIONS; k++) {
        planned_at(p, replicate, 0, k)->waiting = 10;
        planned_at(p, replicate, 0, k)->elders_alone = 10;
    }
    for (int m = 1; m <= KINDS_MONTHS; m++)
        for (int k = 0; k < PLANNED_REGIONS; k++) {
            struct planned_out *out = planned_at(p, replicate, m, k);
            int64_t n = heads(replicate) ? 11 + (m - 1) / 12 : 10;
            out->caregivers = out->waiting = n;
            out->elders_alone = 20 - n;
        }
}

static void
a_coin_is_too_close_to_call(void **state)
{
    const struct {
        const char *indicator;
        enum plan_over over;
        enum plan_bound bound;
        double value;
        int season;
        bool tails; /* is met by them */
    } table[] = {
        {"caregivers", PLAN_POINT, PLAN_AT_LEAST, 31, 0, false},
        {"caregivers", PLAN_YEAR, PLAN_AT_LEAST, 361, 0, false},
        {"caregivers", PLAN_RUN, PLAN_AT_LEAST, 1801, 0, false},
        {"caregivers", PLAN_WORST_YEAR, PLAN_AT_LEAST, 361, 0, false},
        {"caregivers", PLAN_YEAR, PLAN_AT_LEAST, 91, 1, false},
        {"caregivers", PLAN_WORST_YEAR, PLAN_AT_LEAST, 91, 1, false},
        {"caregivers", PLAN_YEAR, PLAN_AT_MOST, 360, 0, true},
        {"caregivers", PLAN_RUN, PLAN_AT_MOST, 1800, 0, true},
        {"caregivers", PLAN_WORST_YEAR, PLAN_AT_MOST, 360, 0, true},
        {"caregivers", PLAN_YEAR, PLAN_RISES, NAN, 0, false},
        {"caregivers", PLAN_WORST_YEAR, PLAN_RISES, NAN, 0, false},
        {"waiting_per_1000_elders", PLAN_POINT, PLAN_RISES, NAN, 0, false},
        {"waiting_per_1000_elders", PLAN_POINT, PLAN_RISES, 5, 0, false},
        {"waiting_per_1000_elders", PLAN_POINT, PLAN_AT_LEAST, 15, 1, false},
        {"waiting_per_1000_elders", PLAN_POINT, PLAN_RISES, NAN, 1, false},
        {"alone_share", PLAN_POINT, PLAN_FALLS, NAN, 0, false},
        {"alone_share", PLAN_POINT, PLAN_FALLS, 0.4, 1, false},
    };
    enum { N = sizeof table / sizeof table[0] };
    struct target t[N];
    struct planned p;

    (void)state;
    planned_init(&p, KINDS_MONTHS, REPLICATES);
    planned_flows(&p);
    for (int i = 0; i < REPLICATES; i++)
        toss(&p, i);
    for (int j = 0; j < N; j++) {
        t[j] = kinds_target(table[j].indicator, table[j].over, table[j].bound);
        t[j].value = table[j].value;
        t[j].area = j % 2 == 0 ? PLAN_PREFECTURE : PLAN_EACH_COUNTY;
        if (t[j].area == PLAN_EACH_COUNTY && strcmp(t[j].indicator, "caregivers") == 0)
            t[j].value /= PLANNED_REGIONS;
        t[j].month_from = table[j].season ? 6 : 0;
        t[j].month_to = table[j].season ? 8 : 0;
    }
    planned_targets(&p, t, N);
    struct verdict *v = plan_verdicts(&p.plan, &p.result);
    for (int j = 0; j < N; j++) {
        for (int i = 0; i < REPLICATES; i++)
            if ((v[j].met[i] != 0) != (heads(i) != table[j].tails))
                fail_msg("target %d, replicate %d: %.17g", j, i, v[j].value[i]);
        assert_true(v[j].probability == 0.5);
        assert_int_equal(v[j].verdict, PLAN_TOO_CLOSE);
    }
    plan_free_verdicts(v, N);
    planned_free(&p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rises_compare_with_the_start),
        cmocka_unit_test(standing_still_is_no_change),
        cmocka_unit_test(years_are_compared_with_the_first),
        cmocka_unit_test(seasons_rise_too),
        cmocka_unit_test(a_coin_is_too_close_to_call),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
