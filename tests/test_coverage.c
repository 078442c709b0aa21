/*
 * test_coverage.c - every number of the five plans stands in the scenarios, or it is
 * said why not.
 *
 * `where` of coverage.csv is a list by semicolons. A place is a file, then nothing; or
 * row or column and names by commas, of a table; or lever, target, service or origin
 * and names, or section.key, of a scenario. What is in parentheses explains.
 */
#define _POSIX_C_SOURCE 200809L
#include "sim/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBERS = 278, TEXT = 512 };

struct book {
    struct report report;
    struct arena arena;
    struct intake in;
};

static void
book_open(struct book *b)
{
    memset(b, 0, sizeof *b);
    intake_init(&b->in, &b->arena, &b->report);
}

static void
book_close(struct book *b)
{
    intake_free(&b->in);
    report_free(&b->report);
    mem_arena_free(&b->arena);
}

static const struct intake_file *
file_of(struct book *b, const char *name)
{
    char path[TEXT];

    snprintf(path, sizeof path, "scenarios/%s", name);
    return intake_read(&b->in, path, (struct place){NULL, 0, 0});
}

/* Where the lines of a section of a scenario begin, and their size. */
static const char *
section_of(const char *text, const char *section, size_t *size)
{
    char head[TEXT];
    const char *at, *end;

    snprintf(head, sizeof head, "\n%s:\n", section);
    at = strstr(text, head);
    if (at == NULL)
        return NULL;
    at += strlen(head);
    for (end = at; *end == ' ' || *end == '\n' || *end == '#';)
        end += strcspn(end, "\n") + (end[strcspn(end, "\n")] == '\n');
    *size = (size_t)(end - at);
    return at;
}

/* Whether a line of a section is `before`, the name, and then no more of a name. */
static bool
section_has(const char *text, const char *section, const char *before, const char *name)
{
    size_t size = 0, n = strlen(before), m = strlen(name);
    const char *at = section_of(text, section, &size);

    for (const char *line = at; at != NULL && line < at + size;
         line += strcspn(line, "\n") + 1)
        if (strncmp(line, before, n) == 0 && strncmp(line + n, name, m) == 0 &&
            strchr("\n,:", line[n + m]) != NULL)
            return true;
    return false;
}

/* Whether a table has a row whose id matches, or a column. */
static bool
table_has(struct book *b, const struct intake_file *f, const char *name, bool column)
{
    struct table t;
    bool found = false;

    table_init(&t, &b->in, f);
    for (bool head = true; !found && table_next(&t); head = false) {
        for (size_t i = 0; head && column && i < t.n; i++)
            found |= strcmp(t.cell[i].text, name) == 0;
        found |= !head && !column && fnmatch(name, t.cell[0].text, 0) == 0;
    }
    table_free(&t);
    return found;
}

static bool
is_there(
    struct book *b, const struct intake_file *f, const char *what, const char *name)
{
    static const char *const list[][2] = {{"lever", "lever"}, {"target", "plan"},
        {"service", "service"}, {"origin", "sojourn"}};
    size_t n = strlen(what);

    if (n > 1 && what[n - 1] == 's')
        n--;
    if (strncmp(what, "row", n) == 0 || strncmp(what, "column", n) == 0)
        return table_has(b, f, name, what[0] == 'c');
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
        if (strlen(list[i][0]) == n && strncmp(what, list[i][0], n) == 0)
            return section_has(f->text, list[i][1], "    - name: ", name) ||
                   section_has(f->text, list[i][1], "    - {name: ", name);
    return false;
}

/* Whether one place is there; `place` is cut up. */
static bool
place_is_there(struct book *b, char *place)
{
    char *remark = strstr(place, " ("), *rest, *key;

    if (remark != NULL && place[strlen(place) - 1] == ')')
        *remark = '\0';
    const char *name = strtok_r(place, " ", &rest), *what = strtok_r(NULL, " ", &rest);
    const struct intake_file *f = name != NULL ? file_of(b, name) : NULL;
    if (f == NULL || what == NULL)
        return f != NULL;
    if ((key = strchr(what, '.')) != NULL) {
        *key = '\0';
        return section_has(f->text, what, "  ", key + 1);
    }
    int names = 0;
    for (char *one; (one = strtok_r(NULL, ",", &rest)) != NULL; names++)
        if (!is_there(b, f, what, one + (*one == ' ')))
            return false;
    return names > 0;
}

/* The first place of a list that is not there, or NULL. */
static const char *
missing(struct book *b, const char *where, char text[TEXT])
{
    const char *at = where;

    while (*at != '\0') {
        size_t n = strcspn(at, ";");
        char cut[TEXT];
        assert_true(n < TEXT);
        snprintf(text, TEXT, "%.*s", (int)n, at);
        memcpy(cut, text, TEXT);
        if (!place_is_there(b, cut))
            return text;
        at += n;
        at += strspn(at, "; ");
    }
    return NULL;
}

static size_t
column_of(const struct table *t, const char *name)
{
    size_t i = 0;

    while (i < t->n && strcmp(t->cell[i].text, name) != 0)
        i++;
    assert_true(i < t->n);
    return i;
}

static void
every_number_is_there_or_it_is_said_why_not(void **state)
{
    struct book b;
    struct table t;
    int n = 0, there = 0;
    char text[TEXT];

    (void)state;
    book_open(&b);
    table_init(&t, &b.in, file_of(&b, "coverage.csv"));
    assert_true(table_next(&t));
    size_t row = column_of(&t, "row"), where = column_of(&t, "where");
    size_t why_not = column_of(&t, "why_not");
    while (table_next(&t)) {
        assert_int_equal(atoi(t.cell[row].text), ++n);
        bool placed = *t.cell[where].text != '\0';
        there += placed;
        if (placed == (*t.cell[why_not].text != '\0'))
            fail_msg("row %d: where '%s', why_not '%s'", n, t.cell[where].text,
                t.cell[why_not].text);
        const char *lost = missing(&b, t.cell[where].text, text);
        if (lost != NULL)
            fail_msg("row %d: there is no '%s'", n, lost);
    }
    assert_int_equal(n, NUMBERS);
    assert_true(there > NUMBERS / 2);
    assert_int_equal(b.report.mistakes, 0);
    table_free(&t);
    book_close(&b);
}

/* The test can fail: these are not there, though their neighbours are. */
static void
what_is_not_there_is_missed(void **state)
{
    static const char *const wrong[] = {"dali/nowhere.csv", "dali/plan.yaml lever",
        "dali/plan.yaml lever caregiver", "dali/plan.yaml lever nursing_share",
        "dali/plan.yaml target caregivers, nobody", "dali/plan.yaml house caregivers",
        "dali/plan.yaml workforce.budget_lottery", "dali/plan.yaml ledger.budget",
        "dali/facilities.csv row dali_public", "dali/facilities.csv rows *_palace_*",
        "dali/facilities.csv column beds", "dali/facilities.csv; dali/nowhere.csv"};
    static const char right[] =
        "dali/facilities.csv; dali/plan.yaml levers caregivers, devices (two); "
        "dali/plan.yaml ledger.budget_lottery; dali/facilities.csv rows *_public_*; "
        "dali/facilities.csv column nursing_beds; xingan/plan.yaml origin elsewhere";
    struct book b;
    char text[TEXT];

    (void)state;
    book_open(&b);
    assert_null(missing(&b, right, text));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (missing(&b, wrong[i], text) == NULL)
            fail_msg("'%s' is said to be there", wrong[i]);
    book_close(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_is_there_or_it_is_said_why_not),
        cmocka_unit_test(what_is_not_there_is_missed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
