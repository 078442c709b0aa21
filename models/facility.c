/*
 * facility.c - the stock of sites, and projects that open more on a date.
 *
 * A project opens at its date plus a delay of its own (exponential), if it is delivered
 * at all. Every place that stands counts in the plan's total; only operating sites take
 * users. What else may happen to the stock is in stock.c.
 */
#include "models/facility.h"

#include "models/county.h"
#include "models/ledger.h"
#include "models/models.h"
#include "models/stock.h"
#include "sim/date.h"
#include "sim/err.h"
#include "sim/num.h"

#include <math.h>
#include <string.h>

/* A row of either table; what stands at the start has no date, payer and cost. */
struct site_row {
    const char *id;
    int64_t adcode;
    const char *name, *name_zh, *kind;
    int64_t homes, ordinary_beds, nursing_beds, dementia_beds, places;
    int64_t operating, lease;
    int32_t opens, payer;
    double cost_cny;
};

#define SITE struct site_row
static const struct field columns[] = {
    {FIELD(SITE, id), .unit = "1", .required = true, .doc = "unique id"},
    {FIELD(SITE, adcode), .unit = "1", .required = true, .doc = "county"},
    {FIELD(SITE, name), .unit = "1", .required = true, .doc = "name in English"},
    {FIELD(SITE, name_zh), .unit = "1", .required = true, .doc = "name in Chinese"},
    {FIELD(SITE, kind), .unit = "1", .required = true,
        .doc = "kind of supplier, a name of service.services"},
    {FIELD(SITE, homes), .unit = "1", .def = 1, .lo = 0, .hi = 1e6,
        .doc = "sites that the row stands for"},
    {FIELD(SITE, ordinary_beds), .unit = "bed", .lo = 0, .hi = 1e7,
        .doc = "ordinary beds"},
    {FIELD(SITE, nursing_beds), .unit = "bed", .lo = 0, .hi = 1e7,
        .doc = "nursing beds"},
    {FIELD(SITE, dementia_beds), .unit = "bed", .lo = 0, .hi = 1e7,
        .doc = "beds for people with dementia"},
    {FIELD(SITE, places), .unit = "1", .lo = 0, .hi = 1e8,
        .doc = "places of what is no residence"},
    {FIELD(SITE, operating), .unit = "1", .def = 1, .lo = 0, .hi = 1,
        .doc = "1 when it takes users, else 0"},
    {FIELD(SITE, lease), .unit = "1", .lo = 0, .hi = 1,
        .doc = "1 when the building is leased"},
    {FIELD_AS(SITE, opens, FIELD_DATE), .unit = "1",
        .doc = "planned day of opening; projects only, which must have it"},
    {FIELD_AS(SITE, payer, FIELD_CHOICE), .unit = "1", .choices = payment_choices,
        .doc = "who pays for construction; projects only"},
    {FIELD(SITE, cost_cny), .unit = "CNY", .lo = 0, .hi = 1e12,
        .doc = "cost of construction; projects only"},
    {.name = NULL},
};

static const struct field par_table[] = {
    {FIELD(struct facility_par, facilities), .unit = "1", .required = true,
        .doc = "homes and centres that stand at the start", .columns = columns,
        .row_size = sizeof(struct site_row)},
    {FIELD(struct facility_par, projects), .unit = "1",
        .doc = "projects that open beds", .columns = columns,
        .row_size = sizeof(struct site_row), .source = "none", .quality = "assumption"},
    {FIELD(struct facility_par, delay), .unit = "day", .def = 0, .lo = 0, .hi = 3650,
        .doc = "mean delay of a project after its planned day (exponential)",
        .source = "none unless the scenario says so", .quality = "assumption"},
    {FIELD(struct facility_par, delivered), .unit = "1", .def = 1, .lo = 0, .hi = 1,
        .doc = "probability that a project is built at all",
        .source = "all unless the scenario says so", .quality = "assumption"},
    {FIELD(struct facility_par, large), .unit = "bed", .def = 100, .lo = 1, .hi = 1e5,
        .doc = "beds a site from which it counts as large",
        .source = "Yuxi's plan: a model public home has 100 beds or more",
        .quality = "plan_statement"},
    {.name = NULL},
};

static const struct field out_table[] = {
    {FIELD(struct facility_out, beds), .unit = "bed",
        .doc = "beds of all homes and centres", .zh = "养老服务总床位"},
    {FIELD(struct facility_out, institution_beds), .unit = "bed",
        .doc = "beds of operating homes", .zh = "运营机构床位"},
    {FIELD(struct facility_out, nursing_beds), .unit = "bed",
        .doc = "nursing beds of operating homes", .zh = "护理型床位"},
    {FIELD(struct facility_out, private_beds), .unit = "bed",
        .doc = "beds of operating homes that are run privately, handed over or owned",
        .zh = "社会力量运营床位"},
    {FIELD(struct facility_out, homes), .unit = "1", .doc = "homes and centres",
        .zh = "养老机构和服务中心"},
    {FIELD(struct facility_out, beds_opened), .unit = "bed", .method = FIELD_SUM,
        .doc = "beds opened by projects", .zh = "新增床位"},
    {FIELD(struct facility_out, projects_opened), .unit = "1", .method = FIELD_SUM,
        .doc = "projects that opened", .zh = "建成项目"},
    {FIELD(struct facility_out, new_beds), .unit = "bed", .method = FIELD_SUM,
        .doc = "beds that were added, by projects and otherwise", .zh = "全部新增床位"},
    {FIELD(struct facility_out, new_public_beds), .unit = "bed", .method = FIELD_SUM,
        .doc = "of these in public homes, handed over or not", .zh = "新增公办床位"},
    {FIELD(struct facility_out, new_public_nursing), .unit = "bed", .method = FIELD_SUM,
        .doc = "of these nursing beds", .zh = "新增公办护理型床位"},
    {FIELD(struct facility_out, construction), .unit = "CNY", .method = FIELD_SUM,
        .doc = "cost of the projects that opened", .zh = "建设投资"},
    {.name = NULL},
};

static void opens(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"open project", opens, "a project opens its beds"},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);
static void start(struct region *r);
static void finish(struct region *r);
static void observe(struct region *r);

const struct model facility_model = {
    .name = "facility",
    .doc = "homes, centres, their beds, and projects that open more",
    .source = "the plan's stock and project list",
    .par_size = sizeof(struct facility_par),
    .par = par_table,
    .prepare = prepare,
    .out_size = sizeof(struct facility_out),
    .out = out_table,
    .handlers = handlers,
    .start = start,
    .finish = finish,
    .observe = observe,
};

/* Beds for a residence, places for the rest. */
static void
check_places(const struct service_row *service, const struct site_row *row,
    struct place at, struct report *report)
{
    int64_t beds = row->ordinary_beds + row->nursing_beds + row->dementia_beds;

    if (service->kind == RESIDENCE && row->places > 0)
        report_mistake(report, at,
            "'%s' has %lld places, expected beds: '%s' is a "
            "residence",
            row->id, (long long)row->places, service->name);
    if (service->kind != RESIDENCE && beds > 0)
        report_mistake(report, at,
            "'%s' has %lld beds, expected places: '%s' is no "
            "residence",
            row->id, (long long)beds, service->name);
}

static void
check_rows(const struct setup *s, const struct rows *rows, struct report *report)
{
    const struct site_row *row = rows->row;

    for (int64_t i = 0; i < rows->n; i++) {
        struct place at = {rows->file, rows->line[i], 1};
        county_span_or(s, row[i].adcode, rows, i, report);
        int service = service_find_or(s, row[i].kind, rows, i, report);
        if (service >= 0)
            check_places(&service_of(s)->row[service], &row[i], at, report);
    }
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct facility_par *par = s->par[MODELS_FACILITY];
    const struct site_row *p = par->projects.row;

    (void)tab;
    check_rows(s, &par->facilities, report);
    check_rows(s, &par->projects, report);
    for (int64_t i = 0; i < par->projects.n; i++) {
        struct place at = {par->projects.file, par->projects.line[i], 1};
        if (p[i].opens == 0)
            report_mistake(
                report, at, "project '%s' has no day of opening ('opens')", p[i].id);
        else if (p[i].opens < s->first_day)
            report_mistake(
                report, at, "project '%s' opens before the run starts", p[i].id);
        for (int64_t k = 0; k < i; k++)
            if (strcmp(p[k].id, p[i].id) == 0)
                report_mistake(report, at, "project '%s' stands also in line %d",
                    p[i].id, par->projects.line[k]);
    }
}

static uint64_t
key_of(const char *id)
{
    uint64_t key = 0;

    for (; *id != '\0'; id++)
        key = rng_mix(key, (unsigned char)*id);
    return key;
}

struct facilities *
facility_of(const struct region *r)
{
    return r->own[MODELS_FACILITY];
}

int64_t
facility_part(const struct region *r, int64_t code, int64_t total)
{
    struct county_span span = county_span_of(r->setup, code);
    int k = (int)r->index - span.first;

    return k < 0 || k >= span.n ? 0 : county_part(&span, k, total);
}

/* What region r has of an input's row; false when it is another county's. A county of
 * a group has its part of the places, and every site stands for itself. */
static bool
site(const struct region *r, const struct site_row *row, struct facility *x)
{
    struct county_span span = county_span_of(r->setup, row->adcode);
    int k = (int)r->index - span.first;

    if (k < 0 || k >= span.n)
        return false;
    int64_t all[BEDS] = {
        row->ordinary_beds + row->places, row->nursing_beds, row->dementia_beds};
    *x = (struct facility){.key = key_of(row->id),
        .service = service_find(r->setup, row->kind),
        .homes = span.n > 1 && row->homes > 1 ? county_part(&span, k, row->homes)
                                              : row->homes,
        .operating = row->operating != 0,
        .lease = row->lease != 0,
        .since = -1};
    for (int b = 0; b < BEDS; b++)
        x->bed[b] = county_part(&span, k, all[b]);
    return true;
}

/* A project's fate belongs to the project: its key, not the moment, decides. */
static void
add_project(struct region *r, const struct site_row *row, uint32_t line)
{
    const struct facility_par *par = r->setup->par[MODELS_FACILITY];
    struct facility x;

    if (!site(r, row, &x))
        return;
    int32_t i = stock_add(r, &x);
    struct rng_block b = rng_block(r->run, x.key, PURPOSE_PROJECT, 0);
    double t = (double)(row->opens - r->setup->first_day) * MINUTES_A_DAY;
    if (rng_uniform32(b.word[0]) >= par->delivered)
        return;
    t += ceil(-num_log(rng_uniform32(b.word[1])) * par->delay * MINUTES_A_DAY);
    region_schedule(r, MODELS_FACILITY, 0, (uint32_t)i, line,
        t < r->setup->end ? (int32_t)t : NEVER);
}

static void
start(struct region *r)
{
    const struct facility_par *par = r->setup->par[MODELS_FACILITY];
    const struct site_row *row = par->facilities.row, *project = par->projects.row;
    struct facilities *f = mem_alloc(1, sizeof *f);
    struct facility x;

    f->sites = mem_alloc((size_t)service_of(r->setup)->n + 1, sizeof *f->sites);
    r->own[MODELS_FACILITY] = f;
    for (int64_t i = 0; i < par->facilities.n; i++)
        if (site(r, &row[i], &x))
            stock_open(r, stock_add(r, &x));
    for (int64_t i = 0; i < par->projects.n; i++)
        add_project(r, &project[i], (uint32_t)i);
}

static void
finish(struct region *r)
{
    struct facilities *f = facility_of(r);

    mem_free(f->row);
    mem_free(f->sites);
    mem_free(f);
}

/* A county of a group pays its part. */
static void
pay(struct region *r, const struct site_row *project, int owner)
{
    struct facility_out *out = r->out[MODELS_FACILITY];
    int64_t all = (int64_t)floor(100.0 * project->cost_cny + 0.5);
    int64_t fen = facility_part(r, project->adcode, all);

    out->construction += (double)fen / 100.0;
    ledger_pay(r, payment_choice(project->payer, owner), ACCOUNT_BUILDERS,
        PAY_CONSTRUCTION, fen);
}

static void
opens(struct region *r, const struct event *e)
{
    const struct facility_par *par = r->setup->par[MODELS_FACILITY];
    const struct site_row *project = (const struct site_row *)par->projects.row;
    struct facility_out *out = r->out[MODELS_FACILITY];
    const struct facility *x = &facility_of(r)->row[e->subject];

    BUG_IF(x->open);
    out->projects_opened++;
    int owner = service_of(r->setup)->row[x->service].owner;
    if (service_of(r->setup)->row[x->service].kind == RESIDENCE)
        out->beds_opened +=
            x->bed[BED_ORDINARY] + x->bed[BED_NURSING] + x->bed[BED_DEMENTIA];
    pay(r, &project[e->serial], owner);
    stock_open(r, (int32_t)e->subject);
    region_signal(r, SIGNAL_BEDS, e->subject);
}

/* Beds of residences, also of those that take guests: a registered home counts. */
static void
observe(struct region *r)
{
    struct facility_out *out = r->out[MODELS_FACILITY];
    const struct facilities *f = facility_of(r);
    const struct service_tab *t = service_of(r->setup);

    for (int32_t i = 0; i < f->n; i++) {
        const struct facility *x = &f->row[i];
        int64_t nursing = x->bed[BED_NURSING] + x->bed[BED_DEMENTIA];
        if (!x->open || t->row[x->service].kind != RESIDENCE)
            continue;
        out->homes += x->homes;
        out->beds += x->bed[BED_ORDINARY] + nursing;
        out->institution_beds += x->operating ? x->bed[BED_ORDINARY] + nursing : 0;
        out->nursing_beds += x->operating ? nursing : 0;
        out->private_beds += x->operating && t->row[x->service].owner != OWNER_PUBLIC
                                 ? x->bed[BED_ORDINARY] + nursing
                                 : 0;
    }
}
