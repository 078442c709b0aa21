/*
 * market.h - private homes open and close as they earn or lose.
 *
 * On 1 January a private home that lost money in each of the last `close_after` whole
 * years closes. Where the county's private homes were fuller than `enter_occupancy` and
 * a new one would earn enough at that occupancy, one is begun, and opens after
 * `enter_delay`; one at a time. A home's result is fees and subsidies less the staff
 * that its users need, running cost and rent. A row of the stock that stands for
 * several homes closes as a whole; a county without private homes gets none.
 */
#ifndef MODELS_MARKET_H
#define MODELS_MARKET_H

#include "models/facility.h"

struct market_par {
    int64_t on; /* 0: the stock is as the plan has it */
    int64_t close_after;
    double enter_occupancy, enter_return;
    int64_t enter_beds;
    double enter_nursing, enter_delay; /* share, day */
    double build_cost;                 /* CNY a bed */
    const char *service;
};

struct market_out {
    int64_t market_opened, market_closed, market_losing, market_result;
};

/* The present year of a facility, its guests included. */
struct market_site {
    int64_t users, beds;  /* user-months, bed-months */
    int64_t margin, cost; /* fen: what users brought beyond their own cost; of places */
    int64_t seen[BEDS];   /* users of this month that are no guests */
    int32_t months;       /* that it stood */
    int32_t losses;       /* whole years in a row, up to the last one */
};

/* In region.own[MODELS_MARKET]; NULL when it is not on. */
struct market {
    struct market_site *site; /* [n] as facilities; owned */
    int32_t n, room;
    uint32_t begun; /* new homes so far */
    bool building;
};

#endif
