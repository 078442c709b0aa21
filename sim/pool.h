/*
 * pool.h - many lists of items that only grow at the end or are taken whole.
 *
 * A list is a chain of chunks; all chunks of a pool lie in one array and go back to it
 * when their list is read, the hottest first. Order within a list means nothing.
 */
#ifndef SIM_POOL_H
#define SIM_POOL_H

#include "sim/item.h"

enum { POOL_CHUNK = 32 }; /* items, 512 bytes */

struct pool {
    struct item *item; /* [capacity][POOL_CHUNK]; owned */
    uint32_t *next;    /* [capacity], the next chunk of a list or of the free; owned */
    uint32_t capacity; /* chunks */
    uint32_t used;     /* chunks ever touched */
    uint32_t n_free, free;
};

/* Zeroed storage is an empty list. */
struct pool_list {
    uint32_t newest; /* chunk, full unless n is no multiple of POOL_CHUNK */
    uint32_t n;      /* items */
};

/* Zeroed storage is an empty pool. */
void pool_free(struct pool *self);

/* A chunk in front of `next`. */
uint32_t pool_chunk(struct pool *self, uint32_t next);

/* Inline: this is the whole work of most calendar_push(). */
static inline void
pool_add(struct pool *self, struct pool_list *list, struct item a)
{
    uint32_t at = list->n++ % POOL_CHUNK;

    if (at == 0)
        list->newest = pool_chunk(self, list->newest);
    self->item[(size_t)list->newest * POOL_CHUNK + at] = a;
}

/* Copies the newest chunk's items into `to` [POOL_CHUNK] and takes them off the list;
 * returns how many, 0 when the list is empty. */
uint32_t pool_take(struct pool *self, struct pool_list *list, struct item *to);

/* Some items of a list, for reading. */
struct pool_part {
    const struct item *item; /* [n]; not owned */
    uint32_t n;
};

/* The newest chunk's items, and shortens the copy `list` by them; n = 0 at its end. */
struct pool_part pool_walk(const struct pool *self, struct pool_list *list);

/* Bytes of memory held. */
size_t pool_bytes(const struct pool *self);

#endif
