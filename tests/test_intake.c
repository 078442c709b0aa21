#include "sim/intake.h"

#include "tests/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static void
keeps_what_it_reads(void **state)
{
    struct scratch s;

    (void)state;
    scratch_open(&s);
    scratch_write(&s, "a", "one\r\n\xe4\xb8\xad\t\xf0\x9f\x98\x80\n");
    const struct intake_file *f = scratch_read(&s, "a");
    assert_non_null(f);
    assert_string_equal(f->text, "one\r\n\xe4\xb8\xad\t\xf0\x9f\x98\x80\n");
    assert_int_equal(f->size, 14);
    assert_string_equal(f->path, scratch_path(&s, "a"));
    scratch_write(&s, "b", "");
    assert_int_equal(scratch_read(&s, "b")->size, 0);
    assert_int_equal(s.in.n_files, 2);
    assert_ptr_equal(s.in.file[0], f);
    assert_string_equal(scratch_report(&s), "");
    scratch_close(&s);
}

static void
byte_order_mark_is_left_out(void **state)
{
    struct scratch s;

    (void)state;
    scratch_open(&s);
    scratch_write(&s, "a", "\xef\xbb\xbfx");
    assert_string_equal(scratch_read(&s, "a")->text, "x");
    scratch_write(&s, "b", "\xef\xbb\xbf");
    assert_int_equal(scratch_read(&s, "b")->size, 0);
    assert_string_equal(scratch_report(&s), "");
    scratch_close(&s);
}

static void
same_file_by_another_path(void **state)
{
    struct scratch s;

    (void)state;
    scratch_open(&s);
    scratch_write(&s, "a", "x");
    scratch_write(&s, "b", "x");
    const struct intake_file *a = scratch_read(&s, "a"), *b = scratch_read(&s, "b");
    const struct intake_file *again = scratch_read(&s, "./a");
    assert_true(a->device == again->device && a->inode == again->inode);
    assert_true(a->inode != b->inode);
    scratch_close(&s);
}

static void
not_readable(void **state)
{
    struct scratch s;
    struct place at = {"list.yaml", 3, 9};

    (void)state;
    scratch_open(&s);
    assert_null(scratch_read(&s, "none"));
    assert_null(intake_read(&s.in, scratch_path(&s, "none"), at));
    assert_string_equal(scratch_report(&s),
        "none: cannot be read: No such file or directory\n"
        "list.yaml:3:9: 'none' cannot be read: No such file or directory\n");
    assert_null(intake_read(&s.in, s.folder, (struct place){0}));
    assert_string_equal(scratch_report(&s), ": cannot be read: Is a directory\n");
    assert_int_equal(s.in.n_files, 0);
    scratch_close(&s);
}

static void
not_text(void **state)
{
    static const struct {
        const char *bytes;
        size_t n;
        const char *want;
    } bad[] = {
        {"ab\ncd\xff", 6, "a:2:3: byte 0xff is not UTF-8\n"},
        {"\xe4\xb8\xad\x80", 4, "a:1:2: byte 0x80 is not UTF-8\n"}, /* no first byte */
        {"\xe4\xb8", 2, "a:1:1: byte 0xe4 is not UTF-8\n"},         /* cut short */
        {"\xc0\xaf", 2, "a:1:1: byte 0xc0 is not UTF-8\n"},         /* overlong */
        {"\xe0\x80\xaf", 3, "a:1:1: byte 0xe0 is not UTF-8\n"},
        {"\xed\xa0\x80", 3, "a:1:1: byte 0xed is not UTF-8\n"},     /* surrogate */
        {"\xf4\x90\x80\x80", 4, "a:1:1: byte 0xf4 is not UTF-8\n"}, /* > U+10FFFF */
        {"\xf8\x88\x80\x80\x80", 5, "a:1:1: byte 0xf8 is not UTF-8\n"},
        {"x\n\n\0y", 5,
            "a:3:1: byte 0x00 is not text: control characters are not allowed\n"},
        {"x\x1b[", 3,
            "a:1:2: byte 0x1b is not text: control characters are not allowed\n"},
        {"x\x7f", 2,
            "a:1:2: byte 0x7f is not text: control characters are not allowed\n"},
    };
    struct scratch s;

    (void)state;
    scratch_open(&s);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        scratch_bytes(&s, "a", bad[i].bytes, bad[i].n);
        assert_null(scratch_read(&s, "a"));
        assert_string_equal(scratch_report(&s), bad[i].want);
    }
    scratch_close(&s);
}

static void
size_limit(void **state)
{
    struct scratch s;
    char *big = malloc(INTAKE_MOST + 1);

    (void)state;
    assert_non_null(big);
    memset(big, 'x', INTAKE_MOST + 1);
    scratch_open(&s);
    scratch_bytes(&s, "a", big, INTAKE_MOST);
    assert_int_equal(scratch_read(&s, "a")->size, INTAKE_MOST);
    scratch_bytes(&s, "a", big, INTAKE_MOST + 1);
    assert_null(scratch_read(&s, "a"));
    assert_string_equal(scratch_report(&s), "a: is longer than 64 MiB\n");
    scratch_close(&s);
    free(big);
}

static void
beside(void **state)
{
    struct scratch s;

    (void)state;
    scratch_open(&s);
    assert_string_equal(intake_beside(&s.in, "a/b/c.yaml", "../d.csv"), "a/b/../d.csv");
    assert_string_equal(intake_beside(&s.in, "c.yaml", "d.csv"), "d.csv");
    assert_string_equal(intake_beside(&s.in, "a/c.yaml", "/d.csv"), "/d.csv");
    assert_string_equal(intake_beside(&s.in, "/c.yaml", "d.csv"), "/d.csv");
    scratch_close(&s);
}

static void
places_count_characters(void **state)
{
    const char *text = "a\xe4\xb8\xad"
                       "b\nc";

    (void)state;
    struct place p = intake_place("f", text, 4);
    assert_int_equal(p.line, 1);
    assert_int_equal(p.column, 3);
    p = intake_place("f", text, 6);
    assert_int_equal(p.line, 2);
    assert_int_equal(p.column, 1);
    p = intake_place("f", text, 0);
    assert_int_equal(p.line, 1);
    assert_int_equal(p.column, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_what_it_reads),
        cmocka_unit_test(byte_order_mark_is_left_out),
        cmocka_unit_test(same_file_by_another_path),
        cmocka_unit_test(not_readable),
        cmocka_unit_test(not_text),
        cmocka_unit_test(size_limit),
        cmocka_unit_test(beside),
        cmocka_unit_test(places_count_characters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
