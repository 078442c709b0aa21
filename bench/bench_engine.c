/*
 * bench_engine.c - the bare engine: M/M/1, M/M/c and PHOLD, dispatched events a second.
 *
 * Every event counted changes a state. A row is `name value unit`, medians of repeats.
 */
#include "sim/date.h"
#include "sim/executive.h"
#include "sim/region.h"
#include "sim/station.h"

#include <omp.h>
#include <stdlib.h>

enum { REPEATS = 3, CUSTOMERS = 5000000, MOST_REGIONS = 64 };

struct shop_par {
    int64_t servers;
    double arrival, service; /* minute, means */
};

struct process_par {
    int64_t processes, regions;
    double delay, remote; /* minute, mean beyond the window; share sent elsewhere */
};

struct shop {
    struct station station;
};

/* A process of PHOLD is a record of one cache line. */
struct process {
    uint64_t count;
    uint64_t pad[7];
};

static void
name_regions(struct setup *s, int n)
{
    s->n_regions = n;
    s->region = mem_arena(&s->arena, (size_t)n, sizeof *s->region);
    for (int i = 0; i < n; i++)
        s->region[i] = (struct region_name){.code = (uint64_t)i + 1,
            .name = "region",
            .name_zh = "region",
            .load.rows = 1.0};
}

/* M/M/c: one arrival and one departure a customer. */

enum { ARRIVE, DEPART };

static void
next_arrival(struct region *r, uint32_t customer)
{
    const struct shop_par *par = r->setup->par[0];
    struct rng_block b = rng_block(r->run, customer, 1, 0);
    double wait = rng_exponential(b, 0) * par->arrival;

    region_schedule(r, 0, ARRIVE, customer, 0, region_now(r) + (int32_t)wait);
}

static void
serve(struct region *r)
{
    const struct shop_par *par = r->setup->par[0];
    struct shop *shop = r->state;
    uint32_t ticket = station_first(&shop->station);

    if (ticket == STATION_NONE || !station_open(&shop->station))
        return;
    uint32_t customer = shop->station.ticket[ticket].subject;
    struct rng_block b = rng_block(r->run, customer, 2, 0);
    station_serve(&shop->station, ticket, region_now(r));
    region_schedule(r, 0, DEPART, customer, 0,
        region_now(r) + (int32_t)(rng_exponential(b, 0) * par->service));
}

static void
arrive(struct region *r, const struct event *e)
{
    struct shop *shop = r->state;

    station_join(&shop->station, e->subject, 0, e->time);
    next_arrival(r, e->subject + 1);
    serve(r);
}

static void
depart(struct region *r, const struct event *e)
{
    struct shop *shop = r->state;

    station_release(&shop->station, e->time);
    serve(r);
}

static void
shop_prepare(struct setup *s, void *tab, struct report *report)
{
    (void)tab;
    (void)report;
    name_regions(s, 1);
}

static void
shop_start(struct region *r)
{
    const struct shop_par *par = r->setup->par[0];
    struct shop *shop = mem_alloc(1, sizeof *shop);

    station_init(&shop->station, par->servers, 1);
    r->state = shop;
    next_arrival(r, 0);
}

static void
shop_finish(struct region *r)
{
    struct shop *shop = r->state;

    station_free(&shop->station);
    mem_free(shop);
}

static const struct handler shop_handlers[] = {
    {"arrive", arrive, "a customer arrives"},
    {"depart", depart, "a customer leaves"},
    {.name = NULL},
};

static const struct model shop_model = {.name = "shop",
    .doc = "M/M/c",
    .par_size = sizeof(struct shop_par),
    .prepare = shop_prepare,
    .handlers = shop_handlers,
    .start = shop_start,
    .finish = shop_finish};

/* PHOLD: an event at a process schedules one at a random process. */

static void
hop(struct region *r, const struct event *e)
{
    const struct process_par *par = r->setup->par[0];
    struct process *p = (struct process *)r->state + e->subject;
    uint64_t n = (uint64_t)(par->processes / par->regions);
    struct rng_block b =
        rng_block(r->run, (uint64_t)r->index << 32 | e->subject, 1, (uint32_t)p->count);
    double delay = r->setup->window + rng_exponential(b, 0) * par->delay;
    double when = e->time + delay;
    uint32_t to = (uint32_t)((uint64_t)b.word[2] * n >> 32);

    p->count++;
    if (when >= r->setup->end)
        when = NEVER;
    if (par->regions > 1 && rng_uniform32(b.word[3]) < par->remote) {
        uint32_t region = (r->index + 1 + b.word[3] % (uint32_t)(par->regions - 1)) %
                          (uint32_t)par->regions;
        struct message *m = region_send(r, region, 0, to);
        m->body.align = (uint64_t)(int32_t)when;
        return;
    }
    region_schedule(r, 0, 0, to, 0, (int32_t)when);
}

static void
hop_in(struct region *r, const struct message *m)
{
    region_schedule(r, 0, 0, m->kind, 0, (int32_t)m->body.align);
}

static void
hold_prepare(struct setup *s, void *tab, struct report *report)
{
    const struct process_par *par = s->par[0];

    (void)tab;
    (void)report;
    name_regions(s, (int)par->regions);
    for (int i = 0; i < s->n_regions; i++)
        s->region[i].load.rows = (double)(par->processes / par->regions);
}

static void
hold_start(struct region *r)
{
    const struct process_par *par = r->setup->par[0];
    uint32_t n = (uint32_t)(par->processes / par->regions);

    r->state = mem_large(n, sizeof(struct process));
    region_records(r, 0, REGION_SUBJECT,
        (struct region_records){.row = r->state, .size = sizeof(struct process)});
    for (uint32_t i = 0; i < n; i++) {
        struct rng_block b = rng_block(r->run, (uint64_t)r->index << 32 | i, 2, 0);
        region_schedule(r, 0, 0, i, 0, (int32_t)(rng_exponential(b, 0) * par->delay));
    }
}

static void
hold_finish(struct region *r)
{
    const struct process_par *par = r->setup->par[0];

    mem_large_free(
        r->state, (size_t)(par->processes / par->regions), sizeof(struct process));
}

static const struct handler hold_handlers[] = {
    {"hop", hop, "a process acts and calls another"},
    {.name = NULL},
};

static const struct model hold_model = {.name = "hold",
    .doc = "PHOLD",
    .par_size = sizeof(struct process_par),
    .prepare = hold_prepare,
    .handlers = hold_handlers,
    .start = hold_start,
    .finish = hold_finish,
    .receive = hop_in};

/* Events a second of one run of `days` days. */
static double
rate(const struct model *model, void *par, int32_t days, int threads)
{
    const struct model *const models[] = {model, NULL};
    const struct executive_watch watch = {.context = NULL};
    struct executive_work work = {0};
    struct report report = {0};
    struct setup s = {.seed = 1, .window = MINUTES_A_DAY};
    struct result result;

    setup_init(&s, models, &par, 0, days - 1, &report);
    result_init(&result, &s, 1);
    if (executive_run(&s, 0, threads, &result, &watch, &work) != 0)
        abort();
    double events = 0.0, seconds = work.lives_s;
    for (int k = 0; k < s.n_kinds; k++)
        events += (double)work.events[k];
    executive_work_free(&work);
    result_free(&result);
    setup_free(&s);
    report_free(&report);
    return events / seconds;
}

static int
by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double
median_rate(const struct model *model, void *par, int32_t days, int threads)
{
    double v[REPEATS];

    for (int i = 0; i < REPEATS; i++)
        v[i] = rate(model, par, days, threads);
    qsort(v, REPEATS, sizeof *v, by_value);
    return v[REPEATS / 2];
}

static void
queues(void)
{
    struct shop_par one = {1, 100.0, 80.0}, many = {100, 1.0, 95.0};
    int32_t days = (int32_t)(CUSTOMERS * one.arrival / MINUTES_A_DAY);

    printf("mm1_customers %.3g 1/s\n", median_rate(&shop_model, &one, days, 1) / 2.0);
    days = (int32_t)(CUSTOMERS * many.arrival / MINUTES_A_DAY);
    double short_list = median_rate(&shop_model, &many, days, 1);
    printf("mmc100_customers %.3g 1/s\n", short_list / 2.0);
    /* twice what the servers manage: the list grows to millions */
    many.service = 200.0;
    double long_list = median_rate(&shop_model, &many, days, 1);
    printf("mmc100_long_list_events %.3g 1/s\n", long_list);
    printf("mmc100_long_list_ratio %.2f 1\n", long_list / short_list);
}

static void
holds(int64_t processes)
{
    struct process_par par = {processes, 8, 5.0 * MINUTES_A_DAY, 0.1};
    /* each process acts about every six days: ten million events or more */
    int32_t days = (int32_t)(6.0 * (processes < 100000 ? 1000.0 : 12.0));
    double one = median_rate(&hold_model, &par, days, 1);
    double two = median_rate(&hold_model, &par, days, 2);

    printf("phold_%lld_1 %.3g 1/s\n", (long long)processes, one);
    printf("phold_%lld_2 %.3g 1/s\n", (long long)processes, two);
    printf("phold_%lld_speedup %.2f 1\n", (long long)processes, two / one);
}

int
main(void)
{
    queues();
    holds(10000);
    holds(1000000);
    return 0;
}
