/*
 * origin.h - the plans that come with carecap, by name: a folder of `scenarios` with a
 * plan.yaml is named as the folder is (`dali`); of a folder without, every scenario in
 * it that stands on a base (`scale/yunnan`).
 *
 * The folder `scenarios` is looked for beside the program, then in the working
 * directory.
 */
#ifndef OUTPUT_ORIGIN_H
#define OUTPUT_ORIGIN_H

#include "sim/err.h"

enum { ORIGIN_PATH = 4096 };

struct origin {
    char root[ORIGIN_PATH]; /* the folder `scenarios`, absolute, without links */
    char path[ORIGIN_PATH]; /* the scenario file in it */
};

/*
 * Finds the plan `name`.
 *
 * Fails    ERR_INPUT when there is no folder of scenarios, which names where it could
 *          be, or no such plan in it, which names those that are
 */
int origin_find(struct origin *self, const char *name) MUST_USE;

#endif
