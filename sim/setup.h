/*
 * setup.h - everything about a run that is fixed before its first event.
 *
 * The list of models, their parameters, the tables they prepared, the regions and the
 * clock. Shared by all replicates and threads, read only once the run has begun.
 */
#ifndef SIM_SETUP_H
#define SIM_SETUP_H

#include "sim/mem.h"
#include "sim/model.h"
#include "sim/report.h"

#include <stdint.h>

struct ranks_team;
struct scenario;

/* Never comes: beyond the end of every run. */
#define NEVER INT32_MAX

/* What one shard of a region holds and costs. */
struct shard_load {
    double rows; /* individuals, about: memory */
    double
        work; /* relative; 0: as many as rows. For an even spread over threads, ranks */
};

/*
 * What has a name and results, and meets others by messages alone. It runs as one
 * logical process or, split, as several shards: the first has all models, the others
 * those that need to know of nobody there. Results of all shards are added up.
 */
struct region_name {
    uint64_t code; /* stable: same in every scenario; regions are sorted by it */
    const char *name, *name_zh;
    struct shard_load load; /* of the first shard */
    int more;               /* shards besides */
    struct shard_load each; /* of these */
    int first_more;         /* where they begin in the setup's list; set by it */
};

/* A logical process. */
struct shard {
    int region, number; /* of its region: 0 for the first */
    struct shard_load load;
};

struct setup {
    const struct model *const *models; /* [n_models] */
    int n_models;
    void **par; /* [n_models] parameters; owned by the arena */
    void **tab; /* [n_models] prepared tables; owned by the arena */

    uint64_t seed;
    int32_t first_day, last_day; /* days since 1970-01-01; the last day is simulated */
    int32_t window;              /* minutes, the longest stretch without exchange */
    int32_t end;                 /* minutes; first moment after the run */
    int n_times;                 /* 1 + months: the start, then each month's end */
    int32_t *time;               /* [n_times] minutes; time[0] = 0 */
    int n_regions;
    struct region_name *region; /* [n_regions], set by a model's prepare() */
    int n_shards;
    struct shard *shard; /* [n_shards] the first of each region, in their order, then
                            the others; known when every model has prepared */

    const struct handler **handler; /* [n_kinds] of all models, in order */
    int *first_kind;                /* [n_models] kind of a model's first handler */
    int n_kinds;
    const struct axis **items; /* [n_models] NULL: one result struct a region; NULL as a
                                  whole until every model has prepared */
    const struct scenario *scenario; /* not owned; NULL when there was none */
    const struct ranks_team *team;   /* ranks that share a replicate; not owned; NULL
                                        for all */
    struct arena arena;
};

/*
 * Fills `self` for models whose parameters are read: the clock first, then every
 * model's prepare() in the order of the list, until one finds a mistake. `par` [models]
 * stays the caller's, who has set `seed`, `window` (0 for seven days) and `scenario`
 * before; everything else is overwritten.
 *
 * Fails    mistakes are added to `report`; without any the run can begin
 */
void setup_init(struct setup *self, const struct model *const *models, void **par,
    int32_t first_day, int32_t last_day, struct report *report);
void setup_free(struct setup *self);

/* The axis of a model's items, or NULL when it has none. In prepare() only for models
 * that are above in the list. */
const struct axis *setup_items(const struct setup *self, int model);

/* Bytes of a model's results in one region: of all its items. */
size_t setup_out_bytes(const struct setup *self, int model);

/* Place in `shard` of one of a region's. */
int setup_shard(const struct setup *self, int region, int number);

/* The moment `t`, minutes, as a fractional calendar year: 2021.0 is the start of 2021.
 */
double setup_year(const struct setup *self, int32_t t);

/* Where the input gave a value ("mortality.improvement"), for mistakes of prepare(). */
struct place setup_place(const struct setup *self, const char *name);

#endif
