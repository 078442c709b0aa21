#define _GNU_SOURCE
#include "sim/mem.h"

#include "sim/err.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

struct arena_block {
    struct arena_block *next;
    size_t used, size; /* bytes of `data` */
    _Alignas(16) unsigned char data[];
};

enum { BLOCK = 1 << 16, PAGE = 1 << 12, HUGE = 1 << 21, HUGE_FROM = 1 << 23 };

static void
out_of_memory(size_t n, size_t size)
{
    fprintf(stderr, "carecap: no memory for %zu elements of %zu bytes\n", n, size);
    exit(1);
}

void *
mem_alloc(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size ? size : 1);

    if (p == NULL)
        out_of_memory(n, size);
    return p;
}

void *
mem_grow(void *old, size_t n, size_t size)
{
    void *p = NULL;

    if (size == 0 || n <= SIZE_MAX / size)
        p = realloc(old, n == 0 || size == 0 ? 1 : n * size);
    if (p == NULL)
        out_of_memory(n, size);
    return p;
}

void
mem_free(void *p)
{
    free(p);
}

static size_t
pages(size_t n, size_t size)
{
    if (n != 0 && size > (SIZE_MAX / 2) / n)
        out_of_memory(n, size);
    return (n * size + PAGE) / PAGE * PAGE;
}

void *
mem_lazy(size_t n, size_t size)
{
    void *p = mmap(NULL, pages(n, size), PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (p == MAP_FAILED)
        out_of_memory(n, size);
    return p;
}

void *
mem_large(size_t n, size_t size)
{
    void *p = mem_lazy(n, size);

    if (pages(n, size) >= HUGE_FROM)
        mem_large_expect(p, pages(n, size));
    return p;
}

void
mem_large_expect(void *p, size_t bytes)
{
    if (bytes >= HUGE) /* a hint: refusal does no harm */
        madvise(p, bytes / PAGE * PAGE, MADV_HUGEPAGE);
}

void
mem_large_free(void *p, size_t n, size_t size)
{
    if (p != NULL)
        munmap(p, pages(n, size));
}

void *
mem_large_grow(void *p, size_t old, size_t n, size_t size)
{
    if (p == NULL)
        return mem_large(n, size);
    void *q = mremap(p, pages(old, size), pages(n, size), MREMAP_MAYMOVE);
    if (q == MAP_FAILED) { /* a part with other advice cannot be moved with the rest */
        q = mem_large(n, size);
        memcpy(q, p, old * size);
        mem_large_free(p, old, size);
    } else if (pages(n, size) >= HUGE_FROM) {
        mem_large_expect(q, pages(n, size));
    }
    return q;
}

size_t
mem_resident(void)
{
    unsigned long total, resident = 0;
    FILE *f = fopen("/proc/self/statm", "r");

    if (f == NULL)
        return 0;
    if (fscanf(f, "%lu %lu", &total, &resident) != 2)
        resident = 0;
    fclose(f);
    return resident * (size_t)sysconf(_SC_PAGESIZE);
}

size_t
mem_resident_peak(void)
{
    struct rusage u;

    return getrusage(RUSAGE_SELF, &u) == 0 ? (size_t)u.ru_maxrss * 1024 : 0;
}

size_t
mem_physical(void)
{
    return (size_t)sysconf(_SC_PHYS_PAGES) * (size_t)sysconf(_SC_PAGESIZE);
}

void *
mem_arena(struct arena *self, size_t n, size_t size)
{
    struct arena_block *b = self->block;

    if (n != 0 && size > (SIZE_MAX / 2) / n)
        out_of_memory(n, size);
    size_t bytes = (n * size + 15) / 16 * 16;
    if (b == NULL || b->size - b->used < bytes) {
        size_t room = bytes > BLOCK ? bytes : BLOCK;
        b = mem_alloc(1, sizeof *b + room);
        b->size = room;
        b->next = self->block;
        self->block = b;
    }
    void *p = b->data + b->used;
    b->used += bytes;
    return p;
}

char *
mem_arena_text(struct arena *self, const char *text)
{
    size_t n = strlen(text) + 1;

    return memcpy(mem_arena(self, n, 1), text, n);
}

void
mem_arena_free(struct arena *self)
{
    while (self->block != NULL) {
        struct arena_block *next = self->block->next;
        mem_free(self->block);
        self->block = next;
    }
}
