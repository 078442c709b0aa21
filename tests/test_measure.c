#include "models/measure.h"

#include "sim/date.h"
#include "sim/mem.h"
#include "tests/planned.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

enum { TIMES = 37 };

/* Numerator k + 1, denominator 10 + k at observation k; `kinds` as "fs": flow, state.
 */
static struct measure
series(const char *kinds, double *top, double *bottom)
{
    for (int k = 0; k < TIMES; k++) {
        top[k] = k + 1;
        bottom[k] = kinds[1] == '1' ? 1 : 10 + k;
    }
    return (struct measure){.n = TIMES,
        .top = top,
        .bottom = bottom,
        .top_sums = kinds[0] == 'f',
        .bottom_sums = kinds[1] == 'f',
        .counts = kinds[1] == '1',
        .scale = 100.0};
}

/* Observations 2, 3, 4: numerators 3, 4, 5 (12), denominators 12, 13, 14 (39). */
static void
flows_are_summed_and_states_averaged(void **state)
{
    const struct {
        const char *kinds;
        double want;
    } table[] = {
        {"f1", 1200.0},
        {"s1", 400.0},
        {"ff", 1200.0 / 39.0},
        {"ss", 1200.0 / 39.0},
        {"fs", 1200.0 / 13.0},
        {"sf", 400.0 / 39.0},
    };
    double top[TIMES], bottom[TIMES];

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct measure m = series(table[i].kinds, top, bottom);
        assert_true(fabs(measure_over(&m, 2, 4) - table[i].want) < 1e-12);
        /* one observation is the indicator, to the bit */
        assert_true(measure_over(&m, 7, 7) == 100.0 * top[7] / bottom[7]);
    }
}

/* 29 of 100 in every month is 29 %, no less. */
static void
whole_shares_stay_exact(void **state)
{
    double top[TIMES], bottom[TIMES];

    (void)state;
    for (int n = 0; n <= 100; n++) {
        struct measure m = series("ss", top, bottom);
        for (int k = 0; k < TIMES; k++) {
            top[k] = n;
            bottom[k] = 100;
        }
        for (int last = 1; last < TIMES; last++)
            assert_true(measure_over(&m, 1, last) == n);
    }
}

static void
nothing_to_divide_by_is_undefined(void **state)
{
    double top[TIMES], bottom[TIMES];
    struct measure m = series("ss", top, bottom);

    (void)state;
    bottom[3] = bottom[4] = 0.0;
    assert_true(isnan(measure_over(&m, 3, 4)));
    assert_true(measure_over(&m, 3, 5) == 100.0 * (4 + 5 + 6) / 15);
    assert_true(isnan(
        measure_window(&m, (struct measure_span){6, 6, .windows = 1, .lag = 2}, 0)));
}

static void
windows_go_back_by_years(void **state)
{
    double top[TIMES], bottom[TIMES];
    struct measure m = series("f1", top, bottom);
    struct measure_span span = {.first = 25, .last = 36, .windows = 3};

    (void)state;
    /* sum of k + 1 over 12 months: 78 for 0 to 11, plus 12 * 25, 12 * 13, 12 * 1 */
    assert_true(measure_window(&m, span, 0) == 100.0 * (78 + 300));
    assert_true(measure_window(&m, span, 1) == 100.0 * (78 + 156));
    assert_true(measure_window(&m, span, 2) == 100.0 * (78 + 12));
    span.lag = 12;
    assert_true(measure_window(&m, span, 0) == 100.0 * 144);
    span.lag = 24;
    assert_true(measure_window(&m, span, 0) == 100.0 * 288);
}

static void
months_are_counted_from_the_start(void **state)
{
    struct planned p;
    struct setup *s = &p.setup;

    (void)state;
    planned_init(&p, 24, 1); /* 2021 and 2022 */
    assert_int_equal(measure_month(s, 1), 12 * 2021);
    assert_int_equal(measure_month(s, 24), 12 * 2022 + 11);
    assert_int_equal(measure_first_whole(s), 1);
    assert_int_equal(measure_last_whole(s), 24);
    assert_int_equal(measure_time(s, date_day(2021, 1, 30)), 0);
    assert_int_equal(measure_time(s, date_day(2021, 1, 31)), 1);
    assert_int_equal(measure_time(s, date_day(2022, 12, 31)), 24);
    assert_int_equal(measure_time(s, date_day(2030, 1, 1)), 24);
    assert_int_equal(measure_time(s, date_day(2000, 1, 1)), 0);
    s->first_day += 14; /* from 15 January: the first month is not whole */
    s->last_day -= 3;
    assert_int_equal(measure_month(s, 1), 12 * 2021);
    assert_int_equal(measure_first_whole(s), 2);
    assert_int_equal(measure_last_whole(s), 23);
    planned_free(&p);
}

static void
series_are_read_from_results(void **state)
{
    struct planned p;
    struct measure m;
    const struct indicator *i = indicator_find("beds_per_1000_elders");

    (void)state;
    planned_init(&p, 3, 2);
    planned_at(&p, 1, 2, 0)->beds = 7;
    planned_at(&p, 1, 2, 2)->beds = 8;
    measure_init(&m, i, &p.setup);
    assert_false(m.top_sums || m.bottom_sums || m.counts);
    assert_false(measure_sums(i, &p.setup));
    measure_read(&m, i, &p.result, (struct indicator_part){1, -1, -1});
    assert_true(m.top[2] == 15.0 && m.top[1] == 0.0 && m.bottom[2] == 3000.0);
    measure_read(&m, i, &p.result, (struct indicator_part){1, 2, -1});
    assert_true(m.top[2] == 8.0 && m.bottom[3] == 1000.0);
    measure_free(&m);
    planned_flows(&p);
    i = indicator_find("caregivers");
    measure_init(&m, i, &p.setup);
    assert_true(m.top_sums && m.counts && measure_sums(i, &p.setup));
    measure_read(&m, i, &p.result, (struct indicator_part){0, 0, -1});
    assert_true(m.bottom[0] == 1.0 && m.bottom[3] == 1.0);
    measure_free(&m);
    planned_free(&p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flows_are_summed_and_states_averaged),
        cmocka_unit_test(whole_shares_stay_exact),
        cmocka_unit_test(nothing_to_divide_by_is_undefined),
        cmocka_unit_test(windows_go_back_by_years),
        cmocka_unit_test(months_are_counted_from_the_start),
        cmocka_unit_test(series_are_read_from_results),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
