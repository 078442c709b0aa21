/*
 * Lives among states on the engine against the exponential of their rates. With
 * arguments the program answers for any rates instead, see validation/multistate.h.
 */
#include "validation/multistate.h"

#include "models/matrix6.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>

static const char illness[] = "0>1=.05,0>D=.02,1>D=.10";
static const char recovery[] =
    "0>1=.06,1>0=.10,1>2=.15,2>1=.03,0>D=.02,1>D=.06,2>D=.25";
static const char five[] = "0>1=.05,0>2=.02,1>0=.3,1>2=.1,2>1=.2,2>3=.1,3>2=.05,3>4=.2,"
                           "4>3=.02,0>D=.01,1>D=.02,2>D=.05,3>D=.1,4>D=.3";

static struct walk
read_walk(const char *rates)
{
    struct walk w = {.years = 10.0, .people = 100000, .replicates = 1, .seed = 8};

    assert_true(multistate_read(&w, rates));
    return w;
}

static void
near(double x, double want, double tolerance)
{
    if (!(fabs(x - want) <= tolerance))
        print_message("%.12g, expected %.12g\n", x, want);
    assert_true(fabs(x - want) <= tolerance);
}

/* Numbers printed elsewhere, and two exponentials written out. */
static void
printed(void **state)
{
    static const double want[] = {0.52528827, 0.12016240, 0.06005156, 0.29449777};
    static const double years[] = {16.782219, 3.425775, 1.835237};
    double share[WALK_STATES], lived[WALK_STATES], life[WALK_STATES];
    struct walk w = read_walk(illness);

    (void)state;
    assert_int_equal(w.states, 2);
    walk_expect(&w, 10.0, share, lived);
    near(share[0], exp(-0.7), 1e-12);
    near(share[1], 0.05 / 0.03 * (exp(-0.7) - exp(-1.0)), 1e-12);
    near(share[2], 0.28890493, 5e-9);
    near(lived[0], (1.0 - exp(-0.7)) / 0.07, 1e-11);
    assert_true(walk_lifelong(&w, life));
    near(life[0], 1.0 / 0.07, 1e-12);
    near(life[1], 0.05 / 0.07 / 0.10, 1e-12);
    w = read_walk(recovery);
    walk_expect(&w, 10.0, share, lived);
    for (int k = 0; k < 4; k++)
        near(share[k], want[k], 5e-9);
    assert_true(walk_lifelong(&w, life));
    for (int k = 0; k < 3; k++)
        near(life[k], years[k], 5e-7);
}

/* GSL's exponential and that of the models, which feeds draws, are one. */
static void
same_as_the_models(void **state)
{
    double share[WALK_STATES], lived[WALK_STATES];
    struct walk w = read_walk(five);
    struct matrix6 q = {{{0.0}}};

    (void)state;
    for (int i = 0; i < w.states; i++)
        for (int j = 0; j <= w.states; j++) {
            q.a[i][j] += w.rate[i][j];
            q.a[i][i] -= w.rate[i][j];
        }
    for (double t = 0.1; t < 100.0; t *= 3.0) {
        struct matrix6 p = matrix6_exp(&q, t);
        for (w.first = 0; w.first < w.states; w.first++) {
            walk_expect(&w, t, share, lived);
            for (int k = 0; k < MATRIX6; k++)
                near(share[k], p.a[w.first][k], 1e-11);
        }
    }
}

static int
wrong(const char *rates, int first, double off)
{
    struct walk truth = read_walk(rates), w;
    struct check_rows rows = {.n = 0};

    truth.first = first;
    w = truth;
    for (int i = 0; i < w.states; i++)
        for (int j = 0; j <= w.states; j++)
            w.rate[i][j] *= off;
    multistate_run(&w, &truth, &rows);
    if (off == 1.0 && check_wrong(&rows) > 0)
        check_print(&rows, stdout);
    int n = check_wrong(&rows);
    check_free(&rows);
    return n;
}

static void
lives_follow_the_rates(void **state)
{
    (void)state;
    assert_int_equal(wrong(illness, 0, 1.0), 0);
    assert_int_equal(wrong(recovery, 0, 1.0), 0);
    assert_int_equal(wrong(recovery, 2, 1.0), 0);
    assert_int_equal(wrong(five, 1, 1.0), 0);
    assert_int_equal(wrong("0>1=.3,1>0=.5", 0, 1.0), 0); /* nobody dies */
    assert_true(wrong(illness, 0, 1.03) > 0);
    assert_true(wrong(recovery, 0, 0.97) > 0);
    assert_true(wrong(five, 1, 1.03) > 0);
}

/* Who lives for ever, or only might, has no expectancy. */
static void
endless_lives(void **state)
{
    double life[WALK_STATES];
    struct walk w = read_walk("0>1=.3,1>0=.5");

    (void)state;
    assert_false(walk_lifelong(&w, life));
    w = read_walk("0>1=.3,0>D=.1");
    assert_false(walk_lifelong(&w, life));
    w = read_walk("0>D=.1,1>2=.3"); /* where nobody comes to does not matter */
    assert_true(walk_lifelong(&w, life));
    near(life[0], 10.0, 1e-12);
    near(life[1], 0.0, 0.0);
}

static void
wrong_rates_are_refused(void **state)
{
    static const char *const text[] = {"", "0", "0>1", "0>1=", "0>1=x", "0>1=-1",
        "0>0=1", "D>0=1", "0>9=1", "8>0=1", "0>1=.1,", ",0>1=.1", "0>1=.1 1>0=.1",
        "0>1=nan", "0>1=1e9"};

    (void)state;
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++) {
        struct walk w = {.states = 0};
        assert_false(multistate_read(&w, text[i]));
    }
    struct walk w = {.states = 0};
    assert_true(multistate_read(&w, "7>D=.5,0>7=.25"));
    assert_int_equal(w.states, 8);
    assert_true(w.rate[7][8] == 0.5 && w.rate[0][7] == 0.25);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(printed),
        cmocka_unit_test(same_as_the_models),
        cmocka_unit_test(lives_follow_the_rates),
        cmocka_unit_test(endless_lives),
        cmocka_unit_test(wrong_rates_are_refused),
    };

    if (argc > 1)
        return multistate_main(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
