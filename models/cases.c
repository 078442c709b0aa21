#include "models/cases.h"

#include "models/county.h"
#include "models/funnel.h"
#include "models/models.h"
#include "models/rounds.h"
#include "models/stock.h"
#include "models/workforce.h"
#include "sim/date.h"
#include "sim/err.h"
#include "sim/num.h"

#include <math.h>

const struct care_par *
cases_par(const struct region *r)
{
    return r->setup->par[MODELS_CARE];
}

uint32_t
cases_find(const struct region *r, const struct person *p, int desk)
{
    const struct care *c = cases_of(r);
    uint32_t i = p->care;

    while (i != PERSON_NONE && c->row[i].desk != desk)
        i = c->row[i].next;
    return i;
}

int64_t
cases_minutes(const struct region *r, const struct person *p)
{
    const struct care *c = cases_of(r);
    int64_t minutes = 0;

    for (uint32_t i = p->care; i != PERSON_NONE; i = c->row[i].next)
        minutes += c->row[i].minutes;
    return minutes;
}

int32_t
cases_after(const struct region *r, uint32_t i, uint32_t purpose, double mean_days)
{
    const struct care_case *x = &cases_of(r)->row[i];
    const struct person *p = &county_of(r)->person[x->person];
    uint64_t key = rng_mix(p->key, service_of(r->setup)->key[x->desk]);
    struct rng_block b =
        rng_block(r->run, key, purpose, p->changes | (uint32_t)x->tries << 8);
    double t = region_now(r) +
               ceil(-num_log(rng_uniform32(b.word[0])) * mean_days * MINUTES_A_DAY);

    return t < r->setup->end ? (int32_t)t : NEVER;
}

void
cases_schedule(struct region *r, uint32_t i, int which, int32_t due)
{
    struct care_case *x = &cases_of(r)->row[i];

    x->due = due;
    region_schedule(r, MODELS_CARE, which, i, x->person, due); /* whom to prefetch */
}

uint32_t
cases_open(struct region *r, uint32_t person, int desk)
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
            region_records(r, MODELS_CARE, REGION_SUBJECT,
                (struct region_records){
                    .row = (const unsigned char *)c->row, .size = sizeof *c->row});
        }
        i = c->n++;
    }
    c->row[i] = (struct care_case){.person = person,
        .next = p->care,
        .ticket = STATION_NONE,
        .facility = -1,
        .due = NEVER,
        .since = region_now(r),
        .desk = (uint8_t)desk,
        .state = APPLYING};
    p->care = i;
    return i;
}

void
cases_join(struct region *r, uint32_t i, int32_t joined)
{
    struct care *c = cases_of(r);
    struct care_case *x = &c->row[i];
    const struct person *p = &county_of(r)->person[x->person];
    uint32_t class = joined < 0 ? (uint32_t)CLASS_DESTITUTE : (uint32_t)funnel_class(p);

    BUG_IF(x->ticket != STATION_NONE);
    x->wanted = (uint8_t)funnel_bed(r, p, x->desk);
    x->ticket = station_rejoin(
        &c->desk[x->desk].line[x->wanted], i, class, joined, region_now(r));
}

int32_t
cases_joined(const struct region *r, uint32_t i)
{
    const struct care *c = cases_of(r);
    const struct care_case *x = &c->row[i];

    return x->ticket == STATION_NONE
               ? region_now(r)
               : c->desk[x->desk].line[x->wanted].ticket[x->ticket].joined;
}

void
cases_leave_line(struct region *r, uint32_t i)
{
    struct care *c = cases_of(r);
    struct care_case *x = &c->row[i];

    if (x->ticket == STATION_NONE)
        return;
    station_leave(&c->desk[x->desk].line[x->wanted], x->ticket, region_now(r));
    x->ticket = STATION_NONE;
}

void
cases_relist(struct region *r, int desk)
{
    struct desk *d = &cases_of(r)->desk[desk];
    bool dementia = d->line[BED_DEMENTIA].capacity > 0;

    for (int b = BED_NURSING; b < BEDS && dementia != d->dementia; b++) {
        uint32_t t = station_first(&d->line[b]);
        while (t != STATION_NONE) {
            uint32_t i = d->line[b].ticket[t].subject;
            const struct care_case *x = &cases_of(r)->row[i];
            int bed = (int)funnel_bed(r, &county_of(r)->person[x->person], desk);
            int32_t joined = cases_joined(r, i);
            t = station_after(&d->line[b], t);
            if (bed == x->wanted)
                continue;
            cases_leave_line(r, i);
            if (x->state == WAITING || bed != x->bed)
                cases_join(r, i, joined);
        }
    }
    d->dementia = dementia;
}

int32_t
cases_load(const struct region *r, int service, unsigned grade)
{
    const struct service_row *row = &service_of(r->setup)->row[service];

    return row->staff == 0 ? 0 : (int32_t)(1e6 / row->clients[grade]);
}

bool
cases_staffed(const struct region *r, int service, unsigned grade, int32_t has)
{
    int kind = service_of(r->setup)->row[service].staff - 1;

    if (kind < 0)
        return true;
    int64_t load = workforce_staff(r, (enum staff_kind)kind)->load - has;
    return load + cases_load(r, service, grade) <=
           workforce_capacity(r, (enum staff_kind)kind);
}

/* The supplier of a user: the site's kind, or the desk itself. */
static int
supplier(const struct region *r, const struct care_case *x)
{
    return x->facility < 0 ? x->desk : facility_of(r)->row[x->facility].service;
}

/* Books a user in staff, tallies and hours; `sign` -1 takes it out again. */
static void
book(struct region *r, struct care_case *x, int sign)
{
    struct care *c = cases_of(r);
    const struct person *p = &county_of(r)->person[x->person];
    const struct service_row *row = &service_of(r->setup)->row[x->service];

    if (row->staff > 0)
        workforce_load(r, (enum staff_kind)(row->staff - 1), sign * (int64_t)x->load);
    c->tally[x->service][x->bed][x->grade][p->income] += sign;
    c->formal[x->desk] += sign * (int64_t)x->minutes;
}

/* What a user takes and gets now. */
static void
measure(struct region *r, struct care_case *x)
{
    const struct person *p = &county_of(r)->person[x->person];

    x->service = (uint8_t)supplier(r, x);
    x->grade = (uint8_t)p->grade;
    x->load = cases_load(r, x->service, p->grade);
    x->minutes = 0;
    double unmet = p->place == RESIDENT /* else what family and other services leave */
                       ? cases_par(r)->need_hours[p->grade]
                       : funnel_unmet(r, p);
    double hours = service_of(r->setup)->row[x->service].hours[p->grade];
    x->minutes = (int32_t)((hours < unmet ? hours : unmet) * 60.0);
}

void
cases_update(struct region *r, uint32_t i)
{
    struct care_case *x = &cases_of(r)->row[i];

    book(r, x, -1);
    measure(r, x);
    book(r, x, 1);
}

void
cases_vacate(struct region *r, uint32_t i)
{
    struct care *c = cases_of(r);
    struct county *county = county_of(r);
    struct care_case *x = &c->row[i];
    struct person *p = &county->person[x->person];
    struct desk *d = &c->desk[x->desk];

    BUG_IF(x->state != USING);
    book(r, x, -1);
    x->minutes = x->load = 0;
    x->state = APPLYING;
    station_release(&d->line[x->bed], region_now(r));
    if (p->place == RESIDENT && service_of(r->setup)->row[x->desk].kind == RESIDENCE) {
        county_uncount(county, p);
        p->place = AT_HOME;
        county_count(county, p);
    }
    if (x->facility >= 0 && stock_vacate(r, x->facility, x->bed))
        region_signal(r, SIGNAL_BEDS, (uint32_t)x->facility);
    cases_of(r)->row[i].facility = -1;
}

void
cases_close(struct region *r, uint32_t i)
{
    struct care *c = cases_of(r);

    cases_leave_line(r, i);
    if (c->row[i].state == USING)
        cases_vacate(r, i);
    struct care_case *x = &c->row[i];
    uint32_t *link = &county_of(r)->person[x->person].care;
    while (*link != i)
        link = &c->row[*link].next;
    *link = x->next;
    x->due = NEVER;
    x->person = c->free;
    c->free = i;
}

/* Who lives in a home leaves the other services, but for pieces that stay. */
static void
leave_others(struct region *r, uint32_t i)
{
    const struct care *c = cases_of(r);
    uint32_t k = county_of(r)->person[c->row[i].person].care;

    while (k != PERSON_NONE) {
        const struct care_case *x = &c->row[k];
        uint32_t next = x->next;
        if (k != i && x->state != SERVED) {
            struct service_out *out = service_results(r, x->desk);
            if (x->state == USING) {
                out->discharged++;
                rounds_later(r, x->desk);
            } else if (x->state == WAITING) {
                out->withdrew++;
                out->left_after[rounds_waited(region_now(r) - x->since)]++;
            }
            cases_close(r, k);
        }
        k = next;
    }
}

/* Who becomes too old for a service leaves it on the birthday at the latest. */
static void
limit_age(struct region *r, uint32_t i)
{
    const struct care_case *x = &cases_of(r)->row[i];
    const struct person *p = &county_of(r)->person[x->person];
    int64_t last = service_of(r->setup)->row[x->desk].age_to;

    if (last >= AGES)
        return;
    double t = ceil(p->birth + (double)(last + 1) * MINUTES_A_YEAR);
    if (t < region_now(r))
        t = region_now(r);
    if (t < x->due)
        cases_schedule(r, i, CARE_LEAVE, (int32_t)t);
}

void
cases_use(struct region *r, uint32_t i, int32_t facility, int bed)
{
    struct county *county = county_of(r);
    struct care_case *x = &cases_of(r)->row[i];
    struct person *p = &county->person[x->person];
    const struct service_row *row = &service_of(r->setup)->row[x->desk];

    x->facility = facility;
    x->bed = (uint8_t)bed;
    x->state = USING;
    x->due = NEVER;
    if (facility >= 0)
        facility_of(r)->row[facility].used[bed]++;
    if (row->kind == RESIDENCE) {
        county_uncount(county, p);
        p->place = RESIDENT;
        county_count(county, p);
    }
    measure(r, x);
    book(r, x, 1);
    if (row->discharge > 0.0)
        cases_schedule(r, i, CARE_LEAVE,
            cases_after(r, i, PURPOSE_STAY, 365.2425 / row->discharge));
    limit_age(r, i);
    if (row->kind == RESIDENCE)
        leave_others(r, i);
}

int32_t
cases_choose(const struct region *r, const struct person *p, int desk, int bed)
{
    const struct desk *d = &cases_of(r)->desk[desk];
    const struct service_tab *t = service_of(r->setup);
    int64_t means = funnel_means(r, p);
    uint32_t own = cases_find(r, p, desk); /* a user who moves takes the staff along */
    int32_t best = -1, has = own != PERSON_NONE ? cases_of(r)->row[own].load : 0;
    bool no_staff = false;
    double most = -1.0;

    for (int32_t k = 0; k < d->n; k++) {
        int32_t i = d->supplier[k];
        const struct facility *x = &facility_of(r)->row[i];
        if (!x->operating || /* it is closing */
            x->used[bed] >= service_slots(&t->row[x->service], x->bed[bed]) ||
            !funnel_affords(r, p, x->service, bed, means))
            continue;
        if (!cases_staffed(r, x->service, p->grade, has)) {
            no_staff = true;
            continue;
        }
        struct rng_block b =
            rng_block(r->run, rng_mix(p->key, x->key), PURPOSE_TASTE, 0);
        double taste = rng_uniform32(b.word[0]);
        if (taste > most) {
            most = taste;
            best = i;
        }
    }
    return best < 0 && no_staff ? -2 : best;
}
