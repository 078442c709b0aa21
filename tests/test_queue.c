/*
 * A queue on the engine against its closed forms. Each row runs REPLICATES replicates
 * of CUSTOMERS arrivals under a fixed seed; every measure that has a closed form must
 * lie within 4 standard errors of it. The bias of whole minutes is at most 1 /
 * QUEUE_MINUTES = 1e-4 of a measure; the standard errors are 1e-3 of it and more.
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
#define LOST .lost = true, .replicates = REPLICATES, .customers = 15000, .seed = SEED

static const struct queue lost_rows[] = {
    {.arrivals = {1}, .stay = 1, .places = 1, LOST},
    {.arrivals = {5}, .stay = 1, .places = 5, LOST},
    {.arrivals = {10}, .stay = 1, .places = 10, LOST},
    {.arrivals = {10}, .stay = 1, .places = 15, LOST},
    {.arrivals = {20}, .stay = 1, .places = 20, LOST},
    {.arrivals = {100}, .stay = 1, .places = 100, LOST},
    {.arrivals = {500}, .stay = 1, .places = 520, LOST},
};

/* The last two are numbers of beds of a county: days, and a wait of 30 days. */
static const struct queue patient_rows[] = {
    {.arrivals = {0.8}, .stay = 1, .places = 1, .within = 0.1, ENOUGH},
    {.arrivals = {4}, .stay = 1, .places = 5, .within = 0.1, ENOUGH},
    {.arrivals = {8}, .stay = 1, .places = 10, .within = 0.1, ENOUGH},
    {.arrivals = {18}, .stay = 1, .places = 20, .within = 0.1, ENOUGH},
    {.arrivals = {95}, .stay = 1, .places = 100, .within = 0.1, ENOUGH},
    {.arrivals = {0.1}, .stay = 730, .places = 84, .within = 30, ENOUGH},
    {.arrivals = {1}, .stay = 730, .places = 755, .within = 30, ENOUGH},
};

static const struct queue impatient_rows[] = {
    {.arrivals = {9}, .stay = 1, .patience = 1, .places = 10, ENOUGH},
    {.arrivals = {10}, .stay = 1, .patience = 2, .places = 10, ENOUGH},
    {.arrivals = {110}, .stay = 1, .patience = 2, .places = 100, ENOUGH},
    {.arrivals = {4, 6}, .stay = 1, .patience = 2, .places = 10, ENOUGH},
    {.arrivals = {1}, .stay = 730, .patience = 300, .places = 697, ENOUGH},
};

static const struct queue class_rows[] = {
    {.arrivals = {0.3, 0.5}, .stay = 1, .places = 1, ENOUGH},
    {.arrivals = {3, 5}, .stay = 1, .places = 10, ENOUGH},
    {.arrivals = {30, 60}, .stay = 1, .places = 100, ENOUGH},
};

#define SINGLE .arrivals = {0.8}, .stay = 1, .places = 1, ENOUGH

static const struct queue single_rows[] = {
    {SINGLE, .shape = QUEUE_CONSTANT},
    {SINGLE, .shape = QUEUE_GAMMA, .cv = 0.70710678118654752},
    {SINGLE, .shape = QUEUE_EXPONENTIAL, .cv = 1},
    {SINGLE, .shape = QUEUE_LOGNORMAL, .cv = 1},
    {SINGLE, .shape = QUEUE_LOGNORMAL, .cv = 2},
    {SINGLE, .shape = QUEUE_GAMMA, .cv = 2},
};

#define ROWS(table) table, (int)(sizeof table / sizeof table[0])

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

static void
print_row(const struct queue *q, double worst)
{
    print_message("arrivals %g + %g, stay %g, shape %d cv %g, patience %g, places %d: "
                  "%.2f standard errors\n",
        q->arrivals[0], q->arrivals[1], q->stay, (int)q->shape, q->cv, q->patience,
        q->places, worst);
}

static void
all_agree(const struct queue *row, int n)
{
    for (int i = 0; i < n; i++) {
        double worst = distance(&row[i], &row[i]);
        if (worst > 4.0)
            print_row(&row[i], worst);
        assert_true(worst <= 4.0);
    }
}

/* The same check must tell a queue whose stays are 3 % too long. */
static void
all_differ(const struct queue *row, int n)
{
    for (int i = 0; i < n; i++) {
        struct queue twin = row[i];
        twin.stay *= 1.03;
        twin.warm = queue_warm(&row[i]); /* its own may not end */
        double worst = distance(&twin, &row[i]);
        if (worst <= 4.0)
            print_row(&row[i], worst);
        assert_true(worst > 4.0);
    }
}

static void
lost_exponential(void **state)
{
    (void)state;
    all_agree(ROWS(lost_rows));
    all_differ(ROWS(lost_rows));
}

static void
lost_of_shape(enum queue_shape shape, double cv)
{
    for (size_t i = 0; i < sizeof lost_rows / sizeof lost_rows[0]; i++) {
        struct queue q = lost_rows[i];
        q.shape = shape;
        q.cv = cv;
        all_agree(&q, 1);
    }
}

/* Erlang B does not depend on the distribution of stays. */
static void
lost_lognormal(void **state)
{
    (void)state;
    lost_of_shape(QUEUE_LOGNORMAL, 1.2);
}

static void
lost_constant(void **state)
{
    (void)state;
    lost_of_shape(QUEUE_CONSTANT, 0.0);
}

static void
patient(void **state)
{
    (void)state;
    all_agree(ROWS(patient_rows));
    all_differ(ROWS(patient_rows));
}

static void
impatient(void **state)
{
    (void)state;
    all_agree(ROWS(impatient_rows));
    all_differ(ROWS(impatient_rows));
    for (size_t i = 0; i < 3; i++) {
        struct queue twin = impatient_rows[i];
        twin.patience *= 1.1;
        assert_true(distance(&twin, &impatient_rows[i]) > 4.0);
    }
}

static void
two_classes(void **state)
{
    (void)state;
    all_agree(ROWS(class_rows));
    all_differ(ROWS(class_rows));
    for (size_t i = 0; i < sizeof class_rows / sizeof class_rows[0]; i++) {
        struct queue twin = class_rows[i], joined = class_rows[i];
        twin.arrivals[0] = class_rows[i].arrivals[1]; /* the wrong class goes first */
        twin.arrivals[1] = class_rows[i].arrivals[0];
        assert_true(distance(&twin, &class_rows[i]) > 4.0);
        joined.arrivals[0] += joined.arrivals[1]; /* first come, first served */
        joined.arrivals[1] = 0.0;
        all_agree(&joined, 1);
    }
}

static void
single_server(void **state)
{
    (void)state;
    all_agree(ROWS(single_rows));
    all_differ(ROWS(single_rows));
}

/* Mean and standard error of those present at `t` against the formula. */
static double
swing_distance(struct queue q, double t, double speed)
{
    q.warm = t / 2.0;
    q.customers = t / 2.0 * q.arrivals[0];
    struct queue_found found = queue_run(&q);
    assert_true(found.gap == 0.0);
    assert_true(found.mean[QUEUE_WAIT] == 0.0); /* places enough for all */
    return fabs(found.mean[QUEUE_PRESENT] - erlang_swinging(100.0, 20.0, speed, t)) /
           found.error[QUEUE_PRESENT];
}

/* Arrivals that swing; 20 and more mean stays after an empty start, at the phases of
 * t = 36 and t = 5.25. Another speed in the formula, or none in the queue, must show.
 */
static void
swinging(void **state)
{
    struct queue q = {.arrivals = {100.0},
        .swing = 0.2,
        .stay = 1.0,
        .places = 1000,
        .replicates = 300,
        .seed = SEED};

    (void)state;
    q.speed = 2.0 * M_PI / 12.0;
    assert_true(swing_distance(q, 36.0, q.speed) <= 4.0);
    assert_true(swing_distance(q, 36.0, 0.5 * q.speed) > 4.0);
    q.swing = 0.0;
    assert_true(swing_distance(q, 36.0, q.speed) > 4.0);
    q.swing = 0.2;
    q.speed = 2.0 * M_PI;
    assert_true(swing_distance(q, 21.25, q.speed) <= 4.0);
}

enum { WATCHED = 20000 };

/* How many of the first customers wait longer, and how many less, with `more` places
 * added, the draws the same or those of another seed. */
static void
compare_waits(struct queue q, int more, uint64_t seed, int *longer, int *shorter)
{
    static const int32_t never = -1;
    int32_t wait[2][WATCHED];

    for (int i = 0; i < WATCHED; i++)
        wait[0][i] = wait[1][i] = never;
    q.n_wait = WATCHED;
    q.wait = wait[0];
    queue_run(&q);
    q.wait = wait[1];
    q.places += more;
    q.seed = seed;
    queue_run(&q);
    *longer = *shorter = 0;
    for (int i = 0; i < WATCHED; i++) {
        assert_true(wait[0][i] != never && wait[1][i] != never);
        *longer += wait[1][i] > wait[0][i];
        *shorter += wait[1][i] < wait[0][i];
    }
}

static void
one_more_place(void **state)
{
    struct queue q = {.arrivals = {9.2},
        .stay = 1.0,
        .places = 10,
        .replicates = 2,
        .customers = 2 * WATCHED,
        .seed = SEED};
    int longer, shorter;

    (void)state;
    for (int shape = 0; shape < QUEUE_SHAPES; shape++) {
        q.shape = (enum queue_shape)shape;
        q.cv = 1.5;
        compare_waits(q, 1, q.seed, &longer, &shorter);
        assert_int_equal(longer, 0);
        assert_true(shorter > WATCHED / 4);
        compare_waits(q, 1, q.seed + 1, &longer, &shorter);
        assert_true(longer > 0);
        compare_waits(q, 0, q.seed, &longer, &shorter);
        assert_int_equal(longer + shorter, 0);
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
        cmocka_unit_test(lost_exponential),
        cmocka_unit_test(lost_lognormal),
        cmocka_unit_test(lost_constant),
        cmocka_unit_test(patient),
        cmocka_unit_test(impatient),
        cmocka_unit_test(two_classes),
        cmocka_unit_test(single_server),
        cmocka_unit_test(swinging),
        cmocka_unit_test(one_more_place),
        cmocka_unit_test(pooled),
    };

    if (argc > 1)
        return oracle_main(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
