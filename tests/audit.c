#include "tests/audit.h"

#include "models/care.h"
#include "models/county.h"
#include "models/funnel.h"
#include "models/workforce.h"

extern const struct model county_model, grade_model, mortality_model, fertility_model,
    population_model, migration_model, household_model, workforce_model, facility_model,
    care_model, plan_model;

static void observe(struct region *r);
static const struct model audit_model = {
    .name = "audit",
    .doc = "looks at care",
    .out_size = sizeof(struct audit_out),
    .observe = observe,
};

const struct model *const audit_models[MODELS_COUNT + 2] = {
    [MODELS_COUNTY] = &county_model,
    [MODELS_GRADE] = &grade_model,
    [MODELS_MORTALITY] = &mortality_model,
    [MODELS_FERTILITY] = &fertility_model,
    [MODELS_POPULATION] = &population_model,
    [MODELS_MIGRATION] = &migration_model,
    [MODELS_HOUSEHOLD] = &household_model,
    [MODELS_WORKFORCE] = &workforce_model,
    [MODELS_FACILITY] = &facility_model,
    [MODELS_CARE] = &care_model,
    [MODELS_PLAN] = &plan_model,
    [AUDIT_MODEL] = &audit_model,
};

/* Care as the people alone tell it. */
struct again {
    int64_t by_grade[GRADES], load;
    int64_t busy[BEDS], waiting[BEDS];
};

/* False when the person's place, case and ticket contradict each other. */
static bool
consistent(const struct region *r, uint32_t i)
{
    const struct care *c = r->own[MODELS_CARE];
    const struct person *p = &county_of(r)->person[i];

    if (!p->alive || p->place == AT_HOME)
        return p->care == PERSON_NONE;
    if (p->care >= c->n || c->row[p->care].person != i || !p->elder)
        return false;
    const struct care_case *x = &c->row[p->care];
    if (p->place != WAITING)
        return x->ticket == STATION_NONE;
    const struct station_ticket *t = &c->line[x->bed].ticket[x->ticket];
    return t->subject == p->care && t->class == (uint32_t)funnel_class(p) &&
           x->bed == (int32_t)funnel_bed(r, p) && x->since <= t->joined;
}

static void
count(const struct region *r, const struct person *p, struct again *a)
{
    const struct care *c = r->own[MODELS_CARE];
    const struct workforce_par *par = r->setup->par[MODELS_WORKFORCE];

    if (!p->alive || p->place == AT_HOME || p->care >= c->n)
        return;
    const struct care_case *x = &c->row[p->care];
    if (p->place == WAITING)
        a->waiting[x->bed]++;
    if (p->place != RESIDENT)
        return;
    a->busy[x->bed]++;
    a->by_grade[p->grade]++;
    a->load += (int64_t)(1e6 / par->clients[p->grade]);
}

/* Homes whose count of used beds is not that of the residents who are there. */
static int64_t
wrong_homes(const struct region *r)
{
    const struct facilities *f = r->own[MODELS_FACILITY];
    const struct county *county = county_of(r);
    const struct care *c = r->own[MODELS_CARE];
    int64_t(*used)[BEDS] = mem_alloc((size_t)f->n + 1, sizeof *used), wrong = 0;

    for (uint32_t i = 0; i < county->n; i++) {
        const struct person *p = &county->person[i];
        if (p->alive && p->place == RESIDENT && p->care < c->n)
            used[c->row[p->care].facility][c->row[p->care].bed]++;
    }
    for (int32_t i = 0; i < f->n; i++)
        for (int b = 0; b < BEDS; b++) {
            const struct facility *x = &f->row[i];
            int64_t most = x->open && x->operating ? x->bed[b] : 0;
            wrong += used[i][b] != x->used[b] || used[i][b] > most;
        }
    mem_free(used);
    return wrong;
}

struct audit_out
audit_region(const struct region *r)
{
    const struct county *county = county_of(r);
    const struct care *c = r->own[MODELS_CARE];
    struct audit_out out = {.beds = wrong_homes(r)};
    struct again a = {.load = 0};

    for (uint32_t i = 0; i < county->n; i++) {
        out.people += !consistent(r, i);
        out.looked += county->person[i].alive && county->person[i].place != AT_HOME;
        count(r, &county->person[i], &a);
    }
    for (int g = 0; g < GRADES; g++)
        out.grades += a.by_grade[g] != c->residents_by_grade[g];
    out.load = a.load != c->load || a.load != workforce_staff(r, STAFF_CAREGIVER)->load;
    for (int b = 0; b < BEDS; b++) {
        const struct station *s = &c->line[b];
        out.lines += s->busy != a.busy[b] || s->waiting != a.waiting[b] ||
                     s->busy > s->capacity ||
                     s->joined != s->served + s->left + s->waiting;
    }
    out.lines += county->residents != a.busy[0] + a.busy[1];
    return out;
}

static void
observe(struct region *r)
{
    *(struct audit_out *)r->out[AUDIT_MODEL] = audit_region(r);
}
