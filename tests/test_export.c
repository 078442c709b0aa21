#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/export.h"
#include "sim/mem.h"
#include "tests/fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sample {
    char folder[256], path[256];
    char *csv; /* what the last export wrote; owned */
};

static int
make(void **state)
{
    struct sample *s = mem_alloc(1, sizeof *s);
    struct fake f;

    fake_folder(s->folder);
    fake_init(&f, 2, 2);
    fake_write(&f, fake_path(s->folder, "x.h5", s->path));
    fake_free(&f);
    *state = s;
    return 0;
}

static int
drop(void **state)
{
    struct sample *s = *state;

    fake_clean(s->folder);
    mem_free(s->csv);
    mem_free(s);
    return 0;
}

/* Everything in a stream, from its beginning; the caller frees it. */
static char *
drain(FILE *f)
{
    long n = ftell(f);
    char *text = mem_alloc((size_t)n + 1, 1);

    rewind(f);
    assert_int_equal(fread(text, 1, (size_t)n, f), n);
    fclose(f);
    return text;
}

static int export(struct sample *s, const char *const *name, int n)
{
    FILE *f = tmpfile();

    assert_non_null(f);
    int status = export_series(s->path, name, n, f);
    mem_free(s->csv);
    s->csv = drain(f);
    return status;
}

static void
must_hold(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("no '%s' in:\n%.2000s", part, text);
}

static int
lines(const char *text)
{
    int n = 0;

    for (; *text != '\0'; text++)
        n += *text == '\n';
    return n;
}

static void
a_series_is_one_number_a_row(void **state)
{
    struct sample *s = *state;

    assert_int_equal(export(s, (const char *const[]){"beds"}, 1), 0);
    assert_string_equal(s->csv, "replicate,date,county,county_name,value,unit\n"
                                "0,2020-12-31,532901,Dali,30,bed\n"
                                "0,2020-12-31,532922,\"Yangbi, \"\"Yi\"\"\",0,bed\n"
                                "0,2021-01-31,532901,Dali,40,bed\n"
                                "0,2021-01-31,532922,\"Yangbi, \"\"Yi\"\"\",41,bed\n"
                                "0,2021-02-28,532901,Dali,50,bed\n"
                                "0,2021-02-28,532922,\"Yangbi, \"\"Yi\"\"\",51,bed\n"
                                "1,2020-12-31,532901,Dali,31,bed\n"
                                "1,2020-12-31,532922,\"Yangbi, \"\"Yi\"\"\",0,bed\n"
                                "1,2021-01-31,532901,Dali,41,bed\n"
                                "1,2021-01-31,532922,\"Yangbi, \"\"Yi\"\"\",42,bed\n"
                                "1,2021-02-28,532901,Dali,51,bed\n"
                                "1,2021-02-28,532922,\"Yangbi, \"\"Yi\"\"\",52,bed\n");
}

static void
axes_are_columns(void **state)
{
    struct sample *s = *state;

    assert_int_equal(export(s, (const char *const[]){"people"}, 1), 0);
    must_hold(s->csv, "replicate,date,county,county_name,sex,age_group,value,unit\n");
    /* 1000 i + 100 t + 10 k + element: 1, 2, 1 and the sixth of 2 x 3 */
    must_hold(
        s->csv, "\n1,2021-02-28,532922,\"Yangbi, \"\"Yi\"\"\",men,80,1215,person\n");
    assert_int_equal(lines(s->csv), 1 + 2 * 3 * 2 * 6);
}

static void
items_are_a_column(void **state)
{
    struct sample *s = *state;

    assert_int_equal(export(s, (const char *const[]){"served"}, 1), 0);
    must_hold(s->csv, "replicate,date,county,county_name,service,sex,value,unit\n"
                      "0,2020-12-31,532901,Dali,service a,women,0,person\n");
    must_hold(s->csv, "\n1,2021-02-28,532922,\"Yangbi, \"\"Yi\"\"\",service c,men,"
                      "21211,person\n");
    assert_int_equal(lines(s->csv), 1 + 2 * 3 * 2 * FAKE_SERVICES * 2);
}

static void
an_indicator_has_areas_and_gaps(void **state)
{
    struct sample *s = *state;

    assert_int_equal(export(s, (const char *const[]){"beds_per_1000_elders"}, 1), 0);
    must_hold(s->csv, "replicate,date,area,area_name,value,unit\n"
                      "0,2020-12-31,0,prefecture,30,1/1000\n"
                      "0,2020-12-31,532901,Dali,30,1/1000\n"
                      "0,2020-12-31,532922,\"Yangbi, \"\"Yi\"\"\",,1/1000\n"
                      "0,2021-01-31,0,prefecture,40.5,1/1000\n");
}

/* Decimals of up to 17 digits read back to the same bits. */
static void
reals_read_back(void **state)
{
    struct sample *s = *state;
    int rows = 0;

    assert_int_equal(export(s, (const char *const[]){"cost"}, 1), 0);
    for (const char *p = s->csv; (p = strstr(p, ",532901,Dali,")) != NULL; rows++) {
        int replicate = rows / 3, time = rows % 3;
        p += sizeof ",532901,Dali," - 1;
        assert_true(strtod(p, NULL) == (30 + 10 * time + replicate) / 3.0);
    }
    assert_int_equal(rows, 2 * 3);
}

static void
several_series_share_columns(void **state)
{
    struct sample *s = *state;
    const char *const name[] = {"people", "beds_per_1000_elders", "series/beds"};

    assert_int_equal(export(s, name, 3), 0);
    must_hold(s->csv, "series,replicate,date,county,county_name,sex,age_group,area,"
                      "area_name,value,unit\n"
                      "people,0,2020-12-31,532901,Dali,women,60,,,0,person\n");
    must_hold(
        s->csv, "\nbeds_per_1000_elders,0,2020-12-31,,,,,0,prefecture,30,1/1000\n");
    must_hold(s->csv,
        "\nseries/beds,1,2021-02-28,532922,\"Yangbi, \"\"Yi\"\"\",,,,,52,bed\n");
    assert_int_equal(lines(s->csv), 1 + 72 + 18 + 12);
}

static void
an_unknown_name_is_answered_with_the_nearest(void **state)
{
    struct sample *s = *state;
    char want[1024];

    assert_int_equal(export(s, (const char *const[]){"beds", "peple"}, 2), ERR_INPUT);
    snprintf(want, sizeof want,
        "%s: 'peple' is not a series or indicator, did you mean 'people'?; `carecap "
        "export %s` lists them",
        s->path, s->path);
    assert_string_equal(err_text(), want);
    assert_string_equal(s->csv, "");
    const char *const odd[] = {"", "/", "series", "series/", "../time", "time",
        "targets/met", "series/beds/x", "indicators/beds"};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        assert_int_equal(export(s, &odd[i], 1), ERR_INPUT);
}

static void
names_are_listed_with_units(void **state)
{
    struct sample *s = *state;
    FILE *f = tmpfile();

    assert_non_null(f);
    assert_int_equal(export_names(s->path, f), 0);
    char *text = drain(f);
    assert_string_equal(text,
        "beds\tbed\tbeds\n"
        "cost\tCNY\tcost of the month\n"
        "elders\tperson\telders\n"
        "grid\t1\tmany numbers\n"
        "hours\th\thours given\n"
        "people\tperson\tpeople by sex and age\n"
        "served\tperson\tpeople served\n"
        "beds_per_1000_elders\t1/1000\tbeds per 1,000 elders (60+)\n"
        "elder_share\t%\tshare of elders (60+) in the population\n");
    mem_free(text);
}

static void
other_files_are_refused(void **state)
{
    struct sample *s = *state;
    char text[sizeof s->path];

    memcpy(text, s->path, sizeof text);
    snprintf(s->path, sizeof s->path, "%s", "tests/fake.h");
    assert_int_equal(export(s, (const char *const[]){"beds"}, 1), ERR_INPUT);
    assert_string_equal(err_text(), "tests/fake.h: not an HDF5 file, or damaged");
    snprintf(s->path, sizeof s->path, "%s", "tests/no-such-file");
    assert_int_equal(export(s, (const char *const[]){"beds"}, 1), ERR_IO);
    memcpy(s->path, text, sizeof text);
}

static void
a_full_disk_is_told(void **state)
{
    struct sample *s = *state;
    FILE *f = fopen("/dev/full", "w");

    if (f == NULL)
        skip();
    assert_int_equal(
        export_series(s->path, (const char *const[]){"grid"}, 1, f), ERR_IO);
    assert_string_equal(err_text(), "cannot write: No space left on device");
    fclose(f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_series_is_one_number_a_row),
        cmocka_unit_test(axes_are_columns),
        cmocka_unit_test(items_are_a_column),
        cmocka_unit_test(an_indicator_has_areas_and_gaps),
        cmocka_unit_test(reals_read_back),
        cmocka_unit_test(several_series_share_columns),
        cmocka_unit_test(an_unknown_name_is_answered_with_the_nearest),
        cmocka_unit_test(names_are_listed_with_units),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(a_full_disk_is_told),
    };

    return cmocka_run_group_tests(tests, make, drop);
}
