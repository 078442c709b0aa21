#include "tests/balance.h"

#include "tests/cells.h"
#include "tests/dali.h"

static double
total(const struct result *r, const char *name, int n, int replicate, int t, int region)
{
    double sum = 0.0;

    for (int i = 0; i < n; i++)
        sum += dali_value(r, name, i, replicate, t, region);
    return sum;
}

int
balance_people(const struct result *result, int replicate)
{
    static const char *const in[] = {"births", "moved_in", "immigrants", "settled"};
    static const char *const out[] = {"deaths", "moved_out", "emigrants"};
    int n = 0;

    for (int t = 1; t < result->setup->n_times; t++)
        for (int k = 0; k < result->setup->n_regions; k++) {
            double people = dali_value(result, "people", 0, replicate, t - 1, k);
            for (int i = 0; i < 4; i++)
                people += dali_value(result, in[i], 0, replicate, t, k);
            for (int i = 0; i < 3; i++)
                people -= dali_value(result, out[i], 0, replicate, t, k);
            n += people != dali_value(result, "people", 0, replicate, t, k);
        }
    return n;
}

int
balance_moves(const struct result *result, int replicate)
{
    int n = 0;

    for (int t = 1; t < result->setup->n_times; t++)
        n += dali_value(result, "moved_in", 0, replicate, t, -1) !=
             dali_value(result, "moved_out", 0, replicate, t, -1);
    return n;
}

static const struct {
    const char *name, *part, *rest, *whole;
    int parts;
} twice[BALANCE_WAYS] = {
    {"people by age", "people_by_age", NULL, "people", CELLS_AGES},
    {"elders by grade", "elders_by_grade", NULL, "elders", CELLS_GRADES},
    {"elders by income", "elders_by_income", NULL, "elders", INCOMES},
    {"elders by living arrangement, and residents", "elders_by_living", "residents",
        "elders", LIVINGS},
    {"deaths by age", "deaths_by_age", NULL, "deaths", CELLS_AGES},
    {"births by sex", "births_by_sex", NULL, "births", SEXES},
};

int
balance_counts(const struct result *result, int replicate, int i)
{
    int n = 0;

    for (int t = 0; t < result->setup->n_times; t++)
        for (int k = 0; k < result->setup->n_regions; k++) {
            double sum = total(result, twice[i].part, twice[i].parts, replicate, t, k);
            if (twice[i].rest != NULL)
                sum += dali_value(result, twice[i].rest, 0, replicate, t, k);
            n += sum != dali_value(result, twice[i].whole, 0, replicate, t, k);
        }
    return n;
}

const char *
balance_name(int i)
{
    return twice[i].name;
}
