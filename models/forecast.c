#include "models/forecast.h"

#include "models/county.h"
#include "models/models.h"
#include "models/rates.h"
#include "sim/column.h"
#include "sim/date.h"
#include "sim/num.h"

#include <math.h>
#include <string.h>

/* Steps of half a year, since people stand for those born in the middle of a year: none
 * of theirs goes across a birthday. */
#define STEP 0.5

struct forecast {
    const struct setup *setup;
    double years;               /* from the start to the day */
    double (*net)[SEXES][AGES]; /* [n_regions] 1/yr across the border */
};

/* Net rates as the model migration reads them: the last row of an age counts. */
static void
read_net(struct forecast *self, struct arena *arena)
{
    const struct setup *s = self->setup;
    struct column_table t = column_table(s, "migration.net");
    double factor = column_parameter(s, "migration.net_factor");

    self->net = mem_arena(arena, (size_t)s->n_regions, sizeof *self->net);
    for (int64_t i = 0; i < t.n; i++) {
        struct county_span span =
            county_span_of(s, (int64_t)column_number(&t, i, "adcode"));
        int sex = (int)column_number(&t, i, "sex");
        int from = (int)column_number(&t, i, "age_from");
        int to = (int)column_number(&t, i, "age_to");
        for (int k = span.first; k < span.first + span.n; k++)
            for (int a = from; a <= to && a < AGES; a++)
                self->net[k][sex][a] = column_number(&t, i, "net_rate") * factor;
    }
}

/* Cumulative hazard of death from `t0` to `t1`, years since the start, of who is `age`
 * then; all grades together. */
static double
death(const struct life_table *t, int sex, double age, double t0, double t1)
{
    int32_t birth = (int32_t)floor((t0 - age) * MINUTES_A_YEAR);
    int32_t from = (int32_t)(t0 * MINUTES_A_YEAR), to = (int32_t)(t1 * MINUTES_A_YEAR);
    double sum = 0.0;
    int k = (int)age - ELDER_AGE;

    if (k >= ELDER_AGES)
        k = ELDER_AGES - 1;
    for (int g = 0; g < GRADES; g++) {
        const struct hazard *h = &t->death[sex][g];
        double share = k >= 0 ? t->share[sex][k][g] : g == 0;
        sum += share * (hazard_level(h, birth, to) - hazard_level(h, birth, from));
    }
    return sum;
}

/* Those of a region and sex who are in full year `age` at the start and past 60 at the
 * end. */
static double
cohort(const struct forecast *self, int region, int sex, int age)
{
    const struct population_tab *people = self->setup->tab[MODELS_POPULATION];
    const struct mortality_tab *mortality = self->setup->tab[MODELS_MORTALITY];
    const struct life_table *t = &mortality->table[mortality->of_region[region]];
    double n = (double)people->people[region][sex][age], past = 0.0;

    for (double at = 0.0; at < self->years; at += STEP) {
        double to = at + STEP < self->years ? at + STEP : self->years;
        double now = age + 0.5 + at;
        int a = now < AGES ? (int)now : AGES - 1;
        double net = self->net[region][sex][a] * (to - at);
        n *= num_exp(-death(t, sex, now, at, to) + (net < 0.0 ? net : 0.0));
        if (net > 0.0) /* as many each year as at the start */
            n += net * (double)people->people[region][sex][a];
    }
    past = age + 1.0 + self->years - ELDER_AGE;
    return n * (past < 0.0 ? 0.0 : past < 1.0 ? past : 1.0);
}

double
forecast_elders(const struct setup *s, int32_t day)
{
    const struct population_tab *people = s->tab[MODELS_POPULATION];
    struct forecast self = {.setup = s,
        .years = (double)(day + 1 - s->first_day) * MINUTES_A_DAY / MINUTES_A_YEAR};
    struct arena arena = {.block = NULL};
    double sum = 0.0, young = 0.0;

    if (self.years >= ELDER_AGE)
        return NAN;
    read_net(&self, &arena);
    for (int i = 0; i < s->n_regions; i++)
        for (int sex = 0; sex < SEXES; sex++)
            for (int a = 0; a < AGES; a++) {
                sum += cohort(&self, i, sex, a);
                young += a < ELDER_AGE ? (double)people->people[i][sex][a] : 0.0;
            }
    mem_arena_free(&arena);
    return young > 0.0 ? sum : NAN;
}
