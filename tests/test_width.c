#include "output/width.h"

#include "sim/mem.h"
#include "tests/planned.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

static void
chinese_takes_two_columns(void **state)
{
    (void)state;
    assert_int_equal(width_of(""), 0);
    assert_int_equal(width_of("Dali"), 4);
    assert_int_equal(width_of("大理市"), 6);
    assert_int_equal(width_of("（州）"), 6); /* full-width brackets */
    assert_int_equal(width_of("≥ 55 %"), 6);
    assert_int_equal(width_of("Lüchun"), 6);
    assert_int_equal(width_of("Lu\u0308chun"), 6); /* a combining mark */
    assert_int_equal(width_of("\U00020000"), 2);   /* beyond the first plane */
}

static void
characters_are_read_or_refused(void **state)
{
    const struct {
        const char *text;
        uint32_t c;
        int bytes;
    } table[] = {
        {"a", 'a', 1},
        {"\u00fc", 0xfc, 2},
        {"\u5927", 0x5927, 3},
        {"\U00020000", 0x20000, 4},
        {"\x80", 0xfffd, 1},             /* a tail without a head */
        {"\xe5\xa4", 0xfffd, 1},         /* ends too early */
        {"\xc0\xaf", 0xfffd, 1},         /* longer than needed */
        {"\xed\xa0\x80", 0xfffd, 1},     /* half a pair of UTF-16 */
        {"\xf4\x90\x80\x80", 0xfffd, 1}, /* beyond Unicode */
        {"\xff", 0xfffd, 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const char *p = table[i].text;
        assert_int_equal(width_next(&p), table[i].c);
        assert_int_equal(p - table[i].text, table[i].bytes);
    }
}

static void
lines_break_at_blanks(void **state)
{
    (void)state;
    assert_int_equal(width_fit("", 5), 0);
    assert_int_equal(width_fit("90 % of all", 11), 11);
    assert_int_equal(width_fit("90 % of all", 10), 7);
    assert_int_equal(width_fit("90 % of all", 8), 7);
    assert_int_equal(width_fit("90 % of all", 7), 7);
    assert_int_equal(width_fit("a comprehensive", 8), 1);
    assert_int_equal(width_fit("comprehensive", 8), 8);
    assert_int_equal(width_fit("大理市", 6), 9);
    assert_int_equal(width_fit("大理市", 5), 6);
    assert_int_equal(width_fit("大", 1), 3); /* at least one, or it would never end */
}

static void
prints(const char *text, int columns, bool right, const char *want)
{
    FILE *f = tmpfile();

    assert_non_null(f);
    width_print(f, text, columns, right);
    rewind(f);
    char *got = planned_text(f);
    assert_string_equal(got, want);
    assert_int_equal(width_of(got), columns);
    mem_free(got);
    fclose(f);
}

static void
cells_are_padded_and_cut(void **state)
{
    (void)state;
    prints("大理", 6, false, "大理  ");
    prints("大理", 6, true, "  大理");
    prints("大理市", 6, false, "大理市");
    prints("大理市", 5, false, "大理…");
    prints("大理市", 4, false, "大… "); /* half a character is a blank */
    prints("abc", 1, false, "…");
    prints("", 2, false, "  ");
}

static void
what_upsets_a_terminal_is_a_question_mark(void **state)
{
    (void)state;
    prints("a\033[31mb", 7, false, "a?[31mb");
    prints("a\nb", 3, false, "a?b");
    prints("\xff", 1, false, "?");
    prints("\u202e", 1, false, "?"); /* turns the direction of what follows */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chinese_takes_two_columns),
        cmocka_unit_test(lines_break_at_blanks),
        cmocka_unit_test(characters_are_read_or_refused),
        cmocka_unit_test(cells_are_padded_and_cut),
        cmocka_unit_test(what_upsets_a_terminal_is_a_question_mark),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
