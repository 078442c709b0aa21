#include "sim/column.h"

#include "sim/err.h"
#include "sim/record.h"

#include <math.h>
#include <string.h>

/* The row of a parameter "section.key", and the struct that holds it; or NULL. */
static const struct field *
parameter(const struct setup *s, const char *name, const void **par)
{
    const char *dot = strchr(name, '.');
    size_t n = dot != NULL ? (size_t)(dot - name) : 0;

    for (int m = 0; n > 0 && m < s->n_models; m++) {
        const struct model *model = s->models[m];
        if (strncmp(model->name, name, n) != 0 || model->name[n] != '\0')
            continue;
        *par = s->par[m];
        return model->par != NULL ? field_find(model->par, dot + 1) : NULL;
    }
    return NULL;
}

struct column_table
column_table(const struct setup *s, const char *name)
{
    const void *par = NULL;
    const struct field *f = parameter(s, name, &par);
    struct column_table self = {.n = 0};

    if (f == NULL || f->kind != FIELD_ROWS)
        return self;
    self.field = f;
    self.rows = (const void *)((const char *)par + f->offset);
    self.n = self.rows->n;
    return self;
}

struct place
column_place(const struct column_table *self, int64_t i)
{
    return record_place(self->rows, i);
}

static const struct field *
find(const struct column_table *self, int64_t i, const char *column, const void **row)
{
    const struct field *f = field_find(self->field->columns, column);

    BUG_IF(f == NULL || i < 0 || i >= self->n);
    *row = (const char *)self->rows->row + (size_t)i * self->field->row_size;
    return f;
}

double
column_number(const struct column_table *self, int64_t i, const char *column)
{
    const void *row;
    const struct field *f = find(self, i, column, &row);

    return field_value(f, row, 0);
}

const char *
column_text(const struct column_table *self, int64_t i, const char *column)
{
    const void *row;
    const struct field *f = find(self, i, column, &row);

    if (f->kind == FIELD_CHOICE)
        return f->choices[(int)field_value(f, row, 0)];
    BUG_IF(f->kind != FIELD_TEXT);
    const char *text =
        *(const char *const *)(const void *)((const char *)row + f->offset);
    return text != NULL ? text : "";
}

double
column_parameter(const struct setup *s, const char *name)
{
    const void *par = NULL;
    const struct field *f = parameter(s, name, &par);

    if (f == NULL || f->count != 1 || (f->kind != FIELD_REAL && f->kind != FIELD_INT))
        return NAN;
    return field_value(f, par, 0);
}
