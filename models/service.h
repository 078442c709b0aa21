/*
 * service.h - what care is on offer: every service is a row of data.
 *
 * A service says who may use it, who wants it, how people queue, what it costs and what
 * staff it takes. One that `serves` another has no applicants of its own: it is a kind
 * of supplier (a public home, say) for the applicants of the other's desk. The terms
 * that levers change live per county and service.
 */
#ifndef MODELS_SERVICE_H
#define MODELS_SERVICE_H

#include "models/models.h"
#include "models/person.h"
#include "sim/region.h"

enum { SERVICES_MOST = 200 };
enum service_kind { RESIDENCE, ATTENDANCE, VISIT, ONCE, SERVICE_KINDS };
enum service_tier { TIER_COUNTY, TIER_TOWNSHIP, TIER_COMMUNITY, SERVICE_TIERS };
enum service_owner { OWNER_PUBLIC, OWNER_HANDED_OVER, OWNER_PRIVATE, OWNERS };
enum service_rule {
    RULE_PRIORITY,
    RULE_FIRST_COME,
    RULE_ACCUMULATING,
    RULE_QUOTA,
    RULES
};
enum service_where { ANYWHERE, RURAL_ONLY, URBAN_ONLY, WHERES };
enum service_bed { BED_ORDINARY, BED_NURSING, BED_DEMENTIA, BEDS };

/* Classes in a waiting line; lower first under strict priority. */
enum service_class {
    CLASS_DESTITUTE,
    CLASS_LOW_INCOME, /* on minimum allowance, grade 3 or 4 */
    CLASS_SEVERE,     /* grade 3 or 4 */
    CLASS_OTHER,
    CLASSES
};

struct service_row {
    const char *name, *title, *title_zh;
    const char *serves; /* NULL: has a desk of its own */
    int32_t kind, tier, owner;
    int64_t age_from, age_to, grade_from, grade_to; /* completed years; grades */
    int32_t residence, income_to;
    double need_above, hours[GRADES]; /* h/week */
    double willing_rural, willing_urban;
    double odds_disabled, odds_alone, odds_old, odds_insured, odds_burdened;
    double near_km, uptake;              /* km, 1/yr */
    double application, patience, round; /* day */
    double refusal;
    int32_t rule;
    double weight[CLASSES], reserve;
    double discharge, overflow; /* 1/yr, day */
    int64_t transfer;
    double price[BEDS]; /* CNY/month; once: CNY a piece */
    int32_t staff;      /* enum service_staff */
    double clients[GRADES];
    double days; /* a week */
    int64_t unlimited;
    double users; /* per 1,000 eligible at the start */
    int64_t grade_nursing, guests, adapts;
    const char *source, *quality;
};

struct service_par {
    struct rows services;                                 /* of struct service_row */
    double km_near[SERVICE_TIERS], km_far[SERVICE_TIERS]; /* km */
};

/* Prepared: rows in the order of the input. */
struct service_tab {
    int n;
    const struct service_row *row; /* [n] */
    int *desk; /* [n] whose applicants it takes: itself, or what it serves */
    int *elders, *children; /* desks for people past 60, and for others; end with -1 */
    uint32_t *key;          /* [n] from the name, for draws */
    struct axis axis;       /* of results by service */
};

/* What levers may change in a county, by service; who does so tells care_look_again()
 * or care_suppose(), as who is let in and wants it is worked out then. */
struct service_terms {
    double price;                    /* factor on the fee */
    double odds;                     /* factor on the odds of being willing */
    int32_t rule;                    /* enum service_rule */
    int32_t grade_from, income_to;   /* who may use it */
    double reserve;                  /* share of places kept for the destitute */
    double subsidy[GRADES][INCOMES]; /* CNY/month off the fee */
    double covered;                  /* share of the fee that insurance pays, ... */
    int32_t covered_grade;           /* ... from this grade on */
};

/* Results of one service in a county and month; the model care counts them. */
enum { SERVICE_WAITS = 6, SERVICE_LONG = 3 }; /* classes of waiting time; 90 days */
struct service_out {
    int64_t users, users_by_grade[GRADES], waiting_list, waiting_by_class[CLASSES];
    int64_t places, nursing_places, vacant, usable, sites, large_sites;
    int64_t units, covered_units; /* communities, townships: all, and with a site */
    int64_t eligible, served, offered; /* the last two with what serves it */
    int64_t ghost_staff, ghost_type, ghost_price, ghost_lag;
    int64_t considered[GRADES], needing[GRADES], willing[GRADES], able[GRADES];
    int64_t applied[GRADES], admitted[GRADES];
    int64_t refused, gave_up, withdrew, died_waiting, moved_waiting;
    int64_t discharged, died_using, moved_using, displaced, transferred, overflowed;
    int64_t joined_line, admitted_after[SERVICE_WAITS], left_after[SERVICE_WAITS];
    int64_t waiting_since[SERVICE_WAITS];
    int64_t placed_90, decided_90; /* within 90 days; placed, left or still there */
    int64_t new_places, new_nursing, new_sites, pieces;
    double wait_days, hours; /* day; h/week at the time */
};

/* Inline, as they are looked up for every person and service. */
static inline const struct service_tab *
service_of(const struct setup *s)
{
    return s->tab[MODELS_SERVICE];
}

/* Terms stand in region.own[MODELS_SERVICE], [n]. */
struct service_terms *service_terms(const struct region *r, int service);
struct service_out *service_results(const struct region *r, int service);

/* Index of the service named `name`, or -1; the second with a mistake at row `i` of
 * `rows` when nobody knows it. */
int service_find(const struct setup *s, const char *name);
int service_find_or(const struct setup *s, const char *name, const struct rows *rows,
    int64_t i, struct report *report);

/* Users that so many places of a service hold at once, and places that so many users
 * take. */
int64_t service_slots(const struct service_row *row, int64_t places);
int64_t service_places(const struct service_row *row, int64_t users);

/* Fen a month (a piece) that a user of a grade and income class pays, that insurance
 * pays, and that is subsidised; together the fee. */
struct service_fee {
    int64_t own, insured, subsidised;
};
struct service_fee service_fee(
    const struct region *r, int service, int bed, unsigned grade, unsigned income);

#endif
