#include "models/models.h"
#include "tests/dali.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { YOUNGEST = 13, OLDEST = 49, WOMEN = 5000, REPLICATES = 20 };

static const double tfr = 1.3;

/* A county of women only, as many of each age, whose births in a year are therefore the
 * total fertility rate times the women of one age. */
static void
women_only(struct scratch *scratch)
{
    static char text[16384];
    size_t n = 0;
    int people = WOMEN * (OLDEST - YOUNGEST + 1);

    dali_copy(scratch, (const int64_t[]){532922}, 1);
    snprintf(text, sizeof text,
        "adcode,name_en,name_zh,population,pop_60plus,urban_share,households,"
        "one_person_households,collective_population,e0_male,e0_female,tfr,longitude,"
        "latitude\n532922,Yangbi,漾濞,%d,0,0.3,9000,100,100,73.6,79.7,%g,99.9,25.6\n",
        people, tfr);
    scratch_write(scratch, "counties.csv", text);
    n += (size_t)snprintf(text, sizeof text,
        "adcode,sex,age_from,age_to,persons\n532922,male,0,59,0\n532922,male,60,120,0\n"
        "532922,female,0,%d,0\n",
        YOUNGEST - 1);
    for (int a = YOUNGEST; a <= OLDEST; a++)
        n += (size_t)snprintf(
            text + n, sizeof text - n, "532922,female,%d,%d,%d\n", a, a, WOMEN);
    snprintf(text + n, sizeof text - n, "532922,female,%d,120,0\n", OLDEST + 1);
    scratch_write(scratch, "people.csv", text);
}

static double
births(const char *level, const char *boys, double *share_of_boys)
{
    const char *const set[] = {"end=2021-12-31", "replicates=20", "plan.targets=[]",
        "facility.facilities=[]", "migration.net_factor=0", level, boys};
    struct scratch *scratch = mem_alloc(1, sizeof *scratch);
    struct dali *dali = mem_alloc(1, sizeof *dali);
    struct result result;
    double n = 0.0, male = 0.0;

    scratch_open(scratch);
    women_only(scratch);
    dali_open(dali, scratch_path(scratch, "as-is.yaml"), set, 7);
    dali_run(dali, &result, 2);
    for (int i = 0; i < REPLICATES; i++)
        for (int t = 1; t <= 12; t++) {
            n += dali_value(&result, "births", 0, i, t, 0);
            male += dali_value(&result, "births_by_sex", 0, i, t, 0);
        }
    *share_of_boys = male / n;
    result_free(&result);
    dali_close(dali);
    scratch_close(scratch);
    mem_free(dali);
    mem_free(scratch);
    return n;
}

/*
 * 130,000 births are expected; given that she lives (deaths take 0.03 % of the births),
 * a woman's births are a Poisson process: 4 standard errors are 1.1 %, and 3 % too many
 * would be 11.
 */
static void
simulated_total_fertility_is_the_given(void **state)
{
    const double want = tfr * WOMEN * REPLICATES;
    double boys,
        n = births("fertility.level=1", "fertility.boys_per_100_girls=105.5", &boys);
    double error = sqrt(want);

    (void)state;
    assert_true(fabs(n - 0.9997 * want) < 4.0 * error);
    assert_true(fabs(boys - 105.5 / 205.5) < 4.0 * 0.5 / error);
    n = births("fertility.level=1.03", "fertility.boys_per_100_girls=112", &boys);
    assert_true(n - want > 4.0 * error);
    assert_true(boys - 105.5 / 205.5 > 4.0 * 0.5 / error);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(simulated_total_fertility_is_the_given),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
