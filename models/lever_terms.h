/*
 * lever_terms.h - levers that are in force for a time: what each adds to the policy of
 * a county, and what is so only because of it.
 *
 * Fees, subsidies and insurance of a service with applicants of its own hold at all
 * that serve it; a lever on one of these holds there only.
 */
#ifndef MODELS_LEVER_TERMS_H
#define MODELS_LEVER_TERMS_H

#include "models/lever_kind.h"

/* For struct lever_kind, `apply`. */
void lever_terms_open(
    struct policy *p, const struct setup *s, int lever, double strength);
void lever_terms_wage(
    struct policy *p, const struct setup *s, int lever, double strength);
void lever_terms_subsidise(
    struct policy *p, const struct setup *s, int lever, double strength);
void lever_terms_build_subsidy(
    struct policy *p, const struct setup *s, int lever, double strength);
void lever_terms_insure(
    struct policy *p, const struct setup *s, int lever, double strength);
void lever_terms_narrow(
    struct policy *p, const struct setup *s, int lever, double strength);
void lever_terms_priority(
    struct policy *p, const struct setup *s, int lever, double strength);
void lever_terms_eligibility(
    struct policy *p, const struct setup *s, int lever, double strength);
void lever_terms_price(
    struct policy *p, const struct setup *s, int lever, double strength);
void lever_terms_willingness(
    struct policy *p, const struct setup *s, int lever, double strength);
void lever_terms_attract(
    struct policy *p, const struct setup *s, int lever, double strength);

/* For struct lever_kind, `differs`: users and applicants who could not be; quits that
 * the rates expect; CNY subsidised, insured, of fees; applicants elsewhere in the line.
 */
double lever_terms_people(struct region *r, int lever, struct policy *without);
double lever_terms_quits(struct region *r, int lever, struct policy *without);
double lever_terms_subsidised(struct region *r, int lever, struct policy *without);
double lever_terms_new_beds(struct region *r, int lever, struct policy *without);
double lever_terms_insured(struct region *r, int lever, struct policy *without);
double lever_terms_fees(struct region *r, int lever, struct policy *without);
double lever_terms_guests(struct region *r, int lever, struct policy *without);
double lever_terms_order(struct region *r, int lever, struct policy *without);

#endif
