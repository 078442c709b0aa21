#include "sim/hazard.h"

#include "sim/date.h"
#include "sim/err.h"
#include "sim/setup.h"

#include <math.h>

void
hazard_init(struct hazard *self, int first_age, int ages, int cohorts,
    int32_t first_birth, struct arena *arena)
{
    *self = (struct hazard){first_age, ages, cohorts, first_birth,
        mem_arena(arena, (size_t)cohorts * (size_t)(ages + 1), sizeof(double))};
}

void
hazard_set(struct hazard *self, int cohort, const double *rate)
{
    double *c = self->cumulative + (ptrdiff_t)cohort * (self->ages + 1);

    c[0] = 0.0;
    for (int a = 0; a < self->ages; a++) {
        BUG_IF(!(rate[a] >= 0.0));
        c[a + 1] = c[a] + rate[a];
    }
}

static const double *
cohort_of(const struct hazard *self, int32_t birth)
{
    int c = 0;

    if (self->cohorts > 1) {
        double x = ((double)birth - self->first_birth) * (1.0 / MINUTES_A_YEAR);
        c = x <= 0.0 ? 0 : x >= self->cohorts ? self->cohorts - 1 : (int)x;
    }
    return self->cumulative + (ptrdiff_t)c * (self->ages + 1);
}

/* Cumulative hazard at `x` years after the first age. */
static double
level_at(const struct hazard *self, const double *c, double x)
{
    if (x <= 0.0)
        return 0.0;
    int a = x < self->ages ? (int)x : self->ages - 1;
    return c[a] + (x - a) * (c[a + 1] - c[a]);
}

static double
years_after(const struct hazard *self, int32_t birth, int32_t t)
{
    return ((double)t - birth) * (1.0 / MINUTES_A_YEAR) - self->first_age;
}

double
hazard_level(const struct hazard *self, int32_t birth, int32_t t)
{
    return level_at(self, cohort_of(self, birth), years_after(self, birth, t));
}

int32_t
hazard_time(
    const struct hazard *self, int32_t birth, double level, int32_t from, int32_t end)
{
    const double *c = cohort_of(self, birth);

    if (level_at(self, c, years_after(self, birth, end)) < level)
        return NEVER;
    double x = years_after(self, birth, from);
    int a = x <= 0.0 ? 0 : x < self->ages ? (int)x : self->ages - 1;
    while (a + 1 < self->ages && c[a + 1] < level)
        a++;
    double rate = c[a + 1] - c[a];
    if (rate > 0.0)
        x = a + (level - c[a]) / rate;
    double t = ceil(birth + (x + self->first_age) * MINUTES_A_YEAR);
    return t >= end ? NEVER : t <= from ? from : (int32_t)t;
}
