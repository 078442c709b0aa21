/*
 * planned.h - a small finished run, made by hand, for tests of indicators, targets,
 * tables and figures: three counties, one model with all counts, month ends from
 * 2021-01-01 on. Tests write the counts they want to see judged.
 */
#ifndef TESTS_PLANNED_H
#define TESTS_PLANNED_H

#include "models/plan.h"
#include "sim/result.h"

enum { PLANNED_REGIONS = 3, PLANNED_MODELS = 2 };

struct planned_out {
    int64_t beds, nursing_beds, institution_beds, caregivers, residents, waiting;
    int64_t people, elders, elders_alone, disabled;
};

struct planned {
    struct setup setup;
    struct result result;
    struct plan_par plan;
    void *par[PLANNED_MODELS];
};

/* `self` must not move. Every county starts with 1000 elders of 5000 people, at all
 * times. */
void planned_init(struct planned *self, int months, int replicates);
void planned_free(struct planned *self);

/* From now on beds, nursing_beds, institution_beds and caregivers are totals of a
 * month; the others stay states. */
void planned_flows(struct planned *self);

/* The counts of one replicate, time and county, to be filled. */
struct planned_out *planned_at(
    struct planned *self, int replicate, int time, int region);

/* Gives the plan `n` targets; target i stands in line 10 + i of plan.yaml. */
void planned_targets(struct planned *self, struct target *targets, int n);

/* A line of text from a stream, or the whole of it; the caller frees it by mem_free().
 */
char *planned_text(FILE *f);

#endif
