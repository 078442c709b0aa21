#include "sim/record.h"

#include "sim/date.h"
#include "tests/scratch.h"
#include "tests/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static const struct field *
items(void)
{
    return field_find(shop_model.par, "items");
}

/* Reads a CSV text; `rows` stays until the scratch is closed. */
static bool
table_of(struct scratch *s, const char *text, struct rows *rows)
{
    scratch_write(s, "a.csv", text);
    const struct intake_file *f = scratch_read(s, "a.csv");
    assert_non_null(f);
    struct record r;
    record_init(&r, &s->in, items(), 1);
    record_table(&r, f);
    return record_done(&r, rows);
}

static bool
list_of(struct scratch *s, const char *text, struct rows *rows)
{
    const struct tree *top = tree_read(&s->in, "a.yaml", text, strlen(text), true);

    assert_non_null(top);
    struct record r;
    record_init(&r, &s->in, items(), 1);
    record_list(&r, top);
    return record_done(&r, rows);
}

static void
is_two_items(const struct rows *rows)
{
    const struct shop_item *item = rows->row;

    assert_int_equal(rows->n, 2);
    assert_string_equal(item[0].name, "tea, green");
    assert_true(item[0].price == 12.5);
    assert_int_equal(item[0].count, 1);
    assert_int_equal(item[0].since, date_day(2021, 2, 3));
    assert_int_equal(item[0].kind, 1);
    assert_string_equal(item[1].name, "3");
    assert_true(item[1].price == 0);
    assert_int_equal(item[1].count, 50);
    assert_int_equal(item[1].since, 0);
    assert_int_equal(item[1].kind, 0);
}

static void
table_in_any_order_of_columns(void **state)
{
    struct scratch s;
    struct rows rows;

    (void)state;
    scratch_open(&s);
    assert_false(table_of(&s,
        "kind,price,name,since,count\n"
        "private,12.5,\"tea, green\",2021-02-03,\n"
        "\n"
        "public,0,3,,50\n",
        &rows));
    is_two_items(&rows);
    assert_int_equal(rows.line[0], 2);
    assert_int_equal(rows.line[1], 4);
    assert_string_equal(rows.file, scratch_path(&s, "a.csv"));
    assert_string_equal(scratch_report(&s), "");
    scratch_close(&s);
}

static void
list_of_maps(void **state)
{
    struct scratch s;
    struct rows rows;

    (void)state;
    scratch_open(&s);
    assert_false(list_of(&s,
        "- name: tea, green\n"
        "  price: 12.5\n"
        "  since: 2021-02-03\n"
        "  kind: private\n"
        "- {price: 0, name: 3, count: 50}\n",
        &rows));
    is_two_items(&rows);
    assert_int_equal(rows.line[0], 1);
    assert_int_equal(rows.line[1], 5);
    assert_string_equal(rows.file, "a.yaml");
    assert_false(list_of(&s, "[]", &rows));
    assert_int_equal(rows.n, 0);
    assert_false(table_of(&s, "name,price\n", &rows));
    assert_int_equal(rows.n, 0);
    assert_string_equal(scratch_report(&s), "");
    scratch_close(&s);
}

static void
sources_by_row(void **state)
{
    struct scratch s;
    struct rows rows;

    (void)state;
    scratch_open(&s);
    assert_true(
        table_of(&s, "name,source,price,quality\na,a book,1,measured\nb,,2,\n", &rows));
    assert_int_equal(rows.n, 2);
    assert_false(table_of(&s, "name,price,quality\na,1,recalled\n", &rows));
    assert_true(list_of(&s, "- {name: a, price: 1, source: a book}", &rows));
    assert_false(
        list_of(&s, "- {name: a, price: 1, source: x}\n- {name: b, price: 1}", &rows));
    assert_string_equal(scratch_report(&s), "");
    assert_true(table_of(&s, "name,source,price,quality\na,b,1,mesured\n", &rows));
    list_of(&s, "- {name: a, price: 1, quality: good}", &rows);
    assert_string_equal(scratch_report(&s),
        "a.csv:2:7: 'mesured' is not a quality, expected one of measured, "
        "published_estimate, plan_statement, assumption, recalled; did you mean "
        "'measured'?\n"
        "a.yaml:1:32: 'good' is not a quality, expected one of measured, "
        "published_estimate, plan_statement, assumption, recalled\n");
    scratch_close(&s);
}

static void
mistakes_of_tables(void **state)
{
    static const struct {
        const char *text, *want;
    } bad[] = {
        {"", "a.csv: is empty, expected a line that names the columns\n"},
        {"\n\n", "a.csv: is empty, expected a line that names the columns\n"},
        {"name,prise\na,1\n",
            "a.csv:1:1: column 'price' is missing: price [CNY], 0 to 1e+08\n"
            "a.csv:1:6: 'prise' is not a column of 'items'; did you mean 'price'?\n"},
        {"name,price,name,what,name\na,1,b,c,d\n",
            "a.csv:1:12: column 'name' is given twice\n"
            "a.csv:1:17: 'what' is not a column of 'items'\n"
            "a.csv:1:22: column 'name' is given twice\n"},
        {"name,price,sourse\na,1,b\n", "a.csv:1:12: 'sourse' is not a column of "
                                       "'items'; did you mean 'source'?\n"},
        {"name,price\na\n", "a.csv:2:1: 1 cell, expected 2\n"},
        {"name,price\n\xe4\xb8\xad,1,,\n", "a.csv:2:5: 4 cells, expected 2\n"},
        {"name,price\n,1\na,\n",
            "a.csv:2:1: 'name' is empty, expected name of the item\n"
            "a.csv:3:3: 'price' is empty, expected price [CNY], 0 to 1e+08\n"},
        {"name,price,count,since,kind\na,abc,1.5,2021-2-3,pubic\nb, 1,51,,\n",
            "a.csv:2:3: 'abc' is not a number, expected price [CNY], 0 to 1e+08\n"
            "a.csv:2:7: '1.5' is not a whole number, expected how many there are "
            "[piece], 0 to 50\n"
            "a.csv:2:11: '2021-2-3' is not a date YYYY-MM-DD that exists, expected "
            "sold "
            "since\n"
            "a.csv:2:20: 'pubic' is not a choice, expected whose, one of public, "
            "private; did you mean 'public'?\n"
            "a.csv:3:3: ' 1' is not a number, expected price [CNY], 0 to 1e+08\n"
            "a.csv:3:6: '51' is out of range, expected how many there are [piece], 0 "
            "to "
            "50\n"},
        {"name,price\n\"a\nb\",x\n",
            "a.csv:3:4: 'x' is not a number, expected price [CNY], 0 to 1e+08\n"},
        {"name,price\na,x\n\"b,1\n",
            "a.csv:2:3: 'x' is not a number, expected price [CNY], 0 to 1e+08\n"
            "a.csv:3:1: this quote is not closed\n"},
        {"\"name\n", "a.csv:1:1: this quote is not closed\n"},
    };
    struct scratch s;
    struct rows rows;

    (void)state;
    scratch_open(&s);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        table_of(&s, bad[i].text, &rows);
        assert_string_equal(scratch_report(&s), bad[i].want);
    }
    scratch_close(&s);
}

static void
mistakes_of_lists(void **state)
{
    static const struct {
        const char *text, *want;
    } bad[] = {
        {"- a\n- [b]\n- *c\n",
            "a.yaml:1:3: a text is not a row of 'items', expected keys and values\n"
            "a.yaml:2:3: a list is not a row of 'items', expected keys and values\n"
            "a.yaml:3:3: aliases (*name) are not allowed\n"},
        {"- {nam: a, price: 1}\n",
            "a.yaml:1:3: 'name' is missing: name of the item\n"
            "a.yaml:1:4: 'nam' is not a column of 'items'; did you mean 'name'?\n"},
        {"- name: a\n  price: '1'\n  count: [1]\n",
            "a.yaml:2:10: '1' is in quotes and so not a number, expected price [CNY], "
            "0 "
            "to 1e+08\n"
            "a.yaml:3:10: a list, expected how many there are [piece], 0 to 50\n"},
        {"- name:\n  price: 1\n", "a.yaml:1:8: no value, expected name of the item\n"},
    };
    struct scratch s;
    struct rows rows;

    (void)state;
    scratch_open(&s);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        list_of(&s, bad[i].text, &rows);
        assert_string_equal(scratch_report(&s), bad[i].want);
    }
    scratch_close(&s);
}

static void
is_limited_when_keyed(struct scratch *s, char *text)
{
    struct rows rows;
    struct record r;
    size_t n = (size_t)sprintf(text, "name,price\n");

    for (int i = 0; i <= MERGE_MOST_KEYED; i++)
        n += (size_t)sprintf(text + n, "%d,1\n", i);
    scratch_write(s, "b.csv", text);
    record_init(&r, &s->in, field_find(shop_model.par, "spare"), 1);
    record_table(&r, scratch_read(s, "b.csv"));
    record_done(&r, &rows);
    assert_string_equal(scratch_report(s), "b.csv:10002:1: more than 10000 rows\n");
    assert_int_equal(rows.n, MERGE_MOST_KEYED);
}

/* A base in CSV, two changes over it; the second row of the first is not a record. */
static void
keyed_tables_merge(void **state)
{
    struct scratch s;
    struct rows rows;
    struct record r;
    const struct field *f = field_find(shop_model.par, "spare");

    (void)state;
    scratch_open(&s);
    scratch_write(&s, "a.csv", "price,name,kind\n5,tea,private\n,rice,\n");
    scratch_write(&s, "b.csv", "name,count,price\nsalt,,3\nrice,4,6\n");
    record_init(&r, &s.in, f, 2);
    record_table(&r, scratch_read(&s, "a.csv"));
    record_table(&r, scratch_read(&s, "b.csv"));
    assert_false(record_done(&r, &rows));
    assert_string_equal(scratch_report(&s), "");
    const struct shop_item *item = rows.row;
    assert_int_equal(rows.n, 3);
    assert_string_equal(item[0].name, "tea");
    assert_true(item[0].price == 5 && item[0].count == 1 && item[0].kind == 1);
    assert_string_equal(item[1].name, "rice");
    assert_true(item[1].price == 6 && item[1].count == 4);
    assert_string_equal(item[2].name, "salt");
    assert_string_equal(rows.file, scratch_path(&s, "b.csv"));
    assert_string_equal(record_place(&rows, 0).file, scratch_path(&s, "a.csv"));
    assert_string_equal(record_place(&rows, 1).file, scratch_path(&s, "b.csv"));
    assert_int_equal(record_place(&rows, 0).line, 2);
    assert_int_equal(record_place(&rows, 1).line, 3);
    scratch_close(&s);
}

/* One part alone: as strict as any table, and a name stands once. */
static void
keyed_table_alone(void **state)
{
    struct scratch s;
    struct rows rows;
    struct record r;
    const struct field *f = field_find(shop_model.par, "spare");

    (void)state;
    scratch_open(&s);
    scratch_write(&s, "a.csv", "name,price\ntea,5\nrice,\ntea,6\n");
    record_init(&r, &s.in, f, 1);
    record_table(&r, scratch_read(&s, "a.csv"));
    record_done(&r, &rows);
    assert_string_equal(scratch_report(&s),
        "a.csv:3:6: 'price' is empty, expected price [CNY], 0 to 1e+08\n"
        "a.csv:4:1: 'tea' stands twice in 'spare', first in line 2\n");
    scratch_close(&s);
}

static void
is_sized(const struct shop_item *item, double a, double b, double c)
{
    assert_true(item->size[0] == a && item->size[1] == b && item->size[2] == c);
}

static void
columns_of_several_numbers(void **state)
{
    struct scratch s;
    struct rows rows;

    (void)state;
    scratch_open(&s);
    table_of(&s,
        "name,price,size,sold\n"
        "a,1,1 2.5 3,-4 5\n"
        "b,1,7,8\n"
        "c,1,,\n",
        &rows);
    const struct shop_item *item = rows.row;
    is_sized(&item[0], 1, 2.5, 3);
    assert_true(item[0].sold[0] == -4 && item[0].sold[1] == 5);
    is_sized(&item[1], 7, 7, 7);
    assert_true(item[1].sold[0] == 8 && item[1].sold[1] == 8);
    is_sized(&item[2], 0.5, 0.5, 0.5);
    list_of(&s,
        "- {name: a, price: 1, size: [1, 2.5, 3], sold: [-4, 5]}\n"
        "- {name: b, price: 1, size: 7, sold: 8}\n"
        "- {name: c, price: 1}\n",
        &rows);
    item = rows.row;
    is_sized(&item[0], 1, 2.5, 3);
    assert_true(item[0].sold[0] == -4 && item[0].sold[1] == 5);
    is_sized(&item[1], 7, 7, 7);
    assert_true(item[1].sold[0] == 8 && item[1].sold[1] == 8);
    is_sized(&item[2], 0.5, 0.5, 0.5);
    assert_string_equal(scratch_report(&s), "");
    scratch_close(&s);
}

static void
mistakes_of_several_numbers(void **state)
{
    static const struct {
        const char *text, *want;
    } cells[] =
        {
            {"1 2",
                "'1 2' is 2 numbers, expected 3 apart by single blanks: sides [m], 0 "
                "to 9"},
            {"1 2 3 4",
                "'1 2 3 4' is 4 numbers, expected 3 apart by single blanks: sides "
                "[m], 0 to 9"},
            {"1  2", "'' is not a number, expected sides [m], 0 to 9"},
            {"1 2 x", "'x' is not a number, expected sides [m], 0 to 9"},
            {"1 10 2", "'10' is out of range, expected sides [m], 0 to 9"},
            {"1;2;3", "'1;2;3' is not a number, expected sides [m], 0 to 9"},
        },
      values[] = {
          {"[1, 2]", "17: a list of 2, expected a list of 3: sides [m], 0 to 9"},
          {"[1, 2, 3, 4]", "17: a list of 4, expected a list of 3: sides [m], 0 to 9"},
          {"{a: 1}", "17: a mapping, expected a list of 3: sides [m], 0 to 9"},
          {"[1, x, 3]", "21: 'x' is not a number, expected sides [m], 0 to 9"},
          {"1 2 3", "17: '1 2 3' is not a number, expected sides [m], 0 to 9"},
          {"10", "17: '10' is out of range, expected sides [m], 0 to 9"},
          {"'1'",
              "17: '1' is in quotes and so not a number, expected sides [m], 0 to 9"},
          {"~", "17: no value, expected sides [m], 0 to 9"},
      };
    struct scratch s;
    struct rows rows;
    char text[100], want[200];

    (void)state;
    scratch_open(&s);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        snprintf(text, sizeof text, "name,price,size\na,1,%s\n", cells[i].text);
        snprintf(want, sizeof want, "a.csv:2:5: %s\n", cells[i].want);
        table_of(&s, text, &rows);
        assert_string_equal(scratch_report(&s), want);
    }
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        snprintf(text, sizeof text, "- name: a\n  price: 1\n  size:         %s\n",
            values[i].text);
        snprintf(want, sizeof want, "a.yaml:3:%s\n", values[i].want);
        list_of(&s, text, &rows);
        assert_string_equal(scratch_report(&s), want);
    }
    scratch_close(&s);
}

/* As many columns and rows as one cares to give: refused, and not slowly. */
static void
limits(void **state)
{
    struct scratch s;
    struct rows rows;
    size_t n = (size_t)MERGE_MOST;
    char *text = malloc(4 * n + 100);

    (void)state;
    assert_non_null(text);
    scratch_open(&s);
    for (size_t i = 0; i < 1001; i++)
        memcpy(text + 5 * i, "name,", 6);
    table_of(&s, text, &rows);
    assert_string_equal(scratch_report(&s), "a.csv:1:5001: more than 1000 columns\n");
    strcpy(text, "name,price\n");
    for (size_t i = 0; i <= n; i++)
        memcpy(text + 11 + 4 * i, "a,1\n", 5);
    table_of(&s, text, &rows);
    assert_string_equal(
        scratch_report(&s), "a.csv:4194306:1: more than 4194304 rows\n");
    assert_int_equal(rows.n, MERGE_MOST);
    is_limited_when_keyed(&s, text);
    scratch_close(&s);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_in_any_order_of_columns),
        cmocka_unit_test(list_of_maps),
        cmocka_unit_test(sources_by_row),
        cmocka_unit_test(mistakes_of_tables),
        cmocka_unit_test(mistakes_of_lists),
        cmocka_unit_test(columns_of_several_numbers),
        cmocka_unit_test(mistakes_of_several_numbers),
        cmocka_unit_test(keyed_tables_merge),
        cmocka_unit_test(keyed_table_alone),
        cmocka_unit_test(limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
