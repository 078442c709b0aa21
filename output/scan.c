#include "output/scan.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5_hl.h>
#include <string.h>
#include <unistd.h>

/* Why `object` of a file cannot be used; the file's name comes from HDF5. */
static int
damaged(hid_t file, const char *object)
{
    char name[512] = "";

    if (H5Fget_name(file, name, sizeof name) < 0)
        name[0] = '\0';
    return err_set(ERR_INPUT, "%s: %s is missing or damaged", name, object);
}

int
scan_file(const char *path, hid_t *file)
{
    int fd = open(path, O_RDONLY);

    *file = -1;
    if (fd < 0)
        return err_set(ERR_IO, "%s: %s", path, strerror(errno));
    close(fd);
    hdf_quiet();
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    /* Results appear whole and never change; locks fail on NFS and Lustre. */
    H5Pset_file_locking(access, false, true);
    *file = H5Fopen(path, H5F_ACC_RDONLY, access);
    H5Pclose(access);
    if (*file < 0)
        return err_set(ERR_INPUT, "%s: not an HDF5 file, or damaged", path);
    return 0;
}

bool
scan_has(hid_t file, const char *path)
{
    char part[512];
    size_t length = strlen(path);

    if (length == 0 || length >= sizeof part)
        return false;
    memcpy(part, path, length + 1);
    /* HDF5 fails when a group on the way is missing: ask for each in turn. */
    for (char *p = strchr(part + 1, '/'); p != NULL; p = strchr(p + 1, '/')) {
        *p = '\0';
        htri_t there = H5Lexists(file, part, H5P_DEFAULT);
        *p = '/';
        if (there <= 0)
            return false;
    }
    return H5Lexists(file, path, H5P_DEFAULT) > 0;
}

static hid_t
text_type(void)
{
    hid_t type = H5Tcopy(H5T_C_S1);

    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

/* Copies a text that HDF5 allocated, and gives it back to HDF5. */
static const char *
take(char *text, struct arena *arena)
{
    const char *copy = text == NULL ? "" : mem_arena_text(arena, text);

    H5free_memory(text);
    return copy;
}

static bool
is_text(hid_t type)
{
    return H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) > 0;
}

const char *
scan_note(hid_t file, const char *path, const char *name, struct arena *arena)
{
    char *text = NULL;
    hid_t attribute = H5Aopen_by_name(file, path, name, H5P_DEFAULT, H5P_DEFAULT);

    if (attribute < 0)
        return "";
    hid_t stored = H5Aget_type(attribute), memory = text_type();
    hid_t space = H5Aget_space(attribute);
    if (is_text(stored) && H5Sget_simple_extent_npoints(space) == 1 &&
        H5Aread(attribute, memory, &text) < 0)
        text = NULL;
    H5Sclose(space);
    H5Tclose(memory);
    H5Tclose(stored);
    H5Aclose(attribute);
    return take(text, arena);
}

/* Reads the one number of an attribute, when it is of `class`, as `type`. */
static bool
note_number(hid_t attribute, H5T_class_t class, hid_t type, void *value)
{
    if (attribute < 0)
        return false;
    hid_t space = H5Aget_space(attribute), stored = H5Aget_type(attribute);
    bool good = H5Tget_class(stored) == class &&
                H5Sget_simple_extent_npoints(space) == 1 &&
                H5Aread(attribute, type, value) >= 0;
    H5Tclose(stored);
    H5Sclose(space);
    H5Aclose(attribute);
    return good;
}

int64_t
scan_note_int(hid_t file, const char *path, const char *name, int64_t missing)
{
    int64_t value;
    hid_t attribute = H5Aopen_by_name(file, path, name, H5P_DEFAULT, H5P_DEFAULT);

    return note_number(attribute, H5T_INTEGER, H5T_NATIVE_INT64, &value) ? value
                                                                         : missing;
}

double
scan_note_real(hid_t file, const char *path, const char *name, double missing)
{
    double value;
    hid_t attribute = H5Aopen_by_name(file, path, name, H5P_DEFAULT, H5P_DEFAULT);

    return note_number(attribute, H5T_FLOAT, H5T_NATIVE_DOUBLE, &value) ? value
                                                                        : missing;
}

const char **
scan_names(hid_t file, const char *group, struct arena *arena, size_t *n)
{
    H5G_info_t info = {.nlinks = 0};
    hid_t id = scan_has(file, group) ? H5Gopen2(file, group, H5P_DEFAULT) : -1;

    if (id < 0 || H5Gget_info(id, &info) < 0)
        info.nlinks = 0;
    const char **name = mem_arena(arena, (size_t)info.nlinks + 1, sizeof *name);
    *n = 0;
    for (hsize_t i = 0; i < info.nlinks; i++) {
        ssize_t length = H5Lget_name_by_idx(
            id, ".", H5_INDEX_NAME, H5_ITER_INC, i, NULL, 0, H5P_DEFAULT);
        if (length <= 0)
            continue;
        char *text = mem_arena(arena, (size_t)length + 1, 1);
        if (H5Lget_name_by_idx(id, ".", H5_INDEX_NAME, H5_ITER_INC, i, text,
                (size_t)length + 1, H5P_DEFAULT) == length)
            name[(*n)++] = text;
    }
    if (id >= 0)
        H5Gclose(id);
    return name;
}

size_t
scan_size(hid_t file, const char *path)
{
    hid_t dataset = scan_has(file, path) ? H5Dopen2(file, path, H5P_DEFAULT) : -1;

    if (dataset < 0)
        return 0;
    hid_t space = H5Dget_space(dataset);
    hssize_t n = H5Sget_simple_extent_npoints(space);
    H5Sclose(space);
    H5Dclose(dataset);
    return n > 0 ? (size_t)n : 0;
}

bool
scan_is_text(hid_t file, const char *path)
{
    hid_t dataset = scan_has(file, path) ? H5Dopen2(file, path, H5P_DEFAULT) : -1;

    if (dataset < 0)
        return false;
    hid_t stored = H5Dget_type(dataset);
    bool text = is_text(stored);
    H5Tclose(stored);
    H5Dclose(dataset);
    return text;
}

/* Reads all of a dataset of `n` elements in the memory type `memory`. */
static int
read_all(hid_t file, const char *path, size_t n, hid_t memory, void *out)
{
    herr_t status = -1;

    if (n == 0 || scan_size(file, path) != n)
        return damaged(file, path);
    hid_t dataset = H5Dopen2(file, path, H5P_DEFAULT);
    hid_t stored = H5Dget_type(dataset);
    if ((H5Tget_class(memory) == H5T_STRING) == is_text(stored))
        status = H5Dread(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, out);
    H5Tclose(stored);
    H5Dclose(dataset);
    return status < 0 ? damaged(file, path) : 0;
}

int
scan_reals(hid_t file, const char *path, size_t n, double *out)
{
    return read_all(file, path, n, H5T_NATIVE_DOUBLE, out);
}

int
scan_ints(hid_t file, const char *path, size_t n, int64_t *out)
{
    return read_all(file, path, n, H5T_NATIVE_INT64, out);
}

int
scan_texts(
    hid_t file, const char *path, size_t n, struct arena *arena, const char **out)
{
    char **text = mem_alloc(n, sizeof *text);
    hid_t memory = text_type();
    int status = read_all(file, path, n, memory, text);

    for (size_t i = 0; i < n && status == 0; i++)
        out[i] = take(text[i], arena);
    H5Tclose(memory);
    mem_free(text);
    return status;
}

/* The axes of an open dataset of numbers; false when it is of another kind. */
static bool
measure(struct scan *self)
{
    hsize_t n[H5S_MAX_RANK];
    hid_t stored = H5Dget_type(self->dataset), space = H5Dget_space(self->dataset);
    H5T_class_t class = H5Tget_class(stored);
    int rank = H5Sget_simple_extent_dims(space, n, NULL);

    H5Sclose(space);
    H5Tclose(stored);
    self->real = class == H5T_FLOAT;
    if (rank < 1 || rank > HDF_RANK || (class != H5T_FLOAT && class != H5T_INTEGER))
        return false;
    hdf_walk_start(&self->walk, rank, n);
    return true;
}

int
scan_open(struct scan *self, hid_t file, const char *path)
{
    *self = (struct scan){.dataset = -1};
    if (scan_has(file, path))
        self->dataset = H5Dopen2(file, path, H5P_DEFAULT);
    if (self->dataset >= 0 && measure(self)) {
        self->block = mem_grow(NULL, hdf_walk_most(&self->walk), 8);
        return 0;
    }
    if (self->dataset >= 0)
        H5Dclose(self->dataset);
    return damaged(file, path);
}

int
scan_next(struct scan *self)
{
    struct hdf_walk *walk = &self->walk;

    if (!hdf_walk_next(walk))
        return 0;
    hid_t space = H5Dget_space(self->dataset);
    hid_t part = hdf_part(walk);
    herr_t status = H5Sselect_hyperslab(
        space, H5S_SELECT_SET, walk->start, NULL, walk->count, NULL);
    if (status >= 0)
        status = H5Dread(self->dataset, self->real ? H5T_IEEE_F64LE : H5T_STD_I64LE,
            part, space, H5P_DEFAULT, self->block);
    H5Sclose(part);
    H5Sclose(space);
    if (status >= 0)
        return 1;
    char name[256] = "a dataset";
    H5Iget_name(self->dataset, name, sizeof name);
    return damaged(self->dataset, name);
}

void
scan_close(struct scan *self)
{
    H5Dclose(self->dataset);
    mem_free(self->block);
    self->block = NULL;
}

static herr_t
name_of_scale(hid_t dataset, unsigned axis, hid_t scale, void *name)
{
    (void)dataset;
    (void)axis;
    return H5Iget_name(scale, name, 256) > 0 ? 1 : -1;
}

const char *
scan_scale(const struct scan *self, int axis, struct arena *arena)
{
    char name[256] = "";

    if (H5DSiterate_scales(self->dataset, (unsigned)axis, NULL, name_of_scale, name) <=
        0)
        return "";
    return mem_arena_text(arena, name);
}
