#define _POSIX_C_SOURCE 200809L
#include "sim/executive.h"

#include "sim/region.h"

#include <omp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/*
 * All threads walk the same steps: a turn of every region (mail of the last window,
 * observation at month ends, the next window), then one thread sorts the mail. A region's
 * turn needs nothing but its mail, so no core waits between delivery and the next window.
 * Threads sleep at barriers instead of spinning, so that a busy machine costs no more than
 * its share.
 */
struct run {
    const struct setup *setup;
    struct region *region; /* [n_regions]; owned */
    int *order;            /* [n_regions] largest load first; owned */
    int threads, replicate;
    struct result *result; /* not owned */
    const struct executive_watch *watch;
    struct executive_work *work;

    struct message *mail; /* of the last window, by receiver; owned */
    size_t *first;        /* [n_regions + 2] where a receiver's mail begins; owned */
    size_t mail_capacity;

    int32_t now, end; /* minutes; the window's begin and end; equal after the last */
    int time;         /* of results to observe at `now`, or -1 */
    int next_time;    /* index of the next month end */
    int status;
    double *observe_s; /* [n_regions] wall time; owned */
    pthread_barrier_t barrier;
    atomic_int next; /* region to take, in `order` */
};

static double
now_s(void)
{
    return omp_get_wtime();
}

/* Indices of the regions by falling load; ties by index, so the order is one. */
static void
largest_first(const struct setup *s, int *order)
{
    for (int i = 0; i < s->n_regions; i++) {
        int k = i;
        for (; k > 0 && s->region[order[k - 1]].load < s->region[i].load; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
}

static void
run_init(struct run *self, const struct setup *s, int replicate, int threads)
{
    struct rng_run rng = rng_run(s->seed, (uint32_t)replicate);
    size_t n = (size_t)s->n_regions;

    *self = (struct run){.setup = s, .threads = threads, .replicate = replicate};
    self->region = mem_alloc(n, sizeof *self->region);
    self->order = mem_alloc(n, sizeof *self->order);
    self->first = mem_alloc(n + 2, sizeof *self->first);
    self->observe_s = mem_alloc(n, sizeof *self->observe_s);
    self->next_time = 1;
    self->end = s->time[1] < s->window ? s->time[1] : s->window;
    pthread_barrier_init(&self->barrier, NULL, (unsigned)threads);
    atomic_init(&self->next, 0);
    largest_first(s, self->order);
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int i = 0; i < s->n_regions; i++) {
        int k = self->order[i];
        region_init(&self->region[k], s, (uint32_t)k, rng);
    }
}

static void
run_free(struct run *self)
{
#pragma omp parallel for schedule(dynamic, 1) num_threads(self->threads)
    for (int i = 0; i < self->setup->n_regions; i++)
        region_free(&self->region[i]);
    pthread_barrier_destroy(&self->barrier);
    mem_free(self->region);
    mem_free(self->order);
    mem_free(self->mail);
    mem_free(self->first);
    mem_free(self->observe_s);
}

/* Copies what was sent, by receiver, then sender, then order of sending: a counting
 * sort. The outboxes are empty afterwards. */
static void
collect(struct run *self)
{
    size_t n = (size_t)self->setup->n_regions, total = 0;

    memset(self->first, 0, (n + 2) * sizeof *self->first);
    for (size_t i = 0; i < n; i++) {
        total += self->region[i].n_out;
        for (size_t k = 0; k < self->region[i].n_out; k++)
            self->first[self->region[i].outbox[k].to + 2]++;
    }
    if (total > self->mail_capacity) {
        self->mail_capacity = 2 * total;
        self->mail = mem_grow(self->mail, self->mail_capacity, sizeof *self->mail);
    }
    for (size_t i = 0; i < n; i++)
        self->first[i + 2] += self->first[i + 1];
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < self->region[i].n_out; k++) {
            const struct message *m = &self->region[i].outbox[k];
            self->mail[self->first[m->to + 1]++] = *m;
        }
        self->region[i].n_out = 0;
    }
    self->work->messages += total;
}

static int
by_time(const void *a, const void *b)
{
    const struct message *x = a, *y = b;

    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->serial < y->serial ? -1 : x->serial > y->serial;
}

static void
deliver(struct run *self, int i)
{
    struct message *mail = self->mail + self->first[i];
    size_t n = self->first[i + 1] - self->first[i];

    if (n == 0)
        return;
    qsort(mail, n, sizeof *mail, by_time);
    for (size_t k = 0; k < n; k++)
        self->setup->models[mail[k].model]->receive(&self->region[i], &mail[k]);
}

static void
observe(struct run *self, int i)
{
    const struct setup *s = self->setup;
    struct region *r = &self->region[i];
    double t0 = omp_get_wtime();

    for (int m = 0; m < s->n_models; m++)
        if (s->models[m]->observe != NULL)
            s->models[m]->observe(r);
    for (int m = 0; m < s->n_models; m++) {
        size_t size = s->models[m]->out_size;
        if (size == 0)
            continue;
        memcpy(result_at(self->result, m, self->replicate, self->time, i), r->out[m],
            size);
        memset(r->out[m], 0, size);
    }
    self->observe_s[i] += omp_get_wtime() - t0;
}

static void
turns(struct run *self)
{
    int k;

    while ((k = atomic_fetch_add(&self->next, 1)) < self->setup->n_regions) {
        int i = self->order[k];
        deliver(self, i);
        if (self->time >= 0)
            observe(self, i);
        if (self->end > self->now)
            region_run(&self->region[i], self->end);
    }
}

/* Between turns, by one thread: the mail, the clock, the caller's wishes. */
static void
advance(struct run *self)
{
    const struct setup *s = self->setup;
    const struct executive_watch *watch = self->watch;

    if (self->time > 0 && watch->month != NULL)
        watch->month(watch->context, self->replicate, self->time);
    if (watch->stop != NULL && watch->stop(watch->context))
        self->status = err_set(ERR_STOPPED, "stopped on request");
    double t0 = now_s();
    collect(self);
    self->work->exchange_s += now_s() - t0;
    self->now = self->end;
    self->time = self->now == s->time[self->next_time] ? self->next_time++ : -1;
    if (self->next_time < s->n_times) {
        int32_t left = s->time[self->next_time] - self->now;
        self->end = self->now + (left < s->window ? left : s->window);
    }
    atomic_store(&self->next, 0);
}

static void
team(struct run *self)
{
    bool last = false;

    while (!last && self->status == 0) {
        last = self->end == self->now; /* nothing left but mail and observation */
        turns(self);
        pthread_barrier_wait(&self->barrier);
        if (omp_get_thread_num() == 0)
            advance(self);
        pthread_barrier_wait(&self->barrier);
    }
}

int
executive_run(const struct setup *s, int replicate, int threads, struct result *result,
    const struct executive_watch *watch, struct executive_work *work)
{
    struct run run;
    double t0 = now_s();

    run_init(&run, s, replicate, threads);
    work->setup_s += now_s() - t0;
    run.result = result;
    run.watch = watch;
    run.work = work;
    t0 = now_s();
#pragma omp parallel num_threads(threads)
    team(&run);
    work->lives_s += now_s() - t0;
    if (work->events == NULL)
        work->events = mem_alloc((size_t)s->n_kinds, sizeof *work->events);
    for (int i = 0; i < s->n_regions; i++)
        for (int k = 0; k < s->n_kinds; k++)
            work->events[k] += run.region[i].events[k];
    for (int i = 0; i < s->n_regions; i++)
        work->observe_s += run.observe_s[i] / threads;
    int status = run.status;
    run_free(&run);
    return status;
}

void
executive_work_free(struct executive_work *self)
{
    mem_free(self->events);
    self->events = NULL;
}
