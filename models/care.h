/*
 * care.h - residential care: who needs it, wants it, can pay, applies, waits, is
 * placed.
 *
 * A case is one person's application or stay. Waiting is in two lines a county
 * (stations), one for each type of bed, with classes.
 */
#ifndef MODELS_CARE_H
#define MODELS_CARE_H

#include "models/facility.h"
#include "models/person.h"
#include "sim/region.h"
#include "sim/station.h"

/* First come first served within a class; lower classes first. */
enum care_class {
    CLASS_DESTITUTE,
    CLASS_LOW_INCOME, /* on minimum allowance, grade 3 or 4 */
    CLASS_SEVERE,     /* grade 3 or 4 */
    CLASS_OTHER,
    CLASSES
};

/* Handlers of the model, in the order of its table. */
enum care_event { CARE_APPLY, CARE_GIVE_UP, CARE_LEAVE, CARE_ROUND };

struct care_par {
    double need_hours[GRADES];      /* h/week */
    double informal_hours[LIVINGS]; /* h/week */
    double need_above;              /* h/week that must stay unmet */
    double willing_rural, willing_urban, willing_disabled_odds, willing_alone_odds;
    double pension[INCOMES], family_help[RESIDENCES]; /* CNY/month */
    double application, patience, round;              /* day */
    double refusal;                                   /* share of offers */
    double discharge;                                 /* 1/yr */
    double nursing_from; /* grade that needs a nursing bed */
    double staff_share;  /* of caregivers who work in homes */
    double residents;    /* per 1,000 people aged 60+, at the start */
    double backlog;      /* day */
};

struct care_out {
    int64_t residents, waiting, vacant_beds, staffed_beds, usable_beds;
    int64_t residents_by_grade[GRADES], waiting_by_class[CLASSES];
    int64_t funnel_considered[GRADES], funnel_needing[GRADES], funnel_willing[GRADES];
    int64_t funnel_able[GRADES], funnel_applied[GRADES], admitted[GRADES];
    int64_t refused, gave_up, withdrew, died_waiting, moved_waiting;
    int64_t discharged, died_resident, moved_resident;
    double wait_days;
};

struct care_case {
    uint32_t person; /* row; or the next free case */
    uint32_t ticket; /* of the line, while waiting */
    int32_t facility;
    int32_t bed;   /* enum facility_bed, wanted or used */
    int32_t due;   /* minutes, of the case's pending event, or NEVER */
    int32_t since; /* minutes, of application */
    int64_t load;  /* of caregivers, in millionths of one; residents only */
};

/* In region.own[MODELS_CARE]. */
struct care {
    struct care_case *row; /* [n]; owned */
    uint32_t n, room, free;
    struct station line[BEDS];
    int64_t load; /* millionths of a caregiver, of all residents */
    int64_t residents_by_grade[GRADES];
};

#endif
