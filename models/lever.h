/*
 * lever.h - dated policy levers, rows of data, and what each has changed.
 *
 * A lever either delivers whole units (sites, beds, people, pieces), spread evenly over
 * its time, or is in force from one day to another; its kind (lever_kind.h) says which.
 * Draws belong to lever, county and unit: a lever that delivers nothing leaves every
 * bit of the others as it was.
 */
#ifndef MODELS_LEVER_H
#define MODELS_LEVER_H

#include "models/lever_row.h"
#include "models/policy.h"
#include "sim/report.h"

struct lever_par {
    struct rows levers; /* of struct lever_row */
};

/* What a county has of a lever: units first .. first + n - 1 of all. */
struct lever_part {
    bool here;
    int64_t first, n;
};

/* A row with its names found. */
struct lever_plan {
    const struct lever_kind *kind;
    int service, to_service; /* -1: none */
    uint64_t key;            /* from the name, for draws */
    double from, to;         /* minutes; `to` is the first moment after */
    struct lever_part *part; /* [n_regions] */
};

/* Prepared. */
struct lever_tab {
    int n;
    const struct lever_row *row; /* [n] */
    struct lever_plan *plan;     /* [n] */
    struct axis axis;            /* of results by lever */
};

struct lever_out {
    double lever_effect; /* in the unit of the kind */
    double lever_cost;   /* CNY */
    int64_t lever_units;
};

/* In region.own[MODELS_LEVER]. */
struct levers {
    double *strength;               /* [n] 0: not in force, 1: fully; owned */
    int64_t *pieces;                /* [n] to be given out; owned */
    struct policy base, now, spare; /* without any lever; as it is; for comparisons */
};

/* The table, and a county's state. */
const struct lever_tab *lever_of(const struct setup *s);
struct levers *lever_state(const struct region *r);

/* The key of a lever in a county. */
uint64_t lever_key(const struct region *r, int lever);

/* Whether a lever is about a service: the one it names, or one that serves it. */
bool lever_covers(const struct setup *s, int lever, int service);

/* Schedules the opening of a site that a lever closed for works; minutes from now. */
void lever_open_later(struct region *r, int lever, int32_t facility, double wait);

#endif
