#include "models/lever_stock.h"

#include "models/cases.h"
#include "models/lever_plan.h"
#include "models/models.h"
#include "models/stock.h"

static const struct lever_row *
row_of(const struct region *r, int lever)
{
    return &lever_of(r->setup)->row[lever];
}

static const struct lever_plan *
plan_of(const struct region *r, int lever)
{
    return &lever_of(r->setup)->plan[lever];
}

/* Of a service that is no residence all places are ordinary beds. */
static int
bed_of(const struct region *r, int lever, int service)
{
    int32_t bed = row_of(r, lever)->bed;

    return bed == LEVER_ANY || service_of(r->setup)->row[service].kind != RESIDENCE
               ? BED_ORDINARY
               : bed - 1;
}

static int64_t
places(const struct facility *x)
{
    return x->bed[BED_ORDINARY] + x->bed[BED_NURSING] + x->bed[BED_DEMENTIA];
}

/* What a pick asks of a site. */
enum { RUNNING = 1, IDLE_FIRST = 2, CHANGEABLE = 4 };

static bool
comes_before(const struct region *r, const struct facility *a, const struct facility *b,
    unsigned asks)
{
    const struct service_row *row = service_of(r->setup)->row;
    int64_t x = places(a) * b->homes, y = places(b) * a->homes; /* places a site */

    if (asks & IDLE_FIRST && a->operating != b->operating)
        return b->operating;
    if (row[a->service].owner != row[b->service].owner)
        return row[a->service].owner < row[b->service].owner;
    return x != y ? x < y : a->key < b->key;
}

static bool
suits(const struct facility *x, unsigned asks)
{
    int64_t left = x->bed[BED_ORDINARY];

    for (int b = 0; b < BEDS; b++)
        left -= x->becoming[b];
    return x->open && x->homes > 0 && (!(asks & RUNNING) || x->operating) &&
           (!(asks & CHANGEABLE) || left > 0);
}

/* Which site: of a service, or of what serves it. */
struct wanted {
    int service;
    unsigned asks;
    int but_service; /* -1: none is left out */
    int32_t but;     /* row, or -1 */
};

/* The first of them, or -1. */
static int32_t
pick(const struct region *r, struct wanted w)
{
    const struct facilities *f = facility_of(r);
    const struct service_tab *t = service_of(r->setup);
    int32_t best = -1;

    for (int32_t i = 0; i < f->n; i++) {
        const struct facility *x = &f->row[i];
        if (i == w.but || x->service == w.but_service || !suits(x, w.asks) ||
            (x->service != w.service && t->desk[x->service] != w.service))
            continue;
        if (best < 0 || comes_before(r, x, &f->row[best], w.asks))
            best = i;
    }
    return best;
}

/* Users of a row that move into another, of a type of bed, at most `n`. */
static void
move_users(struct region *r, int32_t from, int32_t to, int bed, int64_t n)
{
    const struct care *c = cases_of(r);
    struct facility *row = facility_of(r)->row;

    for (uint32_t i = 0; i < c->n && n > 0; i++) {
        struct care_case *x = &c->row[i];
        if (x->state != USING || x->facility != from || x->bed != bed)
            continue;
        x->facility = to;
        row[from].used[bed]--;
        row[to].used[bed]++;
        n--;
    }
}

/* One site of a row as a row of its own, with its share of places and users. */
static int32_t
single_out(struct region *r, int32_t i)
{
    struct facility one = facility_of(r)->row[i];
    const struct service_row *row = &service_of(r->setup)->row[one.service];
    int64_t homes = one.homes, users[BEDS];

    if (homes == 1)
        return i;
    one.key = rng_mix(one.key, (uint64_t)homes);
    one.homes = 1;
    one.open = false;
    for (int b = 0; b < BEDS; b++) {
        int64_t most = service_slots(row, one.bed[b] / homes);
        int64_t left = service_slots(row, one.bed[b] - one.bed[b] / homes);
        users[b] = one.used[b] / homes;
        if (one.used[b] - users[b] > left)
            users[b] = one.used[b] - left;
        users[b] = users[b] < most ? users[b] : most;
        one.bed[b] /= homes;
        one.becoming[b] /= homes;
        one.used[b] = 0;
    }
    int32_t k = stock_add(r, &one);
    struct facility *x = &facility_of(r)->row[i];
    for (int b = 0; b < BEDS; b++) {
        x->bed[b] -= one.bed[b];
        x->becoming[b] -= one.becoming[b];
        move_users(r, i, k, b, users[b]);
    }
    x->homes--;
    facility_of(r)->row[k].open = true;
    region_signal(r, SIGNAL_BEDS, (uint32_t)i);
    region_signal(r, SIGNAL_BEDS, (uint32_t)k);
    return k;
}

/* A new site with `n` places. */
static void
build(struct region *r, int lever, int64_t k, int64_t n)
{
    int service = plan_of(r, lever)->service;
    struct facility x = {.key = rng_mix(lever_key(r, lever), (uint64_t)k),
        .service = service,
        .homes = 1,
        .operating = true,
        .lease = row_of(r, lever)->lease != 0};

    x.bed[bed_of(r, lever, service)] = n;
    stock_build(r, &x);
}

struct lever_done
lever_stock_build(struct region *r, int lever, int64_t k)
{
    int64_t n = lever_plan_places(r, lever, k);

    build(r, lever, k, n);
    return (struct lever_done){n, (double)n};
}

struct lever_done
lever_stock_extend(struct region *r, int lever, int64_t k)
{
    int service = plan_of(r, lever)->service;
    int32_t i = pick(r, (struct wanted){service, RUNNING, -1, -1});
    int64_t n = 0;

    if (i >= 0)
        n = stock_extend(r, i, bed_of(r, lever, service), 1);
    else if (service_of(r->setup)->row[service].kind == VISIT)
        build(r, lever, k, n = 1);
    return (struct lever_done){n, (double)n};
}

/* A site closes now and opens after the works as one of another service. */
static struct lever_done
rebuild(struct region *r, int lever, int64_t k)
{
    const struct lever_row *row = row_of(r, lever);
    int to = plan_of(r, lever)->to_service;
    bool home = service_of(r->setup)->row[to].kind == RESIDENCE;
    int32_t i =
        pick(r, (struct wanted){plan_of(r, lever)->service, IDLE_FIRST, -1, -1});

    if (i < 0)
        return (struct lever_done){0, 0.0};
    i = single_out(r, i);
    struct facility x = facility_of(r)->row[i];
    stock_close(r, i);
    int64_t n = row->amount > 0 ? lever_plan_places(r, lever, k) : places(&x);
    struct facility as = {.key = rng_mix(lever_key(r, lever), x.key),
        .service = to,
        .homes = 1,
        .operating = true,
        .lease = x.lease};
    for (int b = 0; b < BEDS && home && row->amount == 0 && row->bed == LEVER_ANY; b++)
        as.bed[b] = x.bed[b];
    if (places(&as) == 0)
        as.bed[bed_of(r, lever, to)] = n;
    lever_open_later(r, lever, stock_add(r, &as), lever_plan_lag(r, lever, k));
    return (struct lever_done){1, (double)n};
}

struct lever_done
lever_stock_convert(struct region *r, int lever, int64_t k)
{
    int service = plan_of(r, lever)->service;

    if (plan_of(r, lever)->to_service >= 0)
        return rebuild(r, lever, k);
    int32_t i = pick(r, (struct wanted){service, RUNNING | CHANGEABLE, -1, -1});
    if (i < 0)
        return (struct lever_done){0, 0.0};
    int64_t n = stock_convert(r, i, bed_of(r, lever, service), 1);
    return (struct lever_done){n, (double)n};
}

struct lever_done
lever_stock_merge(struct region *r, int lever, int64_t k)
{
    const struct lever_plan *p = plan_of(r, lever);
    int32_t i = pick(r, (struct wanted){p->service, RUNNING, p->to_service, -1});

    (void)k;
    if (i < 0)
        return (struct lever_done){0, 0.0};
    i = single_out(r, i);
    int32_t to =
        pick(r, (struct wanted){
                    p->to_service >= 0 ? p->to_service : p->service, RUNNING, -1, i});
    if (to < 0)
        return (struct lever_done){0, 0.0};
    const struct facility *x = &facility_of(r)->row[i];
    const struct service_row *row = &service_of(r->setup)->row[x->service];
    for (int b = 0; b < BEDS; b++)
        if (x->used[b] > 0)
            stock_extend(r, to, b, service_places(row, x->used[b]));
    stock_close(r, i);
    return (struct lever_done){1, 1.0};
}

struct lever_done
lever_stock_close(struct region *r, int lever, int64_t k)
{
    int32_t i =
        pick(r, (struct wanted){plan_of(r, lever)->service, IDLE_FIRST, -1, -1});

    (void)k;
    if (i < 0)
        return (struct lever_done){0, 0.0};
    stock_close(r, single_out(r, i));
    return (struct lever_done){1, 1.0};
}

struct lever_done
lever_stock_hand_over(struct region *r, int lever, int64_t k)
{
    const struct lever_plan *p = plan_of(r, lever);
    int32_t i = pick(r, (struct wanted){p->service, RUNNING, p->to_service, -1});

    (void)k;
    if (i < 0)
        return (struct lever_done){0, 0.0};
    stock_hand_over(r, single_out(r, i), p->to_service);
    return (struct lever_done){1, 1.0};
}
