/*
 * county.c - regions are counties; this model reads their table and owns their state.
 */
#include "models/county.h"

#include "models/models.h"
#include "sim/date.h"
#include "sim/err.h"

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

static const struct field par_table[] = {
    {FIELD(struct county_par, table), .unit = "1", .required = true,
        .doc = "counties that take part", .columns = row_table,
        .row_size = sizeof(struct county_row)},
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
    .start = start,
    .finish = finish,
};

/* Sorts by adcode, so that the order of listing changes nothing. */
static void
sorted(const struct rows *rows, const struct county_row **row)
{
    const struct county_row *all = rows->row;

    for (int64_t i = 0; i < rows->n; i++) {
        int64_t k = i;
        for (; k > 0 && row[k - 1]->adcode > all[i].adcode; k--)
            row[k] = row[k - 1];
        row[k] = &all[i];
    }
}

static void
check(const struct setup *s, const struct rows *rows, struct report *report)
{
    const struct county_row *all = rows->row;
    struct place top = {rows->file, 0, 0};

    if (date_of(s->first_day).day != 1)
        report_mistake(report, (struct place){NULL, 0, 0},
            "a run starts on the first day of a month, so that ages at month ends are "
            "exact");
    if (rows->n == 0)
        report_mistake(report, top, "the table of counties is empty, expected a row each");
    for (int64_t i = 0; i < rows->n; i++)
        for (int64_t k = 0; k < i; k++)
            if (all[k].adcode == all[i].adcode)
                report_mistake(report, (struct place){rows->file, rows->line[i], 1},
                    "county %lld stands also in line %d, expected one row each",
                    (long long)all[i].adcode, rows->line[k]);
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct county_par *par = s->par[MODELS_COUNTY];
    struct county_tab *t = tab;
    int n = (int)par->table.n;

    check(s, &par->table, report);
    t->row = mem_arena(&s->arena, (size_t)n + 1, sizeof *t->row);
    sorted(&par->table, t->row);
    t->first_month = person_month(s->first_day);
    t->months = person_month(s->last_day) + 1;
    s->n_regions = n;
    s->region = mem_arena(&s->arena, (size_t)n + 1, sizeof *s->region);
    for (int i = 0; i < n; i++)
        s->region[i] = (struct region_name){.code = (uint64_t)t->row[i]->adcode,
            .name = t->row[i]->name_en,
            .name_zh = t->row[i]->name_zh,
            .load = t->row[i]->population};
}

static void
start(struct region *r)
{
    const struct county_tab *tab = r->setup->tab[MODELS_COUNTY];
    struct county *c = mem_alloc(1, sizeof *c);

    r->state = c;
    *c = (struct county){.region = r,
        .row = tab->row[r->index],
        .free = PERSON_NONE,
        .months = tab->months};
    c->capacity = (uint32_t)(c->row->population * 1.25) + 1024;
    c->person = mem_large(c->capacity, sizeof *c->person);
    c->born = mem_alloc((size_t)c->months, sizeof *c->born);
    c->elder = mem_alloc((size_t)c->months, sizeof *c->elder);
    r->record = (const unsigned char *)c->person;
    r->record_size = sizeof *c->person;
}

static void
finish(struct region *r)
{
    struct county *c = county_of(r);

    mem_large_free(c->person, c->capacity, sizeof *c->person);
    mem_free(c->born);
    mem_free(c->elder);
    mem_free(c);
    r->state = NULL;
}

struct county *
county_of(const struct region *r)
{
    return r->state;
}

static void
tally(struct county *c, const struct person *p, int by)
{
    uint32_t one = (uint32_t)by; /* wraps: subtraction is addition of 2^32 - 1 */

    c->people += by;
    c->born[p->month][p->sex] += one;
    if (!p->elder)
        return;
    c->elder[p->month][p->sex][p->grade] += one;
    c->income[p->income] += by;
    c->urban += p->residence == URBAN ? by : 0;
    if (p->place == RESIDENT)
        c->residents += by;
    else
        c->living[p->living] += by;
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

static uint32_t
new_row(struct county *c)
{
    if (c->free != PERSON_NONE) {
        uint32_t i = c->free;
        c->free = c->person[i].spouse;
        return i;
    }
    if (c->n == c->capacity) {
        uint32_t more = c->capacity + c->capacity / 2;
        c->person = mem_large_grow(c->person, c->capacity, more, sizeof *c->person);
        c->capacity = more;
        c->region->record = (const unsigned char *)c->person;
    }
    return c->n++;
}

uint32_t
county_add(struct region *r, const struct person *p, int32_t since)
{
    struct county *c = county_of(r);
    uint32_t i = new_row(c);

    c->person[i] = *p;
    c->person[i].alive = true;
    c->since = since;
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
    *p = (struct person){.death_due = NEVER,
        .course_due = NEVER,
        .move_due = NEVER,
        .spouse = c->free,
        .care = PERSON_NONE};
    c->free = row;
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
