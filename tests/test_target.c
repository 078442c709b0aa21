#include "models/target.h"

#include "sim/date.h"
#include "sim/record.h"
#include "tests/kinds.h"
#include "tests/scratch.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

#define WAITING "waiting_per_1000_elders"

/* What prepare() says about one target of a run that begins `late` days after the start
 * of 2021, as printed; the caller frees it. */
static char *
complaints(struct target t, int32_t late)
{
    struct planned p;
    struct report report = {.mistakes = 0};
    FILE *f = tmpfile();

    assert_non_null(f);
    planned_init(&p, KINDS_MONTHS, 1);
    planned_flows(&p);
    p.setup.first_day += late;
    for (int k = 1; k <= KINDS_MONTHS; k++)
        p.setup.time[k] -= late * MINUTES_A_DAY;
    planned_targets(&p, &t, 1);
    plan_model.prepare(&p.setup, NULL, &report);
    report_print(&report, f);
    rewind(f);
    char *text = planned_text(f);
    fclose(f);
    report_free(&report);
    planned_free(&p);
    return text;
}

/* One row of input; dates as year, month, day, 0 when absent. */
struct row {
    const char *indicator;
    enum plan_over over;
    enum plan_bound bound;
    double value;
    int from, to; /* season */
    int since[3], by[3];
    const char *item, *want; /* NULL: nothing to complain of */
};

static char *
complaints_about(const struct row *row, int32_t late)
{
    struct target t = kinds_target(row->indicator, row->over, row->bound);

    t.value = row->value;
    t.month_from = row->from;
    t.month_to = row->to;
    t.item = row->item;
    if (row->since[0] != 0)
        t.since = date_day(row->since[0], row->since[1], row->since[2]);
    if (row->by[0] != 0)
        t.by = date_day(row->by[0], row->by[1], row->by[2]);
    return complaints(t, late);
}

/* The whole complaint is about line 10 and holds what is wanted, once. */
static void
check_rows(const struct row *row, size_t n, int32_t late)
{
    for (size_t i = 0; i < n; i++) {
        char *text = complaints_about(&row[i], late);
        if (row[i].want == NULL ? text[0] != '\0' : strstr(text, row[i].want) == NULL)
            fail_msg("row %zu: %s", i, text);
        if (row[i].want != NULL) {
            assert_non_null(strstr(text, "plan.yaml:10:"));
            assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
        }
        mem_free(text);
    }
}

static void
what_goes_together_is_silent(void **state)
{
    static const struct row table[] = {
        {"caregivers", PLAN_POINT, PLAN_AT_LEAST, 1, .item = ""},
        {"caregivers", PLAN_YEAR, PLAN_AT_MOST, 1, .want = NULL},
        {"caregivers", PLAN_YEAR, PLAN_AT_MOST, 1, .by = {2021, 1, 31}},
        {"caregivers", PLAN_RUN, PLAN_AT_LEAST, 1, .since = {2025, 12, 1}},
        {"caregivers", PLAN_WORST_YEAR, PLAN_AT_LEAST, 1, .since = {2025, 1, 1}},
        {"caregivers", PLAN_WORST_YEAR, PLAN_RISES, NAN, .since = {2024, 1, 1}},
        {"caregivers", PLAN_YEAR, PLAN_FALLS, NAN, .since = {2021, 2, 1}},
        {"caregivers", PLAN_POINT, PLAN_FALLS, NAN, .since = {2021, 2, 1}},
        {WAITING, PLAN_POINT, PLAN_RISES, NAN, .want = NULL},
        {WAITING, PLAN_POINT, PLAN_FALLS, 3, .since = {2025, 12, 1}},
        {WAITING, PLAN_POINT, PLAN_AT_MOST, 3, 11, 3, .by = {2022, 3, 31}},
        {WAITING, PLAN_WORST_YEAR, PLAN_AT_MOST, 3, 6, 8, .by = {2021, 8, 31}},
        {WAITING, PLAN_YEAR, PLAN_RISES, NAN, 6, 8, .by = {2022, 8, 31}},
    };

    (void)state;
    check_rows(table, sizeof table / sizeof table[0], 0);
}

static void
what_does_not_is_said(void **state)
{
    static const struct row table[] = {
        {"caregivers", PLAN_POINT, PLAN_AT_MOST, NAN,
            .want = "target 't' has no value; only rises and falls may leave it out"},
        {WAITING, PLAN_YEAR, PLAN_AT_MOST, 1,
            .want = "takes '" WAITING "' over year; a state has no sum; use over: "
                    "point"},
        {WAITING, PLAN_RUN, PLAN_AT_MOST, 1, .want = "over run; a state has no sum"},
        {WAITING, PLAN_WORST_YEAR, PLAN_AT_MOST, 1, .want = "over worst_year; a state"},
        {WAITING, PLAN_POINT, PLAN_AT_MOST, 1, .from = 3,
            .want = "'t' gives month_from alone; a season has month_from and month_to"},
        {WAITING, PLAN_POINT, PLAN_AT_MOST, 1, .to = 3, .want = "gives month_to alone"},
        {"caregivers", PLAN_RUN, PLAN_AT_MOST, 1, 2, 3,
            .want = "asks for a season over the run; use over: year or worst_year"},
        {"caregivers", PLAN_RUN, PLAN_RISES, NAN,
            .want = "has nothing earlier to rise"},
        {"caregivers", PLAN_YEAR, PLAN_AT_LEAST, 1, .since = {2022, 1, 1},
            .want = "says since, which counts only for rises and falls and over run or "
                    "worst_year"},
        {"caregivers", PLAN_POINT, PLAN_AT_LEAST, 1, .item = "nursery",
            .want = "indicator 'caregivers' has no item 'nursery'"},
        {"caregivers", PLAN_POINT, PLAN_RISES, NAN,
            .want = "is the total of a month and has none at the start"},
    };

    (void)state;
    check_rows(table, sizeof table / sizeof table[0], 0);
}

static void
months_outside_the_run_are_said(void **state)
{
    static const struct row table[] = {
        {WAITING, PLAN_POINT, PLAN_RISES, NAN, .since = {2020, 12, 31},
            .want = "counts since 2020-12-31, before the run starts on 2021-01-01"},
        {WAITING, PLAN_POINT, PLAN_RISES, NAN, .since = {2026, 1, 1},
            .want = "counts since 2026-01-01, after it is due on 2025-12-31"},
        {WAITING, PLAN_POINT, PLAN_RISES, NAN, .since = {2022, 5, 5},
            .want = "since 2022-05-05: from the last month's end before that day"},
        {"caregivers", PLAN_WORST_YEAR, PLAN_AT_LEAST, 1, .by = {2021, 11, 30},
            .want = "no whole year lies in the run before it is due"},
        {"caregivers", PLAN_WORST_YEAR, PLAN_AT_LEAST, 1, .since = {2025, 2, 1},
            .want = "no whole year lies in the run"},
        {"caregivers", PLAN_WORST_YEAR, PLAN_RISES, NAN, .since = {2025, 1, 1},
            .want = "no two whole years in a row"},
        {WAITING, PLAN_WORST_YEAR, PLAN_AT_MOST, 1, 11, 3, .by = {2021, 12, 31},
            .want = "no whole season lies in the run"},
        {WAITING, PLAN_POINT, PLAN_AT_MOST, 1, 6, 8, .by = {2025, 7, 31},
            .want = "its season does not end in the run before it is due"},
        {WAITING, PLAN_POINT, PLAN_AT_MOST, 1, 11, 3, .by = {2021, 12, 31},
            .want = "the run begins after its months do"},
        {"caregivers", PLAN_YEAR, PLAN_RISES, NAN, .by = {2021, 12, 31},
            .want = "no earlier year in the run has the same months to compare with"},
        {WAITING, PLAN_POINT, PLAN_RISES, NAN, 11, 3, .by = {2022, 12, 31},
            .want = "no earlier year in the run"},
    };
    /* From 15 January 2021 on that year is not whole. */
    static const struct row late[] = {
        {"caregivers", PLAN_YEAR, PLAN_AT_LEAST, 1, .by = {2021, 12, 31},
            .want = "the run begins after its months do"},
        {"caregivers", PLAN_WORST_YEAR, PLAN_AT_LEAST, 1, .by = {2021, 12, 31},
            .want = "no whole year lies in the run"},
        {"caregivers", PLAN_YEAR, PLAN_RISES, NAN, .by = {2022, 12, 31},
            .want = "no earlier year in the run"},
    };

    (void)state;
    check_rows(table, sizeof table / sizeof table[0], 0);
    check_rows(late, sizeof late / sizeof late[0], 14);
}

/* Two things are said of a due date that is also no month's end. */
static void
no_month_at_all_is_said(void **state)
{
    const struct row row[] = {
        {"caregivers", PLAN_RUN, PLAN_AT_LEAST, 1, .since = {2025, 6, 1},
            .by = {2025, 6, 15}, .want = "no month ends between since and the day"},
        {"caregivers", PLAN_YEAR, PLAN_AT_LEAST, 1, .by = {2025, 1, 15},
            .want = "no month of its year ends in the run before it is due"},
    };

    (void)state;
    for (int i = 0; i < 2; i++) {
        char *text = complaints_about(&row[i], 0);
        assert_non_null(strstr(text, row[i].want));
        assert_non_null(strstr(text, "the last month's end before that day decides"));
        mem_free(text);
    }
}

/* The rows of a plan as they are read from a file; the report's text. */
static const char *
read_as(struct scratch *s, const char *text, struct rows *rows)
{
    const struct tree *top = tree_read(&s->in, "a.yaml", text, strlen(text), true);

    struct record record;

    assert_non_null(top);
    record_init(&record, &s->in, field_find(plan_model.par, "targets"), 1);
    record_list(&record, top);
    record_done(&record, rows);
    return scratch_report(s);
}

static void
columns_are_read(void **state)
{
    struct scratch s;
    struct rows rows;

    (void)state;
    scratch_open(&s);
    const char *said = read_as(&s,
        "- {name: a, indicator: occupancy, by: 2025-12-31, bound: rises}\n"
        "- {name: b, indicator: occupancy, by: 2025-12-31, bound: at_most, value: 3,\n"
        "   over: worst_year, month_from: 11, month_to: 3, since: 2022-01-01,\n"
        "   item: nursery, area: each_county}\n",
        &rows);
    assert_string_equal(said, "");
    const struct target *t = rows.row;
    assert_true(isnan(t[0].value) && t[0].since == 0 && t[0].month_from == 0);
    assert_int_equal(t[0].over, PLAN_POINT);
    assert_int_equal(t[0].bound, PLAN_RISES);
    assert_int_equal(target_item(NULL, &t[0]), -1); /* none is named */
    assert_true(t[1].value == 3.0);
    assert_int_equal(t[1].over, PLAN_WORST_YEAR);
    assert_int_equal(t[1].month_from, 11);
    assert_int_equal(t[1].month_to, 3);
    assert_int_equal(t[1].since, date_day(2022, 1, 1));
    assert_string_equal(t[1].item, "nursery");
    assert_non_null(strstr(
        read_as(&s, "- {name: a, indicator: b, by: 2025-12-31, month_to: 13}\n", &rows),
        "'13' is out of range"));
    assert_non_null(strstr(
        read_as(&s, "- {name: a, indicator: b, by: 2025-12-31, over: yer}\n", &rows),
        "did you mean 'year'?"));
    scratch_close(&s);
}

static void
margins_point_to_the_good_side(void **state)
{
    const struct {
        enum plan_bound bound;
        double bound_value, value, margin;
        bool holds;
    } table[] = {
        {PLAN_AT_LEAST, 5, 5, 0, true},
        {PLAN_AT_LEAST, 5, 4, -1, false},
        {PLAN_AT_MOST, 5, 5, 0, true},
        {PLAN_AT_MOST, 5, 6, -1, false},
        {PLAN_RISES, 5, 5, 0, true},
        {PLAN_RISES, 5, 4, -1, false},
        {PLAN_RISES, 0, 0, 0, false},
        {PLAN_RISES, NAN, 0, 0, false},
        {PLAN_RISES, NAN, 0.5, 0.5, true},
        {PLAN_FALLS, 5, -5, 0, true},
        {PLAN_FALLS, 5, 7, -12, false},
        {PLAN_FALLS, NAN, 0, 0, false},
        {PLAN_FALLS, NAN, -0.5, 0.5, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct target t = kinds_target("caregivers", PLAN_POINT, table[i].bound);
        t.value = table[i].bound_value;
        assert_true(target_margin(&t, table[i].value) == table[i].margin);
        assert_int_equal(target_holds(&t, table[i].value), table[i].holds);
        assert_false(target_holds(&t, NAN));
        double worse = table[i].bound == PLAN_AT_LEAST || table[i].bound == PLAN_RISES
                           ? table[i].value - 1
                           : table[i].value + 1;
        assert_true(target_worse(&t, table[i].value, worse) == worse);
        assert_true(target_worse(&t, worse, table[i].value) == worse);
        assert_true(target_worse(&t, NAN, worse) == worse);
        assert_true(target_worse(&t, worse, NAN) == worse);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_together_is_silent),
        cmocka_unit_test(what_does_not_is_said),
        cmocka_unit_test(months_outside_the_run_are_said),
        cmocka_unit_test(no_month_at_all_is_said),
        cmocka_unit_test(columns_are_read),
        cmocka_unit_test(margins_point_to_the_good_side),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
