#include "models/lever_kind.h"
#include "models/models.h"
#include "output/reference.h"
#include "sim/mem.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

#define PAGE "models/REFERENCE.md"

/* All of a file from its beginning; by mem_free(). */
static char *
text_of(FILE *file)
{
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long n = ftell(file);
    assert_true(n >= 0);
    char *text = mem_alloc((size_t)n + 1, 1);
    rewind(file);
    assert_int_equal(fread(text, 1, (size_t)n, file), n);
    return text;
}

/* The page as the tables have it now; by mem_free(). */
static char *
written(void)
{
    FILE *file = tmpfile();

    assert_non_null(file);
    reference_write(file);
    char *text = text_of(file);
    fclose(file);
    return text;
}

/* The first line in which two texts differ; 0 when they do not. */
static int
difference(const char *a, const char *b)
{
    int line = 1;

    for (; *a != '\0' && *a == *b; a++, b++)
        line += *a == '\n';
    return *a == *b ? 0 : line;
}

static void
differences_are_found(void **state)
{
    (void)state;
    assert_int_equal(difference("a\nb\n", "a\nb\n"), 0);
    assert_int_equal(difference("a\nb\n", "a\nc\n"), 2);
    assert_int_equal(difference("a\n", "a\nb\n"), 2);
}

static void
the_page_is_not_stale(void **state)
{
    (void)state;
    FILE *file = fopen(PAGE, "r");

    if (file == NULL)
        fail_msg(PAGE " is missing: run make reference");
    char *there = text_of(file), *now = written();
    fclose(file);
    int line = difference(there, now);
    if (line > 0)
        fail_msg(PAGE " is stale from line %d on: run make reference", line);
    mem_free(there);
    mem_free(now);
}

static void
has_row(const char *page, const char *name)
{
    char row[128];

    snprintf(row, sizeof row, "\n| `%s` | ", name);
    if (strstr(page, row) == NULL)
        fail_msg("%s is not on the page", name);
}

static void
has_all(const char *page, const struct field *f)
{
    for (; f != NULL && f->name != NULL; f++) {
        has_row(page, f->name);
        if (f->kind == FIELD_ROWS)
            has_all(page, f->columns);
    }
}

/* Parameters, columns, results, events and levers of every model. */
static void
nothing_is_left_out(void **state)
{
    (void)state;
    char *page = written();

    for (int i = 0; models_list[i] != NULL; i++) {
        const struct handler *h = models_list[i]->handlers;
        has_all(page, models_list[i]->par);
        has_all(page, models_list[i]->out);
        for (; h != NULL && h->name != NULL; h++) {
            char row[128];
            snprintf(row, sizeof row, "\n| %s | ", h->name);
            assert_non_null(strstr(page, row));
        }
    }
    for (const struct lever_kind *k = lever_kind_list; k->name != NULL; k++)
        has_row(page, k->name);
    mem_free(page);
}

/* Bars, `\|` aside. */
static int
bars(const char *line, size_t length)
{
    int n = 0;

    for (size_t i = 0; i < length; i++)
        n += line[i] == '|' && (i == 0 || line[i - 1] != '\\');
    return n;
}

/* A sign in a text could break a table: rows of one have as many cells. */
static void
tables_are_whole(void **state)
{
    (void)state;
    char *page = written();
    int cells = 0;

    for (const char *line = page; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        int n = line[0] == '|' ? bars(line, length) : 0;
        if (n > 0 && cells > 0 && n != cells)
            fail_msg(
                "%d cells, expected %d: %.*s", n - 1, cells - 1, (int)length, line);
        cells = n;
        line += length + (line[length] == '\n');
    }
    mem_free(page);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(differences_are_found),
        cmocka_unit_test(the_page_is_not_stale),
        cmocka_unit_test(nothing_is_left_out),
        cmocka_unit_test(tables_are_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
