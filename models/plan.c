#include "models/plan.h"

#include "models/indicator.h"
#include "models/measure.h"
#include "models/statement.h"
#include "models/target.h"
#include "sim/date.h"
#include "sim/mem.h"
#include "sim/record.h"

#include <math.h>
#include <string.h>

const char *const plan_area_names[] = {
    [PLAN_PREFECTURE] = "prefecture",
    [PLAN_EACH_COUNTY] = "each_county",
    [PLAN_WORST_COUNTY] = "worst_county",
    [PLAN_AREAS] = NULL,
};
const char *const plan_over_names[] = {
    [PLAN_POINT] = "point",
    [PLAN_YEAR] = "year",
    [PLAN_RUN] = "run",
    [PLAN_WORST_YEAR] = "worst_year",
    [PLAN_OVERS] = NULL,
};
const char *const plan_bound_names[] = {
    [PLAN_AT_LEAST] = "at_least",
    [PLAN_AT_MOST] = "at_most",
    [PLAN_RISES] = "rises",
    [PLAN_FALLS] = "falls",
    [PLAN_BOUNDS] = NULL,
};
const char *const plan_verdict_names[] = {
    [PLAN_MET] = "met",
    [PLAN_MISSED] = "missed",
    [PLAN_TOO_CLOSE] = "too_close",
    [PLAN_UNDECIDED] = "undecided",
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
    {FIELD(struct target, item),
        .doc = "which service, staff kind or account, of an indicator that has them"},
    {FIELD_AS(struct target, area, FIELD_CHOICE), .choices = plan_area_names,
        .def = PLAN_PREFECTURE, .doc = "where it has to hold"},
    {FIELD_AS(struct target, over, FIELD_CHOICE), .choices = plan_over_names,
        .def = PLAN_POINT,
        .doc = "months that count: the one due; the year's to then; the run's to then; "
               "each whole year's to then, of which the worst decides"},
    {FIELD(struct target, month_from), .unit = "1", .lo = 0.0, .hi = 12.0,
        .doc = "first month of the season that counts, 1 to 12; 0 for no season"},
    {FIELD(struct target, month_to), .unit = "1", .lo = 0.0, .hi = 12.0,
        .doc = "its last month; before month_from when it ends in the next year"},
    {FIELD_AS(struct target, bound, FIELD_CHOICE), .choices = plan_bound_names,
        .def = PLAN_AT_LEAST, .doc = "which side of the value is good"},
    {FIELD(struct target, value), .unit = "1", .def = NAN, .lo = 0.0, .hi = 1e12,
        .doc = "the bound, in the indicator's unit; the least change for rises and "
               "falls, any when absent"},
    {FIELD_AS(struct target, since, FIELD_DATE),
        .doc = "day that rises and falls compare with, or from whose beginning run and "
               "worst_year count; the start of the run when absent"},
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
    {FIELD(struct plan_par, statements), .unit = "1",
        .doc = "numbers that the plan prints, one row each; they change no run, "
               "`carecap check` holds them against the rest",
        .columns = statement_columns, .row_size = sizeof(struct statement),
        .keyed = true},
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
        target_check(s, t, at, report);
    }
    statement_check(s, &par->statements, report);
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

/* What one target is judged with. */
struct judge {
    struct verdict *v;
    const struct result *r;
    struct measure measure;
    double *at;   /* [n_times] the area's value, were it due then; NAN: not judged */
    int *defined; /* [regions] replicates in which the county's value is defined */
};

static void
read_area(struct judge *self, int replicate, int region)
{
    const struct verdict *v = self->v;

    measure_read(&self->measure, v->indicator, self->r,
        (struct indicator_part){
            replicate, region, target_item(self->r->setup, v->target)});
}

/* Takes the area that was read, if it is worse than those before. */
static void
take_area(struct judge *self)
{
    const struct target *t = self->v->target;
    const struct setup *s = self->r->setup;
    struct measure_span span;

    for (int k = 0; k < s->n_times; k++) {
        if (!target_decides(s, t, self->v->time, k, self->measure.top_sums) ||
            !target_span(s, t, k, &span))
            continue;
        self->at[k] =
            target_worse(t, self->at[k], target_value(t, &self->measure, span));
    }
}

/* The county that was read, by itself, whatever the target's area. */
static void
take_county(struct judge *self, int region, struct measure_span span)
{
    struct verdict *v = self->v;
    double x = target_value(v->target, &self->measure, span);

    v->county_met[region] += target_holds(v->target, x);
    v->county[region] += isnan(x) ? 0.0 : x;
    self->defined[region] += !isnan(x);
}

/* The day at whose end the target is first met; the first day when it is from the
 * start. */
static int32_t
first_met(const struct judge *self)
{
    const struct setup *s = self->r->setup;

    for (int k = 0; k < s->n_times; k++)
        if (target_holds(self->v->target, self->at[k]))
            return s->first_day + (k == 0 ? 0 : s->time[k] / MINUTES_A_DAY - 1);
    return -1;
}

/* What is compared with the bound: the prefecture's value, or that of the worst county
 * among those where it is defined; NAN when it is nowhere. */
static void
judge_replicate(struct judge *self, int replicate, struct measure_span span)
{
    struct verdict *v = self->v;
    bool whole = v->target->area == PLAN_PREFECTURE;

    for (int k = 0; k < self->measure.n; k++)
        self->at[k] = NAN;
    if (whole) {
        read_area(self, replicate, -1);
        take_area(self);
    }
    for (int k = 0; k < v->regions; k++) {
        read_area(self, replicate, k);
        take_county(self, k, span);
        if (!whole)
            take_area(self);
    }
    v->value[replicate] = self->at[v->time];
    v->met[replicate] = target_holds(v->target, v->value[replicate]);
    v->first_met[replicate] = first_met(self);
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
    v->margin = target_margin(v->target, v->mean);
    v->probability = met / v->replicates;
    v->lower = v->upper = NAN;
    v->verdict = v->probability >= PLAN_MET_FROM    ? PLAN_MET
                 : v->probability <= PLAN_MISSED_TO ? PLAN_MISSED
                                                    : PLAN_TOO_CLOSE;
}

static void
summarise_counties(struct verdict *v, const int *defined)
{
    for (int k = 0; k < v->regions; k++) {
        v->county[k] = defined[k] > 0 ? v->county[k] / defined[k] : NAN;
        v->county_met[k] /= v->replicates;
        if (isnan(v->county[v->worst]) ||
            target_margin(v->target, v->county[k]) <
                target_margin(v->target, v->county[v->worst]))
            v->worst = k;
    }
}

static void
verdict_init(struct verdict *v, const struct target *t, const struct result *r)
{
    size_t replicates = (size_t)r->replicates, regions = (size_t)r->setup->n_regions;

    *v = (struct verdict){.target = t,
        .indicator = indicator_find(t->indicator),
        .time = target_due(r->setup, t),
        .replicates = r->replicates,
        .regions = r->setup->n_regions};
    BUG_IF(v->indicator == NULL);
    v->value = mem_alloc(replicates, sizeof *v->value);
    v->met = mem_alloc(replicates, sizeof *v->met);
    v->first_met = mem_alloc(replicates, sizeof *v->first_met);
    v->county = mem_alloc(regions, sizeof *v->county);
    v->county_met = mem_alloc(regions, sizeof *v->county_met);
}

static void
verdict_free(struct verdict *v)
{
    mem_free(v->value);
    mem_free(v->met);
    mem_free(v->first_met);
    mem_free(v->county);
    mem_free(v->county_met);
}

/* Judges replicates `first` to `last`. */
static void
judge(struct verdict *v, const struct result *r, int first, int last)
{
    struct judge self = {.v = v, .r = r};
    struct measure_span span;

    BUG_IF(v->time < 0 || !target_span(r->setup, v->target, v->time, &span));
    measure_init(&self.measure, v->indicator, r->setup);
    self.at = mem_alloc((size_t)r->setup->n_times, sizeof *self.at);
    self.defined = mem_alloc((size_t)v->regions, sizeof *self.defined);
    for (int i = first; i <= last; i++)
        judge_replicate(&self, i, span);
    summarise(v);
    summarise_counties(v, self.defined);
    measure_free(&self.measure);
    mem_free(self.at);
    mem_free(self.defined);
}

bool
plan_holds(const struct plan_par *par, const struct result *r, int64_t i, int replicate)
{
    struct verdict v;

    verdict_init(&v, target_at(&par->targets, i), r);
    judge(&v, r, replicate, replicate);
    bool holds = v.met[replicate] != 0;
    verdict_free(&v);
    return holds;
}

struct verdict *
plan_verdicts(const struct plan_par *par, const struct result *r)
{
    struct verdict *verdicts =
        mem_alloc((size_t)par->targets.n, sizeof(struct verdict));

    for (int64_t j = 0; j < par->targets.n; j++) {
        verdict_init(&verdicts[j], target_at(&par->targets, j), r);
        judge(&verdicts[j], r, 0, r->replicates - 1);
    }
    return verdicts;
}

void
plan_free_verdicts(struct verdict *v, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        verdict_free(&v[i]);
    mem_free(v);
}
