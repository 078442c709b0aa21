/*
 * facility.c - the stock of homes and centres, and projects that open beds on a date.
 *
 * A project opens at its date plus a delay of its own (exponential), if it is delivered
 * at all. Every bed that stands counts in the plan's total; only operating homes take
 * residents.
 */
#include "models/facility.h"

#include "models/county.h"
#include "models/models.h"
#include "sim/date.h"
#include "sim/err.h"
#include "sim/num.h"

#include <math.h>
#include <string.h>

struct facility_row {
    const char *id;
    int64_t adcode;
    const char *name, *name_zh;
    int32_t kind;
    int64_t homes, ordinary_beds, nursing_beds, operating;
};

struct project_row {
    const char *id;
    int64_t adcode;
    const char *name, *name_zh;
    int32_t kind, opens;
    int64_t ordinary_beds, nursing_beds;
    double cost_cny;
};

struct facility_out {
    int64_t beds, institution_beds, nursing_beds, homes;
    int64_t beds_opened, projects_opened;
    double construction;
};

static const char *const kinds[] = {"public_home", "handed_over_home", "private_home",
    "regional_centre", "community_centre", NULL};

static const struct field facility_columns[] = {
    {FIELD(struct facility_row, id), .unit = "1", .required = true, .doc = "unique id"},
    {FIELD(struct facility_row, adcode), .unit = "1", .required = true,
        .doc = "county"},
    {FIELD(struct facility_row, name), .unit = "1", .required = true,
        .doc = "name in English"},
    {FIELD(struct facility_row, name_zh), .unit = "1", .required = true,
        .doc = "name in Chinese"},
    {FIELD_AS(struct facility_row, kind, FIELD_CHOICE), .unit = "1", .choices = kinds,
        .required = true, .doc = "kind"},
    {FIELD(struct facility_row, homes), .unit = "1", .def = 1, .lo = 1, .hi = 1e6,
        .doc = "homes or centres that the row stands for"},
    {FIELD(struct facility_row, ordinary_beds), .unit = "bed", .lo = 0, .hi = 1e6,
        .required = true, .doc = "ordinary beds"},
    {FIELD(struct facility_row, nursing_beds), .unit = "bed", .lo = 0, .hi = 1e6,
        .required = true, .doc = "nursing beds"},
    {FIELD(struct facility_row, operating), .unit = "1", .lo = 0, .hi = 1,
        .required = true, .doc = "1 when it takes residents, else 0"},
    {.name = NULL},
};

static const struct field project_columns[] = {
    {FIELD(struct project_row, id), .unit = "1", .required = true, .doc = "unique id"},
    {FIELD(struct project_row, adcode), .unit = "1", .required = true, .doc = "county"},
    {FIELD(struct project_row, name), .unit = "1", .required = true,
        .doc = "name in English"},
    {FIELD(struct project_row, name_zh), .unit = "1", .required = true,
        .doc = "name in Chinese"},
    {FIELD_AS(struct project_row, kind, FIELD_CHOICE), .unit = "1", .choices = kinds,
        .required = true, .doc = "kind"},
    {FIELD_AS(struct project_row, opens, FIELD_DATE), .unit = "1", .required = true,
        .doc = "planned day of opening"},
    {FIELD(struct project_row, ordinary_beds), .unit = "bed", .lo = 0, .hi = 1e6,
        .required = true, .doc = "new ordinary beds"},
    {FIELD(struct project_row, nursing_beds), .unit = "bed", .lo = 0, .hi = 1e6,
        .required = true, .doc = "new nursing beds"},
    {FIELD(struct project_row, cost_cny), .unit = "CNY", .lo = 0, .hi = 1e12,
        .required = true, .doc = "cost of construction"},
    {.name = NULL},
};

static const struct field par_table[] = {
    {FIELD(struct facility_par, facilities), .unit = "1", .required = true,
        .doc = "homes and centres that stand at the start", .columns = facility_columns,
        .row_size = sizeof(struct facility_row)},
    {FIELD(struct facility_par, projects), .unit = "1",
        .doc = "projects that open beds", .columns = project_columns,
        .row_size = sizeof(struct project_row), .source = "none",
        .quality = "assumption"},
    {FIELD(struct facility_par, price_ordinary), .unit = "CNY/month", .def = 1500,
        .lo = 0, .hi = 1e5, .source = "judged within published 1,000 to 4,000",
        .quality = "assumption",
        .doc = "fee of an ordinary bed: public, handed over, private home, regional "
               "centre, community centre"},
    {FIELD(struct facility_par, price_nursing), .unit = "CNY/month", .def = 2500,
        .lo = 0, .hi = 1e5, .source = "judged within published 1,000 to 4,000",
        .quality = "assumption", .doc = "fee of a nursing bed, likewise"},
    {FIELD(struct facility_par, delay), .unit = "day", .def = 0, .lo = 0, .hi = 3650,
        .doc = "mean delay of a project after its planned day (exponential)",
        .source = "none unless the scenario says so", .quality = "assumption"},
    {FIELD(struct facility_par, delivered), .unit = "1", .def = 1, .lo = 0, .hi = 1,
        .doc = "probability that a project is built at all",
        .source = "all unless the scenario says so", .quality = "assumption"},
    {.name = NULL},
};

static const struct field out_table[] = {
    {FIELD(struct facility_out, beds), .unit = "bed",
        .doc = "beds of all homes and centres", .zh = "养老服务总床位"},
    {FIELD(struct facility_out, institution_beds), .unit = "bed",
        .doc = "beds of operating homes", .zh = "运营机构床位"},
    {FIELD(struct facility_out, nursing_beds), .unit = "bed",
        .doc = "nursing beds of operating homes", .zh = "护理型床位"},
    {FIELD(struct facility_out, homes), .unit = "1", .doc = "homes and centres",
        .zh = "养老机构和服务中心"},
    {FIELD(struct facility_out, beds_opened), .unit = "bed", .method = FIELD_SUM,
        .doc = "beds opened by projects", .zh = "新增床位"},
    {FIELD(struct facility_out, projects_opened), .unit = "1", .method = FIELD_SUM,
        .doc = "projects that opened", .zh = "建成项目"},
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

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct facility_par *par = s->par[MODELS_FACILITY];
    const struct facility_row *f = par->facilities.row;
    const struct project_row *p = par->projects.row;

    (void)tab;
    for (int64_t i = 0; i < par->facilities.n; i++)
        county_span_or(s, f[i].adcode, &par->facilities, i, report);
    for (int64_t i = 0; i < par->projects.n; i++) {
        struct place at = {par->projects.file, par->projects.line[i], 1};
        county_span_or(s, p[i].adcode, &par->projects, i, report);
        if (p[i].opens < s->first_day)
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

static struct facility
facility(const struct facility_par *par, const char *id, int kind, int64_t ordinary,
    int64_t nursing)
{
    struct facility f = {.key = key_of(id), .kind = kind, .homes = 1};

    f.bed[BED_ORDINARY] = ordinary;
    f.bed[BED_NURSING] = nursing;
    f.price[BED_ORDINARY] = (int64_t)(par->price_ordinary[kind] * 100.0);
    f.price[BED_NURSING] = (int64_t)(par->price_nursing[kind] * 100.0);
    return f;
}

static void
open_beds(struct region *r, int32_t i)
{
    struct facilities *f = r->own[MODELS_FACILITY];

    f->row[i].open = true;
    if (f->row[i].operating)
        for (int b = 0; b < BEDS; b++)
            f->operating[b] += f->row[i].bed[b];
}

static struct facility *
new_row(struct facilities *f)
{
    if (f->n == f->room) {
        f->room = f->room ? 2 * f->room : 16;
        f->row = mem_grow(f->row, (size_t)f->room, sizeof *f->row);
    }
    return &f->row[f->n++];
}

/* What region r has of a row's beds: all of its county's, its part of its group's. */
static bool
part_of(const struct region *r, int64_t code, int64_t bed[BEDS])
{
    struct county_span span = county_span_of(r->setup, code);
    int k = (int)r->index - span.first;

    if (k < 0 || k >= span.n)
        return false;
    for (int b = 0; b < BEDS; b++)
        bed[b] = county_part(&span, k, bed[b]);
    return true;
}

static void
add_facility(struct region *r, const struct facility_row *row)
{
    const struct facility_par *par = r->setup->par[MODELS_FACILITY];
    struct facilities *f = r->own[MODELS_FACILITY];
    int64_t bed[BEDS] = {row->ordinary_beds, row->nursing_beds};

    if (!part_of(r, row->adcode, bed))
        return;
    struct facility *x = new_row(f);
    *x = facility(par, row->id, row->kind, bed[BED_ORDINARY], bed[BED_NURSING]);
    x->homes = row->homes;
    x->operating = row->operating != 0;
    open_beds(r, f->n - 1);
}

/* A project's fate belongs to the project: its key, not the moment, decides. */
static void
add_project(struct region *r, const struct project_row *row, uint32_t line)
{
    const struct facility_par *par = r->setup->par[MODELS_FACILITY];
    struct facilities *f = r->own[MODELS_FACILITY];
    int64_t bed[BEDS] = {row->ordinary_beds, row->nursing_beds};

    if (!part_of(r, row->adcode, bed))
        return;
    struct facility *x = new_row(f);
    *x = facility(par, row->id, row->kind, bed[BED_ORDINARY], bed[BED_NURSING]);
    x->operating = row->kind != COMMUNITY_CENTRE;
    struct rng_block b = rng_block(r->run, x->key, PURPOSE_PROJECT, 0);
    double t = (double)(row->opens - r->setup->first_day) * MINUTES_A_DAY;
    if (rng_uniform32(b.word[0]) >= par->delivered)
        return;
    t += ceil(-num_log(rng_uniform32(b.word[1])) * par->delay * MINUTES_A_DAY);
    region_schedule(r, MODELS_FACILITY, 0, (uint32_t)(f->n - 1), line,
        t < r->setup->end ? (int32_t)t : NEVER);
}

static void
start(struct region *r)
{
    const struct facility_par *par = r->setup->par[MODELS_FACILITY];
    const struct facility_row *row = par->facilities.row;
    const struct project_row *project = par->projects.row;
    struct facilities *f = mem_alloc(1, sizeof *f);

    r->own[MODELS_FACILITY] = f;
    for (int64_t i = 0; i < par->facilities.n; i++)
        add_facility(r, &row[i]);
    for (int64_t i = 0; i < par->projects.n; i++)
        add_project(r, &project[i], (uint32_t)i);
}

static void
finish(struct region *r)
{
    struct facilities *f = r->own[MODELS_FACILITY];

    mem_free(f->row);
    mem_free(f);
}

static void
opens(struct region *r, const struct event *e)
{
    const struct facility_par *par = r->setup->par[MODELS_FACILITY];
    const struct project_row *project = par->projects.row;
    struct facility_out *out = r->out[MODELS_FACILITY];
    const struct facilities *f = r->own[MODELS_FACILITY];
    const struct facility *row = &f->row[e->subject];

    BUG_IF(row->open);
    open_beds(r, (int32_t)e->subject);
    out->projects_opened++;
    out->beds_opened += row->bed[BED_ORDINARY] + row->bed[BED_NURSING];
    out->construction += project[e->serial].cost_cny;
    region_signal(r, SIGNAL_BEDS, e->subject);
}

static void
observe(struct region *r)
{
    struct facility_out *out = r->out[MODELS_FACILITY];
    const struct facilities *f = r->own[MODELS_FACILITY];

    out->institution_beds = f->operating[BED_ORDINARY] + f->operating[BED_NURSING];
    out->nursing_beds = f->operating[BED_NURSING];
    for (int32_t i = 0; i < f->n; i++) {
        if (!f->row[i].open)
            continue;
        out->homes += f->row[i].homes;
        out->beds += f->row[i].bed[BED_ORDINARY] + f->row[i].bed[BED_NURSING];
    }
}
