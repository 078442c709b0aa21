#include "output/accounts.h"

#include "sim/date.h"
#include "sim/mem.h"

#include <string.h>

enum { PATH = 128 };

struct book {
    const struct store_input *in;
    int model, n;   /* years */
    int32_t *year;  /* [n] */
    int32_t *month; /* [n] that the run has; observations lie one after the other */
};

/* The year in which the month before time `t` ends. */
static int
year_of(const struct setup *s, int t)
{
    return date_of(s->first_day + s->time[t] / MINUTES_A_DAY - 1).year;
}

static void
find_years(struct book *self, struct arena *arena)
{
    const struct setup *s = self->in->setup;
    size_t most = (size_t)(year_of(s, s->n_times - 1) - year_of(s, 1) + 1);

    self->year = mem_arena(arena, most, sizeof *self->year);
    self->month = mem_arena(arena, most, sizeof *self->month);
    for (int t = 1; t < s->n_times; t++) {
        int year = year_of(s, t);
        if (self->n == 0 || self->year[self->n - 1] != year)
            self->year[self->n++] = year;
        self->month[self->n - 1]++;
    }
}

/* One number: what happened in the year, before the run with its first, or is at the
 * year's end. */
static int64_t
number(const struct book *self, const struct field *f, size_t at)
{
    const struct setup *s = self->in->setup;
    size_t width = (size_t)f->count, regions = (size_t)s->n_regions;
    size_t element = at % width, place = at / width;
    int year = (int)(place / regions % (size_t)self->n), first = 1;
    int replicate = (int)(place / regions / (size_t)self->n);
    int64_t sum = 0;

    for (int i = 0; i < year; i++)
        first += self->month[i];
    int last = first + self->month[year] - 1;
    if (f->method == FIELD_POINT)
        first = last;
    else if (year == 0)
        first = 0;
    for (int t = first; t <= last; t++) {
        const unsigned char *obj = result_at(
            self->in->result, self->model, replicate, t, (int)(place % regions));
        sum += ((const int64_t *)(const void *)(obj + f->offset))[element];
    }
    return sum;
}

static void
write_row(const struct book *self, struct hdf *file, const struct field *f)
{
    struct hdf_shape shape = {.rank = 3,
        .n = {(hsize_t)self->in->result->replicates, (hsize_t)self->n,
            (hsize_t)self->in->setup->n_regions},
        .scale = {"/replicate", "/ledger/year", "/county"}};
    char path[PATH], scale[FIELD_AXES][PATH];
    struct hdf_walk walk;

    BUG_IF(f->kind != FIELD_INT);
    snprintf(path, sizeof path, "/ledger/%s", f->name);
    for (int k = 0; k < FIELD_AXES && f->axis[k] != NULL; k++) {
        snprintf(scale[k], sizeof scale[k], "/%s", f->axis[k]->name);
        shape.n[shape.rank] = (hsize_t)f->axis[k]->n;
        shape.scale[shape.rank++] = scale[k];
    }
    hid_t dataset = hdf_make(file, path, HDF_INT, &shape);
    hdf_walk_start(&walk, shape.rank, shape.n);
    int64_t *block = mem_grow(NULL, hdf_walk_most(&walk), sizeof *block);
    while (hdf_walk_next(&walk)) {
        for (size_t i = 0; i < (size_t)walk.elements; i++)
            block[i] = number(self, f, (size_t)walk.offset + i);
        hdf_block(file, dataset, HDF_INT, &walk, block);
    }
    hdf_done(file, dataset);
    mem_free(block);
    hdf_note(file, path, "units", f->unit);
    hdf_note(file, path, "long_name", f->doc);
    hdf_note(file, path, "long_name_zh", f->zh);
    hdf_note(file, path, "cell_methods",
        f->method == FIELD_SUM ? "year: sum" : "year: point (at its end)");
}

void
accounts_write(struct hdf *file, const struct store_input *in)
{
    const struct setup *s = in->setup;
    struct book book = {.in = in};
    struct arena arena = {NULL};
    struct hdf_shape by_year = {.rank = 1, .scale = {"/ledger/year"}};

    while (
        book.model < s->n_models && strcmp(s->models[book.model]->name, "ledger") != 0)
        book.model++;
    if (book.model == s->n_models || s->models[book.model]->out == NULL)
        return;
    find_years(&book, &arena);
    hdf_group(file, "/ledger");
    hdf_scale(file, "/ledger/year", HDF_INT32, (size_t)book.n, book.year);
    hdf_note(file, "/ledger/year", "long_name", "calendar year");
    by_year.n[0] = (hsize_t)book.n;
    hdf_put(file, "/ledger/months", HDF_INT32, &by_year, book.month);
    hdf_note(file, "/ledger/months", "long_name", "months of the year that were run");
    hdf_note(file, "/ledger/months", "units", "month");
    for (const struct field *f = s->models[book.model]->out; f->name != NULL; f++)
        write_row(&book, file, f);
    mem_arena_free(&arena);
}
