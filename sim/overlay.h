/*
 * overlay.h - which node gives each row its value: bases first, the file over them, the
 * command line over all.
 *
 * Reads the YAML files and finds unknown sections and keys; values are not looked at,
 * so that a table which a later file replaces is never opened.
 */
#ifndef SIM_OVERLAY_H
#define SIM_OVERLAY_H

#include "sim/field.h"
#include "sim/intake.h"
#include "sim/model.h"
#include "sim/tree.h"

#include <stdbool.h>

enum { OVERLAY_BASES = 8 }; /* longest chain of bases */

/* A row, and the node that gives its value. */
struct overlay_slot {
    const struct model *model; /* NULL at the top level */
    const struct field *field;
    const struct tree *node; /* the last one; NULL when nothing was given */
    const struct tree **all; /* [n_all] keyed: every one, bases first; else `node`;
                                owned */
    int n_all;
};

struct overlay {
    struct intake *in;                 /* not owned */
    const struct model *const *models; /* not owned; ends with NULL */
    struct overlay_slot *slot; /* [n]: the top level, then models in order; owned */
    int n;
    struct field *top; /* every key of the top level, ends with an empty row; owned */
    bool incomplete;   /* a file was not understood: what is missing may stand there */
    const struct intake_file *chain[OVERLAY_BASES + 1]; /* the file and its bases */
};

/* `run` are the rows of the top level. */
void overlay_init(struct overlay *self, struct intake *in,
    const struct model *const *models, const struct field *run);
void overlay_free(struct overlay *self);

/* Lays a scenario file and its bases over what is there. */
void overlay_file(struct overlay *self, const char *path);

/* Lays `section.key=value` over what is there; its nodes stand at "--set section.key".
 */
void overlay_set(struct overlay *self, const char *text);

#endif
