#include "validation/check.h"

#include "sim/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

static void
verdicts(void **state)
{
    static const struct {
        struct check_row row;
        bool agrees;
    } want[] = {
        {{.expected = 1.0, .found = 1.0}, true},
        {{.expected = 1.0, .found = 1.0 + 1e-15}, false},
        {{.expected = 1.0, .found = 1.4, .error = 0.1}, true},
        {{.expected = 1.0, .found = 1.41, .error = 0.1}, false},
        {{.expected = 1.0, .found = 0.59, .error = 0.1}, false},
        {{.expected = 1.0, .found = 1.5, .error = 0.1, .tolerance = 0.11}, true},
        {{.expected = 1.0, .found = 1.5, .tolerance = 0.49}, false},
        {{.expected = NAN, .found = 1.0, .error = 1.0}, false},
        {{.expected = 1.0, .found = NAN, .error = 1.0}, false},
        {{.expected = 1.0, .found = INFINITY, .error = 1.0}, false},
        {{.expected = 1.0, .found = 1.0, .error = NAN}, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
        assert_int_equal(check_agrees(&want[i].row), want[i].agrees);
    assert_true(fabs(check_distance(&want[4].row) + 4.1) < 1e-12);
    assert_true(isnan(check_distance(&want[0].row)));
    assert_true(isnan(check_distance(&want[5].row)));
}

static void
rows_are_kept(void **state)
{
    struct check_rows rows = {.n = 0};

    (void)state;
    assert_null(check_furthest(&rows));
    for (int i = 0; i < 1000; i++)
        check_add(&rows,
            (struct check_row){.expected = i, .found = i + (i == 700), .error = 0.2},
            "row %d of %s", i, "many");
    assert_int_equal(rows.n, 1000);
    assert_string_equal(rows.row[999].label, "row 999 of many");
    assert_int_equal(check_wrong(&rows), 1);
    assert_ptr_equal(check_furthest(&rows), &rows.row[700]);
    /* one that must be equal, and is not, is further off than any other */
    check_add(&rows, (struct check_row){.found = 1e-9}, "exact");
    assert_string_equal(check_furthest(&rows)->label, "exact");
    check_free(&rows);
    check_free(&rows);
}

static void
texts(void **state)
{
    char text[CHECK_TEXT];

    (void)state;
    check_number(1777940845.0, text);
    assert_string_equal(text, "1777940845");
    check_number(0.123456789, text);
    assert_string_equal(text, "0.12345679");
    check_number(-1e300, text);
    assert_string_equal(text, "-1e+300");
    check_allowed(&(struct check_row){.error = 0.0123}, text);
    assert_string_equal(text, "0.012");
    check_allowed(&(struct check_row){.error = 0.0123, .tolerance = 0.005}, text);
    assert_string_equal(text, "0.012 (± 0.005)");
    check_allowed(&(struct check_row){.tolerance = 0.005}, text);
    assert_string_equal(text, "± 0.005");
    check_allowed(&(struct check_row){.found = 1.0}, text);
    assert_string_equal(text, "exact");
    check_gap(&(struct check_row){.found = 1.0, .error = 0.25}, text);
    assert_string_equal(text, "4.0 errors");
    check_gap(&(struct check_row){.found = 1.0}, text);
    assert_string_equal(text, "1 apart");
    check_gap(&(struct check_row){.found = 0.0}, text);
    assert_string_equal(text, "equal");
    check_gap(NULL, text);
    assert_string_equal(text, "-");
}

static void
means(void **state)
{
    static const double x[] = {3.0, -1.0, 4.0, 1.5, 9.25, 2.0};
    struct check_mean m = {.n = 0.0};

    (void)state;
    for (int i = 0; i < 6; i++)
        check_count(&m, x[i]);
    assert_true(fabs(m.mean - gsl_stats_mean(x, 1, 6)) < 1e-14);
    assert_true(fabs(check_error(&m) - gsl_stats_sd(x, 1, 6) / sqrt(6.0)) < 1e-14);
}

/* More than 4 standard errors too many come as rarely as in a normal law, 3.2e-5 on one
 * side, however few are expected; above a hundred nearly so. */
static void
few_people(void **state)
{
    const double n = 1e6;

    (void)state;
    assert_true(check_share_error(0.0, n) == 0.0);
    assert_true(check_share_error(1.0, n) == 0.0);
    assert_true(check_share_error(1e-80, n) < 1e-40); /* none of them may come */
    assert_true(fabs(check_share_error(0.3, n) / sqrt(0.21 / n) - 1.0) < 1e-12);
    for (double few = 1e-6; few < 1e4; few *= 1.3) {
        double most = few + 4.0 * n * check_share_error(few / n, n);
        assert_true(gsl_cdf_poisson_Q((unsigned)(most + 1e-9), few) <
                    (few < 100.0 ? 3.2e-5 : 8e-5));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts),
        cmocka_unit_test(rows_are_kept),
        cmocka_unit_test(texts),
        cmocka_unit_test(means),
        cmocka_unit_test(few_people),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
