#include "models/county.h"
#include "models/models.h"
#include "models/rates.h"
#include "tests/cohort.h"
#include "tests/dali.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

enum { LIVES = 200000 };

/* Dali's own life table, its rates held still but for what `set` says. */
static void
open_dali(struct dali *dali, const char *male, const char *female)
{
    const char *const set[] = {male, female};

    dali_open(dali, "scenarios/dali/as-is.yaml", set, 2);
}

static int
open_still(void **state)
{
    struct dali *dali = mem_alloc(1, sizeof *dali);

    *state = dali;
    open_dali(dali, "mortality.improvement_male=0", "mortality.improvement_female=0");
    return 0;
}

static int
close_still(void **state)
{
    dali_close(*state);
    mem_free(*state);
    return 0;
}

/* All grades together live as long as the county's row says: survivors agree on every
 * birthday, and e0 within hours, for within a year the mix does not die at one rate. */
static void
mix_of_grades_has_the_given_expectancy(void **state)
{
    const struct dali *dali = *state;
    const struct mortality_tab *tab = dali->setup.tab[MODELS_MORTALITY];
    const struct grade_tab *grades = dali->setup.tab[MODELS_GRADE];

    for (int i = 0; i < tab->n_tables; i++)
        for (int sex = 0; sex < SEXES; sex++) {
            const struct cohort c = {grades, &tab->table[i], sex, {{0, 0}}, 1.0};
            double gap, e0 = cohort_expectancy(&c, &gap);
            assert_true(fabs(e0 - tab->table[i].e0[sex]) < 1e-3);
            assert_true(gap < 1e-10);
        }
}

/* Grades live by their risk; the worst grade has the highest. */
static void
grades_die_by_their_risk(void **state)
{
    const struct dali *dali = *state;
    const struct mortality_tab *tab = dali->setup.tab[MODELS_MORTALITY];
    const struct grade_tab *grades = dali->setup.tab[MODELS_GRADE];

    for (int sex = 0; sex < SEXES; sex++)
        for (int k = 0; k < ELDER_AGES; k++) {
            const struct hazard *death = tab->table[0].death[sex];
            double base = cohort_rate(&death[0], 0, ELDER_AGE + k);
            for (int g = 0; g < GRADES; g++)
                assert_true(fabs(cohort_rate(&death[g], 0, ELDER_AGE + k) -
                                 base * grades->risk[sex][k][g]) < 1e-12);
            assert_true(base < tab->table[0].rate[sex][ELDER_AGE + k]);
            assert_true(grades->risk[sex][k][GRADES - 1] > 1.0);
        }
}

/* 200,000 lives of each sex: the mean is within 4 standard errors (0.13 yr) of e0,
 * which a life table with rates off by 3 % (0.3 yr) would not be. */
static void
simulated_expectancy_is_the_given(void **state)
{
    const struct dali *dali = *state;
    const struct mortality_tab *tab = dali->setup.tab[MODELS_MORTALITY];

    for (int sex = 0; sex < SEXES; sex++) {
        double sum = 0.0, squares = 0.0;
        const struct cohort c = {
            dali->setup.tab[MODELS_GRADE], &tab->table[0], sex, {{3, 5}}, 1.0};
        for (uint64_t i = 0; i < LIVES; i++) {
            double x = cohort_live(&c, i).death;
            sum += x;
            squares += x * x;
        }
        double mean = sum / LIVES;
        double error = sqrt((squares / LIVES - mean * mean) / LIVES);
        assert_true(fabs(mean - tab->table[0].e0[sex]) < 4.0 * error);
        assert_true(error < 0.04);
    }
}

/* A county whose e0 differs has its own table; which all counties share otherwise. */
static void
counties_share_a_table_by_expectancy(void **state)
{
    const struct dali *dali = *state;
    const struct mortality_tab *tab = dali->setup.tab[MODELS_MORTALITY];

    assert_true(tab->n_tables >= 1);
    for (int i = 0; i < dali->setup.n_regions; i++) {
        const struct county_row *row =
            ((const struct county_tab *)dali->setup.tab[MODELS_COUNTY])->row[i];
        assert_true(tab->table[tab->of_region[i]].e0[MALE] == row->e0_male);
        assert_true(tab->table[tab->of_region[i]].e0[FEMALE] == row->e0_female);
    }
}

/* Falling by 2 % a year, rates are those of the reference year times exp(-0.02 t),
 * where age a of those born in year b is passed on average at b + a + 1. */
static void
improvement_follows_the_years(void **state)
{
    const struct dali *still = *state;
    struct dali *dali = mem_alloc(1, sizeof *dali);

    open_dali(dali, "mortality.improvement_male=0.02",
        "mortality.improvement_female={2021: 0.02, 2031: 0.04}");
    const struct mortality_tab *a = still->setup.tab[MODELS_MORTALITY];
    const struct mortality_tab *b = dali->setup.tab[MODELS_MORTALITY];
    for (int year = 1900; year <= 2030; year += 13)
        for (int age = 0; age < AGES; age += 7) {
            const struct hazard *h = b->table[0].death[MALE];
            double rate = cohort_rate(a->table[0].death[MALE], 0, age);
            assert_true(fabs(cohort_rate(h, year - 1900, age) / rate -
                             exp(-0.02 * (year + age + 1 - 2021))) < 1e-9);
        }
    /* ten years at 0.02 rising to 0.04: a fall by 0.3, then 0.04 a year */
    double rate = cohort_rate(a->table[0].death[FEMALE], 0, 70);
    double then = cohort_rate(b->table[0].death[FEMALE], 2035 - 70 - 1 - 1900, 70);
    assert_true(fabs(then / rate - exp(-0.3 - 0.16)) < 1e-9);
    dali_close(dali);
    mem_free(dali);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mix_of_grades_has_the_given_expectancy),
        cmocka_unit_test(grades_die_by_their_risk),
        cmocka_unit_test(simulated_expectancy_is_the_given),
        cmocka_unit_test(counties_share_a_table_by_expectancy),
        cmocka_unit_test(improvement_follows_the_years),
    };

    return cmocka_run_group_tests(tests, open_still, close_still);
}
