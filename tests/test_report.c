#include "sim/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static void
print(const struct report *r, char *text, size_t size)
{
    FILE *f = tmpfile();

    assert_non_null(f);
    report_print(r, f);
    rewind(f);
    text[fread(text, 1, size - 1, f)] = '\0';
    fclose(f);
}

static void
sorted_by_place(void **state)
{
    struct report r = {0};
    char text[1000];

    (void)state;
    report_mistake(&r, (struct place){"b.yaml", 1, 1}, "b");
    report_mistake(&r, (struct place){"a.yaml", 10, 1}, "ten");
    report_mistake(&r, (struct place){"a.yaml", 9, 7}, "nine %d", 7);
    report_mistake(&r, (struct place){"a.yaml", 9, 2}, "nine 2");
    report_mistake(&r, (struct place){"a.yaml", 9, 2}, "nine 2, found later");
    report_mistake(&r, (struct place){"a.yaml", 0, 0}, "whole file");
    report_mistake(&r, (struct place){"a.yaml", 3, 0}, "whole line");
    report_mistake(&r, (struct place){NULL, 0, 0}, "typed");
    report_warning(&r, (struct place){"c.yaml", 2, 1}, "strange");
    report_warning(&r, (struct place){"b.yaml", 2, 1}, "odd");
    print(&r, text, sizeof text);
    assert_string_equal(text, "command line: typed\n"
                              "a.yaml: whole file\n"
                              "a.yaml:3: whole line\n"
                              "a.yaml:9:2: nine 2\n"
                              "a.yaml:9:2: nine 2, found later\n"
                              "a.yaml:9:7: nine 7\n"
                              "a.yaml:10:1: ten\n"
                              "b.yaml:1:1: b\n"
                              "b.yaml:2:1: warning: odd\n"
                              "c.yaml:2:1: warning: strange\n");
    assert_int_equal(r.mistakes, 8);
    assert_int_equal(r.warnings, 2);
    report_free(&r);
    report_free(&r);
}

static void
says_how_many_more(void **state)
{
    struct report r = {0};
    char text[4000];

    (void)state;
    for (int i = 0; i < REPORT_MOST; i++)
        report_mistake(&r, (struct place){"a", i + 1, 1}, "m");
    print(&r, text, sizeof text);
    assert_null(strstr(text, "more"));
    report_mistake(&r, (struct place){"a", 99, 1}, "not kept");
    print(&r, text, sizeof text);
    assert_non_null(strstr(text, "a:20:1: m\nand 1 more mistake\n"));
    assert_null(strstr(text, "not kept"));
    for (int i = 0; i < REPORT_MOST + 2; i++)
        report_warning(&r, (struct place){"a", 1, 1}, "w");
    report_mistake(&r, (struct place){"a", 99, 1}, "not kept");
    print(&r, text, sizeof text);
    assert_non_null(strstr(text, "\nand 2 more mistakes\n"));
    assert_non_null(strstr(text, "\nand 2 more warnings\n"));
    report_free(&r);
}

/* The caller's file name may go before the report is printed. */
static void
keeps_a_copy_of_the_file_name(void **state)
{
    struct report r = {0};
    char name[] = "gone.yaml", text[100];

    (void)state;
    report_mistake(&r, (struct place){name, 1, 2}, "m");
    memset(name, 'x', sizeof name - 1);
    print(&r, text, sizeof text);
    assert_string_equal(text, "gone.yaml:1:2: m\n");
    report_free(&r);
}

static void
messages_are_one_line_of_whole_characters(void **state)
{
    struct report r = {0};
    char text[3000], longer[2000] = "";

    (void)state;
    report_mistake(&r, (struct place){"a", 1, 1}, "one\ntwo\x1b[31m");
    print(&r, text, sizeof text);
    assert_string_equal(text, "a:1:1: one two [31m\n");
    report_free(&r);

    /* A message is cut at 1020 bytes; 1 + 3 k bytes fall on a character's end. */
    strcpy(longer, "x");
    for (int i = 0; i < 500; i++)
        strcat(longer, "\xe4\xb8\xad");
    report_mistake(&r, (struct place){"a", 1, 1}, "%s", longer);
    assert_int_equal(strlen(r.mistake[0].text), 1 + 3 * 339);
    assert_memory_equal(r.mistake[0].text, longer, 1 + 3 * 339);
    report_free(&r);
}

static void
words_are_cut_between_characters(void **state)
{
    char word[100] = "";

    (void)state;
    assert_string_equal(report_word("a\tb\n").text, "a b ");
    assert_string_equal(report_word("").text, "");
    for (int i = 0; i < 60; i++)
        strcat(word, "x");
    assert_string_equal(report_word(word).text, word);
    strcat(word, "x");
    assert_int_equal(strlen(report_word(word).text), 63);
    assert_string_equal(report_word(word).text + 60, "...");
    strcpy(word + 59, "\xe4\xb8\xad");
    assert_string_equal(report_word(word).text + 58, "x...");
}

static void
nearest_name(void **state)
{
    static const char *const names[] = {"places", "places_free", "age", "price", NULL};

    (void)state;
    assert_string_equal(report_nearest("place", names), "places");   /* one missing */
    assert_string_equal(report_nearest("placess", names), "places"); /* one too many */
    assert_string_equal(report_nearest("plages", names), "places");  /* one wrong */
    assert_string_equal(report_nearest("palces", names), "places");  /* two swapped */
    assert_string_equal(report_nearest("place_free", names), "places_free");
    assert_string_equal(report_nearest("ag", names), "age");
    assert_string_equal(report_nearest("prize", names), "price");
    assert_null(report_nearest("plxxxx", names)); /* 4 edits of 6 */
    assert_null(report_nearest("", names));
    assert_null(report_nearest("x", names));
}

/* 2 edits of 6 letters are a third, 3 of 8 are more; the swap counts once. */
static void
nearest_limit_is_a_third(void **state)
{
    static const char *const names[] = {"abcdef", NULL}, *const eight[] = {
                                                             "abcdefgh", NULL};
    char word[201];

    (void)state;
    assert_non_null(report_nearest("abcdxx", names));
    assert_null(report_nearest("abcxxx", names));
    assert_null(report_nearest("abcdexxx", eight));
    assert_non_null(report_nearest("bacdefhg", eight));
    memset(word, 'a', 200);
    word[200] = '\0';
    assert_null(report_nearest(word, names)); /* too long to be a name */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorted_by_place),
        cmocka_unit_test(says_how_many_more),
        cmocka_unit_test(keeps_a_copy_of_the_file_name),
        cmocka_unit_test(messages_are_one_line_of_whole_characters),
        cmocka_unit_test(words_are_cut_between_characters),
        cmocka_unit_test(nearest_name),
        cmocka_unit_test(nearest_limit_is_a_third),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
