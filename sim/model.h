/*
 * model.h - what a model is: one constant that says all the engine needs.
 *
 * The engine is handed a list of models and knows none by name. Models meet only in the
 * shared state of a region (region.state) and in signals.
 */
#ifndef SIM_MODEL_H
#define SIM_MODEL_H

#include "sim/calendar.h"
#include "sim/field.h"

#include <stddef.h>
#include <stdint.h>

struct region;
struct report;
struct setup;
struct message;

struct handler {
    const char *name; /* of the event, as in diagnostics */
    void (*run)(struct region *r, const struct event *e);
    const char *doc;
};

struct model {
    const char *name; /* section in scenario files */
    const char *doc;
    const char *source;

    size_t par_size;         /* bytes of the parameter struct, constant in a run */
    const struct field *par; /* NULL when there are none */

    size_t tab_size; /* bytes of the tables that prepare() derives from parameters */
    void (*prepare)(struct setup *s, void *tab, struct report *report);

    size_t out_size; /* bytes of the result struct of one region, starts all 0 */
    const struct field *out;
    /* What the results of a region are by: an array of axis->n result structs, and the
     * axis comes before those of the rows. Asked after prepare(); stays as long as the
     * setup. n = 0: no results in this run. NULL: one struct a region. */
    const struct axis *(*items)(const struct setup *s);

    const struct handler *handlers; /* ends with .name == NULL */

    void (*start)(struct region *r);  /* sets up the region, schedules first events */
    void (*finish)(struct region *r); /* frees what start() took */
    void (*observe)(
        struct region *r); /* fills the FIELD_POINT members of its results */
    void (*receive)(struct region *r, const struct message *m); /* at a window's end */

    /* What to do when region_signal() tells of an event; [n_signals], NULL entries and
     * a NULL table are fine. Called in the order of the list of models. */
    void (*const *on)(struct region *r, uint32_t subject);
    int n_signals;

    bool shards; /* works in every shard of a region; the others in the first alone */
};

#endif
