#include "models/statement.h"

#include "sim/column.h"
#include "sim/mem.h"
#include "sim/record.h"
#include "sim/result.h"

#include <math.h>
#include <string.h>

static const char *const says[] = {"is", "at_least", "at_most", "adds", NULL};

#define ROW struct statement
const struct field statement_columns[] = {
    {FIELD(ROW, name), .required = true,
        .doc = "short name, of letters, digits, - and _"},
    {FIELD(ROW, title), .doc = "what the plan says, in English"},
    {FIELD(ROW, title_zh), .doc = "the same in Chinese"},
    {FIELD_AS(ROW, says, FIELD_CHOICE), .choices = says, .def = STATEMENT_IS,
        .doc = "what stands, what is wanted, or what is to be added in all"},
    {FIELD(ROW, what),
        .doc = "what the number is of: an indicator, a result of a run or a parameter "
               "(section.key)"},
    {FIELD(ROW, item), .doc = "which service, staff kind or account of it"},
    {FIELD(ROW, topic),
        .doc = "instead of `what`: a word of one's own for what nothing measures; the "
               "same word is the same thing"},
    {FIELD(ROW, value), .unit = "1", .required = true, .lo = -1e15, .hi = 1e15,
        .doc = "the number as printed"},
    {FIELD(ROW, unit), .doc = "its unit as printed; % and 1/1000 scale shares"},
    {FIELD(ROW, year), .unit = "yr", .lo = 0, .hi = 9999,
        .doc = "year that it is of; 0: the plan does not say"},
    {FIELD(ROW, part), .doc = "of a share: the statement of the part"},
    {FIELD(ROW, of),
        .doc = "of a share: the statement of the whole that the plan prints beside it, "
               "or a result of a run at the start"},
    {FIELD(ROW, total), .doc = "the statement whose parts add up to it, this one too"},
    {FIELD(ROW, within), .unit = "1", .def = NAN, .lo = 0, .hi = 1e15,
        .doc = "how far off the number may be; half a unit of its last digit when "
               "absent"},
    {FIELD(ROW, source), .doc = "where the plan says so"},
    {FIELD(ROW, quality), .doc = "how sure: plan_statement, measured, ..."},
    {.name = NULL},
};

static const struct statement *
row_at(const struct rows *rows, int64_t i)
{
    return (const struct statement *)rows->row + i;
}

static bool
given(const char *text)
{
    return text != NULL && text[0] != '\0';
}

static bool
same_text(const char *a, const char *b)
{
    return strcmp(given(a) ? a : "", given(b) ? b : "") == 0;
}

const struct statement *
statement_find(const struct rows *statements, const char *name)
{
    for (int64_t i = 0; i < statements->n; i++)
        if (strcmp(row_at(statements, i)->name, name) == 0)
            return row_at(statements, i);
    return NULL;
}

bool
statement_same(const struct statement *a, const struct statement *b)
{
    return same_text(a->what, b->what) && same_text(a->topic, b->topic) &&
           same_text(a->item, b->item);
}

bool
statement_of_target(const struct statement *self, const struct target *t)
{
    return given(self->what) && strcmp(self->what, t->indicator) == 0 &&
           same_text(self->item, t->item);
}

const char *
statement_counts(const struct statement *self)
{
    if (!given(self->what) || strchr(self->what, '.') != NULL)
        return NULL;
    const struct indicator *indicator = indicator_find(self->what);
    return indicator != NULL ? indicator->numerator : self->what;
}

const char *
statement_unit(const struct statement *self)
{
    const struct indicator *indicator =
        given(self->what) ? indicator_find(self->what) : NULL;

    if (given(self->unit))
        return self->unit;
    return indicator != NULL ? indicator->unit : "";
}

double
statement_slack(const struct statement *self)
{
    struct field_number number = field_number(self->value);
    const char *dot = strchr(number.text, '.');
    double unit = 1.0;

    if (!isnan(self->within))
        return self->within;
    for (; dot != NULL && dot[1] >= '0' && dot[1] <= '9'; dot++)
        unit /= 10.0;
    return 0.5 * unit;
}

bool
statement_near(const struct statement *self, double x)
{
    /* a little more, for sums and quotients of decimals */
    return fabs(x - self->value) <= statement_slack(self) + 1e-9 * fabs(self->value);
}

static void
check_item(const struct setup *s, const struct statement *t, struct place at,
    struct report *report)
{
    const char *name = statement_counts(t);

    if (!given(t->item) || name == NULL)
        return;
    struct result_row row = result_find(s, name);
    const struct axis *items = row.model >= 0 ? result_items(row) : NULL;
    for (int i = 0; items != NULL && i < items->n; i++)
        if (strcmp(items->label[i], t->item) == 0)
            return;
    report_mistake(report, at, "statement '%s': '%s' has no item '%s'", t->name,
        t->what, report_word(t->item).text);
}

static void
check_what(const struct setup *s, const struct statement *t, struct place at,
    struct report *report)
{
    const char *name = statement_counts(t);

    if (given(t->what) == given(t->topic))
        report_mistake(report, at,
            "statement '%s' gives %s; it takes one of what and topic", t->name,
            given(t->what) ? "both" : "neither");
    if (given(t->what) && name == NULL && isnan(column_parameter(s, t->what)))
        report_mistake(report, at, "statement '%s': '%s' is no parameter of one number",
            t->name, report_word(t->what).text);
    if (name != NULL && result_find(s, name).model < 0)
        report_mistake(report, at,
            "statement '%s': '%s' is neither an indicator nor a result nor a "
            "parameter; what nothing measures is a topic",
            t->name, report_word(name).text);
}

/* Another statement that is named must be there. */
static void
check_other(const struct rows *rows, const struct statement *t, const char *other,
    struct place at, struct report *report)
{
    const char **names = mem_arena(&report->arena, (size_t)rows->n + 1, sizeof *names);

    if (!given(other) || statement_find(rows, other) != NULL)
        return;
    for (int64_t i = 0; i < rows->n; i++)
        names[i] = row_at(rows, i)->name;
    const char *near = report_nearest(other, names);
    report_mistake(report, at, "statement '%s': no statement is named '%s'%s%s%s",
        t->name, report_word(other).text, near != NULL ? "; did you mean '" : "",
        near != NULL ? near : "", near != NULL ? "'?" : "");
}

void
statement_check(
    const struct setup *s, const struct rows *statements, struct report *report)
{
    for (int64_t i = 0; i < statements->n; i++) {
        const struct statement *t = row_at(statements, i);
        struct place at = record_place(statements, i);
        check_what(s, t, at, report);
        check_item(s, t, at, report);
        if (given(t->part) != given(t->of))
            report_mistake(report, at,
                "statement '%s' gives %s alone; a share has part and of", t->name,
                given(t->part) ? "part" : "of");
        check_other(statements, t, t->part, at, report);
        if (!given(t->of) || result_find(s, t->of).model < 0)
            check_other(statements, t, t->of, at, report);
        check_other(statements, t, t->total, at, report);
    }
}
