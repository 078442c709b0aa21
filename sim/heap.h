/*
 * heap.h - a small binary heap of items, soonest at item[0].
 *
 * For what falls into the time that is already open: a handful of items as a rule.
 */
#ifndef SIM_HEAP_H
#define SIM_HEAP_H

#include "sim/item.h"

struct heap {
    struct item *item; /* [capacity], the first n in use; owned */
    size_t n, capacity;
};

/* Zeroed storage is an empty heap. */
void heap_free(struct heap *self);

void heap_push(struct heap *self, struct item a);

/* Takes the soonest away; n > 0, or it is a bug. */
struct item heap_pop(struct heap *self);

#endif
