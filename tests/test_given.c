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
    return given_read(&s->in, &top, 1, field_find(shop_model.par, row), par);
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

/* Reads `n` texts for `spare`, the base's first, from the files 0.yaml and on. */
static struct given
give_parts(struct scratch *s, const char *const *part, int n, struct shop_par *par)
{
    const struct tree *node[4];
    char name[24];

    for (int i = 0; i < n; i++) {
        char *text = mem_arena_text(&s->arena, part[i]);
        snprintf(name, sizeof name, "%d.yaml", i);
        const char *path = mem_arena_text(&s->arena, scratch_path(s, name));
        node[i] = tree_read(&s->in, path, text, strlen(text), true);
        assert_non_null(node[i]);
    }
    field_defaults(shop_model.par, par);
    return given_read(&s->in, node, n, field_find(shop_model.par, "spare"), par);
}

static void
keyed_parts_merge(void **state)
{
    const char *const part[] = {"spare.csv",
        "value: [{name: rice, price: 7}, {name: tea, count: 9}]",
        "- {name: salt, price: 3}\n- {name: rice, count: 4}\n"};
    struct scratch s;
    struct shop_par par;

    (void)state;
    scratch_open(&s);
    scratch_write(&s, "spare.csv", "name,price,kind\ntea,5,private\nrice,6,\n");
    give_parts(&s, part, 3, &par);
    assert_string_equal(scratch_report(&s), "");
    const struct shop_item *item = par.spare.row;
    assert_int_equal(par.spare.n, 3);
    assert_string_equal(item[0].name, "tea");
    assert_true(item[0].price == 5 && item[0].count == 9 && item[0].kind == 1);
    assert_string_equal(item[1].name, "rice");
    assert_true(item[1].price == 7 && item[1].count == 4 && item[1].kind == 0);
    assert_string_equal(item[2].name, "salt");
    assert_string_equal(par.spare.from[0], scratch_path(&s, "1.yaml"));
    assert_string_equal(par.spare.from[1], scratch_path(&s, "2.yaml"));
    assert_int_equal(par.spare.line[1], 2);
    assert_int_equal(par.spare.line[2], 1);
    const char *const cleared[] = {part[0], "[]", "[{name: jam, price: 1}]"};
    give_parts(&s, cleared, 2, &par);
    assert_int_equal(par.spare.n, 0);
    give_parts(&s, cleared, 3, &par);
    assert_int_equal(par.spare.n, 1);
    assert_string_equal(scratch_report(&s), "");
    scratch_close(&s);
}

static void
sources_of_keyed_parts(void **state)
{
    static const struct {
        const char *part[3];
        const char *source, *quality;
        bool by_row;
    } table[] = {
        {{"{value: [{name: a, price: 1}], source: s, quality: measured}",
             "[{name: a, price: 2}]", "[]"},
            NULL, NULL, false},
        {{"[]", "{value: [{name: a, price: 1}], source: s, quality: measured}",
             "[{name: a, price: 2}]"},
            "s", "measured", false},
        {{"{value: [{name: a, price: 1}], source: s, quality: measured}",
             "{value: [{name: b, price: 1}], source: t}",
             "{value: [{name: c, price: 1}], quality: recalled}"},
            "t", "recalled", false},
        {{"[{name: a, price: 1}]", "[]", "[{name: b, price: 1, source: s}]"}, NULL,
            NULL, true},
        {{"[{name: a, price: 1, source: s}]", "[{name: b, price: 1, source: s}]",
             "[{name: a, price: 1}]"},
            NULL, NULL, false},
    };
    struct scratch s;
    struct shop_par par;

    (void)state;
    scratch_open(&s);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct given g = give_parts(&s, table[i].part, 3, &par);
        assert_string_equal(g.source != NULL ? g.source : "",
            table[i].source != NULL ? table[i].source : "");
        assert_string_equal(g.quality != NULL ? g.quality : "",
            table[i].quality != NULL ? table[i].quality : "");
        assert_int_equal(g.row_by_row, table[i].by_row);
    }
    assert_string_equal(scratch_report(&s), "");
    scratch_close(&s);
}

static void
mistakes_of_keyed_parts(void **state)
{
    static const struct {
        const char *part[2], *want;
    } wrong[] = {
        {{"[{name: a}, {name: b}]", "[{name: b, price: 2}]"},
            "0.yaml:1:2: 'price' of a is missing: price [CNY], 0 to 1e+08\n"},
        {{"[{name: a}]", "\n- {name: a, count: 2}"},
            "1.yaml:2:3: 'price' of a is missing: price [CNY], 0 to 1e+08\n"},
        {{"[]", "- {name: a, price: 2}\n- price: 2\n"},
            "1.yaml:2:3: 'name' is missing: name of the item\n"},
        {{"[{name: a, price: 1}]", "- {name: a}\n- {name: a, prise: 3}\n"},
            "1.yaml:2:3: 'a' stands twice in 'spare', first in line 1\n"},
        {{"[{name: a, price: 1}]", "[{name: a, prise: 3}, {name: b, price: x}]"},
            "1.yaml:1:12: 'prise' is not a column of 'spare'; did you mean 'price'?\n"
            "1.yaml:1:40: 'x' is not a number, expected price [CNY], 0 to 1e+08\n"},
        {{"none.csv", "[{name: a, count: 1}]"},
            "0.yaml:1:1: 'none.csv' cannot be read: No such file or directory\n"},
        {{"spare.csv", "[{name: c, price: 1}]"},
            "spare.csv:3:1: 'price' of b is missing: price [CNY], 0 to 1e+08\n"},
        {{"[{name: a, price: 1}]", "bad.csv"},
            "bad.csv:1:1: 'nam' is not a column of 'spare'; did you mean 'name'?\n"
            "bad.csv:1:1: column 'name' is missing: name of the item\n"},
    };
    struct scratch s;
    struct shop_par par;

    (void)state;
    scratch_open(&s);
    scratch_write(&s, "spare.csv", "name,price\na,1\nb,\n");
    scratch_write(&s, "bad.csv", "nam,price\na,1\n");
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        give_parts(&s, wrong[i].part, 2, &par);
        assert_string_equal(scratch_report(&s), wrong[i].want);
    }
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
        cmocka_unit_test(keyed_parts_merge),
        cmocka_unit_test(sources_of_keyed_parts),
        cmocka_unit_test(mistakes_of_keyed_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
