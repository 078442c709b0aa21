#include "tests/ward.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

void
ward_write(struct ward *self, const char *sites)
{
    scratch_open(&self->scratch);
    hall_write(&self->scratch, 0);
    scratch_write(&self->scratch, "sites.csv", sites);
}

void
ward_open(struct ward *self, const char *delta, const char *const *set, int n,
    uint32_t replicate)
{
    scratch_write(&self->scratch, "ward.yaml", delta);
    hall_open(&self->hall, scratch_path(&self->scratch, "ward.yaml"),
        audit_models(self->list), set, n);
    region_init(
        &self->region, &self->hall.setup, 0, rng_run(self->hall.setup.seed, replicate));
}

void
ward_close(struct ward *self)
{
    region_free(&self->region);
    hall_close(&self->hall);
    scratch_close(&self->scratch);
}

void
ward_start(struct ward *self, const char *delta, const char *sites)
{
    ward_write(self, sites);
    ward_open(self, delta, NULL, 0, 0);
}

void
ward_run(struct ward *self, int32_t t)
{
    region_run(&self->region, t);
}

int
ward_service(const struct ward *self, const char *name)
{
    int k = service_find(&self->hall.setup, name);

    assert_true(k >= 0);
    return k;
}

const struct service_out *
ward_out(const struct ward *self, int service)
{
    return service_results(&self->region, service);
}

int32_t
ward_site(const struct ward *self, int service)
{
    const struct facilities *f = facility_of(&self->region);
    int32_t i = 0;

    while (i < f->n && (!f->row[i].open || f->row[i].service != service))
        i++;
    assert_true(i < f->n);
    return i;
}

int
ward_cases(
    const struct ward *self, int desk, enum case_state state, uint32_t *rows, int most)
{
    const struct county *county = county_of(&self->region);
    const struct care *c = cases_of(&self->region);
    int n = 0;

    for (uint32_t i = 0; i < county->n; i++) {
        const struct person *p = &county->person[i];
        uint32_t k = p->alive ? cases_find(&self->region, p, desk) : PERSON_NONE;
        if (k == PERSON_NONE || c->row[k].state != state)
            continue;
        if (n < most)
            rows[n] = k;
        n++;
    }
    return n;
}

int64_t
ward_wrong(const struct ward *self)
{
    struct audit_out out = audit_region(&self->region);

    return out.people + out.grades + out.load + out.beds + out.lines;
}

const struct person *
ward_person(const struct ward *self, uint32_t row)
{
    return &county_of(&self->region)->person[cases_of(&self->region)->row[row].person];
}
