#include "sim/record.h"

#include "sim/array.h"
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

void
record_init(struct record *self, struct intake *in, const struct field *f, int parts)
{
    *self = (struct record){.in = in};
    merge_init(&self->rows, f, in->report, parts);
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
    const struct field *f = self->rows.field;
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
        bool there =
            !c->required || (self->rows.several && strcmp(c->name, "name") != 0);
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

        if (c == NULL ||
            (cell->text[0] == '\0' && (!c->required || self->rows.several)))
            continue;
        if (cell->text[0] == '\0') {
            report_mistake(t->in->report, cell->place, "'%s' is empty, expected %s",
                c->name, value_wanted(c).text);
            continue;
        }
        merge_note(&self->rows, c, row);
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
    while (table_next(t) && !merge_full(&self->rows, t->cell[0].place)) {
        struct place at = t->cell[0].place;
        if (!right_count(t, n)) {
            self->gap = true;
            merge_row(&self->rows, at);
            continue;
        }
        void *row = self->rows.field->keyed
                        ? merge_row_named(&self->rows, cell_name(t, columns), at)
                        : merge_row(&self->rows, at);
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
    self->rows.part++;
}

/* Returns whether the row states its source. */
static bool
read_map(struct record *self, const struct tree *map, void *row)
{
    struct intake *in = self->in;
    const char *nowhere;
    bool sourced = false;

    for (const struct tree *node = map->child; node != NULL; node = node->next) {
        const struct field *c =
            column(in, self->rows.field, node->key, node->key_place);
        if (c == NULL)
            continue;
        merge_note(&self->rows, c, row);
        if (!(c->count > 1 ? array_node : value_node)(
                in, node, c, member(c, row, &nowhere)))
            continue;
        check_quality(in, c, node->text, node->place);
        sourced = sourced || strcmp(c->name, "source") == 0;
    }
    for (const struct field *c = self->rows.field->columns; c->name != NULL; c++)
        if (c->required && !self->rows.several && tree_find(map, c->name) == NULL)
            report_mistake(in->report, map->place, "'%s' is missing: %s", c->name,
                value_wanted(c).text);
    return sourced;
}

static void *
list_row(struct record *self, const struct tree *map)
{
    const struct tree *name = tree_find(map, "name");

    if (!self->rows.field->keyed)
        return merge_row(&self->rows, map->place);
    return merge_row_named(&self->rows, name != NULL ? name->text : NULL, map->place);
}

void
record_list(struct record *self, const struct tree *list)
{
    bool sourced = true;

    self->file = list->place.file;
    if (list->child == NULL) {
        self->rows.n = 0;
        self->rows.part = self->sourced = 0;
        self->gap = false;
        return;
    }
    for (const struct tree *node = list->child; node != NULL; node = node->next) {
        if (node->kind == TREE_MAP && merge_full(&self->rows, node->place))
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
                tree_kind_text(node), self->rows.field->name);
    }
    self->sourced += sourced;
    self->rows.part++;
}

bool
record_done(struct record *self, struct rows *rows)
{
    int parts = self->rows.part;

    if (self->rows.several && !self->gap)
        merge_find_missing(&self->rows);
    merge_keep(&self->rows, self->in->arena, self->file, rows);
    return parts > 0 && self->sourced == parts;
}

struct place
record_place(const struct rows *rows, int64_t i)
{
    return (struct place){
        rows->from != NULL ? rows->from[i] : rows->file, rows->line[i], 0};
}
