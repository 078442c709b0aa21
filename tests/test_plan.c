#include "models/plan.h"

#include "models/indicator.h"
#include "sim/date.h"
#include "tests/planned.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

static struct target
target_of(
    const char *indicator, enum plan_area area, enum plan_bound bound, double value)
{
    return (struct target){.name = "t",
        .title = "A target",
        .indicator = indicator,
        .area = (int32_t)area,
        .bound = (int32_t)bound,
        .value = value,
        .by = date_day(2021, 12, 31)};
}

/* Every replicate, time and county has these beds; others may be written over. */
static void
fill(struct planned *p, int64_t beds)
{
    for (int i = 0; i < p->result.replicates; i++)
        for (int t = 0; t < p->setup.n_times; t++)
            for (int k = 0; k < PLANNED_REGIONS; k++)
                planned_at(p, i, t, k)->beds = beds;
}

static void
prefecture_compares_the_whole(void **state)
{
    struct planned p;
    struct target t =
        target_of("beds_per_1000_elders", PLAN_PREFECTURE, PLAN_AT_LEAST, 20);

    (void)state;
    planned_init(&p, 12, 1);
    planned_targets(&p, &t, 1);
    fill(&p, 0);
    for (int k = 0; k < PLANNED_REGIONS; k++)
        planned_at(&p, 0, 12, k)->beds = 10 + 10 * k; /* mean 20: just met */
    struct verdict *v = plan_verdicts(&p.plan, &p.result);
    assert_int_equal(v->time, 12);
    assert_true(v->mean == 20.0 && v->margin == 0.0 && v->probability == 1.0);
    assert_int_equal(v->verdict, PLAN_MET);
    assert_int_equal(v->worst, 0);
    assert_true(v->county[0] == 10.0 && v->county_met[0] == 0.0);
    assert_true(v->county[2] == 30.0 && v->county_met[2] == 1.0);
    assert_int_equal(v->first_met[0], date_day(2021, 12, 31));
    assert_true(isnan(v->standard_error));
    plan_free_verdicts(v, 1);
    planned_free(&p);
}

static void
counties_are_judged_by_the_worst(void **state)
{
    struct planned p;
    struct target t[] = {
        target_of("beds_per_1000_elders", PLAN_EACH_COUNTY, PLAN_AT_LEAST, 20),
        target_of("beds_per_1000_elders", PLAN_WORST_COUNTY, PLAN_AT_LEAST, 10),
        target_of("beds_per_1000_elders", PLAN_EACH_COUNTY, PLAN_AT_MOST, 25),
    };

    (void)state;
    planned_init(&p, 12, 1);
    planned_targets(&p, t, 3);
    for (int k = 0; k < PLANNED_REGIONS; k++)
        planned_at(&p, 0, 12, k)->beds = 10 + 10 * k;
    struct verdict *v = plan_verdicts(&p.plan, &p.result);
    assert_true(v[0].mean == 10.0 && v[0].margin == -10.0);
    assert_int_equal(v[0].verdict, PLAN_MISSED);
    assert_int_equal(v[0].worst, 0);
    assert_int_equal(v[1].verdict, PLAN_MET);
    assert_true(v[2].mean == 30.0 && v[2].margin == -5.0);
    assert_int_equal(v[2].verdict, PLAN_MISSED);
    assert_int_equal(v[2].worst, 2);
    plan_free_verdicts(v, 3);
    planned_free(&p);
}

static void
at_most_is_met_from_below(void **state)
{
    struct planned p;
    struct target t =
        target_of("waiting_per_1000_elders", PLAN_PREFECTURE, PLAN_AT_MOST, 3);

    (void)state;
    planned_init(&p, 12, 1);
    planned_targets(&p, &t, 1);
    planned_at(&p, 0, 12, 0)->waiting = 6; /* 2 per 1000 of all */
    struct verdict *v = plan_verdicts(&p.plan, &p.result);
    assert_true(v->mean == 2.0 && v->margin == 1.0);
    assert_int_equal(v->verdict, PLAN_MET);
    /* Nobody waits at the start: met from the first day on. */
    assert_int_equal(v->first_met[0], date_day(2021, 1, 1));
    plan_free_verdicts(v, 1);
    planned_free(&p);
}

/* The verdict for `met` replicates of 20 that meet it. */
static struct verdict
verdict_of(int met)
{
    struct planned p;
    struct target t =
        target_of("beds_per_1000_elders", PLAN_PREFECTURE, PLAN_AT_LEAST, 20);

    planned_init(&p, 12, 20);
    planned_targets(&p, &t, 1);
    fill(&p, 19);
    for (int i = 0; i < met; i++)
        for (int k = 0; k < PLANNED_REGIONS; k++)
            planned_at(&p, i, 12, k)->beds = 21;
    struct verdict *v = plan_verdicts(&p.plan, &p.result), copy = *v;
    for (int i = 0; i < 20; i++) {
        assert_int_equal(v->met[i], i < met);
        assert_int_equal(plan_holds(&p.plan, &p.result, 0, i), i < met);
        assert_int_equal(v->first_met[i], i < met ? date_day(2021, 12, 31) : -1);
    }
    plan_free_verdicts(v, 1);
    planned_free(&p);
    return copy;
}

static void
replicates_give_probability_and_error(void **state)
{
    (void)state;
    struct verdict v = verdict_of(10);
    assert_true(v.probability == 0.5 && v.mean == 20.0 && v.margin == 0.0);
    /* Ten at 19, ten at 21: squares sum to 20, so sqrt(20 / 19 / 20); 2 roundings. */
    assert_true(fabs(v.standard_error - sqrt(1.0 / 19.0)) < 1e-15);
}

static void
verdict_turns_at_one_in_twenty(void **state)
{
    (void)state;
    assert_int_equal(verdict_of(0).verdict, PLAN_MISSED);
    assert_int_equal(verdict_of(1).verdict, PLAN_MISSED);
    assert_int_equal(verdict_of(2).verdict, PLAN_TOO_CLOSE);
    assert_int_equal(verdict_of(18).verdict, PLAN_TOO_CLOSE);
    assert_int_equal(verdict_of(19).verdict, PLAN_MET);
    assert_int_equal(verdict_of(20).verdict, PLAN_MET);
}

static void
due_day_counts_to_its_end(void **state)
{
    const struct {
        int month, day, time;
    } table[] = {{1, 1, 0}, {1, 30, 0}, {1, 31, 1}, {2, 1, 1}, {2, 27, 1}, {2, 28, 2},
        {6, 15, 5}, {12, 30, 11}, {12, 31, 12}};

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct planned p;
        struct target t = target_of("caregivers", PLAN_PREFECTURE, PLAN_AT_LEAST, 1);
        planned_init(&p, 24, 1);
        planned_targets(&p, &t, 1);
        t.by = date_day(2021, table[i].month, table[i].day);
        struct verdict *v = plan_verdicts(&p.plan, &p.result);
        assert_int_equal(v->time, table[i].time);
        plan_free_verdicts(v, 1);
        planned_free(&p);
    }
}

static void
undefined_is_not_met_and_not_the_worst(void **state)
{
    struct planned p;
    struct target t[] = {
        target_of("occupancy", PLAN_EACH_COUNTY, PLAN_AT_LEAST, 40),
        target_of("occupancy", PLAN_PREFECTURE, PLAN_AT_LEAST, 40),
    };

    (void)state;
    planned_init(&p, 12, 2);
    planned_targets(&p, t, 2);
    for (int k = 1; k < PLANNED_REGIONS; k++) { /* county 0 has no institution */
        planned_at(&p, 0, 12, k)->institution_beds = 100;
        planned_at(&p, 0, 12, k)->residents = 50 - k;
    }
    struct verdict *v = plan_verdicts(&p.plan, &p.result);
    assert_true(v[0].value[0] == 48.0 && v[0].met[0] == 1);
    assert_true(isnan(v[0].value[1]) && v[0].met[1] == 0);
    assert_true(v[0].mean == 48.0 && v[0].probability == 0.5);
    assert_true(isnan(v[0].county[0]) && v[0].county_met[0] == 0.0);
    assert_int_equal(v[0].worst, 2);
    assert_true(v[1].value[0] == 48.5 && isnan(v[1].value[1]));
    plan_free_verdicts(v, 2);
    planned_free(&p);
}

static void
no_targets_no_verdicts(void **state)
{
    struct planned p;

    (void)state;
    planned_init(&p, 1, 1);
    plan_free_verdicts(plan_verdicts(&p.plan, &p.result), 0);
    planned_free(&p);
}

/* What prepare() says about `n` targets, as printed; the caller frees it. */
static char *
complaints(struct target *t, int n)
{
    struct planned p;
    struct report report = {.mistakes = 0};
    FILE *f = tmpfile();

    assert_non_null(f);
    planned_init(&p, 12, 1);
    planned_targets(&p, t, n);
    plan_model.prepare(&p.setup, NULL, &report);
    report_print(&report, f);
    rewind(f);
    char *text = planned_text(f);
    fclose(f);
    report_free(&report);
    planned_free(&p);
    return text;
}

static void
good_targets_are_silent(void **state)
{
    struct target t[2] = {target_of("caregivers", PLAN_PREFECTURE, PLAN_AT_LEAST, 1),
        target_of("occupancy", PLAN_EACH_COUNTY, PLAN_AT_MOST, 90)};

    (void)state;
    t[1].name = "t-2_B";
    char *text = complaints(t, 2);
    assert_string_equal(text, "");
    mem_free(text);
}

static void
wrong_targets_are_named(void **state)
{
    struct target base = target_of("caregivers", PLAN_PREFECTURE, PLAN_AT_LEAST, 1);
    const struct {
        const char *name, *indicator, *want;
        int year, month, day;
    } table[] = {
        {"a", "nursing_shar", "did you mean 'nursing_share'?", 2021, 12, 31},
        {"a", "happiness_of_all_people", "see `carecap list indicators`", 2021, 12, 31},
        {"a", "caregivers", "outside the run (2021-01-01 to 2021-12-31)", 2022, 1, 1},
        {"a", "caregivers", "outside the run", 2020, 12, 31},
        {"a", "caregivers", "due on 2021-06-15", 2021, 6, 15},
        {"a/b", "caregivers", "'a/b' may hold only letters", 2021, 12, 31},
        {"", "caregivers", "may hold only letters", 2021, 12, 31},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct target t[2] = {base, base};
        t[1].name = table[i].name;
        t[1].indicator = table[i].indicator;
        t[1].by = date_day(table[i].year, table[i].month, table[i].day);
        char *text = complaints(t, 2);
        assert_non_null(strstr(text, table[i].want));
        assert_non_null(strstr(text, "plan.yaml:11:"));
        assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1); /* only this */
        mem_free(text);
    }
}

static void
missing_results_are_named(void **state)
{
    struct planned p;
    struct report report = {.mistakes = 0};
    struct target t = target_of("occupancy", PLAN_PREFECTURE, PLAN_AT_LEAST, 1);
    const struct model *const alone[] = {&plan_model, NULL};
    FILE *f = tmpfile();

    (void)state;
    assert_non_null(f);
    planned_init(&p, 12, 1);
    planned_targets(&p, &t, 1);
    const struct model *const *all = p.setup.models;
    p.setup.models = alone;
    p.setup.n_models = 1;
    p.par[0] = &p.plan;
    plan_model.prepare(&p.setup, NULL, &report);
    assert_int_equal(report.mistakes, 2);
    report_print(&report, f);
    rewind(f);
    char *text = planned_text(f);
    assert_non_null(strstr(text, "needs the result 'residents'"));
    assert_non_null(strstr(text, "needs the result 'institution_beds'"));
    mem_free(text);
    fclose(f);
    p.setup.models = all;
    p.setup.n_models = PLANNED_MODELS;
    report_free(&report);
    planned_free(&p);
}

static void
late_targets_are_dropped_with_a_warning(void **state)
{
    struct planned p;
    struct report report = {.mistakes = 0};
    struct target t[3];

    (void)state;
    for (int i = 0; i < 3; i++)
        t[i] = target_of("caregivers", PLAN_PREFECTURE, PLAN_AT_LEAST, i);
    t[1].by = date_day(2022, 1, 1);
    planned_init(&p, 12, 1);
    planned_targets(&p, t, 3);
    plan_drop_late(&p.plan, date_day(2021, 12, 31), &report);
    assert_int_equal(p.plan.targets.n, 2);
    assert_true(t[0].value == 0.0 && t[1].value == 2.0);
    assert_int_equal(p.plan.targets.line[1], 12);
    assert_int_equal(report.mistakes, 0);
    assert_int_equal(report.warnings, 1);
    assert_int_equal(report.warning[0].place.line, 11);
    assert_non_null(strstr(report.warning[0].text, "due on 2022-01-01, after the end"));
    report_free(&report);
    planned_free(&p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prefecture_compares_the_whole),
        cmocka_unit_test(counties_are_judged_by_the_worst),
        cmocka_unit_test(at_most_is_met_from_below),
        cmocka_unit_test(replicates_give_probability_and_error),
        cmocka_unit_test(verdict_turns_at_one_in_twenty),
        cmocka_unit_test(due_day_counts_to_its_end),
        cmocka_unit_test(undefined_is_not_met_and_not_the_worst),
        cmocka_unit_test(no_targets_no_verdicts),
        cmocka_unit_test(good_targets_are_silent),
        cmocka_unit_test(wrong_targets_are_named),
        cmocka_unit_test(missing_results_are_named),
        cmocka_unit_test(late_targets_are_dropped_with_a_warning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
