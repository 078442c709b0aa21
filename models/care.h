/*
 * care.h - who needs a service, wants it, can pay, applies, waits, is placed.
 *
 * A desk is a service with applicants of its own; it keeps one line (station) for each
 * type of bed. A case is one person's application to a desk, or the use of it; a person
 * may have a case at each desk.
 */
#ifndef MODELS_CARE_H
#define MODELS_CARE_H

#include "models/facility.h"
#include "models/service.h"
#include "sim/station.h"

/* Handlers of the model, in the order of its table. */
enum care_event {
    CARE_APPLY,
    CARE_GIVE_UP,
    CARE_LEAVE,
    CARE_ROUND,
    CARE_LOOK,
    CARE_TELL
};

enum case_state { APPLYING, WAITING, USING, RESTING, SERVED, CASE_STATES };

struct care_par {
    double need_hours[GRADES];                        /* h/week */
    double informal_hours[LIVINGS];                   /* h/week */
    double near_child_hours;                          /* h/week */
    double burdened_from;                             /* h/week of informal care */
    double dementia[6];                               /* share by age 60-64 ... 85+ */
    double pension[INCOMES], family_help[RESIDENCES]; /* CNY/month */
    double backlog;                                   /* day */
    int64_t neighbours; /* counties that are asked for a free place */
};

/* Prepared. */
struct care_tab {
    const struct overflow_tab *overflow;
};

/* Totals over homes (desks of kind residence) and hours of all care. */
struct care_out {
    int64_t residents, waiting, vacant_beds, staffed_beds, usable_beds;
    int64_t residents_by_grade[GRADES];
    double hours_needed, hours_spouse, hours_child, hours_near_child, hours_other;
    double hours_formal, hours_unmet;
};

struct care_case {
    uint32_t person;            /* row; or the next free case */
    uint32_t next;              /* case of the same person, or PERSON_NONE */
    uint32_t ticket;            /* of the line, while waiting (also for a transfer) */
    int32_t facility;           /* row, or -1: none is needed */
    int32_t due;                /* minutes, of the case's pending event, or NEVER */
    int32_t since;              /* minutes, of application */
    int32_t lost;               /* minutes, end of patience; of who waits */
    int32_t load;               /* of staff, in millionths of one; users, else 0 */
    int32_t minutes;            /* of care a week; users only */
    uint8_t desk, service;      /* applied to; of whom user (when using) */
    uint8_t state, bed, wanted; /* enum case_state, service_bed: used, waited for */
    uint8_t grade;              /* under which the user is tallied */
    uint8_t tries;              /* so far, for draws */
};

struct desk {
    struct station line[BEDS];
    int32_t *supplier; /* [n] facilities that serve it; owned */
    int32_t n, room;
    bool pending;            /* a round is to be held when the present one is over */
    bool dementia;           /* there were beds for dementia at the last round */
    int64_t offers[CLASSES]; /* served so far, for quotas */
    int64_t long_waiting;    /* people in line for 90 days and more, a month ago */
    bool look;               /* people are to consider it again at the next look */
};

/* How many users a kind of supplier has: by bed, grade, income. */
typedef int32_t care_tally[BEDS][GRADES][INCOMES];

/* In region.own[MODELS_CARE]. */
struct care {
    struct care_case *row; /* [n]; owned */
    uint32_t n, room, free;
    struct desk *desk; /* [services]; owned; only of those with a desk */
    care_tally *tally; /* [services] users by supplier; owned */
    int64_t *formal;   /* [services] minutes of care a week that users get, by desk */
    int64_t *eligible; /* [services] at the turn of the year; owned */
    struct gate *gate; /* [services] under the terms in force; owned */
    uint64_t *elders;  /* [words] bits of the rows of people past 60; owned */
    uint32_t words;
    int32_t (*elsewhere)[BEDS]; /* [near counties][services] free places; owned */
    int *pending; /* [services] desks to hold rounds at, the first n_pending; owned */
    int n_pending;
    bool holding;     /* a round */
    int32_t *kind_of; /* [n_kinds] service of each facility when last seen; owned */
    int32_t n_kinds, kinds_room;
};

/* After a service's terms have changed, people consider its desk again within half a
 * year; the second only asks what would be, and is to be undone. */
void care_look_again(struct region *r, int service);
void care_suppose(struct region *r, int service);

/* Pieces of a service of kind once, to be given out. */
void care_add_pieces(struct region *r, int service, int64_t n);

#endif
