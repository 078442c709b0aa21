/*
 * agenda.h - what a plan sets out to change in the stock of care, on paper: every
 * project and lever in full and on time, nobody leaving.
 *
 * What it adds is asked by the name of a result: beds, sites, pieces, staff and the
 * like. All counties together.
 */
#ifndef MODELS_AGENDA_H
#define MODELS_AGENDA_H

#include "models/service.h"
#include "models/staff.h"
#include "sim/report.h"
#include "sim/setup.h"

#include <stdbool.h>

/* A project, a lever, or the market when it is on. */
struct agenda_entry {
    const char *name; /* the id of a project; texts are not owned */
    const char *title, *title_zh;
    struct place place;
    bool project;
    const char *kind;        /* of a lever; "build" of a project; "market" */
    int service, to_service; /* index; -1: none */
    int staff;               /* enum staff_kind; -1: none */
    int32_t from, to;        /* days; evenly from one to the other */
    double place_of[BEDS];   /* beds by type; places of what is no residence first */
    double amount, sites;    /* as given; 0: not given */
    double cost;             /* CNY */
    bool operating;
};

struct agenda {
    const struct setup *setup;  /* not owned */
    struct agenda_entry *entry; /* [n]; the arena's */
    int n;
};

void agenda_init(struct agenda *self, const struct setup *s, struct arena *arena);

/* Whether any entry, or the path of recruits, changes a result. */
bool agenda_touches(const struct agenda *self, const char *result, int item);

/* The part of an entry that comes after the end of the day `after` to the end of the
 * day `by`. */
double agenda_part(const struct agenda_entry *e, int32_t after, int32_t by);

/* What all add after the end of the day `after` to the end of the day `by`; NAN when
 * only a run can tell. */
double agenda_added(
    const struct agenda *self, const char *result, int item, int32_t after, int32_t by);

/* People who begin training by the parameters' path in that time. */
double agenda_recruits(
    const struct agenda *self, enum staff_kind kind, int32_t after, int32_t by);

#endif
