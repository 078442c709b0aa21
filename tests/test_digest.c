#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/digest.h"
#include "output/hdf.h"
#include "output/scan.h"
#include "tests/fake.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* Writes the run and gives the digest of its file. */
static void
digest_of(struct fake *f, char hex[DIGEST_TEXT])
{
    char folder[256], path[256];

    fake_folder(folder);
    fake_write(f, fake_path(folder, "x.h5", path));
    assert_int_equal(digest_file(path, hex), 0);
    fake_clean(folder);
}

/* What was computed in memory before writing is what the file gives. */
static void
memory_and_file_agree(void **state)
{
    struct arena arena = {NULL};
    struct fake f;
    char folder[256], path[256], hex[DIGEST_TEXT];
    hid_t file;

    (void)state;
    fake_folder(folder);
    fake_init(&f, 12, 3);
    fake_write(&f, fake_path(folder, "x.h5", path));
    assert_int_equal(digest_file(path, hex), 0);
    assert_int_equal(strlen(hex), 32);
    assert_int_equal(strspn(hex, "0123456789abcdef"), 32);
    assert_int_equal(scan_file(path, &file), 0);
    assert_string_equal(scan_note(file, "/", "digest", &arena), hex);
    H5Fclose(file);
    mem_arena_free(&arena);
    fake_free(&f);
    fake_clean(folder);
}

static void
words_and_the_run_itself_do_not_count(void **state)
{
    struct fake f;
    char before[DIGEST_TEXT], after[DIGEST_TEXT];

    (void)state;
    fake_init(&f, 2, 2);
    digest_of(&f, before);
    f.scenario.run.title = "Another title";
    f.target[0].title = "Another target";
    f.setting[0].source = "elsewhere";
    f.note.value = 99.0;
    f.events[0] = 43;
    f.input.history = "later";
    digest_of(&f, after);
    assert_string_equal(before, after);
    fake_free(&f);
}

/* The digest after one change of the run, which must differ from `before`. */
static void
must_differ(struct fake *f, const char *before)
{
    char after[DIGEST_TEXT];

    digest_of(f, after);
    assert_string_not_equal(before, after);
}

static void
one_number_counts(void **state)
{
    struct fake f;
    char before[DIGEST_TEXT], again[DIGEST_TEXT];

    (void)state;
    fake_init(&f, 2, 2);
    digest_of(&f, before);
    fake_at(&f, 1, 2, 1)->people[5]++;
    must_differ(&f, before);
    fake_at(&f, 1, 2, 1)->people[5]--;
    fake_at(&f, 1, 2, 1)->grid[FAKE_CELLS - 1] += 0x1p-20;
    must_differ(&f, before);
    fake_at(&f, 1, 2, 1)->grid[FAKE_CELLS - 1] = fake_grid(1, 2, 1, FAKE_CELLS - 1);
    f.target[0].value = 41.0; /* no longer met in the first replicate */
    fake_judge(&f);
    must_differ(&f, before);
    f.target[0].value = 40.0;
    fake_judge(&f);
    f.verdict[2].first_met[1] = f.setup.last_day;
    must_differ(&f, before);
    f.verdict[2].first_met[1] = -1;
    f.setup.region[1].code++;
    must_differ(&f, before);
    f.setup.region[1].code--;
    digest_of(&f, again);
    assert_string_equal(before, again);
    fake_free(&f);
}

/* The digest of a file that holds six numbers only. */
static void
digest_of_shape(hsize_t rows, hsize_t columns, char hex[DIGEST_TEXT])
{
    const double six[6] = {1, 2, 3, 4, 5, 6};
    struct hdf file;

    hdf_create(&file);
    hdf_group(&file, "/series");
    hdf_put(&file, "/series/x", HDF_REAL,
        &(struct hdf_shape){.rank = 2, .n = {rows, columns}}, six);
    assert_false(file.failed);
    assert_int_equal(digest_open(file.file, hex), 0);
    hdf_close(&file);
}

static void
the_shape_counts(void **state)
{
    char wide[DIGEST_TEXT], tall[DIGEST_TEXT], again[DIGEST_TEXT];

    (void)state;
    digest_of_shape(2, 3, wide);
    digest_of_shape(3, 2, tall);
    digest_of_shape(2, 3, again);
    assert_string_not_equal(wide, tall);
    assert_string_equal(wide, again);
}

/* A run of other dates has the same numbers at other times. */
static void
the_start_counts(void **state)
{
    struct fake f;
    char before[DIGEST_TEXT];

    (void)state;
    fake_init(&f, 2, 2);
    f.input.n_verdicts = 0;
    digest_of(&f, before);
    f.setup.first_day++;
    must_differ(&f, before);
    fake_free(&f);
}

static void
any_nan_is_the_same(void **state)
{
    struct fake f;
    char plus[DIGEST_TEXT], minus[DIGEST_TEXT];

    (void)state;
    fake_init(&f, 2, 2);
    fake_at(&f, 0, 0, 0)->cost = NAN;
    digest_of(&f, plus);
    fake_at(&f, 0, 0, 0)->cost = copysign(NAN, -1.0);
    digest_of(&f, minus);
    assert_string_equal(plus, minus);
    fake_free(&f);
}

/* Another tool may store it otherwise: uncompressed, in other chunks. */
static void
the_layout_does_not_count(void **state)
{
    struct fake f;
    char folder[256], path[256], other[256], hex[2][DIGEST_TEXT], command[640];

    (void)state;
    fake_folder(folder);
    fake_init(&f, 12, 3);
    fake_write(&f, fake_path(folder, "x.h5", path));
    fake_free(&f);
    fake_path(folder, "y.h5", other);
    snprintf(command, sizeof command,
        "h5repack -l series/grid:CHUNK=2x3x1x77 -f series/grid:NONE %s %s", path,
        other);
    int status = system(command);
    int first = digest_file(path, hex[0]),
        second = status == 0 ? digest_file(other, hex[1]) : 0;
    fake_clean(folder);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        skip();
    assert_int_equal(status, 0);
    assert_int_equal(first, 0);
    assert_int_equal(second, 0);
    assert_string_equal(hex[0], hex[1]);
}

static void
other_files_are_refused(void **state)
{
    char folder[256], path[256], hex[DIGEST_TEXT];

    (void)state;
    fake_folder(folder);
    fake_path(folder, "x.h5", path);
    assert_int_equal(digest_file(path, hex), ERR_IO);
    assert_non_null(strstr(err_text(), "x.h5: No such file or directory"));
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("not HDF5\n", f);
    fclose(f);
    assert_int_equal(digest_file(path, hex), ERR_INPUT);
    assert_non_null(strstr(err_text(), "x.h5: not an HDF5 file"));
    fake_clean(folder);
}

static void
a_scenario_is_what_it_says(void **state)
{
    struct fake f;
    char base[DIGEST_TEXT], hex[DIGEST_TEXT];

    (void)state;
    fake_init(&f, 2, 2);
    digest_scenario(&f.scenario, &f.setup, base);
    f.scenario.run.title = "Another title";
    f.scenario.run.title_zh = NULL;
    f.scenario.run.seed = 8;
    f.scenario.run.replicates = 99;
    f.target[0].title = f.target[0].source = "words";
    digest_scenario(&f.scenario, &f.setup, hex);
    assert_string_equal(hex, base);
    f.par.growth.value[1] += 0x1p-40;
    digest_scenario(&f.scenario, &f.setup, hex);
    assert_string_not_equal(hex, base);
    f.par.growth.value[1] -= 0x1p-40;
    f.target[2].value += 0.5;
    digest_scenario(&f.scenario, &f.setup, hex);
    assert_string_not_equal(hex, base);
    f.target[2].value -= 0.5;
    f.par.place = ""; /* empty is not absent */
    digest_scenario(&f.scenario, &f.setup, hex);
    assert_string_not_equal(hex, base);
    f.par.place = NULL;
    digest_scenario(&f.scenario, &f.setup, hex);
    assert_string_equal(hex, base);
    fake_free(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_and_file_agree),
        cmocka_unit_test(words_and_the_run_itself_do_not_count),
        cmocka_unit_test(one_number_counts),
        cmocka_unit_test(the_shape_counts),
        cmocka_unit_test(the_start_counts),
        cmocka_unit_test(any_nan_is_the_same),
        cmocka_unit_test(the_layout_does_not_count),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(a_scenario_is_what_it_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
