#include "tests/women.h"

#include "tests/dali.h"

#include <stdio.h>

enum { SETTING = 64, TEXT = 16384, SETS = 8 };

static void
write_county(struct scratch *scratch, double total)
{
    const int fertile = WOMEN_OLDEST - WOMEN_YOUNGEST + 1;
    char *text = mem_alloc(TEXT, 1);
    int n = 0;

    dali_copy(scratch, (const int64_t[]){532922}, 1);
    snprintf(text, TEXT,
        "adcode,name_en,name_zh,population,pop_60plus,urban_share,households,"
        "one_person_households,collective_population,e0_male,e0_female,tfr,longitude,"
        "latitude\n532922,Yangbi,漾濞,%d,0,0.3,9000,100,100,73.6,79.7,%g,99.9,25.6\n",
        WOMEN_OF_AN_AGE * fertile, total);
    scratch_write(scratch, "counties.csv", text);
    n += snprintf(text, TEXT,
        "adcode,sex,age_from,age_to,persons\n532922,male,0,59,0\n532922,male,60,120,0\n"
        "532922,female,0,%d,0\n",
        WOMEN_YOUNGEST - 1);
    for (int a = WOMEN_YOUNGEST; a <= WOMEN_OLDEST; a++)
        n += snprintf(text + n, (size_t)(TEXT - n), "532922,female,%d,%d,%d\n", a, a,
            WOMEN_OF_AN_AGE);
    snprintf(
        text + n, (size_t)(TEXT - n), "532922,female,%d,120,0\n", WOMEN_OLDEST + 1);
    scratch_write(scratch, "people.csv", text);
    mem_free(text);
}

/* Settings of the command line, their texts in `text`. */
static void
settings(const struct women *self, char text[4][SETTING], const char *set[SETS])
{
    static const char *const fixed[] = {"end=2021-12-31", "plan.targets=[]",
        "facility.facilities=[]", "migration.net_factor=0"};

    snprintf(text[0], SETTING, "replicates=%d", self->replicates);
    snprintf(
        text[1], SETTING, "seed=%llu", (unsigned long long)(self->seed & 0xffffffff));
    snprintf(text[2], SETTING, "fertility.level=%.17g", self->level);
    snprintf(text[3], SETTING, "fertility.boys_per_100_girls=%.17g", self->boys);
    for (int i = 0; i < 4; i++) {
        set[i] = fixed[i];
        set[4 + i] = text[i];
    }
}

struct women_births
women_births(const struct women *self)
{
    struct scratch *scratch = mem_alloc(1, sizeof *scratch);
    struct dali *dali = mem_alloc(1, sizeof *dali);
    struct women_births births = {0.0, 0.0};
    char text[4][SETTING];
    const char *set[SETS];
    struct result result;

    settings(self, text, set);
    scratch_open(scratch);
    write_county(scratch, self->total);
    dali_open(dali, scratch_path(scratch, "as-is.yaml"), set, SETS);
    dali_run(dali, &result, 2);
    for (int i = 0; i < self->replicates; i++)
        for (int t = 1; t <= 12; t++) {
            births.all += dali_value(&result, "births", 0, i, t, 0);
            births.boys += dali_value(&result, "births_by_sex", 0, i, t, 0);
        }
    result_free(&result);
    dali_close(dali);
    scratch_close(scratch);
    mem_free(dali);
    mem_free(scratch);
    return births;
}
