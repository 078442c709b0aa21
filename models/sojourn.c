/*
 * sojourn.c - when guests come and go, and what is counted of them.
 *
 * The n-th guest of an origin comes when what the season expects (models/season.h)
 * reaches the sum of n unit-exponential thresholds: a Poisson process with the
 * season's rate, in which a higher rate brings the n-th guest forward. The process
 * begins 36 months before the run, so that those who came then are there.
 */
#include "models/sojourn.h"

#include "models/models.h"
#include "models/person.h"
#include "sim/date.h"
#include "sim/err.h"

#include <math.h>
#include <string.h>

static const char *const shapes[] = {"lognormal", "exponential", NULL};

#define ORIGIN struct sojourn_origin
#define MONTH struct sojourn_month

static const struct field origin_columns[] = {
    {FIELD(ORIGIN, name), .unit = "1", .required = true, .doc = "unique name"},
    {FIELD(ORIGIN, title), .unit = "1", .doc = "name in English"},
    {FIELD(ORIGIN, title_zh), .unit = "1", .doc = "name in Chinese"},
    {FIELD(ORIGIN, adcode), .unit = "1", .lo = 0, .hi = 999999,
        .doc = "county or group they come to; 0: all counties, by people"},
    {FIELD(ORIGIN, guests), .unit = "person/yr", .lo = 0, .hi = 1e9,
        .doc = "guests a year at level 1, beside those of sojourn.season"},
    {FIELD(ORIGIN, share_elder), .unit = "1", .def = 1, .lo = 0, .hi = 1,
        .doc = "share of guests aged 60 and over; the others are not followed"},
    {FIELD(ORIGIN, weight), .unit = "1", .def = 1, .lo = 0, .hi = 1e9,
        .doc = "arrivals by calendar month from January, relative to one another"},
    {FIELD(ORIGIN, stay), .unit = "day", .def = 83, .lo = 0.1, .hi = 366,
        .doc = "mean of the intended stay"},
    {FIELD_AS(ORIGIN, shape, FIELD_CHOICE), .unit = "1", .choices = shapes,
        .doc = "distribution of the intended stay"},
    {FIELD(ORIGIN, spread), .unit = "1", .def = 0.7, .lo = 0, .hi = 5,
        .doc = "standard deviation of a lognormal stay over its mean"},
    {FIELD(ORIGIN, early), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "share who leave early, after any part of the intended stay"},
    {FIELD(ORIGIN, homestay), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "share who make do with a room outside the care stock when no bed is "
               "free"},
    {FIELD(ORIGIN, settles), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "share of stays not left early after which the guest becomes a resident "
               "of the county"},
    {FIELD(ORIGIN, age_from), .unit = "yr", .def = 60, .lo = 60, .hi = 109,
        .doc = "lowest age of who settles"},
    {FIELD(ORIGIN, age_to), .unit = "yr", .def = 79, .lo = 60, .hi = 109,
        .doc = "highest age of who settles"},
    {FIELD(ORIGIN, grade_to), .unit = "1", .def = 0, .lo = 0, .hi = 4,
        .doc = "highest care grade of who settles; who would have a higher one has it"},
    {FIELD(ORIGIN, price), .unit = "CNY/month", .lo = 0, .hi = 1e6,
        .doc = "what a guest pays for the stay"},
    {FIELD(ORIGIN, uses), .unit = "1",
        .doc = "names of services, by blanks: a bed at the first residence that has "
               "one, a place at each other; without a residence all stay outside the "
               "care stock"},
    {FIELD(ORIGIN, source), .unit = "1", .doc = "where the row comes from"},
    {FIELD(ORIGIN, quality), .unit = "1", .doc = "how much it is to be trusted"},
    {.name = NULL},
};

static const struct field season_columns[] = {
    {FIELD(MONTH, origin), .unit = "1",
        .doc = "name of an origin; may be absent when there is only one"},
    {FIELD(MONTH, adcode), .unit = "1", .lo = 0, .hi = 999999, .required = true,
        .doc = "county or group they come to; 0: all counties, by people"},
    {FIELD(MONTH, month), .unit = "1", .lo = 1, .hi = 12, .required = true,
        .doc = "calendar month, 1 is January"},
    {FIELD(MONTH, guests), .unit = "person", .lo = 0, .hi = 1e8, .required = true,
        .doc = "guests who arrive in the month at level 1"},
    {FIELD(MONTH, stay_days), .unit = "day", .lo = 0, .hi = 366,
        .doc = "mean of their intended stay; 0: the origin's"},
    {FIELD(MONTH, source), .unit = "1", .doc = "where the row comes from"},
    {FIELD(MONTH, quality), .unit = "1", .doc = "how much it is to be trusted"},
    {.name = NULL},
};

static const struct field par_table[] = {
    {FIELD(struct sojourn_par, origins), .unit = "1", .keyed = true,
        .doc = "where guests of the season come from, one row each",
        .columns = origin_columns, .row_size = sizeof(ORIGIN)},
    {FIELD(struct sojourn_par, season), .unit = "1",
        .doc = "guests by county and month, beside those of the origins' rows",
        .columns = season_columns, .row_size = sizeof(MONTH)},
    {FIELD(struct sojourn_par, level), .unit = "1", .def = 1, .lo = 0, .hi = 1000,
        .doc = "factor on the guests of all origins, over the years",
        .source = "as many every year unless the scenario says so",
        .quality = "assumption"},
    {.name = NULL},
};

#define OUT struct sojourn_out
#define FLOW .unit = "person", .method = FIELD_SUM

static const struct field out_table[] = {
    {FIELD(OUT, guests), .unit = "person", .doc = "seasonal elders who are there",
        .zh = "在住旅居老年人"},
    {FIELD(OUT, guests_in_homestays), .unit = "person",
        .doc = "of these in rooms outside the care stock", .zh = "民宿旅居老年人"},
    {FIELD(OUT, guests_arrived), FLOW, .doc = "guests who arrived and stayed",
        .zh = "旅居老年人抵达人次"},
    {FIELD(OUT, turned_away), FLOW, .doc = "guests who found no room",
        .zh = "无床位未能入住人次"},
    {FIELD(OUT, guests_unserved), FLOW,
        .doc = "places of other services that guests asked for and did not get",
        .zh = "旅居老年人未获服务人次"},
    {FIELD(OUT, left_early), FLOW, .doc = "guests who left before they meant to",
        .zh = "提前离开人次"},
    {FIELD(OUT, settled), FLOW, .doc = "guests who became residents",
        .zh = "旅居转定居人数"},
    {FIELD(OUT, guest_nights), .unit = "day", .method = FIELD_SUM,
        .doc = "days and nights that guests spent", .zh = "旅居老年人住宿夜次"},
    {FIELD(OUT, guest_fees), .unit = "CNY", .method = FIELD_SUM,
        .doc = "what guests paid", .zh = "旅居服务收入"},
    {.name = NULL},
};

static void arrive(struct region *r, const struct event *e);
static void leave(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"guest arrives", arrive, "a guest of the season arrives"},
    {"guest leaves", leave, "a guest leaves, or settles"},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);
static const struct axis *items(const struct setup *s);
static void start(struct region *r);
static void finish(struct region *r);
static void observe(struct region *r);
static void (*const on[SIGNALS])(struct region *, uint32_t) = {
    [SIGNAL_CLOSES] = stay_displaced,
};

const struct model sojourn_model = {
    .name = "sojourn",
    .doc = "seasonal elders by origin and month: stays, places they take, who settles",
    .source = "Poisson arrivals at a rate by month (Eick, Massey, Whitt, Operations "
              "Research 41 (1993) 731-742)",
    .par_size = sizeof(struct sojourn_par),
    .par = par_table,
    .tab_size = sizeof(struct sojourn_tab),
    .prepare = prepare,
    .out_size = sizeof(struct sojourn_out),
    .out = out_table,
    .items = items,
    .handlers = handlers,
    .start = start,
    .finish = finish,
    .observe = observe,
    .on = on,
    .n_signals = SIGNALS,
};

const struct sojourn_tab *
sojourn_of(const struct setup *s)
{
    return s->tab[MODELS_SOJOURN];
}

struct sojourn *
sojourn_state(const struct region *r)
{
    return r->own[MODELS_SOJOURN];
}

static const struct axis *
items(const struct setup *s)
{
    return &sojourn_of(s)->axis;
}

int
sojourn_find(const struct setup *s, const char *name)
{
    const struct sojourn_tab *t = sojourn_of(s);

    for (int i = 0; i < t->n; i++)
        if (strcmp(t->row[i].name, name) == 0)
            return i;
    return -1;
}

static uint32_t
key_of(const char *name)
{
    uint64_t key = 0;

    for (; *name != '\0'; name++)
        key = rng_mix(key, (unsigned char)*name);
    return (uint32_t)(key >> 32);
}

static void
check_row(const struct rows *rows, int64_t i, struct report *report)
{
    const struct sojourn_origin *row = rows->row;
    struct place at = {rows->file, rows->line[i], 1};

    if (row[i].age_to < row[i].age_from)
        report_mistake(report, at,
            "guests of '%s' settle at ages %lld to %lld, expected the last not before "
            "the first",
            row[i].name, (long long)row[i].age_from, (long long)row[i].age_to);
    for (int64_t k = 0; k < i; k++)
        if (strcmp(row[k].name, row[i].name) == 0)
            report_mistake(report, at, "origin '%s' stands also in line %d",
                row[i].name, rows->line[k]);
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct sojourn_par *par = s->par[MODELS_SOJOURN];
    struct sojourn_tab *t = tab;
    size_t n = (size_t)par->origins.n;
    const char **label = mem_arena(&s->arena, n + 1, sizeof *label);
    const char **label_zh = mem_arena(&s->arena, n + 1, sizeof *label_zh);

    t->n = (int)n;
    t->row = par->origins.row;
    t->key = mem_arena(&s->arena, n + 1, sizeof *t->key);
    t->uses = mem_arena(&s->arena, n + 1, sizeof *t->uses);
    for (int i = 0; i < t->n; i++) {
        check_row(&par->origins, i, report);
        stay_read_uses(s, i, t->uses[i], report);
        t->key[i] = key_of(t->row[i].name);
        label[i] = t->row[i].name;
        label_zh[i] = t->row[i].title_zh != NULL ? t->row[i].title_zh : label[i];
    }
    season_prepare(&t->season, s, report);
    t->axis = (struct axis){.name = "origin",
        .doc = "origin of guests, by its name in the scenario",
        .zh = "客源地",
        .unit = "1",
        .n = t->n,
        .label = label,
        .label_zh = label_zh};
}

/* Makes the event of the next guest; its threshold stands. */
static void
schedule(struct region *r, int origin)
{
    const struct season *season = &sojourn_of(r->setup)->season;
    struct sojourn_flow *f = &sojourn_state(r)->flow[origin];

    f->due = NEVER;
    if (f->factor > 0.0)
        f->due = season_time(
            season, (int)r->index, origin, (f->threshold - f->base) / f->factor);
    if (f->due < region_now(r))
        f->due = region_now(r); /* rounding, after a change of the factor */
    region_schedule(
        r, MODELS_SOJOURN, SOJOURN_ARRIVE, (uint32_t)origin, f->number, f->due);
}

/* The guest whose turn it is has come; the next one's threshold. */
static void
count_on(struct region *r, int origin)
{
    struct sojourn_flow *f = &sojourn_state(r)->flow[origin];

    f->number++;
    f->threshold += stay_threshold(r, origin, f->number);
}

static void
start_flow(struct region *r, int origin)
{
    const struct season *season = &sojourn_of(r->setup)->season;
    struct sojourn_flow *f = &sojourn_state(r)->flow[origin];
    double before = season_level(season, (int)r->index, origin, 0);

    f->factor = 1.0;
    f->threshold = stay_threshold(r, origin, 0);
    for (; f->threshold < before; count_on(r, origin))
        stay_begin(r, origin, f->number,
            season_time(season, (int)r->index, origin, f->threshold));
    schedule(r, origin);
}

static void
start(struct region *r)
{
    int n = sojourn_of(r->setup)->n;
    struct sojourn *s = mem_alloc(1, sizeof *s);

    s->flow = mem_alloc((size_t)n + 1, sizeof *s->flow);
    s->free = PERSON_NONE;
    r->own[MODELS_SOJOURN] = s;
    for (int i = 0; i < n; i++)
        start_flow(r, i);
}

static void
finish(struct region *r)
{
    struct sojourn *s = sojourn_state(r);

    mem_free(s->flow);
    mem_free(s->guest);
    mem_free(s);
}

static void
arrive(struct region *r, const struct event *e)
{
    int origin = (int)e->subject;
    struct sojourn_flow *f = &sojourn_state(r)->flow[origin];

    if (e->time != f->due || e->serial != f->number)
        return;
    stay_begin(r, origin, f->number, e->time);
    count_on(r, origin);
    schedule(r, origin);
}

static void
leave(struct region *r, const struct event *e)
{
    if (e->time == sojourn_state(r)->guest[e->subject].leaves)
        stay_end(r, e->subject);
}

void
sojourn_clock(struct region *r, int origin)
{
    struct sojourn_flow *f = &sojourn_state(r)->flow[origin];

    f->minutes += f->present * (region_now(r) - f->since);
    f->since = region_now(r);
}

void
sojourn_scale(struct region *r, int origin, double factor)
{
    const struct season *season = &sojourn_of(r->setup)->season;
    struct sojourn_flow *f = &sojourn_state(r)->flow[origin];

    BUG_IF(!(factor >= 0.0));
    if (factor == f->factor)
        return;
    f->base += (f->factor - factor) *
               season_level(season, (int)r->index, origin, region_now(r));
    f->factor = factor;
    schedule(r, origin);
}

static void
observe(struct region *r)
{
    const struct sojourn_tab *t = sojourn_of(r->setup);
    struct sojourn_out *out = r->out[MODELS_SOJOURN];

    for (int i = 0; i < t->n; i++) {
        struct sojourn_flow *f = &sojourn_state(r)->flow[i];
        sojourn_clock(r, i);
        out[i].guests = f->present;
        out[i].guests_in_homestays = f->in_homestays;
        out[i].guest_nights = (double)f->minutes / MINUTES_A_DAY;
        out[i].guest_fees = out[i].guest_nights * t->row[i].price * 12.0 / 365.2425;
        f->minutes = 0;
    }
}
