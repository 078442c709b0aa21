#include "models/indicator.h"
#include "models/lever_kind.h"
#include "models/models.h"
#include "output/plot.h"
#include "sim/scenario.h"
#include "tests/program.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

#define PLAN "scenarios/dali/plan.yaml"
/* Nothing to look at, which takes less time. */
#define QUIET PLAN " --set plan.targets=[] --set plan.statements=[]"

/* Whether a line of `text` begins with `word` as a whole. */
static int
begins_a_line(const char *text, const char *word)
{
    for (size_t n = strlen(word); text != NULL && *text != '\0';) {
        if (strncmp(text, word, n) == 0 && strchr(" ,\n", text[n]) != NULL)
            return 1;
        text = strchr(text, '\n');
        text = text != NULL ? text + 1 : NULL;
    }
    return 0;
}

static void
parameters_are_all_listed(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "list parameters"), 0);
    for (const struct field *f = scenario_run_par; f->name != NULL; f++)
        assert_true(begins_a_line(p->out, f->name));
    for (int i = 0; models_list[i] != NULL; i++)
        for (const struct field *f = models_list[i]->par; f != NULL && f->name; f++)
            assert_true(begins_a_line(p->out, f->name));
}

static void
models_and_results_are_all_listed(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "list models"), 0);
    for (int i = 0; models_list[i] != NULL; i++)
        assert_true(begins_a_line(p->out, models_list[i]->name));
    assert_int_equal(program_run(p, "list results"), 0);
    for (int i = 0; models_list[i] != NULL; i++)
        for (const struct field *f = models_list[i]->out; f != NULL && f->name; f++)
            assert_true(begins_a_line(p->out, f->name));
}

static void
indicators_levers_figures_and_commands_are_listed(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "list indicators"), 0);
    for (const struct indicator *i = indicator_list; i->name != NULL; i++)
        assert_true(begins_a_line(p->out, i->name));
    assert_non_null(strstr(p->out, "1000 beds / elders\n"));
    assert_int_equal(program_run(p, "list levers"), 0);
    for (const struct lever_kind *k = lever_kind_list; k->name != NULL; k++)
        assert_true(begins_a_line(p->out, k->name));
    assert_non_null(strstr(p->out, "    needs one of amount, homes\n"));
    assert_int_equal(program_run(p, "list figures"), 0);
    for (const struct figure *f = plot_figures; f->name != NULL; f++)
        assert_true(begins_a_line(p->out, f->name));
    assert_int_equal(program_run(p, "list commands"), 0);
    assert_true(begins_a_line(p->out, "run"));
    assert_true(begins_a_line(p->out, "plot"));
}

static void
check_shows_the_plan(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "check " PLAN " --seed 5 --replicates 3"), 0);
    assert_non_null(strstr(p->out, "run       3 replicates, seed 5\n"));
    assert_non_null(strstr(p->out, "period    2021-01-01 to "));
    assert_non_null(strstr(p->out, "counties  12\n"));
    assert_non_null(strstr(p->out, "大理市"));
    assert_non_null(
        strstr(p->out, "beds_per_1000_elders at least 25 by the end of 2025"));
    assert_non_null(strstr(p->out, " assumption\n"));
    assert_non_null(strstr(p->out, "\n  " PLAN "\n"));
    assert_non_null(strstr(p->out, "no mistakes"));
}

/* Seed and replicates are not of the scenario's digest; a parameter is. */
static void
check_tells_scenarios_apart(void **state)
{
    struct program *p = *state;
    char digest[3][64];
    const char *const lines[] = {"check " QUIET, "check " QUIET " --seed 5",
        "check " QUIET " --set workforce.caregivers=1201"};

    for (int i = 0; i < 3; i++) {
        assert_int_equal(program_run(p, lines[i]), 0);
        const char *at = strstr(p->out, "digest    ");
        assert_non_null(at);
        snprintf(digest[i], sizeof digest[i], "%.42s", at);
    }
    assert_string_equal(digest[0], digest[1]);
    assert_string_not_equal(digest[0], digest[2]);
}

static void
mistakes_are_all_told_and_nothing_is_shown(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "check " PLAN " --set workforce.caregiver=1 --set "
                                    "workforce.caregivers=many"),
        2);
    assert_string_equal(p->out, "");
    assert_non_null(strstr(p->err, "did you mean 'caregivers'?"));
    assert_non_null(strstr(p->err, "'many'"));
    assert_non_null(strstr(p->err, "2 mistakes in the input; nothing was written"));
    assert_int_equal(program_run(p, "check @/none.yaml"), 2);
    assert_non_null(strstr(p->err, "none.yaml"));
}

int
main(int argc, char **argv)
{
    struct program p;
    void *state = &p;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(parameters_are_all_listed, state),
        cmocka_unit_test_prestate(models_and_results_are_all_listed, state),
        cmocka_unit_test_prestate(
            indicators_levers_figures_and_commands_are_listed, state),
        cmocka_unit_test_prestate(check_shows_the_plan, state),
        cmocka_unit_test_prestate(check_tells_scenarios_apart, state),
        cmocka_unit_test_prestate(mistakes_are_all_told_and_nothing_is_shown, state),
    };

    (void)argc;
    program_init(&p, argv[0]);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    program_free(&p);
    return failed;
}
