#include "tests/dali.h"

#include "tests/cells.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { THREADS = 2, REPLICATES = 2 };

static const char plan[] = "scenarios/dali/plan.yaml";
static const char as_is[] = "scenarios/dali/as-is.yaml";

struct fixture {
    struct dali dali;
    struct result result;
    struct schedule rates;
};

static int
open_full(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);
    static const char *const set[] = {"replicates=2", "seed=3"};

    *state = f;
    dali_open(&f->dali, plan, set, 2);
    dali_run(&f->dali, &f->result, THREADS);
    schedule_init(&f->rates, &f->dali.setup);
    return 0;
}

static int
close_full(void **state)
{
    struct fixture *f = *state;

    result_free(&f->result);
    dali_close(&f->dali);
    mem_free(f);
    return 0;
}

/* The figures of the census of 2020 for the prefecture. */
static void
starts_with_the_census(void **state)
{
    struct fixture *f = *state;

    for (int i = 0; i < REPLICATES; i++) {
        assert_true(dali_value(&f->result, "people", 0, i, 0, -1) == 3337559.0);
        assert_true(dali_value(&f->result, "elders", 0, i, 0, -1) == 567828.0);
    }
}

/*
 * Cells further than 4 standard errors from the projection, of those that count nobody
 * twice: their variance is at most the expected count, but for siblings, who share how
 * long their mother stayed; 1.1 is ample. A count below 25 is not normal; test_lives
 * looks at those.
 */
static int
misses(struct fixture *f, struct cells *cells, double death)
{
    const struct projection_twin twin = {death, 1.0, 1.0, 1.0, 1.0};
    double *expected = mem_alloc((size_t)cells->n, sizeof *expected);
    struct projection p;
    int n = 0;

    projection_init(&p, &f->rates, twin);
    cells_expect(cells, &p, expected);
    for (int i = 0; i < cells->n; i++) {
        double e = expected[i], off = fabs(cells->mean[i] - e);
        char name[80];
        if (e < 25.0 || !cells_once(i) || off <= 4.0 * sqrt(1.1 * e / REPLICATES))
            continue;
        n++;
        cells_name(cells, i, name);
        if (death == 1.0)
            print_message("%s: mean %.2f, expected %.2f\n", name, cells->mean[i], e);
    }
    projection_free(&p);
    mem_free(expected);
    return n;
}

/* About 5,000 cells of which chance would miss 0.3, were the bounds tight. */
static void
every_county_follows_the_projection(void **state)
{
    struct fixture *f = *state;
    struct cells cells = {.times = {12, 60, 120, 180}};

    cells_init(&cells, &f->result);
    assert_int_equal(misses(f, &cells, 1.0), 0);
    assert_true(misses(f, &cells, 1.03) > 5);
    cells_free(&cells);
}

/* What concerns lives only: no lever may touch it. */
static const char *const lives[] = {"people", "people_by_age", "births",
    "deaths_by_age", "moved_in", "moved_out", "immigrants", "emigrants",
    "elders_by_grade", "turned_60", "worsened", "recovered", "widowed", "spouses",
    "elders_by_income", "urban_elders", NULL};

static int
differing(const struct result *a, const struct result *b, const char *name)
{
    struct result_row row = result_find(a->setup, name);
    size_t size = field_size(row.field), at = row.field->offset;
    int n = 0;

    for (int t = 0; t < a->setup->n_times; t++)
        for (int k = 0; k < a->setup->n_regions; k++) {
            const unsigned char *x = result_at(a, row.model, 0, t, k);
            const unsigned char *y = result_at(b, row.model, 0, t, k);
            n += memcmp(x + at, y + at, size) != 0;
        }
    return n;
}

/* Two plans can be subtracted person by person. */
static void
projects_change_no_life(void **state)
{
    const struct fixture *f = *state;
    static const char *const set[] = {"replicates=1", "seed=3"};
    struct dali *other = mem_alloc(1, sizeof *other);
    struct result result;

    dali_open(other, as_is, set, 2);
    dali_run(other, &result, THREADS);
    for (int i = 0; lives[i] != NULL; i++)
        assert_int_equal(differing(&f->result, &result, lives[i]), 0);
    assert_true(differing(&f->result, &result, "residents") > 0);
    result_free(&result);
    dali_close(other);
    mem_free(other);
}

/* Places where two runs differ in a bit of any result. */
static int
differing_bits(const struct result *a, const struct result *b)
{
    int n = 0;

    for (int m = 0; m < a->setup->n_models; m++)
        for (int t = 0; t < a->setup->n_times; t++)
            for (int k = 0; k < a->setup->n_regions; k++) {
                size_t size = setup_out_bytes(a->setup, m);
                n += size > 0 && memcmp(result_at(a, m, 0, t, k),
                                     result_at(b, m, 0, t, k), size) != 0;
            }
    return n;
}

/* A short run of `path`; nothing of the plan is due that early. */
static void
run_short(struct dali *dali, struct result *result, const char *path, const char *more,
    int threads)
{
    const char *const set[] = {
        "replicates=1", "end=2021-06-30", "plan.targets=[]", more};

    dali_open(dali, path, set, 4);
    dali_run(dali, result, threads);
}

static void
same_bits_on_any_number_of_threads(void **state)
{
    struct dali *dali = mem_alloc(1, sizeof *dali);
    struct result one, many;

    (void)state;
    run_short(dali, &one, plan, "seed=1", 1);
    for (int threads = 2; threads <= 4; threads += 2) {
        struct dali *again = mem_alloc(1, sizeof *again);
        run_short(again, &many, plan, "seed=1", threads);
        assert_int_equal(differing_bits(&one, &many), 0);
        result_free(&many);
        dali_close(again);
        mem_free(again);
    }
    struct dali *other = mem_alloc(1, sizeof *other);
    run_short(other, &many, plan, "seed=2", 2);
    assert_true(differing_bits(&one, &many) > 0);
    result_free(&many);
    dali_close(other);
    mem_free(other);
    result_free(&one);
    dali_close(dali);
    mem_free(dali);
}

/* Tables of counties and people turned upside down, and another title. */
static void
same_bits_in_any_order_and_under_any_title(void **state)
{
    struct scratch *scratch = mem_alloc(1, sizeof *scratch);
    struct dali *dali = mem_alloc(2, sizeof *dali);
    struct result a, b;

    (void)state;
    scratch_open(scratch);
    dali_copy(scratch, NULL, 0);
    dali_reverse(scratch, "counties.csv");
    dali_reverse(scratch, "migration.csv");
    run_short(&dali[0], &a, plan, "title=one", THREADS);
    run_short(&dali[1], &b, scratch_path(scratch, "plan.yaml"), "title=two", THREADS);
    assert_string_not_equal(dali[0].scenario.run.title, dali[1].scenario.run.title);
    assert_int_equal(differing_bits(&a, &b), 0);
    result_free(&a);
    result_free(&b);
    dali_close(&dali[0]);
    dali_close(&dali[1]);
    mem_free(dali);
    scratch_close(scratch);
    mem_free(scratch);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_with_the_census),
        cmocka_unit_test(every_county_follows_the_projection),
        cmocka_unit_test(projects_change_no_life),
        cmocka_unit_test(same_bits_on_any_number_of_threads),
        cmocka_unit_test(same_bits_in_any_order_and_under_any_title),
    };

    return cmocka_run_group_tests(tests, open_full, close_full);
}
