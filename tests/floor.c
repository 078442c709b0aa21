#include "tests/floor.h"

#include <gsl/gsl_randist.h>
#include <math.h>

enum { ARRIVE, END, GIVE_UP };
enum { DRAW_ARRIVAL = 1, DRAW_STAY, DRAW_PATIENCE };

static void arrive(struct region *r, const struct event *e);
static void end(struct region *r, const struct event *e);
static void give_up(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"arrive", arrive, "a customer comes"},
    {"end", end, "a stay ends"},
    {"give up", give_up, "a customer leaves the line"},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);
static void start(struct region *r);
static void finish(struct region *r);
const struct model floor_model = {
    .name = "queue",
    .doc = "a queue with classes and impatience",
    .prepare = prepare,
    .handlers = handlers,
    .start = start,
    .finish = finish,
};

static struct floor *
floor_of(const struct region *r)
{
    return r->own[0];
}

static const struct floor_par *
par_of(const struct region *r)
{
    return r->setup->par[0];
}

static const gsl_rng *
draws(const struct region *r, struct rng_stream *stream, uint32_t class,
    uint32_t number, uint32_t purpose)
{
    return rng_open(stream, r->run, (uint64_t) class << 32 | number, purpose);
}

static int32_t
after(const struct region *r, double time)
{
    double t = region_now(r) + floor(time * par_of(r)->minutes + 0.5);

    return t < r->setup->end ? (int32_t)t : NEVER;
}

static double
stay(const struct queue *q, const gsl_rng *rng)
{
    double spread = log(1.0 + q->cv * q->cv), shape = 1.0 / (q->cv * q->cv);

    switch (q->shape) {
    case QUEUE_LOGNORMAL:
        return q->stay * gsl_ran_lognormal(rng, -0.5 * spread, sqrt(spread));
    case QUEUE_GAMMA:
        return gsl_ran_gamma(rng, shape, q->stay / shape);
    case QUEUE_CONSTANT:
        return q->stay;
    case QUEUE_EXPONENTIAL:
    case QUEUE_SHAPES:
        break;
    }
    return gsl_ran_exponential(rng, q->stay);
}

static void
schedule_arrival(struct region *r, uint32_t class, uint32_t number)
{
    const struct queue *q = floor_of(r)->q;
    double most = q->arrivals[class] * (class == 0 ? 1.0 + q->swing : 1.0);
    struct rng_stream stream;

    if (most <= 0.0)
        return;
    const gsl_rng *rng = draws(r, &stream, class, number, DRAW_ARRIVAL);
    region_schedule(
        r, 0, ARRIVE, class, number, after(r, gsl_ran_exponential(rng, 1.0 / most)));
}

static uint32_t
new_row(struct floor *f)
{
    if (f->free != STATION_NONE) {
        uint32_t i = f->free;
        f->free = f->row[i].next;
        return i;
    }
    if (f->n == f->room) {
        f->room = f->room ? 2 * f->room : 64;
        f->row = mem_grow(f->row, f->room, sizeof *f->row);
    }
    return f->n++;
}

static void
free_row(struct floor *f, uint32_t i)
{
    f->row[i].present = false;
    f->row[i].next = f->free;
    f->free = i;
}

/* Counts a wait that has come to its end. */
static void
end_wait(struct floor *f, const struct floor_customer *x, int32_t now, double within)
{
    int32_t wait = now - x->joined;

    f->waited += wait;
    f->tally.ended++;
    f->tally.ended_of[x->class]++;
    f->tally.wait_of[x->class] += wait;
    f->tally.beyond += wait > within;
    if (f->q->wait != NULL && x->class == 0 && x->number < f->q->n_wait)
        f->q->wait[x->number] = wait;
}

/* Gives places to those whose turn it is. */
static void
serve(struct region *r)
{
    struct floor *f = floor_of(r);
    int32_t now = region_now(r);
    struct rng_stream stream;

    while (station_open(&f->station) && f->station.waiting > 0) {
        uint32_t ticket = station_first(&f->station);
        uint32_t i = f->station.ticket[ticket].subject;
        struct floor_customer *x = &f->row[i];
        station_serve(&f->station, ticket, now);
        end_wait(f, x, now, f->q->within * par_of(r)->minutes);
        f->tally.wait_served += now - x->joined;
        x->started = now;
        const gsl_rng *rng = draws(r, &stream, x->class, x->number, DRAW_STAY);
        region_schedule(r, 0, END, i, x->number, after(r, stay(f->q, rng)));
    }
}

/* A customer of class 0 comes with probability (1 + swing sin) / (1 + swing). */
static bool
thinned(const struct region *r, uint32_t class, uint32_t number)
{
    const struct queue *q = floor_of(r)->q;
    double t = region_now(r) / par_of(r)->minutes;
    struct rng_stream stream;

    if (class > 0 || q->swing <= 0.0)
        return false;
    const gsl_rng *rng = draws(r, &stream, class, number, DRAW_ARRIVAL);
    gsl_rng_uniform(rng); /* the one that gave the time of arrival */
    return gsl_rng_uniform(rng) * (1.0 + q->swing) >=
           1.0 + q->swing * sin(q->speed * t);
}

static void
arrive(struct region *r, const struct event *e)
{
    struct floor *f = floor_of(r);
    uint32_t class = e->subject;
    struct rng_stream stream;

    schedule_arrival(r, class, e->serial + 1);
    if (thinned(r, class, e->serial))
        return;
    f->tally.arrived++;
    if (!station_open(&f->station)) {
        f->tally.delayed += !f->q->lost;
        f->tally.lost += f->q->lost;
        if (f->q->lost)
            return;
    }
    uint32_t i = new_row(f);
    f->row[i] = (struct floor_customer){.number = e->serial,
        .class = class,
        .joined = e->time,
        .started = FLOOR_WAITING,
        .present = true};
    f->row[i].ticket = station_join(&f->station, i, class, e->time);
    serve(r);
    if (f->q->patience <= 0.0 || f->row[i].started != FLOOR_WAITING)
        return;
    const gsl_rng *rng = draws(r, &stream, class, e->serial, DRAW_PATIENCE);
    region_schedule(r, 0, GIVE_UP, i, e->serial,
        after(r, gsl_ran_exponential(rng, f->q->patience)));
}

static void
end(struct region *r, const struct event *e)
{
    struct floor *f = floor_of(r);

    f->stayed += e->time - f->row[e->subject].started;
    free_row(f, e->subject);
    station_release(&f->station, e->time);
    serve(r);
}

static void
give_up(struct region *r, const struct event *e)
{
    struct floor *f = floor_of(r);
    struct floor_customer *x = &f->row[e->subject];

    if (!x->present || x->number != e->serial || x->started != FLOOR_WAITING)
        return;
    station_leave(&f->station, x->ticket, e->time);
    end_wait(f, x, e->time, f->q->within * par_of(r)->minutes);
    f->tally.left++;
    free_row(f, e->subject);
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    (void)tab;
    (void)report;
    s->n_regions = 1;
    s->region = mem_arena(&s->arena, 1, sizeof *s->region);
    s->region[0] = (struct region_name){
        .code = 1, .name = "hall", .name_zh = "hall", .load.rows = 1000.0};
}

static void
start(struct region *r)
{
    struct floor *f = mem_alloc(1, sizeof *f);

    *f = (struct floor){.q = par_of(r)->q, .free = STATION_NONE};
    station_init(&f->station, f->q->places, QUEUE_CLASSES);
    r->own[0] = f;
    for (uint32_t class = 0; class < QUEUE_CLASSES; class ++)
        schedule_arrival(r, class, 0);
}

static void
finish(struct region *r)
{
    struct floor *f = floor_of(r);

    station_free(&f->station);
    mem_free(f->row);
    mem_free(f);
}
