#include "output/quote.h"

#include "sim/mem.h"
#include "tests/planned.h"

#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

static void
quotes(void (*quote)(FILE *out, const char *text), const char *text, const char *want)
{
    FILE *f = tmpfile();

    assert_non_null(f);
    quote(f, text);
    rewind(f);
    char *got = planned_text(f);
    assert_string_equal(got, want);
    mem_free(got);
    fclose(f);
}

static void
csv_quotes_only_when_needed(void **state)
{
    (void)state;
    quotes(quote_csv, "大理 1", "大理 1");
    quotes(quote_csv, "", "");
    quotes(quote_csv, "a,b", "\"a,b\"");
    quotes(quote_csv, "a\"b", "\"a\"\"b\"");
    quotes(quote_csv, "a\nb\r", "\"a\nb\r\"");
}

static void
json_escapes(void **state)
{
    (void)state;
    quotes(quote_json, "大理", "\"大理\"");
    quotes(quote_json, "a\"b\\c/", "\"a\\\"b\\\\c/\"");
    quotes(quote_json, "\n\001", "\"\\u000a\\u0001\"");
    quotes(quote_json, "a\xff", "\"a\\ufffd\"");
}

/* Nothing in single quotes is run or expanded, as long as it does not leave them. */
static void
gnuplot_cannot_be_left(void **state)
{
    (void)state;
    quotes(quote_gnuplot, "`touch x` $HOME", "'`touch x` $HOME'");
    quotes(quote_gnuplot, "'; system 'x'", "'’; system ’x’'");
    quotes(quote_gnuplot, "a\nsystem \"x\"\r\t\177", "'a system \"x\"   '");
}

static void
numbers_come_back(void **state)
{
    const double table[] = {0.0, 0.1, 1.0 / 3.0, 29.0, -2.5e-300, DBL_MAX, 54.96};

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        FILE *f = tmpfile();
        assert_non_null(f);
        quote_number(f, table[i], "null");
        rewind(f);
        char *got = planned_text(f);
        assert_true(strtod(got, NULL) == table[i]);
        mem_free(got);
        fclose(f);
    }
}

static void
number(FILE *out, const char *which)
{
    quote_number(out,
        which[0] == 'n'   ? NAN
        : which[0] == 'i' ? INFINITY
                          : 54.96,
        "null");
}

static void
numbers_are_short_or_undefined(void **state)
{
    (void)state;
    quotes(number, "54.96", "54.96");
    quotes(number, "nan", "null");
    quotes(number, "inf", "null");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_quotes_only_when_needed),
        cmocka_unit_test(json_escapes),
        cmocka_unit_test(gnuplot_cannot_be_left),
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(numbers_are_short_or_undefined),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
