#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/fake.h"

#include "sim/date.h"
#include "sim/mem.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const sexes[] = {"women", "men"};
static const char *const sexes_zh[] = {"女", "男"};
static const double ages[] = {60.0, 70.0, 80.0};

static const struct axis sex_axis = {.name = "sex",
    .doc = "sex",
    .zh = "性别",
    .n = 2,
    .label = sexes,
    .label_zh = sexes_zh};
static const struct axis age_axis = {.name = "age_group",
    .doc = "lower end of the age group",
    .zh = "年龄组",
    .unit = "yr",
    .n = 3,
    .value = ages};
static const double cells[FAKE_CELLS] = {[FAKE_CELLS - 1] = 0.1}; /* the rest is 0 */
static const struct axis cell_axis = {.name = "cell",
    .doc = "cell of the grid",
    .zh = "格",
    .unit = "1",
    .n = FAKE_CELLS,
    .value = cells};

static const struct field par_table[] = {
    {FIELD(struct fake_par, rate), .unit = "1/yr", .def = 0.5, .hi = 1,
        .doc = "a rate"},
    {FIELD(struct fake_par, count), .unit = "1", .hi = 9, .doc = "two counts"},
    {FIELD(struct fake_par, place), .unit = "1", .doc = "a text"},
    {FIELD(struct fake_par, growth), .unit = "1", .doc = "a path"},
    {.name = NULL},
};

static const struct field out_table[] = {
    {FIELD(struct fake_out, beds), .unit = "bed", .doc = "beds", .zh = "床位"},
    {FIELD(struct fake_out, elders), .unit = "person", .doc = "elders", .zh = "老年人"},
    {FIELD(struct fake_out, people), .unit = "person", .doc = "people by sex and age",
        .zh = "人口", .axis = {&sex_axis, &age_axis}},
    {FIELD(struct fake_out, cost), .unit = "CNY", .doc = "cost of the month",
        .zh = "费用", .method = FIELD_SUM},
    {FIELD(struct fake_out, grid), .unit = "1", .doc = "many numbers", .zh = "格值",
        .axis = {&cell_axis}},
    {.name = NULL},
};

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    static const struct region_name names[FAKE_REGIONS] = {
        {.code = 532901, .name = "Dali", .name_zh = "大理市", .load.rows = 1.0},
        {.code = 532922,
            .name = "Yangbi, \"Yi\"",
            .name_zh = "漾濞彝族自治县",
            .load.rows = 1.0},
    };

    (void)tab;
    (void)report;
    s->n_regions = FAKE_REGIONS;
    s->region = mem_arena(&s->arena, FAKE_REGIONS, sizeof *s->region);
    memcpy(s->region, names, sizeof names);
}

static void
tick(struct region *r, const struct event *e)
{
    (void)r;
    (void)e;
}

static const struct handler handlers[] = {{"tick", tick, "nothing"}, {.name = NULL}};

static const struct model fake_model = {
    .name = "fake",
    .doc = "numbers that follow from where they stand",
    .par_size = sizeof(struct fake_par),
    .par = par_table,
    .prepare = prepare,
    .out_size = sizeof(struct fake_out),
    .out = out_table,
    .handlers = handlers,
};

static const struct field service_table[] = {
    {FIELD(struct fake_service_out, hours), .unit = "h", .doc = "hours given",
        .zh = "时数"},
    {FIELD(struct fake_service_out, served), .unit = "person", .doc = "people served",
        .zh = "服务人数", .axis = {&sex_axis}},
    {.name = NULL},
};

/* Items have names that are known once they are prepared. */
static void
prepare_services(struct setup *s, void *tab, struct report *report)
{
    static const char *const names_zh[FAKE_SERVICES] = {"助浴", "助餐", "助行"};
    const char **label = mem_arena(&s->arena, FAKE_SERVICES, sizeof *label);

    (void)report;
    for (int i = 0; i < FAKE_SERVICES; i++) {
        char *name = mem_arena_text(&s->arena, "service ?");
        name[strlen(name) - 1] = (char)('a' + i);
        label[i] = name;
    }
    *(struct axis *)tab = (struct axis){.name = "service",
        .doc = "service",
        .zh = "服务",
        .n = FAKE_SERVICES,
        .label = label,
        .label_zh = names_zh};
}

static const struct axis *
services(const struct setup *s)
{
    return s->tab[2];
}

static const struct model service_model = {
    .name = "service",
    .doc = "results by service",
    .tab_size = sizeof(struct axis),
    .prepare = prepare_services,
    .out_size = sizeof(struct fake_service_out),
    .out = service_table,
    .items = services,
};

struct none_out {
    double nothing;
};

static const struct field none_table[] = {
    {FIELD(struct none_out, nothing), .unit = "1", .doc = "nothing"}, {.name = NULL}};

static const struct axis *
nothing(const struct setup *s)
{
    static const struct axis axis = {.name = "none", .doc = "none", .n = 0};

    (void)s;
    return &axis;
}

static const struct model none_model = {
    .name = "none",
    .doc = "has no items",
    .out_size = sizeof(struct none_out),
    .out = none_table,
    .items = nothing,
};

static const struct model *const models[] = {
    &plan_model, &fake_model, &service_model, &none_model, NULL};

struct fake_service_out *
fake_services(struct fake *self, int replicate, int time, int region)
{
    return result_at(&self->result, 2, replicate, time, region);
}

struct fake_out *
fake_at(struct fake *self, int replicate, int time, int region)
{
    return result_at(&self->result, 1, replicate, time, region);
}

double
fake_grid(int replicate, int time, int region, int cell)
{
    return cell + FAKE_CELLS * (region + FAKE_REGIONS * (time + 1000.0 * replicate));
}

static void
fill_services(struct fake_service_out *out, int place)
{
    for (int j = 0; j < FAKE_SERVICES; j++) {
        for (int e = 0; e < FAKE_SEXES; e++)
            out[j].served[e] = 10000 * j + place + e;
        out[j].hours = (double)out[j].served[0] / 4.0;
    }
}

static void
fill(struct fake *self)
{
    for (int i = 0; i < self->result.replicates; i++)
        for (int t = 0; t < self->setup.n_times; t++)
            for (int k = 0; k < FAKE_REGIONS; k++) {
                struct fake_out *out = fake_at(self, i, t, k);
                bool nobody = k == 1 && t == 0;
                out->beds = nobody ? 0 : 30 + 10 * t + i + k;
                out->elders = nobody ? 0 : 1000;
                out->cost = (double)out->beds / 3.0;
                for (int e = 0; e < FAKE_SEXES * FAKE_AGES; e++)
                    out->people[e] = 1000 * i + 100 * t + 10 * k + e;
                fill_services(
                    fake_services(self, i, t, k), 1000 * i + 100 * t + 10 * k);
                for (int e = 0; e < FAKE_CELLS; e++)
                    out->grid[e] = fake_grid(i, t, k, e);
            }
}

static void
fill_plan(struct fake *self)
{
    const struct target target[FAKE_TARGETS] = {
        {.name = "beds_40",
            .title = "Forty beds",
            .title_zh = "四十张床位",
            .indicator = "beds_per_1000_elders",
            .area = PLAN_PREFECTURE,
            .bound = PLAN_AT_LEAST,
            .value = 40.0,
            .by = date_day(2021, 1, 31),
            .source = "the plan, page 3",
            .quality = "plan_statement"},
        {.name = "beds_41_each",
            .indicator = "beds_per_1000_elders",
            .area = PLAN_EACH_COUNTY,
            .bound = PLAN_AT_LEAST,
            .value = 41.0,
            .by = date_day(2021, 1, 31)},
        {.name = "beds_never",
            .indicator = "beds_per_1000_elders",
            .area = PLAN_WORST_COUNTY,
            .bound = PLAN_AT_MOST,
            .value = 1.0,
            .by = date_day(2021, 2, 28)},
    };

    memcpy(self->target, target, sizeof target);
    for (int i = 0; i < FAKE_TARGETS; i++)
        self->line[i] = 10 + i;
    self->plan.targets = (struct rows){.n = FAKE_TARGETS,
        .row = self->target,
        .line = self->line,
        .file = "plan.yaml"};
}

static void
fill_scenario(struct fake *self)
{
    static const char text[] = "title: 计划\nfake:\n  rate: 0.5\n";
    struct scenario *sc = &self->scenario;

    self->par = (struct fake_par){.rate = 0.5,
        .count = {1, 2},
        .growth = {.n = 2, .year = {2021, 2025}, .value = {1.0, 1.5}}};
    self->pars[0] = &self->plan;
    self->pars[1] = &self->par;
    self->setting[0] = (struct setting){"fake.rate", "0.5", "1/yr", "scenario file",
        "assumption", {.file = "plan.yaml", .line = 3}, &par_table[0]};
    self->setting[1] = (struct setting){"fake.count", "1 2", "1", "default",
        "assumption", {.file = NULL}, &par_table[1]};
    self->file = (struct scenario_file){"plan.yaml", text, sizeof text - 1};
    sc->run = (struct run_par){.title = "A plan",
        .title_zh = "计划",
        .seed = 7,
        .start = self->setup.first_day,
        .replicates = self->result.replicates,
        .end = self->setup.last_day,
        .window = 7.0};
    sc->par = self->pars;
    sc->setting = self->setting;
    sc->n_settings = FAKE_SETTINGS;
    sc->file = &self->file;
    sc->n_files = 1;
}

void
fake_judge(struct fake *self)
{
    if (self->verdict != NULL)
        plan_free_verdicts(self->verdict, FAKE_TARGETS);
    self->verdict = plan_verdicts(&self->plan, &self->result);
    self->input.verdict = self->verdict;
    self->input.n_verdicts = FAKE_TARGETS;
}

void
fake_init(struct fake *self, int months, int replicates)
{
    *self = (struct fake){.setup = {.seed = 7}};
    int32_t first = date_day(2021, 1, 1);
    int32_t last = date_day(2021 + months / 12, 1 + months % 12, 1) - 1;

    self->pars[0] = &self->plan;
    self->pars[1] = &self->par;
    fill_plan(self);
    setup_init(&self->setup, models, self->pars, first, last, &self->report);
    assert_int_equal(self->report.mistakes, 0);
    result_init(&self->result, &self->setup, replicates);
    fill(self);
    fill_scenario(self);
    report_warning(&self->report, (struct place){"plan.yaml", 2, 1}, "odd, but true");
    self->note = (struct store_note){"wall_time", "s", 1.5};
    self->events[0] = 42;
    self->input = (struct store_input){.scenario = &self->scenario,
        .setup = &self->setup,
        .result = &self->result,
        .report = &self->report,
        .note = &self->note,
        .n_notes = 1,
        .events = self->events,
        .history = "2026-01-01T00:00:00Z: carecap run plan.yaml"};
    fake_judge(self);
}

void
fake_free(struct fake *self)
{
    plan_free_verdicts(self->verdict, FAKE_TARGETS);
    result_free(&self->result);
    setup_free(&self->setup);
    report_free(&self->report);
}

void
fake_folder(char *text)
{
    snprintf(text, 256, "%s", "/tmp/carecap-fake-XXXXXX");
    assert_non_null(mkdtemp(text));
}

const char *
fake_path(const char *folder, const char *name, char *text)
{
    snprintf(text, 256, "%s/%s", folder, name);
    return text;
}

int
fake_clean(const char *folder)
{
    DIR *d = opendir(folder);
    char path[1024];
    int n = 0;

    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        assert_int_equal(unlink(path), 0);
        n++;
    }
    closedir(d);
    assert_int_equal(rmdir(folder), 0);
    return n;
}

void
fake_write(const struct fake *self, const char *path)
{
    if (store_write(path, &self->input, false) < 0)
        fail_msg("%s", err_text());
}
