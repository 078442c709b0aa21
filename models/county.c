/*
 * county.c - regions are counties; this model reads their table and owns their state.
 */
#include "models/county.h"

#include "models/members.h"
#include "models/models.h"
#include "models/shards.h"
#include "sim/date.h"
#include "sim/err.h"
#include "sim/record.h"

#include <math.h>
#include <stdlib.h>

enum { SPLIT_LEAST = 1000 }; /* people to a shard: far below, there is only overhead */

static const struct field row_table[] = {
    {FIELD(struct county_row, adcode), .unit = "1", .lo = 100000, .hi = 999999,
        .required = true, .doc = "six-digit code of the administrative division"},
    {FIELD(struct county_row, name_en), .unit = "1", .required = true,
        .doc = "name in English"},
    {FIELD(struct county_row, name_zh), .unit = "1", .required = true,
        .doc = "name in Chinese"},
    {FIELD(struct county_row, population), .unit = "person", .lo = 1, .hi = 1e8,
        .required = true, .doc = "census population"},
    {FIELD(struct county_row, pop_60plus), .unit = "person", .lo = 0, .hi = 1e8,
        .required = true, .doc = "census population aged 60 and over"},
    {FIELD(struct county_row, urban_share), .unit = "1", .lo = 0, .hi = 1,
        .required = true, .doc = "share of the population in urban places"},
    {FIELD(struct county_row, households), .unit = "1", .lo = 0, .hi = 1e8,
        .required = true, .doc = "family households"},
    {FIELD(struct county_row, one_person_households), .unit = "1", .lo = 0, .hi = 1e8,
        .required = true, .doc = "family households of one person"},
    {FIELD(struct county_row, collective_population), .unit = "person", .lo = 0,
        .hi = 1e8, .required = true, .doc = "people in collective households"},
    {FIELD(struct county_row, hh_with_65plus), .unit = "1", .lo = 0, .hi = 1e8,
        .doc = "family households with anyone aged 65 or over"},
    {FIELD(struct county_row, hh_with_one_65plus), .unit = "1", .lo = 0, .hi = 1e8,
        .doc = "family households with one person aged 65 or over"},
    {FIELD(struct county_row, hh_with_two_65plus), .unit = "1", .lo = 0, .hi = 1e8,
        .doc = "family households with two people aged 65 or over"},
    {FIELD(struct county_row, townships), .unit = "1", .lo = 0, .hi = 1e4,
        .doc = "townships, towns and subdistricts"},
    {FIELD(struct county_row, villages_and_communities), .unit = "1", .lo = 0,
        .hi = 1e5, .doc = "villages and urban communities"},
    {FIELD(struct county_row, subdistricts), .unit = "1", .def = -1, .lo = -1,
        .hi = 1e4,
        .doc = "subdistricts among the townships; -1: the urban share of them"},
    {FIELD(struct county_row, communities), .unit = "1", .def = -1, .lo = -1, .hi = 1e5,
        .doc = "urban communities among the villages; -1: the urban share of them"},
    {FIELD(struct county_row, e0_male), .unit = "yr", .lo = 30, .hi = 95,
        .required = true, .doc = "life expectancy at birth, men"},
    {FIELD(struct county_row, e0_female), .unit = "yr", .lo = 30, .hi = 95,
        .required = true, .doc = "life expectancy at birth, women"},
    {FIELD(struct county_row, tfr), .unit = "1", .lo = 0, .hi = 10, .required = true,
        .doc = "total fertility rate, children per woman"},
    {FIELD(struct county_row, longitude), .unit = "degree", .lo = -180, .hi = 180,
        .required = true, .doc = "longitude of the centre"},
    {FIELD(struct county_row, latitude), .unit = "degree", .lo = -60, .hi = 60,
        .required = true, .doc = "latitude of the centre"},
    {.name = NULL},
};

static const struct field group_table[] = {
    {FIELD(struct county_group, code), .unit = "1", .lo = 100000, .hi = 999999,
        .required = true, .doc = "code of the group in other tables"},
    {FIELD(struct county_group, name_en), .unit = "1", .required = true,
        .doc = "name in English; members are numbered"},
    {FIELD(struct county_group, name_zh), .unit = "1", .required = true,
        .doc = "name in Chinese"},
    {FIELD(struct county_group, first_adcode), .unit = "1", .lo = 100000, .hi = 999999,
        .required = true, .doc = "code of the first member; the others follow"},
    {FIELD(struct county_group, count), .unit = "1", .lo = 1, .hi = 10000,
        .required = true, .doc = "members"},
    {FIELD(struct county_group, population), .unit = "person", .lo = 1, .hi = 2e9,
        .required = true, .doc = "people of all members"},
    {FIELD(struct county_group, urban_share), .unit = "1", .lo = 0, .hi = 1,
        .required = true, .doc = "share of people in urban places, all members alike"},
    {FIELD(struct county_group, households), .unit = "1", .lo = 0, .hi = 1e9,
        .required = true, .doc = "family households of all members"},
    {FIELD(struct county_group, one_person_households), .unit = "1", .lo = 0, .hi = 1e9,
        .required = true, .doc = "family households of one person"},
    {FIELD(struct county_group, collective_population), .unit = "person", .lo = 0,
        .hi = 1e9, .required = true, .doc = "people in collective households"},
    {FIELD(struct county_group, e0_male), .unit = "yr", .lo = 30, .hi = 95,
        .required = true, .doc = "life expectancy at birth, men"},
    {FIELD(struct county_group, e0_female), .unit = "yr", .lo = 30, .hi = 95,
        .required = true, .doc = "life expectancy at birth, women"},
    {FIELD(struct county_group, tfr), .unit = "1", .lo = 0, .hi = 10, .required = true,
        .doc = "total fertility rate, children per woman"},
    {FIELD(struct county_group, longitude), .unit = "degree", .lo = -180, .hi = 180,
        .required = true, .doc = "longitude of the centre of all members"},
    {FIELD(struct county_group, latitude), .unit = "degree", .lo = -60, .hi = 60,
        .required = true, .doc = "latitude of the centre of all members"},
    {FIELD(struct county_group, extent_km), .unit = "km", .lo = 1, .hi = 5000,
        .required = true, .doc = "radius within which members are placed on a spiral"},
    {FIELD(struct county_group, spread), .unit = "1", .lo = 0, .hi = 3,
        .required = true, .doc = "scale of the logistic distribution of log size"},
    {.name = NULL},
};

static const struct field par_table[] = {
    {FIELD(struct county_par, table), .unit = "1", .doc = "counties that take part",
        .columns = row_table, .row_size = sizeof(struct county_row)},
    {FIELD(struct county_par, groups), .unit = "1",
        .doc = "groups of synthetic counties that share a known total",
        .columns = group_table, .row_size = sizeof(struct county_group)},
    {FIELD(struct county_par, child_near), .unit = "1", .def = 0.4, .lo = 0, .hi = 1,
        .doc = "share of elders who do not live with a child and have one near",
        .source = "judged, half of the children of rural elders have left",
        .quality = "assumption"},
    {FIELD(struct county_par, horizon), .unit = "yr", .def = 20, .lo = 0.1, .hi = 1000,
        .doc = "how far ahead lives are scheduled; saves memory, changes no result",
        .source = "measured: 5 years are fastest for a prefecture",
        .quality = "assumption"},
    {FIELD(struct county_par, split), .unit = "person", .def = 100000, .lo = 0,
        .hi = 1e9,
        .doc =
            "young people of a county to a shard of their own (shards.h); 0: a county "
            "is never split, else 1000 or more; for speed, changes no life",
        .source = "measured: even work for 64 processes on 47 million people",
        .quality = "assumption"},
    {.name = NULL},
};

static void look_ahead(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"look ahead", look_ahead, "lives are scheduled up to the next horizon"},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);
static void start(struct region *r);
static void finish(struct region *r);

const struct model county_model = {
    .name = "county",
    .doc = "the counties, their codes and census totals",
    .source = "census of 2020, tabulation by county",
    .par_size = sizeof(struct county_par),
    .par = par_table,
    .tab_size = sizeof(struct county_tab),
    .prepare = prepare,
    .handlers = handlers,
    .start = start,
    .finish = finish,
    .shards = true,
};

/* The rows of the table and the members of groups, one after another. */
static void
all_rows(struct setup *s, struct county_tab *t, double **shares)
{
    const struct county_par *par = s->par[MODELS_COUNTY];
    const struct county_group *g = par->groups.row;
    const struct county_row *row = par->table.row;
    int n = (int)par->table.n;

    for (int64_t k = 0; k < par->groups.n; k++)
        n += (int)g[k].count;
    struct county_row *all = mem_arena(&s->arena, (size_t)n + 1, sizeof *all);
    t->row = mem_arena(&s->arena, (size_t)n + 1, sizeof(struct county_row *));
    s->n_regions = 0;
    for (int64_t i = 0; i < par->table.n; i++)
        all[s->n_regions++] = row[i];
    for (int64_t k = 0; k < par->groups.n; k++) {
        shares[k] = mem_arena(&s->arena, (size_t)g[k].count, sizeof *shares[k]);
        members_shares(&g[k], shares[k]);
        for (int64_t i = 0; i < g[k].count; i++)
            all[s->n_regions++] = members_row(&s->arena, &g[k], i, shares[k][i]);
    }
    for (int i = 0; i < n; i++)
        t->row[i] = &all[i];
}

static int
by_adcode(const void *a, const void *b)
{
    int64_t x = (*(struct county_row *const *)a)->adcode;
    int64_t y = (*(struct county_row *const *)b)->adcode;

    return x < y ? -1 : x > y;
}

static void
check(const struct setup *s, const struct county_tab *t, struct report *report)
{
    const struct county_par *par = s->par[MODELS_COUNTY];

    if (date_of(s->first_day).day != 1)
        report_mistake(report, setup_place(s, "start"),
            "a run starts on the first day of a month, so that ages at month ends are "
            "exact");
    if (s->n_regions == 0)
        report_mistake(report, setup_place(s, "county.table"),
            "there is no county, expected a row each");
    if (par->split > 0.0 && par->split < SPLIT_LEAST)
        report_mistake(report, setup_place(s, "county.split"),
            "%g people to a shard, expected 0 or %d and more", par->split, SPLIT_LEAST);
    for (int i = 1; i < s->n_regions; i++)
        if (t->row[i]->adcode == t->row[i - 1]->adcode)
            report_mistake(report, setup_place(s, "county.table"),
                "county %lld stands twice, expected one row each",
                (long long)t->row[i]->adcode);
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct county_par *par = s->par[MODELS_COUNTY];
    const struct county_group *g = par->groups.row;
    struct county_tab *t = tab;
    double **shares = mem_arena(&s->arena, (size_t)par->groups.n + 1, sizeof *shares);

    all_rows(s, t, shares);
    qsort(t->row, (size_t)s->n_regions, sizeof *t->row, by_adcode);
    check(s, t, report);
    t->months = person_month(s->last_day) + 1;
    t->first_day = date_day(FIRST_BIRTH_YEAR, 1, 1);
    struct date start = date_of(s->first_day);
    t->young = shards_young(s);
    t->young_from =
        MINUTES_A_DAY *
        (date_day(start.year - t->young, start.month, start.day) - s->first_day);
    int32_t days = s->last_day - t->first_day + 1;
    t->month = mem_arena(&s->arena, (size_t)days, sizeof *t->month);
    for (int32_t d = 0; d < days; d++)
        t->month[d] = (int16_t)person_month(t->first_day + d);
    s->region = mem_arena(&s->arena, (size_t)s->n_regions + 1, sizeof *s->region);
    for (int i = 0; i < s->n_regions; i++)
        s->region[i] = (struct region_name){.code = (uint64_t)t->row[i]->adcode,
            .name = t->row[i]->name_en,
            .name_zh = t->row[i]->name_zh,
            .load.rows = t->row[i]->population};
    t->group = mem_arena(&s->arena, (size_t)par->groups.n + 1, sizeof *t->group);
    for (int64_t k = 0; k < par->groups.n; k++) {
        t->group[k] = county_span_of(s, g[k].first_adcode);
        t->group[k].n = (int)g[k].count;
        t->group[k].share = shares[k];
    }
}

struct county_span
county_span_of(const struct setup *s, int64_t code)
{
    static const double whole = 1.0;
    const struct county_par *par = s->par[MODELS_COUNTY];
    const struct county_tab *t = s->tab[MODELS_COUNTY];
    const struct county_group *g = par->groups.row;
    int lo = 0, hi = s->n_regions;

    for (int64_t k = 0; k < par->groups.n; k++)
        if (g[k].code == code)
            return t->group[k];
    while (lo < hi) {
        int mid = (lo + hi) / 2;
        if (s->region[mid].code < (uint64_t)code)
            lo = mid + 1;
        else
            hi = mid;
    }
    bool found = lo < s->n_regions && s->region[lo].code == (uint64_t)code;
    return (struct county_span){lo, found, &whole};
}

struct county_span
county_span_or(const struct setup *s, int64_t code, const struct rows *rows, int64_t i,
    struct report *report)
{
    struct county_span span = county_span_of(s, code);

    if (span.n == 0)
        report_mistake(report, record_place(rows, i),
            "county %lld is not in the table of counties", (long long)code);
    return span;
}

int64_t
county_part(const struct county_span *span, int k, int64_t total)
{
    double before = 0.0;

    for (int i = 0; i < k; i++)
        before += span->share[i];
    double now = k + 1 == span->n ? 1.0 : before + span->share[k];
    return (int64_t)floor((double)total * now + 0.5) -
           (int64_t)floor((double)total * before + 0.5);
}

/* The next horizon, or the end; the event that moves it comes first of its minute. */
static void
move_horizon(struct region *r)
{
    const struct county_par *par = r->setup->par[MODELS_COUNTY];
    struct county *c = county_of(r);
    double next = c->horizon + par->horizon * MINUTES_A_YEAR;

    c->horizon_before = c->horizon;
    c->horizon = next < r->setup->end ? (int32_t)next : r->setup->end;
    region_schedule(r, MODELS_COUNTY, 0, 0, 0, c->horizon);
}

/* The subjects of most models' events are people; who dies or leaves has a spouse who
 * stays; a case names its person besides. */
static void
tell_records(const struct county *c)
{
    struct region_records people = {
        .row = (const unsigned char *)c->person, .size = sizeof *c->person};
    struct region_records couples = people;

    couples.link = offsetof(struct person, spouse);
    couples.n = c->capacity;
    region_records(c->region, MODELS_GRADE, REGION_SUBJECT, people);
    region_records(c->region, MODELS_FERTILITY, REGION_SUBJECT, people);
    region_records(c->region, MODELS_MORTALITY, REGION_SUBJECT, couples);
    region_records(c->region, MODELS_MIGRATION, REGION_SUBJECT, couples);
    region_records(c->region, MODELS_CARE, REGION_SERIAL, people);
}

static void
start(struct region *r)
{
    const struct county_tab *tab = r->setup->tab[MODELS_COUNTY];
    struct county *c = mem_alloc(1, sizeof *c);

    r->state = c;
    *c = (struct county){.region = r,
        .row = tab->row[r->index],
        .free = {PERSON_NONE, PERSON_NONE},
        .tab = tab};
    double rows = r->setup->shard[r->shard].load.rows;
    c->capacity = (uint32_t)(rows * 1.6) + 1024; /* address space only */
    /* rows to come are not in huge pages: clearing one would hold up a window */
    c->person = mem_lazy(c->capacity, sizeof *c->person);
    mem_large_expect(c->person, (size_t)rows * sizeof *c->person);
    c->born = mem_alloc((size_t)tab->months, sizeof *c->born);
    tell_records(c);
    move_horizon(r);
}

static void
look_ahead(struct region *r, const struct event *e)
{
    const struct county *c = county_of(r);

    (void)e;
    move_horizon(r);
    for (uint32_t i = 0; i < c->n; i++)
        if (c->person[i].alive)
            region_signal(r, SIGNAL_DUE, i);
}

void
county_schedule(
    struct region *r, int model, int which, uint32_t row, uint32_t serial, int32_t due)
{
    if (due < county_of(r)->horizon)
        region_schedule(r, model, which, row, serial, due);
}

bool
county_newly_due(const struct county *self, int32_t due)
{
    return due >= self->horizon_before && due < self->horizon;
}

static void
finish(struct region *r)
{
    struct county *c = county_of(r);

    mem_large_free(c->person, c->capacity, sizeof *c->person);
    mem_free(c->born);
    mem_free(c);
    r->state = NULL;
}

int
county_birth_month(const struct county *self, const struct person *p)
{
    /* whole days since 1900, so that nothing is negative */
    int64_t since = (int64_t)(self->region->setup->first_day - self->tab->first_day) *
                        MINUTES_A_DAY +
                    p->birth;

    return since <= 0 ? 0 : self->tab->month[since / MINUTES_A_DAY];
}

/* What stays with a person from coming to going. */
static void
tally_birth(struct county *c, const struct person *p, int by)
{
    c->people += by;
    /* wraps: subtraction is addition of 2^32 - 1 */
    c->born[county_birth_month(c, p)][p->sex] += (uint32_t)by;
}

/* What may change in a life past 60. */
static void
tally(struct county *c, const struct person *p, int by)
{
    if (!p->elder)
        return;
    c->grades[p->grade][p->sex] += by;
    c->elders[p->grade][p->income][p->residence] += by;
    c->income[p->income] += by;
    c->urban += p->residence == URBAN ? by : 0;
    if (p->place == RESIDENT) {
        c->residents += by;
        c->housed[p->grade][p->income][p->residence] += by;
    } else {
        c->home[p->grade][p->living][p->near] += by;
    }
}

void
county_count(struct county *self, const struct person *p)
{
    tally(self, p, 1);
}

void
county_uncount(struct county *self, const struct person *p)
{
    tally(self, p, -1);
}

int64_t
county_living(const struct county *self, enum person_living living)
{
    int64_t n = 0;

    for (int g = 0; g < GRADES; g++)
        n += self->home[g][living][0] + self->home[g][living][1];
    return n;
}

int64_t
county_units(const struct county *self, int tier, int where)
{
    const struct county_row *row = self->row;
    double all = tier == 1 ? row->townships : row->villages_and_communities;
    double urban = tier == 1 ? row->subdistricts : row->communities;

    if (tier == 0)
        return 1;
    if (urban < 0.0)
        urban = floor(all * row->urban_share + 0.5);
    double n = where == 0 ? all : where == 1 ? all - urban : urban;
    return n > 0.0 ? (int64_t)n : 0;
}

/* Where the free rows for people like this one begin. */
static uint32_t *
free_rows(struct county *c, const struct person *p)
{
    return &c->free[p->birth >= c->tab->young_from];
}

static uint32_t
new_row(struct county *c, uint32_t *free)
{
    if (*free != PERSON_NONE) {
        uint32_t i = *free;
        *free = c->person[i].spouse;
        if (*free != PERSON_NONE)
            __builtin_prefetch(&c->person[*free], 1); /* the next who comes needs it */
        return i;
    }
    if (c->n == c->capacity) {
        uint32_t more = c->capacity + c->capacity / 2;
        c->person = mem_large_grow(c->person, c->capacity, more, sizeof *c->person);
        c->capacity = more;
        tell_records(c);
    }
    return c->n++;
}

uint32_t
county_add(struct region *r, const struct person *p, int32_t since)
{
    struct county *c = county_of(r);
    uint32_t i = new_row(c, free_rows(c, p));

    c->person[i] = *p;
    c->person[i].alive = true;
    c->person[i].near =
        rng_uniform32(rng_block(r->run, p->key, PURPOSE_NEAR, 0).word[0]) <
        ((const struct county_par *)r->setup->par[MODELS_COUNTY])->child_near;
    c->since = since;
    tally_birth(c, &c->person[i], 1);
    county_count(c, &c->person[i]);
    region_signal(r, SIGNAL_ADDED, i);
    return i;
}

void
county_remove(struct region *r, uint32_t row)
{
    struct county *c = county_of(r);

    BUG_IF(!c->person[row].alive);
    region_signal(r, SIGNAL_GONE, row);
    struct person *p = &c->person[row];
    county_uncount(c, p);
    tally_birth(c, p, -1);
    uint32_t *free = free_rows(c, p);
    *p = (struct person){.death_due = NEVER,
        .course_due = NEVER,
        .move_due = NEVER,
        .spouse = *free,
        .care = PERSON_NONE};
    *free = row;
}

int
county_month(const struct setup *s, int32_t t)
{
    return person_month(s->first_day + t / MINUTES_A_DAY);
}

int
county_age(int now, int born)
{
    return (now - born - 1) / 12;
}
