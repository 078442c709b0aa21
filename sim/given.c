#include "sim/given.h"

#include "sim/array.h"
#include "sim/err.h"
#include "sim/record.h"
#include "sim/value.h"

#include <string.h>

/* The keys of a wrapped value. */
static const struct field wrapper[] = {
    {.name = "value", .doc = "the value", .kind = FIELD_TEXT, .count = 1},
    {.name = "unit", .doc = "its unit", .kind = FIELD_TEXT, .count = 1},
    {.name = "source", .doc = "where it comes from", .kind = FIELD_TEXT, .count = 1},
    {.name = "quality", .doc = "how sure it is", .kind = FIELD_TEXT, .count = 1},
    {.name = NULL},
};

static void
check_unit(
    struct intake *in, const struct tree *node, const struct field *f, const char *unit)
{
    if (f->unit == NULL)
        report_mistake(in->report, node->place, "unit '%s', expected none",
            report_word(unit).text);
    else if (strcmp(unit, f->unit) != 0)
        report_mistake(in->report, node->place, "unit '%s', expected '%s'",
            report_word(unit).text, f->unit);
}

/* Reads what stands beside the value; returns the value's node. */
static const struct tree *
unwrap(struct intake *in, const struct tree *map, const struct field *f,
    struct given *given)
{
    for (const struct tree *node = map->child; node != NULL; node = node->next) {
        const struct field *key = field_find(wrapper, node->key);
        const char *text;

        if (key == NULL)
            report_mistake(in->report, node->key_place,
                "'%s' is not a key of a value%s", report_word(node->key).text,
                value_hint(in, node->key, wrapper, &wrapper[4]).text);
        if (key == NULL || key == &wrapper[0] || !value_node(in, node, key, &text))
            continue;
        if (key == &wrapper[1])
            check_unit(in, node, f, text);
        else if (key == &wrapper[2])
            given->source = text;
        else
            given->quality = value_quality(in, node->place, text);
    }
    return tree_find(map, "value");
}

static void
read_knot(struct intake *in, const struct tree *node, const struct field *f,
    struct path *path)
{
    double year, value = 0;
    int64_t n = path->n;

    if (!value_number(node->key, &year) || year < 1 || year > 9999) {
        report_mistake(in->report, node->key_place,
            "'%s' is not a year, expected years 1 to 9999 with values: %s",
            report_word(node->key).text, value_wanted(f).text);
        return;
    }
    if (n > 0 && year <= path->year[n - 1])
        report_mistake(in->report, node->key_place,
            "year %s does not rise, it comes after %s", field_number(year).text,
            field_number(path->year[n - 1]).text);
    value_node(in, node, f, &value);
    path->year[n] = year;
    path->value[n] = value;
    path->n++;
}

static void
read_path(struct intake *in, const struct tree *node, const struct field *f,
    struct path *path)
{
    struct path read = {.n = 0};

    if (node->kind == TREE_MAP && node->n > PATH_MOST) {
        report_mistake(in->report, node->place, "%d years, expected at most %d",
            node->n, PATH_MOST);
    } else if (node->kind == TREE_MAP && node->n > 0) {
        for (const struct tree *c = node->child; c != NULL; c = c->next)
            read_knot(in, c, f, &read);
    } else if (value_node(in, node, f, &read.value[0])) {
        read.n = 1;
    }
    if (read.n > 0)
        *path = read;
}

/* One part of a table: a list or the path of a file. */
static void
read_part(struct intake *in, const struct tree *node, struct record *table)
{
    static const char ending[] = ".csv";
    size_t n = node->kind == TREE_SCALAR ? strlen(node->text) : 0;

    if (node->kind == TREE_LIST) {
        record_list(table, node);
        return;
    }
    const struct intake_file *file = NULL;
    if (n >= sizeof ending && strcmp(node->text + n - (sizeof ending - 1), ending) == 0)
        file = intake_read(
            in, intake_beside(in, node->place.file, node->text), node->place);
    else if (node->kind != TREE_BAD)
        report_mistake(in->report, node->place,
            "%s%s%s is not a table, expected a path that ends in .csv, or a list: %s",
            n > 0 ? "'" : "",
            n > 0 ? report_word(node->text).text
                  : (node->kind == TREE_SCALAR ? "nothing" : tree_kind_text(node)),
            n > 0 ? "'" : "", value_wanted(table->rows.field).text);
    if (file != NULL)
        record_table(table, file);
    else
        table->gap = true;
}

/* The node of the value itself; `given` is what stands beside it. */
static const struct tree *
bare(struct intake *in, const struct tree *node, const struct field *f,
    struct given *given)
{
    if (node->kind == TREE_MAP && tree_find(node, "value") != NULL)
        return unwrap(in, node, f, given);
    return node;
}

static struct given
read_rows(struct intake *in, const struct tree *const *node, int n,
    const struct field *f, struct rows *rows)
{
    struct given given = {.source = NULL};
    struct record table;

    record_init(&table, in, f, n);
    for (int i = 0; i < n; i++) {
        struct given said = {.source = NULL};
        const struct tree *part = bare(in, node[i], f, &said);
        if (said.source != NULL || (part->kind == TREE_LIST && part->n == 0))
            given = said;
        else if (said.quality != NULL)
            given.quality = said.quality;
        read_part(in, part, &table);
    }
    given.row_by_row = record_done(&table, rows);
    return given;
}

struct given
given_read(struct intake *in, const struct tree *const *node, int n,
    const struct field *f, void *obj)
{
    struct given given = {.source = NULL};
    void *member = (char *)obj + f->offset;

    BUG_IF(n < 1 || (n > 1 && !f->keyed));
    if (f->kind == FIELD_ROWS)
        return read_rows(in, node, n, f, member);
    const struct tree *value = bare(in, node[0], f, &given);
    if (f->kind == FIELD_PATH)
        read_path(in, value, f, member);
    else if (f->count > 1)
        array_list(in, value, f, member);
    else
        value_node(in, value, f, member);
    return given;
}
