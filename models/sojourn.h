/*
 * sojourn.h - elders from elsewhere who come for a season, stay for a while, and leave.
 *
 * Guests are nobody of the county: no birth, grade or death. They come from origins,
 * by month; who finds a bed of the care stock, or makes do with a room outside it,
 * stays, and takes places of other services that are free, which residents then wait
 * for. Some guests settle when the stay ends: they become residents of the county.
 *
 * The n-th guest of an origin in a county is the same in every scenario: more guests
 * bring the n-th forward, and change nobody of another origin but through places.
 */
#ifndef MODELS_SOJOURN_H
#define MODELS_SOJOURN_H

#include "models/season.h"
#include "models/stay.h"

struct sojourn_origin {
    const char *name, *title, *title_zh;
    int64_t adcode; /* county or group; 0: all counties, by people */
    double guests;  /* person/yr */
    double share_elder;
    double weight[SEASON_MONTHS]; /* January first; any sum */
    double stay;                  /* day, mean */
    int32_t shape;                /* enum stay_shape */
    double spread;                /* standard deviation over mean, lognormal only */
    double early, homestay, settles;
    int64_t age_from, age_to, grade_to; /* of who settles */
    double price;                       /* CNY/month */
    const char *uses;                   /* names of services, by blanks; or NULL */
    const char *source, *quality;
};

/* Guests of a county in a calendar month, beside those of the origin's own. */
struct sojourn_month {
    const char *origin; /* NULL: the only one */
    int64_t adcode, month;
    double guests, stay_days; /* 0: the origin's stay */
    const char *source, *quality;
};

struct sojourn_par {
    struct rows origins, season;
    struct path level;
};

/* Results of one origin in a county and month. */
struct sojourn_out {
    int64_t guests, guests_in_homestays;
    int64_t guests_arrived, turned_away, guests_unserved, left_early, settled;
    double guest_nights, guest_fees; /* day, CNY */
};

struct sojourn_tab {
    int n;
    const struct sojourn_origin *row; /* [n] */
    uint32_t *key;                    /* [n] from the name, for draws */
    int (*uses)[STAY_USES + 1];       /* [n] desks; end with -1 */
    struct season season;
    struct axis axis;
};

/* What comes from an origin. */
struct sojourn_flow {
    double factor;    /* on what the season expects */
    double base;      /* level = base + factor x the season's */
    double threshold; /* level at which the next guest comes */
    uint32_t number;  /* of the next guest */
    int32_t due;      /* minutes, of the next guest, or NEVER */
    int64_t present, in_homestays;
    int64_t minutes; /* spent by guests since the last observation, up to `since` */
    int32_t since;
};

/* In region.own[MODELS_SOJOURN]. */
struct sojourn {
    struct sojourn_flow *flow; /* [origins]; owned */
    struct stay *guest;        /* [n]; owned */
    uint32_t n, room, free;
};

enum sojourn_event { SOJOURN_ARRIVE, SOJOURN_LEAVE };

const struct sojourn_tab *sojourn_of(const struct setup *s);
struct sojourn *sojourn_state(const struct region *r);

/* Brings the time that guests of an origin have spent up to now. */
void sojourn_clock(struct region *r, int origin);

/* Index of the origin named `name`, or -1. */
int sojourn_find(const struct setup *s, const char *name);

/* From now on `factor` (>= 0) times as many guests come from an origin as the input
 * says, also when it has been called before. */
void sojourn_scale(struct region *r, int origin, double factor);

#endif
