/*
 * person.h - one resident in 48 bytes, and the draws that belong to a person.
 *
 * A person's three thresholds (death, course, move) are levels of cumulative hazards
 * (sim/hazard.h) while the person lives in a county, and residual unit-exponential
 * thresholds while on the way into one; a float holds them to within a minute or two.
 * The due times are what counts: a pending event whose time is not the due time of its
 * process is stale and ignored.
 */
#ifndef MODELS_PERSON_H
#define MODELS_PERSON_H

#include "sim/rng.h"

#include <stdint.h>

#define PERSON_NONE UINT32_MAX

enum person_sex { MALE, FEMALE, SEXES };
enum person_residence { RURAL, URBAN, RESIDENCES };
/* Destitute (tekun), on minimum living allowance (dibao), resident pension, employee
 * pension. */
enum person_income {
    DESTITUTE,
    ALLOWANCE,
    RESIDENT_PENSION,
    EMPLOYEE_PENSION,
    INCOMES
};
/* Alone, with the spouse only, with family, in a collective household. */
enum person_living { ALONE, COUPLE, FAMILY, COLLECTIVE, LIVINGS };
enum { GRADES = 5 }; /* GB/T 42195-2022: 0 intact ... 4 total loss */
enum { ELDER_AGE = 60, AGES = 110 };
enum { MARRIED_FROM = 40 }; /* at the start; nobody younger has a spouse in the run */
/* Whether a person lives in a residential service. */
enum person_place { AT_HOME, RESIDENT, PLACES };

/* What a draw is for. A purpose keeps its number for ever: new ones go to the end. */
enum person_purpose {
    PURPOSE_START = 1, /* thresholds and moment of birth */
    PURPOSE_BIRTH,
    PURPOSE_GRADE,
    PURPOSE_ENTRY, /* first grade, at 60 */
    PURPOSE_MOVE,
    PURPOSE_ARRIVAL, /* of people from outside */
    PURPOSE_TRAITS,
    PURPOSE_MARRIAGE,
    PURPOSE_WIDOWED,
    PURPOSE_WILLING,
    PURPOSE_ABLE,
    PURPOSE_APPLY,
    PURPOSE_PATIENCE,
    PURPOSE_STAY,
    PURPOSE_TASTE,
    PURPOSE_RESIDENT, /* who was in a home at the start */
    PURPOSE_PROJECT,
    PURPOSE_TRAINEE,
    PURPOSE_QUIT,
    PURPOSE_NEAR,     /* a child lives near */
    PURPOSE_DEMENTIA, /* at which prevalence dementia has begun */
    PURPOSE_RETRY,
    PURPOSE_LEVER,
    PURPOSE_GUEST /* of the season */
};

struct person {
    uint64_t key; /* names the person's draws; the same in every scenario */
    float death, course,
        move;      /* levels, or residual thresholds; course: birth or grade */
    int32_t birth; /* minutes */
    int32_t death_due, course_due, move_due; /* minutes, or NEVER */
    uint32_t spouse; /* row in the same county, or PERSON_NONE */
    uint32_t care;   /* first of the person's cases, or PERSON_NONE */
    uint32_t sex : 1, residence : 1, income : 2, living : 3, elder : 1;
    uint32_t grade : 3, place : 1, near : 1,
        adapted : 1; /* a child near; home adapted */
    uint32_t alive : 1, parity : 4, moves : 5;
    uint32_t changes : 8; /* of grade so far */
};

/* Keys of people of the base year, of children, of arrivals from outside. */
uint64_t person_key(uint64_t county, uint32_t ordinal);
uint64_t person_key_child(const struct person *mother);
uint64_t person_key_arrival(uint64_t county, uint32_t ordinal);

/* Of who joins a run of elders only: `cohort` tells year and sex apart. */
uint64_t person_key_joining(uint64_t county, uint32_t cohort, uint32_t ordinal);

/* Of guests, who keep it when they settle; `origin` names where they come from. */
uint64_t person_key_guest(uint64_t county, uint32_t origin, uint32_t ordinal);

/* Gives a new person its residual thresholds, all from its key. */
void person_thresholds(struct person *self, struct rng_run run);

/* Age in years and parts of mean years at `t` minutes. */
double person_age(const struct person *self, int32_t t);

/* Months since January 1900 of a day number (days since 1970-01-01). */
int person_month(int32_t day);

#endif
