#include "sim/region.h"

#include "sim/err.h"
#include "sim/item.h"

#include <string.h>

/* Events between the prefetch of a record and its use, and of what it links to; events
 * that are looked at together. */
enum { AHEAD = 16, SOON = 8, BATCH = 8 };

/* The models that listen to each signal, in the order of the list, in one flat array.
 */
static void
listeners(struct region *self)
{
    const struct setup *s = self->setup;
    int n = 0, most = 0;

    for (int m = 0; m < s->n_models; m++)
        if (s->models[m]->n_signals > self->n_signals)
            self->n_signals = s->models[m]->n_signals;
    most = self->n_signals * s->n_models;
    self->listener = mem_alloc((size_t)most, sizeof *self->listener);
    self->first_listener = mem_alloc((size_t)self->n_signals + 1, sizeof(int));
    for (int i = 0; i < self->n_signals; i++) {
        self->first_listener[i] = n;
        for (int m = 0; m < s->n_models; m++)
            if (region_has(self, m) && i < s->models[m]->n_signals &&
                s->models[m]->on[i] != NULL)
                self->listener[n++] = s->models[m]->on[i];
    }
    self->first_listener[self->n_signals] = n;
}

void
region_init(
    struct region *self, const struct setup *s, uint32_t shard, struct rng_run run)
{
    size_t models = (size_t)s->n_models;
    const struct shard *which = &s->shard[shard];

    *self = (struct region){.setup = s,
        .index = (uint32_t)which->region,
        .shard = shard,
        .number = which->number,
        .run = run};
    self->code = s->region[which->region].code;
    self->own = mem_alloc(models, sizeof *self->own);
    self->out = mem_alloc(models, sizeof *self->out);
    for (int m = 0; m < s->n_models; m++)
        if (region_has(self, m) && setup_out_bytes(s, m) > 0)
            self->out[m] = mem_alloc(1, setup_out_bytes(s, m));
    self->events = mem_alloc((size_t)s->n_kinds, sizeof *self->events);
    self->records = mem_alloc((size_t)s->n_kinds + 1, sizeof *self->records);
    listeners(self);
    calendar_init(&self->calendar, s->end - 1, (size_t)which->load.rows);
    for (int m = 0; m < s->n_models; m++)
        if (region_has(self, m) && s->models[m]->start != NULL)
            s->models[m]->start(self);
}

void
region_free(struct region *self)
{
    if (self->setup == NULL)
        return;
    for (int m = self->setup->n_models - 1; m >= 0; m--) {
        if (region_has(self, m) && self->setup->models[m]->finish != NULL)
            self->setup->models[m]->finish(self);
        mem_free(self->out[m]);
    }
    calendar_free(&self->calendar);
    mem_free(self->own);
    mem_free(self->out);
    mem_free(self->outbox);
    mem_free(self->events);
    mem_free(self->records);
    mem_free(self->listener);
    mem_free(self->first_listener);
    *self = (struct region){.setup = NULL};
}

bool
region_has(const struct region *self, int model)
{
    return self->number == 0 || self->setup->models[model]->shards;
}

int32_t
region_now(const struct region *self)
{
    return self->calendar.now;
}

void
region_schedule(struct region *self, int model, int which, uint32_t subject,
    uint32_t serial, int32_t time)
{
    if (time >= self->setup->end)
        return;
    calendar_push(
        &self->calendar, (struct event){.time = time,
                             .kind = (uint16_t)(self->setup->first_kind[model] + which),
                             .subject = subject,
                             .serial = serial});
}

void
region_signal(struct region *self, int signal, uint32_t subject)
{
    for (int i = self->first_listener[signal]; i < self->first_listener[signal + 1];
         i++)
        self->listener[i](self, subject);
}

struct message *
region_send(struct region *self, uint32_t to, int model, uint32_t kind)
{
    BUG_IF(to >= (uint32_t)self->setup->n_shards);
    if (self->n_out == self->out_capacity) {
        self->out_capacity = self->out_capacity ? 2 * self->out_capacity : 64;
        self->outbox = mem_grow(self->outbox, self->out_capacity, sizeof *self->outbox);
    }
    struct message *m = &self->outbox[self->n_out];
    *m = (struct message){.time = self->calendar.now,
        .from = self->shard,
        .to = to,
        .model = (uint32_t)model,
        .serial = (uint32_t)self->n_out,
        .kind = kind};
    self->n_out++;
    return m;
}

void
region_records(struct region *self, int model, enum region_part part,
    struct region_records records)
{
    const struct setup *s = self->setup;
    int end = model + 1 < s->n_models ? s->first_kind[model + 1] : s->n_kinds;

    for (int k = s->first_kind[model]; k < end; k++)
        self->records[k][part] = records;
    self->has_records |= records.row != NULL;
    self->has_links |= records.n > 0;
}

/* What an event will need. It must be inlined: GCC leaves out a call that only
 * prefetches, as one without effect. */
__attribute__((always_inline)) static inline void
prefetch(const struct region_records *records, uint32_t i)
{
    if (records->row == NULL)
        return;
    const unsigned char *p = records->row + i * records->size;
    __builtin_prefetch(p, 1);
    __builtin_prefetch(p + records->size - 1, 1); /* may be the next line */
}

/* The row to which that of an event links, which is there by now. */
__attribute__((always_inline)) static inline void
prefetch_link(const struct region_records *records, uint32_t i)
{
    uint32_t other;

    if (i >= records->n)
        return;
    memcpy(&other, records->row + i * records->size + records->link, sizeof other);
    if (other < records->n)
        prefetch(records, other);
}

/* Fetches for the events of this window that come after the next `first`. In batches,
 * so that several addresses are translated at a time. */
__attribute__((always_inline)) static inline void
look_ahead(const struct region *self, size_t first, int32_t end)
{
    size_t n;
    const struct item *next = calendar_sorted(&self->calendar, &n);

    for (size_t k = first; k < AHEAD + BATCH && k < n; k++) {
        struct event e = item_event(next[k]);
        if (e.time >= end)
            break;
        prefetch(&self->records[e.kind][REGION_SUBJECT], e.subject);
        prefetch(&self->records[e.kind][REGION_SERIAL], e.serial);
    }
    if (!self->has_links)
        return;
    for (size_t k = SOON; k < SOON + BATCH && k < n; k++) {
        struct event e = item_event(next[k]);
        prefetch_link(&self->records[e.kind][REGION_SUBJECT], e.subject);
    }
}

void
region_run(struct region *self, int32_t end)
{
    const struct handler **handler = self->setup->handler;
    unsigned n = 0;
    struct event e;

    if (self->has_records)
        look_ahead(self, 0, end);
    while (calendar_pop(&self->calendar, end, &e)) {
        if (++n % BATCH == 0 && self->has_records)
            look_ahead(self, AHEAD, end);
        self->events[e.kind]++;
        handler[e.kind]->run(self, &e);
    }
    self->calendar.now = end;
}
