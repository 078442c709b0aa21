#include "sim/value.h"

#include "tests/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

static const struct place here = {"f", 1, 2};

static const char *const kinds[] = {"public", "private", NULL};

static const struct field real = {
    .name = "r", .unit = "1/yr", .doc = "rate", .count = 1};
static const struct field ranged = {.name = "r",
    .unit = "person",
    .doc = "persons",
    .hi = 1e8,
    .kind = FIELD_REAL,
    .count = 1};
static const struct field whole = {.name = "i",
    .unit = "1",
    .doc = "seed",
    .lo = -2,
    .hi = 0x1p53,
    .kind = FIELD_INT,
    .count = 1};
static const struct field date = {
    .name = "d", .doc = "day", .lo = 0, .hi = 18628, .kind = FIELD_DATE, .count = 1};
static const struct field choice = {
    .name = "c", .doc = "whose", .choices = kinds, .kind = FIELD_CHOICE, .count = 1};
static const struct field words = {
    .name = "t", .doc = "name", .kind = FIELD_TEXT, .count = 1};

static void
numbers(void **state)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {{"0", 0}, {"-0", 0}, {"3", 3}, {"+3", 3}, {"-3.5", -3.5}, {".5", 0.5},
        {"-.5", -0.5}, {"5.", 5}, {"0.125", 0.125}, {"1e3", 1000}, {"1E+03", 1000},
        {"25e-2", 0.25}, {"1e-400", 0}, {"123456789012345678", 123456789012345680.0}};
    static const char *const bad[] = {"", " 3", "3 ", "3\n", "abc", "3x", "2%", "010",
        "00", "00.5", "-01", "0x10", "1_000", "1,000", "nan", ".nan", "inf", "-.inf",
        "1e", "1e+", "e3", ".", "-", "+", "+-3", "--3", "1.2.3", "1e3.5", "1e999",
        "-1e999", "1 2", "0b1", "1:30", "\xef\xbc\x93"};
    double x;

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(value_number(good[i].text, &x));
        assert_true(x == good[i].value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        x = 7;
        if (value_number(bad[i], &x))
            fail_msg("'%s' was read as %g", bad[i], x);
        assert_true(x == 7);
    }
}

static void
every_kind(void **state)
{
    struct scratch s;
    double x;
    int64_t i;
    int32_t d;
    const char *text;

    (void)state;
    scratch_open(&s);
    assert_true(value_read(&s.in, here, "1.5", &real, &x));
    assert_true(x == 1.5);
    assert_true(value_read(&s.in, here, "100000000", &ranged, &x));
    assert_true(value_read(&s.in, here, "9007199254740992", &whole, &i));
    assert_true(i == INT64_C(1) << 53);
    assert_true(value_read(&s.in, here, "-2", &whole, &i));
    assert_true(i == -2);
    assert_true(value_read(&s.in, here, "2021-01-01", &date, &d));
    assert_int_equal(d, 18628);
    assert_true(value_read(&s.in, here, "private", &choice, &d));
    assert_int_equal(d, 1);
    assert_true(value_read(&s.in, here, "a b", &words, &text));
    assert_string_equal(text, "a b");
    assert_string_equal(scratch_report(&s), "");
    scratch_close(&s);
}

static void
every_mistake(void **state)
{
    static const struct {
        const struct field *f;
        const char *text, *want;
    } bad[] = {
        {&ranged, "abc",
            "'abc' is not a number, expected persons [person], 0 to 1e+08"},
        {&ranged, "-1", "'-1' is out of range, expected persons [person], 0 to 1e+08"},
        {&ranged, "1e9",
            "'1e9' is out of range, expected persons [person], 0 to 1e+08"},
        {&real, "1e999", "'1e999' is not finite, expected rate [1/yr]"},
        {&real, "nan", "'nan' is not a number, expected rate [1/yr]"},
        {&whole, "1.0",
            "'1.0' is not a whole number, expected seed [1], -2 to 9007199254740992"},
        {&whole, "1e3",
            "'1e3' is not a whole number, expected seed [1], -2 to 9007199254740992"},
        {&whole, "010",
            "'010' is not a whole number, expected seed [1], -2 to 9007199254740992"},
        {&whole, "-3",
            "'-3' is out of range, expected seed [1], -2 to 9007199254740992"},
        /* As a double this is 2^53. */
        {&whole, "9007199254740993",
            "'9007199254740993' is out of range, expected seed "
            "[1], -2 to 9007199254740992"},
        {&whole, "99999999999999999999",
            "'99999999999999999999' is out of range, expected "
            "seed [1], -2 to 9007199254740992"},
        {&date, "2021-02-29",
            "'2021-02-29' is not a date YYYY-MM-DD that exists, expected "
            "day, 1970-01-01 to 2021-01-01"},
        {&date, "2021",
            "'2021' is not a date YYYY-MM-DD that exists, expected day, "
            "1970-01-01 to 2021-01-01"},
        {&date, "2021-01-02",
            "'2021-01-02' is out of range, expected day, 1970-01-01 to 2021-01-01"},
        {&choice, "privat",
            "'privat' is not a choice, expected whose, one of public, "
            "private; did you mean 'private'?"},
        {&choice, "", "'' is not a choice, expected whose, one of public, private"},
    };
    struct scratch s;
    char want[200];

    (void)state;
    scratch_open(&s);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int64_t kept = 77, to = kept;
        assert_false(value_read(&s.in, here, bad[i].text, bad[i].f, &to));
        assert_true(to == kept);
        snprintf(want, sizeof want, "f:1:2: %s\n", bad[i].want);
        assert_string_equal(scratch_report(&s), want);
    }
    scratch_close(&s);
}

static void
nodes(void **state)
{
    static const struct {
        const struct field *f;
        const char *text, *want;
    } bad[] = {
        {&real, "a: '3'",
            "a:1:4: '3' is in quotes and so not a number, expected rate [1/yr]\n"},
        {&whole, "a: |\n  3\n",
            "a:1:4: '3 ' is in quotes and so not a number, expected seed "
            "[1], -2 to 9007199254740992\n"},
        {&real, "a: [1]", "a:1:4: a list, expected rate [1/yr]\n"},
        {&words, "a: {b: 1}", "a:1:4: a mapping, expected name\n"},
        {&words, "a:", "a:1:3: no value, expected name\n"},
        {&words, "a: ~", "a:1:4: no value, expected name\n"},
        {&real, "a: null", "a:1:4: no value, expected rate [1/yr]\n"},
        {&words, "a: *x", "a:1:4: aliases (*name) are not allowed\n"}, /* once only */
    };
    struct scratch s;
    int64_t to;
    const char *text;

    (void)state;
    scratch_open(&s);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct tree *top =
            tree_read(&s.in, "a", bad[i].text, strlen(bad[i].text), true);
        assert_false(value_node(&s.in, top->child, bad[i].f, &to));
        assert_string_equal(scratch_report(&s), bad[i].want);
    }
    const struct tree *top =
        tree_read(&s.in, "a", "{a: '', b: '2021-01-01'}", 24, true);
    assert_true(value_node(&s.in, top->child, &words, &text));
    assert_string_equal(text, "");
    assert_true(value_node(&s.in, top->child->next, &date, &to));
    scratch_close(&s);
}

static void
qualities(void **state)
{
    struct scratch s;

    (void)state;
    scratch_open(&s);
    for (int i = 0; field_quality[i] != NULL; i++)
        assert_string_equal(
            value_quality(&s.in, here, field_quality[i]), field_quality[i]);
    assert_null(value_quality(&s.in, here, "mesured"));
    assert_string_equal(scratch_report(&s),
        "f:1:2: 'mesured' is not a quality, expected one of measured, "
        "published_estimate, "
        "plan_statement, assumption, recalled; did you mean 'measured'?\n");
    scratch_close(&s);
}

struct all {
    double x, xs[3];
    int64_t i, is[2];
    const char *text, *none;
    int32_t d, c;
    struct path constant, path;
    struct rows rows, empty;
};

static void
texts(void **state)
{
    static const struct field table[] = {
        {FIELD(struct all, x)},
        {FIELD(struct all, xs)},
        {FIELD(struct all, i)},
        {FIELD(struct all, is)},
        {FIELD(struct all, text)},
        {FIELD(struct all, none)},
        {FIELD_AS(struct all, d, FIELD_DATE)},
        {FIELD_AS(struct all, c, FIELD_CHOICE), .choices = kinds},
        {FIELD(struct all, constant)},
        {FIELD(struct all, path)},
        {FIELD(struct all, rows)},
        {FIELD(struct all, empty)},
        {.name = NULL},
    };
    static const char *const want[] = {"0.1", "[1, -2.5, 1e+08]", "9223372036854775807",
        "[-1, 2]", "words", "", "2021-01-01", "private", "2", "{2021: 1, 2025.5: 1.25}",
        "1 row from a.csv", "0 rows"};
    const struct all all = {.x = 0.1,
        .xs = {1, -2.5, 1e8},
        .i = INT64_MAX,
        .is = {-1, 2},
        .text = "words",
        .d = 18628,
        .c = 1,
        .constant = {.n = 1, .value = {2}},
        .path = {.n = 2, .year = {2021, 2025.5}, .value = {1, 1.25}},
        .rows = {.n = 1, .file = "a.csv"}};
    struct arena arena = {0};

    (void)state;
    for (int i = 0; table[i].name != NULL; i++)
        assert_string_equal(value_text(&arena, &table[i], &all), want[i]);
    mem_arena_free(&arena);
}

/* The longest path there is: every number takes as many digits as it can. */
static void
longest_path(void **state)
{
    struct path p = {.n = PATH_MOST};
    const struct field f = {.name = "p", .kind = FIELD_PATH, .count = 1};
    struct arena arena = {0};

    (void)state;
    for (int i = 0; i < PATH_MOST; i++) {
        p.year[i] = nextafter(1000.0 + i, 1e9);
        p.value[i] = -1.2345678901234567e-300;
    }
    const char *text = value_text(&arena, &f, &p);
    assert_int_equal(text[strlen(text) - 1], '}');
    mem_arena_free(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(every_kind),
        cmocka_unit_test(every_mistake),
        cmocka_unit_test(nodes),
        cmocka_unit_test(qualities),
        cmocka_unit_test(texts),
        cmocka_unit_test(longest_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
