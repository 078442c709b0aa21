#include "tests/planned.h"

#include "sim/date.h"
#include "sim/mem.h"

static const struct field out_table[] = {
    {FIELD(struct planned_out, beds), .unit = "bed", .doc = "beds"},
    {FIELD(struct planned_out, nursing_beds), .unit = "bed", .doc = "nursing beds"},
    {FIELD(struct planned_out, institution_beds), .unit = "bed",
        .doc = "in institutions"},
    {FIELD(struct planned_out, caregivers), .unit = "person", .doc = "caregivers"},
    {FIELD(struct planned_out, residents), .unit = "person", .doc = "residents"},
    {FIELD(struct planned_out, waiting), .unit = "person", .doc = "waiting"},
    {FIELD(struct planned_out, people), .unit = "person", .doc = "people"},
    {FIELD(struct planned_out, elders), .unit = "person", .doc = "elders"},
    {FIELD(struct planned_out, elders_alone), .unit = "person", .doc = "alone"},
    {FIELD(struct planned_out, disabled), .unit = "person", .doc = "disabled"},
    {.name = NULL},
};

static const struct model counted_model = {
    .name = "counted",
    .doc = "counts written by a test",
    .out_size = sizeof(struct planned_out),
    .out = out_table,
};

/* The same counts, some of them totals of a month. */
#define FLOW .method = FIELD_SUM
static const struct field flow_table[] = {
    {FIELD(struct planned_out, beds), .unit = "bed", .doc = "beds opened", FLOW},
    {FIELD(struct planned_out, nursing_beds), .unit = "bed", .doc = "nursing beds",
        FLOW},
    {FIELD(struct planned_out, institution_beds), .unit = "bed",
        .doc = "in institutions", FLOW},
    {FIELD(struct planned_out, caregivers), .unit = "person", .doc = "trained", FLOW},
    {FIELD(struct planned_out, residents), .unit = "person", .doc = "residents"},
    {FIELD(struct planned_out, waiting), .unit = "person", .doc = "waiting"},
    {FIELD(struct planned_out, people), .unit = "person", .doc = "people"},
    {FIELD(struct planned_out, elders), .unit = "person", .doc = "elders"},
    {FIELD(struct planned_out, elders_alone), .unit = "person", .doc = "alone"},
    {FIELD(struct planned_out, disabled), .unit = "person", .doc = "disabled"},
    {.name = NULL},
};

static const struct model flow_model = {
    .name = "counted",
    .doc = "counts written by a test, some by the month",
    .out_size = sizeof(struct planned_out),
    .out = flow_table,
};

static const struct model *const list[] = {&counted_model, &plan_model, NULL};
static const struct model *const flow_list[] = {&flow_model, &plan_model, NULL};

static const struct region_name names[PLANNED_REGIONS] = {
    {.code = 532901, .name = "Dali", .name_zh = "大理市", .load.rows = 1.0},
    {.code = 532922, .name = "Yangbi", .name_zh = "漾濞彝族自治县", .load.rows = 1.0},
    {.code = 532923, .name = "Xiangyun", .name_zh = "祥云县", .load.rows = 1.0},
};

void
planned_init(struct planned *self, int months, int replicates)
{
    *self = (struct planned){.plan = {.targets = {.n = 0}}};
    struct setup *s = &self->setup;

    s->models = list;
    s->n_models = PLANNED_MODELS;
    self->par[1] = &self->plan;
    s->par = self->par;
    s->first_day = date_day(2021, 1, 1);
    s->n_times = 1 + months;
    s->time = mem_arena(&s->arena, (size_t)s->n_times, sizeof *s->time);
    for (int k = 1; k <= months; k++)
        s->time[k] =
            (date_day(2021 + k / 12, 1 + k % 12, 1) - s->first_day) * MINUTES_A_DAY;
    s->end = s->time[months];
    s->last_day = s->first_day + s->end / MINUTES_A_DAY - 1;
    s->n_regions = PLANNED_REGIONS;
    s->region = mem_arena(&s->arena, PLANNED_REGIONS, sizeof *s->region);
    for (int k = 0; k < PLANNED_REGIONS; k++)
        s->region[k] = names[k];
    result_init(&self->result, s, replicates);
    for (int i = 0; i < replicates; i++)
        for (int t = 0; t < s->n_times; t++)
            for (int k = 0; k < PLANNED_REGIONS; k++) {
                planned_at(self, i, t, k)->people = 5000;
                planned_at(self, i, t, k)->elders = 1000;
            }
}

void
planned_flows(struct planned *self)
{
    self->setup.models = flow_list;
}

void
planned_free(struct planned *self)
{
    result_free(&self->result);
    mem_arena_free(&self->setup.arena);
}

struct planned_out *
planned_at(struct planned *self, int replicate, int time, int region)
{
    return result_at(&self->result, 0, replicate, time, region);
}

void
planned_targets(struct planned *self, struct target *targets, int n)
{
    int *line = mem_arena(&self->setup.arena, (size_t)n, sizeof *line);

    for (int i = 0; i < n; i++)
        line[i] = 10 + i;
    self->plan.targets =
        (struct rows){.n = n, .row = targets, .line = line, .file = "plan.yaml"};
}

char *
planned_text(FILE *f)
{
    size_t n = 0, room = 4096;
    char *text = mem_grow(NULL, room, 1);

    while ((n += fread(text + n, 1, room - n - 1, f)), n == room - 1)
        text = mem_grow(text, room *= 2, 1);
    text[n] = '\0';
    return text;
}
