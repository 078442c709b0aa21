#include "sim/record.h"

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

/* Rows while they are read. */
struct grow {
    unsigned char *row; /* owned */
    int *line;          /* owned */
    size_t n, capacity, size;
};

static void *
new_row(struct grow *g, const struct field *columns, int line)
{
    if (g->n == g->capacity) {
        g->capacity = g->capacity > 0 ? 2 * g->capacity : 64;
        g->row = mem_grow(g->row, g->capacity, g->size);
        g->line = mem_grow(g->line, g->capacity, sizeof *g->line);
    }
    void *row = g->row + g->n * g->size;
    memset(row, 0, g->size);
    field_defaults(columns, row);
    g->line[g->n++] = line;
    return row;
}

static void
keep(struct intake *in, struct grow *g, const char *file, struct rows *rows)
{
    *rows = (struct rows){
        .n = (int64_t)g->n,
        .row = mem_arena(in->arena, g->n, g->size),
        .line = mem_arena(in->arena, g->n, sizeof(int)),
        .file = file,
    };
    if (g->n > 0) {
        memcpy(rows->row, g->row, g->n * g->size);
        memcpy(rows->line, g->line, g->n * sizeof(int));
    }
    mem_free(g->row);
    mem_free(g->line);
}

static bool
too_many(struct intake *in, const struct grow *g, struct place at)
{
    if (g->n < RECORD_MOST)
        return false;
    report_mistake(in->report, at, "more than %d rows", RECORD_MOST);
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
header(struct intake *in, const struct table *t, const struct field *f)
{
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
        bool there = !c->required;
        for (size_t i = 0; i < t->n; i++)
            there = there || columns[i] == c;
        if (!there)
            report_mistake(in->report, t->cell[0].place, "column '%s' is missing: %s",
                c->name, value_wanted(c).text);
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
read_cells(const struct table *t, const struct field *const *columns, void *row)
{
    const char *nowhere;

    for (size_t i = 0; i < t->n; i++) {
        const struct field *c = columns[i];
        const struct table_cell *cell = &t->cell[i];

        if (c == NULL || (cell->text[0] == '\0' && !c->required))
            continue;
        if (cell->text[0] == '\0') {
            report_mistake(t->in->report, cell->place, "'%s' is empty, expected %s",
                c->name, value_wanted(c).text);
            continue;
        }
        value_read(t->in, cell->place, cell->text, c, member(c, row, &nowhere));
        check_quality(t->in, c, cell->text, cell->place);
    }
}

bool
record_table(struct intake *in, const struct intake_file *file, const struct field *f,
    struct rows *rows)
{
    struct grow g = {.size = f->row_size};
    struct table t;
    bool sourced = false;

    table_init(&t, in, file);
    int before = in->report->mistakes;
    if (table_next(&t) && !too_wide(in, &t)) {
        size_t n = t.n;
        const struct field **columns = header(in, &t, f);
        sourced = has_source(columns, n);
        while (table_next(&t) && !too_many(in, &g, t.cell[0].place)) {
            void *row = new_row(&g, f->columns, t.cell[0].place.line);
            if (right_count(&t, n))
                read_cells(&t, columns, row);
        }
    } else if (in->report->mistakes == before) {
        report_mistake(in->report, (struct place){file->path, 0, 0},
            "is empty, expected a line that names the columns");
    }
    table_free(&t);
    keep(in, &g, file->path, rows);
    return sourced;
}

/* Returns whether the row states its source. */
static bool
read_map(struct intake *in, const struct tree *map, const struct field *f, void *row)
{
    const char *nowhere;
    bool sourced = false;

    for (const struct tree *node = map->child; node != NULL; node = node->next) {
        const struct field *c = column(in, f, node->key, node->key_place);
        if (c == NULL || !value_node(in, node, c, member(c, row, &nowhere)))
            continue;
        check_quality(in, c, node->text, node->place);
        sourced = sourced || strcmp(c->name, "source") == 0;
    }
    for (const struct field *c = f->columns; c->name != NULL; c++)
        if (c->required && tree_find(map, c->name) == NULL)
            report_mistake(in->report, map->place, "'%s' is missing: %s", c->name,
                value_wanted(c).text);
    return sourced;
}

bool
record_list(struct intake *in, const struct tree *list, const struct field *f,
    struct rows *rows)
{
    struct grow g = {.size = f->row_size};
    bool sourced = list->child != NULL;

    for (const struct tree *node = list->child; node != NULL; node = node->next) {
        if (node->kind == TREE_MAP) {
            void *row = new_row(&g, f->columns, node->place.line);
            sourced = read_map(in, node, f, row) && sourced;
        } else if (node->kind != TREE_BAD) {
            report_mistake(in->report, node->place,
                "%s is not a row of '%s', expected keys and values",
                tree_kind_text(node), f->name);
        }
    }
    keep(in, &g, list->place.file, rows);
    return sourced;
}
