/*
 * tariff.h - what care costs those who run it, and what they get beside fees: the rates
 * of the model ledger, fen a month.
 */
#ifndef MODELS_TARIFF_H
#define MODELS_TARIFF_H

#include "models/facility.h"
#include "models/workforce.h"

/* Operating subsidy of an occupied bed; 0 for what is no residence. */
int64_t tariff_operating(const struct region *r, int service, int bed, unsigned grade);

/* One of the staff, without the others that work beside. */
double tariff_wage(const struct region *r, enum staff_kind kind);

/* Wages of other staff (kitchen, nurses, office) for each fen of a kind's wages. */
double tariff_others(const struct region *r, enum staff_kind kind);

/* The kind of staff that a service takes, or -1; and how many of it a user takes. */
int tariff_kind(const struct service_row *row);
double tariff_need(const struct service_row *row, unsigned grade);

/* Wages for a user by what the user needs, others included. */
double tariff_staff(const struct region *r, int service, unsigned grade);

/* Food, materials for a user (of once: a piece). */
int64_t tariff_user(const struct region *r, int service, int bed);

/* Energy, upkeep and, when leased, rent of all places of a site. */
int64_t tariff_site(const struct region *r, const struct facility *x);

#endif
