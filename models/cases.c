#include "models/cases.h"

#include "models/county.h"
#include "models/funnel.h"
#include "models/models.h"
#include "models/workforce.h"
#include "sim/date.h"
#include "sim/num.h"

#include <math.h>
#include <stdlib.h>

struct care *
cases_of(const struct region *r)
{
    return r->own[MODELS_CARE];
}

const struct care_par *
cases_par(const struct region *r)
{
    return r->setup->par[MODELS_CARE];
}

int32_t
cases_after(
    const struct region *r, const struct person *p, uint32_t purpose, double mean_days)
{
    struct rng_block b = rng_block(r->run, p->key, purpose, p->changes);
    double t = region_now(r) +
               ceil(-num_log(rng_uniform32(b.word[0])) * mean_days * MINUTES_A_DAY);

    return t < r->setup->end ? (int32_t)t : NEVER;
}

void
cases_schedule(struct region *r, uint32_t i, int which, int32_t due)
{
    cases_of(r)->row[i].due = due;
    region_schedule(r, MODELS_CARE, which, i, 0, due);
}

uint32_t
cases_open(struct region *r, uint32_t person)
{
    struct care *c = cases_of(r);
    struct person *p = &county_of(r)->person[person];
    uint32_t i = c->free;

    if (i != PERSON_NONE) {
        c->free = c->row[i].person;
    } else {
        if (c->n == c->room) {
            c->room = c->room ? 2 * c->room : 64;
            c->row = mem_grow(c->row, c->room, sizeof *c->row);
        }
        i = c->n++;
    }
    c->row[i] = (struct care_case){.person = person,
        .ticket = STATION_NONE,
        .bed = (int32_t)funnel_bed(r, p),
        .due = NEVER,
        .since = region_now(r)};
    p->care = i;
    p->place = APPLYING;
    return i;
}

void
cases_close(struct region *r, uint32_t i)
{
    struct care *c = cases_of(r);
    struct county *county = county_of(r);
    struct care_case *x = &c->row[i];
    struct person *p = &county->person[x->person];
    struct facilities *f = r->own[MODELS_FACILITY];

    if (p->place == WAITING)
        station_leave(&c->line[x->bed], x->ticket, region_now(r));
    if (p->place == RESIDENT) {
        station_release(&c->line[x->bed], region_now(r));
        f->row[x->facility].used[x->bed]--;
        cases_add_load(r, -x->load);
        c->residents_by_grade[p->grade]--;
        county_uncount(county, p);
        p->place = AT_HOME;
        county_count(county, p);
    }
    p->place = AT_HOME;
    p->care = PERSON_NONE;
    x->due = NEVER;
    x->person = c->free;
    c->free = i;
}

void
cases_add_load(struct region *r, int64_t change)
{
    cases_of(r)->load += change;
    workforce_load(r, STAFF_CAREGIVER, change);
}

int64_t
cases_load(const struct region *r, uint32_t grade)
{
    const struct workforce_par *par = r->setup->par[MODELS_WORKFORCE];

    return (int64_t)(1e6 / par->clients[grade]);
}

int64_t
cases_staff(const struct region *r)
{
    return (int64_t)((double)workforce_capacity(r, STAFF_CAREGIVER) *
                     cases_par(r)->staff_share);
}

int32_t
cases_choose(const struct region *r, const struct person *p, int bed)
{
    const struct facilities *f = r->own[MODELS_FACILITY];
    int64_t means = funnel_means(r, p);
    int32_t best = -1;
    double most = -1.0;

    for (int32_t i = 0; i < f->n; i++) {
        const struct facility *x = &f->row[i];
        if (!x->open || !x->operating || x->used[bed] >= x->bed[bed] ||
            x->price[bed] > means)
            continue;
        struct rng_block b =
            rng_block(r->run, rng_mix(p->key, x->key), PURPOSE_TASTE, 0);
        double taste = rng_uniform32(b.word[0]);
        if (taste > most) {
            most = taste;
            best = i;
        }
    }
    return best;
}

void
cases_move_in(struct region *r, uint32_t i, int32_t facility)
{
    struct care *c = cases_of(r);
    struct county *county = county_of(r);
    struct care_case *x = &c->row[i];
    struct person *p = &county->person[x->person];
    struct facilities *f = r->own[MODELS_FACILITY];

    county_uncount(county, p);
    p->place = RESIDENT;
    county_count(county, p);
    x->facility = facility;
    x->ticket = STATION_NONE;
    x->load = cases_load(r, p->grade);
    f->row[facility].used[x->bed]++;
    cases_add_load(r, x->load);
    c->residents_by_grade[p->grade]++;
    x->due = NEVER;
    if (cases_par(r)->discharge > 0.0)
        cases_schedule(r, i, CARE_LEAVE,
            cases_after(r, p, PURPOSE_STAY, 365.2425 / cases_par(r)->discharge));
}

/* Offers a bed to the ticket's holder; false when no home or caregiver suits. */
static bool
offer(struct region *r, int bed, uint32_t ticket)
{
    struct care *c = cases_of(r);
    struct care_out *out = r->out[MODELS_CARE];
    uint32_t i = c->line[bed].ticket[ticket].subject;
    struct care_case *x = &c->row[i];
    struct person *p = &county_of(r)->person[x->person];

    if (c->load + cases_load(r, p->grade) > cases_staff(r))
        return false;
    int32_t facility = cases_choose(r, p, bed);
    if (facility < 0)
        return false;
    struct rng_block b = rng_block(r->run, p->key, PURPOSE_APPLY, p->changes);
    if (rng_uniform32(b.word[1]) < cases_par(r)->refusal) {
        out->refused++;
        cases_close(r, i);
        return true;
    }
    station_serve(&c->line[bed], ticket, region_now(r));
    out->admitted[p->grade]++;
    out->wait_days += (region_now(r) - x->since) / (double)MINUTES_A_DAY;
    cases_move_in(r, i, facility);
    return true;
}

/* True when ticket `a` goes before `b` although they stand in different lines:
 * caregivers are shared, so the classes hold across both. */
static bool
goes_before(const struct station_ticket *a, const struct station_ticket *b)
{
    return a->class != b->class ? a->class < b->class : a->joined <= b->joined;
}

void
cases_place(struct region *r)
{
    struct station *line = cases_of(r)->line;
    uint32_t at[BEDS];

    for (int bed = 0; bed < BEDS; bed++)
        at[bed] = station_open(&line[bed]) ? station_first(&line[bed]) : STATION_NONE;
    for (;;) {
        int best = -1;
        for (int bed = 0; bed < BEDS; bed++)
            if (at[bed] != STATION_NONE &&
                (best < 0 || !goes_before(&line[best].ticket[at[best]],
                                 &line[bed].ticket[at[bed]])))
                best = bed;
        if (best < 0)
            return;
        uint32_t ticket = at[best];
        at[best] = station_after(&line[best], ticket);
        offer(r, best, ticket);
        if (!station_open(&line[best]))
            at[best] = STATION_NONE;
    }
}

struct candidate {
    double reluctance;
    uint64_t key;
    uint32_t person;
    bool able;
};

/* Who would be in a home rather than others: through the funnel first, then the least
 * reluctant; ties by key. */
static int
by_reluctance(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    if (x->able != y->able)
        return x->able ? -1 : 1;
    if (x->reluctance != y->reluctance)
        return x->reluctance < y->reluctance ? -1 : 1;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* A resident from the start on; false when no home has room or staff. */
static bool
preload(struct region *r, uint32_t person)
{
    struct care *c = cases_of(r);
    const struct person *p = &county_of(r)->person[person];
    int bed = (int)funnel_bed(r, p);
    int32_t facility = cases_choose(r, p, bed);

    if (facility < 0 || !station_open(&c->line[bed]) ||
        c->load + cases_load(r, p->grade) > cases_staff(r))
        return false;
    uint32_t i = cases_open(r, person);
    station_take(&c->line[bed], 0);
    cases_move_in(r, i, facility);
    return true;
}

void
cases_start(struct region *r)
{
    const struct county *county = county_of(r);
    const struct care_par *par = cases_par(r);
    struct candidate *list = mem_alloc(county->n, sizeof *list);
    int64_t want = (int64_t)(par->residents * county->row->pop_60plus / 1000.0 + 0.5);
    uint32_t n = 0;

    for (uint32_t i = 0; i < county->n; i++) {
        const struct person *p = &county->person[i];
        struct funnel f = funnel_of(r, p);
        if (f.needs)
            list[n++] = (struct candidate){funnel_reluctance(r, p), p->key, i, f.able};
    }
    qsort(list, n, sizeof *list, by_reluctance);
    for (uint32_t k = 0; k < n; k++) {
        if (want > 0 && preload(r, list[k].person)) {
            want--;
        } else if (list[k].able) {
            const struct person *p = &county->person[list[k].person];
            struct rng_block b = rng_block(r->run, p->key, PURPOSE_RESIDENT, 0);
            double t = rng_uniform32(b.word[0]) * par->backlog * (double)MINUTES_A_DAY;
            cases_schedule(r, cases_open(r, list[k].person), CARE_APPLY,
                t < r->setup->end ? (int32_t)t : NEVER);
        }
    }
    mem_free(list);
}
