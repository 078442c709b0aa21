#include "sim/merge.h"

#include "sim/err.h"
#include "sim/value.h"

#include <string.h>

/* Where a row was given last. */
struct merge_mark {
    struct place place;
    int part;
};

void
merge_init(struct merge *self, const struct field *f, struct report *report, int parts)
{
    const struct field *key = field_find(f->columns, "name");

    BUG_IF(f->keyed && (key == NULL || key->kind != FIELD_TEXT || !key->required));
    BUG_IF(parts > 1 && !f->keyed);
    *self = (struct merge){.field = f, .report = report, .several = parts > 1};
    while (f->columns[self->columns].name != NULL)
        self->columns++;
}

static void *
row_at(const struct merge *self, size_t i)
{
    return self->row + i * self->field->row_size;
}

void *
merge_row(struct merge *self, struct place at)
{
    size_t columns = self->several ? self->columns : 0;

    if (self->n == self->capacity) {
        size_t n = self->capacity = self->capacity > 0 ? 2 * self->capacity : 64;
        self->row = mem_grow(self->row, n, self->field->row_size);
        self->mark = mem_grow(self->mark, n, sizeof *self->mark);
        if (columns > 0)
            self->given = mem_grow(self->given, n, columns * sizeof *self->given);
    }
    void *row = row_at(self, self->n);
    memset(row, 0, self->field->row_size);
    field_defaults(self->field->columns, row);
    if (columns > 0)
        memset(self->given + self->n * columns, 0, columns * sizeof *self->given);
    self->mark[self->n++] = (struct merge_mark){at, self->part};
    return row;
}

/* The name of a keyed row; NULL when it has none. */
static const char *
name_at(const struct merge *self, size_t i)
{
    const struct field *key = field_find(self->field->columns, "name");
    const void *name = (const char *)row_at(self, i) + key->offset;

    return *(const char *const *)name;
}

void *
merge_row_named(struct merge *self, const char *name, struct place at)
{
    for (size_t i = 0; name != NULL && i < self->n; i++) {
        const char *other = name_at(self, i);
        if (other == NULL || strcmp(other, name) != 0)
            continue;
        if (self->mark[i].part == self->part) {
            report_mistake(self->report, at, "'%s' stands twice in '%s'%s%s",
                report_word(name).text, self->field->name,
                self->mark[i].place.line > 0 ? ", first in line " : "",
                self->mark[i].place.line > 0
                    ? field_number(self->mark[i].place.line).text
                    : "");
            return NULL;
        }
        self->mark[i] = (struct merge_mark){at, self->part};
        return row_at(self, i);
    }
    return merge_row(self, at);
}

void
merge_note(struct merge *self, const struct field *c, const void *row)
{
    if (!self->several || c < self->field->columns ||
        c >= self->field->columns + self->columns)
        return;
    size_t i = (size_t)((const unsigned char *)row - self->row) / self->field->row_size;
    self->given[i * self->columns + (size_t)(c - self->field->columns)] = true;
}

bool
merge_full(const struct merge *self, struct place at)
{
    int most = self->field->keyed ? MERGE_MOST_KEYED : MERGE_MOST;

    if (self->n < (size_t)most)
        return false;
    report_mistake(self->report, at, "more than %d rows", most);
    return true;
}

void
merge_find_missing(const struct merge *self)
{
    const struct field *columns = self->field->columns;

    for (size_t i = 0; i < self->n; i++) {
        const char *name = name_at(self, i);
        for (size_t k = 0; k < self->columns; k++)
            if (columns[k].required && !self->given[i * self->columns + k])
                report_mistake(self->report, self->mark[i].place,
                    "'%s'%s%s is missing: %s", columns[k].name,
                    name != NULL ? " of " : "",
                    name != NULL ? report_word(name).text : "",
                    value_wanted(&columns[k]).text);
    }
}

void
merge_keep(struct merge *self, struct arena *arena, const char *file, struct rows *rows)
{
    size_t size = self->field->row_size;

    *rows = (struct rows){
        .n = (int64_t)self->n,
        .row = mem_arena(arena, self->n, size),
        .line = mem_arena(arena, self->n, sizeof(int)),
        .file = file,
    };
    if (self->n > 0)
        memcpy(rows->row, self->row, self->n * size);
    if (self->field->keyed)
        rows->from = mem_arena(arena, self->n, sizeof *rows->from);
    for (size_t i = 0; i < self->n; i++) {
        rows->line[i] = self->mark[i].place.line;
        if (rows->from != NULL)
            rows->from[i] = self->mark[i].place.file;
    }
    mem_free(self->row);
    mem_free(self->mark);
    mem_free(self->given);
    *self = (struct merge){.n = 0};
}
