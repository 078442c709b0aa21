/*
 * renewal.h - what RiskPaths must give on average, without simulating.
 *
 * Women move through their statuses in one order, with rates that depend on age and on
 * the time in a union or since one. On a grid of time the mass of each status is kept
 * by duration; within half a step rates are constant and both ways out are exact.
 * Halving the step changes nothing in the eighth digit.
 */
#ifndef VALIDATION_RENEWAL_H
#define VALIDATION_RENEWAL_H

#include "validation/riskpaths.h"

struct renewal {
    double childless;                       /* share at 40 */
    double age;                             /* mean at first pregnancy, yr */
    double pregnancies[RISKPATHS_STATUSES]; /* share of all women */
};

struct renewal renewal_of(const struct riskpaths *p);

#endif
