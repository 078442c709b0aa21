/*
 * Net migration between two censuses, where it is known.
 */
#include "validation/residual.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

struct place {
    int64_t people[SEXES][AGES];
    double rate[SEXES][AGES];
    double end[SEXES][CENSUS_GROUPS];
};

/* 1,000 people of every age below 100, who die at one rate. */
static struct residual_start
fill(struct place *p, double rate, double improvement)
{
    memset(p, 0, sizeof *p);
    for (int sex = 0; sex < SEXES; sex++)
        for (int a = 0; a < AGES; a++) {
            p->people[sex][a] = a < 100 ? 1000 : 0;
            p->rate[sex][a] = rate;
        }
    return (struct residual_start){.people = (const int64_t(*)[AGES])p->people,
        .rate = (const double(*)[AGES])p->rate,
        .improvement = {improvement, improvement}};
}

/* exp(-10 r) of each live; nobody below ten was there. */
static void
survivors(void **state)
{
    struct place p;
    struct residual_start start = fill(&p, 0.03, 0.0);
    double alive[CENSUS_GROUPS];

    (void)state;
    residual_survivors(&start, MALE, alive);
    for (int g = 0; g < CENSUS_GROUPS; g++) {
        double people = g < 3 ? 0.0 : g < CENSUS_GROUPS - 1 ? 5000.0 : 25000.0;
        assert_true(fabs(alive[g] - people * exp(-0.3)) < 1e-8 * people + 1e-12);
    }
}

/* Rates that fall by i a year spend r (1 - exp(-10 i)) / i; steps of a year with the
 * middle's factor miss that by i^2 / 24 of it. */
static void
rates_that_fall(void **state)
{
    struct place p;
    struct residual_start start = fill(&p, 0.03, 0.02);
    double alive[CENSUS_GROUPS], spent = 0.03 * (1.0 - exp(-0.2)) / 0.02;

    (void)state;
    residual_survivors(&start, FEMALE, alive);
    assert_true(fabs(-log(alive[8] / 5000.0) - spent) < 2e-5 * spent);
    assert_false(fabs(-log(alive[8] / 5000.0) - 0.3) < 2e-5 * spent);
}

/* As many come as a rate says, at every age: the rate comes back. */
static void
one_rate(void **state)
{
    struct place p;
    struct residual_start start = fill(&p, 0.01, 0.0);
    struct residual out;

    (void)state;
    for (int sex = 0; sex < SEXES; sex++) {
        double sign = sex == MALE ? 1.0 : -1.0;
        residual_survivors(&start, sex, p.end[sex]);
        for (int g = 0; g < CENSUS_GROUPS; g++)
            p.end[sex][g] *= exp(sign * 10.0 * 0.017);
    }
    residual_of(&start, (const double(*)[CENSUS_GROUPS])p.end, &out);
    for (int c = 0; c < RESIDUAL_AGES; c++) {
        assert_true(fabs(out.rate[MALE][c] - 0.017) < 1e-12);
        assert_true(fabs(out.rate[FEMALE][c] + 0.017) < 1e-12);
    }
}

/* A group of the end gives its rate to those five years younger; who was born since has
 * that of the youngest who were there. */
static void
ages(void **state)
{
    static const struct {
        int age, from, to; /* at the end; groups of current age that follow it */
    } cases[] = {{10, 0, 1}, {15, 2, 2}, {30, 5, 5}, {80, 15, 15}, {85, 16, 16}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct place p;
        struct residual_start start = fill(&p, 0.01, 0.0);
        struct residual out;
        for (int sex = 0; sex < SEXES; sex++)
            residual_survivors(&start, sex, p.end[sex]);
        p.end[MALE][census_group(cases[i].age)] *= exp(0.1);
        residual_of(&start, (const double(*)[CENSUS_GROUPS])p.end, &out);
        for (int c = 0; c < RESIDUAL_AGES; c++) {
            double want = c >= cases[i].from && c <= cases[i].to ? 0.01 : 0.0;
            assert_true(fabs(out.rate[MALE][c] - want) < 1e-12);
            assert_true(fabs(out.rate[FEMALE][c]) < 1e-12);
        }
    }
    assert_int_equal(residual_from(5), 25);
    assert_int_equal(residual_to(5), 29);
    assert_int_equal(residual_to(16), 120);
}

/* Who is not there at the start or the end has no rate. */
static void
nobody(void **state)
{
    struct place p;
    struct residual_start start = fill(&p, 0.01, 0.0);
    struct residual out;

    (void)state;
    residual_of(&start, (const double(*)[CENSUS_GROUPS])p.end, &out);
    for (int c = 0; c < RESIDUAL_AGES; c++)
        assert_true(out.rate[MALE][c] == 0.0);
}

static void
groups(void **state)
{
    double people[SEXES][CENSUS_GROUPS];

    (void)state;
    for (int g = 0; g < CENSUS_GROUPS; g++) {
        assert_int_equal(census_group(census_age(g)), g);
        people[MALE][g] = people[FEMALE][g] = 1.0;
    }
    assert_int_equal(census_group(4), 1);
    assert_int_equal(census_group(119), CENSUS_GROUPS - 1);
    assert_true(
        census_from((const double(*)[CENSUS_GROUPS])people, 60) == 2.0 * (19 - 13));
    assert_true(census_from((const double(*)[CENSUS_GROUPS])people, 0) == 38.0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survivors),
        cmocka_unit_test(rates_that_fall),
        cmocka_unit_test(one_rate),
        cmocka_unit_test(ages),
        cmocka_unit_test(nobody),
        cmocka_unit_test(groups),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
