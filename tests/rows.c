#include "tests/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

enum { TEXT = 200 };

/* int32_t is the only kind of member that may stand at a multiple of 4. */
static size_t
alignment(const struct field *f)
{
    return f->kind == FIELD_DATE || f->kind == FIELD_CHOICE ? 4 : 8;
}

static size_t
aligned(size_t offset, size_t to)
{
    return (offset + to - 1) / to * to;
}

/* The row that begins nearest behind `from`, or NULL. */
static const struct field *
next_row(const struct field *table, size_t from)
{
    const struct field *next = NULL;

    for (const struct field *f = table; f->name != NULL; f++)
        if (f->offset >= from && (next == NULL || f->offset < next->offset))
            next = f;
    return next;
}

static bool
has_key(const struct field *columns)
{
    const struct field *name = field_find(columns, "name");

    return name != NULL && name->kind == FIELD_TEXT && name->required;
}

static const char *
row_fault(const struct field *table, const struct field *f, char *text)
{
    const char *fault = NULL;

    if (field_find(table, f->name) != f)
        fault = "has its name twice";
    else if (f->doc == NULL || f->doc[0] == '\0')
        fault = "has no doc";
    else if (f->unit == NULL &&
             (f->kind == FIELD_REAL || f->kind == FIELD_INT || f->kind == FIELD_PATH))
        fault = "has no unit";
    else if (f->kind == FIELD_CHOICE && f->choices == NULL)
        fault = "has no choices";
    else if (f->kind == FIELD_ROWS && f->columns == NULL)
        fault = "has no columns";
    else if (f->keyed && (f->kind != FIELD_ROWS || !has_key(f->columns)))
        fault = "has no required text 'name' to merge by";
    else if (f->count < 1)
        fault = "has no elements";
    if (fault == NULL && f->kind == FIELD_ROWS)
        return rows_fault(f->columns, f->row_size, text);
    if (fault == NULL)
        return NULL;
    snprintf(text, TEXT, "'%s' %s", f->name, fault);
    return text;
}

const char *
rows_fault(const struct field *table, size_t size, char text[TEXT])
{
    size_t end = 0, most = 4, n = 0, walked = 0;
    const struct field *f = next_row(table, 0);

    for (const struct field *row = table; row->name != NULL; row++, n++)
        if (row_fault(table, row, text) != NULL)
            return text;
    for (; f != NULL; f = next_row(table, end), walked++) {
        most = alignment(f) > most ? alignment(f) : most;
        if (f->offset != aligned(end, alignment(f))) {
            snprintf(text, TEXT, "bytes %zu to %zu before '%s' have no row", end,
                f->offset, f->name);
            return text;
        }
        end = f->offset + field_size(f);
    }
    if (walked != n)
        snprintf(text, TEXT, "%zu rows overlap others", n - walked);
    else if (aligned(end, most) != size)
        snprintf(text, TEXT, "bytes %zu to %zu have no row", end, size);
    else
        return NULL;
    return text;
}

void
rows_cover(const struct field *table, size_t size)
{
    char text[TEXT];

    if (rows_fault(table, size, text) != NULL)
        fail_msg("%s", text);
}
