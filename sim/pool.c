#include "sim/pool.h"

#include "sim/err.h"
#include "sim/mem.h"

#include <string.h>

enum {
    CHUNK_BYTES = POOL_CHUNK * sizeof(struct item),
    LARGE = 4096 /* chunks, 2 MiB: from here on in pages of the system */
};

void
pool_free(struct pool *self)
{
    if (self->capacity > LARGE)
        mem_large_free(self->item, self->capacity, CHUNK_BYTES);
    else
        mem_free(self->item);
    mem_free(self->next);
    *self = (struct pool){0};
}

static void
grow(struct pool *self)
{
    uint32_t old = self->capacity, n = old + (old < LARGE ? old / 2 + 4 : old);

    BUG_IF(n < old);
    if (old > LARGE)
        self->item = mem_large_grow(self->item, old, n, CHUNK_BYTES);
    else if (n <= LARGE)
        self->item = mem_grow(self->item, n, CHUNK_BYTES);
    else {
        struct item *item = mem_large(n, CHUNK_BYTES);

        memcpy(item, self->item, (size_t)old * CHUNK_BYTES);
        mem_free(self->item);
        self->item = item;
    }
    self->next = mem_grow(self->next, n, sizeof *self->next);
    self->capacity = n;
}

uint32_t
pool_chunk(struct pool *self, uint32_t next)
{
    uint32_t c = self->free;

    if (self->n_free > 0) {
        self->n_free--;
        self->free = self->next[c];
    } else {
        if (self->used == self->capacity)
            grow(self);
        c = self->used++;
    }
    self->next[c] = next;
    return c;
}

struct pool_part
pool_walk(const struct pool *self, struct pool_list *list)
{
    uint32_t c = list->newest, n = (list->n - 1) % POOL_CHUNK + 1;

    if (list->n == 0)
        return (struct pool_part){NULL, 0};
    list->n -= n;
    list->newest = self->next[c];
    return (struct pool_part){self->item + (size_t)c * POOL_CHUNK, n};
}

uint32_t
pool_take(struct pool *self, struct pool_list *list, struct item *to)
{
    uint32_t c = list->newest;
    struct pool_part part = pool_walk(self, list);

    if (part.n == 0)
        return 0;
    for (uint32_t i = 0; i < part.n; i++)
        to[i] = part.item[i];
    self->next[c] = self->free;
    self->free = c;
    self->n_free++;
    return part.n;
}

size_t
pool_bytes(const struct pool *self)
{
    size_t chunks = self->capacity > LARGE ? self->used : self->capacity;

    return chunks * CHUNK_BYTES + self->capacity * sizeof *self->next;
}
