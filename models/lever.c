/*
 * lever.c - reads the levers, schedules what they do, books what they changed.
 */
#include "models/lever.h"

#include "models/care.h"
#include "models/cases.h"
#include "models/ledger.h"
#include "models/lever_check.h"
#include "models/lever_kind.h"
#include "models/lever_people.h"
#include "models/lever_plan.h"
#include "models/models.h"
#include "models/shards.h"
#include "models/stock.h"
#include "sim/date.h"

#include <math.h>
#include <string.h>

static const struct field par_table[] = {
    {FIELD(struct lever_par, levers), .unit = "1", .keyed = true,
        .doc = "dated policy levers, one row each", .columns = lever_row_columns,
        .row_size = sizeof(struct lever_row)},
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

enum { UNIT, FORCE, QUARTER, OPEN };
static void unit(struct region *r, const struct event *e);
static void force(struct region *r, const struct event *e);
static void quarter(struct region *r, const struct event *e);
static void opens(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"lever delivers", unit, "a unit of a lever is delivered"},
    {"lever changes", force, "a lever comes into force, is phased in, or ends"},
    {"lever quarter", quarter, "a lever does again what it does every quarter"},
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
    if (report->mistakes == 0)
        shards_set(s);
}

static struct lever_out *
out_of(const struct region *r, int lever)
{
    return (struct lever_out *)r->out[MODELS_LEVER] + lever;
}

/* The one place where levers spend: what units cost. Fees, subsidies and insurance go
 * through the bills of the ledger. */
static void
pay(struct region *r, int lever, double cny)
{
    const struct ledger_tab *ledger = r->setup->tab[MODELS_LEDGER];
    const struct lever_kind *kind = lever_of(r->setup)->plan[lever].kind;
    int32_t payer = lever_of(r->setup)->row[lever].payer;
    int service = lever_of(r->setup)->plan[lever].service, owner = OWNER_PRIVATE;
    int purpose = (int)kind->purpose;

    if (service >= 0) {
        owner = service_of(r->setup)->row[service].owner;
        if (purpose == PAY_RETROFIT && ledger->purpose[service] != PURPOSES)
            purpose = ledger->purpose[service];
    }
    ledger_pay(r, payment_choice(payer, owner), (int)kind->to, purpose,
        (int64_t)floor(cny * 100.0 + 0.5));
}

static void
book(struct region *r, int lever, struct lever_done done)
{
    double cny = (double)done.units * lever_of(r->setup)->row[lever].cost_cny;

    out_of(r, lever)->lever_units += done.units;
    out_of(r, lever)->lever_effect += done.effect;
    out_of(r, lever)->lever_cost += cny;
    if (cny > 0.0)
        pay(r, lever, cny);
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
    if (p->kind->quarter != NULL)
        region_schedule(r, MODELS_LEVER, QUARTER, (uint32_t)lever, 0, t);
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
        if (t->plan[i].kind->apply != NULL || t->plan[i].kind->quarter != NULL)
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
quarter(struct region *r, const struct event *e)
{
    int lever = (int)e->subject;
    double next = e->time + MINUTES_A_YEAR / LEVER_QUARTERS;

    if (lever_state(r)->strength[lever] <= 0.0)
        return;
    book(r, lever, lever_of(r->setup)->plan[lever].kind->quarter(r, lever, e->serial));
    region_schedule(r, MODELS_LEVER, QUARTER, e->subject, e->serial + 1,
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
        out_of(r, i)->lever_cost += kind->pays ? differs : 0.0;
    }
}
