#include "sim/field.h"

#include "sim/date.h"
#include "tests/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

struct item {
    const char *name;
    int32_t since, kind;
};

struct shop {
    double rate, ages[3];
    int64_t count;
    const char *label;
    int32_t opened;
    int32_t kind;
    struct path trend;
    struct rows items;
};

static const char *const kinds[] = {"public", "private", NULL};

static const struct field item_table[] = {
    {FIELD(struct item, name), .doc = "name of the item", .required = true},
    {FIELD_AS(struct item, since, FIELD_DATE), .doc = "since when"},
    {FIELD_AS(struct item, kind, FIELD_CHOICE), .doc = "whose", .choices = kinds},
    {.name = NULL},
};

static const struct field shop_table[] = {
    {FIELD(struct shop, rate), .unit = "1/yr", .doc = "rate of sale", .def = 0.5,
        .lo = 0.25, .hi = 1e8, .source = "a book", .quality = "measured"},
    {FIELD(struct shop, ages), .unit = "yr", .doc = "ages", .def = 2},
    {FIELD(struct shop, count), .unit = "piece", .doc = "how many", .def = 0x1p53},
    {FIELD(struct shop, label), .doc = "what it is called", .text = "none"},
    {FIELD_AS(struct shop, opened, FIELD_DATE), .doc = "first day", .def = 18628,
        .lo = 0, .hi = 20000},
    {FIELD_AS(struct shop, kind, FIELD_CHOICE), .doc = "whose", .choices = kinds,
        .def = 1},
    {FIELD(struct shop, trend), .unit = "1", .doc = "over the years", .def = 1.5},
    {FIELD(struct shop, items), .doc = "what it sells", .required = true,
        .columns = item_table, .row_size = sizeof(struct item)},
    {.name = NULL},
};

static void
rows_know_their_members(void **state)
{
    static const enum field_kind kind[] = {FIELD_REAL, FIELD_REAL, FIELD_INT,
        FIELD_TEXT, FIELD_DATE, FIELD_CHOICE, FIELD_PATH, FIELD_ROWS};
    static const size_t size[] = {
        8, 24, 8, sizeof(char *), 4, 4, sizeof(struct path), sizeof(struct rows)};

    (void)state;
    for (int i = 0; shop_table[i].name != NULL; i++) {
        assert_int_equal(shop_table[i].kind, kind[i]);
        assert_int_equal(field_size(&shop_table[i]), size[i]);
        assert_int_equal(shop_table[i].count, i == 1 ? 3 : 1);
    }
}

static void
defaults(void **state)
{
    struct shop s;

    (void)state;
    memset(&s, 0xff, sizeof s);
    field_defaults(shop_table, &s);
    assert_true(s.rate == 0.5);
    assert_true(s.ages[0] == 2 && s.ages[1] == 2 && s.ages[2] == 2);
    assert_true(s.count == INT64_C(1) << 53);
    assert_string_equal(s.label, "none");
    assert_int_equal(s.opened, date_day(2021, 1, 1));
    assert_int_equal(s.kind, 1);
    assert_int_equal(s.trend.n, 1);
    assert_true(s.trend.value[0] == 1.5);
    assert_int_equal(s.items.n, 0);
    assert_null(s.items.row);
    assert_null(s.items.file);
}

static void
values(void **state)
{
    struct shop s;

    (void)state;
    field_defaults(shop_table, &s);
    s.ages[2] = 7.25;
    assert_true(field_value(field_find(shop_table, "ages"), &s, 2) == 7.25);
    assert_true(field_value(field_find(shop_table, "count"), &s, 0) == 0x1p53);
    assert_true(field_value(field_find(shop_table, "opened"), &s, 0) == 18628);
    assert_true(field_value(field_find(shop_table, "kind"), &s, 0) == 1);
    assert_null(field_find(shop_table, "agesx"));
    assert_null(field_find(shop_table, ""));
}

static void
path_is_linear_between_knots(void **state)
{
    struct path p = {.n = 3, .year = {2020, 2024, 2025}, .value = {0.1, 0.3, -1}};

    (void)state;
    assert_true(field_path(&p, 1900) == 0.1);
    assert_true(field_path(&p, 2020) == 0.1);
    assert_true(field_path(&p, 2024) == 0.3); /* exact at a knot */
    assert_true(field_path(&p, 2025) == -1);
    assert_true(field_path(&p, 2300) == -1);
    /* One product and one sum of numbers below 1: a few units of 1e-16. */
    assert_true(field_path(&p, 2021) > 0.15 - 1e-15);
    assert_true(field_path(&p, 2021) < 0.15 + 1e-15);
    assert_true(field_path(&p, 2024.5) > -0.35 - 1e-15);
    assert_true(field_path(&p, 2024.5) < -0.35 + 1e-15);
    p.n = 1;
    assert_true(field_path(&p, 0) == 0.1);
    assert_true(field_path(&p, 9999) == 0.1);
}

static void
numbers_read_back(void **state)
{
    (void)state;
    assert_string_equal(field_number(0.1).text, "0.1");
    assert_string_equal(field_number(1e8).text, "1e+08");
    assert_string_equal(field_number(100000).text, "100000");
    assert_string_equal(field_number(1234567).text, "1234567");
    assert_string_equal(field_number(0x1p53).text, "9007199254740992");
    assert_string_equal(field_number(1.0 / 3).text, "0.33333333333333331");
    assert_string_equal(field_number(-0.0).text, "-0");
}

static void
help_is_readable(void **state)
{
    FILE *f = tmpfile();
    char text[2000];

    (void)state;
    assert_non_null(f);
    field_help(shop_table, f);
    rewind(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    assert_string_equal(text, "rate [1/yr] = 0.5, from 0.25 to 1e+08\n"
                              "    rate of sale\n"
                              "    Source: a book\n"
                              "    Quality: measured\n"
                              "ages [yr] = 2, 3 values\n"
                              "    ages\n"
                              "count [piece] = 9007199254740992\n"
                              "    how many\n"
                              "label = 'none'\n"
                              "    what it is called\n"
                              "opened = 2021-01-01, from 1970-01-01 to 2024-10-04\n"
                              "    first day\n"
                              "kind = private, one of public, private\n"
                              "    whose\n"
                              "trend [1] = 1.5, may change over years\n"
                              "    over the years\n"
                              "items, required\n"
                              "    what it sells\n"
                              "    name, required\n"
                              "        name of the item\n"
                              "    since, optional\n"
                              "        since when\n"
                              "    kind = public, one of public, private\n"
                              "        whose\n");
}

static void
cover_finds_what_has_no_row(void **state)
{
    struct field table[9];
    char text[200];

    (void)state;
    rows_cover(shop_table, sizeof(struct shop));
    assert_null(rows_fault(shop_table, sizeof(struct shop), text));
    for (size_t skip = 0; skip < 8; skip++) { /* any member without its row */
        size_t n = 0;
        for (size_t i = 0; i < 9; i++)
            if (i != skip)
                table[n++] = shop_table[i];
        /* 4 bytes before an 8-byte member look like padding: the second int32_t. */
        assert_int_equal(
            rows_fault(table, sizeof(struct shop), text) == NULL, skip == 5);
    }
    assert_non_null(rows_fault(shop_table, sizeof(struct shop) + 8, text));
    memcpy(table, shop_table, sizeof table);
    table[2].offset = 8;
    assert_non_null(rows_fault(table, sizeof(struct shop), text));
    memcpy(table, shop_table, sizeof table);
    table[2].count = 2; /* over the next */
    assert_non_null(rows_fault(table, sizeof(struct shop), text));
    memcpy(table, shop_table, sizeof table);
    table[2].unit = NULL;
    assert_string_equal(
        rows_fault(table, sizeof(struct shop), text), "'count' has no unit");
    table[2].doc = NULL;
    assert_string_equal(
        rows_fault(table, sizeof(struct shop), text), "'count' has no doc");
    table[2].name = "rate";
    assert_string_equal(
        rows_fault(table, sizeof(struct shop), text), "'rate' has its name twice");
    memcpy(table, shop_table, sizeof table);
    table[7].row_size = sizeof(struct item) + 8; /* the columns are looked at too */
    assert_string_equal(
        rows_fault(table, sizeof(struct shop), text), "bytes 16 to 24 have no row");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_know_their_members),
        cmocka_unit_test(defaults),
        cmocka_unit_test(values),
        cmocka_unit_test(path_is_linear_between_knots),
        cmocka_unit_test(numbers_read_back),
        cmocka_unit_test(help_is_readable),
        cmocka_unit_test(cover_finds_what_has_no_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
