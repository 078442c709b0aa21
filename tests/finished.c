#include "tests/finished.h"

#include "models/plan.h"
#include "sim/date.h"

#include <math.h>

static const struct reader_county counties[FINISHED_COUNTIES] = {
    {532901, "Dali", "大理市"},
    {532922, "Yangbi", "漾濞彝族自治县"},
    {532923, "Xiangyun", "祥云县"},
    {532924, "Binchuan", "宾川县"},
    {532925, "Midu", "弥渡县"},
    {532926, "Nanjian", "南涧彝族自治县"},
    {532927, "Weishan", "巍山彝族回族自治县"},
    {532928, "Yongping", "永平县"},
    {532929, "Yunlong", "云龙县"},
    {532930, "Eryuan", "洱源县"},
    {532931, "Jianchuan", "剑川县"},
    {532932, "Heqing", "鹤庆县"},
};

/* Beds per 1,000: rising by steps, a little apart by replicate, more by county. */
static double
level(int replicate, int time, int area)
{
    double step = 4.0 * floor(time / 15.0),
           tilt = 0.06 * time * (replicate % 5 - 2) / 2.0;
    double base = area == 0 ? 22.0 : 16.0 + 1.4 * (area * 5 % 12);

    return base + step + tilt;
}

static void
fill_targets(struct finished *self)
{
    struct reader *r = &self->reader;
    const struct reader_target all[FINISHED_TARGETS] = {
        {.name = "beds",
            .title = "Beds per 1,000 elders, whole prefecture",
            .title_zh = "全州每千名老年人拥有养老床位数",
            .indicator = "beds_per_1000_elders",
            .unit = "1/1000",
            .area = plan_area_names[PLAN_PREFECTURE],
            .value = 40.0,
            .mean = 38.0,
            .standard_error = 0.5,
            .margin = -2.0,
            .probability = 0.1,
            .verdict = PLAN_TOO_CLOSE,
            .first_met = -1},
        {.name = "nursing",
            .title = "Nursing share of institution beds",
            .title_zh = "护理型床位占比",
            .indicator = "nursing_share",
            .unit = "%",
            .area = plan_area_names[PLAN_EACH_COUNTY],
            .value = 55.0,
            .mean = 54.96,
            .margin = -0.04,
            .standard_error = 0.01,
            .probability = 0.0,
            .verdict = PLAN_MISSED,
            .first_met = -1},
        {.name = "caregivers",
            .title = "",
            .title_zh = "",
            .indicator = "caregivers",
            .unit = "person",
            .area = plan_area_names[PLAN_PREFECTURE],
            .value = 1200.0,
            .mean = 1312.4,
            .margin = 112.4,
            .standard_error = 3.0,
            .probability = 1.0,
            .verdict = PLAN_MET,
            .first_met = date_day(2024, 3, 31)},
    };

    for (int i = 0; i < FINISHED_TARGETS; i++) {
        struct reader_target *t = &self->target[i];
        *t = all[i];
        t->source = "test";
        t->quality = "assumption";
        t->item = "";
        t->over = plan_over_names[PLAN_POINT];
        t->since = -1;
        t->bound = plan_bound_names[PLAN_AT_LEAST];
        t->due = date_day(2025, 12, 31);
        t->worst = 1;
        t->replicate_value =
            mem_arena(&r->arena, (size_t)r->n_replicates, sizeof *t->replicate_value);
        t->county_value =
            mem_arena(&r->arena, FINISHED_COUNTIES, sizeof *t->county_value);
        t->county_met = mem_arena(&r->arena, FINISHED_COUNTIES, sizeof *t->county_met);
        for (int k = 0; k < FINISHED_COUNTIES; k++)
            t->county_value[k] = k == 1 ? 7.0 : 50.0;
        t->county_met[0] = 1.0;
        for (int k = 0; k < r->n_replicates; k++)
            t->replicate_value[k] = t->mean;
    }
}

void
finished_init(struct finished *self, int replicates)
{
    *self = (struct finished){.reader = {.path = "results/dali.h5",
                                  .title = "Dali, 14th five-year plan",
                                  .title_zh = "大理州“一老一小”整体解决方案",
                                  .digest = "0123456789abcdef0123456789abcdef",
                                  .seed = 7,
                                  .n_replicates = replicates,
                                  .n_times = FINISHED_TIMES,
                                  .n_counties = FINISHED_COUNTIES}};
    struct reader *r = &self->reader;

    r->day = mem_arena(&r->arena, FINISHED_TIMES, sizeof *r->day);
    for (int t = 0; t < FINISHED_TIMES; t++)
        r->day[t] = date_day(2021 + t / 12, 1 + t % 12, 1) - 1;
    r->county = mem_arena(&r->arena, FINISHED_COUNTIES, sizeof *r->county);
    for (int k = 0; k < FINISHED_COUNTIES; k++)
        r->county[k] = counties[k];
    self->beds = (struct reader_indicator){.name = "beds_per_1000_elders",
        .unit = "1/1000",
        .doc = "beds per 1,000 elders (60+)",
        .zh = "每千名老年人养老床位",
        .value = mem_arena(&r->arena,
            (size_t)replicates * FINISHED_TIMES * (1 + FINISHED_COUNTIES),
            sizeof(double))};
    double *v = self->beds.value;
    for (int i = 0; i < replicates; i++)
        for (int t = 0; t < FINISHED_TIMES; t++)
            for (int a = 0; a <= FINISHED_COUNTIES; a++)
                *v++ = level(i, t, a);
    fill_targets(self);
}

void
finished_free(struct finished *self)
{
    mem_arena_free(&self->reader.arena);
}
