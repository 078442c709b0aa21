/*
 * county.h - the shared state of one county: its people, and counts of them.
 *
 * Models read anything here; rows are added and removed only by the functions below,
 * and whoever changes a trait that is counted does so between county_uncount() and
 * county_count(). People are counted by month of birth, so that every age structure at
 * a month's end is exact without an event on birthdays.
 */
#ifndef MODELS_COUNTY_H
#define MODELS_COUNTY_H

#include "models/person.h"
#include "sim/region.h"

enum { FIRST_BIRTH_YEAR = 1900 };

/* A row of the counties' table; shares and counts as the census prints them. */
struct county_row {
    int64_t adcode;
    const char *name_en, *name_zh;
    double population, pop_60plus, urban_share;
    double households, one_person_households, collective_population;
    double hh_with_65plus, hh_with_one_65plus, hh_with_two_65plus;
    double townships, villages_and_communities;
    double subdistricts, communities; /* of these; -1: not known */
    double e0_male, e0_female;        /* yr */
    double tfr;                       /* children per woman */
    double longitude, latitude;       /* degree */
};

/* Counties of which only the total is known: `count` synthetic ones share it out. */
struct county_group {
    int64_t code;
    const char *name_en, *name_zh;
    int64_t first_adcode, count;
    double population, urban_share;
    double households, one_person_households, collective_population;
    double e0_male, e0_female, tfr; /* yr, yr, children per woman */
    double longitude, latitude;     /* degree */
    double extent_km, spread;
};

struct county_par {
    struct rows table;  /* of struct county_row */
    struct rows groups; /* of struct county_group */
    double child_near;  /* share of people */
    double horizon;     /* yr */
    double split;       /* person */
};

/* What a code of the input stands for: regions first .. first + n - 1, of which region
 * i has `share[i - first]` of what is given for the whole; a county has all of its own.
 */
struct county_span {
    int first, n;        /* n 0: nobody knows the code */
    const double *share; /* [n], adds up to 1 */
};

/* Prepared: the rows in the order of regions (by adcode). */
struct county_tab {
    struct county_row **row;   /* [n_regions]; those of groups are made here */
    struct county_span *group; /* [groups.n] */
    int months;                /* of birth, from January 1900 to the run's end */
    int16_t *month;            /* of each day from 1 January 1900 to the run's end */
    int32_t first_day;         /* 1 January 1900 */
    int young;                 /* full age at the start, see shards.h, ... */
    int32_t young_from;        /* ... and the first minute of birth */
};

struct county {
    struct region *region;
    const struct county_row *row;

    struct person *person; /* [capacity]; rows 0 .. n-1 in use or free; owned */
    uint32_t n, capacity;
    /* Rows given back, in lists through .spouse; those of the young (shards.h) apart:
     * among all others the order of rows, which breaks ties, is the same whether or not
     * the young live here. */
    uint32_t free[2];
    int64_t people;

    const struct county_tab *tab;     /* not owned */
    uint32_t (*born)[SEXES];          /* [months] people by month of birth; owned */
    int64_t grades[GRADES][SEXES];    /* people past 60 */
    int64_t home[GRADES][LIVINGS][2]; /* people past 60, at home; a child near or not */
    int64_t elders[GRADES][INCOMES][RESIDENCES]; /* people past 60 */
    int64_t housed[GRADES][INCOMES][RESIDENCES]; /* of these in a home */
    int64_t income[INCOMES];                     /* people past 60 */
    int64_t urban, residents;                    /* people past 60; those in a home */
    int32_t horizon,
        horizon_before;    /* minutes; lives are scheduled up to the horizon */
    uint32_t grade_before; /* of the person whose SIGNAL_GRADE is being told */
    uint32_t going_to;     /* region, of the person whose SIGNAL_GOES is being told */
    int32_t since;         /* residual thresholds count from here; minutes */
};

/* The regions that a code of the input means. */
struct county_span county_span_of(const struct setup *s, int64_t code);

/* The same, with a mistake at row `i` of `rows` when nobody knows the code. */
struct county_span county_span_or(const struct setup *s, int64_t code,
    const struct rows *rows, int64_t i, struct report *report);

/* Whole things: of `total` what region k of a span gets, such that all add up. */
int64_t county_part(const struct county_span *span, int k, int64_t total);

/* The county of a region. */
static inline struct county *
county_of(const struct region *r)
{
    return r->state;
}

/* A new row for a copy of `p`, counted; then tells all models (SIGNAL_ADDED). `since`
 * is the moment from which its residual thresholds count, at most now. */
uint32_t county_add(struct region *r, const struct person *p, int32_t since);

/*
 * Schedules an event of a person's life. Beyond the horizon it waits in the person's
 * due time until the horizon has come (SIGNAL_DUE), so that the calendar stays small.
 */
void county_schedule(
    struct region *r, int model, int which, uint32_t row, uint32_t serial, int32_t due);

/* True when `due` has come within the horizon with the last SIGNAL_DUE. */
bool county_newly_due(const struct county *self, int32_t due);

/* Tells all models (SIGNAL_GONE), uncounts and frees the row. */
void county_remove(struct region *r, uint32_t row);

/* Around every change of a person's grade, income, residence, living arrangement or
 * place: uncounts as it was, counts as it is; only people past 60 are counted so. */
void county_count(struct county *self, const struct person *p);
void county_uncount(struct county *self, const struct person *p);

/* People past 60 at home in a living arrangement. */
int64_t county_living(const struct county *self, enum person_living living);

/* Units of a tier (enum service_tier's order: county, township, community) that a
 * service for `where` (any, rural, urban) could stand in. */
int64_t county_units(const struct county *self, int tier, int where);

/* Month of birth, as person_month() counts. */
int county_birth_month(const struct county *self, const struct person *p);

/* Month index of `t` minutes that begins a month, as person_month() counts. */
int county_month(const struct setup *s, int32_t t);

/* Age in full years at the beginning of month `now` of who was born in month `born`. */
int county_age(int now, int born);

#endif
