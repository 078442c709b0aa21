/*
 * forecast.h - how many elders there will be, by a quick cohort projection.
 *
 * No simulation: the people of the start, by sex and single year of age, die at the
 * rates of their county's life table (with its improvement, the grades in the shares
 * that belong to the age) and leave or come at the net rates across the border. Moves
 * between counties are left out: they do not change the sum.
 */
#ifndef MODELS_FORECAST_H
#define MODELS_FORECAST_H

#include "sim/setup.h"

/*
 * People of 60 and over in all counties.
 *
 * day      since 1970-01-01; at its end
 * Returns  person; NAN when `day` is 60 years or more after the start, or there is
 *          nobody below 60 to grow old (a run of elders only)
 */
double forecast_elders(const struct setup *s, int32_t day);

#endif
