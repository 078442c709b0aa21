/*
 * till.h - a county whose people, users, sites and staff a test sets by hand, and the
 * models of money (service, ledger, facility, market) as they are.
 */
#ifndef TESTS_TILL_H
#define TESTS_TILL_H

#include "models/care.h"
#include "models/county.h"
#include "models/ledger.h"
#include "models/market.h"
#include "models/models.h"
#include "models/workforce.h"
#include "sim/date.h"

extern const struct model ledger_model, market_model;

enum {
    TILL_PUBLIC_HOME,
    TILL_HANDED_OVER_HOME,
    TILL_PRIVATE_HOME,
    TILL_DAY_CARE,
    TILL_CANTEEN,
    TILL_HOME_CARE,
    TILL_RETROFIT,
    TILL_SERVICES
};

/* All zero before till_init(); parameters may be changed between it and till_open(). */
struct till {
    struct ledger_par ledger;
    struct market_par market;
    struct service_row service[TILL_SERVICES];
    int line[TILL_SERVICES];
    struct service_par services;
    struct facility_par facility;
    void *pars[MODELS_COUNT];
    struct setup setup;
    struct report report;
    struct region region;
    int months;                /* so far */
    struct ledger_out out;     /* of the last month */
    struct market_out opening; /* of the last month */
    int64_t paid, received;    /* of accounts since the start, from results */
};

void till_init(struct till *self);

/* One county from one day to another, both included; nothing is started when there are
 * mistakes. */
void till_open(struct till *self, struct date from, struct date to);
void till_close(struct till *self);

/* Runs the next month and fills `out` and `opening`. */
void till_month(struct till *self);

/* A site of the start (before the first month) or one that opens now; its row. */
int32_t till_site(struct till *self, int service, int64_t ordinary, int64_t nursing);

/* A new user of a site (-1: of none). */
void till_use(struct till *self, int service, int32_t site, int bed, unsigned grade,
    unsigned income);

/* `n` people born in a month. */
void till_people(struct till *self, int year, int month, uint32_t n);

struct workforce *till_staff(struct till *self);

/* Fen: what an account paid in the last month for a purpose. */
int64_t till_paid(const struct till *self, int payer, int purpose);

#endif
