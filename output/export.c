#include "output/export.h"

#include "output/reader.h"
#include "output/scan.h"
#include "sim/date.h"
#include "sim/report.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { COLUMNS = 32, NUMBER = 40 };

static const char *const groups[] = {"series", "indicators"};

/* An axis that some series has: its labels as they stand in CSV cells. */
struct column {
    const char *scale; /* path of the dimension scale */
    const char *title; /* with the title of the names, if there are any */
    const char *blank; /* the cells of a series that lacks the axis */
    hsize_t n;
    const char **label; /* [n], with the name, if there is one */
};

struct table {
    struct reader *reader;
    struct column column[COLUMNS];
    int n_columns;
    FILE *out;
};

/* `text` as a CSV cell: quoted where a reader would take it apart. */
static const char *
cell(struct arena *arena, const char *text)
{
    if (text[strcspn(text, ",\"\r\n")] == '\0')
        return text;
    char *quoted = mem_arena(arena, 2 * strlen(text) + 3, 1), *p = quoted;
    *p++ = '"';
    for (; *text != '\0'; text++) {
        if (*text == '"')
            *p++ = '"';
        *p++ = *text;
    }
    *p = '"';
    return quoted;
}

static const char *
joined(struct arena *arena, const char *a, const char *between, const char *b)
{
    size_t size = strlen(a) + strlen(between) + strlen(b) + 1;
    char *text = mem_arena(arena, size, 1);

    snprintf(text, size, "%s%s%s", a, between, b);
    return text;
}

/* The shortest decimal that reads back as `value`; empty when it is not a number. */
static const char *
real_text(double value, char text[NUMBER])
{
    text[0] = '\0';
    if (isnan(value))
        return text;
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, NUMBER, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    return text;
}

/* Labels of the numbers of a scale; days become dates. */
static int
number_labels(struct table *self, struct column *c)
{
    struct arena *arena = &self->reader->arena;
    bool days = strcmp(c->scale, "/time") == 0;
    struct scan scan;
    char text[NUMBER];
    int status = scan_open(&scan, self->reader->file, c->scale);

    if (status < 0)
        return status;
    while ((status = scan_next(&scan)) > 0)
        for (hsize_t i = 0; i < scan.walk.elements; i++) {
            hsize_t k = scan.walk.offset + i;
            if (days)
                date_text(self->reader->day[k], text);
            else if (scan.real)
                real_text(((const double *)scan.block)[i], text);
            else
                snprintf(text, NUMBER, "%" PRId64, ((const int64_t *)scan.block)[i]);
            c->label[k] = mem_arena_text(arena, text);
        }
    scan_close(&scan);
    return status;
}

/* Adds the names of codes beside them: 532901,Dali. */
static int
add_names(struct table *self, struct column *c, const char *path)
{
    struct arena *arena = &self->reader->arena;
    const char **name = mem_arena(arena, (size_t)c->n, sizeof *name);
    int status = scan_texts(self->reader->file, path, (size_t)c->n, arena, name);

    for (hsize_t i = 0; i < c->n && status == 0; i++)
        c->label[i] = joined(arena, c->label[i], ",", cell(arena, name[i]));
    c->title = joined(arena, c->title, ",", joined(arena, c->title, "_", "name"));
    c->blank = ",";
    return status;
}

static int
add_column(struct table *self, const char *scale, hsize_t n)
{
    struct arena *arena = &self->reader->arena;
    hid_t file = self->reader->file;
    struct column *c = &self->column[self->n_columns];

    if (self->n_columns == COLUMNS || scale[0] != '/' || scan_size(file, scale) != n)
        return err_set(ERR_INPUT, "%s: an axis is damaged", self->reader->path);
    self->n_columns++;
    *c = (struct column){.scale = scale, .blank = "", .n = n};
    c->title = strcmp(scale, "/time") == 0 ? "date" : cell(arena, scale + 1);
    c->label = mem_arena(arena, (size_t)n, sizeof *c->label);
    int status = scan_is_text(file, scale)
                     ? scan_texts(file, scale, (size_t)n, arena, c->label)
                     : number_labels(self, c);
    if (status == 0 && scan_is_text(file, scale))
        for (hsize_t i = 0; i < n; i++)
            c->label[i] = cell(arena, c->label[i]);
    const char *names = joined(arena, scale, "", "_name");
    return status == 0 && scan_has(file, names) ? add_names(self, c, names) : status;
}

/* Index of the column of an axis of an open series; < 0 a code. */
static int
column_of(struct table *self, const struct scan *scan, int axis)
{
    const char *scale = scan_scale(scan, axis, &self->reader->arena);

    for (int i = 0; i < self->n_columns; i++)
        if (strcmp(self->column[i].scale, scale) == 0)
            return i;
    int status = add_column(self, scale, scan->walk.n[axis]);
    return status < 0 ? status : self->n_columns - 1;
}

static int
find_columns(struct table *self, const char *path)
{
    struct scan scan;
    int status = scan_open(&scan, self->reader->file, path);

    if (status < 0)
        return status;
    for (int k = 0; k < scan.walk.rank && status >= 0; k++)
        status = column_of(self, &scan, k);
    scan_close(&scan);
    return status < 0 ? status : 0;
}

/* The label of each column for the element `at`, in C order, of a series. */
static void
write_labels(struct table *self, const struct scan *scan, const int *axis, hsize_t at)
{
    hsize_t index[HDF_RANK];

    for (int k = scan->walk.rank - 1; k >= 0; k--) {
        index[k] = at % scan->walk.n[k];
        at /= scan->walk.n[k];
    }
    for (int i = 0; i < self->n_columns; i++) {
        const struct column *c = &self->column[i];
        fputs(axis[i] < 0 ? c->blank : c->label[index[axis[i]]], self->out);
        fputc(',', self->out);
    }
}

/* The rows of a series; `first` begins each, `last` ends it. */
static int
write_rows(struct table *self, const char *path, const char *first, const char *last)
{
    int axis[COLUMNS], status;
    char text[NUMBER];
    struct scan scan;

    if ((status = scan_open(&scan, self->reader->file, path)) < 0)
        return status;
    for (int i = 0; i < COLUMNS; i++)
        axis[i] = -1;
    for (int k = 0; k < scan.walk.rank; k++)
        axis[column_of(self, &scan, k)] = k;
    while ((status = scan_next(&scan)) > 0 && !ferror(self->out))
        for (hsize_t i = 0; i < scan.walk.elements; i++) {
            fputs(first, self->out);
            write_labels(self, &scan, axis, scan.walk.offset + i);
            if (scan.real)
                real_text(((const double *)scan.block)[i], text);
            else
                snprintf(text, NUMBER, "%" PRId64, ((const int64_t *)scan.block)[i]);
            fprintf(self->out, "%s,%s\n", text, last);
        }
    scan_close(&scan);
    return status < 0 ? status : 0;
}

static void
write_head(struct table *self, bool several)
{
    fputs(several ? "series," : "", self->out);
    for (int i = 0; i < self->n_columns; i++)
        fprintf(self->out, "%s,", self->column[i].title);
    fputs("value,unit\n", self->out);
}

static int
unknown(struct reader *r, const char *name)
{
    size_t n[2];
    const char **known[2];

    for (int g = 0; g < 2; g++)
        known[g] = scan_names(r->file, groups[g], &r->arena, &n[g]);
    const char **all = mem_arena(&r->arena, n[0] + n[1] + 1, sizeof *all);
    memcpy(all, known[0], n[0] * sizeof *all);
    memcpy(all + n[0], known[1], n[1] * sizeof *all);
    const char *near = report_nearest(name, all);
    return err_set(ERR_INPUT,
        "%s: '%s' is not a series or indicator%s%s%s; `carecap export %s` lists them",
        r->path, name, near != NULL ? ", did you mean '" : "", near != NULL ? near : "",
        near != NULL ? "'?" : "", r->path);
}

/* The path of a name in the file. Fails: ERR_INPUT. */
static int
resolve(struct reader *r, const char *name, const char **path)
{
    for (int g = 0; g < 2; g++) {
        *path = joined(&r->arena, groups[g], "/", name);
        if (name[0] != '\0' && strchr(name, '/') == NULL && scan_has(r->file, *path))
            return 0;
        size_t length = strlen(groups[g]);
        *path = mem_arena_text(&r->arena, name);
        if (strncmp(name, groups[g], length) == 0 && name[length] == '/' &&
            strchr(name + length + 1, '/') == NULL && name[length + 1] != '\0' &&
            scan_has(r->file, name))
            return 0;
    }
    return unknown(r, name);
}

static int
finish(FILE *out)
{
    if (fflush(out) != 0 || ferror(out))
        return err_set(ERR_IO, "cannot write: %s", strerror(errno));
    return 0;
}

static int
write_table(struct table *self, const char *const *name, int n)
{
    struct arena *arena = &self->reader->arena;
    const char **path = mem_arena(arena, (size_t)n, sizeof *path);
    int status = 0;

    for (int i = 0; i < n && status == 0; i++)
        status = resolve(self->reader, name[i], &path[i]);
    for (int i = 0; i < n && status == 0; i++)
        status = find_columns(self, path[i]);
    if (status < 0)
        return status;
    write_head(self, n > 1);
    for (int i = 0; i < n && status == 0; i++) {
        const char *unit = scan_note(self->reader->file, path[i], "units", arena);
        const char *first = n > 1 ? joined(arena, cell(arena, name[i]), ",", "") : "";
        status = write_rows(self, path[i], first, cell(arena, unit));
    }
    return status < 0 ? status : finish(self->out);
}

int
export_series(const char *path, const char *const *name, int n, FILE *out)
{
    struct reader reader;
    struct table table = {.reader = &reader, .out = out};
    int status = reader_open(&reader, path);

    if (status < 0)
        return status;
    status = write_table(&table, name, n);
    reader_close(&reader);
    return status;
}

int
export_names(const char *path, FILE *out)
{
    struct reader r;
    int status = reader_open(&r, path);

    if (status < 0)
        return status;
    for (int g = 0; g < 2; g++) {
        size_t n;
        const char **name = scan_names(r.file, groups[g], &r.arena, &n);
        for (size_t i = 0; i < n; i++) {
            const char *at = joined(&r.arena, groups[g], "/", name[i]);
            bool shadowed =
                g == 1 && scan_has(r.file, joined(&r.arena, groups[0], "/", name[i]));
            fprintf(out, "%s\t%s\t%s\n", shadowed ? at : name[i],
                scan_note(r.file, at, "units", &r.arena),
                scan_note(r.file, at, "long_name", &r.arena));
        }
    }
    reader_close(&r);
    return finish(out);
}
