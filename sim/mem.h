/*
 * mem.h - memory that is there or the program ends.
 *
 * Every allocation of carecap comes from here. Small things of one lifetime share an
 * arena, freed in one go; arrays that grow use mem_grow(); arrays of many megabytes
 * use mem_large(), which hands out zeroed pages, huge ones where they pay.
 */
#ifndef SIM_MEM_H
#define SIM_MEM_H

#include <stddef.h>

/* `n` elements of `size` bytes, zeroed; never NULL. Ends the program when memory is
 * out. */
void *mem_alloc(size_t n, size_t size);

/* Makes `old` (NULL or from mem_alloc or mem_grow) hold `n` elements; new ones
 * undefined. */
void *mem_grow(void *old, size_t n, size_t size);

/* Frees what mem_alloc() or mem_grow() gave; NULL is fine. */
void mem_free(void *p);

/*
 * Address space for `n` elements of `size` bytes, zeroed; pages are taken when touched,
 * so that a generous `n` costs nothing. Freed by mem_large_free() with the same size.
 */
void *mem_lazy(size_t n, size_t size);

/* The same in huge pages where they pay: for memory that one thread will touch all of.
 */
void *mem_large(size_t n, size_t size);
void mem_large_free(void *p, size_t n, size_t size);

/*
 * Says that the first `bytes` will all be used, so that huge pages waste nothing there.
 * mem_large() assumes it for 8 MB and more.
 */
void mem_large_expect(void *p, size_t bytes);

/* As mem_grow() for memory of mem_large(); the new part is zeroed. */
void *mem_large_grow(void *p, size_t old, size_t n, size_t size);

/* Resident memory of this process now and its highest value, bytes; 0 when unknown. */
size_t mem_resident(void);
size_t mem_resident_peak(void);

/* Memory of one lifetime. Zeroed storage is an empty arena. */
struct arena {
    struct arena_block *block; /* newest first; owned */
};

/* `n` elements of `size` bytes, zeroed, freed with the arena. */
void *mem_arena(struct arena *self, size_t n, size_t size);

/* A copy of `text` in the arena. */
char *mem_arena_text(struct arena *self, const char *text);

void mem_arena_free(struct arena *self);

/* Bytes of memory that the machine has. */
size_t mem_physical(void);

#endif
