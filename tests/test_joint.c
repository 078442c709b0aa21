#include "models/joint.h"

#include "sim/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

/* A county of 100,000 in round numbers, some ages empty. */
struct place {
    int64_t people[SEXES][AGES];
    struct joint_margins margins;
    struct joint joint;
    double young, old;
};

static void
make(struct place *p)
{
    memset(p, 0, sizeof *p);
    for (int sex = 0; sex < SEXES; sex++)
        for (int a = 0; a < AGES; a++) {
            p->people[sex][a] = a < 100 && a % 17 != 3 ? 700 - 6 * a + sex : 0;
            *(a < ELDER_AGE ? &p->young : &p->old) += (double)p->people[sex][a];
        }
    const double living[JOINT_BANDS][LIVINGS] = {
        {0.04, 0.12, 0.78, 0.06}, {0.14, 0.45, 0.40, 0.01}};
    const double income[RESIDENCES][INCOMES] = {
        {0.02, 0.10, 0.80, 0.08}, {0.01, 0.05, 0.39, 0.55}};
    p->margins.people = (const int64_t(*)[AGES])p->people;
    p->margins.urban = 0.3 * (p->young + p->old);
    p->margins.elder_urban_odds = 0.75;
    memcpy(p->margins.income, income, sizeof income);
    for (int b = 0; b < JOINT_BANDS; b++)
        for (int l = 0; l < LIVINGS; l++)
            p->margins.living[b][l] = living[b][l] * (b == 0 ? p->young : p->old);
}

/* Sum of the cells with these traits; -1 is any, `band` 0 below 60, 1 from 60. */
static double
sum_of(const struct joint *j, int band, int residence, int living, int income)
{
    double sum = 0.0;

    for (int a = 0; a < AGES; a++)
        for (int s = 0; s < SEXES; s++)
            for (int r = 0; r < RESIDENCES; r++)
                for (int l = 0; l < LIVINGS; l++)
                    for (int i = 0; i < INCOMES; i++)
                        if ((band < 0 || band == (a >= ELDER_AGE)) &&
                            (residence < 0 || residence == r) &&
                            (living < 0 || living == l) && (income < 0 || income == i))
                            sum += j->cell[a][s][r][l][i];
    return sum;
}

static void
every_margin_is_met(void **state)
{
    struct place *p = mem_alloc(1, sizeof *p);

    (void)state;
    make(p);
    assert_true(joint_fit(&p->joint, &p->margins) < 1e-6);
    double near = 1e-6 * (p->young + p->old) / 1000.0 + 1e-6;
    assert_true(fabs(sum_of(&p->joint, -1, URBAN, -1, -1) - p->margins.urban) < near);
    for (int b = 0; b < JOINT_BANDS; b++)
        for (int l = 0; l < LIVINGS; l++)
            assert_true(
                fabs(sum_of(&p->joint, b, -1, l, -1) - p->margins.living[b][l]) < near);
    for (int r = 0; r < RESIDENCES; r++)
        for (int i = 0; i < INCOMES; i++)
            assert_true(fabs(sum_of(&p->joint, -1, r, -1, i) -
                             p->margins.income[r][i] *
                                 sum_of(&p->joint, -1, r, -1, -1)) < 100.0 * near);
    mem_free(p);
}

static void
ages_and_sexes_are_exact(void **state)
{
    struct place *p = mem_alloc(1, sizeof *p);

    (void)state;
    make(p);
    (void)joint_fit(&p->joint, &p->margins);
    for (int a = 0; a < AGES; a++)
        for (int s = 0; s < SEXES; s++) {
            double sum = 0.0;
            const double *cell = &p->joint.cell[a][s][0][0][0];
            for (int k = 0; k < JOINT_TRAITS; k++) {
                assert_true(cell[k] >= 0.0);
                sum += cell[k];
            }
            assert_true(fabs(sum - (double)p->people[s][a]) < 1e-9);
        }
    mem_free(p);
}

/* Children live neither alone nor as a couple; elders are less urban than the rest. */
static void
the_start_of_the_fit_is_kept(void **state)
{
    struct place *p = mem_alloc(1, sizeof *p);

    (void)state;
    make(p);
    (void)joint_fit(&p->joint, &p->margins);
    for (int a = 0; a < 18; a++)
        for (int s = 0; s < SEXES; s++)
            for (int r = 0; r < RESIDENCES; r++)
                for (int i = 0; i < INCOMES; i++)
                    assert_true(p->joint.cell[a][s][r][ALONE][i] == 0.0 &&
                                p->joint.cell[a][s][r][COUPLE][i] == 0.0);
    double young = sum_of(&p->joint, 0, URBAN, -1, -1) / p->young;
    double old = sum_of(&p->joint, 1, URBAN, -1, -1) / p->old;
    assert_true(fabs(old / (1.0 - old) / (young / (1.0 - young)) - 0.75) < 0.01);
    mem_free(p);
}

/* More people alone than there are adults: said, not hidden. */
static void
a_margin_that_cannot_be_met_leaves_a_residual(void **state)
{
    struct place *p = mem_alloc(1, sizeof *p);

    (void)state;
    make(p);
    p->margins.living[0][ALONE] = p->young;
    p->margins.living[0][FAMILY] = p->margins.living[0][COUPLE] = 0.0;
    p->margins.living[0][COLLECTIVE] = 0.0;
    assert_true(joint_fit(&p->joint, &p->margins) > 1.0);
    mem_free(p);
}

/*
 * Over all calls a cell's whole people differ from its sum by what is carried, less
 * than one way or another; every call gives out exactly its people.
 */
static void
rounding_loses_nobody(void **state)
{
    enum { CALLS = 200, CELLS = JOINT_TRAITS * GRADES };
    const double grade[GRADES] = {0.83, 0.09, 0.05, 0.02, 0.01};
    double carry[CELLS] = {0.0}, sum[CELLS] = {0.0};
    int64_t all[CELLS] = {0}, count[CELLS];

    (void)state;
    for (int call = 0; call < CALLS; call++) {
        double cell[JOINT_TRAITS], total = 0.0;
        int64_t given = 0;
        for (int k = 0; k < JOINT_TRAITS; k++)
            total += cell[k] = k % 7 == 0 ? 0.0 : 1.0 + (k * k + call) % 11;
        int64_t n = 3 * call;
        for (int k = 0; k < JOINT_TRAITS; k++)
            cell[k] *= (double)n / total;
        joint_round(cell, grade, GRADES, n, carry, count);
        for (int k = 0; k < CELLS; k++) {
            assert_true(count[k] >= 0);
            given += count[k];
            all[k] += count[k];
            sum[k] += cell[k / GRADES] * grade[k % GRADES];
        }
        assert_int_equal(given, n);
    }
    for (int k = 0; k < CELLS; k++) {
        assert_true(fabs((double)all[k] - (sum[k] - carry[k])) < 1e-9);
        assert_true(fabs((double)all[k] - sum[k]) < 1.0);
        assert_true(k / GRADES % 7 != 0 || all[k] == 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_margin_is_met),
        cmocka_unit_test(ages_and_sexes_are_exact),
        cmocka_unit_test(the_start_of_the_fit_is_kept),
        cmocka_unit_test(a_margin_that_cannot_be_met_leaves_a_residual),
        cmocka_unit_test(rounding_loses_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
