/*
 * Every number of the five plans is accounted for: scenarios/coverage.csv says of each
 * row where it stands or why it cannot be simulated.
 */
#include "sim/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 278, WHERE = 11, WHY_NOT = 12, COLUMNS = 13, TEXT = 512 };

struct pages {
    struct arena arena;
    struct report report;
    struct intake in;
    struct table table;
};

static void
open_pages(struct pages *p)
{
    *p = (struct pages){.report = {.mistakes = 0}};
    intake_init(&p->in, &p->arena, &p->report);
    const struct intake_file *file =
        intake_read(&p->in, "scenarios/coverage.csv", (struct place){.file = NULL});
    assert_non_null(file);
    table_init(&p->table, &p->in, file);
    assert_true(table_next(&p->table));
    assert_int_equal(p->table.n, COLUMNS);
    assert_string_equal(p->table.cell[WHERE].text, "where");
    assert_string_equal(p->table.cell[WHY_NOT].text, "why_not");
}

static void
close_pages(struct pages *p)
{
    table_free(&p->table);
    intake_free(&p->in);
    report_free(&p->report);
    mem_arena_free(&p->arena);
}

/* The text of a file under scenarios/, or NULL; in the arena. */
static const char *
file_text(struct pages *p, const char *name)
{
    char path[TEXT];

    snprintf(path, sizeof path, "scenarios/%s", name);
    if (access(path, R_OK) != 0)
        return NULL;
    const struct intake_file *file =
        intake_read(&p->in, path, (struct place){.file = NULL});
    return file != NULL ? file->text : NULL;
}

/* Whether a row of a plan has this name. */
static bool
has_row(const char *text, const char *name)
{
    char key[TEXT];

    snprintf(key, sizeof key, "name: %s\n", name);
    if (strstr(text, key) != NULL)
        return true;
    snprintf(key, sizeof key, "name: %s,", name);
    return strstr(text, key) != NULL;
}

/* Files and the names of targets, levers and services that a cell speaks of: how many
 * are not there. */
static int
missing(struct pages *p, const char *where, int *files)
{
    char copy[4096], *rest = NULL;
    const char *text = NULL, *kind = NULL;
    int wrong = 0;

    snprintf(copy, sizeof copy, "%s", where);
    for (char *word = strtok_r(copy, " ;,", &rest); word != NULL;
         word = strtok_r(NULL, " ;,", &rest)) {
        if (strstr(word, ".yaml") != NULL || strstr(word, ".csv") != NULL) {
            text = file_text(p, word);
            wrong += text == NULL;
            ++*files;
            kind = NULL;
        } else if (kind != NULL && text != NULL) {
            if (!has_row(text, word))
                print_error(
                    "no %s '%s' in the file that '%s' names\n", kind, word, where);
            wrong += !has_row(text, word);
            kind = NULL;
        } else if (strcmp(word, "target") == 0 || strcmp(word, "lever") == 0 ||
                   strcmp(word, "service") == 0) {
            kind = word;
        }
    }
    return wrong;
}

static void
all_numbers_are_accounted_for(void **state)
{
    static struct pages p;
    int rows = 0, stand = 0, files = 0, wrong = 0;

    (void)state;
    open_pages(&p);
    while (table_next(&p.table)) {
        const char *where = p.table.cell[WHERE].text;
        const char *why = p.table.cell[WHY_NOT].text;
        assert_int_equal(p.table.n, COLUMNS);
        assert_int_equal(atoi(p.table.cell[0].text), ++rows);
        assert_true((where[0] != '\0') != (why[0] != '\0'));
        stand += where[0] != '\0';
        wrong += missing(&p, where, &files);
    }
    assert_int_equal(p.report.mistakes, 0);
    assert_int_equal(rows, ROWS);
    assert_int_equal(wrong, 0);
    assert_true(files >= 150); /* or the check above has looked at nothing */
    print_message("%d of %d rows: %d stand in a scenario, %d cannot be simulated\n",
        rows, ROWS, stand, rows - stand);
    close_pages(&p);
}

/* A name that stands nowhere is noticed. */
static void
what_is_missing_is_noticed(void **state)
{
    static struct pages p;
    int files = 0;

    (void)state;
    open_pages(&p);
    assert_int_equal(missing(&p, "dali/plan.yaml target beds_per_1000", &files), 0);
    assert_int_equal(missing(&p, "dali/plan.yaml target no_such", &files), 1);
    assert_int_equal(missing(&p, "dali/none.yaml", &files), 1);
    close_pages(&p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_numbers_are_accounted_for),
        cmocka_unit_test(what_is_missing_is_noticed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
