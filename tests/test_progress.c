#include "output/progress.h"

#include "tests/planned.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

/* What is said of a run of two years and `replicates`, into a file. */
static char *
said(int replicates)
{
    struct planned p;
    struct progress progress;
    FILE *f = tmpfile();

    assert_non_null(f);
    planned_init(&p, 24, replicates);
    progress_init(&progress, &p.setup, replicates, f);
    assert_false(progress.terminal);
    for (int i = 0; i < replicates; i++)
        for (int t = 1; t <= 24; t++)
            progress_month(&progress, i, t);
    progress_done(&progress);
    rewind(f);
    char *text = planned_text(f);
    fclose(f);
    planned_free(&p);
    return text;
}

static void
a_line_a_year_where_there_is_no_terminal(void **state)
{
    (void)state;
    char *text = said(1);
    assert_ptr_equal(strstr(text, "year 2021 done, 50 %, "), text);
    assert_non_null(strstr(text, "\nyear 2022 done, 100 %, "));
    assert_null(strchr(text, '\r'));
    assert_null(strstr(text, "replicate"));
    mem_free(text);
}

static void
the_last_line_of_many_replicates_is_never_missing(void **state)
{
    (void)state;
    char *text = said(50);
    assert_non_null(strstr(text, "replicate 50 of 50, year 2022 done, 100 %, "));
    int lines = 0;
    for (char *p = text; *p != '\0'; p++)
        lines += *p == '\n';
    assert_true(lines < 50); /* of 100 years, in far less than 50 s */
    mem_free(text);
}

static void
a_part_of_a_year_at_the_end_is_said(void **state)
{
    struct planned p;
    struct progress progress;
    FILE *f = tmpfile();

    (void)state;
    assert_non_null(f);
    planned_init(&p, 6, 1);
    progress_init(&progress, &p.setup, 1, f);
    for (int t = 1; t <= 6; t++)
        progress_month(&progress, 0, t);
    rewind(f);
    char *text = planned_text(f);
    assert_non_null(strstr(text, "year 2021 done, 100 %"));
    mem_free(text);
    fclose(f);
    planned_free(&p);
}

/* As on a terminal, which a test is not: the flag is set by hand. */
static void
a_bar_is_drawn_over_and_taken_away(void **state)
{
    struct planned p;
    struct progress progress;
    FILE *f = tmpfile();

    (void)state;
    assert_non_null(f);
    planned_init(&p, 24, 2);
    progress_init(&progress, &p.setup, 2, f);
    progress.terminal = true;
    progress_month(&progress, 0, 12);
    progress_month(&progress, 1, 24);
    progress_done(&progress);
    rewind(f);
    char *text = planned_text(f);
    assert_ptr_equal(
        strstr(text, "\r[##########..............................]  25 %  2021-12  "
                     "replicate 1 of 2  "),
        text);
    assert_non_null(
        strstr(text, "[########################################] 100 %  2022-12"));
    assert_null(strchr(text, '\n'));
    assert_string_equal(text + strlen(text) - 4, "\r\033[K");
    mem_free(text);
    fclose(f);
    planned_free(&p);
}

/* A run until decided: how far it is at most, what is decided, lines in between. */
static void
a_limit_and_a_state_are_said(void **state)
{
    struct planned p;
    struct progress progress;
    FILE *f = tmpfile();

    (void)state;
    assert_non_null(f);
    planned_init(&p, 24, 1);
    progress_init(&progress, &p.setup, 400, f);
    progress.at_most = true;
    progress_month(&progress, 0, 12);
    progress_say(&progress, "after 1 replicate: beds met");
    progress.terminal = true;
    snprintf(progress.state, sizeof progress.state, "1 of 2 targets decided");
    progress.drawn = 0.0;
    progress_month(&progress, 199, 24);
    progress_say(&progress, "after 200 replicates: homes missed");
    rewind(f);
    char *text = planned_text(f);
    assert_non_null(strstr(text, "replicate 1 of at most 400, year 2021 done, 0 %, "));
    assert_non_null(strstr(text, " left\nafter 1 replicate: beds met\n"));
    assert_non_null(
        strstr(text, "]  50 %  2022-12  replicate 200 of at most 400  at most "));
    assert_non_null(strstr(text, " left, 1 of 2 targets decided\033[K\r\033[Kafter 200 "
                                 "replicates: homes missed\n"));
    mem_free(text);
    fclose(f);
    planned_free(&p);
}

static void
quiet_says_nothing(void **state)
{
    struct planned p;
    struct progress progress;

    (void)state;
    planned_init(&p, 12, 1);
    progress_init(&progress, &p.setup, 1, NULL);
    progress_month(&progress, 0, 12);
    progress_say(&progress, "decided");
    progress_done(&progress);
    assert_true(progress_seconds(&progress) >= 0.0);
    planned_free(&p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_a_year_where_there_is_no_terminal),
        cmocka_unit_test(the_last_line_of_many_replicates_is_never_missing),
        cmocka_unit_test(a_part_of_a_year_at_the_end_is_said),
        cmocka_unit_test(a_bar_is_drawn_over_and_taken_away),
        cmocka_unit_test(a_limit_and_a_state_are_said),
        cmocka_unit_test(quiet_says_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
