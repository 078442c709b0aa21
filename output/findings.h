/*
 * findings.h - what the linter of plans (models/lint.h) found: looked for, printed,
 * kept in the result file.
 */
#ifndef OUTPUT_FINDINGS_H
#define OUTPUT_FINDINGS_H

#include "models/lint.h"
#include "output/hdf.h"

#include <stdbool.h>
#include <stdio.h>

struct findings {
    struct lint lint;
    struct setup eve;    /* the run without its months */
    struct result start; /* of `eve` */
    bool made;           /* `start` was made here */
};

/*
 * Looks at a plan that is set up, stays as long as `s` and `result`.
 *
 * result   of a run that is over; NULL: the state at the start is made, unless there
 * are so many people that it takes more than a minute
 */
void findings_init(
    struct findings *self, const struct setup *s, const struct result *result);
void findings_free(struct findings *self);

void findings_text(const struct findings *self, bool zh, FILE *out);
void findings_json(const struct findings *self, FILE *out);

/* The rules, for `carecap list findings`. */
void findings_list(FILE *out);

/* Writes them into the group /provenance of a result file. */
void findings_write(struct hdf *file, const struct lint *lint);

#endif
