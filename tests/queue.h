/*
 * queue.h - a queue on the engine: arrivals, places, stays, patience, two classes.
 *
 * A model of its own that uses region and station as residential care does: who finds a
 * free place takes it, others wait in line or are lost. Times are in any one unit. The
 * engine's clock has whole minutes: the shortest of the mean times is made
 * QUEUE_MINUTES long and durations are rounded to the nearest minute, which keeps their
 * means. What is left is that two events of one minute come in the order of their
 * kinds: an error of relative size 1 / QUEUE_MINUTES, far below the standard errors of
 * these runs.
 *
 * Draws belong to the customer, so that two queues differ in what differs, not in luck.
 */
#ifndef TESTS_QUEUE_H
#define TESTS_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

enum { QUEUE_CLASSES = 2, QUEUE_MINUTES = 10000 };

enum queue_shape {
    QUEUE_EXPONENTIAL, /* first, as tests leave it out */
    QUEUE_LOGNORMAL,
    QUEUE_GAMMA,
    QUEUE_CONSTANT,
    QUEUE_SHAPES
};

enum queue_measure {
    QUEUE_WAIT,    /* share of arrivals who do not get a place at once, nor are lost */
    QUEUE_BEYOND,  /* share who wait longer than `within` */
    QUEUE_LEAVE,   /* share who leave the line without a place */
    QUEUE_LOST,    /* share turned away */
    QUEUE_LINE,    /* mean number waiting */
    QUEUE_USE,     /* mean share of places in use */
    QUEUE_TIME,    /* mean time in line, all who came in */
    QUEUE_TIME_0,  /* likewise, class 0 */
    QUEUE_TIME_1,  /* likewise, class 1 */
    QUEUE_SERVED,  /* mean time in line of those who got a place */
    QUEUE_PRESENT, /* number in places and line at the end */
    QUEUE_MEASURES
};

struct queue {
    double arrivals[QUEUE_CLASSES]; /* 1/time; class 0 goes first */
    double swing, speed; /* class 0 comes at arrivals (1 + swing sin(speed t)) */
    double stay;         /* mean time in a place */
    enum queue_shape shape;
    double cv;       /* of stays, lognormal and gamma */
    double patience; /* mean, exponential; 0: endless */
    int places;
    bool lost;        /* nobody waits */
    double within;    /* time, for QUEUE_BEYOND */
    double warm;      /* time not counted; 0: queue_warm() */
    double customers; /* arrivals counted in a replicate, on average */
    int replicates;
    uint64_t seed;
    int32_t *wait; /* [n_wait] of class 0 by order of arrival, minutes, or NULL */
    uint32_t n_wait;
};

struct queue_found {
    double mean[QUEUE_MEASURES]; /* over replicates */
    double error[QUEUE_MEASURES];
    /* Minutes waited and stayed, all replicates from their empty start: the station's
     * integrals, and the sums over every customer's own times. */
    double integral[2], sum[2];
    double gap; /* the largest difference between the two in a replicate; minutes */
    int64_t events;
};

/* A time after which an empty start is forgotten: ten relaxation times. */
double queue_warm(const struct queue *q);

/* False when such a run does not fit into the engine's clock. */
bool queue_fits(const struct queue *q);

struct queue_found queue_run(const struct queue *q);

#endif
