#include "models/phrase.h"

#include "sim/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
numbers_have_marks_between_thousands(void **state)
{
    struct arena a = {.block = NULL};

    (void)state;
    assert_string_equal(phrase_digits(&a, 0, PHRASE_SHORTEST), "0");
    assert_string_equal(phrase_digits(&a, 999, PHRASE_SHORTEST), "999");
    assert_string_equal(phrase_digits(&a, 1000, PHRASE_SHORTEST), "1,000");
    assert_string_equal(phrase_digits(&a, 11669, PHRASE_ROUNDED), "11,669");
    assert_string_equal(phrase_digits(&a, 793750000, PHRASE_SHORTEST), "793,750,000");
    assert_string_equal(phrase_digits(&a, -1234567.25, 2), "-1,234,567.25");
    assert_string_equal(phrase_digits(&a, -100, 0), "-100");
    assert_string_equal(phrase_digits(&a, 41.82, PHRASE_SHORTEST), "41.82");
    mem_arena_free(&a);
}

static void
what_was_worked_out_is_rounded(void **state)
{
    struct arena a = {.block = NULL};

    (void)state;
    assert_string_equal(phrase_digits(&a, 200.0 / 3, PHRASE_ROUNDED), "66.67");
    assert_string_equal(phrase_digits(&a, 49.999, PHRASE_ROUNDED), "50");
    assert_string_equal(phrase_digits(&a, 20.551, PHRASE_ROUNDED), "20.55");
    assert_string_equal(phrase_digits(&a, 1234.567, PHRASE_ROUNDED), "1,235");
    assert_string_equal(phrase_digits(&a, -0.001, PHRASE_ROUNDED), "0");
    assert_string_equal(phrase_digits(&a, -0.04, 1), "0.0");
    assert_string_equal(
        phrase_digits(&a, 4.25, 1), "4.2"); /* to even, as printf does */
    mem_arena_free(&a);
}

static void
words_are_put_in_their_places(void **state)
{
    struct arena a = {.block = NULL};
    struct phrase p = {.arena = &a};

    (void)state;
    phrase_text(&p, "beds", "床位");
    phrase_number(&p, 5200, 0);
    phrase_day(&p, date_day(2025, 12, 31));
    assert_string_equal(phrase_fill(&p, "{b} {a} by {c}, {b} {aa} { {", false),
        "5,200 beds by 2025-12-31, 5,200 {aa} { {");
    assert_string_equal(
        phrase_fill(&p, "到{c}{a}{b}", true), "到2025年12月31日床位5,200");
    assert_string_equal(phrase_fill(&p, "", true), "");
    mem_arena_free(&a);
}

static void
amounts_say_their_unit(void **state)
{
    struct arena a = {.block = NULL};
    struct phrase p = {.arena = &a};

    (void)state;
    phrase_amount(&p, 55, "%", PHRASE_SHORTEST);
    phrase_amount(&p, 25, "1/1000", PHRASE_SHORTEST);
    phrase_amount(&p, 1500000, "CNY", PHRASE_SHORTEST);
    phrase_amount(&p, 11669, "bed", PHRASE_SHORTEST);
    assert_string_equal(phrase_fill(&p, "{a}|{b}|{c}|{d}", false),
        "55 %|25 per 1,000|1,500,000 CNY|11,669");
    assert_string_equal(
        phrase_fill(&p, "{a}|{b}|{c}|{d}", true), "55%|每千人25|1,500,000元|11,669");
    mem_arena_free(&a);
}

static void
lists_grow_at_the_last_word(void **state)
{
    struct arena a = {.block = NULL};
    struct phrase p = {.arena = &a};

    (void)state;
    phrase_text(&p, "first", "一");
    phrase_text(&p, "8", "8");
    phrase_join(&p, (struct phrase_word){" + ", "+"}, "170", "170");
    phrase_join(&p, (struct phrase_word){" + ", "+"}, "1", "1");
    assert_string_equal(phrase_fill(&p, "{a}: {b}", false), "first: 8 + 170 + 1");
    assert_string_equal(phrase_fill(&p, "{a}:{b}", true), "一:8+170+1");
    mem_arena_free(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_marks_between_thousands),
        cmocka_unit_test(what_was_worked_out_is_rounded),
        cmocka_unit_test(words_are_put_in_their_places),
        cmocka_unit_test(amounts_say_their_unit),
        cmocka_unit_test(lists_grow_at_the_last_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
