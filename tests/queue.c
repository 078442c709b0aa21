#include "tests/queue.h"

#include "sim/date.h"
#include "sim/err.h"
#include "tests/floor.h"

#include <math.h>

static double
arrivals_of(const struct queue *q)
{
    return q->arrivals[0] + q->arrivals[1];
}

/* Minutes of a unit of time: the shortest mean gets QUEUE_MINUTES. */
static double
scale(const struct queue *q)
{
    double least = fmin(q->stay, 1.0 / arrivals_of(q));

    if (q->patience > 0.0)
        least = fmin(least, q->patience);
    return QUEUE_MINUTES / least;
}

/*
 * The slowest mode of M/M/c decays with the relaxation time stay / (c (1 - sqrt
 * rho)^2); other stays take about (1 + cv^2) / 2 times as long. Patience bounds it.
 */
double
queue_warm(const struct queue *q)
{
    double rho = arrivals_of(q) * q->stay / q->places;
    double slack = 1.0 - sqrt(rho < 1.0 ? rho : 0.0);
    double relax = q->stay / (q->places * slack * slack) * (1.0 + q->cv * q->cv) / 2.0;

    if (q->shape == QUEUE_EXPONENTIAL)
        relax = q->stay / (q->places * slack * slack);
    if (q->lost)
        relax = 0.0;
    if (q->patience > 0.0)
        relax = rho < 1.0 ? fmin(relax, q->patience) : q->patience;
    return 10.0 * (relax + q->stay);
}

static double
warm_of(const struct queue *q)
{
    return q->warm > 0.0 ? q->warm : queue_warm(q);
}

static double
length_of(const struct queue *q)
{
    return q->customers / arrivals_of(q);
}

bool
queue_fits(const struct queue *q)
{
    double rho = arrivals_of(q) * q->stay / q->places;

    return (rho < 1.0 || q->lost || q->patience > 0.0) &&
           (warm_of(q) + length_of(q)) * scale(q) < INT32_MAX - 2.0 * MINUTES_A_DAY;
}

/* The station's integrals beside the sums over customers; whole minutes, exact. */
static void
compare_integrals(const struct floor *f, int32_t now, struct queue_found *found)
{
    double sum[2] = {f->waited, f->stayed};
    double integral[2] = {f->station.waiting_minutes, f->station.busy_minutes};

    for (uint32_t i = 0; i < f->n; i++) {
        const struct floor_customer *x = &f->row[i];
        if (!x->present)
            continue;
        sum[0] += x->started == FLOOR_WAITING ? now - x->joined : 0;
        sum[1] += x->started == FLOOR_WAITING ? 0 : now - x->started;
    }
    BUG_IF(
        f->station.joined != f->station.served + f->station.left + f->station.waiting);
    for (int k = 0; k < 2; k++) {
        found->integral[k] += integral[k];
        found->sum[k] += sum[k];
        found->gap = fmax(found->gap, fabs(sum[k] - integral[k]));
    }
}

static double
share(double x, double of)
{
    return of > 0.0 ? x / of : 0.0;
}

static void
measure(const struct floor *f, double span, double minutes, double x[QUEUE_MEASURES])
{
    const struct floor_tally *t = &f->tally;
    double served = t->ended - t->left;

    x[QUEUE_WAIT] = share(t->delayed, t->arrived);
    x[QUEUE_BEYOND] = share(t->beyond, t->ended);
    x[QUEUE_LEAVE] = share(t->left, t->arrived);
    x[QUEUE_LOST] = share(t->lost, t->arrived);
    x[QUEUE_LINE] = (f->station.waiting_minutes - t->waiting_minutes) / span;
    x[QUEUE_USE] = (f->station.busy_minutes - t->busy_minutes) / span / f->q->places;
    x[QUEUE_TIME] = share(t->wait_of[0] + t->wait_of[1], t->ended) / minutes;
    x[QUEUE_TIME_0] = share(t->wait_of[0], t->ended_of[0]) / minutes;
    x[QUEUE_TIME_1] = share(t->wait_of[1], t->ended_of[1]) / minutes;
    x[QUEUE_SERVED] = share(t->wait_served, served) / minutes;
    x[QUEUE_PRESENT] = (double)(f->station.busy + f->station.waiting);
}

/* One replicate: the warm-up, then what is counted. */
static void
replicate(const struct setup *s, uint32_t i, struct queue_found *found,
    double x[QUEUE_MEASURES])
{
    const struct floor_par *par = s->par[0];
    int32_t warm = (int32_t)(warm_of(par->q) * par->minutes);
    int32_t last = warm + (int32_t)(length_of(par->q) * par->minutes);
    struct region r;

    region_init(&r, s, 0, rng_run(s->seed, i));
    struct floor *f = r.own[0];
    region_run(&r, warm);
    station_clock(&f->station, warm);
    f->tally = (struct floor_tally){.waiting_minutes = f->station.waiting_minutes,
        .busy_minutes = f->station.busy_minutes};
    region_run(&r, last);
    station_clock(&f->station, last);
    measure(f, last - warm, par->minutes, x);
    compare_integrals(f, last, found);
    found->events += (int64_t)r.calendar.popped;
    region_free(&r);
}

struct queue_found
queue_run(const struct queue *q)
{
    const struct model *const models[] = {&floor_model, NULL};
    struct floor_par par = {q, scale(q)};
    void *pars[] = {&par};
    struct setup s = {.seed = q->seed};
    struct report report = {.mistakes = 0};
    struct queue_found found = {.gap = 0.0};
    double square[QUEUE_MEASURES] = {0.0}, x[QUEUE_MEASURES], n = q->replicates;

    BUG_IF(!queue_fits(q));
    setup_init(&s, models, pars, 0,
        (int32_t)((warm_of(q) + length_of(q)) * par.minutes / MINUTES_A_DAY), &report);
    for (int i = 0; i < q->replicates; i++) {
        replicate(&s, (uint32_t)i, &found, x);
        for (int k = 0; k < QUEUE_MEASURES; k++) {
            double gain = x[k] - found.mean[k];
            found.mean[k] += gain / (i + 1);
            square[k] += gain * (x[k] - found.mean[k]);
        }
    }
    for (int k = 0; k < QUEUE_MEASURES; k++)
        found.error[k] = sqrt(square[k] / (n - 1.0) / n);
    setup_free(&s);
    report_free(&report);
    return found;
}
