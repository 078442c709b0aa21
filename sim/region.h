/*
 * region.h - one logical process: a calendar, a state, results, and an outbox.
 *
 * It is a region as a whole, or a shard of one. A handler touches nothing outside it.
 * What is meant for another is a message: it arrives at the end of the window in which
 * it was sent.
 */
#ifndef SIM_REGION_H
#define SIM_REGION_H

#include "sim/calendar.h"
#include "sim/rng.h"
#include "sim/setup.h"

enum { MESSAGE_BODY = 96 };

struct message {
    int32_t time;      /* minutes, when it was sent */
    uint32_t from, to; /* shards; the number of a region is that of its first */
    uint32_t model;    /* whose receive() takes it */
    uint32_t serial;   /* order of sending within `from` */
    uint32_t kind;     /* free for the model */
    union {
        unsigned char byte[MESSAGE_BODY];
        uint64_t align;
    } body;
};

/* Where the subjects of a kind of event have their rows, or the serials. */
enum region_part { REGION_SUBJECT, REGION_SERIAL, REGION_PARTS };
struct region_records {
    const unsigned char *row; /* of subject 0; or NULL */
    size_t size;              /* bytes from one to the next */
    size_t link; /* where a row has the number (uint32_t) of another that its events
                    touch too; 0: nowhere */
    uint32_t n;  /* rows that there are, when they link */
};

struct region {
    const struct setup *setup; /* not owned */
    uint32_t index;            /* of the region, in order of code */
    uint32_t shard;            /* in the setup's list */
    int number;                /* of the shard in its region; 0: the first */
    uint64_t code;             /* stable name of the region */
    struct rng_run run;        /* names the random streams of this replicate */
    struct calendar calendar;
    void *state; /* shared by the models; made by the first model that starts */
    void **own;  /* [models] private to a model; each frees its own in finish() */
    void **out;  /* [models] results of the running month, [items] structs or one; NULL
                    when there are none; owned */

    struct message *outbox; /* [n_out]; owned */
    size_t n_out, out_capacity;
    uint64_t *events; /* [n_kinds] dispatched so far; owned */

    struct region_records (*records)[REGION_PARTS]; /* [n_kinds] of events; owned */
    bool has_records, has_links;                    /* some kind of event has */

    void (**listener)(struct region *r, uint32_t subject); /* by signal; owned */
    int *first_listener;                                   /* [signals + 1]; owned */
    int n_signals;
};

void region_init(
    struct region *self, const struct setup *s, uint32_t shard, struct rng_run run);
void region_free(struct region *self);

/* Time of the event being handled, or of the window's end between windows; minutes. */
int32_t region_now(const struct region *self);

/* Schedules handler `which` of model `model` for `subject`; `time` >= now or NEVER. */
void region_schedule(struct region *self, int model, int which, uint32_t subject,
    uint32_t serial, int32_t time);

/* Tells every model that listens that `signal` has come to `subject`. */
void region_signal(struct region *self, int signal, uint32_t subject);

/* Says where the subjects, or the serials, of a model's events have their rows, for
 * prefetching. A hint that changes nothing. */
void region_records(struct region *self, int model, enum region_part part,
    struct region_records records);

/* Whether a model has any part in this shard. */
bool region_has(const struct region *self, int model);

/* A new message to shard `to` (a region: its first) for model `model`, its body to be
 * filled; valid until the next call. */
struct message *region_send(struct region *self, uint32_t to, int model, uint32_t kind);

/* Runs every event before `end`; then the clock stands at `end`. */
void region_run(struct region *self, int32_t end);

#endif
