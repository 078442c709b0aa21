#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/hdf.h"
#include "output/scan.h"
#include "output/store.h"
#include "sim/mem.h"
#include "tests/fake.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* h5py, both engines of xarray and ncdump see labels, units, shapes and values. */
static void
other_readers_open_it(void **state)
{
    enum { NOT_INSTALLED = 77, NO_PYTHON = 127 };
    struct fake f;
    char folder[256], path[256], command[512];

    (void)state;
    fake_folder(folder);
    fake_init(&f, 2, 2);
    fake_write(&f, fake_path(folder, "x.h5", path));
    fake_free(&f);
    snprintf(command, sizeof command, "/usr/bin/python3 tests/readers.py %s", path);
    int status = system(command);
    fake_clean(folder);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_INSTALLED || WEXITSTATUS(status) == NO_PYTHON)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
}

static unsigned char *
bytes_of(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");

    assert_non_null(f);
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    *n = (size_t)ftell(f);
    rewind(f);
    unsigned char *data = mem_alloc(*n, 1);
    assert_int_equal(fread(data, 1, *n, f), *n);
    fclose(f);
    return data;
}

/* No time stamps, nothing of where memory lies. */
static void
the_same_run_gives_the_same_bytes(void **state)
{
    static const char *const stamped[] = {"time", "series/grid", "targets/value"};
    struct fake f;
    char folder[256], path[2][256];
    unsigned char *data[2];
    size_t n[2];

    (void)state;
    fake_folder(folder);
    for (int i = 0; i < 2; i++) {
        fake_init(&f, 2, 2);
        fake_write(&f, fake_path(folder, i == 0 ? "a.h5" : "b.h5", path[i]));
        fake_free(&f);
        data[i] = bytes_of(path[i], &n[i]);
    }
    hid_t file;
    H5O_info_t info;
    assert_int_equal(scan_file(path[0], &file), 0);
    for (int i = 0; i < 3; i++) {
        assert_true(H5Oget_info_by_name2(
                        file, stamped[i], &info, H5O_INFO_TIME, H5P_DEFAULT) >= 0);
        assert_int_equal(info.mtime + info.ctime, 0);
    }
    H5Fclose(file);
    assert_int_equal(n[0], n[1]);
    assert_memory_equal(data[0], data[1], n[0]);
    mem_free(data[0]);
    mem_free(data[1]);
    assert_int_equal(fake_clean(folder), 2);
}

/* 3 x 13 x 2 x 5000 numbers are three blocks of up to 131,072: each lands in its place.
 */
static void
large_series_are_written_in_blocks(void **state)
{
    enum {
        REPLICATES = 3,
        TIMES = 13,
        N = REPLICATES * TIMES * FAKE_REGIONS * FAKE_CELLS
    };
    struct fake f;
    char folder[256], path[256];
    double *value = mem_alloc(N, sizeof *value);
    hid_t file;
    int n = 0;

    (void)state;
    static_assert(N > 2 * HDF_BLOCK, "several blocks");
    fake_folder(folder);
    fake_init(&f, TIMES - 1, REPLICATES);
    fake_write(&f, fake_path(folder, "x.h5", path));
    assert_int_equal(scan_file(path, &file), 0);
    assert_int_equal(scan_reals(file, "series/grid", N, value), 0);
    for (int i = 0; i < REPLICATES; i++)
        for (int t = 0; t < TIMES; t++)
            for (int k = 0; k < FAKE_REGIONS; k++)
                for (int e = 0; e < FAKE_CELLS; e++)
                    assert_true(value[n++] == fake_grid(i, t, k, e));
    H5Fclose(file);
    fake_free(&f);
    mem_free(value);
    fake_clean(folder);
}

static void
threads_change_no_byte(void **state)
{
    struct fake f;
    char folder[256], path[256];
    unsigned char *byte[2];
    size_t n[2];

    (void)state;
    fake_folder(folder);
    fake_init(&f, 12, 3);
    for (int i = 0; i < 2; i++) {
        f.input.threads = i == 0 ? 1 : 3;
        fake_write(&f, fake_path(folder, i == 0 ? "a.h5" : "b.h5", path));
        byte[i] = bytes_of(path, &n[i]);
    }
    assert_int_equal(n[0], n[1]);
    assert_memory_equal(byte[0], byte[1], n[0]);
    mem_free(byte[0]);
    mem_free(byte[1]);
    fake_free(&f);
    fake_clean(folder);
}

/* One county's numbers alone are more than a block: a block may end within a county. */
enum { WIDE = HDF_BLOCK + 5 };

struct wide_out {
    double wide[WIDE];
};

static const double wide_values[WIDE] = {[WIDE - 1] = 1.0};
static const struct axis wide_axis = {
    .name = "w", .doc = "w", .zh = "w", .unit = "1", .n = WIDE, .value = wide_values};
static const struct field wide_table[] = {
    {FIELD(struct wide_out, wide), .unit = "1", .doc = "wide", .axis = {&wide_axis}},
    {.name = NULL},
};

static void
wide_prepare(struct setup *s, void *tab, struct report *report)
{
    (void)tab;
    (void)report;
    s->n_regions = 2;
    s->region = mem_arena(&s->arena, 2, sizeof *s->region);
    s->region[0] =
        (struct region_name){.code = 1, .name = "a", .name_zh = "a", .load.rows = 1.0};
    s->region[1] =
        (struct region_name){.code = 2, .name = "b", .name_zh = "b", .load.rows = 1.0};
}

static const struct model wide_model = {.name = "wide",
    .doc = "many numbers",
    .prepare = wide_prepare,
    .out_size = sizeof(struct wide_out),
    .out = wide_table};
static const struct model *const wide_models[] = {&wide_model, NULL};

static void
a_block_may_end_within_a_county(void **state)
{
    void *par[1] = {NULL};
    struct report report = {.mistakes = 0};
    struct scenario scenario = {.run = {.title = "wide"}, .par = par};
    struct setup setup = {.seed = 1};
    struct result result;
    char folder[256], path[256];
    double *value = mem_alloc(2 * 2 * (size_t)WIDE, sizeof *value);
    hid_t file;

    (void)state;
    setup_init(&setup, wide_models, par, 0, 30, &report);
    result_init(&result, &setup, 1);
    for (int i = 0; i < 2 * 2; i++)
        for (int e = 0; e < WIDE; e++)
            ((struct wide_out *)result_at(&result, 0, 0, i / 2, i % 2))->wide[e] =
                i * WIDE + e;
    fake_folder(folder);
    assert_int_equal(store_write(fake_path(folder, "x.h5", path),
                         &(struct store_input){
                             .scenario = &scenario, .setup = &setup, .result = &result},
                         false),
        0);
    assert_int_equal(scan_file(path, &file), 0);
    assert_int_equal(scan_reals(file, "series/wide", 2 * 2 * (size_t)WIDE, value), 0);
    for (int i = 0; i < 2 * 2 * WIDE; i++)
        assert_true(value[i] == i);
    H5Fclose(file);
    mem_free(value);
    result_free(&result);
    setup_free(&setup);
    fake_clean(folder);
}

/* Shuffled, deflated and summed: far smaller than the 1.2 MB of its numbers. */
static void
large_series_are_compressed(void **state)
{
    struct fake f;
    char folder[256], path[256];
    hid_t file;

    (void)state;
    fake_folder(folder);
    fake_init(&f, 2, 5);
    fake_write(&f, fake_path(folder, "x.h5", path));
    fake_free(&f);
    assert_int_equal(scan_file(path, &file), 0);
    hid_t dataset = H5Dopen2(file, "series/grid", H5P_DEFAULT);
    hid_t create = H5Dget_create_plist(dataset);
    assert_int_equal(H5Pget_nfilters(create), 3);
    assert_in_range(H5Dget_storage_size(dataset), 1, 5 * 3 * 2 * FAKE_CELLS * 8 / 2);
    H5Pclose(create);
    H5Dclose(dataset);
    H5Fclose(file);
    fake_clean(folder);
}

static void
a_plan_without_targets_has_no_group(void **state)
{
    struct fake f;
    char folder[256], path[256];
    hid_t file;

    (void)state;
    fake_folder(folder);
    fake_init(&f, 2, 2);
    f.input.n_verdicts = 0;
    fake_write(&f, fake_path(folder, "x.h5", path));
    assert_int_equal(scan_file(path, &file), 0);
    assert_false(scan_has(file, "targets"));
    assert_true(scan_has(file, "indicators/beds_per_1000_elders"));
    assert_false(scan_has(file, "indicators/occupancy")); /* no model gives residents */
    H5Fclose(file);
    fake_free(&f);
    fake_clean(folder);
}

static void
a_file_that_is_there_stays_unless_forced(void **state)
{
    struct fake f;
    char folder[256], path[256], want[512];

    (void)state;
    fake_folder(folder);
    fake_init(&f, 2, 2);
    fake_path(folder, "x.h5", path);
    assert_int_equal(store_probe(path, false), 0);
    fake_write(&f, path);
    snprintf(want, sizeof want, "%s exists already; --force overwrites it", path);
    assert_int_equal(store_probe(path, false), ERR_INPUT);
    assert_string_equal(err_text(), want);
    assert_int_equal(store_write(path, &f.input, false), ERR_INPUT);
    assert_string_equal(err_text(), want);
    assert_int_equal(store_probe(path, true), 0);
    assert_int_equal(store_write(path, &f.input, true), 0);
    fake_free(&f);
    assert_int_equal(fake_clean(folder), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_readers_open_it),
        cmocka_unit_test(the_same_run_gives_the_same_bytes),
        cmocka_unit_test(large_series_are_written_in_blocks),
        cmocka_unit_test(a_block_may_end_within_a_county),
        cmocka_unit_test(threads_change_no_byte),
        cmocka_unit_test(large_series_are_compressed),
        cmocka_unit_test(a_plan_without_targets_has_no_group),
        cmocka_unit_test(a_file_that_is_there_stays_unless_forced),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
