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

void
result_init(struct result *self, const struct setup *s, int replicates)
{
    BUG_IF(replicates < 1);
    *self = (struct result){.setup = s, .replicates = replicates, .room = replicates};
    self->data = mem_alloc((size_t)s->n_models, sizeof *self->data);
    /* not in huge pages: each month some region would clear one for all the others */
    for (int i = 0; i < s->n_models; i++)
        self->data[i] = mem_lazy(places(self, replicates), stride(s, i));
}

void
result_free(struct result *self)
{
    if (self->data != NULL)
        for (int i = 0; i < self->setup->n_models; i++)
            mem_large_free(
                self->data[i], places(self, self->room), stride(self->setup, i));
    mem_free(self->data);
    *self = (struct result){0};
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
        size_t size = stride(self->setup, i), before = places(self, self->room);
        unsigned char *data = mem_lazy(places(self, room), size);
        memcpy(data, self->data[i], before * size);
        mem_large_free(self->data[i], before, size);
        self->data[i] = data;
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

void
result_gather(struct result *self, int replicate)
{
    const struct setup *s = self->setup;
    size_t n = (size_t)s->n_times * (size_t)s->n_regions;

    for (int m = 0; m < s->n_models; m++)
        if (setup_out_bytes(s, m) > 0)
            ranks_gather(result_at(self, m, replicate, 0, 0), n * stride(s, m));
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
