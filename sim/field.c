#include "sim/field.h"

#include "sim/date.h"
#include "sim/err.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const field_quality[] = {
    "measured", "published_estimate", "plan_statement", "assumption", "recalled", NULL};

size_t
field_size(const struct field *f)
{
    static const size_t size[FIELD_KINDS] = {
        [FIELD_REAL] = sizeof(double),
        [FIELD_INT] = sizeof(int64_t),
        [FIELD_TEXT] = sizeof(const char *),
        [FIELD_DATE] = sizeof(int32_t),
        [FIELD_CHOICE] = sizeof(int32_t),
        [FIELD_PATH] = sizeof(struct path),
        [FIELD_ROWS] = sizeof(struct rows),
    };

    return size[f->kind] * (size_t)f->count;
}

static void
default_of(const struct field *f, void *member)
{
    switch (f->kind) {
    case FIELD_REAL:
        for (int i = 0; i < f->count; i++)
            ((double *)member)[i] = f->def;
        break;
    case FIELD_INT:
        for (int i = 0; i < f->count; i++)
            ((int64_t *)member)[i] = (int64_t)f->def;
        break;
    case FIELD_TEXT:
        *(const char **)member = f->text;
        break;
    case FIELD_DATE:
    case FIELD_CHOICE:
        *(int32_t *)member = (int32_t)f->def;
        break;
    case FIELD_PATH:
        *(struct path *)member = (struct path){.n = 1, .value = {f->def}};
        break;
    case FIELD_ROWS:
    case FIELD_KINDS:
        memset(member, 0, field_size(f));
        break;
    }
}

void
field_defaults(const struct field *table, void *obj)
{
    for (; table->name != NULL; table++)
        default_of(table, (char *)obj + table->offset);
}

double
field_value(const struct field *f, const void *obj, int i)
{
    const char *member = (const char *)obj + f->offset;

    BUG_IF(i < 0 || i >= f->count);
    if (f->kind == FIELD_REAL)
        return ((const double *)member)[i];
    if (f->kind == FIELD_INT)
        return (double)((const int64_t *)member)[i];
    BUG_IF(f->kind != FIELD_DATE && f->kind != FIELD_CHOICE);
    return *(const int32_t *)member;
}

double
field_path(const struct path *p, double year)
{
    int64_t i = 0;

    BUG_IF(p->n < 1 || p->n > PATH_MOST);
    if (year <= p->year[0])
        return p->value[0];
    while (i < p->n && p->year[i] <= year)
        i++;
    if (i == p->n)
        return p->value[i - 1];
    double part = (year - p->year[i - 1]) / (p->year[i] - p->year[i - 1]);
    return p->value[i - 1] + part * (p->value[i] - p->value[i - 1]);
}

struct field_number
field_number(double value)
{
    static const int digits[] = {6, 15, 17};
    struct field_number n;

    for (size_t i = 0; i < sizeof digits / sizeof digits[0]; i++) {
        snprintf(n.text, sizeof n.text, "%.*g", digits[i], value);
        if (strtod(n.text, NULL) == value)
            break;
    }
    return n;
}

const struct field *
field_find(const struct field *table, const char *name)
{
    for (; table->name != NULL; table++)
        if (strcmp(table->name, name) == 0)
            return table;
    return NULL;
}

static void
print_number(const struct field *f, double value, FILE *out)
{
    char text[16];

    if (f->kind == FIELD_DATE)
        fprintf(out, "%s", date_text((int32_t)value, text));
    else
        fprintf(out, "%s", field_number(value).text);
}

static void
print_default(const struct field *f, FILE *out)
{
    if (f->required) {
        fprintf(out, ", required");
        return;
    }
    switch (f->kind) {
    case FIELD_TEXT:
        fprintf(out, " = '%s'", f->text != NULL ? f->text : "");
        break;
    case FIELD_CHOICE:
        fprintf(out, " = %s", f->choices[(int)f->def]);
        break;
    case FIELD_ROWS:
        fprintf(out, " = []");
        break;
    default:
        if (isnan(f->def) || (f->kind == FIELD_DATE && f->def == 0.0)) {
            fprintf(out, ", optional");
            break;
        }
        fprintf(out, " = ");
        print_number(f, f->def, out);
    }
}

static void
print_allowed(const struct field *f, FILE *out)
{
    if (f->kind == FIELD_CHOICE)
        for (int i = 0; f->choices[i] != NULL; i++)
            fprintf(out, "%s%s", i == 0 ? ", one of " : ", ", f->choices[i]);
    if (f->lo != 0 || f->hi != 0) {
        fprintf(out, ", from ");
        print_number(f, f->lo, out);
        fprintf(out, " to ");
        print_number(f, f->hi, out);
    }
    if (f->count > 1)
        fprintf(out, ", %d values", f->count);
    if (f->kind == FIELD_PATH)
        fprintf(out, ", may change over years");
    if (f->keyed)
        fprintf(out, ", merged with the base's by name");
}

static void
print_row(const struct field *f, int indent, FILE *out)
{
    fprintf(out, "%*s%s", indent, "", f->name);
    if (f->unit != NULL)
        fprintf(out, " [%s]", f->unit);
    print_default(f, out);
    print_allowed(f, out);
    fprintf(out, "\n%*s%s\n", indent + 4, "", f->doc != NULL ? f->doc : "");
    if (f->source != NULL)
        fprintf(out, "%*sSource: %s\n", indent + 4, "", f->source);
    if (f->quality != NULL)
        fprintf(out, "%*sQuality: %s\n", indent + 4, "", f->quality);
}

void
field_help(const struct field *table, FILE *out)
{
    for (; table->name != NULL; table++) {
        print_row(table, 0, out);
        if (table->kind == FIELD_ROWS)
            for (const struct field *c = table->columns; c->name != NULL; c++)
                print_row(c, 4, out);
    }
}
