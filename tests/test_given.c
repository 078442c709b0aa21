#include "sim/given.h"

#include "tests/scratch.h"
#include "tests/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

/* Reads "value" for a row of the shop into `par`. */
static struct given
give(struct scratch *s, const char *row, const char *value, struct shop_par *par)
{
    char *text = mem_arena_text(&s->arena, value);
    const struct tree *top =
        tree_read(&s->in, scratch_path(s, "a.yaml"), text, strlen(text), true);

    assert_non_null(top);
    field_defaults(shop_model.par, par);
    return given_read(&s->in, top, field_find(shop_model.par, row), par);
}

static void
every_kind(void **state)
{
    struct scratch s;
    struct shop_par par;

    (void)state;
    scratch_open(&s);
    give(&s, "rate", "0.25", &par);
    assert_true(par.rate == 0.25);
    give(&s, "ages", "[1, 2.5, 3]", &par);
    assert_true(par.ages[0] == 1 && par.ages[1] == 2.5 && par.ages[2] == 3);
    give(&s, "steps", "- 5\n- -6\n", &par);
    assert_true(par.steps[0] == 5 && par.steps[1] == -6);
    give(&s, "label", "a shop", &par);
    assert_string_equal(par.label, "a shop");
    give(&s, "opened", "2021-01-01", &par);
    assert_int_equal(par.opened, 18628);
    give(&s, "kind", "private", &par);
    assert_int_equal(par.kind, 1);
    give(&s, "trend", "1.5", &par);
    assert_int_equal(par.trend.n, 1);
    assert_true(par.trend.year[0] == 0 && par.trend.value[0] == 1.5);
    give(&s, "trend", "2021: 1.0\n2025.5: 1.2\n", &par);
    assert_int_equal(par.trend.n, 2);
    assert_true(par.trend.year[0] == 2021 && par.trend.year[1] == 2025.5);
    assert_true(par.trend.value[0] == 1 && par.trend.value[1] == 1.2);
    give(&s, "items", "- {name: tea, price: 1}\n- {name: rice, price: 2}", &par);
    assert_int_equal(par.items.n, 2);
    scratch_write(&s, "items.csv", "name,price\ntea,5\n");
    give(&s, "items", "items.csv", &par); /* beside the YAML file */
    assert_int_equal(par.items.n, 1);
    assert_true(((struct shop_item *)par.items.row)->price == 5);
    assert_string_equal(scratch_report(&s), "");
    scratch_close(&s);
}

static void
wrapped(void **state)
{
    struct scratch s;
    struct shop_par par;

    (void)state;
    scratch_open(&s);
    struct given g = give(&s, "rate",
        "{value: 0.25, unit: 1/yr, source: a paper, quality: measured}", &par);
    assert_true(par.rate == 0.25);
    assert_string_equal(g.source, "a paper");
    assert_string_equal(g.quality, "measured");
    g = give(&s, "trend", "value:\n  2021: 1\n  2022: 2\nsource: 'x'\n", &par);
    assert_int_equal(par.trend.n, 2);
    assert_string_equal(g.source, "x");
    assert_null(g.quality);
    give(&s, "steps", "{value: [1, 2], unit: '1'}", &par);
    assert_true(par.steps[1] == 2);
    g = give(&s, "items", "value: [{name: a, price: 1, source: b}]", &par);
    assert_int_equal(par.items.n, 1);
    assert_true(g.row_by_row);
    give(&s, "trend", "{value: 2, unit: 1}", &par);
    assert_true(par.trend.value[0] == 2);
    assert_string_equal(scratch_report(&s), "");
    scratch_close(&s);
}

static const struct {
    const char *row, *text, *want;
} bad[] = {
    {"ages", "5", "1:1: one value, expected a list of 3: ages of keepers [yr]\n"},
    {"ages", "[1, 2]",
        "1:1: a list of 2, expected a list of 3: ages of keepers [yr]\n"},
    {"ages", "[1, 2, 3, 4]",
        "1:1: a list of 4, expected a list of 3: ages of keepers [yr]\n"},
    {"ages", "{a: 1}", "1:1: a mapping, expected a list of 3: ages of keepers [yr]\n"},
    {"ages", "[1, x, [2]]",
        "1:5: 'x' is not a number, expected ages of keepers [yr]\n"
        "a.yaml:1:8: a list, expected ages of keepers [yr]\n"},
    {"rate", "[1]", "1:1: a list, expected rate of sale [1/yr], 0 to 10\n"},
    {"rate", "{vale: 1}", "1:1: a mapping, expected rate of sale [1/yr], 0 to 10\n"},
    {"rate", "{value: 1, unit: 1/day}", "1:18: unit '1/day', expected '1/yr'\n"},
    {"label", "{value: x, unit: m}", "1:18: unit 'm', expected none\n"},
    {"rate", "{value: 1, sorce: x}",
        "1:12: 'sorce' is not a key of a value; did you mean 'source'?\n"},
    {"rate", "{value: 1, quality: good}",
        "1:21: 'good' is not a quality, expected one of measured, published_estimate, "
        "plan_statement, assumption, recalled\n"},
    {"rate", "{value: 1, source: [x]}", "1:20: a list, expected where it comes from\n"},
    {"rate", "{value: {value: 1}}",
        "1:9: a mapping, expected rate of sale [1/yr], 0 to 10\n"},
    {"rate", "{value: '1', unit: 1/yr}",
        "1:9: '1' is in quotes and so not a number, "
        "expected rate of sale [1/yr], 0 to 10\n"},
    {"trend", "{2021: 1, 2021.0: 2}",
        "1:11: year 2021 does not rise, it comes after 2021\n"},
    {"trend", "{2021: 1, 2020: 2}",
        "1:11: year 2020 does not rise, it comes after 2021\n"},
    {"trend", "{2021: 1, soon: 2}",
        "1:11: 'soon' is not a year, expected years 1 to 9999 "
        "with values: trend [1], 0 to 2\n"},
    {"trend", "{20211: 1}",
        "1:2: '20211' is not a year, expected years 1 to 9999 with "
        "values: trend [1], 0 to 2\n"},
    {"trend", "{2021: 1, 2022: 3}",
        "1:17: '3' is out of range, expected trend [1], 0 to 2\n"},
    {"trend", "{2021: x}", "1:8: 'x' is not a number, expected trend [1], 0 to 2\n"},
    {"trend", "3", "1:1: '3' is out of range, expected trend [1], 0 to 2\n"},
    {"trend", "{}", "1:1: a mapping, expected trend [1], 0 to 2\n"},
    {"trend", "[1]", "1:1: a list, expected trend [1], 0 to 2\n"},
    {"items", "items.txt",
        "1:1: 'items.txt' is not a table, expected a path that ends in "
        ".csv, or a list: what it sells\n"},
    {"items", ".csv",
        "1:1: '.csv' is not a table, expected a path that ends in .csv, or a "
        "list: what it sells\n"},
    {"items", "''",
        "1:1: nothing is not a table, expected a path that ends in .csv, or a "
        "list: what it sells\n"},
    {"items", "{a: 1}",
        "1:1: a mapping is not a table, expected a path that ends in .csv, "
        "or a list: what it sells\n"},
    {"items", "  none.csv",
        "1:3: 'none.csv' cannot be read: No such file or directory\n"},
};

static void
mistakes(void **state)
{
    struct scratch s;
    struct shop_par par;
    char want[400];

    (void)state;
    scratch_open(&s);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        give(&s, bad[i].row, bad[i].text, &par);
        snprintf(want, sizeof want, "a.yaml:%s", bad[i].want);
        assert_string_equal(scratch_report(&s), want);
    }
    scratch_close(&s);
}

static void
longest_path(void **state)
{
    struct scratch s;
    struct shop_par par;
    char text[1000] = "{2000: 0";

    (void)state;
    scratch_open(&s);
    for (int i = 1; i < PATH_MOST; i++)
        snprintf(text + strlen(text), 20, ", %d: 1", 2000 + i);
    strcat(text, "}");
    give(&s, "trend", text, &par);
    assert_int_equal(par.trend.n, PATH_MOST);
    assert_string_equal(scratch_report(&s), "");
    strcpy(text + strlen(text) - 1, ", 3000: 1}");
    give(&s, "trend", text, &par);
    assert_string_equal(
        scratch_report(&s), "a.yaml:1:1: 41 years, expected at most 40\n");
    scratch_close(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind),
        cmocka_unit_test(wrapped),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(longest_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
