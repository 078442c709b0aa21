/*
 * The ledger by year: months are summed, the fund is that of the year's end.
 */
#include "output/accounts.h"

#include "models/ledger.h"
#include "output/scan.h"
#include "sim/date.h"
#include "sim/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <hdf5_hl.h>
#include <string.h>

extern const struct model ledger_model;

enum { REGIONS = 2, REPLICATES = 2, YEARS = 3 };

static void
name_regions(struct setup *s, void *tab, struct report *report)
{
    static const struct region_name names[REGIONS] = {
        {.code = 1, .name = "A", .name_zh = "A", .load.rows = 1.0},
        {.code = 2, .name = "B", .name_zh = "B", .load.rows = 1.0},
    };

    (void)tab;
    (void)report;
    s->n_regions = REGIONS;
    s->region = mem_arena(&s->arena, REGIONS, sizeof *s->region);
    memcpy(s->region, names, sizeof names);
}

/* A run from the middle of November 2021 to February 2023. */
struct books {
    struct model model;
    const struct model *models[2];
    void *pars[1];
    struct setup setup;
    struct report report;
    struct result result;
    struct hdf file;
    struct store_input in;
};

static int64_t
value(int replicate, int time, int region, int element)
{
    return 1000000000000 * replicate + 10000000 * time + 100000 * region + element;
}

static void
fill(struct books *b)
{
    for (int i = 0; i < REPLICATES; i++)
        for (int t = 0; t < b->setup.n_times; t++)
            for (int k = 0; k < REGIONS; k++) {
                struct ledger_out *out = result_at(&b->result, 0, i, t, k);
                int64_t *x = (int64_t *)(void *)out;
                for (size_t e = 0; e < sizeof *out / sizeof *x; e++)
                    x[e] = value(i, t, k, (int)e);
            }
}

static void
scale_of(struct books *b, const char *path, size_t n)
{
    int32_t number[PAYERS * PURPOSES] = {0};

    hdf_scale(&b->file, path, HDF_INT32, n, number);
}

static void
open_books(struct books *b, const char *name)
{
    memset(b, 0, sizeof *b);
    b->model = (struct model){.name = name,
        .doc = "made up",
        .prepare = name_regions,
        .out_size = ledger_model.out_size,
        .out = ledger_model.out};
    b->models[0] = &b->model;
    setup_init(&b->setup, b->models, b->pars, date_day(2021, 11, 15),
        date_day(2023, 2, 28), &b->report);
    result_init(&b->result, &b->setup, REPLICATES);
    fill(b);
    b->in = (struct store_input){.setup = &b->setup, .result = &b->result};
    hdf_quiet();
    hdf_create(&b->file);
    scale_of(b, "/replicate", REPLICATES);
    scale_of(b, "/county", REGIONS);
    scale_of(b, "/account", ACCOUNTS);
    scale_of(b, "/payer", PAYERS);
    scale_of(b, "/purpose", PURPOSES);
    accounts_write(&b->file, &b->in);
    assert_false(b->file.failed);
}

static void
close_books(struct books *b)
{
    hdf_close(&b->file);
    result_free(&b->result);
    setup_free(&b->setup);
    report_free(&b->report);
}

static void
read_all(const struct books *b, const char *path, hsize_t n, int64_t *x)
{
    hid_t dataset = H5Dopen2(b->file.file, path, H5P_DEFAULT);
    hid_t space = H5Dget_space(dataset);

    assert_true(dataset >= 0);
    assert_int_equal(H5Sget_simple_extent_npoints(space), n);
    assert_true(
        H5Dread(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, x) >= 0);
    H5Sclose(space);
    H5Dclose(dataset);
}

/* Months 1-2 (and the start), 3-14, 15-16. */
static const int first[YEARS] = {0, 3, 15}, last[YEARS] = {2, 14, 16};

static void
flows_are_summed(void **state)
{
    static const size_t offset = offsetof(struct ledger_out, paid_for) / 8;
    static int64_t x[REPLICATES * YEARS * REGIONS * PAYERS * PURPOSES], *at = x;
    struct books b;

    (void)state;
    open_books(&b, "ledger");
    read_all(&b, "/ledger/paid_for", sizeof x / sizeof x[0], x);
    for (int i = 0; i < REPLICATES; i++)
        for (int y = 0; y < YEARS; y++)
            for (int k = 0; k < REGIONS; k++)
                for (int e = 0; e < PAYERS * PURPOSES; e++) {
                    int64_t sum = 0;
                    for (int t = first[y]; t <= last[y]; t++)
                        sum += value(i, t, k, (int)offset + e);
                    assert_int_equal(*at++, sum);
                }
    close_books(&b);
}

static void
the_fund_is_that_of_the_end(void **state)
{
    static const int element = offsetof(struct ledger_out, insurance_fund) / 8;
    int64_t x[REPLICATES * YEARS * REGIONS], *at = x;
    struct books b;

    (void)state;
    open_books(&b, "ledger");
    read_all(&b, "/ledger/insurance_fund", REPLICATES * YEARS * REGIONS, x);
    for (int i = 0; i < REPLICATES; i++)
        for (int y = 0; y < YEARS; y++)
            for (int k = 0; k < REGIONS; k++)
                assert_int_equal(*at++, value(i, last[y], k, element));
    close_books(&b);
}

static void
years_say_how_much_of_them_was_run(void **state)
{
    int64_t year[YEARS], month[YEARS];
    struct books b;

    (void)state;
    open_books(&b, "ledger");
    read_all(&b, "/ledger/year", YEARS, year);
    read_all(&b, "/ledger/months", YEARS, month);
    for (int y = 0; y < YEARS; y++) {
        assert_int_equal(year[y], 2021 + y);
        assert_int_equal(month[y], (y == 0 ? 2 : y == 1 ? 12 : 2));
    }
    close_books(&b);
}

static void
every_result_is_there_with_labels(void **state)
{
    struct books b;
    char path[128];

    (void)state;
    open_books(&b, "ledger");
    for (const struct field *f = ledger_model.out; f->name != NULL; f++) {
        int axes = 0;
        while (axes < FIELD_AXES && f->axis[axes] != NULL)
            axes++;
        snprintf(path, sizeof path, "/ledger/%s", f->name);
        hid_t dataset = H5Dopen2(b.file.file, path, H5P_DEFAULT);
        hid_t space = H5Dget_space(dataset);
        assert_int_equal(H5Sget_simple_extent_ndims(space), 3 + axes);
        for (unsigned d = 0; d < 3 + (unsigned)axes; d++)
            assert_int_equal(H5DSget_num_scales(dataset, d), 1);
        H5Sclose(space);
        H5Dclose(dataset);
    }
    close_books(&b);
}

static void
without_a_ledger_nothing_is_written(void **state)
{
    struct books b;

    (void)state;
    open_books(&b, "cookery");
    assert_false(scan_has(b.file.file, "ledger"));
    close_books(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flows_are_summed),
        cmocka_unit_test(the_fund_is_that_of_the_end),
        cmocka_unit_test(years_say_how_much_of_them_was_run),
        cmocka_unit_test(every_result_is_there_with_labels),
        cmocka_unit_test(without_a_ledger_nothing_is_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
