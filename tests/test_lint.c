/* A plan in order has no findings; all rules can speak both languages. */
#include "models/lint.h"

#include "models/models.h"
#include "tests/village.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

static void
a_plan_in_order_has_no_findings(void **state)
{
    static const struct village in_order = {.set = NULL};
    struct visit visit;

    (void)state;
    village_visit(&visit, &in_order);
    for (int i = 0; i < visit.findings.lint.n; i++)
        print_error("%s: %s\n", visit.findings.lint.finding[i].rule->name,
            visit.findings.lint.finding[i].text);
    assert_int_equal(visit.findings.lint.n, 0);
    village_leave(&visit);
}

/* Without the state at the start less is found, and nothing that is not there. */
static void
without_the_start_nothing_is_made_up(void **state)
{
    static const struct village in_order = {.set = NULL};
    struct visit visit;
    struct lint lint;

    (void)state;
    village_visit(&visit, &in_order);
    lint_init(&lint, &visit.dali.setup, NULL);
    assert_int_equal(lint.n, 0);
    assert_true(isnan(lint_stock(&lint, "beds", -1)));
    lint_free(&lint);
    lint_free(&lint);
    village_leave(&visit);
}

static void
the_start_is_that_of_a_run(void **state)
{
    static const char *const same[] = {"beds", "elders", "users", "staff", "people"};
    static const struct village in_order = {.set = NULL};
    struct visit visit;
    struct result run;

    (void)state;
    village_visit(&visit, &in_order);
    dali_run(&visit.dali, &run, 1);
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        struct result_row row = result_find(&visit.dali.setup, same[i]);
        double x =
            result_sum(&visit.dali.setup, row, result_at(&run, row.model, 0, 0, 0), -1);
        assert_true(x > 0.0);
        assert_true(lint_stock(&visit.findings.lint, same[i], -1) == x);
    }
    result_free(&run);
    village_leave(&visit);
}

/* A project, and a plan that asks for nothing: there is nothing to be odd. */
static void
without_targets_and_statements_the_start_is_not_wanted(void **state)
{
    static const struct village empty = {.targets = "", .statements = ""};
    struct visit visit;

    (void)state;
    village_visit(&visit, &empty);
    assert_false(lint_wants_start(&visit.dali.setup));
    assert_null(visit.findings.lint.start);
    assert_int_equal(visit.findings.lint.n, 0);
    village_leave(&visit);
}

/* Places in a sentence: a set of letters. */
static unsigned
places(const char *text)
{
    unsigned set = 0;

    for (const char *at = strchr(text, '{'); at != NULL; at = strchr(at + 1, '{')) {
        assert_true(at[1] >= 'a' && at[1] <= 'z' && at[2] == '}');
        set |= 1u << (at[1] - 'a');
    }
    return set;
}

static void
both_languages_say_the_same_numbers(void **state)
{
    (void)state;
    for (const struct lint_rule *r = lint_rules; r->name != NULL; r++) {
        assert_non_null(r->doc);
        assert_non_null(r->zh);
        assert_non_null(r->check);
        assert_non_null(r->phrase[0].en);
        for (int k = 0; k < LINT_PHRASES; k++) {
            assert_true((r->phrase[k].en == NULL) == (r->phrase[k].zh == NULL));
            if (r->phrase[k].en != NULL)
                assert_int_equal(places(r->phrase[k].en), places(r->phrase[k].zh));
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_in_order_has_no_findings),
        cmocka_unit_test(without_the_start_nothing_is_made_up),
        cmocka_unit_test(the_start_is_that_of_a_run),
        cmocka_unit_test(without_targets_and_statements_the_start_is_not_wanted),
        cmocka_unit_test(both_languages_say_the_same_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
