#include "sim/heap.h"

#include "sim/err.h"
#include "sim/mem.h"

void
heap_free(struct heap *self)
{
    mem_free(self->item);
    *self = (struct heap){0};
}

void
heap_push(struct heap *self, struct item a)
{
    if (self->n == self->capacity) {
        self->capacity = self->capacity ? 2 * self->capacity : 4;
        self->item = mem_grow(self->item, self->capacity, sizeof *self->item);
    }

    struct item *h = self->item;
    size_t i = self->n++;
    while (i > 0 && item_less(a, h[(i - 1) / 2])) {
        h[i] = h[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    h[i] = a;
}

/* The hole sinks to a leaf, where the last item mostly belongs, and rises from there:
 * one comparison a level without a branch that cannot be guessed. */
struct item
heap_pop(struct heap *self)
{
    struct item *h = self->item;

    BUG_IF(self->n == 0);
    struct item top = h[0], last = h[--self->n];
    size_t n = self->n, i = 0;
    while (2 * i + 2 < n) {
        size_t child = 2 * i + 1;

        child += item_less(h[child + 1], h[child]);
        h[i] = h[child];
        i = child;
    }
    if (2 * i + 1 < n) {
        h[i] = h[2 * i + 1];
        i = 2 * i + 1;
    }
    while (i > 0 && item_less(last, h[(i - 1) / 2])) {
        h[i] = h[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    h[i] = last;
    return top;
}
