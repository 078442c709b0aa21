/*
 * fertility.c - who bears children, and when.
 *
 * Women of 15 to 49 bear children at age-specific rates whose shape all counties share;
 * the level is the county's total fertility rate times a path over calendar years. A
 * child's key comes from its mother and its place among her children.
 */
#include "models/axes.h"
#include "models/county.h"
#include "models/models.h"
#include "models/rates.h"
#include "sim/date.h"
#include "sim/hazard.h"
#include "sim/num.h"

enum { FIRST_AGE = 15, FERTILE_AGES = 35 };

struct shape_row {
    int64_t age_from, age_to;
    double rate;
};

struct fertility_par {
    struct rows shape;
    struct path level;
    double boys_per_100_girls;
};

struct fertility_out {
    int64_t births;
    int64_t births_by_sex[SEXES];
};

static const struct field shape_columns[] = {
    {FIELD(struct shape_row, age_from), .unit = "yr", .lo = FIRST_AGE,
        .hi = FIRST_AGE + FERTILE_AGES - 1, .required = true, .doc = "first age"},
    {FIELD(struct shape_row, age_to), .unit = "yr", .lo = FIRST_AGE,
        .hi = FIRST_AGE + FERTILE_AGES - 1, .required = true, .doc = "last age"},
    {FIELD(struct shape_row, rate), .unit = "1/yr", .lo = 0, .hi = 1, .required = true,
        .doc = "births per woman and year"},
    {.name = NULL},
};

static const struct field par_table[] = {
    {FIELD(struct fertility_par, shape), .unit = "1", .required = true,
        .doc = "age-specific fertility; only its shape is used",
        .columns = shape_columns, .row_size = sizeof(struct shape_row)},
    {FIELD(struct fertility_par, level), .unit = "1", .def = 1, .lo = 0, .hi = 10,
        .doc = "factor on the counties' total fertility rates",
        .source = "the counties' own rates, unchanged", .quality = "assumption"},
    {FIELD(struct fertility_par, boys_per_100_girls), .unit = "1", .def = 105.5,
        .lo = 90, .hi = 130, .doc = "sex ratio at birth",
        .source = "Dali census 2020, ages 0 to 4", .quality = "measured"},
    {.name = NULL},
};

static const struct field out_table[] = {
    {FIELD(struct fertility_out, births), .unit = "person", .method = FIELD_SUM,
        .doc = "births", .zh = "出生人数"},
    {FIELD(struct fertility_out, births_by_sex), .unit = "person", .method = FIELD_SUM,
        .doc = "births by sex", .zh = "出生人数(按性别)", .axis = {&axes_sex}},
    {.name = NULL},
};

static void birth(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"birth", birth, "the woman bears a child"},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);
static void added(struct region *r, uint32_t i);
static void due(struct region *r, uint32_t i);
static void leaves(struct region *r, uint32_t i);
static void (*const on[SIGNALS])(struct region *, uint32_t) = {
    [SIGNAL_ADDED] = added,
    [SIGNAL_DUE] = due,
    [SIGNAL_LEAVES] = leaves,
};

const struct model fertility_model = {
    .name = "fertility",
    .doc = "age-specific rates under a path of total fertility; births have mothers",
    .source = "rates from the scenario's table",
    .par_size = sizeof(struct fertility_par),
    .par = par_table,
    .tab_size = sizeof(struct fertility_tab),
    .prepare = prepare,
    .out_size = sizeof(struct fertility_out),
    .out = out_table,
    .handlers = handlers,
    .on = on,
    .n_signals = SIGNALS,
    .shards = true,
};

/* Rates by single age that add up to one child; false when a row is amiss. */
static bool
unit_shape(const struct rows *rows, double shape[FERTILE_AGES], struct report *report)
{
    const struct shape_row *row = rows->row;
    double sum = 0.0;

    for (int64_t i = 0; i < rows->n; i++) {
        if (row[i].age_to < row[i].age_from)
            report_mistake(report, (struct place){rows->file, rows->line[i], 1},
                "ages from %lld to %lld, expected the last not before the first",
                (long long)row[i].age_from, (long long)row[i].age_to);
        for (int64_t a = row[i].age_from; a <= row[i].age_to; a++)
            shape[a - FIRST_AGE] = row[i].rate;
    }
    for (int a = 0; a < FERTILE_AGES; a++)
        sum += shape[a];
    if (sum <= 0.0)
        report_mistake(report, (struct place){rows->file, 0, 0},
            "the rates add up to nothing, expected a positive sum");
    for (int a = 0; a < FERTILE_AGES; a++)
        shape[a] /= sum > 0.0 ? sum : 1.0;
    return sum > 0.0;
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct fertility_par *par = s->par[MODELS_FERTILITY];
    const struct county_tab *counties = s->tab[MODELS_COUNTY];
    struct fertility_tab *t = tab;
    double shape[FERTILE_AGES] = {0.0}, rate[FERTILE_AGES];
    int first = date_of(s->first_day).year - FIRST_AGE - FERTILE_AGES;
    int cohorts = par->level.n == 1 ? 1 : date_of(s->last_day).year - first + 1;

    t->boys = par->boys_per_100_girls / (100.0 + par->boys_per_100_girls);
    if (!unit_shape(&par->shape, shape, report))
        return;
    t->birth = mem_arena(&s->arena, (size_t)s->n_regions, sizeof *t->birth);
    for (int i = 0; i < s->n_regions; i++) {
        hazard_init(&t->birth[i], FIRST_AGE, FERTILE_AGES, cohorts,
            (date_day(first, 1, 1) - s->first_day) * MINUTES_A_DAY, &s->arena);
        for (int c = 0; c < cohorts; c++) {
            for (int a = 0; a < FERTILE_AGES; a++)
                rate[a] = shape[a] * counties->row[i]->tfr *
                          field_path(&par->level, first + c + FIRST_AGE + a + 1.0);
            hazard_set(&t->birth[i], c, rate);
        }
    }
}

/* The hazard stands still after the last fertile age. */
static double
level(const struct region *r, const struct person *p, int32_t t)
{
    const struct fertility_tab *tab = r->setup->tab[MODELS_FERTILITY];
    double last = p->birth + (FIRST_AGE + FERTILE_AGES) * MINUTES_A_YEAR;

    return hazard_level(&tab->birth[r->index], p->birth, t < last ? t : (int32_t)last);
}

static void
schedule(struct region *r, uint32_t i)
{
    const struct fertility_tab *tab = r->setup->tab[MODELS_FERTILITY];
    struct person *p = &county_of(r)->person[i];
    double last = p->birth + (FIRST_AGE + FERTILE_AGES) * MINUTES_A_YEAR;
    int32_t end = last < r->setup->end ? (int32_t)last : r->setup->end;

    p->course_due = NEVER;
    if (region_now(r) < end)
        p->course_due =
            hazard_time(&tab->birth[r->index], p->birth, p->course, region_now(r), end);
    county_schedule(r, MODELS_FERTILITY, 0, i, 0, p->course_due);
}

static void
added(struct region *r, uint32_t i)
{
    struct county *c = county_of(r);
    struct person *p = &c->person[i];

    if (p->sex != FEMALE || p->elder)
        return;
    p->course = (float)(p->course + (level(r, p, c->since)));
    schedule(r, i);
}

static void
due(struct region *r, uint32_t i)
{
    const struct county *c = county_of(r);
    const struct person *p = &c->person[i];

    if (p->sex == FEMALE && !p->elder && county_newly_due(c, p->course_due))
        county_schedule(r, MODELS_FERTILITY, 0, i, 0, p->course_due);
}

static void
leaves(struct region *r, uint32_t i)
{
    struct person *p = &county_of(r)->person[i];

    if (p->sex == FEMALE && !p->elder)
        p->course = (float)(p->course - (level(r, p, region_now(r))));
}

static void
birth(struct region *r, const struct event *e)
{
    const struct fertility_tab *tab = r->setup->tab[MODELS_FERTILITY];
    struct fertility_out *out = r->out[MODELS_FERTILITY];
    struct county *c = county_of(r);
    struct person *p = &c->person[e->subject];

    if (e->time != p->course_due || p->elder || p->sex != FEMALE)
        return;
    struct rng_block b = rng_block(r->run, p->key, PURPOSE_BIRTH, p->parity);
    struct person child = {.key = person_key_child(p),
        .birth = e->time,
        .sex = rng_uniform32(b.word[1]) < tab->boys ? MALE : FEMALE,
        .residence = p->residence,
        .income = p->income,
        .living = p->living == COLLECTIVE ? COLLECTIVE : FAMILY,
        .spouse = PERSON_NONE,
        .care = PERSON_NONE,
        .course_due = NEVER};
    p->parity = (p->parity + 1u) & 15;
    p->course = (float)(p->course + (-num_log(rng_uniform32(b.word[0]))));
    schedule(r, e->subject);
    out->births++;
    out->births_by_sex[child.sex]++;
    person_thresholds(&child, r->run);
    county_add(r, &child, e->time);
}
