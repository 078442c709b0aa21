/*
 * brass.h - a life table shifted to a given life expectancy.
 *
 * Source  Brass, On the scale of mortality, in Biological Aspects of Demography (1971)
 *         69-110: the relational logit, here with slope 1
 */
#ifndef MODELS_BRASS_H
#define MODELS_BRASS_H

#include "models/person.h"

#include <gsl/gsl_math.h>
#include <stdbool.h>

/* The root of `f` in [lo, hi], to 1e-13; NAN when the ends have the same sign. */
double brass_root(gsl_function *f, double lo, double hi);

/* Life expectancy at birth, yr, under yearly rates (1/yr, [AGES]); the last holds for
 * ever. */
double brass_expectancy(const double rate[AGES]);

/*
 * Yearly rates with life expectancy `e0` whose logits differ from the standard's by a
 * constant.
 *
 * standard  1/yr, [AGES]
 * e0        yr
 * rate      1/yr, [AGES], filled
 * Returns   false when no shift within the range of human mortality gives `e0`
 */
bool brass_fit(const double standard[AGES], double e0, double rate[AGES]);

#endif
