/*
 * facility.h - homes and centres of a county, and their beds.
 */
#ifndef MODELS_FACILITY_H
#define MODELS_FACILITY_H

#include "sim/region.h"

enum facility_bed { BED_ORDINARY, BED_NURSING, BEDS };
enum facility_kind {
    PUBLIC_HOME,
    HANDED_OVER_HOME, /* built by the public, run by a private operator */
    PRIVATE_HOME,
    REGIONAL_CENTRE,
    COMMUNITY_CENTRE,
    FACILITY_KINDS
};

struct facility_par {
    struct rows facilities, projects;
    double price_ordinary[FACILITY_KINDS],
        price_nursing[FACILITY_KINDS]; /* CNY/month */
    double delay;                      /* day, mean */
    double delivered;                  /* share of projects */
};

struct facility {
    uint64_t key; /* from its id; the same in every scenario */
    int kind;
    int64_t homes;
    int64_t bed[BEDS];   /* that count in the plan */
    int64_t used[BEDS];  /* by residents */
    int64_t price[BEDS]; /* fen a month */
    bool open;           /* exists */
    bool operating;      /* takes residents */
};

/* In region.own[MODELS_FACILITY]: those of the start, then projects. */
struct facilities {
    struct facility *row; /* [n]; owned */
    int32_t n, room;
    int64_t operating[BEDS]; /* beds of homes that take residents */
};

#endif
