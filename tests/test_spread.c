#include "output/spread.h"

#include "tests/finished.h"
#include "tests/planned.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

/* Where the value of a replicate stands. */
static double *
value_at(struct finished *f, int replicate, int time, int area)
{
    return &f->beds
                .value[(replicate * FINISHED_TIMES + time) * (1 + FINISHED_COUNTIES) +
                       area];
}

static void
mean_and_quantiles_of_21_replicates(void **state)
{
    struct finished f;
    struct spread s;

    (void)state;
    finished_init(&f, 21);
    /* 0 .. 20 in another order: mean 10, quantiles at 0.05 * 20 = 1 and at 19. */
    for (int i = 0; i < 21; i++)
        *value_at(&f, i, 7, 3) = i * 8 % 21;
    *value_at(&f, 4, 60, 12) = 1000.0;
    spread_init(&s, &f.reader, &f.beds);
    int at = 3 * FINISHED_TIMES + 7;
    /* A sum of 21 small whole numbers is exact, the division rounds once; the quantiles
     * are whole numbers interpolated with weights 0 or 1 up to rounding. */
    assert_true(fabs(s.mean[at] - 10.0) < 1e-14);
    assert_true(fabs(s.low[at] - 1.0) < 1e-14 && fabs(s.high[at] - 19.0) < 1e-14);
    assert_int_equal(s.n_areas, 1 + FINISHED_COUNTIES);
    spread_free(&s);
    finished_free(&f);
}

static void
undefined_replicates_are_left_out(void **state)
{
    struct finished f;
    struct spread s;

    (void)state;
    finished_init(&f, 3);
    for (int i = 0; i < 3; i++) {
        *value_at(&f, i, 0, 0) = i == 1 ? NAN : 4.0;
        *value_at(&f, i, 1, 0) = NAN;
    }
    spread_init(&s, &f.reader, &f.beds);
    assert_true(s.mean[0] == 4.0 && s.low[0] == 4.0 && s.high[0] == 4.0);
    assert_true(isnan(s.mean[1]) && isnan(s.low[1]) && isnan(s.high[1]));
    assert_true(isfinite(s.most) && s.most > 30.0);
    spread_free(&s);
    spread_free(&s);
    finished_free(&f);
}

static void
csv_has_a_row_a_time_and_three_columns_an_area(void **state)
{
    struct finished f;
    struct spread s;
    FILE *out = tmpfile();
    int rows = 0, cells = 0;

    (void)state;
    assert_non_null(out);
    finished_init(&f, 1);
    *value_at(&f, 0, 1, 0) = NAN;
    spread_init(&s, &f.reader, &f.beds);
    spread_csv(&s, out);
    rewind(out);
    char *text = planned_text(out);
    for (char *p = text; *p != '\0'; p++) {
        rows += *p == '\n';
        cells += *p == ',' || *p == '\n';
    }
    assert_int_equal(rows, 1 + FINISHED_TIMES);
    assert_int_equal(cells, rows * (2 + 3 * (1 + FINISHED_COUNTIES)));
    assert_ptr_equal(strstr(text, "date,year,prefecture,prefecture low,prefecture high,"
                                  "Dali,Dali low,Dali high,"),
        text);
    /* The end of 2020-12-31 is where 2021 begins; an undefined value is empty. */
    assert_non_null(strstr(text, "\n2020-12-31,2021.000000,22,22,22,23,23,23,"));
    assert_non_null(strstr(text, "\n2021-01-31,2021.084932,,,,"));
    mem_free(text);
    fclose(out);
    spread_free(&s);
    finished_free(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mean_and_quantiles_of_21_replicates),
        cmocka_unit_test(undefined_replicates_are_left_out),
        cmocka_unit_test(csv_has_a_row_a_time_and_three_columns_an_area),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
