#include "tests/till.h"

#include "models/stock.h"
#include "sim/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

extern const struct model service_model, facility_model;

enum { PEOPLE = 4096, CASES = 4096, MONTHS = 12 * 200 };

static void
prepare_county(struct setup *s, void *tab, struct report *report)
{
    struct county_tab *t = tab;

    (void)report;
    s->n_regions = 1;
    s->region = mem_arena(&s->arena, 1, sizeof *s->region);
    s->region[0] = (struct region_name){
        .code = 532901, .name = "A", .name_zh = "A", .load.rows = 1.0};
    t->row = mem_arena(&s->arena, 1, sizeof *t->row);
    t->row[0] = mem_arena(&s->arena, 1, sizeof *t->row[0]);
    t->row[0]->pop_60plus = 1000.0;
    t->months = MONTHS;
}

static void
start_county(struct region *r)
{
    struct county *c = mem_alloc(1, sizeof *c);

    c->tab = r->setup->tab[MODELS_COUNTY];
    c->person = mem_alloc(PEOPLE, sizeof *c->person);
    c->capacity = PEOPLE;
    c->born = mem_alloc(MONTHS, sizeof *c->born);
    r->state = c;
}

static void
finish_county(struct region *r)
{
    struct county *c = r->state;

    mem_free(c->person);
    mem_free(c->born);
    mem_free(c);
}

static void
start_workforce(struct region *r)
{
    struct workforce *w = mem_alloc(1, sizeof *w);

    for (int k = 0; k < STAFF_KINDS; k++)
        w->staff[k].wage = 1.0;
    r->own[MODELS_WORKFORCE] = w;
}

static void
finish_workforce(struct region *r)
{
    mem_free(r->own[MODELS_WORKFORCE]);
}

static void
start_care(struct region *r)
{
    struct care *c = mem_alloc(1, sizeof *c);

    c->row = mem_alloc(CASES, sizeof *c->row);
    c->tally = mem_alloc(TILL_SERVICES, sizeof *c->tally);
    r->own[MODELS_CARE] = c;
}

static void
finish_care(struct region *r)
{
    struct care *c = r->own[MODELS_CARE];

    mem_free(c->row);
    mem_free(c->tally);
    mem_free(c);
}

/* Users of a site that closes go home. */
static void
closes(struct region *r, uint32_t site)
{
    struct care *c = r->own[MODELS_CARE];

    for (uint32_t i = 0; i < c->n; i++) {
        struct care_case *x = &c->row[i];
        if (x->state != USING || x->facility != (int32_t)site)
            continue;
        x->state = RESTING;
        facility_of(r)->row[site].used[x->bed]--;
        c->tally[x->service][x->bed][x->grade]
                [county_of(r)->person[x->person].income]--;
    }
}

static void (*const on[SIGNALS])(struct region *, uint32_t) = {
    [SIGNAL_CLOSES] = closes};

static const struct model county_stub = {.name = "county",
    .doc = "people by hand",
    .tab_size = sizeof(struct county_tab),
    .prepare = prepare_county,
    .start = start_county,
    .finish = finish_county};
static const struct model workforce_stub = {.name = "workforce",
    .doc = "staff by hand",
    .start = start_workforce,
    .finish = finish_workforce};
static const struct model care_stub = {.name = "care",
    .doc = "users by hand",
    .start = start_care,
    .finish = finish_care,
    .on = on,
    .n_signals = SIGNALS};
static const struct model nothing = {.name = "nothing", .doc = "holds a place"};

static const struct model *const list[MODELS_COUNT + 1] = {
    [MODELS_COUNTY] = &county_stub,
    [MODELS_GRADE] = &nothing,
    [MODELS_MORTALITY] = &nothing,
    [MODELS_FERTILITY] = &nothing,
    [MODELS_POPULATION] = &nothing,
    [MODELS_MIGRATION] = &nothing,
    [MODELS_HOUSEHOLD] = &nothing,
    [MODELS_SERVICE] = &service_model,
    [MODELS_LEDGER] = &ledger_model,
    [MODELS_WORKFORCE] = &workforce_stub,
    [MODELS_FACILITY] = &facility_model,
    [MODELS_CARE] = &care_stub,
    [MODELS_MARKET] = &market_model,
    [MODELS_SOJOURN] = &nothing,
    [MODELS_LEVER] = &nothing,
    [MODELS_PLAN] = &nothing,
};

static struct service_row
service(const char *name, int kind, int owner, int staff, double price)
{
    return (struct service_row){.name = name,
        .kind = kind,
        .owner = owner,
        .staff = staff,
        .need_above = -1.0,
        .age_to = 120,
        .grade_to = 4,
        .income_to = EMPLOYEE_PENSION,
        .days = 5.0,
        .price = {price, 1.5 * price, 2.0 * price},
        .clients = {15.0, 10.0, 6.0, 4.0, 3.0}};
}

void
till_init(struct till *self)
{
    struct service_row *s = self->service;

    memset(self, 0, sizeof *self);
    field_defaults(ledger_model.par, &self->ledger);
    field_defaults(market_model.par, &self->market);
    field_defaults(facility_model.par, &self->facility);
    s[TILL_PUBLIC_HOME] = service("public_home", RESIDENCE, OWNER_PUBLIC, 1, 1000.0);
    s[TILL_HANDED_OVER_HOME] =
        service("handed_over_home", RESIDENCE, OWNER_HANDED_OVER, 1, 1500.0);
    s[TILL_PRIVATE_HOME] = service("private_home", RESIDENCE, OWNER_PRIVATE, 1, 2000.0);
    s[TILL_DAY_CARE] = service("day_care", ATTENDANCE, OWNER_PUBLIC, 0, 400.0);
    s[TILL_CANTEEN] = service("canteen", ATTENDANCE, OWNER_PUBLIC, 0, 300.0);
    s[TILL_HOME_CARE] = service("home_care", VISIT, OWNER_PRIVATE, 2, 600.0);
    s[TILL_RETROFIT] = service("retrofit", ONCE, OWNER_PUBLIC, 0, 3000.0);
    for (int i = 0; i < TILL_SERVICES; i++)
        self->line[i] = i + 2;
}

void
till_open(struct till *self, struct date from, struct date to)
{
    self->services.services = (struct rows){.n = TILL_SERVICES,
        .row = self->service,
        .line = self->line,
        .file = "till.yaml"};
    self->pars[MODELS_SERVICE] = &self->services;
    self->pars[MODELS_LEDGER] = &self->ledger;
    self->pars[MODELS_FACILITY] = &self->facility;
    self->pars[MODELS_MARKET] = &self->market;
    setup_init(&self->setup, list, self->pars,
        date_day(from.year, from.month, from.day), date_day(to.year, to.month, to.day),
        &self->report);
    if (self->report.mistakes == 0)
        region_init(&self->region, &self->setup, 0, rng_run(1, 0));
}

void
till_close(struct till *self)
{
    region_free(&self->region);
    setup_free(&self->setup);
    report_free(&self->report);
}

void
till_month(struct till *self)
{
    struct region *r = &self->region;

    region_run(r, self->setup.time[++self->months]);
    ledger_model.observe(r);
    market_model.observe(r);
    self->out = *(const struct ledger_out *)r->out[MODELS_LEDGER];
    self->opening = *(const struct market_out *)r->out[MODELS_MARKET];
    memset(r->out[MODELS_LEDGER], 0, sizeof self->out);
    memset(r->out[MODELS_MARKET], 0, sizeof self->opening);
    for (int i = 0; i < ACCOUNTS; i++) {
        self->paid += self->out.paid[i];
        self->received += self->out.received[i];
    }
    assert_int_equal(self->paid, self->received);
}

int32_t
till_site(struct till *self, int service_index, int64_t ordinary, int64_t nursing)
{
    struct region *r = &self->region;
    struct facility x = {.key = (uint64_t)facility_of(r)->n + 1,
        .service = service_index,
        .homes = 1,
        .bed = {ordinary, nursing},
        .since = -1,
        .operating = true};

    if (region_now(r) > 0)
        return stock_build(r, &x);
    int32_t i = stock_add(r, &x);
    stock_open(r, i);
    return i;
}

void
till_use(struct till *self, int service_index, int32_t site, int bed, unsigned grade,
    unsigned income)
{
    struct region *r = &self->region;
    struct care *c = r->own[MODELS_CARE];
    struct county *county = county_of(r);

    assert_true(c->n < CASES && county->n < PEOPLE);
    county->person[county->n].income = income & 3;
    c->row[c->n++] = (struct care_case){.person = county->n++,
        .facility = site,
        .desk = (uint8_t)service_index,
        .service = (uint8_t)service_index,
        .state = USING,
        .bed = (uint8_t)bed,
        .grade = (uint8_t)grade};
    c->tally[service_index][bed][grade][income]++;
    if (site >= 0)
        facility_of(r)->row[site].used[bed]++;
}

void
till_people(struct till *self, int year, int month, uint32_t n)
{
    county_of(&self->region)->born[person_month(date_day(year, month, 1))][FEMALE] += n;
}

struct workforce *
till_staff(struct till *self)
{
    return self->region.own[MODELS_WORKFORCE];
}

int64_t
till_paid(const struct till *self, int payer, int purpose)
{
    return self->out.paid_for[payer * PURPOSES + purpose];
}
