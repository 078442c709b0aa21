#define _POSIX_C_SOURCE 200809L
#include "sim/executive.h"

#include "sim/meeting.h"
#include "sim/ranks.h"
#include "sim/region.h"

#include <omp.h>

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/*
 * All threads walk the same steps: a turn of every region (mail of the last window,
 * observation at month ends, the next window), then one thread sorts the mail. A
 * region's turn needs nothing but its mail, so no core waits between delivery and the
 * next window. Threads that wait look around for a moment, then sleep (meeting.h), so
 * that a busy machine costs no more than its share.
 */
struct run {
    const struct setup *setup;
    struct region *region; /* [n_shards]; owned */
    int *order;            /* [n_mine] regions of this rank, largest first; owned */
    int n_mine;
    int threads, replicate;
    struct result *result; /* not owned */
    const struct executive_watch *watch;
    struct executive_work *work;

    int *owner;           /* [n_shards] rank of each region; owned */
    struct message *sent; /* by regions of this rank in the last window; owned */
    size_t n_sent, sent_room;
    struct ranks_mail mail; /* for regions of this rank */
    struct message *sorted; /* the same by receiver; owned */
    size_t sorted_room;
    size_t *first; /* [n_shards + 2] where a receiver's mail begins; owned */

    int32_t now, end; /* minutes; the window's begin and end; equal after the last */
    int time;         /* of results to observe at `now`, or -1 */
    int next_time;    /* index of the next month end */
    int status;
    double *observe_s;      /* [n_shards] wall time; owned */
    struct meeting meeting; /* between turns */
    atomic_int next;        /* region to take, in `order` */
};

/* This rank's regions by falling load; ties by index, so the order is one. */
static void
largest_first(struct run *self, int me)
{
    const struct shard *shard = self->setup->shard;

    for (int i = 0; i < self->setup->n_shards; i++) {
        int k = self->n_mine;
        if (self->owner[i] != me)
            continue;
        for (; k > 0 && shard[self->order[k - 1]].load.work < shard[i].load.work; k--)
            self->order[k] = self->order[k - 1];
        self->order[k] = i;
        self->n_mine++;
    }
}

static void
run_init(struct run *self, const struct setup *s, int replicate, int threads)
{
    struct rng_run rng = rng_run(s->seed, (uint32_t)replicate);
    size_t n = (size_t)s->n_shards;

    *self = (struct run){.setup = s, .threads = threads, .replicate = replicate};
    self->region = mem_alloc(n, sizeof *self->region);
    self->order = mem_alloc(n, sizeof *self->order);
    self->first = mem_alloc(n + 2, sizeof *self->first);
    self->observe_s = mem_alloc(n, sizeof *self->observe_s);
    self->next_time = 1;
    self->end = s->time[1] < s->window ? s->time[1] : s->window;
    self->owner = mem_alloc(n, sizeof *self->owner);
    atomic_init(&self->next, 0);
    ranks_spread(s, s->team != NULL ? s->team->ranks : ranks_count(), self->owner);
    largest_first(self, s->team != NULL ? s->team->me : ranks_me());
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int i = 0; i < self->n_mine; i++) {
        int k = self->order[i];
        region_init(&self->region[k], s, (uint32_t)k, rng);
    }
}

static void
run_free(struct run *self)
{
#pragma omp parallel for schedule(dynamic, 1) num_threads(self->threads)
    for (int i = 0; i < self->setup->n_shards; i++)
        region_free(&self->region[i]);
    ranks_mail_free(&self->mail);
    mem_free(self->region);
    mem_free(self->order);
    mem_free(self->owner);
    mem_free(self->sent);
    mem_free(self->sorted);
    mem_free(self->first);
    mem_free(self->observe_s);
}

/* Empties the outboxes of this rank's regions into one array. */
static void
empty_outboxes(struct run *self)
{
    size_t total = 0, n = 0;

    for (int k = 0; k < self->n_mine; k++)
        total += self->region[self->order[k]].n_out;
    if (total > self->sent_room) {
        self->sent_room = 2 * total;
        self->sent = mem_grow(self->sent, self->sent_room, sizeof *self->sent);
    }
    for (int k = 0; k < self->n_mine; k++) {
        struct region *r = &self->region[self->order[k]];
        if (r->n_out > 0)
            memcpy(self->sent + n, r->outbox, r->n_out * sizeof *self->sent);
        n += r->n_out;
        r->n_out = 0;
    }
    self->n_sent = total;
    self->work->messages += total;
}

/* Sorts what came by receiver: a counting sort; each receiver sorts its own later. */
static void
sort_mail(struct run *self)
{
    size_t n = (size_t)self->setup->n_shards;
    const struct ranks_mail *mail = &self->mail;

    if (mail->n_in > self->sorted_room) {
        self->sorted_room = mail->room;
        self->sorted = mem_grow(self->sorted, self->sorted_room, sizeof *self->sorted);
    }
    memset(self->first, 0, (n + 2) * sizeof *self->first);
    for (size_t k = 0; k < mail->n_in; k++)
        self->first[mail->in[k].to + 2]++;
    for (size_t i = 0; i < n; i++)
        self->first[i + 2] += self->first[i + 1];
    for (size_t k = 0; k < mail->n_in; k++)
        self->sorted[self->first[mail->in[k].to + 1]++] = mail->in[k];
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
    struct message *mail = self->sorted + self->first[i];
    size_t n = self->first[i + 1] - self->first[i];

    if (n == 0)
        return;
    qsort(mail, n, sizeof *mail, by_time);
    for (size_t k = 0; k < n; k++)
        self->setup->models[mail[k].model]->receive(&self->region[i], &mail[k]);
}

/* What the models see now, as the results of a replicate at a time. */
static void
keep(struct region *r, struct result *result, int replicate, int time)
{
    const struct setup *s = r->setup;

    for (int m = 0; m < s->n_models; m++)
        if (region_has(r, m) && s->models[m]->observe != NULL)
            s->models[m]->observe(r);
    for (int m = 0; m < s->n_models; m++) {
        size_t size = setup_out_bytes(s, m);
        if (size == 0 || !region_has(r, m))
            continue;
        memcpy(result_at_shard(result, m, replicate, time, (int)r->shard), r->out[m],
            size);
        memset(r->out[m], 0, size);
    }
}

static void
observe(struct run *self, int i)
{
    double t0 = omp_get_wtime();

    keep(&self->region[i], self->result, self->replicate, self->time);
    self->observe_s[i] += omp_get_wtime() - t0;
}

static void
turn(struct run *self, int i)
{
    deliver(self, i);
    if (self->time >= 0)
        observe(self, i);
    if (self->end > self->now)
        region_run(&self->region[i], self->end);
}

static void
turns(struct run *self)
{
    const struct executive_watch *watch = self->watch;
    int k;

    while ((k = atomic_fetch_add(&self->next, 1)) < self->n_mine) {
        double t0 = watch->turn != NULL ? omp_get_wtime() : 0.0;
        turn(self, self->order[k]);
        if (watch->turn != NULL)
            watch->turn(watch->context, self->order[k], omp_get_wtime() - t0);
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
    double t0 = omp_get_wtime();
    empty_outboxes(self);
    self->mail.out = self->sent;
    self->mail.n_out = self->n_sent;
    self->mail.stop = self->end > self->now && watch->stop != NULL &&
                      watch->stop(watch->context); /* a finished run is kept */
    ranks_exchange(&self->mail, self->owner, s->team);
    if (self->mail.stop)
        self->status = err_set(ERR_STOPPED, "stopped on request");
    sort_mail(self);
    self->work->exchange_s += omp_get_wtime() - t0;
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

#pragma omp single
    meeting_init(&self->meeting, omp_get_num_threads());
    while (!last && self->status == 0) {
        last = self->end == self->now; /* nothing left but mail and observation */
        turns(self);
        meeting_wait(&self->meeting);
        if (omp_get_thread_num() == 0)
            advance(self);
        meeting_wait(&self->meeting);
    }
}

int
executive_run(const struct setup *s, int replicate, int threads, struct result *result,
    const struct executive_watch *watch, struct executive_work *work)
{
    struct run run;
    double t0 = omp_get_wtime();

    run_init(&run, s, replicate, threads);
    work->setup_s += omp_get_wtime() - t0;
    run.result = result;
    run.watch = watch;
    run.work = work;
    t0 = omp_get_wtime();
#pragma omp parallel num_threads(threads)
    team(&run);
    work->lives_s += omp_get_wtime() - t0;
    if (work->events == NULL)
        work->events = mem_alloc((size_t)s->n_kinds, sizeof *work->events);
    int status = run.status;
    for (int i = 0; i < run.n_mine; i++) {
        for (int k = 0; k < s->n_kinds; k++)
            work->events[k] += run.region[run.order[i]].events[k];
        work->observe_s += run.observe_s[run.order[i]] / threads;
    }
    meeting_free(&run.meeting);
    if ((s->team != NULL ? s->team->ranks : ranks_count()) == 1)
        result_fold(result, replicate); /* the others wait for result_gather() */
    run_free(&run);
    return status;
}

void
executive_start(const struct setup *s, int threads, struct result *result)
{
    struct rng_run rng = rng_run(s->seed, 0);

#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int i = 0; i < s->n_shards; i++) {
        struct region r;
        region_init(&r, s, (uint32_t)i, rng);
        keep(&r, result, 0, 0);
        region_free(&r);
    }
    result_fold(result, 0);
}

void
executive_work_free(struct executive_work *self)
{
    mem_free(self->events);
    self->events = NULL;
}
