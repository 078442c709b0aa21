#include "sim/array.h"

#include "sim/value.h"
#include "tests/scratch.h"
#include "tests/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

/* The row's three numbers from a cell, as text; "" when it is none. */
static const char *
cell(struct scratch *s, const char *text)
{
    const struct field *f =
        field_find(field_find(shop_model.par, "items")->columns, "size");
    struct shop_item item = {.name = "a"};

    if (!array_cell(&s->in, (struct place){"a.csv", 2, 1}, text, f, item.size))
        return "";
    return value_text(&s->arena, f, &item);
}

static const char *
node(struct scratch *s, const char *text, bool one_for_all)
{
    const struct field *f = field_find(shop_model.par, "ages");
    struct shop_par par = {.rate = 0};
    const struct tree *top = tree_read(&s->in, "a.yaml", text, strlen(text), true);

    assert_non_null(top);
    if (!(one_for_all ? array_node : array_list)(&s->in, top, f, par.ages))
        return "";
    return value_text(&s->arena, f, &par);
}

static void
numbers_or_one_for_all(void **state)
{
    struct scratch s;

    (void)state;
    scratch_open(&s);
    assert_string_equal(cell(&s, "1 2.5 3"), "[1, 2.5, 3]");
    assert_string_equal(cell(&s, "4"), "[4, 4, 4]");
    assert_string_equal(node(&s, "[1, 2.5, 3]", true), "[1, 2.5, 3]");
    assert_string_equal(node(&s, "[1, 2.5, 3]", false), "[1, 2.5, 3]");
    assert_string_equal(node(&s, "4", true), "[4, 4, 4]");
    assert_string_equal(scratch_report(&s), "");
    scratch_close(&s);
}

static void
anything_else_is_a_mistake(void **state)
{
    struct scratch s;

    (void)state;
    scratch_open(&s);
    assert_string_equal(cell(&s, " 1 2"), "");
    assert_string_equal(scratch_report(&s),
        "a.csv:2:1: '' is not a number, expected sides [m], 0 to 9\n");
    assert_string_equal(cell(&s, "1\t2\t3"), "");
    assert_string_equal(scratch_report(&s),
        "a.csv:2:1: '1 2 3' is not a number, expected sides [m], 0 to 9\n");
    assert_string_equal(cell(&s, "1 2 3 "), "");
    assert_string_equal(scratch_report(&s),
        "a.csv:2:1: '1 2 3 ' is 4 numbers, expected 3 apart by single blanks: sides "
        "[m], 0 to 9\n");
    assert_string_equal(node(&s, "4", false), "");
    assert_string_equal(scratch_report(&s),
        "a.yaml:1:1: one value, expected a list of 3: ages of keepers [yr]\n");
    scratch_close(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_or_one_for_all),
        cmocka_unit_test(anything_else_is_a_mistake),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
