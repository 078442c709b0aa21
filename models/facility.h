/*
 * facility.h - the sites of a county and their places; how the stock changes.
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
    int64_t bed[BEDS];     /* that count in the plan */
    int64_t used[BEDS];    /* by users and guests */
    int64_t becoming[BEDS]; /* ordinary beds in use that become the type when vacated */
    int32_t since;         /* minutes, when it opened; negative: before the start */
    bool open;             /* exists */
    bool operating;        /* takes users */
    bool lease;
};

/* In region.own[MODELS_FACILITY]: those of the start, then projects and levers' own. */
struct facilities {
    struct facility *row; /* [n]; owned */
    int32_t n, room;
    int64_t *sites; /* [services] open sites; owned */
};

struct facilities *facility_of(const struct region *r);

/* A new open row, its key from `key`; tells SIGNAL_BEDS. Returns its index. */
int32_t facility_build(struct region *r, const struct facility *as);

/* More beds of a type at a row; fewer when `n` < 0, never below 0 nor below those in
 * use; returns how many. Tells SIGNAL_BEDS. */
int64_t facility_extend(struct region *r, int32_t i, int bed, int64_t n);

/* Ordinary beds of a row into beds of `bed`: vacant ones at once, the others when they
 * fall vacant; returns how many there will be. Tells SIGNAL_BEDS. */
int64_t facility_convert(struct region *r, int32_t i, int bed, int64_t n);

/* A user of bed `bed` has left: books it, and converts the bed when that was asked
 * for. */
void facility_vacate(struct region *r, int32_t i, int bed);

/* The row takes no more users and its beds are gone (SIGNAL_CLOSES, then SIGNAL_BEDS).
 */
void facility_close(struct region *r, int32_t i);

/* The row's sites become those of another kind of supplier; its users stay. Tells
 * SIGNAL_BEDS. Both must serve the same desk, or the row be empty. */
void facility_hand_over(struct region *r, int32_t i, int service);

/* What region r has of `total` given for a code of the input; 0 when not in it. */
int64_t facility_part(const struct region *r, int64_t code, int64_t total);

#endif
