#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/hdf.h"
#include "sim/mem.h"

/* Blocks lie end to end in C order, each small enough, and none is left out. */
static void
walk_over(int rank, const hsize_t *n)
{
    struct hdf_walk walk;
    hsize_t next = 0, total = 1;

    for (int i = 0; i < rank; i++)
        total *= n[i];
    hdf_walk_start(&walk, rank, n);
    while (hdf_walk_next(&walk)) {
        hsize_t at = 0, elements = 1;
        for (int i = 0; i < rank; i++) {
            assert_true(walk.start[i] + walk.count[i] <= n[i]);
            at = at * n[i] + walk.start[i];
            elements *= walk.count[i];
        }
        assert_int_equal(walk.offset, next);
        assert_int_equal(at, next);
        assert_int_equal(walk.elements, elements);
        assert_in_range(elements, 1, HDF_BLOCK);
        next += elements;
    }
    assert_int_equal(next, total);
}

static void
a_walk_covers_all_once_in_order(void **state)
{
    (void)state;
    walk_over(1, (const hsize_t[]){1});
    walk_over(1, (const hsize_t[]){HDF_BLOCK});
    walk_over(1, (const hsize_t[]){3 * HDF_BLOCK + 1});
    walk_over(3, (const hsize_t[]){20, 181, 13});
    walk_over(5, (const hsize_t[]){20, 181, 13, 2, 21});
    walk_over(
        4, (const hsize_t[]){2, 3, 2, HDF_BLOCK + 5}); /* one row exceeds a block */
    walk_over(3, (const hsize_t[]){7, HDF_BLOCK, 1});
    walk_over(2, (const hsize_t[]){0, 5});
    walk_over(2, (const hsize_t[]){5, 0});
}

static void
after_a_failure_there_is_no_image(void **state)
{
    struct hdf file;
    unsigned char *image;
    size_t n;
    int32_t one = 1;

    (void)state;
    hdf_create(&file);
    hdf_group(&file, "/a");
    assert_false(file.failed);
    hdf_group(&file, "/a"); /* there already */
    assert_true(file.failed);
    hdf_scale(&file, "/b", HDF_INT32, 1, &one);
    hdf_note(&file, "/", "title", "x");
    assert_int_equal(hdf_image(&file, &image, &n), ERR_IO);
    assert_null(image);
    hdf_close(&file);
}

static void
an_image_begins_as_hdf5_does(void **state)
{
    struct hdf file;
    unsigned char *image;
    size_t n;

    (void)state;
    hdf_create(&file);
    hdf_note(&file, "/", "title", NULL); /* left out */
    assert_int_equal(H5Aexists(file.file, "title"), 0);
    hdf_note(&file, "/", "title", "老年人");
    assert_int_equal(hdf_image(&file, &image, &n), 0);
    assert_memory_equal(image, "\x89HDF\r\n\x1a\n", 8);
    assert_int_equal(image[8], 0); /* the superblock that all versions read */
    mem_free(image);
    hdf_close(&file);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_walk_covers_all_once_in_order),
        cmocka_unit_test(after_a_failure_there_is_no_image),
        cmocka_unit_test(an_image_begins_as_hdf5_does),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
