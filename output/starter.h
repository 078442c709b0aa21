/*
 * starter.h - the texts of a folder that `carecap init` writes: a plan's own scenario
 * with a comment at every key, a question to it, and what to change first.
 *
 * Comments come from the rows of the models, so that they say what `carecap list
 * parameters` says.
 */
#ifndef OUTPUT_STARTER_H
#define OUTPUT_STARTER_H

#include "sim/scenario.h"

#include <stdio.h>

/* A table of the plan, as the folder has it. */
struct starter_table {
    const char *name; /* "people.csv", "base/life_table.csv" */
    const struct model *model;
    const struct field *field; /* what it is */
    int64_t rows;
};

struct starter {
    const char *from;                  /* the plan it is copied from */
    const char *title;                 /* of that plan */
    const struct starter_table *table; /* [n_tables] */
    int n_tables;
};

/*
 * Copies the scenario `text`, whose folder moves into the folder that held it beside
 * others: `../base/x` becomes `base/x`. Every section and key gets its comment.
 */
void starter_scenario(const struct starter *self, const char *text, FILE *out);

/* Copies YAML; paths that begin with `from` begin with `to` then. */
void starter_copy(const char *text, const char *from, const char *to, FILE *out);

/* A few lines on top of scenario.yaml. */
void starter_what_if(FILE *out);

void starter_readme(const struct starter *self, FILE *out);

#endif
