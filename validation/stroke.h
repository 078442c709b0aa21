/*
 * stroke.h - the stroke wards of Monks et al. as a model of carecap's engine: an acute
 * ward and a rehabilitation ward with beds enough for all, of which the occupancy says
 * how often a patient would be delayed with fewer.
 *
 * Four kinds of patients come to the acute ward, some of whom go on to rehabilitation,
 * and three kinds come to rehabilitation directly. Stays are lognormal and depend on
 * the kind and, for strokes, on early supported discharge.
 *
 * Source   Monks, Worthington, Allen, Pitt, Stein, James, BMC Health Services Research
 *          16 (2016) 530
 */
#ifndef VALIDATION_STROKE_H
#define VALIDATION_STROKE_H

#include "sim/model.h"

enum stroke_ward { STROKE_ACUTE, STROKE_REHAB, STROKE_WARDS };
enum stroke_kind {
    STROKE_STROKE,
    STROKE_TIA,
    STROKE_NEURO,
    STROKE_OTHER,
    STROKE_KINDS
};
enum { STROKE_BEDS = 64 };

struct stroke_stay {
    double mean, sd; /* day */
};

struct stroke {
    double gap[STROKE_WARDS][STROKE_KINDS]; /* mean days between arrivals; 0: none */
    struct stroke_stay stay[STROKE_WARDS][STROKE_KINDS];
    struct stroke_stay early[STROKE_WARDS]; /* strokes with early supported discharge */
    double to_rehab[STROKE_KINDS];          /* share of the acute ward's patients */
    double to_early[STROKE_WARDS];          /* share of strokes */
    double off;                             /* factor on stays; 1: right */
};

extern const struct stroke stroke_published;

/* Result: `minutes` [wards * STROKE_BEDS], for how long so many beds were in use. Its
 * parameters are a struct stroke. */
extern const struct model stroke_model;

/* Offered load of a ward: arrivals times mean stay, patients. */
double stroke_load(const struct stroke *p, int ward);

#endif
