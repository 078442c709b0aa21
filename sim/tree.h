/*
 * tree.h - a YAML text as a tree whose every node knows its line and column.
 *
 * Built from libyaml's events. Refused with a message: anchors, aliases, tags, keys
 * given twice or that are not scalars, a second document, nesting deeper than 32, an
 * empty text.
 */
#ifndef SIM_TREE_H
#define SIM_TREE_H

#include "sim/intake.h"

#include <stdbool.h>
#include <stddef.h>

enum { TREE_DEEPEST = 32, TREE_MOST = 1 << 21 }; /* levels, nodes */

enum tree_kind {
    TREE_SCALAR,
    TREE_LIST, /* children are elements */
    TREE_MAP,  /* children are values, each with its key */
    TREE_BAD   /* was reported; to be passed over in silence */
};

struct tree {
    enum tree_kind kind;
    bool plain; /* a scalar without quotes */
    struct place place;
    const char *text; /* of a scalar; else NULL */
    const char *key;  /* in a map; else NULL */
    struct place key_place;
    int n; /* children */
    struct tree *child, *next;
};

/*
 * The tree of a text, in the arena.
 *
 * file     named in messages
 * placed   false: nodes have no line and column (a value of the command line)
 * Returns  NULL when there is none; a tree may be returned in spite of mistakes
 */
struct tree *tree_read(
    struct intake *in, const char *file, const char *text, size_t size, bool placed);

/* The value of `key` in a map, or NULL. */
const struct tree *tree_find(const struct tree *map, const char *key);

/* What the node is, for messages: "a list", "a mapping", "a text". */
const char *tree_kind_text(const struct tree *self);

#endif
