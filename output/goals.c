#include "output/goals.h"

#include "models/indicator.h"
#include "models/target.h"
#include "output/wording.h"
#include "sim/mem.h"

#include <assert.h>

enum { TEXTS = 12 };

static const char verdict_meanings[] = "met missed too_close_to_call undecided";
static_assert(PLAN_MET == 0 && PLAN_MISSED == 1 && PLAN_TOO_CLOSE == 2 &&
                  PLAN_UNDECIDED == 3 && PLAN_VERDICTS == 4,
    "verdict_meanings has them in this order");

static const char rule[] =
    "replicates were added one by one until every target was decided or there were "
    "most_replicates. After each the probability that the plan meets a target is in "
    "probability_lower to probability_upper, a confidence sequence (mixture of "
    "Beta(1/4, 1/4), all intervals so far together) that ever misses it with at most "
    "the probability error. Decided: the sequence is from 0.95 on (met), up to 0.05 "
    "(missed) or between them (too close to call)";

/* A column of /targets: where it lies, what it is. */
struct column {
    const char *path, *doc;
};

static const struct column text_column[TEXTS] = {
    {"/targets/title", "what the plan says"},
    {"/targets/title_zh", "what the plan says, in Chinese"},
    {"/targets/indicator", "what is measured"},
    {"/targets/area", "where it has to hold"},
    {"/targets/bound", "which side of the value is good"},
    {"/targets/unit", "unit of values"},
    {"/targets/source", "where the plan says so"},
    {"/targets/quality", "how sure the source is"},
    {"/targets/item", "which item of an indicator by item; empty for all together"},
    {"/targets/over", "months that count"},
    {"/targets/wording", "what is asked for, in words"},
    {"/targets/wording_zh", "what is asked for, in words, in Chinese"},
};

static const char *
first_text(const char *a, const char *b)
{
    return a != NULL && a[0] != '\0' ? a : b;
}

/* `words` [2] are the wordings in English and Chinese. */
static const char *
text_of(const struct verdict *v, const struct wording_text *words, int k)
{
    const struct target *t = v->target;
    const char *const text[TEXTS] = {first_text(t->title, v->indicator->doc),
        first_text(t->title_zh, v->indicator->zh), t->indicator,
        plan_area_names[t->area], plan_bound_names[t->bound], v->indicator->unit,
        t->source, t->quality, t->item, plan_over_names[t->over], words[0].text,
        words[1].text};

    return text[k];
}

static struct hdf_shape
by_target(const struct store_input *in, const char *scale, int n)
{
    return (struct hdf_shape){.rank = scale == NULL ? 1 : 2,
        .n = {(hsize_t)in->n_verdicts, (hsize_t)n},
        .scale = {"/targets/target", scale}};
}

static void
write_texts(struct hdf *file, const struct store_input *in)
{
    struct hdf_shape shape = by_target(in, NULL, 0);
    size_t n = (size_t)in->n_verdicts;
    const char **text = mem_alloc(n, sizeof *text);
    struct wording_text(*words)[2] = mem_alloc(n, sizeof *words);

    for (size_t i = 0; i < n; i++) {
        const struct verdict *v = &in->verdict[i];
        struct wording w = wording_target(v->target, v->indicator->unit);
        words[i][0] = wording_long(&w, false);
        words[i][1] = wording_long(&w, true);
    }
    for (size_t i = 0; i < n; i++)
        text[i] = in->verdict[i].target->name;
    hdf_scale(file, "/targets/target", HDF_TEXT, n, text);
    hdf_note(file, "/targets/target", "long_name", "targets of the plan");
    for (int k = 0; k < TEXTS; k++) {
        for (size_t i = 0; i < n; i++)
            text[i] = text_of(&in->verdict[i], words[i], k);
        hdf_put(file, text_column[k].path, HDF_TEXT, &shape, text);
        hdf_note(file, text_column[k].path, "long_name", text_column[k].doc);
    }
    mem_free(text);
    mem_free(words);
}

/* Numbers of one verdict, one a column. */
enum { REALS = 5 };

static const struct column real_column[REALS] = {
    {"/targets/value", "bound, or least rise or fall, in the target's unit"},
    {"/targets/probability", "share of replicates in which the target is met"},
    {"/targets/margin", "mean distance to the bound, positive on the good side"},
    {"/targets/mean", "mean over replicates when due; of the change for rises, falls"},
    {"/targets/standard_error", "standard error of the mean"},
};

static double
real_of(const struct verdict *v, int k)
{
    const double real[REALS] = {
        target_bound(v->target), v->probability, v->margin, v->mean, v->standard_error};

    return real[k];
}

static void
write_reals(struct hdf *file, const struct store_input *in)
{
    struct hdf_shape shape = by_target(in, NULL, 0);
    double *value = mem_alloc((size_t)in->n_verdicts, sizeof *value);

    for (int k = 0; k < REALS; k++) {
        for (int64_t i = 0; i < in->n_verdicts; i++)
            value[i] = real_of(&in->verdict[i], k);
        hdf_put(file, real_column[k].path, HDF_REAL, &shape, value);
        hdf_note(file, real_column[k].path, "long_name", real_column[k].doc);
    }
    hdf_note(file, "/targets/probability", "units", "1");
    mem_free(value);
}

/* A column of days; -1 is missing. */
static void
write_days(struct hdf *file, const char *path, const struct hdf_shape *shape,
    const char *days, const int32_t *day)
{
    hdf_put(file, path, HDF_INT32, shape, day);
    hdf_note(file, path, "units", days);
    hdf_note(file, path, "calendar", "proleptic_gregorian");
    hdf_note_int(file, path, "_FillValue", HDF_INT32, -1);
}

/* The months that count. */
static void
write_months(
    struct hdf *file, const struct store_input *in, const char *days, int32_t eve)
{
    struct hdf_shape shape = by_target(in, NULL, 0);
    size_t n = (size_t)in->n_verdicts;
    int64_t *from = mem_alloc(n, sizeof *from), *to = mem_alloc(n, sizeof *to);
    int32_t *since = mem_alloc(n, sizeof *since);

    for (size_t i = 0; i < n; i++) {
        const struct target *t = in->verdict[i].target;
        from[i] = t->month_from;
        to[i] = t->month_to;
        since[i] = t->since == 0 ? -1 : t->since - eve;
    }
    hdf_put(file, "/targets/month_from", HDF_INT, &shape, from);
    hdf_note(file, "/targets/month_from", "long_name",
        "first month of the season that counts; 0 for none");
    hdf_put(file, "/targets/month_to", HDF_INT, &shape, to);
    hdf_note(file, "/targets/month_to", "long_name",
        "last month of the season that counts; 0 for none");
    write_days(file, "/targets/since", &shape, days, since);
    hdf_note(file, "/targets/since", "long_name",
        "day from whose beginning it counts; missing for the start of the run");
    mem_free(from);
    mem_free(to);
    mem_free(since);
}

/* The day due, the verdict, and the county that does worst. */
static void
write_marks(
    struct hdf *file, const struct store_input *in, const char *days, int32_t eve)
{
    struct hdf_shape shape = by_target(in, NULL, 0);
    size_t n = (size_t)in->n_verdicts;
    int32_t *due = mem_alloc(n, sizeof *due);
    signed char *verdict = mem_alloc(n, sizeof *verdict);
    int64_t *worst = mem_alloc(n, sizeof *worst);

    for (size_t i = 0; i < n; i++) {
        const struct verdict *v = &in->verdict[i];
        due[i] = v->target->by - eve;
        verdict[i] = (signed char)v->verdict;
        worst[i] = (int64_t)in->setup->region[v->worst].code;
    }
    hdf_put(file, "/targets/due", HDF_INT32, &shape, due);
    hdf_note(file, "/targets/due", "units", days);
    hdf_note(file, "/targets/due", "calendar", "proleptic_gregorian");
    hdf_note(file, "/targets/due", "long_name", "day at whose end the target is due");
    hdf_put(file, "/targets/verdict", HDF_INT8, &shape, verdict);
    hdf_note_flags(file, "/targets/verdict", PLAN_VERDICTS, verdict_meanings);
    hdf_note(file, "/targets/verdict", "long_name", "verdict over replicates");
    hdf_put(file, "/targets/worst_county", HDF_INT, &shape, worst);
    hdf_note(file, "/targets/worst_county", "long_name",
        "code of the county furthest behind");
    mem_free(due);
    mem_free(verdict);
    mem_free(worst);
}

/* What a run leaves that added replicates until its targets were decided. */
static void
write_rule(struct hdf *file, const struct store_input *in)
{
    struct hdf_shape shape = by_target(in, NULL, 0);
    size_t n = (size_t)in->n_verdicts;
    double *lower = mem_alloc(n, sizeof *lower), *upper = mem_alloc(n, sizeof *upper);
    int32_t *after = mem_alloc(n, sizeof *after);

    for (size_t i = 0; i < n; i++) {
        lower[i] = in->verdict[i].lower;
        upper[i] = in->verdict[i].upper;
        after[i] = in->verdict[i].decided_after;
    }
    hdf_note(file, "/targets", "rule", rule);
    hdf_note_real(file, "/targets", "error", in->decide->error);
    hdf_note_int(file, "/targets", "replicates", HDF_INT32, in->result->replicates);
    hdf_note_int(file, "/targets", "most_replicates", HDF_INT32, in->decide->most);
    hdf_put(file, "/targets/probability_lower", HDF_REAL, &shape, lower);
    hdf_note(file, "/targets/probability_lower", "long_name",
        "lower end of the confidence sequence of the probability");
    hdf_note(file, "/targets/probability_lower", "units", "1");
    hdf_put(file, "/targets/probability_upper", HDF_REAL, &shape, upper);
    hdf_note(file, "/targets/probability_upper", "long_name",
        "upper end of the confidence sequence of the probability");
    hdf_note(file, "/targets/probability_upper", "units", "1");
    hdf_put(file, "/targets/decided_after", HDF_INT32, &shape, after);
    hdf_note(file, "/targets/decided_after", "long_name",
        "replicates after which the target was decided; 0 when it was not");
    mem_free(lower);
    mem_free(upper);
    mem_free(after);
}

static void
note_replicates(struct hdf *file, const char *days)
{
    hdf_note(file, "/targets/value_when_due", "long_name",
        "value when due, in the target's unit");
    hdf_note_flags(file, "/targets/met", 2, "missed met");
    hdf_note(file, "/targets/met", "long_name", "whether the target is met when due");
    hdf_note(file, "/targets/first_met", "units", days);
    hdf_note(file, "/targets/first_met", "calendar", "proleptic_gregorian");
    hdf_note_int(file, "/targets/first_met", "_FillValue", HDF_INT32, -1);
    hdf_note(file, "/targets/first_met", "long_name",
        "day at whose end the target is first met; missing when never");
}

static void
write_replicates(
    struct hdf *file, const struct store_input *in, const char *days, int32_t eve)
{
    int n = in->result->replicates;
    struct hdf_shape shape = by_target(in, "/replicate", n);
    size_t total = (size_t)in->n_verdicts * (size_t)n, k = 0;
    double *value = mem_alloc(total, sizeof *value);
    signed char *met = mem_alloc(total, sizeof *met);
    int32_t *first = mem_alloc(total, sizeof *first);

    for (int64_t i = 0; i < in->n_verdicts; i++)
        for (int j = 0; j < n; j++, k++) {
            const struct verdict *v = &in->verdict[i];
            value[k] = v->value[j];
            met[k] = v->met[j] != 0;
            first[k] = v->first_met[j] < 0 ? -1 : v->first_met[j] - eve;
        }
    hdf_put(file, "/targets/value_when_due", HDF_REAL, &shape, value);
    hdf_put(file, "/targets/met", HDF_INT8, &shape, met);
    hdf_put(file, "/targets/first_met", HDF_INT32, &shape, first);
    note_replicates(file, days);
    mem_free(value);
    mem_free(met);
    mem_free(first);
}

static void
write_counties(struct hdf *file, const struct store_input *in)
{
    size_t n = (size_t)in->setup->n_regions, total = (size_t)in->n_verdicts * n;
    struct hdf_shape shape = by_target(in, "/county", in->setup->n_regions);
    double *value = mem_alloc(total, sizeof *value),
           *met = mem_alloc(total, sizeof *met);

    for (size_t i = 0; i < total; i++) {
        value[i] = in->verdict[i / n].county[i % n];
        met[i] = in->verdict[i / n].county_met[i % n];
    }
    hdf_put(file, "/targets/county_value", HDF_REAL, &shape, value);
    hdf_note(file, "/targets/county_value", "long_name",
        "mean over replicates when due, in the target's unit");
    hdf_put(file, "/targets/county_met", HDF_REAL, &shape, met);
    hdf_note(file, "/targets/county_met", "long_name",
        "share of replicates in which the county by itself meets the target");
    hdf_note(file, "/targets/county_met", "units", "1");
    mem_free(value);
    mem_free(met);
}

void
goals_write(
    struct hdf *file, const struct store_input *in, const char *days, int32_t eve)
{
    if (in->n_verdicts == 0)
        return;
    hdf_group(file, "/targets");
    write_texts(file, in);
    write_reals(file, in);
    write_months(file, in, days, eve);
    write_marks(file, in, days, eve);
    write_replicates(file, in, days, eve);
    write_counties(file, in);
    if (in->decide != NULL)
        write_rule(file, in);
}
