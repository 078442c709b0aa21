#define _XOPEN_SOURCE 700
#include "output/command.h"

#include "tests/planned.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

static const struct command commands[] = {
    {.name = "bake",
        .words = "CAKE [TOPPING]",
        .doc = "bake a cake",
        .options = COMMAND_TAKES(COMMAND_OUTPUT) | COMMAND_TAKES(COMMAND_SEED) |
                   COMMAND_TAKES(COMMAND_SET) | COMMAND_TAKES(COMMAND_QUIET) |
                   COMMAND_TAKES(COMMAND_LANG),
        .least = 1,
        .most = 2},
    {.name = "eat", .words = "CAKE...", .doc = "eat it", .least = 1, .most = 99},
    {.name = NULL},
};

enum { WORDS = 16 };

/* Reads `text`, words apart by one blank; `argv` [WORDS] has to outlive `line`. */
static int
reads(struct command_line *line, char *text, char **argv)
{
    int argc = 0;

    for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " "))
        argv[argc++] = word;
    argv[argc] = NULL;
    return command_read(line, commands, argc, argv);
}

static void
words_and_options_may_mix(void **state)
{
    struct command_line l;
    char *argv[WORDS];
    char text[] =
        "carecap bake plum -o out --set a.b=1 --seed=7 --quiet --set c=2 cream";

    (void)state;
    assert_int_equal(reads(&l, text, argv), 0);
    assert_string_equal(l.command->name, "bake");
    assert_int_equal(l.n_words, 2);
    assert_string_equal(l.word[0], "plum");
    assert_string_equal(l.word[1], "cream");
    assert_string_equal(l.value[COMMAND_OUTPUT], "out");
    assert_string_equal(l.value[COMMAND_SEED], "7");
    assert_non_null(l.value[COMMAND_QUIET]);
    assert_null(l.value[COMMAND_LANG]);
    assert_int_equal(l.n_set, 2);
    assert_string_equal(l.set[0], "a.b=1");
    assert_string_equal(l.set[1], "c=2");
    command_free(&l);
}

static void
after_two_dashes_all_are_words(void **state)
{
    struct command_line l;
    char *argv[WORDS];
    char text[] = "carecap bake -- --seed -";

    (void)state;
    assert_int_equal(reads(&l, text, argv), 0);
    assert_int_equal(l.n_words, 2);
    assert_string_equal(l.word[0], "--seed");
    command_free(&l);
}

static void
wrong_lines_are_explained(void **state)
{
    const struct {
        const char *line, *want;
    } table[] = {
        {"carecap bakes plum", "'bakes' is not a command; did you mean 'bake'?"},
        {"carecap fly plum", "'fly' is not a command; see carecap --help"},
        {"carecap bake plum --see 5", "'--see' is not an option of bake; did you mean "
                                      "'--seed'?"},
        {"carecap bake plum --se=5", "'--se=5' is not an option of bake"},
        {"carecap bake plum --output-file x", "is not an option of bake"},
        {"carecap bake plum -oout", "'-oout' is not an option"},
        {"carecap bake plum -q", "'-q' is not an option"},
        {"carecap eat plum --seed 5", "'--seed' is not an option of eat"},
        {"carecap bake plum --seed", "--seed needs a value: S"},
        {"carecap bake plum --seed --quiet", "--seed needs a value"},
        {"carecap bake plum --quiet=1", "--quiet takes no value"},
        {"carecap bake plum --seed 1 --seed 1", "--seed is given twice"},
        {"carecap bake", "bake needs CAKE [TOPPING]"},
        {"carecap bake a b c", "bake does not take 'c'"},
        {"carecap bake a --lang fr", "--lang 'fr': must be zh or en"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct command_line l;
        char *argv[WORDS], text[128];
        snprintf(text, sizeof text, "%s", table[i].line);
        assert_int_equal(reads(&l, text, argv), ERR_USAGE);
        if (strstr(err_text(), table[i].want) == NULL)
            fail_msg("%s: %s", table[i].line, err_text());
        command_free(&l);
    }
}

static void
help_needs_no_words(void **state)
{
    struct command_line l;
    char *argv[WORDS];
    char one[] = "carecap bake --help", all[] = "carecap -h", none[] = "carecap";

    (void)state;
    assert_int_equal(reads(&l, one, argv), 0);
    assert_non_null(l.value[COMMAND_HELP]);
    command_free(&l);
    assert_int_equal(reads(&l, all, argv), 0);
    assert_null(l.command);
    assert_string_equal(l.word[0], "-h");
    command_free(&l);
    assert_int_equal(reads(&l, none, argv), 0);
    assert_null(l.command);
    assert_int_equal(l.n_words, 0);
    command_free(&l);
}

static void
help_lists_every_row(void **state)
{
    FILE *f = tmpfile();

    (void)state;
    assert_non_null(f);
    command_help(commands, f);
    command_help_one(&commands[0], f);
    command_help_one(&commands[1], f);
    rewind(f);
    char *text = planned_text(f);
    assert_non_null(strstr(text, "  bake CAKE [TOPPING]         bake a cake\n"));
    assert_non_null(strstr(text, "  eat CAKE...                 eat it\n"));
    assert_non_null(strstr(text, "\n  -o, --output PATH  "));
    assert_non_null(strstr(text, "\n      --seed S  "));
    assert_null(strstr(text, "--threads"));
    char *second = strstr(text, "usage: carecap eat CAKE...");
    assert_non_null(second);
    assert_null(strstr(second, "--seed"));
    assert_non_null(strstr(second, "-h, --help"));
    mem_free(text);
    fclose(f);
}

static void
numbers_are_whole_and_in_range(void **state)
{
    const struct {
        const char *text;
        int status;
        int64_t value;
    } table[] = {
        {"3", 0, 3},
        {"9", 0, 9},
        {"-1", 0, -1},
        {"-2", ERR_USAGE, 0},
        {"10", ERR_USAGE, 0},
        {"3x", ERR_USAGE, 0},
        {"3.0", ERR_USAGE, 0},
        {"", ERR_USAGE, 0},
        {" 3", ERR_USAGE, 0},
        {"+3", ERR_USAGE, 0},
        {"0x3", ERR_USAGE, 0},
        {"99999999999999999999", ERR_USAGE, 0},
        {NULL, 0, 5},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct command_line l = {.value = {[COMMAND_SEED] = table[i].text}};
        int64_t x;
        int status = command_number(&l, COMMAND_SEED, -1, 9, 5, &x);
        assert_int_equal(status, table[i].status);
        if (status == 0)
            assert_int_equal(x, table[i].value);
        else
            assert_non_null(strstr(err_text(), "must be a whole number of -1 to 9"));
    }
}

static void
language_is_of_the_option_then_of_the_environment(void **state)
{
    struct command_line l = {.commands = commands};

    (void)state;
    unsetenv("LANGUAGE");
    unsetenv("LC_ALL");
    unsetenv("LC_MESSAGES");
    setenv("LANG", "zh_CN.UTF-8", 1);
    assert_true(command_zh(&l));
    l.value[COMMAND_LANG] = "en";
    assert_false(command_zh(&l));
    l.value[COMMAND_LANG] = NULL;
    setenv("LC_ALL", "C.UTF-8", 1);
    assert_false(command_zh(&l));
    setenv("LANGUAGE", "zh_CN", 1);
    assert_true(command_zh(&l));
    unsetenv("LANGUAGE");
    unsetenv("LC_ALL");
    unsetenv("LANG");
    assert_false(command_zh(&l));
    l.value[COMMAND_LANG] = "zh";
    assert_true(command_zh(&l));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_options_may_mix),
        cmocka_unit_test(after_two_dashes_all_are_words),
        cmocka_unit_test(wrong_lines_are_explained),
        cmocka_unit_test(help_needs_no_words),
        cmocka_unit_test(help_lists_every_row),
        cmocka_unit_test(numbers_are_whole_and_in_range),
        cmocka_unit_test(language_is_of_the_option_then_of_the_environment),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
