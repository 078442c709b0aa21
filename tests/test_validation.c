/*
 * The fast part of the validation book, a test each check: all rows agree, and what is
 * broken on purpose does not. `make validate` runs the whole of it.
 */
#include "sim/mem.h"
#include "validation/book.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <omp.h>

static void
agrees(void **state)
{
    const struct book_entry *e = *state;

    for (int i = 0; i < e->rows.n; i++) {
        const struct check_row *row = &e->rows.row[i];
        if (!check_agrees(row))
            print_message("%s: expected %.8g, found %.8g, standard error %.2g\n",
                row->label, row->expected, row->found, row->error);
    }
    assert_true(e->passed);
    if (!e->noticed)
        print_message("not noticed: %s\n", e->check->twin);
    assert_true(e->noticed);
}

int
main(void)
{
    const struct book_options options = {
        .fast = true, .seed = BOOK_SEED, .threads = omp_get_max_threads()};
    struct book book;

    book_init(&book, &options);
    book_run(&book, NULL);
    struct CMUnitTest *tests = mem_alloc((size_t)book.n, sizeof *tests);
    for (int i = 0; i < book.n; i++)
        tests[i] = (struct CMUnitTest){.name = book.entry[i].check->id,
            .test_func = agrees,
            .initial_state = &book.entry[i]};
    int failed =
        _cmocka_run_group_tests("validation", tests, (size_t)book.n, NULL, NULL);
    mem_free(tests);
    book_free(&book);
    return failed;
}
