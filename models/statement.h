/*
 * statement.h - the numbers that a plan prints about itself, as printed.
 *
 * A statement changes no run. It is what the linter (lint.h) holds against the stock,
 * the targets, the projects and other statements: what stands, what is wanted, what is
 * to be added; a share with the whole it is said to be of; a part with its total.
 */
#ifndef MODELS_STATEMENT_H
#define MODELS_STATEMENT_H

#include "models/indicator.h"
#include "models/plan.h"
#include "sim/field.h"
#include "sim/report.h"

#include <stdbool.h>

enum statement_says {
    STATEMENT_IS,       /* what stands */
    STATEMENT_AT_LEAST, /* what is wanted */
    STATEMENT_AT_MOST,
    STATEMENT_ADDS, /* what is to be added, in all */
    STATEMENT_SAYS
};

struct statement {
    const char *name, *title, *title_zh;
    int32_t says;
    const char *what;  /* indicator, result or parameter; NULL: only `topic` */
    const char *item;  /* as of a target */
    const char *topic; /* the plan's own word for what nothing measures; or NULL */
    double value;
    const char *unit;      /* as printed; NULL: the indicator's */
    int64_t year;          /* 0: not printed */
    const char *part, *of; /* statements; `of` may be a result instead */
    const char *total;     /* statement that this one is a part of */
    double within;         /* how far off by rounding; NAN: by its last digit */
    const char *source, *quality;
};

extern const struct field statement_columns[];

/* Reports names that nobody knows. */
void statement_check(
    const struct setup *s, const struct rows *statements, struct report *report);

/* The row named `name`, or NULL. */
const struct statement *statement_find(const struct rows *statements, const char *name);

/* What it is about is one thing: the same what (topic) and item. */
bool statement_same(const struct statement *a, const struct statement *b);

/* Whether it speaks of what a target measures. */
bool statement_of_target(const struct statement *self, const struct target *t);

/* The result that is counted: its indicator's numerator, or `what`; NULL for a
 * parameter or topic. */
const char *statement_counts(const struct statement *self);

/* Its unit, or "". */
const char *statement_unit(const struct statement *self);

/* How far the number may be off: half a unit of its last digit, or `within`. */
double statement_slack(const struct statement *self);

/* Whether `x` is the number stated, but for rounding. */
bool statement_near(const struct statement *self, double x);

#endif
