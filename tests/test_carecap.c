#include "tests/program.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

static const char *const commands[] = {
    "run", "init", "check", "list", "targets", "export", "digest", "plot", NULL};

static void
help_names_every_command(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "--help"), 0);
    assert_string_equal(p->err, "");
    for (int i = 0; commands[i] != NULL; i++) {
        char row[32];
        snprintf(row, sizeof row, "\n  %s ", commands[i]);
        assert_non_null(strstr(p->out, row));
    }
    assert_non_null(strstr(p->out, "75 stopped on request"));
}

static void
every_command_has_help(void **state)
{
    struct program *p = *state;

    for (int i = 0; commands[i] != NULL; i++) {
        char line[64];
        snprintf(line, sizeof line, "%s --help", commands[i]);
        assert_int_equal(program_run(p, line), 0);
        assert_string_equal(p->err, "");
        snprintf(line, sizeof line, "usage: carecap %s ", commands[i]);
        assert_ptr_equal(strstr(p->out, line), p->out);
    }
}

static void
version_is_one_line(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "--version"), 0);
    assert_ptr_equal(strstr(p->out, "carecap "), p->out);
    assert_ptr_equal(strchr(p->out, '\n'), p->out + strlen(p->out) - 1);
}

static void
wrong_usage_is_status_2_and_says_what(void **state)
{
    const struct {
        const char *line, *want;
    } table[] = {
        {"", "a command is missing"},
        {"runn", "'runn' is not a command; did you mean 'run'?"},
        {"run", "run needs SCENARIO"},
        {"run a b", "run does not take 'b'"},
        {"run a --sed 4", "did you mean '--seed'?"},
        {"run a --seed x", "--seed 'x': must be a whole number"},
        {"run a --replicates 0", "--replicates '0': must be a whole number of 1 to"},
        {"run a --threads 0", "--threads '0'"},
        {"run a --until 2021-02-30", "--until '2021-02-30': must be a date"},
        {"run a --error 0.1", "--error needs --until-decided"},
        {"run a --most 9", "--most needs --until-decided"},
        {"run a --until-decided --error 1", "--error '1': must be a number between 0"},
        {"run a --until-decided --error 5%", "--error '5%'"},
        {"run a --until-decided --most 0", "--most '0': must be a whole number of 1"},
        {"run a --until-decided --replicates 3", "exclude each other"},
        {"init", "init needs DIR"},
        {"init @/a --from atlantis", "'atlantis' is not a plan to start from, as dali"},
        {"check a --threads 2", "'--threads' is not an option of check"},
        {"list parameter", "did you mean 'parameters'?"},
        {"targets @/none.h5", "none.h5: no such file"},
        {"targets a --format xml", "must be text, csv or json"},
        {"export @/none.h5 beds", "none.h5: no such file"},
        {"digest @/none.h5", "none.h5: no such file"},
        {"plot @/none.h5", "none.h5: no such file"},
        {"plot a bed", "'bed' is neither a figure nor a file; did you mean 'beds'?"},
        {"plot a --format gif", "must be svg, png or pdf"},
    };
    struct program *p = *state;

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        assert_int_equal(program_run(p, table[i].line), 2);
        assert_string_equal(p->out, "");
        if (strstr(p->err, table[i].want) == NULL)
            fail_msg("%s: %s", table[i].line, p->err);
    }
}

/* /dev/full takes no byte: what was printed is lost, and the status says so. */
static void
a_lost_output_is_status_1(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_shell(p, "\"$0\" list indicators >/dev/full"), 1);
    assert_non_null(strstr(p->err, "standard output cannot be written"));
}

int
main(int argc, char **argv)
{
    struct program p;
    void *state = &p;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(help_names_every_command, state),
        cmocka_unit_test_prestate(every_command_has_help, state),
        cmocka_unit_test_prestate(version_is_one_line, state),
        cmocka_unit_test_prestate(wrong_usage_is_status_2_and_says_what, state),
        cmocka_unit_test_prestate(a_lost_output_is_status_1, state),
    };

    (void)argc;
    program_init(&p, argv[0]);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    program_free(&p);
    return failed;
}
