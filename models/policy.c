#include "models/policy.h"

#include "models/care.h"
#include "models/models.h"
#include "models/workforce.h"

#include <string.h>

static size_t
bytes(const struct region *r)
{
    return (size_t)service_of(r->setup)->n * sizeof(struct service_terms);
}

void
policy_init(struct policy *self, const struct region *r)
{
    size_t n = (size_t)service_of(r->setup)->n + 1;

    *self = (struct policy){.terms = mem_alloc(n, sizeof *self->terms)};
    memcpy(self->terms, service_terms(r, 0), bytes(r));
    for (int k = 0; k < STAFF_KINDS; k++)
        self->wage[k] = workforce_staff(r, (enum staff_kind)k)->wage;
}

void
policy_free(struct policy *self)
{
    mem_free(self->terms);
    *self = (struct policy){.terms = NULL};
}

void
policy_copy(struct policy *self, const struct policy *from, const struct region *r)
{
    memcpy(self->terms, from->terms, bytes(r));
    memcpy(self->wage, from->wage, sizeof self->wage);
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
        if (self->wage[k] < before->wage[k] || self->wage[k] > before->wage[k])
            workforce_set_wage(r, (enum staff_kind)k, self->wage[k]);
}

void
policy_suppose(struct policy *self, struct region *r)
{
    for (int i = 0; i < service_of(r->setup)->n; i++) {
        struct service_terms terms;
        memcpy(&terms, service_terms(r, i), sizeof terms);
        memcpy(service_terms(r, i), &self->terms[i], sizeof terms);
        memcpy(&self->terms[i], &terms, sizeof terms);
    }
}
