#include "models/target.h"

#include "sim/date.h"

#include <math.h>
#include <string.h>

static bool
has_season(const struct target *t)
{
    return t->month_from != 0;
}

/* Whether it looks at months of the calendar year, not at one stretch of the run. */
static bool
is_yearly(const struct target *t)
{
    return has_season(t) || t->over == PLAN_YEAR || t->over == PLAN_WORST_YEAR;
}

/* The items of what an indicator measures, or NULL. */
static const struct axis *
items_of(const struct setup *s, const struct indicator *indicator)
{
    struct result_row row = result_find(s, indicator->numerator);

    return row.model < 0 ? NULL : result_items(row);
}

/* Labels of results have blanks where names in scenarios have underscores. */
static bool
is_named(const char *label, const char *name)
{
    while (*label != '\0' && *label == (*name == '_' ? ' ' : *name))
        label++, name++;
    return *label == '\0' && *name == '\0';
}

int
target_item(const struct setup *s, const struct target *self)
{
    const struct indicator *indicator = indicator_find(self->indicator);

    if (self->item == NULL || self->item[0] == '\0' || indicator == NULL)
        return -1;
    const struct axis *items = items_of(s, indicator);
    for (int i = 0; items != NULL && i < items->n; i++)
        if (strcmp(items->label[i], self->item) == 0 ||
            is_named(items->label[i], self->item))
            return i;
    return TARGET_NO_ITEM;
}

bool
target_changes(const struct target *self)
{
    return self->bound == PLAN_RISES || self->bound == PLAN_FALLS;
}

double
target_bound(const struct target *self)
{
    return isnan(self->value) ? 0.0 : self->value;
}

double
target_margin(const struct target *self, double value)
{
    double bound = target_bound(self);

    switch (self->bound) {
    case PLAN_AT_MOST:
        return bound - value;
    case PLAN_FALLS:
        return -value - bound;
    default:
        return value - bound;
    }
}

bool
target_holds(const struct target *self, double value)
{
    double margin = target_margin(self, value);

    if (target_changes(self) && target_bound(self) == 0.0)
        return margin > 0.0;
    return margin >= 0.0; /* false for NAN */
}

double
target_worse(const struct target *self, double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(a) ? b : a;
    return target_margin(self, b) < target_margin(self, a) ? b : a;
}

double
target_value(
    const struct target *self, const struct measure *measure, struct measure_span span)
{
    double worst = NAN;

    for (int i = 0; i < span.windows; i++)
        worst = target_worse(self, worst, measure_window(measure, span, i));
    return worst;
}

/* The observation at the beginning of the day that counts. */
static int
since_time(const struct setup *s, const struct target *t)
{
    return t->since == 0 ? 0 : measure_time(s, t->since - 1);
}

static int
smaller(int a, int b)
{
    return a < b ? a : b;
}

int
target_due(const struct setup *s, const struct target *self)
{
    int time = measure_time(s, self->by), year = date_of(self->by).year;
    int whole = smaller(time, measure_last_whole(s));
    int end = has_season(self) ? (int)self->month_to : 12;

    if (!is_yearly(self))
        return time;
    if (self->over == PLAN_WORST_YEAR) {
        int past = (measure_month(s, whole) - (end - 1) + 12) % 12;
        return whole > past ? whole - past : -1;
    }
    if (has_season(self)) {
        int k = 12 * year + end - 1 - measure_month(s, 0);
        return k >= 1 && k <= whole ? k : -1;
    }
    return time >= 1 && measure_month(s, time) / 12 == year ? time : -1;
}

/* The observation at which the year or season begins that `last` is in; -1 when it is
 * in none. */
static int
first_of(const struct setup *s, const struct target *t, int last)
{
    int from = has_season(t) ? (int)t->month_from : 1;
    int to = has_season(t) ? (int)t->month_to : 12;
    int past = (measure_month(s, last) - (from - 1) + 12) % 12;

    return past <= (to - from + 12) % 12 ? last - past : -1;
}

/* The part of target_span() for years and seasons. */
static bool
yearly_span(const struct setup *s, const struct target *t, struct measure_span *span)
{
    int whole = measure_first_whole(s), since = since_time(s, t);
    int earliest = since + 1 > whole ? since + 1 : whole;

    span->first = first_of(s, t, span->last);
    if (span->first < whole || span->last < span->first)
        return false;
    int before = (span->first - earliest) / 12; /* years; meant when not negative */
    if (t->over == PLAN_WORST_YEAR) {
        span->windows = before + !target_changes(t);
        span->lag = target_changes(t) ? 12 : 0;
        return span->first >= earliest && span->windows > 0;
    }
    span->lag = target_changes(t) ? 12 * before : 0;
    return !target_changes(t) || before > 0;
}

bool
target_span(const struct setup *s, const struct target *self, int last,
    struct measure_span *span)
{
    int since = since_time(s, self);

    *span = (struct measure_span){.first = last, .last = last, .windows = 1};
    if (is_yearly(self))
        return yearly_span(s, self, span);
    if (self->over == PLAN_RUN)
        span->first = since + 1;
    if (self->over == PLAN_RUN || target_changes(self)) {
        span->lag = target_changes(self) ? last - since : 0;
        return last > since;
    }
    return true;
}

bool
target_decides(
    const struct setup *s, const struct target *self, int due, int last, bool sums)
{
    bool grows = sums && self->bound == PLAN_AT_LEAST;

    if (last == due)
        return true;
    if (self->over == PLAN_WORST_YEAR)
        return false;
    if (self->over == PLAN_RUN)
        return grows;
    if (!is_yearly(self))
        return true;
    if (last > measure_last_whole(s))
        return false;
    return grows || measure_month(s, last) % 12 == measure_month(s, due) % 12;
}

/* Whether what the row says goes together, whatever the run. */
static bool
check_row(const struct setup *s, const struct target *t, struct place at,
    struct report *report)
{
    int before = report->mistakes;

    if (isnan(t->value) && !target_changes(t))
        report_mistake(report, at,
            "target '%s' has no value; only rises and falls may leave it out", t->name);
    if ((t->month_from == 0) != (t->month_to == 0))
        report_mistake(report, at,
            "target '%s' gives %s alone; a season has month_from and month_to", t->name,
            t->month_from == 0 ? "month_to" : "month_from");
    if (t->over == PLAN_RUN && has_season(t))
        report_mistake(report, at,
            "target '%s' asks for a season over the run; use over: year or worst_year",
            t->name);
    if (t->over == PLAN_RUN && target_changes(t))
        report_mistake(report, at,
            "target '%s': a sum over the run has nothing earlier to %s from; use over: "
            "year",
            t->name, t->bound == PLAN_RISES ? "rise" : "fall");
    if (t->since != 0 && !target_changes(t) && t->over != PLAN_RUN &&
        t->over != PLAN_WORST_YEAR)
        report_mistake(report, at,
            "target '%s' says since, which counts only for rises and falls and over "
            "run or worst_year",
            t->name);
    if (target_item(s, t) == TARGET_NO_ITEM)
        report_mistake(report, at, "target '%s': indicator '%s' has no item '%s'",
            t->name, t->indicator, report_word(t->item).text);
    return report->mistakes == before;
}

static bool
check_due(const struct setup *s, const struct target *t, struct place at,
    struct report *report)
{
    char by[16], first[16], last[16];

    date_text(t->by, by);
    if (t->by < s->first_day || t->by > s->last_day) {
        report_mistake(report, at,
            "target '%s' is due on %s, outside the run (%s to %s)", t->name, by,
            date_text(s->first_day, first), date_text(s->last_day, last));
        return false;
    }
    if (t->by != s->last_day && date_of(t->by + 1).day != 1)
        report_warning(report, at,
            "target '%s' is due on %s: the last month's end before that day decides",
            t->name, by);
    return true;
}

static bool
check_since(const struct setup *s, const struct target *t, struct place at,
    struct report *report)
{
    char since[16], by[16], start[16];

    if (t->since == 0)
        return true;
    date_text(t->since, since);
    if (t->since < s->first_day)
        report_mistake(report, at,
            "target '%s' counts since %s, before the run starts on %s", t->name, since,
            date_text(s->first_day, start));
    else if (t->since > t->by)
        report_mistake(report, at, "target '%s' counts since %s, after it is due on %s",
            t->name, since, date_text(t->by, by));
    else if (t->since != s->first_day && date_of(t->since).day != 1)
        report_warning(report, at,
            "target '%s' counts since %s: from the last month's end before that day",
            t->name, since);
    return t->since >= s->first_day && t->since <= t->by;
}

/* Whether the months fit the indicator: a state or a flow. */
static bool
check_sums(const struct setup *s, const struct target *t, bool sums, struct place at,
    struct report *report)
{
    if (!sums && !has_season(t) && t->over != PLAN_POINT) {
        report_mistake(report, at,
            "target '%s' takes '%s' over %s; a state has no sum; use over: point",
            t->name, t->indicator, plan_over_names[t->over]);
        return false;
    }
    if (sums && !is_yearly(t) && target_changes(t) && since_time(s, t) == 0) {
        report_mistake(report, at,
            "target '%s': '%s' is the total of a month and has none at the start; use "
            "over: year",
            t->name, t->indicator);
        return false;
    }
    return true;
}

/* What is wrong with the months asked for; NULL when nothing is. */
static const char *
months_fault(const struct setup *s, const struct target *t)
{
    struct measure_span span;
    int due = target_due(s, t);

    if (due >= 0 && target_span(s, t, due, &span))
        return NULL;
    if (t->over == PLAN_WORST_YEAR)
        return target_changes(t) ? "no two whole years in a row lie in the run before "
                                   "it is due"
               : has_season(t)   ? "no whole season lies in the run before it is due"
                                 : "no whole year lies in the run before it is due";
    if (!is_yearly(t))
        return "no month ends between since and the day it is due";
    if (due < 0)
        return has_season(t) ? "its season does not end in the run before it is due"
                             : "no month of its year ends in the run before it is due";
    if (first_of(s, t, due) < measure_first_whole(s))
        return "the run begins after its months do";
    return "no earlier year in the run has the same months to compare with";
}

void
target_check(const struct setup *s, const struct target *self, struct place at,
    struct report *report)
{
    const struct indicator *indicator = indicator_find(self->indicator);

    bool right = check_row(s, self, at, report);

    right = check_due(s, self, at, report) && right;
    right = right && check_since(s, self, at, report);
    if (!right || indicator == NULL || result_find(s, indicator->numerator).model < 0)
        return;
    if (!check_sums(s, self, measure_sums(indicator, s), at, report))
        return;
    const char *fault = months_fault(s, self);
    if (fault != NULL)
        report_mistake(report, at, "target '%s': %s", self->name, fault);
}
