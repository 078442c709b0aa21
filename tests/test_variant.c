/*
 * A scenario of Dali changed in memory.
 */
#include "validation/variant.h"

#include "models/models.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

enum { ONE = 532922 };

static void
open_dali(struct variant *v)
{
    static const char *const set[] = {
        "end=2021-01-31", "replicates=1", "plan.targets=[]"};

    variant_read(v, models_list, "scenarios/dali/as-is.yaml", set, 3);
}

static void
keep_one(struct variant *v)
{
    static const char *const tables[] = {
        "county.table", "population.people", "migration.net", "facility.facilities"};

    for (int k = 0; k < 4; k++) {
        struct variant_table t = variant_table(v, tables[k]);
        variant_keep(&t, "adcode", ONE, ONE);
        assert_true(t.rows->n > 0);
        for (int64_t i = 0; i < t.rows->n; i++)
            assert_int_equal(*(int64_t *)variant_cell(&t, i, "adcode"), ONE);
    }
}

/* One county of twelve, as the census has it. */
static void
one_county(void **state)
{
    struct variant v;

    (void)state;
    open_dali(&v);
    keep_one(&v);
    assert_true(variant_setup(&v));
    assert_int_equal(v.setup.n_regions, 1);
    variant_run(&v);
    assert_true(variant_value(&v, "people", 0, 0, 0, 1) == 97610.0);
    /* changed again: nobody bears a child */
    struct path *level = variant_parameter(&v, "fertility.level");
    *level = (struct path){.n = 1, .value = {0.0}};
    assert_true(variant_value(&v, "births", 0, 1, 0, 1) > 0.0);
    assert_true(variant_setup(&v));
    variant_run(&v);
    assert_true(variant_value(&v, "births", 0, 1, 0, 1) == 0.0);
    variant_free(&v);
}

/* A table with counties that nobody knows any more is a mistake that can be read. */
static void
what_does_not_go_together(void **state)
{
    struct variant v;

    (void)state;
    open_dali(&v);
    struct variant_table t = variant_table(&v, "county.table");
    variant_keep(&t, "adcode", ONE, ONE);
    assert_false(variant_setup(&v));
    assert_non_null(strstr(v.report.mistake[0].text, "not in the table of counties"));
    keep_one(&v);
    assert_true(variant_setup(&v));
    variant_free(&v);
}

static void
filled_table(void **state)
{
    struct variant v;

    (void)state;
    open_dali(&v);
    struct variant_table net = variant_table(&v, "migration.net");
    variant_fill(&v, &net, 3);
    for (int64_t i = 0; i < 3; i++) {
        assert_true(*(double *)variant_cell(&net, i, "net_rate") == 0.0);
        *(int64_t *)variant_cell(&net, i, "adcode") = ONE;
    }
    assert_true(variant_setup(&v));
    variant_free(&v);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_county),
        cmocka_unit_test(what_does_not_go_together),
        cmocka_unit_test(filled_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
