/*
 * lever_kind.h - the kinds of levers: one row each says what it does, which columns it
 * needs and takes, and how.
 */
#ifndef MODELS_LEVER_KIND_H
#define MODELS_LEVER_KIND_H

#include "models/lever.h"
#include "models/payment.h"

/* What a kind asks of its row, as bits of a set. */
enum lever_ask {
    LEVER_OF_PLACES = 1 << 0, /* of the service: sites with places */
    LEVER_OF_PIECES = 1 << 1, /* is of kind once */
    LEVER_OF_DESK = 1 << 2,   /* has applicants of its own */
    LEVER_SAME_DESK = 1 << 3, /* to_service takes the same applicants */
    LEVER_SHARE = 1 << 4,     /* value is a share */
    LEVER_POSITIVE = 1 << 5,  /* value is above 0 */
    LEVER_OF_PRIVATE = 1 << 6 /* of the service: a private residence */
};

enum { LEVER_QUARTERS = 4 }; /* of a year */

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
    bool sites;                   /* a unit is a site */
    bool places;                  /* ... with its part of `amount` as places */
    bool pays;                    /* the effect is money that the lever costs */
    enum payment_purpose purpose; /* of what units cost, ... */
    enum payment_account to;      /* ... and who gets it */

    /* Delivers unit `k` of a county's; NULL: there are none. */
    struct lever_done (*deliver)(struct region *r, int lever, int64_t k);
    /* Adds what a lever in force, at a strength of 0 to 1, does; NULL: nothing. */
    void (*apply)(struct policy *p, const struct setup *s, int lever, double strength);
    /* At a month's end: what is so only because of the lever, `without` which the
     * policy would be that. */
    double (*differs)(struct region *r, int lever, struct policy *without);
    /* At once and then every quarter while in force. */
    struct lever_done (*quarter)(struct region *r, int lever, int64_t k);
};

/* Ends with an empty row. Names for FIELD_CHOICE in the same order. */
extern const struct lever_kind lever_kind_list[];
extern const char *const lever_kind_names[];

/* Whether the units of such a row are sites; whether its sites close for works. */
bool lever_kind_of_sites(const struct lever_kind *self, const struct lever_row *row);
bool lever_kind_works(const struct lever_kind *self, const struct lever_row *row);

#endif
