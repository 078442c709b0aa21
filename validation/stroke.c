#include "validation/stroke.h"

#include "sim/date.h"
#include "sim/err.h"
#include "sim/mem.h"
#include "sim/region.h"
#include "sim/station.h"

#include <gsl/gsl_randist.h>
#include <math.h>

enum { ARRIVE, LEAVE };
enum { DRAW_GAP = 1, DRAW_ROUTE, DRAW_STAY }; /* + ward for the last two */
enum { PURPOSES = 8 };

const struct stroke stroke_published = {
    .gap = {{1.2, 9.3, 3.6, 3.2}, {21.8, 0.0, 31.7, 28.6}},
    .stay = {{{7.4, 8.6}, {1.8, 2.3}, {4.0, 5.0}, {3.8, 5.2}},
        {{28.4, 27.2}, {18.7, 23.5}, {27.6, 28.4}, {16.1, 14.1}}},
    .early = {{4.6, 4.8}, {30.3, 23.1}},
    .to_rehab = {0.24, 0.01, 0.11, 0.05},
    .to_early = {0.13, 0.40},
    .off = 1.0};

struct out {
    double minutes[STROKE_WARDS * STROKE_BEDS];
};

static const struct axis bed_axis = {
    .name = "beds", .doc = "ward and beds in use", .n = STROKE_WARDS * STROKE_BEDS};
static const struct field out_table[] = {
    {FIELD(struct out, minutes), .unit = "minute", .method = FIELD_SUM,
        .doc = "time with so many beds in use", .axis = {&bed_axis}},
    {.name = NULL},
};

struct hospital {
    struct station ward[STROKE_WARDS];
    int32_t since; /* minutes, up to when beds in use are counted */
};

/* A patient is named by the ward and kind of arrival, and a number. */
static uint32_t
source(int ward, int kind)
{
    return (uint32_t)(ward * STROKE_KINDS + kind);
}

static const gsl_rng *
draws(const struct region *r, struct rng_stream *stream, const struct event *e,
    uint32_t purpose)
{
    return rng_open(
        stream, r->run, (uint64_t)e->subject % PURPOSES << 32 | e->serial, purpose);
}

static int32_t
after(const struct region *r, double days)
{
    double t = region_now(r) + floor(days * MINUTES_A_DAY + 0.5);

    return t < r->setup->end ? (int32_t)t : NEVER;
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    (void)tab;
    (void)report;
    s->n_regions = 1;
    s->region = mem_arena(&s->arena, 1, sizeof *s->region);
    s->region[0] = (struct region_name){
        .code = 1, .name = "hospital", .name_zh = "hospital", .load.rows = 1.0};
}

/* Brings the times by beds in use up to now. */
static void
clock_beds(struct region *r)
{
    struct hospital *h = r->own[0];
    struct out *out = r->out[0];

    for (int k = 0; k < STROKE_WARDS; k++) {
        BUG_IF(h->ward[k].busy >= STROKE_BEDS);
        out->minutes[k * STROKE_BEDS + h->ward[k].busy] += region_now(r) - h->since;
    }
    h->since = region_now(r);
}

static void
schedule_arrival(struct region *r, uint32_t from, uint32_t n)
{
    const struct stroke *p = r->setup->par[0];
    double gap = p->gap[from / STROKE_KINDS][from % STROKE_KINDS];
    const struct event e = {.subject = from, .serial = n};
    struct rng_stream stream;

    if (gap <= 0.0)
        return;
    double wait = gsl_ran_exponential(draws(r, &stream, &e, DRAW_GAP), gap);
    region_schedule(r, 0, ARRIVE, from, n, after(r, wait));
}

/* Where a patient goes after a ward: early discharge below the first share, then
 * rehabilitation. */
static double
route(const struct region *r, const struct event *e, int ward)
{
    struct rng_stream stream;

    return gsl_rng_uniform(draws(r, &stream, e, DRAW_ROUTE + 2u * (uint32_t)ward));
}

/* A stay in a ward begins; the event of its end carries the ward above the source. */
static void
admit(struct region *r, const struct event *e, int ward)
{
    const struct stroke *p = r->setup->par[0];
    struct hospital *h = r->own[0];
    uint32_t from = e->subject % PURPOSES;
    int kind = (int)from % STROKE_KINDS;
    bool early = kind == STROKE_STROKE && route(r, e, ward) < p->to_early[ward];
    struct stroke_stay stay = early ? p->early[ward] : p->stay[ward][kind];
    double spread = log1p(stay.sd * stay.sd / (stay.mean * stay.mean));
    struct rng_stream stream;

    clock_beds(r);
    station_take(&h->ward[ward], region_now(r));
    double days =
        gsl_ran_lognormal(draws(r, &stream, e, DRAW_STAY + 2u * (uint32_t)ward),
            log(stay.mean) - 0.5 * spread, sqrt(spread));
    region_schedule(r, 0, LEAVE, from + PURPOSES * (uint32_t)ward, e->serial,
        after(r, days * p->off));
}

static void
arrive(struct region *r, const struct event *e)
{
    admit(r, e, (int)e->subject / STROKE_KINDS);
    schedule_arrival(r, e->subject, e->serial + 1);
}

static void
leave(struct region *r, const struct event *e)
{
    const struct stroke *p = r->setup->par[0];
    struct hospital *h = r->own[0];
    int ward = (int)e->subject / PURPOSES, kind = (int)e->subject % STROKE_KINDS;

    clock_beds(r);
    station_release(&h->ward[ward], region_now(r));
    if (ward == STROKE_REHAB)
        return;
    double u = route(r, e, ward);
    double early = kind == STROKE_STROKE ? p->to_early[ward] : 0.0;
    if (u >= early && u < early + p->to_rehab[kind])
        admit(r, e, STROKE_REHAB);
}

static void
begin(struct region *r)
{
    struct hospital *h = mem_alloc(1, sizeof *h);

    r->own[0] = h;
    for (int k = 0; k < STROKE_WARDS; k++) {
        station_init(&h->ward[k], STROKE_BEDS, 1);
        for (int kind = 0; kind < STROKE_KINDS; kind++)
            schedule_arrival(r, source(k, kind), 0);
    }
}

static void
finish(struct region *r)
{
    struct hospital *h = r->own[0];

    for (int k = 0; k < STROKE_WARDS; k++)
        station_free(&h->ward[k]);
    mem_free(h);
}

static const struct handler handlers[] = {
    {"arrive", arrive, "a patient comes to a ward from outside"},
    {"leave", leave, "a patient leaves a ward"},
    {.name = NULL},
};

const struct model stroke_model = {
    .name = "stroke",
    .doc = "an acute ward and a rehabilitation ward",
    .source = "Monks et al., BMC Health Services Research 16 (2016) 530",
    .prepare = prepare,
    .out_size = sizeof(struct out),
    .out = out_table,
    .handlers = handlers,
    .start = begin,
    .finish = finish,
    .observe = clock_beds,
};

double
stroke_load(const struct stroke *p, int ward)
{
    double load = 0.0;

    for (int kind = 0; kind < STROKE_KINDS; kind++) {
        double early = kind == STROKE_STROKE ? p->to_early[ward] : 0.0;
        double stay =
            early * p->early[ward].mean + (1.0 - early) * p->stay[ward][kind].mean;
        double come = p->gap[ward][kind] > 0.0 ? 1.0 / p->gap[ward][kind] : 0.0;
        if (ward == STROKE_REHAB)
            come += p->to_rehab[kind] / p->gap[STROKE_ACUTE][kind];
        load += come * stay;
    }
    return load;
}
