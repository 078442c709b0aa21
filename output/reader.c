#include "output/reader.h"

#include "models/plan.h"
#include "output/scan.h"
#include "sim/date.h"

#include <stdbool.h>
#include <string.h>

/* A size in the file that is beyond reason is damage, not a reason to take memory. */
enum { MOST = 1 << 24 };

/* Where the days of the file begin: units are "days since YYYY-MM-DD". */
static int
read_epoch(struct reader *self, const char *path, int32_t *epoch)
{
    static const char before[] = "days since ";
    const char *units = scan_note(self->file, path, "units", &self->arena);

    if (strncmp(units, before, sizeof before - 1) == 0 &&
        date_read(units + sizeof before - 1, epoch))
        return 0;
    return err_set(
        ERR_INPUT, "%s: %s has units '%s', not days", self->path, path, units);
}

/* Days of a dataset as numbers since 1970-01-01; -1 in the file stays -1. */
static int
read_days(struct reader *self, const char *path, size_t n, int32_t *day)
{
    int64_t *since = mem_arena(&self->arena, n, sizeof *since);
    int32_t epoch;
    int status = read_epoch(self, path, &epoch);

    if (status == 0)
        status = scan_ints(self->file, path, n, since);
    for (size_t i = 0; i < n && status == 0; i++)
        day[i] =
            since[i] < 0 || since[i] > INT32_MAX / 2 ? -1 : epoch + (int32_t)since[i];
    return status;
}

static int
read_counties(struct reader *self)
{
    size_t n = (size_t)self->n_counties;
    int64_t *code = mem_arena(&self->arena, n, sizeof *code);
    const char **name = mem_arena(&self->arena, n, sizeof *name);
    const char **name_zh = mem_arena(&self->arena, n, sizeof *name_zh);
    int status = scan_ints(self->file, "county", n, code);

    if (status == 0)
        status = scan_texts(self->file, "county_name", n, &self->arena, name);
    if (status == 0)
        status = scan_texts(self->file, "county_name_zh", n, &self->arena, name_zh);
    self->county = mem_arena(&self->arena, n, sizeof *self->county);
    for (size_t i = 0; i < n && status == 0; i++)
        self->county[i] = (struct reader_county){code[i], name[i], name_zh[i]};
    return status;
}

static int
read_root(struct reader *self)
{
    size_t times = scan_size(self->file, "time");
    size_t counties = scan_size(self->file, "county");
    size_t replicates = scan_size(self->file, "replicate");

    if (scan_note_int(self->file, "/", "finished", 0) != 1 || times == 0 ||
        counties == 0 || replicates == 0 || times > MOST || counties > MOST ||
        replicates > MOST)
        return err_set(ERR_INPUT, "%s: not a finished result of carecap", self->path);
    self->title = scan_note(self->file, "/", "title", &self->arena);
    self->title_zh = scan_note(self->file, "/", "title_zh", &self->arena);
    self->source = scan_note(self->file, "/", "source", &self->arena);
    self->history = scan_note(self->file, "/", "history", &self->arena);
    self->digest = scan_note(self->file, "/", "digest", &self->arena);
    self->scenario_digest = scan_note(self->file, "/", "scenario_digest", &self->arena);
    self->seed = scan_note_int(self->file, "/", "seed", 0);
    self->error = scan_note_real(self->file, "targets", "error", 0.0);
    self->most_replicates =
        (int)scan_note_int(self->file, "targets", "most_replicates", 0);
    self->n_replicates = (int)replicates;
    self->n_times = (int)times;
    self->n_counties = (int)counties;
    self->day = mem_arena(&self->arena, times, sizeof *self->day);
    int status = read_days(self, "time", times, self->day);
    return status < 0 ? status : read_counties(self);
}

int
reader_open(struct reader *self, const char *path)
{
    *self = (struct reader){.file = -1};
    self->path = mem_arena_text(&self->arena, path);
    int status = scan_file(path, &self->file);
    if (status == 0)
        status = read_root(self);
    if (status < 0)
        reader_close(self);
    return status;
}

void
reader_close(struct reader *self)
{
    if (self->file >= 0)
        H5Fclose(self->file);
    mem_arena_free(&self->arena);
    *self = (struct reader){.file = -1};
}

/* The columns of /targets that are not plain members of a target. */
struct raw {
    size_t n;
    int64_t *verdict, *worst, *month_from, *month_to;
    int32_t *due, *since, *first; /* [n], [n], [n][n_replicates] */
    double *value, *county_value, *county_met;
};

static int
read_target_texts(struct reader *self, struct reader_target *target, size_t n)
{
    enum { TEXTS = 11 };
    static const char *const path[TEXTS] = {"targets/target", "targets/title",
        "targets/title_zh", "targets/indicator", "targets/unit", "targets/area",
        "targets/bound", "targets/source", "targets/quality", "targets/item",
        "targets/over"};
    const char **text[TEXTS];

    for (int k = 0; k < TEXTS; k++) {
        text[k] = mem_arena(&self->arena, n, sizeof *text[k]);
        int status = scan_texts(self->file, path[k], n, &self->arena, text[k]);
        if (status < 0)
            return status;
    }
    for (size_t i = 0; i < n; i++)
        target[i] = (struct reader_target){.name = text[0][i],
            .title = text[1][i],
            .title_zh = text[2][i],
            .indicator = text[3][i],
            .unit = text[4][i],
            .area = text[5][i],
            .bound = text[6][i],
            .source = text[7][i],
            .quality = text[8][i],
            .item = text[9][i],
            .over = text[10][i]};
    return 0;
}

static int
read_target_reals(struct reader *self, struct reader_target *target, size_t n)
{
    enum { REALS = 5 };
    static const char *const path[REALS] = {"targets/value", "targets/probability",
        "targets/margin", "targets/mean", "targets/standard_error"};
    double *real[REALS];

    for (int k = 0; k < REALS; k++) {
        real[k] = mem_arena(&self->arena, n, sizeof *real[k]);
        int status = scan_reals(self->file, path[k], n, real[k]);
        if (status < 0)
            return status;
    }
    for (size_t i = 0; i < n; i++) {
        target[i].value = real[0][i];
        target[i].probability = real[1][i];
        target[i].margin = real[2][i];
        target[i].mean = real[3][i];
        target[i].standard_error = real[4][i];
    }
    return 0;
}

static int
read_raw(struct reader *self, struct raw *raw)
{
    struct arena *arena = &self->arena;
    size_t n = raw->n, by_replicate = n * (size_t)self->n_replicates;
    size_t by_county = n * (size_t)self->n_counties;
    int status;

    raw->verdict = mem_arena(arena, n, sizeof *raw->verdict);
    raw->worst = mem_arena(arena, n, sizeof *raw->worst);
    raw->month_from = mem_arena(arena, n, sizeof *raw->month_from);
    raw->month_to = mem_arena(arena, n, sizeof *raw->month_to);
    raw->due = mem_arena(arena, n, sizeof *raw->due);
    raw->since = mem_arena(arena, n, sizeof *raw->since);
    raw->first = mem_arena(arena, by_replicate, sizeof *raw->first);
    raw->value = mem_arena(arena, by_replicate, sizeof *raw->value);
    raw->county_value = mem_arena(arena, by_county, sizeof *raw->county_value);
    raw->county_met = mem_arena(arena, by_county, sizeof *raw->county_met);
    if ((status = scan_ints(self->file, "targets/verdict", n, raw->verdict)) < 0 ||
        (status = scan_ints(self->file, "targets/worst_county", n, raw->worst)) < 0 ||
        (status = scan_ints(self->file, "targets/month_from", n, raw->month_from)) <
            0 ||
        (status = scan_ints(self->file, "targets/month_to", n, raw->month_to)) < 0 ||
        (status = read_days(self, "targets/due", n, raw->due)) < 0 ||
        (status = read_days(self, "targets/since", n, raw->since)) < 0 ||
        (status = read_days(self, "targets/first_met", by_replicate, raw->first)) < 0 ||
        (status = scan_reals(
             self->file, "targets/value_when_due", by_replicate, raw->value)) < 0 ||
        (status = scan_reals(
             self->file, "targets/county_value", by_county, raw->county_value)) < 0)
        return status;
    return scan_reals(self->file, "targets/county_met", by_county, raw->county_met);
}

/* What only a run has that added replicates until its targets were decided. */
static int
read_rule(struct reader *self, struct reader_target *target, size_t n)
{
    double *lower = mem_arena(&self->arena, n, sizeof *lower);
    double *upper = mem_arena(&self->arena, n, sizeof *upper);
    int64_t *after = mem_arena(&self->arena, n, sizeof *after);
    int status;

    if (self->most_replicates == 0)
        return 0;
    if ((status = scan_reals(self->file, "targets/probability_lower", n, lower)) < 0 ||
        (status = scan_reals(self->file, "targets/probability_upper", n, upper)) < 0 ||
        (status = scan_ints(self->file, "targets/decided_after", n, after)) < 0)
        return status;
    for (size_t i = 0; i < n; i++) {
        target[i].lower = lower[i];
        target[i].upper = upper[i];
        target[i].decided_after = (int)after[i];
    }
    return 0;
}

/* The day by which half of the replicates, rounded up, have met it; -1 when fewer do.
 */
static int32_t
median_day(const int32_t *day, int n)
{
    int32_t best = -1;

    for (int i = 0; i < n; i++) {
        int by_then = 0;
        for (int j = 0; j < n; j++)
            by_then += day[j] >= 0 && day[j] <= day[i];
        if (day[i] >= 0 && 2 * by_then >= n && (best < 0 || day[i] < best))
            best = day[i];
    }
    return best;
}

int
reader_choice(const char *const *names, const char *text)
{
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp(names[i], text) == 0)
            return i;
    return -1;
}

/* Whether what stands in the file is what goals_write() could have written. */
static bool
is_whole(const struct reader_target *t, const struct raw *raw, size_t i)
{
    bool months = raw->month_from[i] >= 0 && raw->month_from[i] <= 12 &&
                  raw->month_to[i] >= 0 && raw->month_to[i] <= 12 &&
                  (raw->month_from[i] == 0) == (raw->month_to[i] == 0);

    return months && raw->verdict[i] >= 0 && raw->verdict[i] < PLAN_VERDICTS &&
           reader_choice(plan_area_names, t->area) >= 0 &&
           reader_choice(plan_over_names, t->over) >= 0 &&
           reader_choice(plan_bound_names, t->bound) >= 0;
}

static int
place_raw(struct reader *self, const struct raw *raw, struct reader_target *target)
{
    int replicates = self->n_replicates, counties = self->n_counties;

    for (size_t i = 0; i < raw->n; i++) {
        struct reader_target *t = &target[i];
        t->worst = 0;
        while (t->worst < counties && self->county[t->worst].code != raw->worst[i])
            t->worst++;
        if (t->worst == counties || !is_whole(t, raw, i))
            return err_set(ERR_INPUT, "%s: /targets is damaged", self->path);
        t->verdict = (int)raw->verdict[i];
        t->month_from = (int)raw->month_from[i];
        t->month_to = (int)raw->month_to[i];
        t->since = raw->since[i];
        t->due = raw->due[i];
        t->first_met = median_day(raw->first + i * (size_t)replicates, replicates);
        t->replicate_value = raw->value + i * (size_t)replicates;
        t->county_value = raw->county_value + i * (size_t)counties;
        t->county_met = raw->county_met + i * (size_t)counties;
    }
    return 0;
}

int
reader_targets(struct reader *self, struct reader_target **target, int *n)
{
    struct raw raw = {.n = scan_size(self->file, "targets/target")};
    int status;

    *target = NULL;
    *n = 0;
    if (raw.n == 0)
        return 0;
    if (raw.n > MOST)
        return err_set(ERR_INPUT, "%s: /targets is damaged", self->path);
    *target = mem_arena(&self->arena, raw.n, sizeof **target);
    if ((status = read_target_texts(self, *target, raw.n)) < 0 ||
        (status = read_target_reals(self, *target, raw.n)) < 0 ||
        (status = read_rule(self, *target, raw.n)) < 0 ||
        (status = read_raw(self, &raw)) < 0)
        return status;
    *n = (int)raw.n;
    return place_raw(self, &raw, *target);
}

const char *const *
reader_indicators(struct reader *self, int *n)
{
    size_t found;
    const char *const *name =
        (const char *const *)scan_names(self->file, "indicators", &self->arena, &found);

    *n = (int)found;
    return name;
}

int
reader_indicator(struct reader *self, const char *name, struct reader_indicator *out)
{
    size_t size = strlen(name) + sizeof "indicators/";
    char *path = mem_arena(&self->arena, size, 1);
    size_t n = (size_t)self->n_replicates * (size_t)self->n_times *
               (size_t)(self->n_counties + 1);

    snprintf(path, size, "indicators/%s", name);
    if (!scan_has(self->file, path))
        return err_set(ERR_INPUT, "%s: has no indicator '%s'", self->path, name);
    *out = (struct reader_indicator){
        .name = mem_arena_text(&self->arena, name),
        .unit = scan_note(self->file, path, "units", &self->arena),
        .doc = scan_note(self->file, path, "long_name", &self->arena),
        .zh = scan_note(self->file, path, "long_name_zh", &self->arena),
    };
    if (scan_size(self->file, path) != n)
        return err_set(ERR_INPUT, "%s: %s is damaged", self->path, path);
    out->value = mem_arena(&self->arena, n, sizeof *out->value);
    return scan_reals(self->file, path, n, out->value);
}
