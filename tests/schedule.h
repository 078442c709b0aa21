/*
 * schedule.h - births, moves, departures and arrivals by county, sex and age, worked
 * out from a scenario's parameters by other code than the models'.
 *
 * Parameters are found by the names of their rows, so that nothing of a model is used
 * but what a scenario can say. Deaths and grades come from the tables of
 * models/rates.h, which test_lives proves by themselves.
 */
#ifndef TESTS_SCHEDULE_H
#define TESTS_SCHEDULE_H

#include "models/rates.h"
#include "sim/field.h"
#include "sim/setup.h"

enum { SCHEDULE_REGIONS = 12, SCHEDULE_FERTILE = 50 };

struct schedule {
    const struct setup *setup; /* not owned */
    const struct grade_tab *grades;
    const struct mortality_tab *lives;
    const struct population_tab *people;
    int n;                                            /* regions */
    double birth[SCHEDULE_REGIONS][SCHEDULE_FERTILE]; /* 1/yr, by age, at level 1 */
    const struct path *level;
    double boys;                                   /* share of births */
    double out[SCHEDULE_REGIONS][SEXES][AGES];     /* 1/yr, leave the prefecture */
    double between[SCHEDULE_REGIONS][AGES];        /* 1/yr, to another county */
    double to[SCHEDULE_REGIONS][SCHEDULE_REGIONS]; /* shares of destinations */
    double coming[SCHEDULE_REGIONS][SEXES][AGES];  /* newcomers, 1/yr */
    double start[SCHEDULE_REGIONS][SEXES][AGES][GRADES]; /* person, as the run begins */
};

void schedule_init(struct schedule *self, const struct setup *s);

/* 1/yr, of who was born at `birth` (minutes) and is in year of age `age`. */
double schedule_death(const struct schedule *self, int region, int sex, int grade,
    int32_t birth, int age);

/* 1/yr, children of a woman; 0 outside the fertile ages. */
double schedule_birth(const struct schedule *self, int region, int32_t birth, int age);

/* The number or path `name` of a model's parameters. */
const void *schedule_par(const struct setup *s, int model, const char *name);

#endif
