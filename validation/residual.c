#include "validation/residual.h"

#include <math.h>

/* Chance to live ten years of people who are `age` in full years, on average half a
 * year more: the middle of the year of life stands for the year. */
static double
survival(const double *rate, double improvement, int age)
{
    double spent = 0.0;

    for (int k = 0; k <= RESIDUAL_YEARS; k++) {
        int a = age + k < AGES ? age + k : AGES - 1;
        double years = k == 0 || k == RESIDUAL_YEARS ? 0.5 : 1.0;
        double when = k == 0 ? 0.25 : k == RESIDUAL_YEARS ? k - 0.25 : k;
        spent += years * rate[a] * exp(-improvement * when);
    }
    return exp(-spent);
}

void
residual_survivors(
    const struct residual_start *start, int sex, double alive[CENSUS_GROUPS])
{
    for (int g = 0; g < CENSUS_GROUPS; g++)
        alive[g] = 0.0;
    for (int a = 0; a < AGES; a++)
        alive[census_group(a + RESIDUAL_YEARS)] +=
            (double)start->people[sex][a] *
            survival(start->rate[sex], start->improvement[sex], a);
}

void
residual_of(const struct residual_start *start, const double end[SEXES][CENSUS_GROUPS],
    struct residual *out)
{
    double alive[CENSUS_GROUPS];

    for (int sex = 0; sex < SEXES; sex++) {
        residual_survivors(start, sex, alive);
        for (int c = 0; c < RESIDUAL_AGES; c++) {
            int age = 5 * c + 5 > RESIDUAL_YEARS ? 5 * c + 5 : RESIDUAL_YEARS;
            int g = census_group(age); /* at the end */
            out->rate[sex][c] = alive[g] > 0.0 && end[sex][g] > 0.0
                                    ? log(end[sex][g] / alive[g]) / RESIDUAL_YEARS
                                    : 0.0;
        }
    }
}

int
residual_from(int group)
{
    return 5 * group;
}

int
residual_to(int group)
{
    return group == RESIDUAL_AGES - 1 ? 120 : 5 * group + 4;
}
