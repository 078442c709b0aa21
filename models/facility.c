/*
 * facility.c - the stock of homes and centres, and projects that open beds on a date.
 *
 * A project opens at its date plus a delay of its own (exponential), if it is delivered at
 * all. Every bed that stands counts in the plan's total; only operating homes take
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

/* Which rows belong to a region. */
struct facility_tab {
    int *facility_region, *project_region; /* [rows] */
};

const struct model facility_model = {
    .name = "facility",
    .doc = "homes, centres, their beds, and projects that open more",
    .source = "the plan's stock and project list",
    .par_size = sizeof(struct facility_par),
    .par = par_table,
    .tab_size = sizeof(struct facility_tab),
    .prepare = prepare,
    .out_size = sizeof(struct facility_out),
    .out = out_table,
    .handlers = handlers,
    .start = start,
    .finish = finish,
    .observe = observe,
};

/* The region of a row's county and a check of its id, which must be unique. */
static int
place_row(const struct setup *s, const struct rows *rows, int64_t i, int64_t code,
    struct report *report)
{
    for (int k = 0; k < s->n_regions; k++)
        if (s->region[k].code == (uint64_t)code)
            return k;
    report_mistake(report, (struct place){rows->file, rows->line[i], 1},
        "county %lld is not in the table of counties", (long long)code);
    return -1;
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct facility_par *par = s->par[MODELS_FACILITY];
    const struct facility_row *f = par->facilities.row;
    const struct project_row *p = par->projects.row;
    struct facility_tab *t = tab;

    t->facility_region =
        mem_arena(&s->arena, (size_t)par->facilities.n + 1, sizeof(int));
    t->project_region = mem_arena(&s->arena, (size_t)par->projects.n + 1, sizeof(int));
    for (int64_t i = 0; i < par->facilities.n; i++)
        t->facility_region[i] = place_row(s, &par->facilities, i, f[i].adcode, report);
    for (int64_t i = 0; i < par->projects.n; i++) {
        struct place at = {par->projects.file, par->projects.line[i], 1};
        t->project_region[i] = place_row(s, &par->projects, i, p[i].adcode, report);
        if (p[i].opens < s->first_day)
            report_mistake(report, at, "project '%s' opens before the run starts",
                p[i].id);
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

/* A project's fate belongs to the project: its key, not the moment, decides. */
static void
plan_project(struct region *r, const struct project_row *row, int32_t i, uint32_t line)
{
    const struct facility_par *par = r->setup->par[MODELS_FACILITY];
    struct facilities *f = r->own[MODELS_FACILITY];
    struct rng_block b = rng_block(r->run, f->row[i].key, PURPOSE_PROJECT, 0);
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
    const struct facility_tab *t = r->setup->tab[MODELS_FACILITY];
    const struct facility_row *row = par->facilities.row;
    const struct project_row *project = par->projects.row;
    struct facilities *f = mem_alloc(1, sizeof *f);

    r->own[MODELS_FACILITY] = f;
    f->row = mem_alloc((size_t)(par->facilities.n + par->projects.n), sizeof *f->row);
    for (int64_t i = 0; i < par->facilities.n; i++) {
        if (t->facility_region[i] != (int)r->index)
            continue;
        f->row[f->n] = facility(par, row[i].id, row[i].kind, row[i].ordinary_beds,
            row[i].nursing_beds);
        f->row[f->n].homes = row[i].homes;
        f->row[f->n].operating = row[i].operating != 0;
        open_beds(r, f->n++);
    }
    for (int64_t i = 0; i < par->projects.n; i++) {
        if (t->project_region[i] != (int)r->index)
            continue;
        f->row[f->n] = facility(par, project[i].id, project[i].kind,
            project[i].ordinary_beds, project[i].nursing_beds);
        f->row[f->n].operating = project[i].kind != COMMUNITY_CENTRE;
        plan_project(r, &project[i], f->n++, (uint32_t)i);
    }
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
