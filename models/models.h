/*
 * models.h - the list of models, and the signals by which they hear of each other.
 */
#ifndef MODELS_MODELS_H
#define MODELS_MODELS_H

#include "sim/model.h"

/* Places in the list. A model prepares after those above it. */
enum models_id {
    MODELS_COUNTY,
    MODELS_GRADE,
    MODELS_MORTALITY,
    MODELS_FERTILITY,
    MODELS_POPULATION,
    MODELS_MIGRATION,
    MODELS_HOUSEHOLD,
    MODELS_SERVICE,
    MODELS_LEDGER,
    MODELS_WORKFORCE,
    MODELS_FACILITY,
    MODELS_CARE,
    MODELS_MARKET,
    MODELS_SOJOURN,
    MODELS_LEVER,
    MODELS_PLAN,
    MODELS_COUNT
};

/* What can happen to a person that others must hear of; the person's row stands. */
enum models_signal {
    SIGNAL_ADDED,  /* a new row: thresholds are residual, to be scheduled */
    SIGNAL_DUE,    /* the horizon has moved: events due before it are to be scheduled */
    SIGNAL_LEAVES, /* moves to another county: thresholds become residual again */
    SIGNAL_DIED,   /* before SIGNAL_GONE */
    SIGNAL_GONE,   /* the row is about to be freed */
    SIGNAL_GRADE,  /* care grade changed, or the person turned 60 */
    SIGNAL_LIVING, /* living arrangement changed */
    SIGNAL_BEDS, /* places opened or closed; the subject is a facility, not a person */
    SIGNAL_CLOSES, /* a facility is about to close; the subject is the facility */
    SIGNAL_PIECE,  /* a piece was handed over; the subject is the case */
    SIGNAL_GOES,   /* a person is to move to county.going_to */
    SIGNAL_STAFF,  /* staff has come; the subject is a kind of staff */
    SIGNALS
};

/* [MODELS_COUNT + 1], ends with NULL. */
extern const struct model *const models_list[];

#endif
