/*
 * hdf.h - the little of HDF5 that it takes to write a result file.
 *
 * A file is built in memory and handed out as an image, so that the disk never sees
 * half of it. Every axis is a dimension scale, texts are UTF-8 of variable length, no
 * time stamps: what ncdump, xarray, h5py, R and Julia read with labels. After a failed
 * call (HDF5 had no memory) all others do nothing, and hdf_image() says so.
 */
#ifndef OUTPUT_HDF_H
#define OUTPUT_HDF_H

#include "sim/err.h"

#include <hdf5.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HDF_RANK = 8, HDF_BLOCK = 1 << 17 }; /* axes, and elements of a block, at most */
enum hdf_type { HDF_REAL, HDF_INT, HDF_INT32, HDF_INT8, HDF_TEXT };

struct hdf {
    hid_t file;
    bool failed;
};

/* The axes of a dataset, outermost first. */
struct hdf_shape {
    int rank;
    hsize_t n[HDF_RANK];
    const char *scale[HDF_RANK]; /* paths of dimension scales that exist already */
};

/* A walk through a dataset in C order, block by block of at most HDF_BLOCK elements. */
struct hdf_walk {
    int rank, cut; /* axes before `cut` go one by one, those after it are whole */
    hsize_t step;  /* along `cut` */
    hsize_t n[HDF_RANK], start[HDF_RANK], count[HDF_RANK];
    hsize_t offset, elements; /* of the block, which is one stretch in C order */
};
void hdf_walk_start(struct hdf_walk *self, int rank, const hsize_t *n);
bool hdf_walk_next(struct hdf_walk *self);

/* Elements of the largest block of a walk that was just started: its first. */
size_t hdf_walk_most(const struct hdf_walk *self);

/* The dataspace of a block in memory, closed by the caller. It has the axes of the
 * dataset: where ranks differ HDF5 copies one element at a time. */
hid_t hdf_part(const struct hdf_walk *at);

/* No messages and no exit handler of HDF5's own; before any other call. */
void hdf_quiet(void);

void hdf_create(struct hdf *self);
void hdf_close(struct hdf *self);

/* The bytes of the file as it is now, freed by mem_free(). Fails: ERR_IO, no memory. */
int hdf_image(struct hdf *self, unsigned char **image, size_t *n) MUST_USE;

void hdf_group(struct hdf *self, const char *path);

/* A dimension scale of `n` values, named by the last part of `path`. */
void hdf_scale(
    struct hdf *self, const char *path, enum hdf_type type, size_t n, const void *data);

/* A dataset and its values; texts are const char *, of which NULL counts as "". */
void hdf_put(struct hdf *self, const char *path, enum hdf_type type,
    const struct hdf_shape *shape, const void *data);

/* A dataset without values yet: fill it along a walk, then hdf_done(). */
hid_t hdf_make(struct hdf *self, const char *path, enum hdf_type type,
    const struct hdf_shape *shape);
void hdf_block(struct hdf *self, hid_t dataset, enum hdf_type type,
    const struct hdf_walk *at, const void *data);

/* Whether a dataset lies in compressed chunks, which are the blocks of its walk. Then a
 * block may also be written as filter_pack() made it, in `n` bytes, padded to the size
 * of the first block; 0 bytes are a failure. */
bool hdf_chunked(enum hdf_type type, const struct hdf_shape *shape);
void hdf_chunk(struct hdf *self, hid_t dataset, const struct hdf_walk *at,
    const void *packed, size_t n);
void hdf_done(struct hdf *self, hid_t dataset);

/* Attributes of the object at `path` ("/" is the root); a text that is NULL is left
 * out. */
void hdf_note(struct hdf *self, const char *path, const char *name, const char *text);
void hdf_note_int(struct hdf *self, const char *path, const char *name,
    enum hdf_type type, int64_t value);
void hdf_note_real(struct hdf *self, const char *path, const char *name, double value);

/* Marks the int8 dataset at `path` as one of 0, 1, ... with names apart by blanks. */
void hdf_note_flags(struct hdf *self, const char *path, int n, const char *meanings);

#endif
