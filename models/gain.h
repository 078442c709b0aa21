/*
 * gain.h - what one project or lever adds to a result, on paper: in full, nobody
 * leaving, all counties together.
 */
#ifndef MODELS_GAIN_H
#define MODELS_GAIN_H

#include "models/agenda.h"

/* Whether a result is stock or staff that only a plan changes; whether it is staff. */
bool gain_knows(const char *result);
bool gain_of_staff(const char *result);

/*
 * What an entry adds to a result.
 *
 * item     index of the result's item; < 0: all together
 * Returns  in the result's unit; 0 when it does not touch it, NAN when by an amount
 *          that only a run can tell
 */
double gain_of(
    const struct setup *s, const struct agenda_entry *e, const char *result, int item);

#endif
