#include "sim/result.h"

#include "sim/err.h"
#include "sim/ranks.h"

#include <limits.h>
#include <string.h>

static size_t
places(const struct result *self, int replicates)
{
    return (size_t)replicates * (size_t)self->setup->n_times *
           (size_t)self->setup->n_regions;
}

/* A model without results still has a place, so that result_at() is never NULL. */
static size_t
stride(const struct setup *s, int model)
{
    size_t bytes = setup_out_bytes(s, model);

    return bytes > 0 ? bytes : 1;
}

/* Of what shards have apart; 0: nothing. */
static size_t
places_apart(const struct result *self, int model, int replicates)
{
    const struct setup *s = self->setup;
    int shards = s->models[model]->shards ? s->n_shards - s->n_regions : 0;

    return (size_t)replicates * (size_t)s->n_times * (size_t)shards;
}

void
result_init(struct result *self, const struct setup *s, int replicates)
{
    BUG_IF(replicates < 1);
    *self = (struct result){.setup = s, .replicates = replicates, .room = replicates};
    self->data = mem_alloc((size_t)s->n_models, sizeof *self->data);
    /* not in huge pages: each month some region would clear one for all the others */
    for (int i = 0; i < s->n_models; i++)
        self->data[i] = mem_lazy(places(self, replicates), stride(s, i));
    self->apart = mem_alloc((size_t)s->n_models, sizeof *self->apart);
    for (int i = 0; i < s->n_models; i++)
        if (places_apart(self, i, replicates) > 0)
            self->apart[i] = mem_lazy(places_apart(self, i, replicates), stride(s, i));
}

void
result_free(struct result *self)
{
    for (int i = 0; self->data != NULL && i < self->setup->n_models; i++) {
        size_t size = stride(self->setup, i);
        mem_large_free(self->data[i], places(self, self->room), size);
        mem_large_free(self->apart[i], places_apart(self, i, self->room), size);
    }
    mem_free(self->data);
    mem_free(self->apart);
    *self = (struct result){0};
}

static unsigned char *
grown(unsigned char *data, size_t before, size_t n, size_t size)
{
    unsigned char *more = mem_lazy(n, size);

    memcpy(more, data, before * size);
    mem_large_free(data, before, size);
    return more;
}

void
result_grow(struct result *self, int replicates)
{
    BUG_IF(replicates < self->replicates);
    self->replicates = replicates;
    if (replicates <= self->room)
        return;
    int room = replicates > INT_MAX / 2 ? replicates : 2 * replicates;
    for (int i = 0; i < self->setup->n_models; i++) {
        size_t size = stride(self->setup, i);
        self->data[i] =
            grown(self->data[i], places(self, self->room), places(self, room), size);
        if (self->apart[i] != NULL)
            self->apart[i] = grown(self->apart[i], places_apart(self, i, self->room),
                places_apart(self, i, room), size);
    }
    self->room = room;
}

void
result_trim(struct result *self, int replicates)
{
    BUG_IF(replicates < 1 || replicates > self->replicates);
    self->replicates = replicates;
}

void *
result_at(const struct result *self, int model, int replicate, int time, int region)
{
    const struct setup *s = self->setup;

    BUG_IF(model < 0 || model >= s->n_models);
    BUG_IF(replicate < 0 || replicate >= self->replicates);
    BUG_IF(time < 0 || time >= s->n_times || region < 0 || region >= s->n_regions);
    size_t place =
        ((size_t)replicate * (size_t)s->n_times + (size_t)time) * (size_t)s->n_regions +
        (size_t)region;
    return self->data[model] + place * stride(s, model);
}

void *
result_at_shard(
    const struct result *self, int model, int replicate, int time, int shard)
{
    const struct setup *s = self->setup;
    size_t more = (size_t)(s->n_shards - s->n_regions);

    if (shard < s->n_regions)
        return result_at(self, model, replicate, time, shard);
    BUG_IF(shard >= s->n_shards || self->apart[model] == NULL);
    BUG_IF(replicate < 0 || replicate >= self->replicates);
    BUG_IF(time < 0 || time >= s->n_times);
    size_t place = ((size_t)replicate * (size_t)s->n_times + (size_t)time) * more +
                   (size_t)(shard - s->n_regions);
    return self->apart[model] + place * stride(s, model);
}

/* Adds the numbers of one result struct to another's. */
static void
add_struct(const struct field *f, unsigned char *to, const unsigned char *from)
{
    for (; f->name != NULL; f++)
        for (int i = 0; i < f->count; i++) {
            size_t at = f->offset + 8 * (size_t)i;
            if (f->kind == FIELD_REAL)
                *(double *)(void *)(to + at) +=
                    *(const double *)(const void *)(from + at);
            else
                *(int64_t *)(void *)(to + at) +=
                    *(const int64_t *)(const void *)(from + at);
        }
}

/* What was added is forgotten: a second time adds nothing. */
static void
fold(struct result *self, int model, int replicate, int time)
{
    const struct setup *s = self->setup;
    size_t size = s->models[model]->out_size, bytes = setup_out_bytes(s, model);

    for (int k = s->n_regions; k < s->n_shards; k++) {
        int region = s->shard[k].region;
        unsigned char *from = result_at_shard(self, model, replicate, time, k);
        unsigned char *to = result_at(self, model, replicate, time, region);
        for (size_t i = 0; i < bytes; i += size)
            add_struct(s->models[model]->out, to + i, from + i);
        memset(from, 0, bytes);
    }
}

void
result_fold(struct result *self, int replicate)
{
    for (int m = 0; m < self->setup->n_models; m++)
        for (int t = 0; self->apart[m] != NULL && t < self->setup->n_times; t++)
            fold(self, m, replicate, t);
}

void
result_gather(struct result *self, int replicate)
{
    const struct setup *s = self->setup;
    size_t n = (size_t)s->n_times * (size_t)s->n_regions;

    for (int m = 0; m < s->n_models; m++)
        if (setup_out_bytes(s, m) > 0)
            ranks_gather(result_at(self, m, replicate, 0, 0), n * stride(s, m));
    n = (size_t)s->n_times * (size_t)(s->n_shards - s->n_regions);
    for (int m = 0; m < s->n_models; m++)
        if (self->apart[m] != NULL)
            ranks_gather(
                result_at_shard(self, m, replicate, 0, s->n_regions), n * stride(s, m));
    result_fold(self, replicate);
}

struct result_row
result_find(const struct setup *s, const char *name)
{
    for (int i = 0; i < s->n_models; i++) {
        const struct field *f =
            s->models[i]->out != NULL ? field_find(s->models[i]->out, name) : NULL;
        const struct axis *items = f != NULL ? setup_items(s, i) : NULL;
        if (f != NULL && (items == NULL || items->n > 0))
            return (struct result_row){i, f, items};
    }
    return (struct result_row){.model = -1};
}

const struct axis *
result_items(struct result_row row)
{
    return row.items != NULL ? row.items : row.field->axis[0];
}

double
result_sum(const struct setup *s, struct result_row row, const void *at, int item)
{
    size_t size = s->models[row.model]->out_size;
    const struct axis *axis = result_items(row);
    int n = row.items != NULL ? row.items->n : 1, count = row.field->count;
    int first = 0, from = 0;
    double sum = 0.0;

    if (item >= 0 && axis != NULL) {
        BUG_IF(item >= axis->n);
        first = row.items != NULL ? item : 0;
        n = 1;
        count = row.items != NULL ? count : count / axis->n;
        from = row.items != NULL ? 0 : item * count;
    }
    for (int k = first; k < first + n; k++)
        for (int i = from; i < from + count; i++)
            sum += field_value(row.field, (const char *)at + (size_t)k * size, i);
    return sum;
}
