/*
 * projection.h - the mean of the simulated lives, without simulating: a
 * cohort-component projection by month of birth, sex, county and, from 60 on, care
 * grade.
 *
 * Kolmogorov's forward equations of the rates of schedule.h, by Runge and Kutta's
 * fourth order in steps of half a month. A cohort stands for all born in its month by
 * those born in the middle. What that neglects is of second order in the month, and
 * movers are in their new county at once: both far below the noise of any run here.
 */
#ifndef TESTS_PROJECTION_H
#define TESTS_PROJECTION_H

#include "models/axes.h"
#include "tests/schedule.h"

/* What all rates are multiplied by, to make a twin that is wrong; 1: right. */
struct projection_twin {
    double death, birth, move, grade, coming;
};

/* Since the start. */
enum projection_flow {
    BIRTHS,
    DEATHS,
    MOVED_OUT,
    MOVED_IN,
    IMMIGRANTS,
    EMIGRANTS,
    TURNED_60,
    WORSENED,
    RECOVERED,
    FLOWS
};

struct projection {
    const struct schedule *rates; /* not owned */
    struct projection_twin twin;
    int months, first_month, time;
    double (*people)[SEXES][SCHEDULE_REGIONS][GRADES]; /* [months], below 60 grade 0;
                                                          owned */
    double flow[SCHEDULE_REGIONS][FLOWS];
    double deaths[SCHEDULE_REGIONS][AGE_GROUPS * SEXES];
};

/* The names of the flows in results. */
extern const char *const projection_flows[];

void projection_init(
    struct projection *self, const struct schedule *rates, struct projection_twin twin);
void projection_free(struct projection *self);

/* On to the month's end `time`, an index of the run's times. */
void projection_run(struct projection *self, int time);

/* Expected people of an element of people_by_age and of elders_by_grade, now; over all
 * counties when region < 0. */
double projection_by_age(const struct projection *self, int element, int region);
double projection_by_grade(const struct projection *self, int element, int region);

#endif
