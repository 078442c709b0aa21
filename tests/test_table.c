#include "sim/table.h"

#include "tests/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static void
open_text(struct scratch *s, struct table *t, const char *text)
{
    scratch_write(s, "a.csv", text);
    const struct intake_file *f = scratch_read(s, "a.csv");
    assert_non_null(f);
    table_init(t, &s->in, f);
}

static void
cell(const struct table *t, size_t i, const char *text, int line, int column)
{
    assert_true(i < t->n);
    assert_string_equal(t->cell[i].text, text);
    assert_int_equal(t->cell[i].place.line, line);
    assert_int_equal(t->cell[i].place.column, column);
}

static void
cells_know_their_places(void **state)
{
    struct scratch s;
    struct table t;

    (void)state;
    scratch_open(&s);
    open_text(&s, &t, "a,b\n\xe4\xb8\xad,12,\n");
    assert_true(table_next(&t));
    assert_int_equal(t.n, 2);
    cell(&t, 0, "a", 1, 1);
    cell(&t, 1, "b", 1, 3);
    assert_true(table_next(&t));
    assert_int_equal(t.n, 3);
    cell(&t, 0, "\xe4\xb8\xad", 2, 1);
    cell(&t, 1, "12", 2, 3);
    cell(&t, 2, "", 2, 6);
    assert_false(table_next(&t));
    assert_false(table_next(&t));
    assert_string_equal(scratch_report(&s), "");
    table_free(&t);
    table_free(&t);
    scratch_close(&s);
}

static void
quotes(void **state)
{
    struct scratch s;
    struct table t;

    (void)state;
    scratch_open(&s);
    open_text(&s, &t,
        "\"a,b\",\"say \"\"x\"\"\",\"\",\"\"\"\"\n"
        "\"two\r\nlines\n\",z\r\n"
        "\xe4\xb8\xad,\"\xe4\xb8\xad\",y");
    assert_true(table_next(&t));
    assert_int_equal(t.n, 4);
    cell(&t, 0, "a,b", 1, 1);
    cell(&t, 1, "say \"x\"", 1, 7);
    cell(&t, 2, "", 1, 19);
    cell(&t, 3, "\"", 1, 22);
    assert_true(table_next(&t));
    assert_int_equal(t.n, 2);
    cell(&t, 0, "two\nlines\n", 2, 1);
    cell(&t, 1, "z", 4, 3);
    assert_true(table_next(&t));
    cell(&t, 1, "\xe4\xb8\xad", 5, 3);
    cell(&t, 2, "y", 5, 7);
    assert_false(table_next(&t));
    assert_string_equal(scratch_report(&s), "");
    table_free(&t);
    scratch_close(&s);
}

static void
blank_lines_and_line_ends(void **state)
{
    struct scratch s;
    struct table t;

    (void)state;
    scratch_open(&s);
    open_text(&s, &t, "\xef\xbb\xbf\n \t\r\n a \r\n\r\n\r\nb,\n  ");
    assert_true(table_next(&t));
    assert_int_equal(t.n, 1);
    cell(&t, 0, " a ", 3, 1); /* blanks belong to the cell */
    assert_true(table_next(&t));
    assert_int_equal(t.n, 2);
    cell(&t, 0, "b", 6, 1);
    cell(&t, 1, "", 6, 3);
    assert_false(table_next(&t));
    table_free(&t);
    open_text(&s, &t, "");
    assert_false(table_next(&t));
    table_free(&t);
    open_text(&s, &t, "x,"); /* no line end: two cells */
    assert_true(table_next(&t));
    assert_int_equal(t.n, 2);
    assert_false(table_next(&t));
    table_free(&t);
    open_text(&s, &t, "\"\"\n"); /* an empty cell in quotes is no blank line */
    assert_true(table_next(&t));
    assert_int_equal(t.n, 1);
    assert_false(table_next(&t));
    table_free(&t);
    assert_string_equal(scratch_report(&s), "");
    scratch_close(&s);
}

static void
broken_quotes(void **state)
{
    static const struct {
        const char *text, *want;
    } bad[] = {
        {"a\nb,\"c\nd\n", "a.csv:2:3: this quote is not closed\n"},
        {"a\n\"", "a.csv:2:1: this quote is not closed\n"},
        {"a\n\"b\"\"", "a.csv:2:1: this quote is not closed\n"},
        {"a\n\"b\"c\n", "a.csv:2:4: after a closing quote, expected a comma\n"},
        {"a\n\"b\" ,c\n", "a.csv:2:4: after a closing quote, expected a comma\n"},
        {"a\nx,b\"c\"\n",
            "a.csv:2:4: a quote inside a cell: put the cell in quotes and double it\n"},
        {"a\nb\rc\n", "a.csv:2:2: a carriage return without a line feed\n"},
        {"a\nb\r", "a.csv:2:2: a carriage return without a line feed\n"},
    };
    struct scratch s;
    struct table t;

    (void)state;
    scratch_open(&s);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        open_text(&s, &t, bad[i].text);
        assert_true(table_next(&t));
        assert_false(table_next(&t));
        assert_string_equal(scratch_report(&s), bad[i].want);
        table_free(&t);
    }
    scratch_close(&s);
}

static void
the_file_is_kept_as_it_was(void **state)
{
    struct scratch s;
    struct table t;

    (void)state;
    scratch_open(&s);
    open_text(&s, &t, "a,\"b\"\"\"\nc,d\n");
    while (table_next(&t))
        continue;
    assert_string_equal(s.in.file[0]->text, "a,\"b\"\"\"\nc,d\n");
    table_free(&t);
    scratch_close(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_know_their_places),
        cmocka_unit_test(quotes),
        cmocka_unit_test(blank_lines_and_line_ends),
        cmocka_unit_test(broken_quotes),
        cmocka_unit_test(the_file_is_kept_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
