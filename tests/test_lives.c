#include "models/models.h"
#include "sim/date.h"
#include "tests/cells.h"
#include "tests/dali.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { THREADS = 2 };

static const struct projection_twin right = {1.0, 1.0, 1.0, 1.0, 1.0};

struct fixture {
    struct scratch scratch;
    struct dali dali;
    struct result result;
    struct schedule rates;
    struct cells cells;
    double *expected;
};

/* Three small counties that lie together, 422,694 people, and enough replicates for a
 * sample variance. */
static const int64_t small[] = {532922, 532928, 532931};

static int
open_small(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);
    static const char *const set[] = {"replicates=40", "seed=11"};

    *state = f;
    scratch_open(&f->scratch);
    dali_copy(&f->scratch, small, 3);
    dali_open(&f->dali, scratch_path(&f->scratch, "as-is.yaml"), set, 2);
    dali_run(&f->dali, &f->result, THREADS);
    schedule_init(&f->rates, &f->dali.setup);
    memcpy(f->cells.times, (int[]){12, 60, 120, 180}, sizeof f->cells.times);
    cells_init(&f->cells, &f->result);
    f->expected = mem_alloc((size_t)f->cells.n, sizeof(double));
    return 0;
}

static int
close_small(void **state)
{
    struct fixture *f = *state;

    mem_free(f->expected);
    cells_free(&f->cells);
    result_free(&f->result);
    dali_close(&f->dali);
    scratch_close(&f->scratch);
    mem_free(f);
    return 0;
}

/*
 * Cells whose mean is further from a projection than 4 standard errors. The variance is
 * the sample's (39 degrees of freedom: 4 standard errors are passed by chance with 2.7e-4)
 * or the expected count's where that is below 25, too small for a normal law.
 */
static int
misses(struct fixture *f, struct projection_twin twin, bool tell)
{
    struct projection p;
    int n = 0;

    projection_init(&p, &f->rates, twin);
    cells_expect(&f->cells, &p, f->expected);
    for (int i = 0; i < f->cells.n; i++) {
        double e = f->expected[i], v = f->cells.variance[i];
        double z = (f->cells.mean[i] - e) /
                   sqrt(((e < 25.0 ? fmax(v, e) : v) + 1e-3) / f->cells.replicates);
        char name[80];
        if (!(fabs(z) > 4.0))
            continue;
        n++;
        cells_name(&f->cells, i, name);
        if (tell)
            print_message(
                "%s: mean %.2f, expected %.2f, z %.2f\n", name, f->cells.mean[i], e, z);
    }
    projection_free(&p);
    return n;
}

/* 1,712 cells: 0.5 would be missed by chance; the seed is fixed. */
static void
lives_follow_the_projection(void **state)
{
    assert_int_equal(misses(*state, right, true), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lives_follow_the_projection),
    };

    return cmocka_run_group_tests(tests, open_small, close_small);
}
