#include "output/wording.h"

#include "output/width.h"
#include "sim/date.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

struct row {
    struct wording words;
    const char *en, *zh, *en_long, *zh_long;
};

/* 2025-12-31, 2025-06-30, 2025-06-15, 2022-01-01, 2022-02-01 */
enum { END = 20453, JUNE = 20269, MID = 20254, SINCE = 18993, LATER = 19024 };

static const struct row rows[] = {
    {{.value = 25, .by = END, .unit = "1/1000"}, "≥ 25", "≥ 25",
        "at least 25 by the end of 2025", "2025年底不低于25"},
    {{.bound = PLAN_AT_MOST, .value = 5.5, .by = JUNE, .unit = "%"}, "≤ 5.5 %",
        "≤ 5.5 %", "at most 5.5 % by the end of 2025-06", "2025年6月底不高于5.5 %"},
    {{.value = 25, .by = MID, .unit = "1"}, "≥ 25", "≥ 25", "at least 25 by 2025-06-15",
        "2025年6月15日不低于25"},
    {{.over = PLAN_YEAR, .value = 800, .by = END, .unit = "person"}, "≥ 800 in year",
        "全年 ≥ 800", "at least 800 in 2025", "2025年不低于800"},
    {{.over = PLAN_YEAR, .value = 800, .by = JUNE, .unit = "person"}, "≥ 800 in year",
        "全年 ≥ 800", "at least 800 in 2025 up to the end of 2025-06",
        "2025年(至2025年6月底)不低于800"},
    {{.over = PLAN_RUN, .value = 4e6, .by = END, .unit = "CNY"}, "≥ 4000000 CNY in all",
        "累计 ≥ 4000000元",
        "at least 4000000 CNY in all from the start to the end of "
        "2025",
        "从期初到2025年底累计不低于4000000元"},
    {{.over = PLAN_RUN, .value = 9, .since = LATER, .by = END, .unit = "1"},
        "≥ 9 in all", "累计 ≥ 9",
        "at least 9 in all from 2022-02-01 to the end of 2025",
        "从2022年2月1日到2025年底累计不低于9"},
    {{.over = PLAN_WORST_YEAR, .value = 8, .by = END, .unit = "1"}, "≥ 8 each year",
        "每年 ≥ 8", "at least 8 a year in every year to 2025", "到2025年每年不低于8"},
    {{.over = PLAN_WORST_YEAR, .value = 8, .since = LATER, .by = JUNE, .unit = "1"},
        "≥ 8 each year", "每年 ≥ 8",
        "at least 8 a year in every year from 2023 to 2024",
        "从2022年2月1日到2024年每年不低于8"},
    {{.over = PLAN_WORST_YEAR,
         .month_from = 11,
         .month_to = 3,
         .value = 8,
         .by = JUNE,
         .unit = "1"},
        "≥ 8 each Nov-Mar", "每年11月至3月 ≥ 8",
        "at least 8 in every season Nov-Mar to 2025", "到2025年每年11月至3月不低于8"},
    {{.bound = PLAN_AT_MOST,
         .month_from = 11,
         .month_to = 3,
         .value = 90,
         .by = END,
         .unit = "%"},
        "≤ 90 % Nov-Mar", "11月至3月 ≤ 90 %",
        "at most 90 % in the season Nov 2024-Mar 2025",
        "2024年11月至2025年3月不高于90 %"},
    {{.bound = PLAN_AT_MOST,
         .month_from = 7,
         .month_to = 7,
         .value = 90,
         .by = END,
         .unit = "%"},
        "≤ 90 % Jul", "7月 ≤ 90 %", "at most 90 % in the season Jul 2025",
        "2025年7月不高于90 %"},
    {{.bound = PLAN_RISES, .by = END, .unit = "%"}, "rises", "上升",
        "rises from the start to the end of 2025", "从期初到2025年底上升"},
    {{.bound = PLAN_FALLS, .value = 2, .since = SINCE, .by = END, .unit = "%"},
        "falls ≥ 2 points", "下降 ≥ 2个百分点",
        "falls by at least 2 points from 2022-01-01 to the end of 2025",
        "从2022年1月1日到2025年底下降不少于2个百分点"},
    {{.over = PLAN_YEAR, .bound = PLAN_RISES, .by = END, .unit = "1"}, "rises in year",
        "全年上升", "rises from the first year to 2025", "从首年到2025年上升"},
    {{.over = PLAN_YEAR, .bound = PLAN_RISES, .since = SINCE, .by = END, .unit = "1"},
        "rises in year", "全年上升", "rises from 2022 to 2025", "从2022年到2025年上升"},
    {{.over = PLAN_WORST_YEAR, .bound = PLAN_RISES, .by = END, .unit = "1"},
        "rises each year", "逐年上升", "rises in every year to 2025",
        "到2025年逐年上升"},
    {{.bound = PLAN_RISES, .month_from = 6, .month_to = 8, .by = END, .unit = "1"},
        "rises Jun-Aug", "6月至8月上升",
        "rises from the first season Jun-Aug to that of Jun-Aug 2025",
        "从首个6月至8月到2025年6月至8月上升"},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static void
every_kind_has_words(void **state)
{
    (void)state;
    assert_int_equal(END, date_day(2025, 12, 31));
    assert_int_equal(JUNE, date_day(2025, 6, 30));
    assert_int_equal(MID, date_day(2025, 6, 15));
    assert_int_equal(SINCE, date_day(2022, 1, 1));
    assert_int_equal(LATER, date_day(2022, 2, 1));
    for (size_t i = 0; i < ROWS; i++) {
        const struct wording *w = &rows[i].words;
        assert_string_equal(wording_short(w, false).text, rows[i].en);
        assert_string_equal(wording_short(w, true).text, rows[i].zh);
        assert_string_equal(wording_long(w, false).text, rows[i].en_long);
        assert_string_equal(wording_long(w, true).text, rows[i].zh_long);
        assert_int_equal(wording_level(w), i < 3);
    }
}

/* Results of the widest kind still fit the text, and a plan says what its result does.
 */
static void
plan_and_result_agree(void **state)
{
    struct target t = {.over = PLAN_WORST_YEAR,
        .bound = PLAN_FALLS,
        .month_from = 11,
        .month_to = 3,
        .since = SINCE,
        .by = END,
        .value = NAN};
    struct reader_target r = {.over = "worst_year",
        .bound = "falls",
        .unit = "%",
        .month_from = 11,
        .month_to = 3,
        .since = SINCE,
        .due = END,
        .value = 0.0};
    struct wording a = wording_target(&t, "%"), b = wording_result(&r);

    (void)state;
    assert_memory_equal(&a, &b, offsetof(struct wording, unit));
    assert_string_equal(wording_long(&a, false).text,
        "falls in every season Nov-Mar since 2022-01-01, to 2025");
    r.since = -1;
    assert_int_equal(wording_result(&r).since, 0);
}

static void
others_of_an_indicator_make_a_line(void **state)
{
    struct reader_target t[20];

    (void)state;
    for (int i = 0; i < 20; i++)
        t[i] = (struct reader_target){.indicator = "occupancy",
            .area = plan_area_names[i == 1 ? PLAN_EACH_COUNTY : PLAN_PREFECTURE],
            .over = "point",
            .bound = i == 3 ? "at_least" : "rises",
            .unit = "%",
            .since = -1,
            .due = END};
    assert_string_equal(wording_others(t, 2, "caregivers", false).text, "");
    assert_string_equal(wording_others(t + 3, 1, "occupancy", false).text, "");
    assert_string_equal(wording_others(t, 2, "occupancy", false).text,
        "Also asked: rises from the start to the end of 2025; "
        "each county rises from the start to the end of 2025");
    assert_string_equal(wording_others(t, 2, "occupancy", true).text,
        "另有要求：从期初到2025年底上升；各县市从期初到2025年底上升");
    struct wording_line all = wording_others(t, 20, "occupancy", false);
    assert_true(width_of(all.text) < 160);
    assert_string_equal(all.text + strlen(all.text) - strlen("; …"), "; …");
}

static void
titles_fall_back(void **state)
{
    struct reader_target t = {
        .name = "n", .title = "", .title_zh = "标题", .indicator = "occupancy"};

    (void)state;
    assert_string_equal(wording_title(&t, false), "标题");
    t.title_zh = "";
    assert_string_equal(wording_title(&t, true), "养老机构床位使用率");
    t.indicator = "gone";
    assert_string_equal(wording_title(&t, true), "n");
    assert_string_equal(wording_unit("person", true), "人");
    assert_string_equal(wording_unit("bed", false), "bed");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_words),
        cmocka_unit_test(plan_and_result_agree),
        cmocka_unit_test(others_of_an_indicator_make_a_line),
        cmocka_unit_test(titles_fall_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
