#include "output/hdf.h"

#include "output/filter.h"
#include "sim/mem.h"

#include <hdf5_hl.h>
#include <string.h>

enum {
    SMALL = 1 << 16, /* bytes up to which a dataset lies in one piece: compressing it
                        gains nothing */
    CORE_STEP = 1 << 22,
    CONVERSION = 1 << 14 /* bytes of texts that are converted at once */
};

void
hdf_walk_start(struct hdf_walk *self, int rank, const hsize_t *n)
{
    hsize_t inner = 1;

    BUG_IF(rank < 1 || rank > HDF_RANK);
    *self = (struct hdf_walk){.rank = rank, .cut = rank - 1};
    memcpy(self->n, n, (size_t)rank * sizeof *n);
    for (int i = 0; i < rank; i++)
        if (n[i] == 0) {
            self->start[0] = n[0]; /* nothing to walk through */
            return;
        }
    while (self->cut > 0 && n[self->cut] <= HDF_BLOCK / inner)
        inner *= n[self->cut--];
    self->step = HDF_BLOCK / inner < n[self->cut] ? HDF_BLOCK / inner : n[self->cut];
    for (int i = 0; i < rank; i++)
        self->count[i] = i < self->cut ? 1 : i == self->cut ? self->step : n[i];
}

/* Moves to the next block; the one before the first has no elements. */
bool
hdf_walk_next(struct hdf_walk *self)
{
    if (self->elements > 0) {
        int i = self->cut;
        self->offset += self->elements;
        self->start[i] += self->count[i];
        while (i > 0 && self->start[i] == self->n[i]) {
            self->start[i] = 0;
            self->start[--i]++;
        }
    }
    if (self->start[0] >= self->n[0])
        return false;
    hsize_t left = self->n[self->cut] - self->start[self->cut];
    self->count[self->cut] = left < self->step ? left : self->step;
    self->elements = 1;
    for (int i = 0; i < self->rank; i++)
        self->elements *= self->count[i];
    return self->elements > 0;
}

size_t
hdf_walk_most(const struct hdf_walk *self)
{
    size_t n = 1;

    for (int i = 0; i < self->rank; i++)
        n *= self->count[i];
    return n;
}

hid_t
hdf_part(const struct hdf_walk *at)
{
    return H5Screate_simple(at->rank, at->count, NULL);
}

void
hdf_quiet(void)
{
    H5dont_atexit(); /* its handler crashes when a disk is full */
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

/* Notes a failure; every HDF5 call that builds the file passes through here. */
static bool
good(struct hdf *self, hid_t status)
{
    if (status < 0)
        self->failed = true;
    return status >= 0;
}

static hid_t
text_type(void)
{
    hid_t type = H5Tcopy(H5T_C_S1);

    if (H5Tset_size(type, H5T_VARIABLE) < 0 || H5Tset_cset(type, H5T_CSET_UTF8) < 0)
        return -1;
    return type;
}

/* The type in the file, or in memory; closed by the caller. */
static hid_t
type_of(enum hdf_type type, bool memory)
{
    switch (type) {
    case HDF_REAL:
        return H5Tcopy(memory ? H5T_NATIVE_DOUBLE : H5T_IEEE_F64LE);
    case HDF_INT:
        return H5Tcopy(memory ? H5T_NATIVE_INT64 : H5T_STD_I64LE);
    case HDF_INT32:
        return H5Tcopy(memory ? H5T_NATIVE_INT32 : H5T_STD_I32LE);
    case HDF_INT8:
        return H5Tcopy(memory ? H5T_NATIVE_INT8 : H5T_STD_I8LE);
    case HDF_TEXT:
        break;
    }
    return text_type();
}

static hsize_t
bytes_of(enum hdf_type type)
{
    return type == HDF_INT32 ? 4 : type == HDF_INT8 ? 1 : 8;
}

void
hdf_create(struct hdf *self)
{
    hdf_quiet();
    hid_t create = H5Pcreate(H5P_FILE_CREATE), access = H5Pcreate(H5P_FILE_ACCESS);

    *self = (struct hdf){.file = -1};
    good(self, H5Pset_obj_track_times(create, false));
    good(self, H5Pset_fapl_core(access, CORE_STEP, false));
    /* Newer formats leave a bad checksum in the image of a file that is open. */
    good(self, H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_LATEST));
    if (!self->failed)
        self->file = H5Fcreate("carecap-in-memory", H5F_ACC_TRUNC, create, access);
    good(self, self->file);
    H5Pclose(create);
    H5Pclose(access);
}

void
hdf_close(struct hdf *self)
{
    if (self->file >= 0)
        H5Fclose(self->file);
    self->file = -1;
}

int
hdf_image(struct hdf *self, unsigned char **image, size_t *n)
{
    ssize_t size = -1;

    *image = NULL;
    if (!self->failed && good(self, H5Fflush(self->file, H5F_SCOPE_GLOBAL)))
        size = H5Fget_file_image(self->file, NULL, 0);
    if (size > 0) {
        *n = (size_t)size;
        *image = mem_grow(NULL, *n, 1);
        size = H5Fget_file_image(self->file, *image, *n);
    }
    if (size > 0)
        return 0;
    mem_free(*image);
    *image = NULL;
    return err_set(ERR_IO, "HDF5 could not build the result file, for lack of memory");
}

void
hdf_group(struct hdf *self, const char *path)
{
    if (self->failed)
        return;
    hid_t create = H5Pcreate(H5P_GROUP_CREATE);
    good(self, H5Pset_obj_track_times(create, false));
    hid_t group = H5Gcreate2(self->file, path, H5P_DEFAULT, create, H5P_DEFAULT);
    if (good(self, group))
        H5Gclose(group);
    H5Pclose(create);
}

bool
hdf_chunked(enum hdf_type type, const struct hdf_shape *shape)
{
    hsize_t bytes = bytes_of(type);

    for (int i = 0; i < shape->rank; i++)
        bytes *= shape->n[i];
    return type != HDF_TEXT && bytes > SMALL;
}

/* How a dataset lies in the file. The filters are those of filter_pack(). */
static hid_t
layout(struct hdf *self, enum hdf_type type, const struct hdf_shape *shape)
{
    hid_t create = H5Pcreate(H5P_DATASET_CREATE);
    struct hdf_walk walk;

    good(self, H5Pset_obj_track_times(create, false));
    if (!hdf_chunked(type, shape))
        return create;
    hdf_walk_start(&walk, shape->rank, shape->n);
    good(self, H5Pset_chunk(create, shape->rank, walk.count));
    good(self, H5Pset_shuffle(create));
    good(self, H5Pset_deflate(create, FILTER_LEVEL));
    good(self, H5Pset_fletcher32(create));
    return create;
}

static void
attach(struct hdf *self, hid_t dataset, const struct hdf_shape *shape)
{
    for (int i = 0; i < shape->rank; i++) {
        if (shape->scale[i] == NULL)
            continue;
        hid_t scale = H5Dopen2(self->file, shape->scale[i], H5P_DEFAULT);
        if (!good(self, scale))
            return;
        good(self, H5DSattach_scale(dataset, scale, (unsigned)i));
        H5Dclose(scale);
    }
}

hid_t
hdf_make(struct hdf *self, const char *path, enum hdf_type type,
    const struct hdf_shape *shape)
{
    hid_t dataset = -1;

    if (self->failed)
        return -1;
    hid_t create = layout(self, type, shape), stored = type_of(type, false);
    hid_t space = H5Screate_simple(shape->rank, shape->n, NULL);
    if (!self->failed && good(self, space))
        dataset = H5Dcreate2(
            self->file, path, stored, space, H5P_DEFAULT, create, H5P_DEFAULT);
    if (good(self, dataset))
        attach(self, dataset, shape);
    H5Sclose(space);
    H5Tclose(stored);
    H5Pclose(create);
    return dataset;
}

void
hdf_block(struct hdf *self, hid_t dataset, enum hdf_type type,
    const struct hdf_walk *at, const void *data)
{
    if (self->failed)
        return;
    hid_t space = H5Dget_space(dataset), memory = type_of(type, true);
    hid_t part = hdf_part(at);
    good(self,
        H5Sselect_hyperslab(space, H5S_SELECT_SET, at->start, NULL, at->count, NULL));
    if (!self->failed)
        good(self, H5Dwrite(dataset, memory, part, space, H5P_DEFAULT, data));
    H5Sclose(part);
    H5Sclose(space);
    H5Tclose(memory);
}

void
hdf_chunk(struct hdf *self, hid_t dataset, const struct hdf_walk *at,
    const void *packed, size_t n)
{
    if (n == 0)
        self->failed = true;
    if (!self->failed)
        good(self, H5Dwrite_chunk(dataset, H5P_DEFAULT, 0, at->start, n, packed));
}

void
hdf_done(struct hdf *self, hid_t dataset)
{
    if (dataset >= 0)
        good(self, H5Dclose(dataset));
}

static void
write_all(struct hdf *self, hid_t dataset, enum hdf_type type, const void *data)
{
    hid_t memory = type_of(type, true), transfer = H5Pcreate(H5P_DATASET_XFER);

    /* HDF5 clears all of it for every dataset of texts: its own would be a megabyte */
    good(self, H5Pset_buffer(transfer, CONVERSION, NULL, NULL));
    good(self, H5Dwrite(dataset, memory, H5S_ALL, H5S_ALL, transfer, data));
    H5Pclose(transfer);
    H5Tclose(memory);
}

static void
write_texts(struct hdf *self, hid_t dataset, size_t n, const char *const *text)
{
    const char **filled = mem_alloc(n, sizeof *filled);

    for (size_t i = 0; i < n; i++)
        filled[i] = text[i] == NULL ? "" : text[i];
    write_all(self, dataset, HDF_TEXT, filled);
    mem_free(filled);
}

void
hdf_put(struct hdf *self, const char *path, enum hdf_type type,
    const struct hdf_shape *shape, const void *data)
{
    hid_t dataset = hdf_make(self, path, type, shape);
    size_t n = 1;

    for (int i = 0; i < shape->rank; i++)
        n *= shape->n[i];
    if (!self->failed && type == HDF_TEXT)
        write_texts(self, dataset, n, data);
    else if (!self->failed)
        write_all(self, dataset, type, data);
    hdf_done(self, dataset);
}

void
hdf_scale(
    struct hdf *self, const char *path, enum hdf_type type, size_t n, const void *data)
{
    const char *slash = strrchr(path, '/');

    hdf_put(self, path, type, &(struct hdf_shape){.rank = 1, .n = {n}}, data);
    if (self->failed)
        return;
    hid_t dataset = H5Dopen2(self->file, path, H5P_DEFAULT);
    if (good(self, dataset))
        good(self, H5DSset_scale(dataset, slash == NULL ? path : slash + 1));
    hdf_done(self, dataset);
}

/* What an attribute holds: one number or text (n = 0), or a list of numbers. */
struct held {
    enum hdf_type type;
    hsize_t n;
    const void *data;
};

static void
note(struct hdf *self, const char *path, const char *name, struct held v)
{
    if (self->failed)
        return;
    hid_t stored = type_of(v.type, false), memory = type_of(v.type, true);
    hid_t space = v.n == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &v.n, NULL);
    hid_t attribute = H5Acreate_by_name(
        self->file, path, name, stored, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    if (good(self, attribute)) {
        good(self, H5Awrite(attribute, memory, v.data));
        H5Aclose(attribute);
    }
    H5Sclose(space);
    H5Tclose(memory);
    H5Tclose(stored);
}

void
hdf_note(struct hdf *self, const char *path, const char *name, const char *text)
{
    if (text != NULL)
        note(self, path, name, (struct held){HDF_TEXT, 0, &text});
}

void
hdf_note_int(struct hdf *self, const char *path, const char *name, enum hdf_type type,
    int64_t value)
{
    int32_t narrow = (int32_t)value;

    BUG_IF(type != HDF_INT && (type != HDF_INT32 || narrow != value));
    note(self, path, name,
        (struct held){type, 0, type == HDF_INT ? (void *)&value : (void *)&narrow});
}

void
hdf_note_real(struct hdf *self, const char *path, const char *name, double value)
{
    note(self, path, name, (struct held){HDF_REAL, 0, &value});
}

void
hdf_note_flags(struct hdf *self, const char *path, int n, const char *meanings)
{
    signed char value[8];

    BUG_IF(n < 1 || n > 8);
    for (int i = 0; i < n; i++)
        value[i] = (signed char)i;
    note(self, path, "flag_values", (struct held){HDF_INT8, (hsize_t)n, value});
    hdf_note(self, path, "flag_meanings", meanings);
}
