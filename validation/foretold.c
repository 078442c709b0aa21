#include "validation/foretold.h"

#include "models/axes.h"
#include "models/county.h"
#include "models/models.h"
#include "sim/err.h"
#include "sim/rng.h"
#include "validation/design.h"
#include "validation/residual.h"
#include "validation/sheet.h"
#include "validation/variant.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#define FOLDER "scenarios/hindcast/"

enum { SETTING = 40, LEVEL = 1000 }; /* columns of the hypercube from LEVEL: counties */

static const char *const parameters[] = {"e0", "tfr", NULL};

struct range {
    int32_t parameter; /* index of `parameters`, and column of the hypercube */
    int64_t adcode_from, adcode_to;
    double low, high;
};

static const struct field range_columns[] = {
    {FIELD_AS(struct range, parameter, FIELD_CHOICE), .choices = parameters,
        .required = true, .doc = "what is drawn"},
    {FIELD(struct range, adcode_from), .required = true, .doc = "first county"},
    {FIELD(struct range, adcode_to), .required = true, .doc = "last county"},
    {FIELD(struct range, low), .required = true, .doc = "lowest value"},
    {FIELD(struct range, high), .required = true, .doc = "highest value"},
    {.name = NULL},
};

struct apart {
    int64_t adcode;
    const char *reason;
};

static const struct field apart_columns[] = {
    {FIELD(struct apart, adcode), .required = true, .doc = "county"},
    {FIELD(struct apart, reason), .required = true, .doc = "why"},
    {.name = NULL},
};

/* One draw while it is made. */
struct draw {
    const struct foretold_how *how;
    struct foretold *foretold;
    const struct sheet *ranges;
    int number;
    struct variant variant;
};

/* Where in its range a column's number of a draw lies, in (0, 1). */
static double
place(const struct draw *d, uint64_t column)
{
    int n = d->how->draws;
    double *u = mem_alloc((size_t)n, sizeof *u), at = 0.5;

    if (n > 1) {
        design_column(d->how->seed, column, n, u);
        at = u[d->number];
    }
    mem_free(u);
    return at;
}

/* Of a county, between the bounds of its range. */
static double
drawn(const struct draw *d, int32_t parameter, int64_t adcode)
{
    const struct range *range = d->ranges->rows.row;

    for (int64_t i = 0; i < d->ranges->rows.n; i++)
        if (range[i].parameter == parameter && range[i].adcode_from <= adcode &&
            adcode <= range[i].adcode_to)
            return range[i].low +
                   place(d, (uint64_t)parameter) * (range[i].high - range[i].low);
    BUG_IF(parameter >= 0);
    return 0.0;
}

static void
change_counties(struct draw *d)
{
    struct variant_table table = variant_table(&d->variant, "county.table");

    variant_keep(&table, "adcode", d->how->first, d->how->last);
    for (int64_t i = 0; i < table.rows->n; i++) {
        struct county_row *row = (struct county_row *)table.rows->row + i;
        double years = drawn(d, 0, row->adcode);
        row->e0_male += years;
        row->e0_female += years;
        row->tfr *= drawn(d, 1, row->adcode);
    }
    table = variant_table(&d->variant, "population.people");
    variant_keep(&table, "adcode", d->how->first, d->how->last);
}

/* What mortality and births of this draw leave over in every county. */
static void
residuals(const struct draw *d, struct residual *out)
{
    const struct setup *s = &d->variant.setup;
    const struct mortality_tab *lives = s->tab[MODELS_MORTALITY];
    const struct population_tab *people = s->tab[MODELS_POPULATION];
    const struct path *male =
        variant_parameter(&d->variant, "mortality.improvement_male");
    const struct path *female =
        variant_parameter(&d->variant, "mortality.improvement_female");

    for (int i = 0; i < s->n_regions; i++) {
        const struct residual_start start = {
            .people = (const int64_t(*)[AGES])people->people[i],
            .rate = (const double(*)[AGES])lives->table[lives->of_region[i]].rate,
            .improvement = {male->value[0], female->value[0]}};
        residual_of(&start,
            (const double(*)[CENSUS_GROUPS])d->foretold->county[i].after, &out[i]);
    }
}

bool
foretold_together(const struct foretold_county *a, const struct foretold_county *b)
{
    return a->adcode / 100 == b->adcode / 100;
}

/* Whether `j` says something about `i`. */
static bool
lends(const struct foretold *f, int j, int i)
{
    return j != i && !f->county[j].apart &&
           foretold_together(&f->county[j], &f->county[i]);
}

/* A rate of the other counties, and how far theirs lie apart. */
struct spread {
    int n;
    double mean; /* by people at the start */
    double sd;   /* of the counties, each counting once */
};

static struct spread
spread_of(
    const struct foretold *f, const struct residual *own, int i, int sex, int group)
{
    struct spread out = {.n = 0};
    double people = 0.0, sum = 0.0, square = 0.0;

    for (int j = 0; j < f->n; j++) {
        if (!lends(f, j, i))
            continue;
        double x = own[j].rate[sex][group];
        double w = census_from((const double(*)[CENSUS_GROUPS])f->county[j].before, 0);
        people += w;
        out.mean += w * x;
        sum += x;
        square += x * x;
        out.n++;
    }
    BUG_IF(out.n < 2);
    out.mean /= people;
    out.sd = sqrt(fmax(square - sum * sum / out.n, 0.0) / (out.n - 1.0));
    return out;
}

/*
 * The rate of a county not looked at: that of the others, and as far from it as one
 * more county may lie (Student's law for a mean and a spread of so few). The level is
 * the same for all ages, as counties that draw workers draw their families.
 */
static double
foreign_rate(
    const struct draw *d, const struct residual *own, int i, int sex, int group)
{
    const struct foretold *f = d->foretold;
    struct spread s = spread_of(f, own, i, sex, group);
    double u = place(d, LEVEL + (uint64_t)f->county[i].adcode);
    double level = gsl_cdf_tdist_Pinv(u, s.n - 1.0) * sqrt(1.0 + 1.0 / s.n);

    return s.mean + level * s.sd;
}

static void
set_net(struct draw *d, const struct residual *own)
{
    struct variant_table net = variant_table(&d->variant, "migration.net");
    int64_t k = 0;

    variant_fill(&d->variant, &net, (int64_t)d->foretold->n * SEXES * RESIDUAL_AGES);
    for (int i = 0; i < d->foretold->n; i++)
        for (int sex = 0; sex < SEXES; sex++)
            for (int g = 0; g < RESIDUAL_AGES; g++, k++) {
                double rate = d->how->way == FORETOLD_OWN
                                  ? own[i].rate[sex][g]
                                  : foreign_rate(d, own, i, sex, g);
                *(int64_t *)variant_cell(&net, k, "adcode") =
                    d->foretold->county[i].adcode;
                *(int32_t *)variant_cell(&net, k, "sex") = sex;
                *(int64_t *)variant_cell(&net, k, "age_from") = residual_from(g);
                *(int64_t *)variant_cell(&net, k, "age_to") = residual_to(g);
                *(double *)variant_cell(&net, k, "net_rate") =
                    d->how->backwards ? -rate : rate;
            }
    *(double *)variant_parameter(&d->variant, "migration.net_factor") = 1.0;
}

static void
keep(struct draw *d)
{
    const struct variant *v = &d->variant;
    int last = v->setup.n_times - 1;

    for (int i = 0; i < d->foretold->n; i++) {
        struct foretold_county *c = &d->foretold->county[i];
        double(*to)[CENSUS_GROUPS] = c->draw[d->number];
        BUG_IF(v->setup.region[i].code != (uint64_t)c->adcode);
        snprintf(c->name, sizeof c->name, "%s", v->setup.region[i].name);
        for (int k = 0; k < AGE_GROUPS; k++) {
            int group = k < CENSUS_GROUPS ? k : CENSUS_GROUPS - 1;
            for (int sex = 0; sex < SEXES; sex++)
                to[sex][group] +=
                    variant_value(v, "people_by_age", k * SEXES + sex, last, i, i + 1);
        }
    }
}

static void
run_draw(struct draw *d)
{
    const char *sets[2];
    char seed[SETTING];

    snprintf(seed, SETTING, "seed=%u",
        (unsigned)(rng_mix(d->how->seed, (uint64_t)d->number) & 0x7fffffff));
    sets[0] = seed;
    sets[1] = d->how->stops_early ? "end=2015-12-31" : "end=2020-12-31";
    variant_read(&d->variant, models_list, FOLDER "plan.yaml", sets, 2);
    change_counties(d);
    bool good = variant_setup(&d->variant);
    BUG_IF(!good);
    if (d->how->way != FORETOLD_CLOSED) {
        struct residual *own = mem_alloc((size_t)d->foretold->n, sizeof *own);
        residuals(d, own);
        set_net(d, own);
        mem_free(own);
        good = variant_setup(&d->variant);
        BUG_IF(!good);
    }
    variant_run(&d->variant);
    keep(d);
    variant_free(&d->variant);
}

/* Every group grown as the groups of the same age did in the other counties. */
static void
grow(struct foretold *self, int i)
{
    struct foretold_county *c = &self->county[i];

    for (int sex = 0; sex < SEXES; sex++)
        for (int g = 0; g < CENSUS_GROUPS; g++) {
            double before = 0.0, after = 0.0;
            for (int j = 0; j < self->n; j++) {
                before += lends(self, j, i) ? self->county[j].before[sex][g] : 0.0;
                after += lends(self, j, i) ? self->county[j].after[sex][g] : 0.0;
            }
            c->others[sex][g] = c->before[sex][g] * after / before;
        }
}

static void
read_counties(struct foretold *self, const struct foretold_how *how)
{
    struct census *before = mem_alloc(1, sizeof *before);
    struct census *after = mem_alloc(1, sizeof *after);
    struct sheet apart;

    census_read(before, FOLDER "people.csv");
    census_read(after, FOLDER "census-2020.csv");
    sheet_read(&apart, FOLDER "apart.csv", apart_columns, sizeof(struct apart));
    for (int i = 0; i < before->n; i++) {
        const struct census_county *then = &before->county[i];
        if (then->adcode < how->first || then->adcode > how->last)
            continue;
        struct foretold_county *c = &self->county[self->n++];
        *c = (struct foretold_county){.adcode = then->adcode,
            .draw = mem_alloc((size_t)how->draws, sizeof *c->draw)};
        memcpy(c->before, then->people, sizeof c->before);
        memcpy(c->after, census_find(after, c->adcode)->people, sizeof c->after);
        for (int64_t k = 0; k < apart.rows.n; k++)
            c->apart |= ((const struct apart *)apart.rows.row)[k].adcode == c->adcode;
    }
    for (int i = 0; i < self->n; i++)
        grow(self, i);
    sheet_free(&apart);
    mem_free(before);
    mem_free(after);
}

void
foretold_run(struct foretold *self, const struct foretold_how *how)
{
    struct draw *d = mem_alloc(1, sizeof *d);
    struct sheet ranges;

    *self = (struct foretold){.draws = how->draws};
    read_counties(self, how);
    sheet_read(&ranges, FOLDER "draws.csv", range_columns, sizeof(struct range));
    for (int k = 0; k < how->draws; k++) {
        *d =
            (struct draw){.how = how, .foretold = self, .ranges = &ranges, .number = k};
        run_draw(d);
    }
    sheet_free(&ranges);
    mem_free(d);
}

void
foretold_free(struct foretold *self)
{
    for (int i = 0; i < self->n; i++)
        mem_free(self->county[i].draw);
    *self = (struct foretold){.n = 0};
}
