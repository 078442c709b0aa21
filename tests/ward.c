#include "tests/ward.h"

#include "models/tally.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

void
ward_write(struct ward *self, const char *sites)
{
    scratch_open(&self->scratch);
    hall_write(&self->scratch, 0);
    scratch_write(&self->scratch, "sites.csv", sites);
}

void
ward_changes(struct ward *self)
{
    static const double to[GRADES][GRADES] = {{0.30, 0.20, 0.20, 0.10, 0.10},
        {0.15, 0.30, 0.20, 0.15, 0.10}, {0.10, 0.15, 0.30, 0.20, 0.15},
        {0.10, 0.10, 0.15, 0.35, 0.20}, {0.05, 0.10, 0.15, 0.20, 0.40}};
    char text[4096], *at = text;

    at += sprintf(at, "sex,age,grade,to_0,to_1,to_2,to_3,to_4,death\n");
    for (int sex = 0; sex < 2; sex++)
        for (int g = 0; g < GRADES; g++) {
            at += sprintf(at, "%s,60,%d", sex == 0 ? "male" : "female", g);
            for (int k = 0; k < GRADES; k++)
                at += sprintf(at, ",%g", to[g][k]);
            at += sprintf(at, ",0.1\n");
        }
    scratch_write(&self->scratch, "changes.csv", text);
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

    return out.people + out.grades + out.load + out.beds + out.lines + out.gates;
}

const struct person *
ward_person(const struct ward *self, uint32_t row)
{
    return &county_of(&self->region)->person[cases_of(&self->region)->row[row].person];
}

void
ward_month(struct ward *self, int service, struct service_out *out)
{
    tally_observe(&self->region);
    *out = *ward_out(self, service);
    memset(self->region.out[MODELS_SERVICE], 0,
        setup_out_bytes(&self->hall.setup, MODELS_SERVICE));
}

bool
ward_is(const struct ward *self, uint32_t row, uint64_t key)
{
    const struct county *county = county_of(&self->region);
    const struct care_case *x = &cases_of(&self->region)->row[row];

    if (x->person >= county->n)
        return false;
    const struct person *p = &county->person[x->person];
    return p->alive && p->key == key && cases_find(&self->region, p, x->desk) == row;
}
