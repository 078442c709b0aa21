#include "sim/mem.h"
#include "tests/program.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

/* A month of Dali with two targets that are due in it; the first cannot be missed, the
 * second cannot be met. */
static const char scenario[] =
    "base: none.yaml\n"
    "end: 2021-01-31\n"
    "replicates: 2\n"
    "plan:\n"
    "  targets:\n"
    "    - {name: easy, title: Some beds, title_zh: 有床位, indicator: "
    "beds_per_1000_elders, value: 0.1, by: 2021-01-31, source: test}\n"
    "    - {name: hard, title: All beds, title_zh: 全床位, indicator: "
    "beds_per_1000_elders, value: 1000, by: 2021-01-31, source: test}\n";

/* The plan without its own targets, which those of a file over it would join. */
static const char no_targets[] = "base: scenarios/dali/plan.yaml\n"
                                 "plan: {targets: []}\n";

static void
write_file(const struct program *p, const char *name, const char *text)
{
    char path[PROGRAM_PATH + 16];

    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static int
make_result(void **state)
{
    struct program *p = *state;

    write_file(p, "none.yaml", no_targets);
    write_file(p, "small.yaml", scenario);
    /* The base is named relative to the scenario. */
    assert_int_equal(program_shell(p, "ln -s \"$PWD/scenarios\" $1/scenarios"), 0);
    int status = program_run(p, "run @/small.yaml -o @/r.h5 --quiet");
    if (status != 0)
        print_error("%s", p->err);
    return status;
}

static void
targets_come_as_text_csv_and_json(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "targets @/r.h5"), 0);
    assert_non_null(strstr(p->out, "2 targets: 1 met, 1 missed"));
    assert_non_null(strstr(p->out, "Some beds"));
    assert_int_equal(program_run(p, "targets @/r.h5 --lang zh"), 0);
    assert_non_null(strstr(p->out, "全床位"));
    assert_int_equal(program_run(p, "targets @/r.h5 --format csv"), 0);
    assert_non_null(strstr(p->out, "\nhard,All beds,全床位,beds_per_1000_elders,"));
    assert_int_equal(program_run(p, "targets @/r.h5 --format json"), 0);
    assert_non_null(strstr(p->out, "\"verdict\": \"missed\""));
}

static void
a_required_target_that_is_missed_is_status_3(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "targets @/r.h5 --require"), 3);
    assert_non_null(strstr(p->out, "1 missed"));
    assert_string_equal(p->err, "");
}

static void
digest_is_that_of_the_run(void **state)
{
    struct program *p = *state;
    char one[64];

    assert_int_equal(program_run(p, "digest @/r.h5"), 0);
    assert_int_equal(strlen(p->out), 33);
    snprintf(one, sizeof one, "%.32s  ", p->out);
    assert_int_equal(program_run(p, "digest @/r.h5 @/r.h5"), 0);
    assert_int_equal(strncmp(p->out, one, 34), 0);
    const char *second = strchr(p->out, '\n') + 1;
    assert_int_equal(strncmp(second, one, 34), 0);
    assert_non_null(strstr(second, "/r.h5\n"));
}

static void
series_go_to_a_file_or_to_the_screen(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "export @/r.h5"), 0);
    assert_non_null(strstr(p->out, "beds_per_1000_elders\t"));
    assert_int_equal(program_run(p, "export @/r.h5 elders"), 0);
    assert_non_null(strstr(p->out, ",2021-01-31,532901,"));
    size_t n = strlen(p->out);
    assert_int_equal(program_run(p, "export @/r.h5 elders -o @/e.csv"), 0);
    assert_string_equal(p->out, "");
    char *text = program_file(p, "e.csv");
    assert_non_null(text);
    assert_int_equal(strlen(text), n);
    mem_free(text);
    assert_int_equal(program_run(p, "export @/r.h5 elders -o @/e.csv"), 2);
    assert_non_null(strstr(p->err, "exists already"));
    assert_int_equal(program_run(p, "export @/r.h5 elders -o @/e.csv --force"), 0);
}

static void
an_export_that_fails_leaves_nothing(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "export @/r.h5 elder -o @/f.csv"), 2);
    assert_non_null(strstr(p->err, "did you mean 'elders'?"));
    char *text = program_file(p, "f.csv");
    assert_null(text);
}

static void
figures_go_beside_the_result_or_into_a_folder(void **state)
{
    struct program *p = *state;
    const char *const files[] = {
        "r-beds.svg", "r-beds.png", "r-beds.csv", "r-beds.gp", "new/r-nursing.pdf"};

    assert_int_equal(program_run(p, "plot @/r.h5"), 0);
    assert_non_null(strstr(p->out, "/r-beds.svg\n"));
    assert_int_equal(program_run(p, "plot @/r.h5 nursing -o @/new --format pdf"), 0);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char *text = program_file(p, files[i]);
        assert_non_null(text);
        mem_free(text);
    }
    char *text = program_file(p, "new/r-nursing.svg");
    assert_null(text);
}

/* The kept script draws the same picture again. */
static void
the_script_draws_again(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "plot @/r.h5 --format svg"), 0);
    assert_int_equal(
        program_shell(p, "cd $1 && mv r-beds.svg first.svg && gnuplot r-beds.gp && cmp "
                         "first.svg r-beds.svg"),
        0);
}

static void
what_is_no_result_is_told(void **state)
{
    struct program *p = *state;
    const char *const lines[] = {"targets @/small.yaml", "digest @/small.yaml",
        "export @/small.yaml beds", "plot @/small.yaml"};

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        assert_int_equal(program_run(p, lines[i]), 2);
        assert_non_null(strstr(p->err, "small.yaml"));
        assert_string_equal(p->out, "");
    }
}

int
main(int argc, char **argv)
{
    struct program p;
    void *state = &p;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate_setup_teardown(
            targets_come_as_text_csv_and_json, make_result, NULL, state),
        cmocka_unit_test_prestate(a_required_target_that_is_missed_is_status_3, state),
        cmocka_unit_test_prestate(digest_is_that_of_the_run, state),
        cmocka_unit_test_prestate(series_go_to_a_file_or_to_the_screen, state),
        cmocka_unit_test_prestate(an_export_that_fails_leaves_nothing, state),
        cmocka_unit_test_prestate(figures_go_beside_the_result_or_into_a_folder, state),
        cmocka_unit_test_prestate(the_script_draws_again, state),
        cmocka_unit_test_prestate(what_is_no_result_is_told, state),
    };

    (void)argc;
    program_init(&p, argv[0]);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    program_free(&p);
    return failed;
}
