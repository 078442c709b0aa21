#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/filter.h"
#include "output/hdf.h"
#include "sim/mem.h"
#include "sim/rng.h"

#include <string.h>

enum { MOST = 9000 };

/* A dataset of one chunk with the filters of large ones; in memory. */
struct chunk {
    hid_t file, dataset;
};

static struct chunk
chunk_open(hsize_t n)
{
    hid_t access = H5Pcreate(H5P_FILE_ACCESS), create = H5Pcreate(H5P_DATASET_CREATE);
    hid_t space = H5Screate_simple(1, &n, NULL);
    struct chunk c;

    hdf_quiet();
    H5Pset_fapl_core(access, 1 << 16, false);
    H5Pset_chunk(create, 1, &n);
    H5Pset_shuffle(create);
    H5Pset_deflate(create, FILTER_LEVEL);
    H5Pset_fletcher32(create);
    c.file = H5Fcreate("chunk-in-memory", H5F_ACC_TRUNC, H5P_DEFAULT, access);
    c.dataset =
        H5Dcreate2(c.file, "x", H5T_STD_I64LE, space, H5P_DEFAULT, create, H5P_DEFAULT);
    assert_true(c.dataset >= 0);
    H5Sclose(space);
    H5Pclose(create);
    H5Pclose(access);
    return c;
}

static void
chunk_close(struct chunk *c)
{
    H5Dclose(c->dataset);
    H5Fclose(c->file);
}

/* Numbers as results have them: many zeros, small counts, or any bits. */
static void
fill(int64_t *value, size_t n, uint32_t kind)
{
    for (size_t i = 0; i < n; i++) {
        struct rng_block b = rng_block(rng_run(1, 0), i, kind, 0);
        value[i] = kind == 0   ? 0
                   : kind == 1 ? (b.word[0] % 10 == 0 ? b.word[1] % 300 : 0)
                               : (int64_t)((uint64_t)b.word[2] << 32 | b.word[3]);
    }
}

static size_t
pack(unsigned char *to, const int64_t *value, size_t n)
{
    unsigned char *work = mem_alloc(n, 8);
    size_t size = filter_pack(to, (const unsigned char *)value, n, work);

    mem_free(work);
    return size;
}

/* HDF5 itself makes the same bytes, of an even and of an odd number of them. */
static void
as_hdf5_packs(void **state)
{
    unsigned char *own = mem_alloc(filter_room(MOST), 1);
    unsigned char *theirs = mem_alloc(filter_room(MOST), 1);
    int64_t *value = mem_alloc(MOST, sizeof *value);
    int odd = 0, even = 0;

    (void)state;
    for (size_t n = 100; n <= MOST; n += 445)
        for (uint32_t kind = 0; kind < 2; kind++) {
            struct chunk c = chunk_open(n);
            hsize_t size = 0;
            uint32_t mask = 1;
            fill(value, n, kind);
            size_t packed = pack(own, value, n);
            assert_true(H5Dwrite(c.dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL,
                            H5P_DEFAULT, value) >= 0);
            assert_true(H5Fflush(c.file, H5F_SCOPE_GLOBAL) >= 0);
            assert_true(
                H5Dget_chunk_storage_size(c.dataset, (const hsize_t[]){0}, &size) >= 0);
            assert_int_equal(size, packed);
            assert_true(H5Dread_chunk(c.dataset, H5P_DEFAULT, (const hsize_t[]){0},
                            &mask, theirs) >= 0);
            assert_int_equal(mask, 0);
            assert_memory_equal(own, theirs, packed);
            *(packed % 2 == 1 ? &odd : &even) += 1;
            chunk_close(&c);
        }
    assert_true(odd > 0 && even > 0);
    mem_free(own);
    mem_free(theirs);
    mem_free(value);
}

/* Writes what was packed, with byte `at` of it changed by `by`; true when HDF5 reads
 * the numbers back. */
static bool
reads_back(const int64_t *value, size_t n, size_t at, unsigned char by)
{
    unsigned char *packed = mem_alloc(filter_room(n), 1);
    int64_t *back = mem_alloc(n, sizeof *back);
    struct chunk c = chunk_open(n);
    size_t size = pack(packed, value, n);

    assert_in_range(size, 5, filter_room(n));
    packed[at] ^= by;
    assert_true(H5Dwrite_chunk(c.dataset, H5P_DEFAULT, 0, (const hsize_t[]){0}, size,
                    packed) >= 0);
    bool good = H5Dread(c.dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                    back) >= 0 &&
                memcmp(back, value, n * sizeof *back) == 0;
    chunk_close(&c);
    mem_free(packed);
    mem_free(back);
    return good;
}

static void
any_numbers_are_read_back(void **state)
{
    static const size_t sizes[] = {1, 2, 3, 255, MOST};
    int64_t *value = mem_alloc(MOST, sizeof *value);

    (void)state;
    for (uint32_t kind = 0; kind < 3; kind++)
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            fill(value, sizes[i], kind);
            assert_true(reads_back(value, sizes[i], 0, 0));
        }
    mem_free(value);
}

static void
damage_is_found(void **state)
{
    int64_t value[500];

    (void)state;
    fill(value, 500, 1);
    for (size_t at = 0; at < 200; at += 7)
        assert_false(reads_back(value, 500, at, 16));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_hdf5_packs),
        cmocka_unit_test(any_numbers_are_read_back),
        cmocka_unit_test(damage_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
