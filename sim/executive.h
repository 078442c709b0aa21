/*
 * executive.h - runs all regions of a replicate, window by window, on all threads.
 *
 * Regions run by themselves to the end of a window; then what they sent is delivered,
 * in one order by content, and at month ends every model observes. The number of
 * threads and the order of arrival change nothing.
 */
#ifndef SIM_EXECUTIVE_H
#define SIM_EXECUTIVE_H

#include "sim/err.h"
#include "sim/result.h"
#include "sim/setup.h"

#include <stdbool.h>

/* What a caller sees while a run goes on; called by one thread at month ends. */
struct executive_watch {
    void (*month)(void *context, int replicate, int time); /* NULL when not wanted */
    bool (*stop)(void *context);                           /* true ends the run */
    /* Wall time of one shard's turn (mail, observation, window), by any thread; NULL
     * when not wanted. */
    void (*turn)(void *context, int shard, double seconds);
    void *context;
};

struct executive_work {
    double setup_s, lives_s, exchange_s, observe_s; /* wall time of the parts, s */
    uint64_t *events;                               /* [n_kinds]; owned */
    uint64_t messages;
};

/*
 * Runs replicate `replicate` (0, 1, ...) into `result`, each rank of the team its own
 * shards: result_gather() brings them together.
 *
 * Fails    ERR_STOPPED when `watch` asked for it
 */
int executive_run(const struct setup *s, int replicate, int threads,
    struct result *result, const struct executive_watch *watch,
    struct executive_work *work) MUST_USE;

/*
 * The state at the start, time 0 of replicate 0, and no more: regions are set up one by
 * one, observed and given up, so that there is memory for it whenever there is for a
 * run. By this rank alone.
 *
 * result   may have no other time, with a setup of its own that is otherwise `s`
 */
void executive_start(const struct setup *s, int threads, struct result *result);

void executive_work_free(struct executive_work *self);

#endif
