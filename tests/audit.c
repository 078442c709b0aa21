#include "tests/audit.h"

#include "models/care.h"
#include "models/cases.h"
#include "models/county.h"
#include "models/funnel.h"
#include "models/gate.h"
#include "models/sojourn.h"
#include "models/workforce.h"

#include <string.h>

static void observe(struct region *r);
static const struct model audit_model = {
    .name = "audit",
    .doc = "looks at care",
    .out_size = sizeof(struct audit_out),
    .observe = observe,
};

const struct model *const *
audit_models(const struct model *list[MODELS_COUNT + 2])
{
    for (int i = 0; i < MODELS_COUNT; i++)
        list[i] = models_list[i];
    list[AUDIT_MODEL] = &audit_model;
    list[AUDIT_MODEL + 1] = NULL;
    return list;
}

/* Care as the cases alone tell it, for one desk. */
struct again {
    int64_t busy[BEDS], waiting[BEDS];
};

/* False when the states of a case, its ticket and its place contradict each other. */
static bool
fits(const struct region *r, uint32_t i)
{
    const struct care *c = cases_of(r);
    const struct care_case *x = &c->row[i];
    const struct person *p = &county_of(r)->person[x->person];

    if (x->state == USING && p->place != RESIDENT &&
        service_of(r->setup)->row[x->desk].kind == RESIDENCE)
        return false;
    if (x->state != USING && (x->minutes != 0 || x->facility >= 0))
        return false;
    if (x->ticket == STATION_NONE)
        return x->state != WAITING;
    if (x->state == USING)
        return x->wanted != x->bed;
    const struct station_ticket *t =
        &c->desk[x->desk].line[x->wanted].ticket[x->ticket];
    if (t->joined < 0 && x->since != t->joined - CASES_FIRST)
        return false;
    return x->state == WAITING && t->subject == i &&
           (t->joined < 0 ||
               (x->since == t->joined && t->class == (uint32_t)funnel_class(p)));
}

/* Cases of a person: each their own, of different desks; a resident has one home. */
static bool
consistent(const struct region *r, uint32_t person)
{
    const struct care *c = cases_of(r);
    const struct person *p = &county_of(r)->person[person];
    int homes = 0;

    for (uint32_t i = p->care; i != PERSON_NONE; i = c->row[i].next) {
        if (c->row[i].person != person || !fits(r, i) ||
            cases_find(r, p, c->row[i].desk) != i)
            return false;
        homes += c->row[i].state == USING &&
                 service_of(r->setup)->row[c->row[i].desk].kind == RESIDENCE;
    }
    return homes == (p->place == RESIDENT);
}

struct books {
    struct again *desk;    /* [services] */
    int64_t (*used)[BEDS]; /* [facilities] */
    int64_t load[STAFF_KINDS];
    int64_t (*tally)[GRADES]; /* [services] */
};

static void
count(const struct region *r, const struct person *p, struct books *b)
{
    const struct care *c = cases_of(r);

    for (uint32_t i = p->care; i != PERSON_NONE; i = c->row[i].next) {
        const struct care_case *x = &c->row[i];
        if (x->ticket != STATION_NONE)
            b->desk[x->desk].waiting[x->wanted]++;
        if (x->state != USING)
            continue;
        int service =
            x->facility < 0 ? x->desk : facility_of(r)->row[x->facility].service;
        int staff = service_of(r->setup)->row[service].staff;
        b->desk[x->desk].busy[x->bed]++;
        b->tally[service][p->grade]++;
        if (x->facility >= 0)
            b->used[x->facility][x->bed]++;
        if (staff > 0)
            b->load[staff - 1] += cases_load(r, service, p->grade);
    }
}

/* Guests take ordinary places too. */
static void
count_guests(const struct region *r, struct books *b)
{
    const struct sojourn *s = sojourn_state(r);

    for (uint32_t i = 0; i < s->n; i++)
        for (int k = 0; k < STAY_USES && s->guest[i].origin >= 0; k++) {
            if (s->guest[i].site[k] < 0)
                continue;
            b->used[s->guest[i].site[k]][BED_ORDINARY]++;
            b->desk[sojourn_of(r->setup)->uses[s->guest[i].origin][k]]
                .busy[BED_ORDINARY]++;
        }
}

/* Sites whose used places are not those of their users, or more than they have. */
static int64_t
wrong_sites(const struct region *r, const struct books *b)
{
    const struct facilities *f = facility_of(r);
    int64_t wrong = 0;

    for (int32_t i = 0; i < f->n; i++)
        for (int bed = 0; bed < BEDS; bed++) {
            const struct facility *x = &f->row[i];
            const struct service_row *row = &service_of(r->setup)->row[x->service];
            int64_t most =
                x->open && x->operating ? service_slots(row, x->bed[bed]) : 0;
            wrong += b->used[i][bed] != x->used[bed] || b->used[i][bed] > most;
        }
    return wrong;
}

static int64_t
wrong_lines(const struct region *r, const struct books *b)
{
    const struct service_tab *t = service_of(r->setup);
    int64_t wrong = 0;

    for (int k = 0; k < t->n; k++)
        for (int bed = 0; bed < BEDS && t->desk[k] == k; bed++) {
            const struct station *s = &cases_of(r)->desk[k].line[bed];
            wrong += s->busy != b->desk[k].busy[bed] ||
                     s->waiting != b->desk[k].waiting[bed] || s->busy > s->capacity ||
                     s->joined != s->served + s->left + s->waiting;
        }
    return wrong;
}

static int64_t
wrong_tallies(const struct region *r, const struct books *b)
{
    int64_t wrong = 0;

    for (int k = 0; k < service_of(r->setup)->n; k++)
        for (int g = 0; g < GRADES; g++) {
            int64_t n = 0;
            for (int bed = 0; bed < BEDS; bed++)
                for (int i = 0; i < INCOMES; i++)
                    n += cases_of(r)->tally[k][bed][g][i];
            wrong += n != b->tally[k][g];
        }
    return wrong;
}

/* Services whose gate is not that of the terms in force. */
static int64_t
stale_gates(const struct region *r)
{
    int64_t stale = 0;

    for (int k = 0; k < service_of(r->setup)->n; k++) {
        const struct gate *kept = &cases_of(r)->gate[k];
        struct gate now;
        gate_set(&now, r, k);
        stale += memcmp(now.lets, kept->lets, sizeof now.lets) != 0 ||
                 memcmp(now.will, kept->will, sizeof now.will) != 0;
    }
    return stale;
}

struct audit_out
audit_region(const struct region *r)
{
    const struct county *county = county_of(r);
    size_t services = (size_t)service_of(r->setup)->n + 1;
    struct audit_out out = {.people = 0};
    struct books b = {.desk = mem_alloc(services, sizeof *b.desk),
        .used = mem_alloc((size_t)facility_of(r)->n + 1, sizeof *b.used),
        .tally = mem_alloc(services, sizeof *b.tally)};
    int64_t residents = 0;

    for (uint32_t i = 0; i < county->n; i++) {
        const struct person *p = &county->person[i];
        if (!p->alive)
            continue;
        out.people += !consistent(r, i);
        out.looked += p->care != PERSON_NONE;
        residents += p->place == RESIDENT && p->elder;
        count(r, p, &b);
    }
    count_guests(r, &b);
    out.grades = wrong_tallies(r, &b);
    for (int k = 0; k < STAFF_KINDS; k++)
        out.load += b.load[k] != workforce_staff(r, (enum staff_kind)k)->load;
    out.beds = wrong_sites(r, &b);
    out.lines = wrong_lines(r, &b) + (county->residents != residents);
    out.gates = stale_gates(r);
    mem_free(b.desk);
    mem_free(b.used);
    mem_free(b.tally);
    return out;
}

static void
observe(struct region *r)
{
    *(struct audit_out *)r->out[AUDIT_MODEL] = audit_region(r);
}
