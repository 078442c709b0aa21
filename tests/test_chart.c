#include "output/chart.h"

#include "models/plan.h"
#include "sim/date.h"
#include "tests/finished.h"
#include "tests/planned.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

static char *
script_of(struct finished *f, int n_targets, bool zh)
{
    struct chart chart;
    FILE *out = tmpfile();

    assert_non_null(out);
    chart_init(&chart, &f->reader, &f->beds, f->target, n_targets);
    chart.zh = zh;
    chart_script(&chart, "x-beds", out);
    chart_free(&chart);
    rewind(out);
    char *text = planned_text(out);
    fclose(out);
    return text;
}

static int
times(const char *text, const char *word)
{
    int n = 0;

    for (; (text = strstr(text, word)) != NULL; text++)
        n++;
    return n;
}

static void
every_county_has_a_panel(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 10);
    char *text = script_of(&f, FINISHED_TARGETS, false);
    assert_int_equal(times(text, "\nplot "), 1 + FINISHED_COUNTIES);
    for (int k = 0; k < FINISHED_COUNTIES; k++) {
        char label[64];
        snprintf(label, sizeof label, "set label '%s' at", f.reader.county[k].name);
        assert_int_equal(times(text, label), 1);
    }
    mem_free(text);
    text = script_of(&f, FINISHED_TARGETS, true);
    assert_non_null(strstr(text, "'漾濞彝族自治县'"));
    assert_non_null(strstr(text, "'每千名老年人养老床位'"));
    assert_null(strstr(text, "Yangbi"));
    mem_free(text);
    finished_free(&f);
}

static void
targets_are_lines_to_the_due_date(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 10);
    f.target[1] = f.target[0]; /* stages: 30 by 2023, then 40 by 2025 */
    f.target[1].value = 30.0;
    f.target[1].due = date_day(2023, 12, 31);
    char *text = script_of(&f, FINISHED_TARGETS, false);
    assert_non_null(strstr(text, "$line << END\n"
                                 "2024.000000,40\n2026.000000,40\n\n"
                                 "2021.000000,30\n2024.000000,30\n\nEND\n"));
    assert_non_null(strstr(text, "$due << END\n2026.000000,40\n2024.000000,30\nEND\n"));
    assert_int_equal(times(text, "'≥ 40'"), 1);
    mem_free(text);
    finished_free(&f);
}

static void
county_targets_stand_only_in_panels(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 10);
    f.target[0].area = plan_area_names[PLAN_EACH_COUNTY];
    char *text = script_of(&f, 1, false);
    assert_int_equal(times(text, "'≥ 40'"), 0);
    assert_int_equal(times(text, "    $due using"), FINISHED_COUNTIES);
    assert_int_equal(times(text, "$due using"), FINISHED_COUNTIES);
    mem_free(text);
    finished_free(&f);
}

/* A rise or a yearly sum is no height of the curve: it is said, not drawn. */
static void
other_kinds_are_put_in_words(void **state)
{
    struct finished f;
    struct chart chart;

    (void)state;
    finished_init(&f, 10);
    f.target[1] = f.target[0];
    f.target[0].bound = "rises";
    f.target[0].value = 500.0;
    f.target[0].due = date_day(2024, 12, 31);
    char *text = script_of(&f, 2, false);
    assert_int_equal(times(text, "'≥ 40'"), 1);
    assert_int_equal(times(text, "rises"), 1);
    assert_non_null(
        strstr(text, "$line << END\n2021.000000,40\n2026.000000,40\n\nEND"));
    assert_non_null(strstr(text, "'Also asked: rises by at least 500 from the start to "
                                 "the end of 2024' at screen"));
    mem_free(text);
    text = script_of(&f, 2, true);
    assert_non_null(strstr(text, "另有要求：从期初到2024年底上升不少于500"));
    mem_free(text);
    chart_init(&chart, &f.reader, &f.beds, f.target, 2);
    assert_true(chart.top < 100.0);
    chart_free(&chart);
    finished_free(&f);
}

static void
without_targets_or_replicates_nothing_empty_is_drawn(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 1);
    char *text = script_of(&f, 0, false);
    assert_int_equal(times(text, "$due using"), 0);
    assert_int_equal(times(text, "filledcurves"), 0);
    mem_free(text);
    finished_free(&f);
}

/* Text goes into single quotes or nowhere: no line of it can be a command. */
static void
text_of_a_scenario_runs_nothing(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 10);
    f.reader.title = "`touch a`' \nsystem 'touch b'\n$x << E";
    f.reader.county[0].name = "\"`x`\"\nEND\nsystem 'y'";
    char *text = script_of(&f, FINISHED_TARGETS, false);
    assert_non_null(
        strstr(text, "set label '`touch a`’  system ’touch b’ $x << E' at"));
    assert_non_null(strstr(text, "set label '\"`x`\" END system ’y’' at"));
    assert_null(strstr(text, "\nsystem"));
    assert_null(strstr(text, "$x << E\n"));
    mem_free(text);
    finished_free(&f);
}

static void
top_leaves_room_for_targets(void **state)
{
    struct finished f;
    struct chart chart;

    (void)state;
    finished_init(&f, 1);
    f.target[0].value = 500.0;
    f.target[1].value = 9000.0; /* of another indicator */
    chart_init(&chart, &f.reader, &f.beds, f.target, FINISHED_TARGETS);
    assert_true(chart.top > 500.0 && chart.top < 600.0);
    chart_free(&chart);
    finished_free(&f);
}

/* Caregivers of a county are a part of the prefecture's, on a scale of their own. */
static void
counts_are_not_held_against_the_prefecture(void **state)
{
    struct finished f;
    struct chart chart;

    (void)state;
    finished_init(&f, 1);
    f.beds.name = "caregivers";
    for (int t = 0; t < FINISHED_TIMES; t++)
        f.beds.value[t * (1 + FINISHED_COUNTIES)] = 1000.0;
    chart_init(&chart, &f.reader, &f.beds, f.target, FINISHED_TARGETS);
    assert_true(chart.top > 1200.0 && chart.top < 1500.0); /* a target of 1200 */
    assert_true(chart.county_top > 45.0 && chart.county_top < 60.0);
    chart_free(&chart);
    char *text = script_of(&f, FINISHED_TARGETS, false);
    assert_int_equal(times(text, "$due using"), 1);
    assert_null(strstr(text, "grey"));
    mem_free(text);
    finished_free(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_county_has_a_panel),
        cmocka_unit_test(targets_are_lines_to_the_due_date),
        cmocka_unit_test(county_targets_stand_only_in_panels),
        cmocka_unit_test(other_kinds_are_put_in_words),
        cmocka_unit_test(without_targets_or_replicates_nothing_empty_is_drawn),
        cmocka_unit_test(text_of_a_scenario_runs_nothing),
        cmocka_unit_test(top_leaves_room_for_targets),
        cmocka_unit_test(counts_are_not_held_against_the_prefecture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
