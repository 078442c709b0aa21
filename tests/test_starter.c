#include "output/starter.h"

#include "tests/planned.h"

#include "sim/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static char *
copied(const char *text, const char *from, const char *to)
{
    FILE *f = tmpfile();

    assert_non_null(f);
    starter_copy(text, from, to, f);
    rewind(f);
    char *out = planned_text(f);
    fclose(f);
    return out;
}

static void
only_paths_are_moved(void **state)
{
    const struct {
        const char *from, *text, *want;
    } table[] = {
        {"../", "base: ../base/base.yaml\n", "base: base/base.yaml\n"},
        {"../", "a: {value: ../b/x.csv, unit: 1}\n", "a: {value: b/x.csv, unit: 1}\n"},
        {"../", "a: \"../b/x.csv\"\nb: '../b/y'\n", "a: \"b/x.csv\"\nb: 'b/y'\n"},
        {"../", "- ../b/x.csv", "- b/x.csv"},
        {"../", "# see ../b\na: 1 # ../b\n", "# see ../b\na: 1 # ../b\n"},
        {"../", "a: b/../c.csv\nd: x../e\n", "a: b/../c.csv\nd: x../e\n"},
        {"../", "", ""},
        {"../dali/", "a: ../dali/x.csv\nb: ../dalian/y\n",
            "a: x.csv\nb: ../dalian/y\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char *out = copied(table[i].text, table[i].from, "");
        assert_string_equal(out, table[i].want);
        mem_free(out);
    }
}

/* Comments stand above keys of rows, not above what only looks like one. */
static void
comments_come_from_the_rows(void **state)
{
    const struct starter s = {.from = "dali", .title = "A plan"};
    FILE *f = tmpfile();

    (void)state;
    assert_non_null(f);
    starter_scenario(&s,
        "# my own\n"
        "title: |\n  seed: no key\n"
        "seed: 4\n"
        "facility:\n  delay:\n    value: 60\n  nothing: 1\n"
        "nobody:\n  delay: 3\n",
        f);
    rewind(f);
    char *text = planned_text(f);
    assert_non_null(strstr(text, "# my own\n# title of the run\ntitle: |\n  seed: no "
                                 "key\n# names the random numbers, from 0 to "));
    assert_non_null(strstr(text, "  # mean delay of a project after its planned day "
                                 "(exponential) [day], from 0 to 3650\n  delay:\n    "
                                 "value: 60\n  nothing: 1\nnobody:\n  delay: 3\n"));
    mem_free(text);
    fclose(f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_paths_are_moved),
        cmocka_unit_test(comments_come_from_the_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
