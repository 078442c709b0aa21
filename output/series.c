#include "output/series.h"

#include "models/indicator.h"

#include <stdlib.h>
#include <string.h>

struct writer {
    struct hdf *file;
    const struct store_input *in;
    struct digest *digest;
    struct arena arena;
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
fill_series(struct writer *w, struct result_row row, const struct hdf_shape *shape,
    const char *path)
{
    enum hdf_type type = row.field->kind == FIELD_REAL ? HDF_REAL : HDF_INT;
    hid_t dataset = hdf_make(w->file, path, type, shape);
    struct hdf_walk walk;

    hdf_walk_start(&walk, shape->rank, shape->n);
    digest_dataset(w->digest, path + 1, row.field->unit, type == HDF_REAL, &walk);
    unsigned char *block = hdf_walk_room(&walk);
    while (hdf_walk_next(&walk)) {
        gather(w->in, row, (size_t)walk.offset, (size_t)walk.elements, block);
        hdf_block(w->file, dataset, type, &walk, block);
        digest_values(w->digest, type == HDF_REAL, block, (size_t)walk.elements);
    }
    hdf_done(w->file, dataset);
    mem_free(block);
}

static void
add_axis(struct writer *w, struct hdf_shape *shape, const struct axis *axis)
{
    shape->n[shape->rank] = (hsize_t)axis->n;
    shape->scale[shape->rank++] = path_of(w, "", axis->name);
}

static void
write_series(struct writer *w, struct result_row row)
{
    const struct field *f = row.field;
    const char *path = path_of(w, "/series", f->name);
    struct hdf_shape shape = {.rank = 3,
        .n = {(hsize_t)w->in->result->replicates, (hsize_t)w->in->setup->n_times,
            (hsize_t)w->in->setup->n_regions},
        .scale = {"/replicate", "/time", "/county"}};

    BUG_IF(f->kind != FIELD_REAL && f->kind != FIELD_INT);
    if (row.items != NULL)
        add_axis(w, &shape, row.items);
    for (int k = 0; k < FIELD_AXES && f->axis[k] != NULL; k++)
        add_axis(w, &shape, f->axis[k]);
    fill_series(w, row, &shape, path);
    hdf_note(w->file, path, "units", f->unit);
    hdf_note(w->file, path, "long_name", f->doc);
    hdf_note(w->file, path, "long_name_zh", f->zh);
    hdf_note(w->file, path, "cell_methods",
        f->method == FIELD_SUM ? "time: sum" : "time: point");
    hdf_note(w->file, path, "model", w->in->setup->models[row.model]->name);
}

static int
by_field(const void *a, const void *b)
{
    const struct result_row *x = a, *y = b;

    return strcmp(x->field->name, y->field->name);
}

static void
write_all_series(struct writer *w)
{
    const struct setup *s = w->in->setup;
    struct result_row *row = NULL;
    size_t n = 0;

    hdf_group(w->file, "/series");
    for (int m = 0; m < s->n_models; m++) {
        const struct field *f = setup_out_bytes(s, m) > 0 ? s->models[m]->out : NULL;
        for (; f != NULL && f->name != NULL; f++) {
            row = mem_grow(row, n + 1, sizeof *row);
            row[n++] = (struct result_row){m, f, setup_items(s, m)};
        }
    }
    if (n > 0)
        qsort(row, n, sizeof *row, by_field);
    for (size_t i = 0; i < n; i++)
        write_series(w, row[i]);
    mem_free(row);
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
write_indicator(struct writer *w, const struct indicator *indicator)
{
    const struct setup *s = w->in->setup;
    const char *path = path_of(w, "/indicators", indicator->name);
    struct hdf_shape shape = {.rank = 3,
        .n = {(hsize_t)w->in->result->replicates, (hsize_t)s->n_times,
            (hsize_t)s->n_regions + 1},
        .scale = {"/replicate", "/time", "/area"}};
    double *value = values_of(indicator, w->in->result);
    struct hdf_walk walk;

    hdf_put(w->file, path, HDF_REAL, &shape, value);
    hdf_walk_start(&walk, shape.rank, shape.n);
    digest_dataset(w->digest, path + 1, indicator->unit, true, &walk);
    digest_values(
        w->digest, true, value, (size_t)(shape.n[0] * shape.n[1] * shape.n[2]));
    mem_free(value);
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
    for (size_t i = 0; i < n; i++)
        write_indicator(w, row[i]);
    mem_free(row);
}

void
series_write(struct hdf *file, const struct store_input *in, struct digest *digest)
{
    struct writer w = {.file = file, .in = in, .digest = digest};

    write_all_series(&w);
    write_indicators(&w);
    mem_arena_free(&w.arena);
}
