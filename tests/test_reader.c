#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/hdf.h"
#include "output/reader.h"
#include "output/whole.h"
#include "sim/date.h"
#include "tests/fake.h"

#include <math.h>
#include <string.h>

/* A run written to a file, and the file open. */
struct sample {
    char folder[256], path[256];
    struct fake fake;
    struct reader reader;
};

static void
open_sample(struct sample *s, int replicates)
{
    fake_folder(s->folder);
    fake_path(s->folder, "x.h5", s->path);
    fake_init(&s->fake, 2, replicates);
    fake_write(&s->fake, s->path);
    if (reader_open(&s->reader, s->path) < 0)
        fail_msg("%s", err_text());
}

static void
close_sample(struct sample *s)
{
    reader_close(&s->reader);
    fake_free(&s->fake);
    fake_clean(s->folder);
}

static void
the_root_comes_back(void **state)
{
    struct sample s;
    const struct reader *r = &s.reader;

    (void)state;
    open_sample(&s, 2);
    assert_string_equal(r->title, "A plan");
    assert_string_equal(r->title_zh, "计划");
    assert_string_equal(r->history, "2026-01-01T00:00:00Z: carecap run plan.yaml");
    assert_memory_equal(r->source, "carecap ", 8);
    assert_int_equal(strlen(r->digest), 32);
    assert_int_equal(strlen(r->scenario_digest), 32);
    assert_int_equal(r->seed, 7);
    assert_int_equal(r->n_replicates, 2);
    assert_int_equal(r->n_times, 3);
    assert_int_equal(r->n_counties, 2);
    assert_int_equal(r->day[0], date_day(2020, 12, 31));
    assert_int_equal(r->day[1], date_day(2021, 1, 31));
    assert_int_equal(r->day[2], date_day(2021, 2, 28));
    assert_int_equal(r->county[1].code, 532922);
    assert_string_equal(r->county[0].name, "Dali");
    assert_string_equal(r->county[1].name_zh, "漾濞彝族自治县");
    close_sample(&s);
}

static void
an_indicator_comes_back(void **state)
{
    struct sample s;
    struct reader_indicator in;
    int n;

    (void)state;
    open_sample(&s, 2);
    const char *const *name = reader_indicators(&s.reader, &n);
    assert_int_equal(n, 2);
    assert_string_equal(name[0], "beds_per_1000_elders");
    assert_string_equal(name[1], "elder_share");
    assert_null(name[2]);
    assert_int_equal(reader_indicator(&s.reader, name[0], &in), 0);
    assert_string_equal(in.unit, "1/1000");
    assert_string_equal(in.zh, "每千名老年人养老床位");
    assert_true(in.value[0] == 30.0 && in.value[1] == 30.0 && isnan(in.value[2]));
    /* replicate 1, the last time: beds 51 and 52 of 1000 elders each */
    const double *last = in.value + (1 * 3 + 2) * 3;
    assert_true(last[0] == 51.5 && last[1] == 51.0 && last[2] == 52.0);
    assert_int_equal(reader_indicator(&s.reader, "none", &in), ERR_INPUT);
    assert_non_null(strstr(err_text(), "x.h5: has no indicator 'none'"));
    close_sample(&s);
}

/* Of 1, 2, ... n replicates, the k-th meets it first in the k-th month. */
static void
first_met_is_when_half_have(void **state)
{
    struct sample s;
    struct reader_target *t;
    int n;

    (void)state;
    for (int replicates = 1; replicates <= 4; replicates++) {
        fake_folder(s.folder);
        fake_path(s.folder, "x.h5", s.path);
        fake_init(&s.fake, 6, replicates);
        for (int i = 0; i < replicates; i++)
            for (int m = 0; m <= 6; m++)
                for (int k = 0; k < FAKE_REGIONS; k++) {
                    fake_at(&s.fake, i, m, k)->elders = 1000;
                    fake_at(&s.fake, i, m, k)->beds = m > i ? 40 : 39;
                }
        fake_judge(&s.fake);
        fake_write(&s.fake, s.path);
        assert_int_equal(reader_open(&s.reader, s.path), 0);
        assert_int_equal(reader_targets(&s.reader, &t, &n), 0);
        int half = (replicates + 1) / 2; /* 1, 1, 2, 2 */
        assert_int_equal(
            t[0].first_met, half == 1 ? date_day(2021, 1, 31) : date_day(2021, 2, 28));
        assert_int_equal(t[2].first_met, -1);
        close_sample(&s);
    }
}

/* The least that could pass for a result, but for the mark that it is finished. */
static void
write_least(const char *path, bool finished)
{
    const char *name = "somewhere";
    const int32_t one = 1;
    struct hdf file;
    unsigned char *image;
    size_t n;

    hdf_create(&file);
    hdf_scale(&file, "/time", HDF_INT32, 1, &one);
    hdf_note(&file, "/time", "units", "days since 2020-12-31");
    hdf_scale(&file, "/replicate", HDF_INT32, 1, &one);
    hdf_scale(&file, "/county", HDF_INT32, 1, &one);
    hdf_scale(&file, "/county_name", HDF_TEXT, 1, &name);
    hdf_scale(&file, "/county_name_zh", HDF_TEXT, 1, &name);
    if (finished)
        hdf_note_int(&file, "/", "finished", HDF_INT32, 1);
    assert_int_equal(hdf_image(&file, &image, &n), 0);
    hdf_close(&file);
    assert_int_equal(whole_write(path, image, n, true), 0);
    mem_free(image);
}

static void
an_unfinished_file_is_refused(void **state)
{
    struct reader r;
    char folder[256], path[256], want[512];

    (void)state;
    fake_folder(folder);
    fake_path(folder, "x.h5", path);
    write_least(path, true);
    assert_int_equal(reader_open(&r, path), 0);
    reader_close(&r);
    write_least(path, false);
    assert_int_equal(reader_open(&r, path), ERR_INPUT);
    snprintf(want, sizeof want, "%s: not a finished result of carecap", path);
    assert_string_equal(err_text(), want);
    fake_clean(folder);
}

static void
no_targets_are_none(void **state)
{
    struct sample s;
    struct reader_target *t;
    int n;

    (void)state;
    open_sample(&s, 1);
    reader_close(&s.reader);
    s.fake.input.n_verdicts = 0;
    assert_int_equal(store_write(s.path, &s.fake.input, true), 0);
    assert_int_equal(reader_open(&s.reader, s.path), 0);
    assert_int_equal(reader_targets(&s.reader, &t, &n), 0);
    assert_int_equal(n, 0);
    close_sample(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_root_comes_back),
        cmocka_unit_test(an_indicator_comes_back),
        cmocka_unit_test(first_met_is_when_half_have),
        cmocka_unit_test(an_unfinished_file_is_refused),
        cmocka_unit_test(no_targets_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
