#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/digest.h"
#include "output/scan.h"
#include "tests/fake.h"

#include <stdio.h>
#include <string.h>

struct sample {
    char folder[256], path[256];
    hid_t file;
    struct arena arena;
};

static void
open_sample(struct sample *s)
{
    struct fake f;

    *s = (struct sample){.file = -1};
    fake_folder(s->folder);
    fake_init(&f, 2, 2);
    fake_write(&f, fake_path(s->folder, "x.h5", s->path));
    fake_free(&f);
    assert_int_equal(scan_file(s->path, &s->file), 0);
}

static void
close_sample(struct sample *s)
{
    H5Fclose(s->file);
    mem_arena_free(&s->arena);
    fake_clean(s->folder);
}

static void
what_is_there_is_found(void **state)
{
    struct sample s;

    (void)state;
    open_sample(&s);
    assert_true(scan_has(s.file, "series/beds"));
    assert_true(scan_has(s.file, "/series/beds"));
    assert_false(scan_has(s.file, "series/none"));
    assert_false(scan_has(s.file, "none/none/none"));
    assert_false(scan_has(s.file, ""));
    assert_int_equal(scan_size(s.file, "series/beds"), 2 * 3 * 2);
    assert_int_equal(scan_size(s.file, "series"), 0);
    assert_true(scan_is_text(s.file, "county_name"));
    assert_false(scan_is_text(s.file, "county"));
    assert_string_equal(scan_note(s.file, "series/beds", "units", &s.arena), "bed");
    assert_string_equal(scan_note(s.file, "series/beds", "none", &s.arena), "");
    assert_string_equal(scan_note(s.file, "/", "seed", &s.arena), ""); /* a number */
    assert_int_equal(scan_note_int(s.file, "/", "seed", -1), 7);
    assert_int_equal(scan_note_int(s.file, "/", "title", -1), -1);
    close_sample(&s);
}

static void
names_are_sorted(void **state)
{
    static const char *const want[] = {
        "beds", "cost", "elders", "grid", "hours", "people", "served"};
    struct sample s;
    size_t n;

    (void)state;
    open_sample(&s);
    const char **name = scan_names(s.file, "series", &s.arena, &n);
    assert_int_equal(n, 7);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(name[i], want[i]);
    assert_null(name[n]);
    name = scan_names(s.file, "none", &s.arena, &n);
    assert_int_equal(n, 0);
    assert_null(name[0]);
    close_sample(&s);
}

static void
another_size_or_kind_is_damage(void **state)
{
    struct sample s;
    int64_t code[2];
    double real[3];
    const char *text[3];
    struct scan scan;
    char want[512];

    (void)state;
    open_sample(&s);
    assert_int_equal(scan_ints(s.file, "county", 2, code), 0);
    assert_int_equal(code[1], 532922);
    assert_int_equal(scan_texts(s.file, "county_name", 2, &s.arena, text), 0);
    assert_string_equal(text[1], "Yangbi, \"Yi\"");
    assert_int_equal(scan_ints(s.file, "county", 3, code), ERR_INPUT);
    snprintf(want, sizeof want, "%s: county is missing or damaged", s.path);
    assert_string_equal(err_text(), want);
    assert_int_equal(scan_reals(s.file, "sex", 2, real), ERR_INPUT);
    assert_int_equal(scan_texts(s.file, "age_group", 3, &s.arena, text), ERR_INPUT);
    assert_int_equal(scan_reals(s.file, "none", 3, real), ERR_INPUT);
    assert_int_equal(scan_open(&scan, s.file, "sex"), ERR_INPUT);
    assert_int_equal(scan_open(&scan, s.file, "series"), ERR_INPUT);
    assert_int_equal(scan_open(&scan, s.file, "none"), ERR_INPUT);
    close_sample(&s);
}

static void
axes_name_their_scales(void **state)
{
    static const char *const want[] = {
        "/replicate", "/time", "/county", "/sex", "/age_group"};
    struct sample s;
    struct scan scan;

    (void)state;
    open_sample(&s);
    assert_int_equal(scan_open(&scan, s.file, "series/people"), 0);
    assert_false(scan.real);
    assert_int_equal(scan.walk.rank, 5);
    for (int i = 0; i < 5; i++)
        assert_string_equal(scan_scale(&scan, i, &s.arena), want[i]);
    scan_close(&scan);
    assert_int_equal(scan_open(&scan, s.file, "time"), 0);
    assert_string_equal(scan_scale(&scan, 0, &s.arena), ""); /* is one itself */
    scan_close(&scan);
    close_sample(&s);
}

/* One bit of compressed numbers turned over: the sum of the chunk tells. */
static void
a_flipped_bit_is_found(void **state)
{
    struct sample s;
    char hex[DIGEST_TEXT], want[512];

    (void)state;
    open_sample(&s);
    hid_t dataset = H5Dopen2(s.file, "series/grid", H5P_DEFAULT);
    haddr_t at;
    hsize_t first[4] = {0}, size;
    assert_true(H5Dget_chunk_info_by_coord(dataset, first, NULL, &at, &size) >= 0);
    H5Dclose(dataset);
    H5Fclose(s.file);
    FILE *f = fopen(s.path, "r+");
    assert_non_null(f);
    assert_int_equal(fseek(f, (long)(at + size / 2), SEEK_SET), 0);
    int byte = fgetc(f);
    assert_int_equal(fseek(f, -1, SEEK_CUR), 0);
    fputc(byte ^ 4, f);
    fclose(f);
    assert_int_equal(digest_file(s.path, hex), ERR_INPUT);
    snprintf(want, sizeof want, "%s: /series/grid is missing or damaged", s.path);
    assert_string_equal(err_text(), want);
    assert_int_equal(scan_file(s.path, &s.file), 0);
    close_sample(&s);
}

/* A file cut short is refused when it is opened. */
static void
half_a_file_is_refused(void **state)
{
    struct sample s;
    static char data[1 << 14];
    hid_t file;

    (void)state;
    open_sample(&s);
    FILE *f = fopen(s.path, "r");
    assert_non_null(f);
    assert_int_equal(fread(data, 1, sizeof data, f), sizeof data);
    fclose(f);
    char path[256];
    f = fopen(fake_path(s.folder, "half.h5", path), "w");
    assert_non_null(f);
    assert_int_equal(fwrite(data, 1, sizeof data, f), sizeof data);
    fclose(f);
    assert_int_equal(scan_file(path, &file), ERR_INPUT);
    assert_non_null(strstr(err_text(), "half.h5: not an HDF5 file, or damaged"));
    assert_int_equal(scan_file(s.folder, &file), ERR_INPUT);
    close_sample(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_there_is_found),
        cmocka_unit_test(names_are_sorted),
        cmocka_unit_test(another_size_or_kind_is_damage),
        cmocka_unit_test(axes_name_their_scales),
        cmocka_unit_test(a_flipped_bit_is_found),
        cmocka_unit_test(half_a_file_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
