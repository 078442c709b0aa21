#include "sim/executive.h"

#include "sim/region.h"

#include <omp.h>
#include <string.h>

struct run {
    const struct setup *setup;
    struct region *region; /* [n_regions]; owned */
    int *order;            /* [n_regions] largest load first; owned */
    struct message **mail; /* messages by receiver; owned */
    size_t *first;         /* [n_regions + 1] where a receiver's mail begins; owned */
    size_t mail_capacity;
    int threads;
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

    *self = (struct run){.setup = s, .threads = threads};
    self->region = mem_alloc(n, sizeof *self->region);
    self->order = mem_alloc(n, sizeof *self->order);
    self->first = mem_alloc(n + 2, sizeof *self->first);
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
    mem_free(self->region);
    mem_free(self->order);
    mem_free(self->mail);
    mem_free(self->first);
}

/* Sorts messages by receiver, then sender, then order of sending: a counting sort. */
static size_t
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
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < self->region[i].n_out; k++) {
            struct message *m = &self->region[i].outbox[k];
            self->mail[self->first[m->to + 1]++] = m;
        }
    return total;
}

static int
by_time(const void *a, const void *b)
{
    const struct message *x = *(struct message *const *)a;
    const struct message *y = *(struct message *const *)b;

    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->serial < y->serial ? -1 : x->serial > y->serial;
}

static size_t
exchange(struct run *self)
{
    const struct setup *s = self->setup;
    size_t total = collect(self);

    if (total == 0)
        return 0;
#pragma omp parallel for schedule(dynamic, 1) num_threads(self->threads)
    for (int i = 0; i < s->n_regions; i++) {
        struct message **mail = self->mail + self->first[i];
        size_t n = self->first[i + 1] - self->first[i];
        qsort(mail, n, sizeof *mail, by_time);
        for (size_t k = 0; k < n; k++)
            s->models[mail[k]->model]->receive(&self->region[i], mail[k]);
    }
    for (int i = 0; i < s->n_regions; i++)
        self->region[i].n_out = 0;
    return total;
}

static void
observe(struct run *self, int replicate, int time, struct result *result)
{
    const struct setup *s = self->setup;

#pragma omp parallel for schedule(dynamic, 1) num_threads(self->threads)
    for (int i = 0; i < s->n_regions; i++) {
        struct region *r = &self->region[i];
        for (int m = 0; m < s->n_models; m++)
            if (s->models[m]->observe != NULL)
                s->models[m]->observe(r);
        for (int m = 0; m < s->n_models; m++) {
            size_t size = s->models[m]->out_size;
            if (size == 0)
                continue;
            memcpy(result_at(result, m, replicate, time, i), r->out[m], size);
            memset(r->out[m], 0, size);
        }
    }
}

/* One window: the lives of every region, then the mail. */
static void
window(struct run *self, int32_t end, struct executive_work *work)
{
    double t0 = now_s();

#pragma omp parallel for schedule(dynamic, 1) num_threads(self->threads)
    for (int i = 0; i < self->setup->n_regions; i++)
        region_run(&self->region[self->order[i]], end);
    double t1 = now_s();
    work->messages += exchange(self);
    work->lives_s += t1 - t0;
    work->exchange_s += now_s() - t1;
}

static int
run_all(struct run *self, int replicate, struct result *result,
    const struct executive_watch *watch, struct executive_work *work)
{
    const struct setup *s = self->setup;
    int32_t now = 0;

    observe(self, replicate, 0, result);
    for (int t = 1; t < s->n_times; t++) {
        while (now < s->time[t]) {
            now = s->time[t] - now > s->window ? now + s->window : s->time[t];
            window(self, now, work);
            if (watch->stop != NULL && watch->stop(watch->context))
                return err_set(ERR_STOPPED, "stopped on request");
        }
        double t0 = now_s();
        observe(self, replicate, t, result);
        work->observe_s += now_s() - t0;
        if (watch->month != NULL)
            watch->month(watch->context, replicate, t);
    }
    return 0;
}

int
executive_run(const struct setup *s, int replicate, int threads, struct result *result,
    const struct executive_watch *watch, struct executive_work *work)
{
    struct run run;
    double t0 = now_s();

    run_init(&run, s, replicate, threads);
    work->setup_s += now_s() - t0;
    int status = run_all(&run, replicate, result, watch, work);
    if (work->events == NULL)
        work->events = mem_alloc((size_t)s->n_kinds, sizeof *work->events);
    for (int i = 0; i < s->n_regions; i++)
        for (int k = 0; k < s->n_kinds; k++)
            work->events[k] += run.region[i].events[k];
    run_free(&run);
    return status;
}

void
executive_work_free(struct executive_work *self)
{
    mem_free(self->events);
    self->events = NULL;
}
