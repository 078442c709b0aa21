#include "output/series.h"

#include "models/indicator.h"
#include "output/filter.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH = 256 }; /* parts at once */

struct writer {
    struct hdf *file;
    const struct store_input *in;
    struct digest *digest;
    int threads;
    struct arena arena;
};

/* A result as it is written. */
struct series {
    struct result_row row;
    const char *path;
    enum hdf_type type;
    struct hdf_shape shape;
    bool chunked;
    hid_t dataset; /* while it is open */
};

/* A block of one; parts of all series stand in the order of their digest. */
struct part {
    struct series *series;
    struct hdf_walk walk; /* at the block */
    size_t most;          /* elements of a whole block */
    bool last;
};

/* A thread's own, for one part at a time. */
struct room {
    unsigned char *raw, *work, *packed; /* of HDF_BLOCK elements */
    size_t n;                           /* bytes in `packed` */
};

static const char *
path_of(struct writer *w, const char *group, const char *name)
{
    size_t size = strlen(group) + strlen(name) + 2;
    char *path = mem_arena(&w->arena, size, 1);

    snprintf(path, size, "%s/%s", group, name);
    return path;
}

/* Elements `at` to `at + n - 1` of a series, in C order, gathered from the results: one
 * struct after another for every item of every place. */
static void
gather(const struct store_input *in, struct result_row row, size_t at, size_t n,
    unsigned char *out)
{
    size_t width = (size_t)row.field->count, first = at % width;
    size_t size = in->setup->models[row.model]->out_size;
    const unsigned char *obj = result_at(in->result, row.model, 0, 0, 0);

    for (obj += at / width * size + row.field->offset; n > 0; obj += size) {
        size_t run = width - first < n ? width - first : n;
        for (size_t i = first; i < first + run; i++, out += 8)
            memcpy(out, obj + 8 * i, 8);
        n -= run;
        first = 0;
    }
}

static void
add_axis(struct writer *w, struct hdf_shape *shape, const struct axis *axis)
{
    shape->n[shape->rank] = (hsize_t)axis->n;
    shape->scale[shape->rank++] = path_of(w, "", axis->name);
}

static struct series
series_of(struct writer *w, struct result_row row)
{
    const struct field *f = row.field;
    struct series s = {.row = row,
        .path = path_of(w, "/series", f->name),
        .type = f->kind == FIELD_REAL ? HDF_REAL : HDF_INT,
        .shape = {.rank = 3,
            .n = {(hsize_t)w->in->result->replicates, (hsize_t)w->in->setup->n_times,
                (hsize_t)w->in->setup->n_regions},
            .scale = {"/replicate", "/time", "/county"}}};

    BUG_IF(f->kind != FIELD_REAL && f->kind != FIELD_INT);
    if (row.items != NULL)
        add_axis(w, &s.shape, row.items);
    for (int k = 0; k < FIELD_AXES && f->axis[k] != NULL; k++)
        add_axis(w, &s.shape, f->axis[k]);
    s.chunked = hdf_chunked(s.type, &s.shape);
    return s;
}

/* The numbers of a part, and how they are packed. */
static void
make(const struct writer *w, const struct part *part, struct room *room)
{
    size_t n = (size_t)part->walk.elements, most = part->most;

    gather(w->in, part->series->row, (size_t)part->walk.offset, n, room->raw);
    if (!part->series->chunked)
        return;
    memset(room->raw + n * 8, 0, (most - n) * 8);
    room->n = filter_pack(room->packed, room->raw, most, room->work);
}

static void
put(struct writer *w, const struct part *part, const struct room *room)
{
    struct series *s = part->series;
    const struct field *f = s->row.field;
    bool real = s->type == HDF_REAL;

    if (part->walk.offset == 0) {
        s->dataset = hdf_make(w->file, s->path, s->type, &s->shape);
        digest_dataset(w->digest, s->path + 1, f->unit, real, &part->walk);
    }
    if (s->chunked)
        hdf_chunk(w->file, s->dataset, &part->walk, room->packed, room->n);
    else if (part->walk.elements > 0)
        hdf_block(w->file, s->dataset, s->type, &part->walk, room->raw);
    digest_values(w->digest, real, room->raw, (size_t)part->walk.elements);
    if (!part->last)
        return;
    hdf_done(w->file, s->dataset);
    hdf_note(w->file, s->path, "units", f->unit);
    hdf_note(w->file, s->path, "long_name", f->doc);
    hdf_note(w->file, s->path, "long_name_zh", f->zh);
    hdf_note(w->file, s->path, "cell_methods",
        f->method == FIELD_SUM ? "time: sum" : "time: point");
    hdf_note(w->file, s->path, "model", w->in->setup->models[s->row.model]->name);
}

/* Parts are made on all threads, and written one after another. */
static void
write_parts(struct writer *w, const struct part *part, int n)
{
#pragma omp parallel num_threads(w->threads)
    {
        struct room room = {.raw = mem_grow(NULL, HDF_BLOCK, 8),
            .work = mem_grow(NULL, HDF_BLOCK, 8),
            .packed = mem_grow(NULL, filter_room(HDF_BLOCK), 1)};

        hdf_quiet(); /* each thread has settings of its own */
#pragma omp for ordered schedule(static, 1)
        for (int i = 0; i < n; i++) {
            make(w, &part[i], &room);
#pragma omp ordered
            put(w, &part[i], &room);
        }
        mem_free(room.raw);
        mem_free(room.work);
        mem_free(room.packed);
    }
}

/* One that is empty has a part too. */
static void
write_series(struct writer *w, struct series *s, size_t n)
{
    struct part *part = mem_alloc(BATCH, sizeof *part);
    int parts = 0;

    for (size_t i = 0; i < n; i++) {
        struct hdf_walk walk;
        hdf_walk_start(&walk, s[i].shape.rank, s[i].shape.n);
        size_t most = hdf_walk_most(&walk);
        for (bool more = hdf_walk_next(&walk), last = false; !last; parts++) {
            if (parts == BATCH) {
                write_parts(w, part, parts);
                parts = 0;
            }
            part[parts] = (struct part){.series = &s[i], .walk = walk, .most = most};
            more = more && hdf_walk_next(&walk);
            part[parts].last = last = !more;
        }
    }
    write_parts(w, part, parts);
    mem_free(part);
}

static int
by_path(const void *a, const void *b)
{
    const struct series *x = a, *y = b;

    return strcmp(x->path, y->path);
}

static void
write_all_series(struct writer *w)
{
    const struct setup *s = w->in->setup;
    struct series *series = NULL;
    size_t n = 0;

    hdf_group(w->file, "/series");
    for (int m = 0; m < s->n_models; m++) {
        const struct field *f = setup_out_bytes(s, m) > 0 ? s->models[m]->out : NULL;
        for (; f != NULL && f->name != NULL; f++) {
            series = mem_grow(series, n + 1, sizeof *series);
            series[n++] = series_of(w, (struct result_row){m, f, setup_items(s, m)});
        }
    }
    if (n > 0)
        qsort(series, n, sizeof *series, by_path);
    write_series(w, series, n);
    mem_free(series);
}

/* Of every replicate, time and area, the prefecture before its counties. */
static double *
values_of(const struct indicator *indicator, const struct result *r)
{
    size_t times = (size_t)r->setup->n_times, areas = (size_t)r->setup->n_regions + 1;
    double *value = mem_alloc((size_t)r->replicates * times * areas, sizeof *value);
    double *top = mem_alloc(2 * times, sizeof *top), *bottom = top + times;

    for (int i = 0; i < r->replicates; i++)
        for (size_t area = 0; area < areas; area++) {
            indicator_parts(indicator, r, (struct indicator_part){i, (int)area - 1, -1},
                top, bottom);
            for (size_t t = 0; t < times; t++)
                value[((size_t)i * times + t) * areas + area] =
                    indicator_ratio(indicator, top[t], bottom[t]);
        }
    mem_free(top);
    return value;
}

static void
write_indicator(struct writer *w, const struct indicator *indicator, double *value)
{
    const struct setup *s = w->in->setup;
    const char *path = path_of(w, "/indicators", indicator->name);
    struct hdf_shape shape = {.rank = 3,
        .n = {(hsize_t)w->in->result->replicates, (hsize_t)s->n_times,
            (hsize_t)s->n_regions + 1},
        .scale = {"/replicate", "/time", "/area"}};
    struct hdf_walk walk;

    hdf_put(w->file, path, HDF_REAL, &shape, value);
    hdf_walk_start(&walk, shape.rank, shape.n);
    digest_dataset(w->digest, path + 1, indicator->unit, true, &walk);
    digest_values(
        w->digest, true, value, (size_t)(shape.n[0] * shape.n[1] * shape.n[2]));
    hdf_note(w->file, path, "units", indicator->unit);
    hdf_note(w->file, path, "long_name", indicator->doc);
    hdf_note(w->file, path, "long_name_zh", indicator->zh);
    hdf_note(w->file, path, "numerator", indicator->numerator);
    hdf_note(w->file, path, "denominator", indicator->denominator);
    hdf_note_real(w->file, path, "scale", indicator->scale);
}

static int
by_name(const void *a, const void *b)
{
    const struct indicator *const *x = a, *const *y = b;

    return strcmp((*x)->name, (*y)->name);
}

/* Those of which the models of this run give numerator and denominator. */
static void
write_indicators(struct writer *w)
{
    const struct setup *s = w->in->setup;
    const struct indicator **row = NULL;
    size_t n = 0;

    hdf_group(w->file, "/indicators");
    for (const struct indicator *i = indicator_list; i->name != NULL; i++)
        if (result_find(s, i->numerator).model >= 0 &&
            (i->denominator == NULL || result_find(s, i->denominator).model >= 0)) {
            row = mem_grow(row, n + 1, sizeof *row);
            row[n++] = i;
        }
    if (n > 0)
        qsort(row, n, sizeof *row, by_name);
#pragma omp parallel num_threads(w->threads)
    {
        hdf_quiet();
#pragma omp for ordered schedule(static, 1)
        for (size_t i = 0; i < n; i++) {
            double *value = values_of(row[i], w->in->result);
#pragma omp ordered
            write_indicator(w, row[i], value);
            mem_free(value);
        }
    }
    mem_free(row);
}

void
series_write(struct hdf *file, const struct store_input *in, struct digest *digest)
{
    struct writer w = {.file = file,
        .in = in,
        .digest = digest,
        .threads = in->threads > 1 ? in->threads : 1};

    write_all_series(&w);
    write_indicators(&w);
    mem_arena_free(&w.arena);
}
