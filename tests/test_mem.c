#define _GNU_SOURCE
#include "sim/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The address sanitizer, where there is one, shall answer too large a request as the C
 * library does. */
const char *__asan_default_options(void);
const char *
__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

/* Bytes of `p` that are not `byte`. */
static size_t
other_than(const void *p, size_t n, unsigned char byte)
{
    const unsigned char *b = p;
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += b[i] != byte;
    return count;
}

static void
alloc_is_zeroed(void **state)
{
    unsigned char *dirty = mem_alloc(100, 10);

    (void)state;
    memset(dirty, 7, 1000);
    mem_free(dirty);
    unsigned char *p = mem_alloc(100, 10);
    assert_int_equal(other_than(p, 1000, 0), 0);
    mem_free(p);
    p = mem_alloc(0, 8); /* nothing is still something to be freed */
    assert_non_null(p);
    mem_free(p);
    mem_free(NULL);
}

static void
grow_keeps_what_was(void **state)
{
    unsigned char *p = mem_grow(NULL, 10, 3);

    (void)state;
    memset(p, 5, 30);
    p = mem_grow(p, 100000, 3);
    assert_int_equal(other_than(p, 30, 5), 0);
    p = mem_grow(p, 4, 3);
    assert_int_equal(other_than(p, 12, 5), 0);
    mem_free(p);
}

static void
large_is_zeroed_and_grows_zeroed(void **state)
{
    size_t old = 3000000, n = 9000000;
    unsigned char *p = mem_large(old, 1);

    (void)state;
    assert_int_equal(other_than(p, old, 0), 0);
    memset(p, 9, old);
    p = mem_large_grow(p, old, n, 1);
    assert_int_equal(other_than(p, old, 9), 0);
    assert_int_equal(other_than(p + old, n - old, 0), 0);
    mem_large_free(p, n, 1);
    p = mem_large_grow(NULL, 0, 10, 4);
    assert_int_equal(other_than(p, 40, 0), 0);
    mem_large_free(p, 10, 4);
    mem_large_free(NULL, 10, 4);
}

/* A generous size costs no memory before it is touched. */
static void
large_takes_pages_when_touched(void **state)
{
    size_t before = mem_resident(), size = (size_t)1 << 33;
    unsigned char *p = mem_large(size, 1);

    (void)state;
    assert_true(mem_resident() < before + ((size_t)1 << 26));
    p[size - 1] = 1;
    mem_large_free(p, size, 1);
}

static void
arena_parts_are_zeroed_aligned_and_apart(void **state)
{
    struct arena arena = {.block = NULL};
    unsigned char *part[2000];

    (void)state;
    for (size_t i = 0; i < 2000; i++) {
        size_t n = i % 200 == 0 ? 70000 : i % 97; /* some larger than a block */
        part[i] = mem_arena(&arena, n, 1);
        assert_non_null(part[i]);
        assert_int_equal((uintptr_t)part[i] % sizeof(double), 0);
        assert_int_equal(other_than(part[i], n, 0), 0);
        memset(part[i], (int)(i % 251), n);
    }
    for (size_t i = 0; i < 2000; i++)
        assert_int_equal(other_than(part[i], i % 200 == 0 ? 70000 : i % 97,
                             (unsigned char)(i % 251)),
            0);
    assert_string_equal(mem_arena_text(&arena, "大理 Dali"), "大理 Dali");
    assert_string_equal(mem_arena_text(&arena, ""), "");
    mem_arena_free(&arena);
    mem_arena_free(&arena);
}

static void
resident_memory_is_seen(void **state)
{
    size_t size = (size_t)1 << 26, before = mem_resident();
    unsigned char *p = mem_large(size, 1);

    (void)state;
    assert_true(before > 0);
    memset(p, 1, size);
    assert_true(mem_resident() >= before + size / 2);
    assert_true(mem_resident_peak() >= before + size / 2);
    mem_large_free(p, size, 1);
    assert_true(mem_resident() < before + size / 2);
    assert_true(mem_resident_peak() >= before + size / 2);
}

enum request { ALLOC, GROW, LARGE, LARGE_GROW, ARENA, REQUESTS };

static void
ask_too_much(enum request how)
{
    struct arena arena = {.block = NULL};
    size_t n = SIZE_MAX / 4, size = 8; /* their product is too large for any number */

    if (how == ALLOC)
        mem_free(mem_alloc(n, size));
    if (how == GROW)
        mem_free(mem_grow(NULL, n, size));
    if (how == LARGE)
        mem_large_free(mem_large(n, size), n, size);
    if (how == LARGE_GROW)
        mem_large_free(mem_large_grow(mem_large(1, size), 1, n, size), n, size);
    if (how == ARENA)
        mem_arena(&arena, n, size);
}

/* A line on stderr and status 1, not a crash and not a wrapped size. */
static void
out_of_memory_ends_the_program(void **state)
{
    (void)state;
    for (int how = ALLOC; how < REQUESTS; how++) {
        char text[200] = "";
        int pipes[2], status;
        assert_int_equal(pipe(pipes), 0);
        fflush(NULL);
        pid_t child = fork();
        if (child == 0) {
            dup2(pipes[1], STDERR_FILENO);
            ask_too_much((enum request)how);
            _exit(0);
        }
        close(pipes[1]);
        assert_true(read(pipes[0], text, sizeof text - 1) > 0);
        close(pipes[0]);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 1);
        assert_non_null(strstr(text, "carecap: no memory for "));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alloc_is_zeroed),
        cmocka_unit_test(grow_keeps_what_was),
        cmocka_unit_test(large_is_zeroed_and_grows_zeroed),
        cmocka_unit_test(large_takes_pages_when_touched),
        cmocka_unit_test(arena_parts_are_zeroed_aligned_and_apart),
        cmocka_unit_test(resident_memory_is_seen),
        cmocka_unit_test(out_of_memory_ends_the_program),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
