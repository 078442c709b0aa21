/*
 * scan.h - reads HDF5 files that another run wrote, and that may be damaged.
 *
 * Whole datasets of known size, or any dataset block by block in C order, so that a
 * file of many gigabytes passes through a megabyte of memory. Failures name the file.
 */
#ifndef OUTPUT_SCAN_H
#define OUTPUT_SCAN_H

#include "output/hdf.h"
#include "sim/err.h"
#include "sim/mem.h"

#include <hdf5.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Opens a file to be read. Fails: ERR_IO, ERR_INPUT when it is not HDF5. */
int scan_file(const char *path, hid_t *file) MUST_USE;

/* Whether the object at `path` is there, and its groups likewise. */
bool scan_has(hid_t file, const char *path);

/* An attribute of the object at `path`; "" or `missing` when there is none. */
const char *scan_note(
    hid_t file, const char *path, const char *name, struct arena *arena);
int64_t scan_note_int(hid_t file, const char *path, const char *name, int64_t missing);
double scan_note_real(hid_t file, const char *path, const char *name, double missing);

/* Names in a group, sorted by strcmp; [n] and then NULL. None when there is no group.
 */
const char **scan_names(hid_t file, const char *group, struct arena *arena, size_t *n);

/* Elements of the dataset at `path`, 0 when there is none; whether they are texts. */
size_t scan_size(hid_t file, const char *path);
bool scan_is_text(hid_t file, const char *path);

/* All values of a dataset that has to have `n` elements. Fails: ERR_INPUT. */
int scan_reals(hid_t file, const char *path, size_t n, double *out) MUST_USE;
int scan_ints(hid_t file, const char *path, size_t n, int64_t *out) MUST_USE;
int scan_texts(hid_t file, const char *path, size_t n, struct arena *arena,
    const char **out) MUST_USE;

/* A dataset of numbers that is read block by block. */
struct scan {
    hid_t dataset;
    bool real;            /* the type of `block`: double, or else int64_t */
    struct hdf_walk walk; /* walk.elements in `block` */
    void *block;          /* little-endian; owned */
};

/* Fails: ERR_INPUT when there is no such dataset of numbers; nothing is to be closed.
 */
int scan_open(struct scan *self, hid_t file, const char *path) MUST_USE;

/* Reads the next block. Returns 1, 0 at the end, or ERR_INPUT. */
int scan_next(struct scan *self) MUST_USE;
void scan_close(struct scan *self);

/* Path of the dimension scale of an axis, such as "/time"; "" when there is none. */
const char *scan_scale(const struct scan *self, int axis, struct arena *arena);

#endif
