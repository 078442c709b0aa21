#include "models/gate.h"

#include "models/funnel.h"
#include "models/models.h"

#include <assert.h>

static_assert(GRADES * INCOMES * RESIDENCES <= 64, "all kinds are bits of one word");

static uint64_t
set_of(const struct service_row *row, const struct service_terms *terms)
{
    uint64_t set = 0;

    for (int g = 0; g < GRADES; g++)
        for (int i = 0; i < INCOMES; i++)
            for (int k = 0; k < RESIDENCES; k++)
                if (g >= terms->grade_from && g <= row->grade_to &&
                    i <= terms->income_to &&
                    (row->residence == ANYWHERE ||
                        (k == RURAL) == (row->residence == RURAL_ONLY)))
                    set |= (uint64_t)1 << ((g * INCOMES + i) * RESIDENCES + k);
    return set;
}

/* Logistic odds, from the level of the residence. */
static double
odds_of(const struct region *r, int service, const struct person *p, bool old)
{
    const struct service_row *row = &service_of(r->setup)->row[service];
    const struct service_terms *terms = service_terms(r, service);
    const struct care_par *par = r->setup->par[MODELS_CARE];
    double x = p->residence == URBAN ? row->willing_urban : row->willing_rural;
    double odds = x / (1.0 - x) * terms->odds;

    if (p->grade > 0)
        odds *= row->odds_disabled;
    if (p->living == ALONE)
        odds *= row->odds_alone;
    if (old)
        odds *= row->odds_old;
    if (terms->covered > 0.0 && (int32_t)p->grade >= terms->covered_grade)
        odds *= row->odds_insured;
    if (par->need_hours[p->grade] >= par->burdened_from &&
        funnel_informal(par, p) >= par->burdened_from)
        odds *= row->odds_burdened;
    return odds;
}

void
gate_set(struct gate *self, const struct region *r, int service)
{
    const struct service_row *row = &service_of(r->setup)->row[service];
    struct person p = {.grade = 0};

    self->lets[1] = set_of(row, service_terms(r, service));
    self->lets[0] = row->age_from < ELDER_AGE ? self->lets[1] : 0;
    self->by_age = row->age_from != ELDER_AGE || row->age_to < AGES;
    self->by_old_age = row->odds_old < 1.0 || row->odds_old > 1.0;
    for (unsigned i = 0; i < GRADES * LIVINGS * RESIDENCES * 2; i++) {
        p.near = i & 1;
        p.residence = i / 2 & 1;
        p.living = i / 4 % LIVINGS & 7;
        p.grade = i / 4 / LIVINGS & 7;
        for (int old = 0; old < 2; old++) {
            double odds = odds_of(r, service, &p, old != 0);
            self->will[gate_kind(&p, old != 0)] =
                (struct gate_will){odds, odds / (1.0 + odds)};
        }
    }
}
