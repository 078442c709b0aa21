#include "sim/record.h"

#include "sim/array.h"
#include "sim/err.h"
#include "sim/table.h"
#include "sim/value.h"

#include <string.h>

enum { WIDEST = 1000 }; /* columns */

/* Columns that every table may have. */
static const struct field extra[] = {
    {.name = "source",
        .doc = "where the row comes from",
        .kind = FIELD_TEXT,
        .count = 1},
    {.name = "quality",
        .doc = "how much the row is to be trusted",
        .kind = FIELD_TEXT,
        .count = 1},
    {.name = NULL},
};

/* Where a row was given last. */
struct record_mark {
    struct place place;
    int part;
};

void
record_init(struct record *self, struct intake *in, const struct field *f, int parts)
{
    const struct field *key = field_find(f->columns, "name");

    BUG_IF(f->keyed && (key == NULL || key->kind != FIELD_TEXT || !key->required));
    BUG_IF(parts > 1 && !f->keyed);
    *self = (struct record){.in = in, .field = f, .merge = parts > 1};
    while (f->columns[self->columns].name != NULL)
        self->columns++;
}

static void *
row_at(const struct record *self, size_t i)
{
    return self->row + i * self->field->row_size;
}

static void *
new_row(struct record *self, struct place at)
{
    size_t columns = self->merge ? self->columns : 0;

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
    self->mark[self->n++] = (struct record_mark){at, self->part};
    return row;
}

/* The name of a keyed row; NULL when it has none. */
static const char *
name_at(const struct record *self, size_t i)
{
    const struct field *key = field_find(self->field->columns, "name");
    const void *name = (const char *)row_at(self, i) + key->offset;

    return *(const char *const *)name;
}

/* The row named `name` (NULL: it has no name) to read into; NULL when this part has
 * given it already. */
static void *
row_named(struct record *self, const char *name, struct place at)
{
    for (size_t i = 0; name != NULL && i < self->n; i++) {
        const char *other = name_at(self, i);
        if (other == NULL || strcmp(other, name) != 0)
            continue;
        if (self->mark[i].part == self->part) {
            report_mistake(self->in->report, at, "'%s' stands twice in '%s'%s%s",
                report_word(name).text, self->field->name,
                self->mark[i].place.line > 0 ? ", first in line " : "",
                self->mark[i].place.line > 0
                    ? field_number(self->mark[i].place.line).text
                    : "");
            return NULL;
        }
        self->mark[i] = (struct record_mark){at, self->part};
        return row_at(self, i);
    }
    return new_row(self, at);
}

/* Notes that column `c` of `row` was given. */
static void
note_given(struct record *self, const struct field *c, const void *row)
{
    if (!self->merge || c < self->field->columns ||
        c >= self->field->columns + self->columns)
        return;
    size_t i = (size_t)((const unsigned char *)row - self->row) / self->field->row_size;
    self->given[i * self->columns + (size_t)(c - self->field->columns)] = true;
}

static bool
too_many(const struct record *self, struct place at)
{
    int most = self->field->keyed ? RECORD_MOST_KEYED : RECORD_MOST;

    if (self->n < (size_t)most)
        return false;
    report_mistake(self->in->report, at, "more than %d rows", most);
    return true;
}

/* The column named `name`, with a mistake when there is none. */
static const struct field *
column(struct intake *in, const struct field *f, const char *name, struct place at)
{
    const struct field *c = field_find(f->columns, name);

    if (c == NULL)
        c = field_find(extra, name);
    if (c == NULL)
        report_mistake(in->report, at, "'%s' is not a column of '%s'%s",
            report_word(name).text, f->name,
            value_hint(in, name, f->columns, extra).text);
    return c;
}

static bool
is_extra(const struct field *c)
{
    return c == &extra[0] || c == &extra[1];
}

/* Where the value of column `c` goes: not into the row when the column is an extra one.
 */
static void *
member(const struct field *c, void *row, const char **nowhere)
{
    return is_extra(c) ? (void *)nowhere : (char *)row + c->offset;
}

static void
check_quality(
    struct intake *in, const struct field *c, const char *text, struct place at)
{
    if (c->kind == FIELD_TEXT && strcmp(c->name, "quality") == 0)
        value_quality(in, at, text);
}

static bool
has_source(const struct field *const *columns, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (columns[i] != NULL && strcmp(columns[i]->name, "source") == 0)
            return true;
    return false;
}

static bool
too_wide(struct intake *in, const struct table *t)
{
    if (t->n <= WIDEST)
        return false;
    report_mistake(in->report, t->cell[WIDEST].place, "more than %d columns", WIDEST);
    return true;
}

/* The columns that the header names, in the arena; a missing or doubled one is a
 * mistake. */
static const struct field **
header(struct record *self, const struct table *t)
{
    const struct field *f = self->field;
    struct intake *in = self->in;
    const struct field **columns =
        mem_arena(in->arena, t->n, sizeof(const struct field *));

    for (size_t i = 0; i < t->n; i++) {
        columns[i] = column(in, f, t->cell[i].text, t->cell[i].place);
        size_t k = 0;
        while (columns[k] != columns[i])
            k++;
        if (k < i && columns[i] != NULL)
            report_mistake(in->report, t->cell[i].place, "column '%s' is given twice",
                columns[i]->name);
    }
    for (const struct field *c = f->columns; c->name != NULL; c++) {
        bool there = !c->required || (self->merge && strcmp(c->name, "name") != 0);
        for (size_t i = 0; i < t->n; i++)
            there = there || columns[i] == c;
        if (!there)
            report_mistake(in->report, t->cell[0].place, "column '%s' is missing: %s",
                c->name, value_wanted(c).text);
        self->gap = self->gap || !there;
    }
    return columns;
}

static bool
right_count(const struct table *t, size_t expected)
{
    struct place at = t->n > expected ? t->cell[expected].place : t->cell[0].place;

    if (t->n != expected)
        report_mistake(t->in->report, at, "%zu cell%s, expected %zu", t->n,
            t->n == 1 ? "" : "s", expected);
    return t->n == expected;
}

static void
read_cells(struct record *self, const struct table *t,
    const struct field *const *columns, void *row)
{
    const char *nowhere;

    for (size_t i = 0; i < t->n; i++) {
        const struct field *c = columns[i];
        const struct table_cell *cell = &t->cell[i];

        if (c == NULL || (cell->text[0] == '\0' && (!c->required || self->merge)))
            continue;
        if (cell->text[0] == '\0') {
            report_mistake(t->in->report, cell->place, "'%s' is empty, expected %s",
                c->name, value_wanted(c).text);
            continue;
        }
        note_given(self, c, row);
        (c->count > 1 ? array_cell : value_read)(
            t->in, cell->place, cell->text, c, member(c, row, &nowhere));
        check_quality(t->in, c, cell->text, cell->place);
    }
}

/* The cell of the column `name`, or NULL. */
static const char *
cell_name(const struct table *t, const struct field *const *columns)
{
    for (size_t i = 0; i < t->n; i++)
        if (columns[i] != NULL && strcmp(columns[i]->name, "name") == 0)
            return t->cell[i].text[0] != '\0' ? t->cell[i].text : NULL;
    return NULL;
}

static void
read_records(struct record *self, struct table *t)
{
    size_t n = t->n;
    const struct field **columns = header(self, t);

    self->sourced += has_source(columns, n);
    while (table_next(t) && !too_many(self, t->cell[0].place)) {
        struct place at = t->cell[0].place;
        if (!right_count(t, n)) {
            self->gap = true;
            new_row(self, at);
            continue;
        }
        void *row = self->field->keyed ? row_named(self, cell_name(t, columns), at)
                                       : new_row(self, at);
        if (row != NULL)
            read_cells(self, t, columns, row);
    }
}

void
record_table(struct record *self, const struct intake_file *file)
{
    struct intake *in = self->in;
    struct table t;

    self->file = file->path;
    table_init(&t, in, file);
    int before = in->report->mistakes;
    if (table_next(&t) && !too_wide(in, &t))
        read_records(self, &t);
    else if (in->report->mistakes == before)
        report_mistake(in->report, (struct place){file->path, 0, 0},
            "is empty, expected a line that names the columns");
    table_free(&t);
    self->part++;
}

/* Returns whether the row states its source. */
static bool
read_map(struct record *self, const struct tree *map, void *row)
{
    struct intake *in = self->in;
    const char *nowhere;
    bool sourced = false;

    for (const struct tree *node = map->child; node != NULL; node = node->next) {
        const struct field *c = column(in, self->field, node->key, node->key_place);
        if (c == NULL)
            continue;
        note_given(self, c, row);
        if (!(c->count > 1 ? array_node : value_node)(
                in, node, c, member(c, row, &nowhere)))
            continue;
        check_quality(in, c, node->text, node->place);
        sourced = sourced || strcmp(c->name, "source") == 0;
    }
    for (const struct field *c = self->field->columns; c->name != NULL; c++)
        if (c->required && !self->merge && tree_find(map, c->name) == NULL)
            report_mistake(in->report, map->place, "'%s' is missing: %s", c->name,
                value_wanted(c).text);
    return sourced;
}

static void *
list_row(struct record *self, const struct tree *map)
{
    const struct tree *name = tree_find(map, "name");

    if (!self->field->keyed)
        return new_row(self, map->place);
    return row_named(self, name != NULL ? name->text : NULL, map->place);
}

void
record_list(struct record *self, const struct tree *list)
{
    bool sourced = true;

    self->file = list->place.file;
    if (list->child == NULL) {
        self->n = 0;
        self->part = self->sourced = 0;
        self->gap = false;
        return;
    }
    for (const struct tree *node = list->child; node != NULL; node = node->next) {
        if (node->kind == TREE_MAP && too_many(self, node->place))
            break;
        if (node->kind == TREE_MAP) {
            void *row = list_row(self, node);
            sourced = row != NULL && read_map(self, node, row) && sourced;
            continue;
        }
        self->gap = true;
        if (node->kind != TREE_BAD)
            report_mistake(self->in->report, node->place,
                "%s is not a row of '%s', expected keys and values",
                tree_kind_text(node), self->field->name);
    }
    self->sourced += sourced;
    self->part++;
}

/* Mistakes for what no part gave though it is required. */
static void
find_missing(const struct record *self)
{
    const struct field *columns = self->field->columns;

    for (size_t i = 0; i < self->n; i++) {
        const char *name = name_at(self, i);
        for (size_t k = 0; k < self->columns; k++)
            if (columns[k].required && !self->given[i * self->columns + k])
                report_mistake(self->in->report, self->mark[i].place,
                    "'%s'%s%s is missing: %s", columns[k].name,
                    name != NULL ? " of " : "",
                    name != NULL ? report_word(name).text : "",
                    value_wanted(&columns[k]).text);
    }
}

bool
record_done(struct record *self, struct rows *rows)
{
    struct arena *arena = self->in->arena;
    size_t size = self->field->row_size;

    if (self->merge && !self->gap)
        find_missing(self);
    *rows = (struct rows){
        .n = (int64_t)self->n,
        .row = mem_arena(arena, self->n, size),
        .line = mem_arena(arena, self->n, sizeof(int)),
        .file = self->file,
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
    return self->part > 0 && self->sourced == self->part;
}

struct place
record_place(const struct rows *rows, int64_t i)
{
    return (struct place){
        rows->from != NULL ? rows->from[i] : rows->file, rows->line[i], 0};
}
