/*
 * facility.h - the sites of a county and their places (what changes them: stock.h).
 *
 * A row stands for `homes` sites of one kind of supplier (models/service.h). Beds are
 * of three types; services that are no residence have places, kept as ordinary beds.
 */
#ifndef MODELS_FACILITY_H
#define MODELS_FACILITY_H

#include "models/service.h"

struct facility_par {
    struct rows facilities, projects;
    double delay;     /* day, mean */
    double delivered; /* share of projects */
    int64_t large;    /* beds from which a home is large */
};

struct facility {
    uint64_t key; /* from its id; the same in every scenario */
    int32_t service;
    int64_t homes;
    int64_t bed[BEDS];      /* that count in the plan */
    int64_t used[BEDS];     /* by users and guests */
    int64_t becoming[BEDS]; /* ordinary beds in use that become the type when vacated */
    int32_t since;          /* minutes, when it opened; negative: before the start */
    bool open;              /* exists */
    bool operating;         /* takes users */
    bool lease;
};

struct facility_out {
    int64_t beds, institution_beds, nursing_beds, private_beds, homes;
    int64_t beds_opened, projects_opened;
    int64_t new_beds, new_public_beds, new_public_nursing;
    double construction;
};

/* In region.own[MODELS_FACILITY]: those of the start, then projects and levers' own. */
struct facilities {
    struct facility *row; /* [n]; owned */
    int32_t n, room;
    int64_t *sites; /* [services] open sites; owned */
};

struct facilities *facility_of(const struct region *r);

/* What region r has of `total` given for a code of the input; 0 when not in it. */
int64_t facility_part(const struct region *r, int64_t code, int64_t total);

#endif
