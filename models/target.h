/*
 * target.h - which months of a run a target looks at, and what it makes of them.
 *
 * point       the observation at the due date; with a season as `year`
 * year        January of the year of `by`, to `by`; or the season that ends in it
 * run         all months from the start, or from `since`, to `by`
 * worst_year  each whole calendar year, or season, from the start, or from `since`, to
 *             `by`; the least favourable decides
 *
 * Rises and falls are changes: against the observation at the start (or `since`) for
 * point; against the same months of the first year that has them all for year and
 * season; from each year to the next for worst_year. A season of a flow is summed, of a
 * state averaged.
 */
#ifndef MODELS_TARGET_H
#define MODELS_TARGET_H

#include "models/measure.h"
#include "models/plan.h"

#include <stdbool.h>

enum { TARGET_NO_ITEM = -2 };

/* Index of the item among the results by item, -1 when the target names none;
 * TARGET_NO_ITEM when its indicator has no such item. */
int target_item(const struct setup *s, const struct target *self);

/* Reports what does not go together, with the run or in itself; an unknown indicator is
 * reported elsewhere. */
void target_check(const struct setup *s, const struct target *self, struct place at,
    struct report *report);

/* The observation at which the months end that decide; -1 when they are not in the run.
 */
int target_due(const struct setup *s, const struct target *self);

/*
 * The months that the target looks at when they end at observation `last`.
 *
 * Returns  false when they are not all in the run, or none ends there
 */
bool target_span(const struct setup *s, const struct target *self, int last,
    struct measure_span *span);

/*
 * Whether the months that end at `last` can show that the target is met, be it before
 * or after it is due:
 *
 * point       every observation
 * year        a sum that has to reach a value: every month, since the sum only grows
 *             within a year; all others: the month of the due date, of any year
 * season      likewise within a season; all others: its last month, of any year
 * run         a sum that has to reach a value: every month; all others when due
 * worst_year  when due
 *
 * due      target_due()
 * sums     the numerator is a flow
 */
bool target_decides(
    const struct setup *s, const struct target *self, int due, int last, bool sums);

/* The value, or the change, over a span; of several windows the worst. NAN when it is
 * undefined in all. */
double target_value(
    const struct target *self, const struct measure *measure, struct measure_span span);

/* The bound: the value asked for, or the least change. */
double target_bound(const struct target *self);

/* Whether the target asks for a change. */
bool target_changes(const struct target *self);

/* Distance of a value to the bound, > 0 on the good side; NAN stays NAN. */
double target_margin(const struct target *self, double value);

/* Whether a value meets the target; NAN does not. No change is neither rise nor fall.
 */
bool target_holds(const struct target *self, double value);

/* The one of two values that is further behind; NAN only when both are. */
double target_worse(const struct target *self, double a, double b);

#endif
