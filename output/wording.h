/*
 * wording.h - what a target asks for, in the words of a planner.
 *
 * Short for a cell ("≥ 8 each year", "rises", "≤ 90 % Nov-Mar"), long for a sentence
 * ("at least 8 a year in every year to 2026"), in English or Chinese.
 */
#ifndef OUTPUT_WORDING_H
#define OUTPUT_WORDING_H

#include "models/plan.h"
#include "output/reader.h"

#include <stdbool.h>

struct wording {
    int over, bound;          /* enum plan_over, plan_bound */
    int month_from, month_to; /* season; 0: none */
    int32_t since, by;        /* days; since 0: the start of the run */
    double value;             /* the bound, or the least change; 0: any change */
    const char *unit;         /* not owned */
};

struct wording_text {
    char text[192];
};

/* From a plan, or from a result file. */
struct wording wording_target(const struct target *t, const char *unit);
struct wording wording_result(const struct reader_target *t);

/* What the plan calls a target; the indicator's label when it says nothing. */
const char *wording_title(const struct reader_target *t, bool zh);

/* An indicator's unit as the title of an axis. */
const char *wording_unit(const char *unit, bool zh);

/* Whether it asks for a level on a day: what can be drawn on the indicator's curve. */
bool wording_level(const struct wording *self);

/* Whether it asks for a change. */
bool wording_change(const struct wording *self);

/* As many targets as a line holds; the rest is "…". */
struct wording_line {
    char text[1024];
};

struct wording_text wording_short(const struct wording *self, bool zh);
struct wording_text wording_long(const struct wording *self, bool zh);

/* "Also asked: ...": what those targets [n] of an indicator ask for that are no level
 * on a day; "" when there are none. */
struct wording_line wording_others(
    const struct reader_target *targets, int n, const char *indicator, bool zh);

#endif
