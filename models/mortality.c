/*
 * mortality.c - when people die.
 *
 * The abridged life table becomes yearly rates by a monotone spline of its cumulative
 * hazard, shifted to each county's life expectancy by Brass's relational logit. From 60
 * on the rate depends on the care grade, with a base such that the mix of grades that
 * the process itself produces reproduces the life table in every year of age. Rates
 * fall along calendar time with the improvement path.
 */
#include "models/axes.h"
#include "models/brass.h"
#include "models/county.h"
#include "models/matrix6.h"
#include "models/models.h"
#include "models/rates.h"
#include "sim/date.h"
#include "sim/err.h"
#include "sim/num.h"

#include <gsl/gsl_interp.h>
#include <math.h>

struct life_row {
    int32_t sex;
    int64_t age;
    double rate;
};

struct mortality_par {
    struct rows life_table;
    struct path improvement_male, improvement_female;
    double reference_year;
};

struct mortality_out {
    int64_t deaths;
    int64_t deaths_by_age[AGE_GROUPS * SEXES];
};

static const struct field life_columns[] = {
    {FIELD_AS(struct life_row, sex, FIELD_CHOICE), .unit = "1", .choices = axes_sexes,
        .required = true, .doc = "sex"},
    {FIELD(struct life_row, age), .unit = "yr", .lo = 0, .hi = 109, .required = true,
        .doc = "first age of the group; it ends at the next row's"},
    {FIELD(struct life_row, rate), .unit = "1/yr", .lo = 1e-7, .hi = 5,
        .required = true, .doc = "death rate of the group"},
    {.name = NULL},
};

static const struct field par_table[] = {
    {FIELD(struct mortality_par, life_table), .unit = "1", .required = true,
        .doc = "abridged life table whose shape the counties share",
        .columns = life_columns, .row_size = sizeof(struct life_row)},
    {FIELD(struct mortality_par, improvement_male), .unit = "1/yr", .def = 0,
        .lo = -0.05, .hi = 0.1, .doc = "relative fall of men's death rates a year",
        .source = "none unless the scenario says so", .quality = "assumption"},
    {FIELD(struct mortality_par, improvement_female), .unit = "1/yr", .def = 0,
        .lo = -0.05, .hi = 0.1, .doc = "relative fall of women's death rates a year",
        .source = "none unless the scenario says so", .quality = "assumption"},
    {FIELD(struct mortality_par, reference_year), .unit = "yr", .def = 2021, .lo = 1950,
        .hi = 2100, .doc = "moment at which the counties' life expectancies hold",
        .source = "start of the plans' base year", .quality = "assumption"},
    {.name = NULL},
};

static const struct field out_table[] = {
    {FIELD(struct mortality_out, deaths), .unit = "person", .method = FIELD_SUM,
        .doc = "deaths", .zh = "死亡人数"},
    {FIELD(struct mortality_out, deaths_by_age), .unit = "person", .method = FIELD_SUM,
        .doc = "deaths by age and sex", .zh = "死亡人数(按年龄和性别)",
        .axis = {&axes_age, &axes_sex}},
    {.name = NULL},
};

static void death(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"death", death, "the person dies"},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);
static void added(struct region *r, uint32_t i);
static void due(struct region *r, uint32_t i);
static void leaves(struct region *r, uint32_t i);
static void grade_changed(struct region *r, uint32_t i);
static void (*const on[SIGNALS])(struct region *, uint32_t) = {
    [SIGNAL_ADDED] = added,
    [SIGNAL_DUE] = due,
    [SIGNAL_LEAVES] = leaves,
    [SIGNAL_GRADE] = grade_changed,
};

const struct model mortality_model = {
    .name = "mortality",
    .doc = "life table by county (Brass logit), relative mortality by care grade",
    .source = "Brass, On the scale of mortality, in Biological Aspects of Demography "
              "(1971) 69-110",
    .par_size = sizeof(struct mortality_par),
    .par = par_table,
    .tab_size = sizeof(struct mortality_tab),
    .prepare = prepare,
    .out_size = sizeof(struct mortality_out),
    .out = out_table,
    .handlers = handlers,
    .on = on,
    .n_signals = SIGNALS,
    .shards = true,
};

/*
 * Yearly rates from an abridged table: the cumulative hazard at the groups' ends,
 * joined by Steffen's monotone spline; the last rate holds to the end.
 *
 * rate     1/yr, [AGES]
 */
static void
single_ages(const struct rows *rows, int sex, double rate[AGES])
{
    const struct life_row *row = rows->row;
    double age[AGES + 1], cumulative[AGES + 1], last = 0.0, *y = cumulative;
    size_t n = 0;

    for (int64_t i = 0; i < rows->n; i++) {
        if (row[i].sex != sex)
            continue;
        age[n] = (double)row[i].age;
        y[n] = n == 0 ? 0.0 : y[n - 1] + last * (age[n] - age[n - 1]);
        last = row[i].rate;
        n++;
    }
    gsl_interp *spline = gsl_interp_alloc(gsl_interp_steffen, n);
    gsl_interp_init(spline, age, y, n);
    for (int a = 0; a < AGES; a++)
        rate[a] = a + 1 > age[n - 1] ? last
                                     : gsl_interp_eval(spline, age, y, a + 1, NULL) -
                                           gsl_interp_eval(spline, age, y, a, NULL);
    gsl_interp_free(spline);
}

struct mix {
    const struct grade_tab *grades;
    int sex, age;
    const double *share; /* [GRADES] at the beginning of the year of age */
    double survival;     /* wanted over the year */
};

/* The generator of grades and death when grade 0 dies at rate `base`. */
static struct matrix6
generator(const struct mix *m, double base)
{
    struct matrix6 q = {{{0.0}}};

    for (int g = 0; g < GRADES; g++) {
        double leave = 0.0;
        for (int h = 0; h < GRADES; h++)
            leave += q.a[g][h] = m->grades->rate[m->sex][m->age][g][h];
        q.a[g][GRADES] = base * m->grades->risk[m->sex][m->age][g];
        q.a[g][g] = -leave - q.a[g][GRADES];
    }
    return q;
}

static double
survival_gap(double base, void *context)
{
    const struct mix *m = context;
    struct matrix6 q = generator(m, base), p = matrix6_exp(&q, 1.0);
    double dead = 0.0;

    for (int g = 0; g < GRADES; g++)
        dead += m->share[g] * p.a[g][GRADES];
    return 1.0 - dead - m->survival;
}

/* Shares of grades among the living `t` years on. */
static void
advance(const struct matrix6 *q, double t, const double from[GRADES], double to[GRADES])
{
    struct matrix6 p = matrix6_exp(q, t);
    double sum = 0.0;

    for (int h = 0; h < GRADES; h++) {
        to[h] = 0.0;
        for (int g = 0; g < GRADES; g++)
            to[h] += from[g] * p.a[g][h];
        sum += to[h];
    }
    for (int h = 0; h < GRADES; h++)
        to[h] /= sum;
}

/*
 * Death rates of grade 0 from 60 on, such that a cohort that starts with the grades of
 * the 60th birthday survives every year as the life table says.
 *
 * base     1/yr, [ELDER_AGES]
 */
static void
base_rates(struct life_table *t, const struct grade_tab *grades, int sex, double *base)
{
    double share[GRADES], next[GRADES];

    for (int g = 0; g < GRADES; g++)
        share[g] = grades->entry[sex][g];
    for (int a = 0; a < ELDER_AGES; a++) {
        double rate = t->rate[sex][a + ELDER_AGE];
        struct mix m = {grades, sex, a, share, num_exp(-rate)};
        gsl_function f = {survival_gap, &m};
        /* the mix dies at least as fast as grade 0 and at most as fast as the worst */
        base[a] = brass_root(&f, rate / 50.0, rate * 1.0001);
        BUG_IF(isnan(base[a]));
        struct matrix6 q = generator(&m, base[a]);
        advance(&q, 0.5, share, t->share[sex][a]);
        advance(&q, 1.0, share, next);
        for (int g = 0; g < GRADES; g++)
            share[g] = next[g];
    }
}

/* Factor on the rates of `year` against the reference year: exp(- integral of the
 * path). */
static double
improved(const struct path *path, double reference, double year)
{
    double sum = 0.0, step = year < reference ? -1.0 : 1.0;

    for (double y = reference; y * step < year * step; y += step) {
        double width = (year - y) * step < 1.0 ? year - y : step;
        sum += field_path(path, y + 0.5 * width) * width;
    }
    return num_exp(-sum);
}

/* Cumulative hazards by cohort of birth: age a of cohort b lies in the two years from
 * b + a, so its mean calendar time is b + a + 1. */
static void
hazards(struct setup *s, const struct mortality_par *par, struct life_table *t, int sex)
{
    const struct path *path =
        sex == MALE ? &par->improvement_male : &par->improvement_female;
    const struct grade_tab *grades = s->tab[MODELS_GRADE];
    int first = FIRST_BIRTH_YEAR, last = date_of(s->last_day).year;
    int cohorts = path->n == 1 && path->value[0] == 0.0 ? 1 : last - first + 1;
    int32_t birth = (date_day(first, 1, 1) - s->first_day) * MINUTES_A_DAY;
    double base[ELDER_AGES], rate[AGES];
    double *factor = mem_arena(&s->arena, (size_t)cohorts + AGES, sizeof *factor);

    base_rates(t, grades, sex, base);
    for (int y = 0; y < cohorts + AGES; y++)
        factor[y] = improved(path, par->reference_year, first + y + 1.0);
    for (int g = 0; g < GRADES; g++) {
        int from = g == 0 ? 0 : ELDER_AGE;
        hazard_init(&t->death[sex][g], from, AGES - from, cohorts, birth, &s->arena);
        for (int c = 0; c < cohorts; c++) {
            for (int a = from; a < AGES; a++) {
                int k = a - ELDER_AGE;
                double level =
                    k < 0 ? t->rate[sex][a] : base[k] * grades->risk[sex][k][g];
                rate[a - from] = level * (cohorts == 1 ? 1.0 : factor[c + a]);
            }
            hazard_set(&t->death[sex][g], c, rate);
        }
    }
}

/* True when the table has an age 0, rising ages and two rows or more, for both sexes.
 */
static void
check(const struct rows *rows, struct report *report)
{
    const struct life_row *row = rows->row;
    int64_t last[SEXES] = {-1, -1}, ages[SEXES] = {0, 0};

    for (int64_t i = 0; i < rows->n; i++) {
        ages[row[i].sex]++;
        bool first = last[row[i].sex] < 0;
        if (first ? row[i].age != 0 : row[i].age <= last[row[i].sex])
            report_mistake(report, (struct place){rows->file, rows->line[i], 1},
                "age %lld of %s, expected %s", (long long)row[i].age,
                axes_sexes[row[i].sex], first ? "0 first" : "rising ages");
        last[row[i].sex] = row[i].age;
    }
    for (int sex = 0; sex < SEXES; sex++)
        if (last[sex] < ELDER_AGE || ages[sex] < 3)
            report_mistake(report, (struct place){rows->file, 0, 0},
                "the life table of %s has %lld ages and ends at %lld, expected 3 or "
                "more "
                "and 60 or later",
                axes_sexes[sex], (long long)ages[sex], (long long)last[sex]);
}

static void
make_table(struct setup *s, struct life_table *t, double standard[SEXES][AGES],
    const struct county_row *row, struct report *report)
{
    const double e0[SEXES] = {row->e0_male, row->e0_female};
    const struct county_par *counties = s->par[MODELS_COUNTY];

    for (int sex = 0; sex < SEXES; sex++) {
        t->e0[sex] = e0[sex];
        if (!brass_fit(standard[sex], e0[sex], t->rate[sex])) {
            report_mistake(report, (struct place){counties->table.file, 0, 0},
                "no shift of the life table gives %s of %s a life expectancy of %g yr",
                axes_sexes[sex], row->name_en, e0[sex]);
            return;
        }
        hazards(s, s->par[MODELS_MORTALITY], t, sex);
    }
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct mortality_par *par = s->par[MODELS_MORTALITY];
    const struct county_tab *counties = s->tab[MODELS_COUNTY];
    struct mortality_tab *t = tab;
    double standard[SEXES][AGES];

    check(&par->life_table, report);
    if (report->mistakes > 0)
        return;
    for (int sex = 0; sex < SEXES; sex++)
        single_ages(&par->life_table, sex, standard[sex]);
    t->table = mem_arena(&s->arena, (size_t)s->n_regions, sizeof *t->table);
    t->of_region = mem_arena(&s->arena, (size_t)s->n_regions, sizeof *t->of_region);
    for (int i = 0; i < s->n_regions && report->mistakes == 0; i++) {
        const struct county_row *row = counties->row[i];
        int k = 0;
        while (k < t->n_tables && (t->table[k].e0[MALE] != row->e0_male ||
                                      t->table[k].e0[FEMALE] != row->e0_female))
            k++;
        if (k == t->n_tables)
            make_table(s, &t->table[t->n_tables++], standard, row, report);
        t->of_region[i] = k;
    }
}

static const struct hazard *
hazard_of(const struct region *r, const struct person *p, uint32_t grade)
{
    const struct mortality_tab *t = r->setup->tab[MODELS_MORTALITY];

    return &t->table[t->of_region[r->index]].death[p->sex][grade];
}

static void
schedule(struct region *r, uint32_t i)
{
    struct person *p = &county_of(r)->person[i];

    p->death_due = hazard_time(
        hazard_of(r, p, p->grade), p->birth, p->death, region_now(r), r->setup->end);
    county_schedule(r, MODELS_MORTALITY, 0, i, 0, p->death_due);
}

static void
added(struct region *r, uint32_t i)
{
    struct county *c = county_of(r);
    struct person *p = &c->person[i];

    p->death = (float)(p->death +
                       (hazard_level(hazard_of(r, p, p->grade), p->birth, c->since)));
    schedule(r, i);
}

static void
due(struct region *r, uint32_t i)
{
    const struct county *c = county_of(r);
    const struct person *p = &c->person[i];

    if (county_newly_due(c, p->death_due))
        county_schedule(r, MODELS_MORTALITY, 0, i, 0, p->death_due);
}

static void
leaves(struct region *r, uint32_t i)
{
    struct person *p = &county_of(r)->person[i];

    p->death = (float)(p->death - (hazard_level(hazard_of(r, p, p->grade), p->birth,
                                      region_now(r))));
}

/* What is left of the threshold is spent at the new grade's rate from now on. */
static void
grade_changed(struct region *r, uint32_t i)
{
    struct county *c = county_of(r);
    struct person *p = &c->person[i];
    int32_t now = region_now(r);

    if (p->grade == c->grade_before)
        return;
    p->death =
        (float)(p->death +
                (hazard_level(hazard_of(r, p, p->grade), p->birth, now) -
                    hazard_level(hazard_of(r, p, c->grade_before), p->birth, now)));
    schedule(r, i);
}

static void
death(struct region *r, const struct event *e)
{
    struct mortality_out *out = r->out[MODELS_MORTALITY];
    struct person *p = &county_of(r)->person[e->subject];

    if (e->time != p->death_due)
        return;
    int age = (int)person_age(p, e->time);
    out->deaths++;
    out->deaths_by_age[axes_age_group(age) * SEXES + p->sex]++;
    region_signal(r, SIGNAL_DIED, e->subject);
    county_remove(r, e->subject);
}
