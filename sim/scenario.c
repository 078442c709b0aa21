#include "sim/scenario.h"

#include "sim/date.h"
#include "sim/given.h"
#include "sim/intake.h"
#include "sim/overlay.h"
#include "sim/value.h"

#include <string.h>

enum { YEARS_MOST = 200 };

#define CHOSEN .source = "chosen for carecap", .quality = "assumption"

const struct field scenario_run_par[] = {
    {FIELD(struct run_par, title), .doc = "title of the run", .zh = "标题", .text = "",
        CHOSEN},
    {FIELD(struct run_par, title_zh), .doc = "title of the run in Chinese",
        .zh = "中文标题", .text = "", CHOSEN},
    {FIELD_AS(struct run_par, start, FIELD_DATE), .doc = "first day of the run",
        .zh = "开始日期", .required = true},
    {FIELD_AS(struct run_par, end, FIELD_DATE),
        .doc = "last day of the run, which is simulated", .zh = "结束日期",
        .required = true},
    {FIELD(struct run_par, replicates), .unit = "1",
        .doc = "runs that differ only by chance", .zh = "重复次数", .def = 1, .lo = 1,
        .hi = 100000, CHOSEN},
    {FIELD(struct run_par, seed), .unit = "1", .doc = "names the random numbers",
        .zh = "随机种子", .def = 1, .lo = 0, .hi = 0x1p53, CHOSEN},
    {FIELD(struct run_par, window), .unit = "day",
        .doc = "longest stretch without exchange between regions", .zh = "同步窗口",
        .def = 7, .lo = 1, .hi = 31, CHOSEN},
    {.name = NULL},
};

/* All that reading needs and the scenario does not keep. */
struct reader {
    struct scenario *scenario;
    struct intake in;
    struct overlay overlay;
};

/* "section.key", or "key" at the top level. */
static const char *
name_of(struct arena *arena, const struct overlay_slot *slot)
{
    const char *section = slot->model != NULL ? slot->model->name : "";
    size_t n = strlen(section) + 1 + strlen(slot->field->name) + 1;
    char *name = mem_arena(arena, n, 1);

    snprintf(
        name, n, "%s%s%s", section, slot->model != NULL ? "." : "", slot->field->name);
    return name;
}

static void
say_source(struct setting *setting, const struct overlay_slot *slot, struct given given)
{
    const struct field *f = slot->field;
    bool by_row = given.row_by_row && given.source == NULL;

    if (slot->node == NULL)
        given = (struct given){f->source, f->quality, false};
    setting->source = given.source != NULL      ? given.source
                      : slot->node == NULL      ? "no source stated"
                      : by_row                  ? "stated row by row"
                      : setting->place.line > 0 ? "scenario file"
                                                : "command line";
    setting->quality = given.quality != NULL ? given.quality
                       : by_row              ? "stated row by row"
                                             : "assumption";
}

/* Reads the slot's value into `obj` and records what is then in use. */
static void
settle(struct reader *r, int i, void *obj)
{
    struct arena *arena = &r->scenario->arena;
    const struct overlay_slot *slot = &r->overlay.slot[i];
    const struct field *f = slot->field;
    struct setting *setting = &r->scenario->setting[i];
    struct given given = {.source = NULL};

    *setting = (struct setting){.name = name_of(arena, slot),
        .unit = f->unit != NULL ? f->unit : "",
        .field = f};
    if (slot->node != NULL) {
        given = given_read(&r->in, slot->all, slot->n_all, f, obj);
        setting->place = slot->node->place;
    }
    say_source(setting, slot, given);
    setting->value = value_text(arena, f, obj);
}

static bool
is_given(const struct reader *r, const char *name)
{
    return scenario_setting(r->scenario, name)->place.file != NULL;
}

static void
check_span(struct reader *r)
{
    const struct run_par *run = &r->scenario->run;
    struct place at = scenario_place(r->scenario, "end");
    char start[16], end[16];

    date_text(run->start, start);
    date_text(run->end, end);
    if (run->end < run->start)
        report_mistake(
            r->in.report, at, "the run ends on %s, before it starts on %s", end, start);
    else if (date_year(run->end) - date_year(run->start) > YEARS_MOST)
        report_mistake(r->in.report, at,
            "the run from %s to %s is longer than %d years", start, end, YEARS_MOST);
}

/* The top level first: its mistakes say whether start and end can be compared. */
static void
settle_all(struct reader *r, const struct model *const *models)
{
    struct scenario *s = r->scenario;
    int before = r->in.report->mistakes;
    int i = 0;

    field_defaults(scenario_run_par, &s->run);
    for (; i < r->overlay.n && r->overlay.slot[i].model == NULL; i++)
        settle(r, i, &s->run);
    if (r->in.report->mistakes == before && is_given(r, "start") && is_given(r, "end"))
        check_span(r);
    for (int m = 0; models[m] != NULL; m++) {
        if (models[m]->par == NULL)
            continue;
        s->par[m] = mem_arena(&s->arena, 1, models[m]->par_size);
        field_defaults(models[m]->par, s->par[m]);
        for (; i < r->overlay.n && r->overlay.slot[i].model == models[m]; i++)
            settle(r, i, s->par[m]);
    }
}

static void
find_missing(const struct reader *r, const char *path)
{
    for (int i = 0; i < r->overlay.n && !r->overlay.incomplete; i++) {
        const struct overlay_slot *slot = &r->overlay.slot[i];
        if (slot->node == NULL && slot->field->required)
            report_mistake(r->in.report, (struct place){path, 0, 0},
                "'%s' is missing: %s", r->scenario->setting[i].name,
                value_wanted(slot->field).text);
    }
}

static void
keep_files(struct scenario *self, const struct intake *in)
{
    self->file = mem_arena(&self->arena, (size_t)in->n_files, sizeof *self->file);
    for (int i = 0; i < in->n_files; i++)
        self->file[i] = (struct scenario_file){
            in->file[i]->path, in->file[i]->text, in->file[i]->size};
    self->n_files = in->n_files;
}

void
scenario_read(struct scenario *self, const char *path,
    const struct model *const *models, const char *const *set, int n_set,
    struct report *report)
{
    struct reader r = {.scenario = self};
    size_t n_models = 0;

    while (models[n_models] != NULL)
        n_models++;
    *self = (struct scenario){.n_files = 0};
    intake_init(&r.in, &self->arena, report);
    overlay_init(&r.overlay, &r.in, models, scenario_run_par);
    overlay_file(&r.overlay, path);
    for (int i = 0; i < n_set; i++)
        overlay_set(&r.overlay, set[i]);
    self->par = mem_arena(&self->arena, n_models, sizeof(void *));
    self->n_settings = r.overlay.n;
    self->setting =
        mem_arena(&self->arena, (size_t)self->n_settings, sizeof *self->setting);
    settle_all(&r, models);
    find_missing(&r, path);
    keep_files(self, &r.in);
    overlay_free(&r.overlay);
    intake_free(&r.in);
}

void
scenario_free(struct scenario *self)
{
    mem_arena_free(&self->arena);
    *self = (struct scenario){.n_files = 0};
}

const struct setting *
scenario_setting(const struct scenario *self, const char *name)
{
    for (int i = 0; i < self->n_settings; i++)
        if (self->setting[i].name != NULL && strcmp(self->setting[i].name, name) == 0)
            return &self->setting[i];
    return NULL;
}

struct place
scenario_place(const struct scenario *self, const char *name)
{
    const struct setting *setting = scenario_setting(self, name);

    BUG_IF(setting == NULL);
    if (setting->place.file == NULL && self->n_files > 0)
        return (struct place){self->file[0].path, 0, 0};
    return setting->place;
}
