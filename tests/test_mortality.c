#include "models/county.h"
#include "models/matrix6.h"
#include "models/models.h"
#include "models/rates.h"
#include "sim/date.h"
#include "sim/rng.h"
#include "tests/dali.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

enum { LIVES = 200000, OLDEST = 150 };

static const struct rng_run draws = {{3, 5}};

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

/* Yearly rate of a cohort's table. */
static double
rate_at(const struct hazard *h, int cohort, int age)
{
    const double *c = h->cumulative + (ptrdiff_t)cohort * (h->ages + 1);
    int a = age - h->first_age < h->ages ? age - h->first_age : h->ages - 1;

    return c[a + 1] - c[a];
}

/* Grades and death within a year of age. */
static struct matrix6
generator(const struct grade_tab *g, const struct life_table *t, int sex, int age)
{
    struct matrix6 q = {{{0.0}}};
    int k = age - ELDER_AGE < ELDER_AGES ? age - ELDER_AGE : ELDER_AGES - 1;

    for (int i = 0; i < GRADES; i++) {
        q.a[i][GRADES] = rate_at(&t->death[sex][i], 0, age);
        q.a[i][i] = -q.a[i][GRADES];
        for (int j = 0; j < GRADES; j++) {
            q.a[i][j] += g->rate[sex][k][i][j];
            q.a[i][i] -= g->rate[sex][k][i][j];
        }
    }
    return q;
}

/*
 * Life expectancy of the mix of grades: exact below 60, Simpson's rule over sixteenths
 * of a year above (error below (1/16)^4 / 2880 of a fourth derivative below 10: 1e-7).
 */
static double
expectancy(const struct grade_tab *g, const struct life_table *t, int sex)
{
    enum { STEPS = 16 };
    double alive = 1.0, years = 0.0, share[MATRIX6];

    for (int a = 0; a < ELDER_AGE; a++) {
        double rate = rate_at(&t->death[sex][0], 0, a);
        years += alive * (1.0 - exp(-rate)) / rate;
        alive *= exp(-rate);
    }
    for (int i = 0; i < GRADES; i++)
        share[i] = alive * g->entry[sex][i];
    for (int a = ELDER_AGE; a < OLDEST; a++) {
        struct matrix6 q = generator(g, t, sex, a), p = matrix6_exp(&q, 1.0 / STEPS);
        for (int n = 0; n <= STEPS; n++) {
            double weight = n == 0 || n == STEPS ? 1.0 : n % 2 == 1 ? 4.0 : 2.0;
            double next[GRADES] = {0.0};
            for (int i = 0; i < GRADES; i++) {
                years += weight * share[i] / (3.0 * STEPS);
                for (int j = 0; j < GRADES; j++)
                    next[j] += share[i] * p.a[i][j];
            }
            for (int j = 0; n < STEPS && j < GRADES; j++)
                share[j] = next[j];
        }
        alive *= exp(-t->rate[sex][a < AGES ? a : AGES - 1]);
        double left = 0.0;
        for (int i = 0; i < GRADES; i++)
            left += share[i];
        assert_true(a >= AGES || fabs(left - alive) < 1e-10);
    }
    return years;
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
            double e0 = expectancy(grades, &tab->table[i], sex);
            assert_true(fabs(e0 - tab->table[i].e0[sex]) < 1e-3);
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
            double base = rate_at(&death[0], 0, ELDER_AGE + k);
            for (int g = 0; g < GRADES; g++)
                assert_true(fabs(rate_at(&death[g], 0, ELDER_AGE + k) -
                                 base * grades->risk[sex][k][g]) < 1e-12);
            assert_true(base < tab->table[0].rate[sex][ELDER_AGE + k]);
            assert_true(grades->risk[sex][k][GRADES - 1] > 1.0);
        }
}

static double
threshold(uint64_t subject, uint32_t purpose, uint32_t n)
{
    return rng_exponential(rng_block(draws, subject, purpose, n), 0);
}

static double
uniform(uint64_t subject, uint32_t purpose, uint32_t n)
{
    return rng_uniform(rng_block(draws, subject, purpose, n), 0);
}

static int
spend(const double *share, double u)
{
    int i = 0;

    while (i + 1 < GRADES && u >= share[i])
        u -= share[i++];
    return i;
}

/* Age at death of a person born at 0, by the thresholds and tables that the models use.
 */
static double
death_age(const struct grade_tab *g, const struct life_table *t, int sex, uint64_t who)
{
    const int32_t end = NEVER - 1;
    int32_t now = (int32_t)ceil(ELDER_AGE * MINUTES_A_YEAR);
    double death = threshold(who, 1, 0);
    int32_t dies = hazard_time(&t->death[sex][0], 0, death, 0, end);

    if (dies < now)
        return dies / MINUTES_A_YEAR;
    int at = spend(g->entry[sex], uniform(who, 2, 0));
    death += hazard_level(&t->death[sex][at], 0, now) -
             hazard_level(&t->death[sex][0], 0, now);
    for (uint32_t n = 1;; n++) {
        double leave = threshold(who, 3, n) + hazard_level(&g->leave[sex][at], 0, now);
        dies = hazard_time(&t->death[sex][at], 0, death, now, end);
        now = hazard_time(&g->leave[sex][at], 0, leave, now, end);
        if (dies <= now)
            return dies / MINUTES_A_YEAR;
        int k = (int)(now / MINUTES_A_YEAR) - ELDER_AGE, to;
        double rate[GRADES], sum = 0.0;
        k = k < 0 ? 0 : k < ELDER_AGES ? k : ELDER_AGES - 1;
        for (int j = 0; j < GRADES; j++)
            sum += g->rate[sex][k][at][j];
        for (int j = 0; j < GRADES; j++)
            rate[j] = g->rate[sex][k][at][j] / sum;
        to = spend(rate, uniform(who, 4, n));
        death += hazard_level(&t->death[sex][to], 0, now) -
                 hazard_level(&t->death[sex][at], 0, now);
        at = to;
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
        for (uint64_t i = 0; i < LIVES; i++) {
            double x = death_age(dali->setup.tab[MODELS_GRADE], &tab->table[0], sex, i);
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
            double rate = rate_at(a->table[0].death[MALE], 0, age);
            assert_true(fabs(rate_at(h, year - 1900, age) / rate -
                             exp(-0.02 * (year + age + 1 - 2021))) < 1e-9);
        }
    /* ten years at 0.02 rising to 0.04: a fall by 0.3, then 0.04 a year */
    double rate = rate_at(a->table[0].death[FEMALE], 0, 70);
    double then = rate_at(b->table[0].death[FEMALE], 2035 - 70 - 1 - 1900, 70);
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
