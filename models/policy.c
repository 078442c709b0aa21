#include "models/policy.h"

#include "models/care.h"
#include "models/ledger.h"
#include "models/models.h"
#include "models/sojourn.h"
#include "models/workforce.h"

#include <string.h>

static size_t
bytes(const struct region *r)
{
    return (size_t)service_of(r->setup)->n * sizeof(struct service_terms);
}

/* Rates of operating subsidies. */
static size_t
rates(const struct region *r)
{
    return (size_t)service_of(r->setup)->n * BEDS * GRADES;
}

static size_t
origins(const struct region *r)
{
    return (size_t)sojourn_of(r->setup)->n;
}

void
policy_init(struct policy *self, const struct region *r)
{
    size_t n = (size_t)service_of(r->setup)->n + 1;

    *self = (struct policy){.terms = mem_alloc(n, sizeof *self->terms),
        .build_subsidy = ledger_of(r)->build_subsidy,
        .operating = mem_alloc(n * BEDS * GRADES, sizeof *self->operating),
        .guests = mem_alloc(origins(r) + 1, sizeof *self->guests)};
    memcpy(
        self->operating, ledger_of(r)->operating, rates(r) * sizeof *self->operating);
    memcpy(self->terms, service_terms(r, 0), bytes(r));
    for (int k = 0; k < STAFF_KINDS; k++)
        self->wage[k] = workforce_staff(r, (enum staff_kind)k)->wage;
    for (size_t i = 0; i < origins(r); i++)
        self->guests[i] = 1.0;
}

void
policy_free(struct policy *self)
{
    mem_free(self->terms);
    mem_free(self->operating);
    mem_free(self->guests);
    *self = (struct policy){.terms = NULL};
}

void
policy_copy(struct policy *self, const struct policy *from, const struct region *r)
{
    memcpy(self->terms, from->terms, bytes(r));
    memcpy(self->wage, from->wage, sizeof self->wage);
    self->build_subsidy = from->build_subsidy;
    memcpy(self->operating, from->operating, rates(r) * sizeof *self->operating);
    memcpy(self->guests, from->guests, origins(r) * sizeof *self->guests);
}

static bool
differ(double a, double b)
{
    return a < b || a > b;
}

/* The rate of a grade is set from that grade on: rising, each keeps its own. */
static void
enact_operating(const struct policy *self, struct region *r)
{
    for (int i = 0; i < service_of(r->setup)->n; i++)
        for (int b = 0; b < BEDS; b++)
            for (unsigned g = 0; g < GRADES; g++)
                ledger_set_operating(
                    r, i, b, g, self->operating[(i * BEDS + b) * GRADES + (int)g]);
}

void
policy_enact(const struct policy *self, const struct policy *before, struct region *r)
{
    for (int i = 0; i < service_of(r->setup)->n; i++) {
        if (memcmp(&self->terms[i], &before->terms[i], sizeof self->terms[i]) == 0)
            continue;
        memcpy(service_terms(r, i), &self->terms[i], sizeof self->terms[i]);
        care_look_again(r, i);
    }
    for (int k = 0; k < STAFF_KINDS; k++)
        if (differ(self->wage[k], before->wage[k]))
            workforce_set_wage(r, (enum staff_kind)k, self->wage[k]);
    if (differ(self->build_subsidy, before->build_subsidy))
        ledger_set_build_subsidy(r, self->build_subsidy);
    enact_operating(self, r);
    for (size_t i = 0; i < origins(r); i++)
        if (differ(self->guests[i], before->guests[i]))
            sojourn_scale(r, (int)i, self->guests[i]);
}

void
policy_suppose(struct policy *self, struct region *r)
{
    for (int i = 0; i < service_of(r->setup)->n; i++) {
        struct service_terms terms;
        if (memcmp(service_terms(r, i), &self->terms[i], sizeof terms) == 0)
            continue;
        memcpy(&terms, service_terms(r, i), sizeof terms);
        memcpy(service_terms(r, i), &self->terms[i], sizeof terms);
        memcpy(&self->terms[i], &terms, sizeof terms);
        care_suppose(r, i);
    }
}
