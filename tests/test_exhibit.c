/*
 * Tables to be read in the book.
 */
#include "validation/exhibit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static void
cells_in_order(void **state)
{
    static const char *const want[] = {"Age", "Off", "60+", "-1.5 %", "", "x"};
    struct exhibits shown = {.n = 0};
    char cell[EXHIBIT_CELL];
    bool last;

    (void)state;
    exhibit_open(&shown, "table %d", 1);
    exhibit_line(&shown, "Age\tOff");
    exhibit_line(&shown, "%s\t%+.1f %%", "60+", -1.5);
    exhibit_line(&shown, "\tx");
    assert_string_equal(shown.item[0].title, "table 1");
    const char *at = shown.item[0].text;
    for (int i = 0; i < 6; i++) {
        assert_true(exhibit_cell(&at, cell, &last));
        assert_string_equal(cell, want[i]);
        assert_int_equal(last, i % 2);
    }
    assert_false(exhibit_cell(&at, cell, &last));
    exhibit_free(&shown);
    exhibit_free(&shown);
}

static void
many_tables_and_lines(void **state)
{
    struct exhibits shown = {.n = 0};
    char cell[EXHIBIT_CELL];
    bool last;
    int lines = 0;

    (void)state;
    for (int k = 0; k < 5; k++) {
        exhibit_open(&shown, "%d", k);
        for (int i = 0; i < 300; i++)
            exhibit_line(&shown, "%d\t%d", k, i);
    }
    assert_int_equal(shown.n, 5);
    for (const char *at = shown.item[3].text; exhibit_cell(&at, cell, &last);) {
        lines += last;
        assert_true(last || strcmp(cell, "3") == 0);
    }
    assert_int_equal(lines, 300);
    exhibit_free(&shown);
}

static void
numbers(void **state)
{
    (void)state;
    assert_true(exhibit_is_number("12.5"));
    assert_true(exhibit_is_number("-3 %"));
    assert_true(exhibit_is_number("+1e-06"));
    assert_false(exhibit_is_number("12 to 13"));
    assert_false(exhibit_is_number("-"));
    assert_false(exhibit_is_number(""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_in_order),
        cmocka_unit_test(many_tables_and_lines),
        cmocka_unit_test(numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
