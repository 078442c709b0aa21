#include "models/models.h"
#include "sim/date.h"
#include "tests/balance.h"
#include "tests/cells.h"
#include "tests/dali.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { THREADS = 2, REPLICATES = 40 };

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
    static const char *const set[] = {"replicates=40", "seed=13"};

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
 * Cells whose mean is further from a projection than 4 standard errors, or rather than
 * what is as rare (6e-5) when the variance is a sample's with 39 degrees of freedom:
 * 4.5. Where the expected count is below 25, too small for a normal law, the variance
 * is at least that count.
 */
static int
misses(struct fixture *f, struct projection_twin twin, bool tell)
{
    struct projection p;
    double most = gsl_cdf_tdist_Qinv(gsl_cdf_ugaussian_Q(4.0), REPLICATES - 1);
    int n = 0;

    projection_init(&p, &f->rates, twin);
    cells_expect(&f->cells, &p, f->expected);
    for (int i = 0; i < f->cells.n; i++) {
        double e = f->expected[i], v = f->cells.variance[i];
        double z = (f->cells.mean[i] - e) /
                   sqrt(((e < 25.0 ? fmax(v, e) : v) + 1e-3) / f->cells.replicates);
        char name[80];
        if (!(fabs(z) > most))
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

/* 1,712 cells: chance misses one in nine runs, so the seed is one that misses none.
 * Whoever changes what people draw may need another; an error misses with every seed.
 */
static void
lives_follow_the_projection(void **state)
{
    assert_int_equal(misses(*state, right, true), 0);
}

/* Three per cent more or less of anything is noticed. */
static void
rates_off_by_three_per_cent_are_noticed(void **state)
{
    for (int sign = -1; sign <= 1; sign += 2) {
        const double off = 1.0 + 0.03 * sign;
        const struct projection_twin wrong[] = {{off, 1.0, 1.0, 1.0, 1.0},
            {1.0, off, 1.0, 1.0, 1.0}, {1.0, 1.0, off, 1.0, 1.0},
            {1.0, 1.0, 1.0, off, 1.0}};
        for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
            assert_true(misses(*state, wrong[i], false) > 5);
    }
}

/* Squared distances in standard errors are 39/37 on average when the errors are neither
 * too wide nor too narrow; cells hang together, so a third either way is allowed. */
static void
standard_errors_are_honest(void **state)
{
    struct fixture *f = *state;
    struct projection p;
    double sum = 0.0;
    int n = 0;

    projection_init(&p, &f->rates, right);
    cells_expect(&f->cells, &p, f->expected);
    for (int i = 0; i < f->cells.n; i++) {
        if (f->expected[i] < 25.0)
            continue;
        sum += pow(f->cells.mean[i] - f->expected[i], 2.0) /
               (f->cells.variance[i] / f->cells.replicates);
        n++;
    }
    projection_free(&p);
    assert_true(sum / n > 39.0 / 37.0 / 1.33 && sum / n < 39.0 / 37.0 * 1.33);
}

static void
people_are_conserved(void **state)
{
    struct fixture *f = *state;

    for (int i = 0; i < f->result.replicates; i++)
        assert_int_equal(balance_people(&f->result, i), 0);
    /* one birth more than there was */
    struct result_row row = result_find(f->result.setup, "births");
    int64_t *births = result_at(&f->result, row.model, 0, 7, 1);
    births[0]++;
    assert_int_equal(balance_people(&f->result, 0), 1);
    births[0]--;
}

static void
every_count_adds_up(void **state)
{
    struct fixture *f = *state;

    for (int i = 0; i < f->result.replicates; i++)
        for (int way = 0; way < BALANCE_WAYS; way++)
            assert_int_equal(balance_counts(&f->result, i, way), 0);
}

/* Nobody moves but from one county to another: what leaves arrives within the month. */
static void
movers_arrive(void **state)
{
    struct fixture *f = *state;

    for (int i = 0; i < f->result.replicates; i++)
        assert_int_equal(balance_moves(&f->result, i), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lives_follow_the_projection),
        cmocka_unit_test(rates_off_by_three_per_cent_are_noticed),
        cmocka_unit_test(standard_errors_are_honest),
        cmocka_unit_test(people_are_conserved),
        cmocka_unit_test(every_count_adds_up),
        cmocka_unit_test(movers_arrive),
    };

    return cmocka_run_group_tests(tests, open_small, close_small);
}
