#include "validation/riskpaths.h"

#include "sim/date.h"
#include "sim/hazard.h"
#include "sim/region.h"

#include <math.h>

enum { REGIONS = 4, SPEED = 2, PARTS = SPEED * RISKPATHS_YEARS };
enum { PREGNANCY, CHANGE, PHASE };
enum { DRAW_PREGNANCY = 1, DRAW_CHANGE };

const struct riskpaths riskpaths_published = {
    .pregnancy = {.2869, .7591, .8458, .8167, .6727, .5105, .4882, .2562, .2597, .1542},
    .first_union = {.030898, .134066, .167197, .165551, .147390, .108470, .080378,
        .033944, .045454, .040038},
    .risk = {.0648, 1.0, .2523, .0648, .8048, .0648},
    .leave_first = {.0096017, .0199994, .0199994, .0213172, .0150836, .0110791},
    .leave_second = {.0370541, .0370541, .012775, .012775, .0661157, .0661157},
    .second_union = {.1995702, .1353028, .1099149, .0261186, .0456905, .0456905},
    .women = 5000};

const char *const riskpaths_statuses[RISKPATHS_STATUSES] = {"single",
    "first union, below 3 years", "first union, 3 years and more", "after the first",
    "second union", "after the second"};

static const double leave_breaks[] = {1.0, 3.0, 5.0, 9.0, 13.0, INFINITY};
static const double second_breaks[] = {2.0, 6.0, 10.0, 15.0, INFINITY};

static double
by_duration(const double *rate, const double *breaks, double x)
{
    int i = 0;

    while (x >= breaks[i])
        i++;
    return rate[i];
}

static double
by_age(const double rate[RISKPATHS_AGES], double x)
{
    int i = (int)(x / 2.5);

    return rate[i < RISKPATHS_AGES ? i : RISKPATHS_AGES - 1];
}

double
riskpaths_pregnancy(const struct riskpaths *p, int status, double x)
{
    return p->risk[status] * by_age(p->pregnancy, x);
}

double
riskpaths_change(const struct riskpaths *p, int status, double x)
{
    switch (status) {
    case RISKPATHS_SINGLE:
        return by_age(p->first_union, x);
    case RISKPATHS_EARLY:
    case RISKPATHS_LATE:
        return by_duration(p->leave_first, leave_breaks, x);
    case RISKPATHS_AFTER_FIRST:
        return by_duration(p->second_union, second_breaks, x);
    case RISKPATHS_SECOND:
        return by_duration(p->leave_second, leave_breaks, x);
    default:
        return 0.0;
    }
}

struct woman {
    double left;                       /* of the threshold of pregnancy */
    int32_t since;                     /* minutes; when `left` was so much */
    int32_t pregnancy_due, change_due; /* minutes, or NEVER */
    int status;
    bool childless;
};

struct out {
    int64_t pregnancies[RISKPATHS_STATUSES], childless;
    double ages, squares;
};

static const struct axis status_axis = {.name = "status",
    .doc = "union status",
    .n = RISKPATHS_STATUSES,
    .label = riskpaths_statuses};
static const struct field out_table[] = {
    {FIELD(struct out, pregnancies), .unit = "person", .method = FIELD_SUM,
        .doc = "first pregnancies", .axis = {&status_axis}},
    {FIELD(struct out, childless), .unit = "person", .doc = "women without pregnancy"},
    {FIELD(struct out, ages), .unit = "yr", .method = FIELD_SUM,
        .doc = "sum of ages at first pregnancy"},
    {FIELD(struct out, squares), .unit = "yr^2", .method = FIELD_SUM,
        .doc = "sum of their squares"},
    {.name = NULL},
};

struct tables {
    struct hazard pregnancy; /* at relative risk 1 */
    struct hazard change[RISKPATHS_STATUSES];
};

int32_t
riskpaths_days(void)
{
    return (int32_t)ceil(PARTS * MINUTES_A_YEAR / MINUTES_A_DAY);
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct riskpaths *p = s->par[0];
    struct tables *t = tab;
    double rate[PARTS], change[RISKPATHS_STATUSES][PARTS];

    (void)report;
    s->n_regions = REGIONS;
    s->region = mem_arena(&s->arena, REGIONS, sizeof *s->region);
    for (int k = 0; k < REGIONS; k++)
        s->region[k] = (struct region_name){.code = 1u + (unsigned)k,
            .name = "women",
            .name_zh = "women",
            .load.rows = p->women};
    for (int i = 0; i < PARTS; i++) {
        double x = (i + 0.5) / SPEED;
        rate[i] = by_age(p->pregnancy, x) / SPEED;
        for (int k = 0; k < RISKPATHS_STATUSES; k++)
            change[k][i] = riskpaths_change(p, k, x) / SPEED;
    }
    hazard_init(&t->pregnancy, 0, PARTS, 1, 0, &s->arena);
    hazard_set(&t->pregnancy, 0, rate);
    for (int k = 0; k < RISKPATHS_STATUSES; k++) {
        hazard_init(&t->change[k], 0, PARTS, 1, 0, &s->arena);
        hazard_set(&t->change[k], 0, change[k]);
    }
}

static double
threshold(const struct region *r, uint32_t i, uint32_t purpose, uint32_t n)
{
    return rng_exponential(
        rng_block(r->run, (uint64_t)r->index << 32 | i, purpose, n), 0);
}

/* The women are 15 when the run begins and leave it at 40. */
static int32_t
forty(void)
{
    return (int32_t)(PARTS * MINUTES_A_YEAR);
}

static void
plan_pregnancy(struct region *r, uint32_t i)
{
    const struct riskpaths *p = r->setup->par[0];
    const struct tables *t = r->setup->tab[0];
    struct woman *w = (struct woman *)r->own[0] + i;
    double level =
        hazard_level(&t->pregnancy, 0, w->since) + w->left / p->risk[w->status];

    w->pregnancy_due = hazard_time(&t->pregnancy, 0, level, w->since, forty());
    region_schedule(r, 0, PREGNANCY, i, 0, w->pregnancy_due);
}

static void
enter(struct region *r, uint32_t i, int status)
{
    const struct riskpaths *p = r->setup->par[0];
    const struct tables *t = r->setup->tab[0];
    struct woman *w = (struct woman *)r->own[0] + i;
    int32_t now = region_now(r);

    w->left -= p->risk[w->status] * (hazard_level(&t->pregnancy, 0, now) -
                                        hazard_level(&t->pregnancy, 0, w->since));
    w->since = now;
    w->status = status;
    plan_pregnancy(r, i);
    if (status == RISKPATHS_LATE)
        return; /* the union goes on: its end stays where it is */
    w->change_due = hazard_time(&t->change[status], now,
        threshold(r, i, DRAW_CHANGE, (uint32_t)status), now, forty());
    region_schedule(r, 0, CHANGE, i, 0, w->change_due);
    if (status == RISKPATHS_EARLY)
        region_schedule(r, 0, PHASE, i, 0,
            now + (int32_t)(RISKPATHS_EARLY_YEARS * SPEED * MINUTES_A_YEAR));
}

static void
begin(struct region *r)
{
    const struct riskpaths *p = r->setup->par[0];
    struct woman *w = mem_alloc((size_t)p->women, sizeof *w);

    r->own[0] = w;
    for (uint32_t i = 0; i < (uint32_t)p->women; i++) {
        w[i].childless = true;
        w[i].left = threshold(r, i, DRAW_PREGNANCY, 0);
        enter(r, i, RISKPATHS_SINGLE);
    }
}

static void
pregnancy(struct region *r, const struct event *e)
{
    struct woman *w = (struct woman *)r->own[0] + e->subject;
    struct out *out = r->out[0];
    double age = 15.0 + e->time / (SPEED * MINUTES_A_YEAR);

    if (!w->childless || e->time != w->pregnancy_due)
        return;
    w->childless = false;
    out->pregnancies[w->status]++;
    out->ages += age;
    out->squares += age * age;
}

static void
change(struct region *r, const struct event *e)
{
    static const int next[] = {RISKPATHS_EARLY, RISKPATHS_AFTER_FIRST,
        RISKPATHS_AFTER_FIRST, RISKPATHS_SECOND, RISKPATHS_AFTER_SECOND};
    const struct woman *w = (const struct woman *)r->own[0] + e->subject;

    if (w->childless && e->time == w->change_due)
        enter(r, e->subject, next[w->status]);
}

/* Three years of a first union are over, if it still is one. */
static void
phase(struct region *r, const struct event *e)
{
    const struct woman *w = (const struct woman *)r->own[0] + e->subject;

    if (w->childless && w->status == RISKPATHS_EARLY)
        enter(r, e->subject, RISKPATHS_LATE);
}

static void
observe(struct region *r)
{
    const struct riskpaths *p = r->setup->par[0];
    const struct woman *w = r->own[0];
    struct out *out = r->out[0];

    for (int i = 0; i < p->women; i++)
        out->childless += w[i].childless;
}

static void
finish(struct region *r)
{
    mem_free(r->own[0]);
}

static const struct handler handlers[] = {
    {"pregnancy", pregnancy, "a first pregnancy"},
    {"change", change, "a union begins or ends"},
    {"phase", phase, "a first union is three years old"},
    {.name = NULL},
};

const struct model riskpaths_model = {
    .name = "riskpaths",
    .doc = "first pregnancy and unions",
    .source = "Spielauer, RiskPaths (Statistics Canada)",
    .tab_size = sizeof(struct tables),
    .prepare = prepare,
    .out_size = sizeof(struct out),
    .out = out_table,
    .handlers = handlers,
    .start = begin,
    .finish = finish,
    .observe = observe,
};
