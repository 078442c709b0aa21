#include "models/forecast.h"

#include "models/models.h"
#include "models/rates.h"
#include "sim/date.h"
#include "tests/village.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

static void
near(double x, double wanted, double within)
{
    if (fabs(x - wanted) > within)
        print_error("%.9g, expected %.9g\n", x, wanted);
    assert_true(fabs(x - wanted) <= within);
}

static void
at_the_start_it_is_the_census(void **state)
{
    static const struct village village = {.set = NULL};
    struct visit visit;

    (void)state;
    village_visit(&visit, &village);
    double now = forecast_elders(&visit.dali.setup, date_day(2020, 12, 31));
    near(now, 400.0, 1e-9);
    village_leave(&visit);
}

/*
 * Without migration, improvement and differences between grades worth a tenth of a
 * percent, those who are a in full years at the start survive as the life table says
 * from a + 0.5 to a + 5.5: half a year at the rate of a, four whole years, half a year
 * at that of a + 5.
 */
static void
without_migration_it_is_the_life_table(void **state)
{
    static const struct village village = {.set = "mortality.improvement_male=0"};
    struct visit visit;

    (void)state;
    village_visit(&visit, &village);
    const struct setup *s = &visit.dali.setup;
    const struct population_tab *people = s->tab[MODELS_POPULATION];
    const struct mortality_tab *mortality = s->tab[MODELS_MORTALITY];
    const struct life_table *t = &mortality->table[mortality->of_region[0]];
    double sum[SEXES] = {0.0}, wrong = 0.0;
    for (int sex = 0; sex < SEXES; sex++)
        for (int a = 55; a + 5 < AGES; a++) {
            double h = 0.5 * (t->rate[sex][a] + t->rate[sex][a + 5]);
            for (int k = 1; k < 5; k++)
                h += t->rate[sex][a + k];
            /* women's rates fall by 1.6 % a year from the reference year 2021 on */
            double factor = sex == FEMALE ? exp(-0.016 * 2.5) : 1.0;
            sum[sex] += (double)people->people[0][sex][a] * exp(-h * factor);
            wrong += (double)people->people[0][sex][a];
        }
    double then = forecast_elders(s, date_day(2025, 12, 31));
    near(then, sum[MALE] + sum[FEMALE], 0.002 * then);
    assert_true(wrong > 1.1 * then); /* deaths matter */
    village_leave(&visit);
}

/*
 * Against the mean of 200 replicates of the village, where nobody moves: of the 800 who
 * are 50 or more about 150 die in six years, each by a draw of their own, an sd of at
 * most sqrt(150) = 12.2 in a replicate and of 0.87 in the mean.
 */
static void
it_agrees_with_the_simulation(void **state)
{
    enum { REPLICATES = 200 };
    static const struct village village = {.set = "replicates=200"};
    struct visit visit;
    struct result result;
    double sum = 0.0;

    (void)state;
    village_visit(&visit, &village);
    const struct setup *s = &visit.dali.setup;
    dali_run(&visit.dali, &result, 2);
    for (int i = 0; i < REPLICATES; i++)
        sum += dali_value(&result, "elders", 0, i, s->n_times - 1, -1);
    near(forecast_elders(s, date_day(2026, 12, 31)), sum / REPLICATES, 4.0 * 0.87);
    result_free(&result);
    village_leave(&visit);
}

static void
far_off_it_says_nothing(void **state)
{
    static const struct village village = {.set = NULL};
    struct visit visit;

    (void)state;
    village_visit(&visit, &village);
    assert_true(forecast_elders(&visit.dali.setup, date_day(2080, 12, 29)) > 0.0);
    assert_true(isnan(forecast_elders(&visit.dali.setup, date_day(2081, 1, 2))));
    village_leave(&visit);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_the_start_it_is_the_census),
        cmocka_unit_test(without_migration_it_is_the_life_table),
        cmocka_unit_test(it_agrees_with_the_simulation),
        cmocka_unit_test(far_off_it_says_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
