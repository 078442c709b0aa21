/*
 * lever_kind.h - the kinds of levers: one row each says what it does, which columns it
 * needs and takes, and how.
 */
#ifndef MODELS_LEVER_KIND_H
#define MODELS_LEVER_KIND_H

#include "models/lever.h"

/* Columns that not every kind looks at, as bits of a set. */
enum lever_column {
    LEVER_SERVICE = 1 << 0,
    LEVER_TO_SERVICE = 1 << 1,
    LEVER_STAFF = 1 << 2,
    LEVER_AMOUNT = 1 << 3,
    LEVER_HOMES = 1 << 4,
    LEVER_LEASE = 1 << 5,
    LEVER_COST = 1 << 6,
    LEVER_VALUE = 1 << 7,
    LEVER_BED = 1 << 8,
    LEVER_INCOME = 1 << 9,
    LEVER_GRADE = 1 << 10,
    LEVER_RULE = 1 << 11,
    LEVER_RAMP = 1 << 12
};
enum { LEVER_COLUMNS = 13 };
extern const char *const lever_kind_columns[LEVER_COLUMNS]; /* names, by bit */

/* What a kind asks of its row, as bits of a set. */
enum lever_ask {
    LEVER_OF_PLACES = 1 << 0, /* of the service: sites with places */
    LEVER_OF_PIECES = 1 << 1, /* is of kind once */
    LEVER_OF_DESK = 1 << 2,   /* has applicants of its own */
    LEVER_SAME_DESK = 1 << 3, /* to_service takes the same applicants */
    LEVER_SHARE = 1 << 4,     /* value is a share */
    LEVER_POSITIVE = 1 << 5   /* value is above 0 */
};

/* What came of a unit: as `amount` counts, and in the unit of the effect. */
struct lever_done {
    int64_t units;
    double effect;
};

struct lever_kind {
    const char *name, *doc;
    const char *unit, *effect;     /* of the effect: unit, what it counts */
    unsigned needs, either, takes; /* columns: all of, one of, besides */
    unsigned asks;
    bool sites;  /* a unit is a site */
    bool places; /* ... with its part of `amount` as places */
    bool pays;   /* the effect is money that the lever costs */

    /* Delivers unit `k` of a county's; NULL: there are none. */
    struct lever_done (*deliver)(struct region *r, int lever, int64_t k);
    /* Adds what a lever in force, at a strength of 0 to 1, does; NULL: nothing. */
    void (*apply)(struct policy *p, const struct setup *s, int lever, double strength);
    /* At a month's end: what is so only because of the lever, `without` which the
     * policy would be that. */
    double (*differs)(struct region *r, int lever, struct policy *without);
    /* Once a month while in force: what came of the month. */
    struct lever_done (*month)(struct region *r, int lever, int64_t k);
};

/* Ends with an empty row. Names for FIELD_CHOICE in the same order. */
extern const struct lever_kind lever_kind_list[];
extern const char *const lever_kind_names[];

/* Whether the units of such a row are sites; whether its sites close for works. */
bool lever_kind_of_sites(const struct lever_kind *self, const struct lever_row *row);
bool lever_kind_works(const struct lever_kind *self, const struct lever_row *row);

/* The columns that a row gives, as a set. */
unsigned lever_kind_given(const struct lever_row *row);

#endif
