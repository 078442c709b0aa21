#include "sim/value.h"

#include "sim/date.h"
#include "sim/err.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER = 32 }; /* bytes that a number takes as text, and its comma */

static void
append(char *text, size_t size, const char *more)
{
    size_t n = strlen(text);

    snprintf(text + n, size - n, "%s", more);
}

static void
append_number(struct value_wanted *w, const struct field *f, double value)
{
    char date[16];

    append(w->text, sizeof w->text,
        f->kind == FIELD_DATE ? date_text((int32_t)value, date)
                              : field_number(value).text);
}

struct value_wanted
value_wanted(const struct field *f)
{
    struct value_wanted w;

    snprintf(w.text, sizeof w.text, "%.*s", 160, f->doc != NULL ? f->doc : f->name);
    if (f->unit != NULL) {
        append(w.text, sizeof w.text, " [");
        append(w.text, sizeof w.text, f->unit);
        append(w.text, sizeof w.text, "]");
    }
    if (f->kind == FIELD_CHOICE)
        for (int i = 0; f->choices[i] != NULL; i++) {
            append(w.text, sizeof w.text, i == 0 ? ", one of " : ", ");
            append(w.text, sizeof w.text, f->choices[i]);
        }
    else if (f->lo != 0 || f->hi != 0) {
        append(w.text, sizeof w.text, ", ");
        append_number(&w, f, f->lo);
        append(w.text, sizeof w.text, " to ");
        append_number(&w, f, f->hi);
    }
    return w;
}

/* Nothing once the report is full: a search costs, and the input may be all mistakes.
 */
static struct value_hint
hint(const struct intake *in, const char *word, const char *const *names)
{
    const char *near =
        in->report->mistakes < REPORT_MOST ? report_nearest(word, names) : NULL;
    struct value_hint h = {""};

    if (near != NULL)
        snprintf(h.text, sizeof h.text, "; did you mean '%s'?", near);
    return h;
}

struct value_hint
value_hint(const struct intake *in, const char *word, const struct field *table,
    const struct field *more)
{
    size_t n = 0;

    for (const struct field *f = table; f->name != NULL; f++)
        n++;
    for (const struct field *f = more; f->name != NULL; f++)
        n++;
    const char **names = mem_alloc(n + 1, sizeof *names);
    n = 0;
    for (const struct field *f = table; f->name != NULL; f++)
        names[n++] = f->name;
    for (const struct field *f = more; f->name != NULL; f++)
        names[n++] = f->name;
    struct value_hint h = hint(in, word, names);
    mem_free(names);
    return h;
}

static size_t
digits(const char *s)
{
    return strspn(s, "0123456789");
}

/* Bytes of a whole number at the start of `s`; 0 when there is none or it begins with
 * 0. */
static size_t
whole(const char *s)
{
    size_t sign = *s == '+' || *s == '-';
    size_t n = digits(s + sign);

    return n == 0 || (n > 1 && s[sign] == '0') ? 0 : sign + n;
}

/* [+-] (digits [. [digits]] | . digits) [e [+-] digits], the whole text. */
static bool
is_decimal(const char *s)
{
    size_t n = whole(s);

    if (n == 0) {
        s += *s == '+' || *s == '-';
        if (s[0] != '.' || digits(s + 1) == 0)
            return false;
    }
    s += n;
    if (*s == '.')
        s += 1 + digits(s + 1);
    if (*s == 'e' || *s == 'E') {
        s++;
        s += *s == '+' || *s == '-';
        n = digits(s);
        if (n == 0)
            return false;
        s += n;
    }
    return *s == '\0';
}

bool
value_number(const char *text, double *number)
{
    char *end;

    if (!is_decimal(text))
        return false;
    double x = strtod(text, &end);
    BUG_IF(*end != '\0'); /* LC_NUMERIC must be C */
    if (!isfinite(x))
        return false;
    *number = x;
    return true;
}

static bool
mistake(struct intake *in, struct place at, const char *text, const char *what,
    const struct field *f)
{
    report_mistake(in->report, at, "'%s' is %s, expected %s", report_word(text).text,
        what, value_wanted(f).text);
    return false;
}

static bool
has_range(const struct field *f)
{
    return f->lo != 0 || f->hi != 0;
}

static bool
read_real(struct intake *in, struct place at, const char *text, const struct field *f,
    double *to)
{
    double x;

    if (!value_number(text, &x))
        return mistake(
            in, at, text, is_decimal(text) ? "not finite" : "not a number", f);
    if (has_range(f) && (x < f->lo || x > f->hi))
        return mistake(in, at, text, "out of range", f);
    *to = x;
    return true;
}

/* Is v > x? Exact, where a double would round v. */
static bool
above(int64_t v, double x)
{
    if (x >= 0x1p63)
        return false;
    return x < -0x1p63 || v > (int64_t)floor(x);
}

static bool
below(int64_t v, double x)
{
    if (x <= -0x1p63)
        return false;
    return x >= 0x1p63 || v < (int64_t)ceil(x);
}

static bool
read_int(struct intake *in, struct place at, const char *text, const struct field *f,
    int64_t *to)
{
    if (whole(text) == 0 || text[whole(text)] != '\0')
        return mistake(in, at, text, "not a whole number", f);
    errno = 0;
    int64_t v = strtoll(text, NULL, 10);
    if (errno == ERANGE || (has_range(f) && (below(v, f->lo) || above(v, f->hi))))
        return mistake(in, at, text, "out of range", f);
    *to = v;
    return true;
}

static bool
read_date(struct intake *in, struct place at, const char *text, const struct field *f,
    int32_t *to)
{
    int32_t day;

    if (!date_read(text, &day))
        return mistake(in, at, text, "not a date YYYY-MM-DD that exists", f);
    if (has_range(f) && (day < f->lo || day > f->hi))
        return mistake(in, at, text, "out of range", f);
    *to = day;
    return true;
}

static bool
read_choice(struct intake *in, struct place at, const char *text, const struct field *f,
    int32_t *to)
{
    for (int32_t i = 0; f->choices[i] != NULL; i++)
        if (strcmp(f->choices[i], text) == 0) {
            *to = i;
            return true;
        }
    report_mistake(in->report, at, "'%s' is not a choice, expected %s%s",
        report_word(text).text, value_wanted(f).text, hint(in, text, f->choices).text);
    return false;
}

bool
value_read(struct intake *in, struct place at, const char *text, const struct field *f,
    void *to)
{
    switch (f->kind) {
    case FIELD_REAL:
    case FIELD_PATH:
        return read_real(in, at, text, f, to);
    case FIELD_INT:
        return read_int(in, at, text, f, to);
    case FIELD_TEXT:
        *(const char **)to = mem_arena_text(in->arena, text);
        return true;
    case FIELD_DATE:
        return read_date(in, at, text, f, to);
    case FIELD_CHOICE:
        return read_choice(in, at, text, f, to);
    default:
        BUG_IF(f->kind >= FIELD_ROWS);
    }
    return false;
}

static bool
is_nothing(const struct tree *node)
{
    return node->plain && (node->text[0] == '\0' || strcmp(node->text, "~") == 0 ||
                              strcmp(node->text, "null") == 0);
}

bool
value_node(struct intake *in, const struct tree *node, const struct field *f, void *to)
{
    bool number =
        f->kind == FIELD_REAL || f->kind == FIELD_INT || f->kind == FIELD_PATH;

    if (node->kind == TREE_BAD)
        return false;
    if (node->kind != TREE_SCALAR || is_nothing(node)) {
        report_mistake(in->report, node->place, "%s, expected %s",
            node->kind == TREE_SCALAR ? "no value" : tree_kind_text(node),
            value_wanted(f).text);
        return false;
    }
    if (number && !node->plain)
        return mistake(in, node->place, node->text, "in quotes and so not a number", f);
    return value_read(in, node->place, node->text, f, to);
}

const char *
value_quality(struct intake *in, struct place at, const char *text)
{
    for (int i = 0; field_quality[i] != NULL; i++)
        if (strcmp(field_quality[i], text) == 0)
            return field_quality[i];
    report_mistake(in->report, at, "'%s' is not a quality, expected one of %s%s",
        report_word(text).text,
        "measured, published_estimate, plan_statement, assumption, recalled",
        hint(in, text, field_quality).text);
    return NULL;
}

static const char *
array_text(struct arena *arena, const struct field *f, const void *member)
{
    size_t size = (size_t)f->count * NUMBER + 3;
    char *text = mem_arena(arena, size, 1);
    char *s = text;

    *s++ = '[';
    for (int i = 0; i < f->count; i++) {
        const char *comma = i > 0 ? ", " : "";
        size_t left = size - (size_t)(s - text);
        s += f->kind == FIELD_INT
                 ? snprintf(s, left, "%s%" PRId64, comma, ((const int64_t *)member)[i])
                 : snprintf(s, left, "%s%s", comma,
                       field_number(((const double *)member)[i]).text);
    }
    *s = ']';
    if (f->count > 1)
        return text;
    *s = '\0';
    return text + 1;
}

static const char *
path_text(struct arena *arena, const struct path *p)
{
    char text[PATH_MOST * 2 * NUMBER + 3] = "{";
    size_t n = 1;

    for (int64_t i = 0; i < p->n; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%s: %s", i > 0 ? ", " : "",
            field_number(p->year[i]).text, field_number(p->value[i]).text);
    text[n] = '}';
    if (p->n == 1 && p->year[0] == 0)
        return mem_arena_text(arena, field_number(p->value[0]).text);
    return mem_arena_text(arena, text);
}

static const char *
rows_text(struct arena *arena, const struct rows *rows)
{
    size_t size = NUMBER + 32 + (rows->file != NULL ? strlen(rows->file) : 0);
    char *text = mem_arena(arena, size, 1);
    bool others = false;

    for (int64_t i = 0; rows->from != NULL && i < rows->n; i++)
        others = others || strcmp(rows->from[i], rows->file) != 0;
    snprintf(text, size, "%" PRId64 " row%s%s%s%s", rows->n, rows->n == 1 ? "" : "s",
        rows->file != NULL ? " from " : "", rows->file != NULL ? rows->file : "",
        others ? " and others" : "");
    return text;
}

const char *
value_text(struct arena *arena, const struct field *f, const void *obj)
{
    const void *member = (const char *)obj + f->offset;
    const char *text;
    char date[16];

    switch (f->kind) {
    case FIELD_TEXT:
        text = *(const char *const *)member;
        return text != NULL ? text : "";
    case FIELD_DATE:
        return mem_arena_text(arena, date_text(*(const int32_t *)member, date));
    case FIELD_CHOICE:
        return f->choices[*(const int32_t *)member];
    case FIELD_PATH:
        return path_text(arena, member);
    case FIELD_ROWS:
        return rows_text(arena, member);
    default:
        return array_text(arena, f, member);
    }
}
