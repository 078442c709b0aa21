#include "validation/book.h"

#include "sim/mem.h"
#include "tests/planned.h"
#include "validation/markdown.h"
#include "validation/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* A check whose rows are `found` = 1 for itself and 2 for its twin. */
static void
fine(const struct check_how *how, struct check_rows *rows)
{
    check_add(rows, (struct check_row){.expected = 1.0, .found = how->twin ? 2.0 : 1.0},
        "a < b & c | `d`, %d replicates", how->replicates);
}

static void
wrong(const struct check_how *how, struct check_rows *rows)
{
    (void)how;
    check_add(
        rows, (struct check_row){.expected = 1.0, .found = 1.5, .error = 0.1}, "off");
}

/* Whatever is broken, it finds the same. */
static void
blind(const struct check_how *how, struct check_rows *rows)
{
    (void)how;
    check_add(
        rows, (struct check_row){.expected = 1.0, .found = 0.9, .error = 0.1}, "same");
}

static void
empty(const struct check_how *how, struct check_rows *rows)
{
    (void)how;
    (void)rows;
}

static const struct check checks[] = {
    {"fine", "Is it fine?", "by hand", "nothing", "one more", fine, NULL, 7, 3, false},
    {"wrong", "Is it wrong?", "by hand", "nothing", "nothing", wrong, NULL, 7, 3,
        false},
    {"blind", "Is it blind?", "by hand", "nothing", "nothing", blind, NULL, 7, 3,
        false},
    {"empty", "Is it empty?", "by hand", "nothing", "nothing", empty, NULL, 7, 3,
        false},
    {.id = NULL},
};
static const struct book_section section = {"hand", "By hand", "About `it`.", checks};

/* A book of the checks above. */
static void
made(struct book *book, int threads)
{
    *book = (struct book){.options = {.threads = threads, .seed = 5}, .n = 4};
    book->entry = mem_alloc(4, sizeof *book->entry);
    for (int i = 0; i < 4; i++)
        book->entry[i] = (struct book_entry){.section = &section,
            .check = &checks[i],
            .replicates = 7,
            .twin_replicates = 3};
    book_run(book, NULL);
}

static void
verdicts_and_sums(void **state)
{
    struct book book;

    (void)state;
    made(&book, 2);
    struct book_sum sum = book_sum(&book);
    assert_true(book.entry[0].passed && book.entry[0].noticed);
    assert_false(book.entry[1].passed);
    assert_true(book.entry[2].passed && !book.entry[2].noticed);
    assert_false(book.entry[3].passed); /* no row proves nothing */
    assert_string_equal(
        book.entry[0].twin.row[0].label, "a < b & c | `d`, 3 replicates");
    assert_int_equal(sum.checks, 4);
    assert_int_equal(sum.failed, 2);
    assert_int_equal(sum.unnoticed, 2); /* blind, and the empty one */
    assert_int_equal(sum.rows, 3);
    assert_int_equal(sum.wrong, 1);
    assert_int_equal(sum.random, 2);
    assert_int_equal(sum.band[1] + sum.band[0], 1);
    assert_int_equal(sum.band[4], 1);
    book_free(&book);
    book_free(&book);
}

static char *
printed(const struct book *book, void (*print)(const struct book *, FILE *))
{
    FILE *f = tmpfile();

    assert_non_null(f);
    print(book, f);
    rewind(f);
    char *text = planned_text(f);
    fclose(f);
    return text;
}

static int
count(const char *text, const char *word)
{
    int n = 0;

    for (; (text = strstr(text, word)) != NULL; text += strlen(word))
        n++;
    return n;
}

/* Every element that is opened is closed, in order; void ones close themselves. */
static void
well_formed(const char *text)
{
    char open[64][16];
    int depth = 0;

    for (const char *at = strchr(text + 1, '<'); at != NULL; at = strchr(at + 1, '<')) {
        char name[16];
        bool close = at[1] == '/';
        size_t n = strspn(at + 1 + close, "abcdefghijklmnopqrstuvwxyz0123456789");
        const char *end = strchr(at, '>');
        assert_true(n > 0 && n < 16 && end != NULL);
        memcpy(name, at + 1 + close, n);
        name[n] = '\0';
        if (close) {
            assert_true(depth > 0);
            assert_string_equal(open[--depth], name);
        } else if (end[-1] != '/') {
            assert_true(depth < 64);
            strcpy(open[depth++], name);
        }
    }
    assert_int_equal(depth, 0);
}

static void
page_holds_everything(void **state)
{
    struct book book;

    (void)state;
    made(&book, 1);
    char *text = printed(&book, page_print);
    well_formed(text);
    assert_int_equal(count(text, "a &lt; b &amp; c | <code>d</code>, 7 replicates"), 1);
    assert_int_equal(count(text, ">differs<"), 1);
    assert_int_equal(count(text, ">agrees<"), 2);
    assert_int_equal(count(text, ">not noticed<"), 4); /* contents, and the check */
    assert_int_equal(count(text, "About <code>it</code>."), 1);
    for (int i = 0; i < 4; i++) {
        char id[40];
        snprintf(id, sizeof id, "id=\"%s\"", checks[i].id);
        assert_int_equal(count(text, id), 1);
        snprintf(id, sizeof id, "href=\"#%s\"", checks[i].id);
        assert_int_equal(count(text, id), 1);
    }
    assert_int_equal(count(text, "http"), 0); /* needs nothing from elsewhere */
    assert_int_equal(count(text, "<script"), 0);
    mem_free(text);
    book_free(&book);
}

static void
markdown_holds_everything(void **state)
{
    struct book book;

    (void)state;
    made(&book, 1);
    char *text = printed(&book, markdown_print);
    assert_int_equal(
        count(text, "| a \\< b & c \\| `d`, 7 replicates | 1 | 1 | exact |"), 1);
    assert_int_equal(count(text, "**DIFFERS**"), 1);
    assert_int_equal(count(text, "**FAILS**"), 2);
    assert_int_equal(count(text, "**NOT NOTICED**"), 4);
    assert_non_null(strstr(text, "2 of 4 checks pass, 2 of 3 rows agree"));
    mem_free(text);
    book_free(&book);
}

static void
ids_are_names(void **state)
{
    struct book_options all = {.threads = 1};
    struct book book;

    (void)state;
    book_init(&book, &all);
    assert_true(book.n > 20);
    for (int i = 0; i < book.n; i++) {
        const struct check *c = book.entry[i].check;
        for (const char *p = c->id; *p != '\0'; p++)
            assert_true(islower(*p) || isdigit(*p) || *p == '_');
        assert_true(c->fast > 0 && c->full >= c->fast && c->run != NULL);
        assert_non_null(c->question);
        assert_non_null(c->method);
        assert_non_null(c->source);
        assert_non_null(c->twin);
        for (int k = 0; k < i; k++)
            assert_string_not_equal(c->id, book.entry[k].check->id);
        for (const struct book_section *s = book_sections; s->id != NULL; s++)
            assert_string_not_equal(c->id, s->id); /* both are anchors of the page */
        assert_string_not_equal(c->id, "contents");
        assert_string_not_equal(c->id, "errors");
    }
    book_free(&book);
}

static void
chosen_by_id_or_section(void **state)
{
    static const char *const only[] = {"erlang_c", "lives"};
    static const char *const slow[] = {"projection_dali"};
    static const char *const none[] = {"erlang_c", "nothing"};
    struct book_options o = {.only = only, .n_only = 2};
    struct book book;

    (void)state;
    book_init(&book, &o);
    assert_int_equal(book.n, 6);
    assert_string_equal(book.entry[0].check->id, "erlang_c");
    assert_int_equal(book.entry[0].replicates, book.entry[0].check->full);
    assert_int_equal(book.entry[0].twin_replicates, book.entry[0].check->fast);
    book_free(&book);
    assert_null(book_unknown(&o));
    o.only = none;
    assert_string_equal(book_unknown(&o), "nothing");
    o = (struct book_options){.only = slow, .n_only = 1, .fast = true};
    assert_string_equal(book_unknown(&o), "projection_dali");
    o = (struct book_options){.fast = true, .replicates = 9};
    book_init(&book, &o);
    assert_int_equal(book.entry[0].replicates, 9);
    assert_int_equal(book.entry[0].twin_replicates, 9);
    book_free(&book);
}

/* What a check finds does not depend on what else is run, nor on threads. */
static void
same_whatever_else_runs(void **state)
{
    static const char *const one[] = {"constant"}, *const more[] = {
                                                       "constant", "little"};
    struct book_options o = {.only = one, .n_only = 1, .fast = true, .threads = 1};
    struct book a, b;

    (void)state;
    book_init(&a, &o);
    o.only = more;
    o.n_only = 2;
    o.threads = 2;
    book_init(&b, &o);
    book_run(&a, NULL);
    book_run(&b, NULL);
    const struct check_rows *x = &a.entry[0].rows, *y = &b.entry[1].rows;
    assert_string_equal(b.entry[1].check->id, "constant");
    assert_int_equal(x->n, y->n);
    for (int i = 0; i < x->n; i++)
        assert_true(x->row[i].found == y->row[i].found);
    book_free(&a);
    book_free(&b);
}

static void
bands_are_a_whole(void **state)
{
    double sum = 0.0;

    (void)state;
    for (int k = 0; k < BOOK_BANDS; k++)
        sum += book_band(k);
    assert_true(sum > 1.0 - 1e-12 && sum < 1.0 + 1e-12);
    assert_true(book_band(0) > 0.6826 && book_band(0) < 0.6828);
    assert_true(book_band(4) > 6.33e-5 && book_band(4) < 6.34e-5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_and_sums),
        cmocka_unit_test(page_holds_everything),
        cmocka_unit_test(markdown_holds_everything),
        cmocka_unit_test(ids_are_names),
        cmocka_unit_test(chosen_by_id_or_section),
        cmocka_unit_test(same_whatever_else_runs),
        cmocka_unit_test(bands_are_a_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
