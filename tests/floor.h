/*
 * floor.h - the model behind queue.h: customers, places and a line in one region.
 */
#ifndef TESTS_FLOOR_H
#define TESTS_FLOOR_H

#include "sim/region.h"
#include "sim/station.h"
#include "tests/queue.h"

enum { FLOOR_WAITING = -1 };

struct floor_customer {
    uint32_t number; /* in order of arrival within the class */
    uint32_t class, ticket;
    int32_t joined, started; /* minutes; started: FLOOR_WAITING while in line */
    uint32_t next;           /* free row */
    bool present;
};

/* Counts of what happened since the warm-up. */
struct floor_tally {
    double arrived, delayed, lost, ended, left, beyond;
    double ended_of[QUEUE_CLASSES], wait_of[QUEUE_CLASSES]; /* minutes */
    double wait_served;                                     /* minutes */
    double waiting_minutes, busy_minutes; /* integrals up to its start */
};

struct floor {
    const struct queue *q;
    struct station station;
    struct floor_customer *row; /* [n]; owned */
    uint32_t n, room, free;
    struct floor_tally tally;
    double waited, stayed; /* minutes since the start, of those who are through */
};

struct floor_par {
    const struct queue *q;
    double minutes; /* of a unit of time */
};

/* Its parameters are a struct floor_par; a region's own state a struct floor. */
extern const struct model floor_model;

#endif
