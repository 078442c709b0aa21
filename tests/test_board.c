#include "output/board.h"

#include "models/plan.h"
#include "output/width.h"
#include "sim/date.h"
#include "tests/finished.h"
#include "tests/planned.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

static char *
printed(void (*print)(const struct board *b, FILE *out), const struct board *b)
{
    FILE *f = tmpfile();

    assert_non_null(f);
    print(b, f);
    rewind(f);
    char *text = planned_text(f);
    fclose(f);
    return text;
}

/* The line of `text` that holds `word`, cut out of it; fails when there is none. */
static char *
line_with(char *text, const char *word)
{
    char *at = strstr(text, word);

    assert_non_null(at);
    while (at > text && at[-1] != '\n')
        at--;
    at[strcspn(at, "\n")] = '\0';
    return at;
}

static void
a_line_says_all(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 10);
    struct board b = {.reader = &f.reader, .target = f.target, .n = FINISHED_TARGETS};
    char *text = printed(board_text, &b);
    char *line = line_with(text, "Nursing");
    const char *const parts[] = {
        "2025-12", " 54.96 ", "≥ 55 %", "MISSED", " -0.04 ", " 0 %", "Yangbi", " 7.00"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        assert_non_null(strstr(line, parts[i]));
    mem_free(text);
    finished_free(&f);
}

static void
verdicts_are_counted(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 10);
    struct board b = {.reader = &f.reader, .target = f.target, .n = FINISHED_TARGETS};
    char *text = printed(board_text, &b);
    assert_non_null(strstr(text, "3 targets: 1 met, 1 missed, 1 too close to call. "
                                 "2021-01-01 to 2025-12-31, 10 replicates, seed 7."));
    mem_free(text);
    f.target[0].verdict = PLAN_MISSED;
    assert_int_equal(board_count(&b, PLAN_MISSED), 2);
    assert_int_equal(board_count(&b, PLAN_TOO_CLOSE), 0);
    finished_free(&f);
}

/* Every line of the table is as wide as the next, and none wider than the terminal. */
static void
lines_up(const struct board *b)
{
    char *text = printed(board_text, b), *line = text;
    int width = 0, lines = 0;

    while (*line != '\0') {
        size_t n = strcspn(line, "\n");
        line[n] = '\0';
        if (strstr(line, " %") != NULL) {
            lines++;
            assert_true(width == 0 || width_of(line) == width);
            width = width_of(line);
        }
        assert_true(width_of(line) <= BOARD_WIDTH);
        line += n + 1;
    }
    assert_int_equal(lines, b->n);
    mem_free(text);
}

/* No line is wider than `most`. */
static void
lines_up_to(const struct board *b, int most)
{
    char *text = printed(board_text, b), *line = text;

    while (*line != '\0') {
        size_t n = strcspn(line, "\n");
        line[n] = '\0';
        assert_true(width_of(line) <= most);
        line += n + 1;
    }
    mem_free(text);
}

static void
columns_line_up_in_both_languages(void **state)
{
    struct finished f;
    char title[400];

    (void)state;
    finished_init(&f, 10);
    struct board b = {.reader = &f.reader, .target = f.target, .n = FINISHED_TARGETS};
    lines_up(&b);
    b.zh = true;
    lines_up(&b);
    memset(title, 'x', sizeof title);
    title[sizeof title - 1] = '\0';
    f.target[0].title_zh = title;
    f.target[1].worst = 6; /* a name of nine characters is cut */
    lines_up(&b);
    finished_free(&f);
}

static void
chinese_names_its_own(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 10);
    struct board b = {
        .reader = &f.reader, .target = f.target, .n = FINISHED_TARGETS, .zh = true};
    char *text = printed(board_text, &b);
    assert_non_null(strstr(text, "共3项目标"));
    char *line = line_with(text, "护理型床位占比");
    assert_non_null(strstr(line, "未达标"));
    assert_non_null(strstr(line, "漾濞彝族自治县"));
    mem_free(text);
    finished_free(&f);
}

static void
a_target_without_title_has_its_indicators(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 1);
    struct board b = {.reader = &f.reader, .target = &f.target[2], .n = 1};
    char *text = printed(board_text, &b), *line = line_with(text, "caregivers");
    assert_non_null(strstr(line, "+112 "));
    assert_null(strstr(line, "Yangbi")); /* a count: no county is the worst */
    mem_free(text);
    b.zh = true;
    text = printed(board_text, &b);
    line_with(text, "养老护理员人数");
    mem_free(text);
    finished_free(&f);
}

/* 54.96 would print as 55.0 beside a bound of 55 and a verdict of missed. */
static void
decimals_tell_value_from_bound(void **state)
{
    const struct {
        double mean, margin;
        const char *value, *distance;
    } table[] = {
        {54.96, -0.04, " 54.96 ", " -0.04 "},
        {54.9996, -0.0004, " 54.9996 ", " -0.0004 "},
        {55.0, 0.0, " 55.0 ", " +0.0 "},
        {54.5, -0.5, " 54.5 ", " -0.5 "},
        {NAN, NAN, " - ", " - "},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct finished f;
        finished_init(&f, 1);
        struct board b = {.reader = &f.reader, .target = f.target, .n = 2};
        f.target[1].mean = table[i].mean;
        f.target[1].margin = table[i].margin;
        char *text = printed(board_text, &b), *line = line_with(text, "Nursing");
        assert_non_null(strstr(line, table[i].value));
        assert_non_null(strstr(line, table[i].distance));
        mem_free(text);
        finished_free(&f);
    }
}

static void
a_day_is_named_when_no_month_ends(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 1);
    struct board b = {.reader = &f.reader, .target = f.target, .n = 2};
    f.target[1].due = date_day(2024, 2, 28); /* a leap year */
    char *text = printed(board_text, &b);
    assert_non_null(strstr(line_with(text, "Nursing"), "2024-02-28"));
    mem_free(text);
    finished_free(&f);
}

/* Rises, seasons and sums stand in words below the table, plain levels do not. */
static void
other_kinds_are_put_in_words(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 10);
    struct board b = {.reader = &f.reader, .target = f.target, .n = FINISHED_TARGETS};
    f.target[0].over = "worst_year";
    f.target[0].value = 8;
    f.target[1].bound = "rises";
    f.target[1].value = 0.0;
    f.target[1].mean = f.target[1].margin = 3.2;
    lines_up_to(&b, BOARD_WIDTH);
    char *text = printed(board_text, &b);
    assert_non_null(
        strstr(text, "Beds per 1,000 elders, whole prefecture: at least 8 a "
                     "year in every year to 2025\n"));
    assert_non_null(strstr(text, "Nursing share of institution beds: rises from the "
                                 "start to the end of 2025\n"));
    assert_null(strstr(text, "caregivers: "));
    assert_non_null(strstr(text, "≥ 8 each year"));
    char *line = line_with(text, "Nursing");
    assert_non_null(strstr(line, " +3.2 "));
    assert_non_null(strstr(line, " rises "));
    mem_free(text);
    b.zh = true;
    lines_up_to(&b, BOARD_WIDTH);
    text = printed(board_text, &b);
    assert_non_null(strstr(text, "护理型床位占比：从期初到2025年底上升\n"));
    assert_non_null(strstr(text, "每年 ≥ 8"));
    mem_free(text);
    finished_free(&f);
}

static void
no_targets_are_said(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 1);
    struct board b = {.reader = &f.reader};
    char *text = printed(board_text, &b);
    assert_non_null(strstr(text, "no targets"));
    mem_free(text);
    text = printed(board_json, &b);
    assert_non_null(strstr(text, "\"targets\": [\n]}"));
    mem_free(text);
    finished_free(&f);
}

static void
csv_is_a_row_a_target(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 10);
    struct board b = {.reader = &f.reader, .target = f.target, .n = FINISHED_TARGETS};
    char *text = printed(board_csv, &b);
    int lines = 0;
    for (char *p = text; *p != '\0'; p++)
        lines += *p == '\n';
    assert_int_equal(lines, 1 + FINISHED_TARGETS);
    assert_ptr_equal(strstr(text, "name,title,"), text);
    assert_non_null(
        strstr(text, "\nbeds,\"Beds per 1,000 elders, whole prefecture\",全州"));
    mem_free(text);
    text = printed(board_csv, &b);
    char *line = line_with(text, "caregivers,");
    assert_non_null(strstr(line, ",caregivers,,person,prefecture,point,,,,at_least,"));
    assert_non_null(strstr(line, ",at_least,1200,2025-12-31,1312.4,3,112.4,1,met,"
                                 "2024-03-31,12,1,Yangbi,漾濞彝族自治县,7,10,test,"
                                 "assumption,at least 1200 by the end of 2025,"
                                 "2025年底不低于1200"));
    mem_free(text);
    finished_free(&f);
}

static void
json_holds_counties_and_replicates(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 3);
    struct board b = {.reader = &f.reader, .target = f.target, .n = FINISHED_TARGETS};
    f.target[1].standard_error = NAN;
    char *text = printed(board_json, &b);
    assert_non_null(strstr(text, "\"digest\": \"0123456789abcdef0123456789abcdef\""));
    assert_non_null(strstr(text, "\"standard_error\": null"));
    assert_non_null(strstr(text, "\"first_met\": null"));
    assert_non_null(strstr(text, "\"wording\": \"at least 55 % by the end of 2025\""));
    assert_non_null(strstr(text, "\"month_from\": null, \"month_to\": null, "
                                 "\"since\": null, \"bound\": \"at_least\""));
    assert_non_null(strstr(text, "\"by_replicate\": [54.96, 54.96, 54.96]"));
    assert_non_null(
        strstr(text, "{\"code\": 532922, \"name\": \"Yangbi\", \"name_zh\": "
                     "\"漾濞彝族自治县\", \"mean\": 7, \"probability\": 0}"));
    mem_free(text);
    finished_free(&f);
}

/* As a run until decided leaves it: intervals, the rule, what is undecided. */
static void
a_run_until_decided_says_what_it_knows(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 120);
    f.reader.most_replicates = 400;
    f.reader.error = 0.05;
    f.target[0].verdict = PLAN_UNDECIDED;
    f.target[0].lower = 0.0412;
    f.target[0].upper = 0.2371;
    f.target[2].lower = 0.9603;
    f.target[2].upper = 1.0;
    f.target[2].decided_after = 95;
    struct board b = {.reader = &f.reader, .target = f.target, .n = FINISHED_TARGETS};
    char *text = printed(board_text, &b);
    assert_non_null(strstr(text, "at most 400: 1 undecided. A verdict is wrong"));
    assert_non_null(strstr(line_with(text, "Beds per"), "undecided"));
    mem_free(text);
    text = printed(board_text, &b);
    assert_non_null(strstr(line_with(text, "Beds per"), " 10 %, 4-24 "));
    mem_free(text);
    text = printed(board_text, &b);
    assert_non_null(strstr(line_with(text, "caregivers"), " 100 %, 96-100 "));
    mem_free(text);
    lines_up(&b);
    text = printed(board_csv, &b);
    assert_non_null(strstr(text, ",undecided,"));
    assert_non_null(strstr(text, ",0.0412,0.2371,,0.05,400\n"));
    assert_non_null(strstr(text, ",0.9603,1,95,0.05,400\n"));
    mem_free(text);
    text = printed(board_json, &b);
    assert_non_null(
        strstr(text, "\"probability_lower\": 0.0412, \"probability_upper\": "
                     "0.2371, \"decided_after\": null, \"error\": 0.05"));
    mem_free(text);
    b.zh = true;
    lines_up(&b);
    text = printed(board_text, &b);
    assert_non_null(strstr(text, "最多400次；未定1项"));
    mem_free(text);
    finished_free(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_says_all),
        cmocka_unit_test(verdicts_are_counted),
        cmocka_unit_test(columns_line_up_in_both_languages),
        cmocka_unit_test(chinese_names_its_own),
        cmocka_unit_test(a_target_without_title_has_its_indicators),
        cmocka_unit_test(decimals_tell_value_from_bound),
        cmocka_unit_test(a_day_is_named_when_no_month_ends),
        cmocka_unit_test(other_kinds_are_put_in_words),
        cmocka_unit_test(no_targets_are_said),
        cmocka_unit_test(csv_is_a_row_a_target),
        cmocka_unit_test(json_holds_counties_and_replicates),
        cmocka_unit_test(a_run_until_decided_says_what_it_knows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
