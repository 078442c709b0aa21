/*
 * Closed forms of queues against numbers printed elsewhere, and what they miss when a
 * queue is not theirs. That queues on the engine follow them is the validation book's
 * (validation/queues.c, validation/laws.c), whose fast part test_validation runs.
 *
 * With arguments the program answers for any queue instead, see oracle.h.
 */
#include "tests/erlang.h"
#include "tests/oracle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_math.h>

enum { REPLICATES = 30, CUSTOMERS = 30000, SEED = 20220928 };

#define ENOUGH .replicates = REPLICATES, .customers = CUSTOMERS, .seed = SEED
static const struct queue impatient_rows[] = {
    {.arrivals = {9}, .stay = 1, .patience = 1, .places = 10, ENOUGH},
    {.arrivals = {10}, .stay = 1, .patience = 2, .places = 10, ENOUGH},
    {.arrivals = {110}, .stay = 1, .patience = 2, .places = 100, ENOUGH},
};

/* The largest distance of a row from the closed form of `truth`, standard errors. */
static double
distance(const struct queue *simulated, const struct queue *truth)
{
    double expected[QUEUE_MEASURES];
    struct queue_found found = queue_run(simulated);

    assert_string_not_equal(oracle_expected(truth, expected), "none");
    /* Little's law in its exact form: integers, so no tolerance */
    assert_true(found.gap == 0.0);
    return oracle_worst(&found, expected);
}

/* Patience a tenth longer must show. */
static void
impatient(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof impatient_rows / sizeof impatient_rows[0]; i++) {
        struct queue twin = impatient_rows[i];
        assert_true(distance(&twin, &impatient_rows[i]) <= 4.0);
        twin.patience *= 1.1;
        assert_true(distance(&twin, &impatient_rows[i]) > 4.0);
    }
}

/* Two lists of half the arrivals and half the places wait longer than one of all. */
static void
pooled(void **state)
{
    const struct queue split = {.arrivals = {4.0}, .stay = 1.0, .places = 5, ENOUGH};
    struct queue whole = split;

    (void)state;
    whole.arrivals[0] *= 2.0;
    whole.places *= 2;
    struct queue_found a = queue_run(&split), b = queue_run(&whole);
    assert_true(b.mean[QUEUE_TIME] + 4.0 * b.error[QUEUE_TIME] <
                a.mean[QUEUE_TIME] - 4.0 * a.error[QUEUE_TIME]);
}

/* The closed forms themselves, against numbers printed elsewhere. */
static void
closed_forms(void **state)
{
    struct erlang_a a = erlang_a(10.0, 1.0, 2.0, 10),
                    b = erlang_a(110.0, 1.0, 2.0, 100);
    const double classes[] = {3.0, 5.0};

    (void)state;
    assert_true(fabs(erlang_b(10.0, 15) - 0.03649695) < 5e-9);
    assert_true(fabs(erlang_b(500.0, 520) - 0.01436177) < 5e-9);
    assert_true(fabs(erlang_c(8.0, 10) - 0.40918015) < 5e-9);
    assert_true(fabs(erlang_c_beyond(95.0, 100, 0.1) - 0.30718161) < 5e-9);
    assert_true(fabs(a.wait - 0.619655) < 5e-7 && fabs(a.line - 2.078264) < 5e-7);
    assert_true(fabs(a.leave - 0.103913) < 5e-7 && fabs(a.use - 0.896087) < 5e-7);
    assert_true(fabs(b.wait - 0.929116) < 5e-7 && fabs(b.line - 20.816033) < 5e-7);
    assert_true(fabs(erlang_cobham(classes, 0, 1.0, 10) - 0.05845431) < 5e-9);
    assert_true(fabs(erlang_cobham(classes, 1, 1.0, 10) - 0.29227154) < 5e-9);
    assert_true(fabs(erlang_mg1(0.8, 2.0) - 10.0) < 1e-12);
    assert_true(fabs(erlang_swinging(100.0, 20.0, 2.0 * M_PI / 12.0, 36.0) -
                     91.78124330) < 5e-9);
    assert_true(
        fabs(erlang_swinging(100.0, 20.0, 2.0 * M_PI, 5.25) - 100.49409046) < 5e-9);
}

static int
fewest_places(double arrivals, double stay, double within, double share)
{
    int c = (int)(arrivals * stay) + 1;

    while (erlang_c_beyond(arrivals * stay, c, within / stay) > 1.0 - share)
        c++;
    return c;
}

static void
fewest(void **state)
{
    (void)state;
    assert_int_equal(fewest_places(0.1, 730.0, 90.0, 0.85), 80);
    assert_int_equal(fewest_places(0.1, 730.0, 30.0, 0.90), 84);
    assert_int_equal(fewest_places(0.1, 730.0, 30.0, 0.95), 87);
    assert_int_equal(fewest_places(1.0, 730.0, 90.0, 0.85), 741);
    assert_int_equal(fewest_places(1.0, 730.0, 30.0, 0.90), 755);
    assert_int_equal(fewest_places(1.0, 730.0, 30.0, 0.95), 761);
    /* fewer places than the offered load: those who leave hide the shortage */
    assert_true(erlang_a(1.0, 730.0, 300.0, 697).leave <= 0.05);
    assert_true(erlang_a(1.0, 730.0, 300.0, 696).leave > 0.05);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_forms),
        cmocka_unit_test(fewest),
        cmocka_unit_test(impatient),
        cmocka_unit_test(pooled),
    };

    if (argc > 1)
        return oracle_main(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
