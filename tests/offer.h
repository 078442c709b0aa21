/*
 * offer.h - counties of ward.h in which everybody of 60 and over wants one or more
 * services, called a, b, c ..., at once and for as long as it takes.
 */
#ifndef TESTS_OFFER_H
#define TESTS_OFFER_H

#include "tests/ward.h"

/* One service of a kind with `n` places, carers or pieces, which are left at
 * `discharge` a year; first come; `more` keys of its row, each after a comma. */
struct offer {
    const char *kind; /* "staff": visits that only staff limit */
    int n;
    double discharge;
    const char *more;
    const char *where; /* residence of whom it is for */
};

/* A county with so many elders and newcomers who die at `death`. */
struct offer_folk {
    int elders;
    double death;
    uint32_t replicate;
};

/* Opens a county with `n` services. */
void offer_open(struct ward *w, const struct offer *o, int n, struct offer_folk folk);

#endif
