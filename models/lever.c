/*
 * lever.c - reads the levers, schedules what they do, books what they changed.
 */
#include "models/lever.h"

#include "models/axes.h"
#include "models/care.h"
#include "models/cases.h"
#include "models/lever_check.h"
#include "models/lever_kind.h"
#include "models/lever_people.h"
#include "models/lever_plan.h"
#include "models/models.h"
#include "models/stock.h"
#include "sim/date.h"

#include <math.h>
#include <string.h>

static const char *const staffs[] = {
    "none", "caregiver", "home_carer", "social_worker", "child_carer", NULL};
static const char *const beds[] = {"any", "ordinary", "nursing", "dementia", NULL};
static const char *const incomes[] = {
    "any", "destitute", "allowance", "resident_pension", "employee_pension", NULL};
static const char *const rules[] = {
    "none", "priority", "first_come", "accumulating", "quota", NULL};
static const char *const payers[] = {"county", "prefecture", "province", "lottery",
    "charity", "insurance", "operator", NULL};

#define ROW struct lever_row
#define CHOICE(member, names) \
    FIELD_AS(ROW, member, FIELD_CHOICE), .unit = "1", .choices = (names)

const struct field lever_columns[] = {
    {FIELD(ROW, name), .unit = "1", .required = true, .doc = "unique name"},
    {FIELD(ROW, title), .unit = "1", .doc = "name in English"},
    {FIELD(ROW, title_zh), .unit = "1", .doc = "name in Chinese"},
    {CHOICE(kind, lever_kind_names), .required = true,
        .doc = "what it does; see carecap list levers"},
    {FIELD(ROW, service), .unit = "1", .doc = "a name of service.services"},
    {FIELD(ROW, to_service), .unit = "1", .doc = "what sites of the service become"},
    {CHOICE(staff, staffs), .doc = "kind of staff"},
    {CHOICE(bed, beds), .doc = "type of bed; any: ordinary"},
    {CHOICE(income_to, incomes), .doc = "highest income class that it is for"},
    {FIELD(ROW, grade_from), .unit = "1", .def = -1, .lo = -1, .hi = 4,
        .doc = "lowest care grade that it is for; -1: not said"},
    {CHOICE(rule, rules), .doc = "who is next for a free place"},
    {CHOICE(payer, payers), .doc = "who pays cost_cny"},
    {FIELD(ROW, adcode), .unit = "1", .def = 0, .lo = 0, .hi = 1e9,
        .doc = "county or group; 0: all counties, amounts shared by people 60+"},
    {FIELD(ROW, each), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "1 when amount and homes are of each county"},
    {FIELD_AS(ROW, from, FIELD_DATE), .unit = "1",
        .doc = "first day; the start of the run unless given"},
    {FIELD_AS(ROW, to, FIELD_DATE), .unit = "1",
        .doc = "last day; the end of the run unless given"},
    {FIELD(ROW, amount), .unit = "1", .def = 0, .lo = 0, .hi = 1e7,
        .doc = "places, beds, people, pieces or sites in all, evenly over the time"},
    {FIELD(ROW, homes), .unit = "1", .def = 0, .lo = 0, .hi = 1e6,
        .doc = "sites in all, evenly over the time"},
    {FIELD(ROW, lease), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "1 when the building is leased"},
    {FIELD(ROW, lag), .unit = "day", .def = 0, .lo = 0, .hi = 36500,
        .doc = "mean delay of a unit, or time of works (exponential)"},
    {FIELD(ROW, ramp), .unit = "day", .def = 0, .lo = 0, .hi = 36500,
        .doc = "time over which it is phased in, in steps of a month"},
    {FIELD(ROW, delivered), .unit = "1", .def = 1, .lo = 0, .hi = 1,
        .doc =
            "probability that a unit comes, or that it comes into force in a county"},
    {FIELD(ROW, value), .unit = "1", .def = -1, .lo = -1, .hi = 1e7,
        .doc = "factor, share or CNY, as the kind says; -1: not given"},
    {FIELD(ROW, cost_cny), .unit = "CNY", .def = 0, .lo = 0, .hi = 1e10,
        .doc = "cost of one of amount"},
    {FIELD(ROW, source), .unit = "1", .doc = "where the row comes from"},
    {FIELD(ROW, quality), .unit = "1", .doc = "how much it is to be trusted"},
    {.name = NULL},
};

static const struct field par_table[] = {
    {FIELD(struct lever_par, levers), .unit = "1", .keyed = true,
        .doc = "dated policy levers, one row each", .columns = lever_columns,
        .row_size = sizeof(ROW)},
    {.name = NULL},
};

#define OUT struct lever_out
static const struct field out_table[] = {
    {FIELD(OUT, lever_effect), .unit = "1", .method = FIELD_SUM, .zh = "政策措施效果",
        .doc = "what is so because of a lever, in the unit of its kind"},
    {FIELD(OUT, lever_cost), .unit = "CNY", .method = FIELD_SUM, .zh = "政策措施支出",
        .doc = "what a lever costs"},
    {FIELD(OUT, lever_units), .unit = "1", .method = FIELD_SUM, .zh = "政策措施完成量",
        .doc = "units of a lever that were delivered, counties in which it came into "
               "force"},
    {.name = NULL},
};

enum { UNIT, FORCE, MONTH, OPEN };
static void unit(struct region *r, const struct event *e);
static void force(struct region *r, const struct event *e);
static void month(struct region *r, const struct event *e);
static void opens(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"lever delivers", unit, "a unit of a lever is delivered"},
    {"lever changes", force, "a lever comes into force, is phased in, or ends"},
    {"lever month", month, "a month of a lever that works every month"},
    {"converted site opens", opens, "the works at a site are done"},
    {.name = NULL},
};

static void piece(struct region *r, uint32_t i);
static void (*const on[SIGNALS])(struct region *, uint32_t) = {[SIGNAL_PIECE] = piece};

static void prepare(struct setup *s, void *tab, struct report *report);
static const struct axis *items(const struct setup *s);
static void start(struct region *r);
static void finish(struct region *r);
static void observe(struct region *r);

const struct model lever_model = {
    .name = "lever",
    .doc = "dated policy levers and what each has changed",
    .source = "the scenario's rows",
    .par_size = sizeof(struct lever_par),
    .par = par_table,
    .tab_size = sizeof(struct lever_tab),
    .prepare = prepare,
    .out_size = sizeof(OUT),
    .out = out_table,
    .items = items,
    .handlers = handlers,
    .start = start,
    .finish = finish,
    .observe = observe,
    .on = on,
    .n_signals = SIGNALS,
};

const struct lever_tab *
lever_of(const struct setup *s)
{
    return s->tab[MODELS_LEVER];
}

struct levers *
lever_state(const struct region *r)
{
    return r->own[MODELS_LEVER];
}

static const struct axis *
items(const struct setup *s)
{
    return &lever_of(s)->axis;
}

static uint64_t
key_of(const char *name)
{
    uint64_t key = 0;

    for (; *name != '\0'; name++)
        key = rng_mix(key, (unsigned char)*name);
    return key;
}

uint64_t
lever_key(const struct region *r, int lever)
{
    return rng_mix(lever_of(r->setup)->plan[lever].key, r->code);
}

bool
lever_covers(const struct setup *s, int lever, int service)
{
    int named = lever_of(s)->plan[lever].service;

    return service == named || service_of(s)->desk[service] == named;
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct lever_par *par = s->par[MODELS_LEVER];
    struct lever_tab *t = tab;
    size_t n = (size_t)par->levers.n;
    const char **label = mem_arena(&s->arena, n + 1, sizeof *label);
    const char **label_zh = mem_arena(&s->arena, n + 1, sizeof *label_zh);

    t->n = (int)par->levers.n;
    t->row = par->levers.row;
    t->plan = mem_arena(&s->arena, n + 1, sizeof *t->plan);
    for (int i = 0; i < t->n; i++) {
        t->plan[i].key = key_of(t->row[i].name);
        label[i] = t->row[i].name;
        label_zh[i] = t->row[i].title_zh != NULL ? t->row[i].title_zh : t->row[i].name;
    }
    t->axis = (struct axis){.name = "lever",
        .doc = "policy lever, by its name in the scenario",
        .zh = "政策措施",
        .unit = "1",
        .n = t->n,
        .label = label,
        .label_zh = label_zh};
    lever_check(s, t, &par->levers, report);
    if (report->mistakes == 0)
        lever_plan_make(s, t);
}

static struct lever_out *
out_of(const struct region *r, int lever)
{
    return (struct lever_out *)r->out[MODELS_LEVER] + lever;
}

/* The one place where levers spend. */
static void
pay(struct region *r, int lever, double cny)
{
    out_of(r, lever)->lever_cost += cny;
}

static void
book(struct region *r, int lever, struct lever_done done)
{
    const struct lever_row *row = &lever_of(r->setup)->row[lever];

    out_of(r, lever)->lever_units += done.units;
    out_of(r, lever)->lever_effect += done.effect;
    if (done.units > 0)
        pay(r, lever, (double)done.units * row->cost_cny);
}

/* What holds when all levers that are in force do, but `left_out`; -1: all. */
static void
combine(const struct region *r, int left_out, struct policy *p)
{
    const struct lever_tab *t = lever_of(r->setup);
    const struct levers *l = lever_state(r);

    policy_copy(p, &l->base, r);
    for (int i = 0; i < t->n; i++)
        if (i != left_out && l->strength[i] > 0.0 && t->plan[i].kind->apply != NULL)
            t->plan[i].kind->apply(p, r->setup, i, l->strength[i]);
}

static void
renew(struct region *r)
{
    struct levers *l = lever_state(r);

    combine(r, -1, &l->spare);
    policy_enact(&l->spare, &l->now, r);
    policy_copy(&l->now, &l->spare, r);
}

/* Steps in which a lever is phased in. */
static uint32_t
steps(const struct region *r, int lever)
{
    double months = lever_of(r->setup)->row[lever].ramp / (365.2425 / 12.0);

    return months > 1.0 ? (uint32_t)ceil(months) : 1;
}

/* Comes into force in equal steps, the last of which is the first moment at full
 * strength; ends at once. */
static void
schedule_force(struct region *r, int lever)
{
    const struct lever_plan *p = &lever_of(r->setup)->plan[lever];
    int32_t t = lever_plan_begin(r, lever);
    uint32_t n = steps(r, lever);
    double step = lever_of(r->setup)->row[lever].ramp * MINUTES_A_DAY / n;

    if (t == NEVER)
        return;
    for (uint32_t k = 1; k <= n; k++)
        if (t + (k - 1) * step < fmin(p->to, r->setup->end))
            region_schedule(r, MODELS_LEVER, FORCE, (uint32_t)lever, k,
                (int32_t)(t + (k - 1) * step));
    if (p->to < r->setup->end)
        region_schedule(
            r, MODELS_LEVER, FORCE, (uint32_t)lever, UINT32_MAX, (int32_t)p->to);
    if (p->kind->month != NULL)
        region_schedule(r, MODELS_LEVER, MONTH, (uint32_t)lever, 0, t);
}

static void
start(struct region *r)
{
    const struct lever_tab *t = lever_of(r->setup);
    struct levers *l = mem_alloc(1, sizeof *l);

    r->own[MODELS_LEVER] = l;
    l->strength = mem_alloc((size_t)t->n + 1, sizeof *l->strength);
    l->pieces = mem_alloc((size_t)t->n + 1, sizeof *l->pieces);
    policy_init(&l->base, r);
    policy_init(&l->now, r);
    policy_init(&l->spare, r);
    for (int i = 0; i < t->n; i++) {
        const struct lever_part *part = &t->plan[i].part[r->index];
        if (!part->here)
            continue;
        if (t->plan[i].kind->apply != NULL || t->plan[i].kind->month != NULL)
            schedule_force(r, i);
        for (int64_t k = 0; t->plan[i].kind->deliver != NULL && k < part->n; k++)
            region_schedule(r, MODELS_LEVER, UNIT, (uint32_t)i, (uint32_t)k,
                lever_plan_unit(r, i, k));
    }
}

static void
finish(struct region *r)
{
    struct levers *l = lever_state(r);

    policy_free(&l->base);
    policy_free(&l->now);
    policy_free(&l->spare);
    mem_free(l->strength);
    mem_free(l->pieces);
    mem_free(l);
}

static void
unit(struct region *r, const struct event *e)
{
    int lever = (int)e->subject;

    book(r, lever, lever_of(r->setup)->plan[lever].kind->deliver(r, lever, e->serial));
}

static void
force(struct region *r, const struct event *e)
{
    int lever = (int)e->subject;
    double *strength = &lever_state(r)->strength[lever];

    if (*strength <= 0.0 && lever_of(r->setup)->plan[lever].kind->deliver == NULL)
        out_of(r, lever)->lever_units++;
    *strength = e->serial == UINT32_MAX ? 0.0 : (double)e->serial / steps(r, lever);
    renew(r);
}

static void
month(struct region *r, const struct event *e)
{
    int lever = (int)e->subject;
    double next = e->time + MINUTES_A_YEAR / 12.0;

    if (lever_state(r)->strength[lever] <= 0.0)
        return;
    book(r, lever, lever_of(r->setup)->plan[lever].kind->month(r, lever, e->serial));
    region_schedule(r, MODELS_LEVER, MONTH, e->subject, e->serial + 1,
        next < r->setup->end ? (int32_t)next : NEVER);
}

void
lever_open_later(struct region *r, int lever, int32_t facility, double wait)
{
    double t = region_now(r) + ceil(wait);

    region_schedule(r, MODELS_LEVER, OPEN, (uint32_t)facility, (uint32_t)lever,
        t < r->setup->end ? (int32_t)t : NEVER);
}

static void
opens(struct region *r, const struct event *e)
{
    facility_of(r)->row[e->subject].since = region_now(r);
    stock_open(r, (int32_t)e->subject);
    region_signal(r, SIGNAL_BEDS, e->subject);
}

/* A piece counts for the lever that gave it. */
static void
piece(struct region *r, uint32_t i)
{
    int lever = lever_people_giver(r, cases_of(r)->row[i].desk);

    if (lever < 0)
        return;
    lever_state(r)->pieces[lever]--;
    book(r, lever, (struct lever_done){1, 1.0});
}

static void
observe(struct region *r)
{
    const struct lever_tab *t = lever_of(r->setup);
    struct levers *l = lever_state(r);

    for (int i = 0; i < t->n; i++) {
        const struct lever_kind *kind = t->plan[i].kind;
        if (l->strength[i] <= 0.0 || kind->differs == NULL)
            continue;
        combine(r, i, &l->spare);
        double differs = kind->differs(r, i, &l->spare);
        out_of(r, i)->lever_effect += differs;
        if (kind->pays)
            pay(r, i, differs);
    }
}
