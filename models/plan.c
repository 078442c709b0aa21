#include "models/plan.h"

#include "models/indicator.h"
#include "sim/date.h"
#include "sim/mem.h"
#include "sim/record.h"

#include <math.h>
#include <string.h>

/* Shares of replicates beyond which a verdict is given. */
#define MET_FROM 0.95
#define MISSED_TO 0.05

const char *const plan_area_names[] = {
    [PLAN_PREFECTURE] = "prefecture",
    [PLAN_EACH_COUNTY] = "each_county",
    [PLAN_WORST_COUNTY] = "worst_county",
    [PLAN_AREAS] = NULL,
};
const char *const plan_bound_names[] = {
    [PLAN_AT_LEAST] = "at_least",
    [PLAN_AT_MOST] = "at_most",
    [PLAN_BOUNDS] = NULL,
};
const char *const plan_verdict_names[] = {
    [PLAN_MET] = "met",
    [PLAN_MISSED] = "missed",
    [PLAN_TOO_CLOSE] = "too_close",
    [PLAN_VERDICTS] = NULL,
};

static const struct field target_columns[] = {
    {FIELD(struct target, name), .required = true,
        .doc = "short name, of letters, digits, - and _"},
    {FIELD(struct target, title),
        .doc = "what the plan says, in English; the indicator's label when absent"},
    {FIELD(struct target, title_zh), .doc = "the same in Chinese"},
    {FIELD(struct target, indicator), .required = true,
        .doc = "what is measured: a name of `carecap list indicators`"},
    {FIELD_AS(struct target, area, FIELD_CHOICE), .choices = plan_area_names,
        .def = PLAN_PREFECTURE, .doc = "where it has to hold"},
    {FIELD_AS(struct target, bound, FIELD_CHOICE), .choices = plan_bound_names,
        .def = PLAN_AT_LEAST, .doc = "which side of the value is good"},
    {FIELD(struct target, value), .unit = "1", .required = true, .lo = 0.0, .hi = 1e12,
        .doc = "the bound, in the indicator's unit"},
    {FIELD_AS(struct target, by, FIELD_DATE), .required = true,
        .doc = "day at whose end it is due"},
    {FIELD(struct target, source), .doc = "where the plan says so"},
    {FIELD(struct target, quality), .doc = "how sure: plan_statement, assumption, ..."},
    {.name = NULL},
};

static const struct field par_table[] = {
    {FIELD(struct plan_par, targets), .unit = "1",
        .doc = "the targets of the plan, one row each", .columns = target_columns,
        .row_size = sizeof(struct target), .keyed = true},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);

const struct model plan_model = {
    .name = "plan",
    .doc = "the targets of the plan and whether they are met",
    .source = "the plan that the scenario names",
    .par_size = sizeof(struct plan_par),
    .par = par_table,
    .prepare = prepare,
};

static const struct target *
target_at(const struct rows *targets, int64_t i)
{
    return (const struct target *)targets->row + i;
}

static void
check_name(const struct rows *targets, int64_t i, struct report *report)
{
    const char *name = target_at(targets, i)->name;
    const char *good =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

    if (name[0] == '\0' || name[strspn(name, good)] != '\0')
        report_mistake(report, record_place(targets, i),
            "target name '%s' may hold only letters, digits, - and _", name);
}

static void
report_unknown_indicator(const struct target *t, struct place at, struct report *report)
{
    size_t n = 0;

    while (indicator_list[n].name != NULL)
        n++;
    const char **names = mem_arena(&report->arena, n + 1, sizeof *names);
    for (size_t i = 0; i < n; i++)
        names[i] = indicator_list[i].name;
    const char *near = report_nearest(t->indicator, names);
    report_mistake(report, at, "'%s' is not an indicator%s%s%s", t->indicator,
        near ? "; did you mean '" : "; see `carecap list indicators`", near ? near : "",
        near ? "'?" : "");
}

static void
check_indicator(const struct setup *s, const struct target *t, struct place at,
    struct report *report)
{
    const struct indicator *indicator = indicator_find(t->indicator);

    if (indicator == NULL) {
        report_unknown_indicator(t, at, report);
        return;
    }
    const char *const need[] = {indicator->numerator, indicator->denominator};
    for (int i = 0; i < 2; i++)
        if (need[i] != NULL && result_find(s, need[i]).model < 0)
            report_mistake(report, at,
                "indicator '%s' needs the result '%s', which no model gives",
                indicator->name, need[i]);
}

static bool
month_ends(int32_t day)
{
    return date_of(day + 1).day == 1;
}

static void
check_due(const struct setup *s, const struct target *t, struct place at,
    struct report *report)
{
    char by[16], first[16], last[16];

    date_text(t->by, by);
    date_text(s->first_day, first);
    date_text(s->last_day, last);
    if (t->by < s->first_day || t->by > s->last_day)
        report_mistake(report, at,
            "target '%s' is due on %s, outside the run (%s to %s)", t->name, by, first,
            last);
    else if (t->by != s->last_day && !month_ends(t->by))
        report_warning(report, at,
            "target '%s' is due on %s: the last month's end before that day decides",
            t->name, by);
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    int own = 0;

    (void)tab;
    while (s->models[own] != &plan_model)
        own++;
    const struct plan_par *par = s->par[own];
    for (int64_t i = 0; i < par->targets.n; i++) {
        const struct target *t = target_at(&par->targets, i);
        struct place at = record_place(&par->targets, i);
        check_name(&par->targets, i, report);
        check_indicator(s, t, at, report);
        check_due(s, t, at, report);
    }
}

void
plan_drop_late(struct plan_par *par, int32_t last_day, struct report *report)
{
    struct rows *targets = &par->targets;
    struct target *row = targets->row;
    int64_t kept = 0;
    char by[16];

    for (int64_t i = 0; i < targets->n; i++) {
        if (row[i].by > last_day) {
            report_warning(report, record_place(targets, i),
                "target '%s' is due on %s, after the end of this run: not judged",
                row[i].name, date_text(row[i].by, by));
            continue;
        }
        targets->line[kept] = targets->line[i];
        if (targets->from != NULL)
            targets->from[kept] = targets->from[i];
        row[kept++] = row[i];
    }
    targets->n = kept;
}

/* Distance of `value` to the bound, > 0 on the good side. */
static double
margin_of(const struct target *t, double value)
{
    return t->bound == PLAN_AT_LEAST ? value - t->value : t->value - value;
}

static bool
holds(const struct target *t, double value)
{
    return margin_of(t, value) >= 0.0; /* false for NAN */
}

/*
 * What is compared with the bound: the prefecture's value, or that of the worst county
 * among those where it is defined; NAN when it is nowhere.
 */
static double
area_value(const struct verdict *v, const struct result *r, int replicate, int time)
{
    if (v->target->area == PLAN_PREFECTURE)
        return indicator_value(v->indicator, r, replicate, time, -1, -1);
    double worst = NAN;
    for (int k = 0; k < v->regions; k++) {
        double x = indicator_value(v->indicator, r, replicate, time, k, -1);
        if (!isnan(x) &&
            (isnan(worst) || margin_of(v->target, x) < margin_of(v->target, worst)))
            worst = x;
    }
    return worst;
}

/* The last time at which results are observed before the due day is over. */
static int
due_time(const struct setup *s, const struct target *t)
{
    int time = 0;

    while (time + 1 < s->n_times &&
           s->time[time + 1] / MINUTES_A_DAY <= t->by + 1 - s->first_day)
        time++;
    return time;
}

/* The day at whose end the target is first met; the first day when it is from the
 * start. */
static int32_t
first_met(const struct verdict *v, const struct result *r, int replicate)
{
    const struct setup *s = r->setup;

    for (int k = 0; k < s->n_times; k++)
        if (holds(v->target, area_value(v, r, replicate, k)))
            return s->first_day + (k == 0 ? 0 : s->time[k] / MINUTES_A_DAY - 1);
    return -1;
}

static void
summarise(struct verdict *v)
{
    double sum = 0.0, squares = 0.0, met = 0.0;
    int n = 0;

    for (int i = 0; i < v->replicates; i++) {
        met += v->met[i];
        if (isnan(v->value[i]))
            continue;
        sum += v->value[i];
        n++;
    }
    v->mean = n > 0 ? sum / n : NAN;
    for (int i = 0; i < v->replicates; i++)
        if (!isnan(v->value[i]))
            squares += (v->value[i] - v->mean) * (v->value[i] - v->mean);
    v->standard_error = n > 1 ? sqrt(squares / (n - 1) / n) : NAN;
    v->margin = margin_of(v->target, v->mean);
    v->probability = met / v->replicates;
    v->verdict = v->probability >= MET_FROM    ? PLAN_MET
                 : v->probability <= MISSED_TO ? PLAN_MISSED
                                               : PLAN_TOO_CLOSE;
}

/* The counties by themselves, whatever the target's area. */
static void
judge_counties(struct verdict *v, const struct result *r)
{
    for (int k = 0; k < v->regions; k++) {
        double sum = 0.0, met = 0.0;
        int n = 0;
        for (int i = 0; i < v->replicates; i++) {
            double x = indicator_value(v->indicator, r, i, v->time, k, -1);
            met += holds(v->target, x);
            sum += isnan(x) ? 0.0 : x;
            n += !isnan(x);
        }
        v->county[k] = n > 0 ? sum / n : NAN;
        v->county_met[k] = met / v->replicates;
        if (isnan(v->county[v->worst]) || margin_of(v->target, v->county[k]) <
                                              margin_of(v->target, v->county[v->worst]))
            v->worst = k;
    }
}

struct verdict *
plan_verdicts(const struct plan_par *par, const struct result *r)
{
    size_t replicates = (size_t)r->replicates, regions = (size_t)r->setup->n_regions;
    struct verdict *verdicts =
        mem_alloc((size_t)par->targets.n, sizeof(struct verdict));

    for (int64_t j = 0; j < par->targets.n; j++) {
        struct verdict *v = &verdicts[j];
        v->target = target_at(&par->targets, j);
        v->indicator = indicator_find(v->target->indicator);
        BUG_IF(v->indicator == NULL);
        v->time = due_time(r->setup, v->target);
        v->replicates = r->replicates;
        v->regions = r->setup->n_regions;
        v->value = mem_alloc(replicates, sizeof *v->value);
        v->met = mem_alloc(replicates, sizeof *v->met);
        v->first_met = mem_alloc(replicates, sizeof *v->first_met);
        v->county = mem_alloc(regions, sizeof *v->county);
        v->county_met = mem_alloc(regions, sizeof *v->county_met);
        for (int i = 0; i < v->replicates; i++) {
            v->value[i] = area_value(v, r, i, v->time);
            v->met[i] = holds(v->target, v->value[i]);
            v->first_met[i] = first_met(v, r, i);
        }
        summarise(v);
        judge_counties(v, r);
    }
    return verdicts;
}

void
plan_free_verdicts(struct verdict *v, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        mem_free(v[i].value);
        mem_free(v[i].met);
        mem_free(v[i].first_met);
        mem_free(v[i].county);
        mem_free(v[i].county_met);
    }
    mem_free(v);
}
