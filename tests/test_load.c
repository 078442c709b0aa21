#include "output/load.h"

#include "models/models.h"
#include "models/plan.h"
#include "sim/date.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

/* The command line `run scenarios/dali/plan.yaml` with one --set and three options. */
static int
loads(struct load *load, const char *set, const char *replicates, const char *seed,
    const char *until)
{
    const char *word = "scenarios/dali/plan.yaml";
    struct command_line line = {.set = &set,
        .n_set = set != NULL,
        .word = &word,
        .n_words = 1,
        .value = {[COMMAND_REPLICATES] = replicates,
            [COMMAND_SEED] = seed,
            [COMMAND_UNTIL] = until}};

    return load_init(load, &line);
}

static const char *
value_of(const struct load *load, const char *name)
{
    const struct scenario *s = &load->scenario;

    for (int i = 0; i < s->n_settings; i++)
        if (strcmp(s->setting[i].name, name) == 0)
            return s->setting[i].value;
    fail_msg("no setting %s", name);
    return NULL;
}

static void
options_win_over_the_scenario_and_are_recorded(void **state)
{
    struct load load;

    (void)state;
    assert_int_equal(
        loads(&load, "workforce.caregivers=77", "3", "42", "2025-12-31"), 0);
    assert_int_equal(load.scenario.run.replicates, 3);
    assert_int_equal(load.setup.seed, 42);
    assert_int_equal(load.setup.last_day, date_day(2025, 12, 31));
    assert_int_equal(load.setup.window, load.scenario.run.window * MINUTES_A_DAY);
    assert_string_equal(value_of(&load, "seed"), "42");
    assert_string_equal(value_of(&load, "replicates"), "3");
    assert_string_equal(value_of(&load, "workforce.caregivers"), "77");
    load_free(&load);
}

static void
targets_after_a_shorter_end_are_dropped(void **state)
{
    struct load load;

    (void)state;
    assert_int_equal(loads(&load, NULL, NULL, NULL, "2025-12-30"), 0);
    const struct plan_par *plan = load.scenario.par[MODELS_PLAN];
    assert_int_equal(plan->targets.n, 4); /* yearly ones are due before, all others on
                                             2025-12-31 */
    assert_true(load.report.warnings >= 3);
    load_free(&load);
    /* An end that the scenario itself gives is no request: they are mistakes. */
    assert_int_equal(loads(&load, "end=2025-12-30", NULL, NULL, NULL), ERR_INPUT);
    assert_non_null(strstr(err_text(), "nothing was written"));
}

static void
options_that_are_no_values_are_wrong_usage(void **state)
{
    struct load load;

    (void)state;
    assert_int_equal(loads(&load, NULL, "0", NULL, NULL), ERR_USAGE);
    assert_non_null(strstr(err_text(), "--replicates '0'"));
    assert_int_equal(loads(&load, NULL, NULL, "-1", NULL), ERR_USAGE);
    assert_non_null(strstr(err_text(), "--seed '-1'"));
    assert_int_equal(loads(&load, NULL, NULL, NULL, "2025"), ERR_USAGE);
    assert_non_null(strstr(err_text(), "--until '2025'"));
}

static void
mistakes_are_counted(void **state)
{
    struct load load;

    (void)state;
    assert_int_equal(loads(&load, "plan.target=1", NULL, NULL, NULL), ERR_INPUT);
    assert_non_null(strstr(err_text(), "1 mistake in the input"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_win_over_the_scenario_and_are_recorded),
        cmocka_unit_test(targets_after_a_shorter_end_are_dropped),
        cmocka_unit_test(options_that_are_no_values_are_wrong_usage),
        cmocka_unit_test(mistakes_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
