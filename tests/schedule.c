#include "tests/schedule.h"

#include "models/county.h"
#include "models/models.h"
#include "sim/date.h"
#include "sim/region.h"

#include <assert.h>
#include <math.h>

const void *
schedule_par(const struct setup *s, int model, const char *name)
{
    const struct field *f = field_find(s->models[model]->par, name);

    assert(f != NULL);
    return (const unsigned char *)s->par[model] + f->offset;
}

static double
number(const struct setup *s, int model, const char *name)
{
    return *(const double *)schedule_par(s, model, name);
}

/* Column `name` of row `i` of the table `table`. */
static double
cell(const struct setup *s, int model, const char *table, int64_t i, const char *name)
{
    const struct field *f = field_find(s->models[model]->par, table);
    const struct rows *rows = schedule_par(s, model, table);
    const unsigned char *row = rows->row;

    return field_value(field_find(f->columns, name), row + (size_t)i * f->row_size, 0);
}

static int64_t
length(const struct setup *s, int model, const char *table)
{
    return ((const struct rows *)schedule_par(s, model, table))->n;
}

static const struct county_row *
county(const struct setup *s, int region)
{
    return ((const struct county_tab *)s->tab[MODELS_COUNTY])->row[region];
}

static void
births(struct schedule *self)
{
    const struct setup *s = self->setup;
    double shape[SCHEDULE_FERTILE] = {0.0}, sum = 0.0;
    double boys = number(s, MODELS_FERTILITY, "boys_per_100_girls");

    for (int64_t i = 0; i < length(s, MODELS_FERTILITY, "shape"); i++) {
        int from = (int)cell(s, MODELS_FERTILITY, "shape", i, "age_from");
        int to = (int)cell(s, MODELS_FERTILITY, "shape", i, "age_to");
        for (int a = from; a <= to; a++)
            sum += shape[a] = cell(s, MODELS_FERTILITY, "shape", i, "rate");
    }
    for (int k = 0; k < self->n; k++)
        for (int a = 0; a < SCHEDULE_FERTILE; a++)
            self->birth[k][a] = county(s, k)->tfr * shape[a] / sum;
    self->boys = boys / (boys + 100.0);
    self->level = schedule_par(s, MODELS_FERTILITY, "level");
}

/* Rogers and Castro's curve at the middle of each year, with mean 1 over all people. */
static void
curve(const struct schedule *self, double by_age[AGES])
{
    const struct setup *s = self->setup;
    double a1 = number(s, MODELS_MIGRATION, "child_level");
    double alpha1 = number(s, MODELS_MIGRATION, "child_fall");
    double a2 = number(s, MODELS_MIGRATION, "work_level");
    double mu2 = number(s, MODELS_MIGRATION, "work_age");
    double alpha2 = number(s, MODELS_MIGRATION, "work_fall");
    double lambda2 = number(s, MODELS_MIGRATION, "work_rise");
    double c = number(s, MODELS_MIGRATION, "constant"), sum = 0.0, people = 0.0;

    for (int a = 0; a < AGES; a++) {
        double x = a + 0.5 - mu2;
        by_age[a] = a1 * exp(-alpha1 * (a + 0.5)) +
                    a2 * exp(-alpha2 * x - exp(-lambda2 * x)) + c;
        for (int k = 0; k < self->n; k++)
            for (int sex = 0; sex < SEXES; sex++) {
                sum += by_age[a] * (double)self->people->people[k][sex][a];
                people += (double)self->people->people[k][sex][a];
            }
    }
    for (int a = 0; a < AGES; a++)
        by_age[a] *= people / sum;
}

/* P(i) P(j) exp(-d / distance), all of them together `between` of the people a year. */
static void
gravity(struct schedule *self)
{
    const struct setup *s = self->setup;
    const double km = 111.2, degree = acos(-1.0) / 180.0;
    double by_age[AGES], pull[SCHEDULE_REGIONS] = {0.0}, flow = 0.0, people = 0.0;

    curve(self, by_age);
    for (int i = 0; i < self->n; i++) {
        const struct county_row *a = county(s, i);
        for (int j = 0; j < self->n; j++) {
            const struct county_row *b = county(s, j);
            double middle = degree * (a->latitude + b->latitude) / 2.0;
            double d = km * hypot(a->latitude - b->latitude,
                                cos(middle) * (a->longitude - b->longitude));
            self->to[i][j] =
                i == j
                    ? 0.0
                    : b->population * exp(-d / number(s, MODELS_MIGRATION, "distance"));
            pull[i] += self->to[i][j];
        }
        flow += pull[i] * a->population;
        people += a->population;
        for (int j = 0; j < self->n; j++)
            self->to[i][j] /= pull[i];
    }
    for (int i = 0; i < self->n; i++)
        for (int a = 0; a < AGES; a++)
            self->between[i][a] = number(s, MODELS_MIGRATION, "between") * people /
                                  flow * pull[i] * by_age[a];
}

static void
border(struct schedule *self)
{
    const struct setup *s = self->setup;
    double factor = number(s, MODELS_MIGRATION, "net_factor");

    for (int64_t i = 0; i < length(s, MODELS_MIGRATION, "net"); i++) {
        int k = 0, sex = (int)cell(s, MODELS_MIGRATION, "net", i, "sex");
        int to = (int)cell(s, MODELS_MIGRATION, "net", i, "age_to");
        double net = factor * cell(s, MODELS_MIGRATION, "net", i, "net_rate");
        while (
            (double)s->region[k].code != cell(s, MODELS_MIGRATION, "net", i, "adcode"))
            k++;
        for (int a = (int)cell(s, MODELS_MIGRATION, "net", i, "age_from");
             a <= to && a < AGES; a++) {
            self->out[k][sex][a] = fmax(-net, 0.0);
            self->coming[k][sex][a] =
                fmax(net, 0.0) * (double)self->people->people[k][sex][a];
        }
    }
}

/* The people as they are made: whole persons, the same in every replicate. */
static void
start(struct schedule *self)
{
    for (int k = 0; k < self->n; k++) {
        struct region r;
        region_init(&r, self->setup, (uint32_t)k, rng_run(self->setup->seed, 0));
        const struct county *c = county_of(&r);
        for (uint32_t i = 0; i < c->n; i++) {
            const struct person *p = &c->person[i];
            int age = county_age(
                person_month(self->setup->first_day), county_birth_month(c, p));
            self->start[k][p->sex][age][p->grade] += 1.0;
        }
        region_free(&r);
    }
}

void
schedule_init(struct schedule *self, const struct setup *s)
{
    *self = (struct schedule){.setup = s,
        .grades = s->tab[MODELS_GRADE],
        .lives = s->tab[MODELS_MORTALITY],
        .people = s->tab[MODELS_POPULATION],
        .n = s->n_regions};
    assert(self->n <= SCHEDULE_REGIONS);
    births(self);
    gravity(self);
    border(self);
    start(self);
}

double
schedule_death(
    const struct schedule *self, int region, int sex, int grade, int32_t birth, int age)
{
    const struct life_table *t = &self->lives->table[self->lives->of_region[region]];
    const struct hazard *h = &t->death[sex][grade];
    double c = floor((birth - (double)h->first_birth) / MINUTES_A_YEAR);
    int a = age < AGES ? age - h->first_age : h->ages - 1;

    if (a < 0)
        return 0.0;
    c = h->cohorts == 1 ? 0.0 : fmin(fmax(c, 0.0), h->cohorts - 1);
    const double *level = h->cumulative + (ptrdiff_t)c * (h->ages + 1) + a;
    return level[1] - level[0];
}

double
schedule_birth(const struct schedule *self, int region, int32_t birth, int age)
{
    /* the year of age lies in two calendar years; the model takes their border */
    double born = date_year(self->setup->first_day) + birth / MINUTES_A_YEAR;

    if (age < 0 || age >= SCHEDULE_FERTILE)
        return 0.0;
    return self->birth[region][age] * field_path(self->level, floor(born) + age + 1.0);
}
