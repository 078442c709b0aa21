#include "models/market.h"

#include "models/care.h"
#include "models/county.h"
#include "models/ledger.h"
#include "models/models.h"
#include "models/stock.h"
#include "models/tariff.h"
#include "sim/date.h"
#include "sim/err.h"

#include <math.h>

#define PAR struct market_par
#define JUDGED .source = "judged", .quality = "assumption"

static const struct field par_table[] = {
    {FIELD(PAR, on), .unit = "1", .def = 0, .lo = 0, .hi = 1, JUDGED,
        .doc = "1: private homes open and close as they earn; 0: as the plan says"},
    {FIELD(PAR, close_after), .unit = "yr", .def = 3, .lo = 1, .hi = 100, JUDGED,
        .doc = "whole years of loss in a row after which a private home closes"},
    {FIELD(PAR, enter_occupancy), .unit = "1", .def = 0.8, .lo = 0, .hi = 1, JUDGED,
        .doc = "share of beds in use of a county's private homes above which another "
               "may open"},
    {FIELD(PAR, enter_return), .unit = "1/yr", .def = 0.06, .lo = -1, .hi = 10, JUDGED,
        .doc = "yearly result of a new home, by its cost of building less the subsidy, "
               "above which it is begun"},
    {FIELD(PAR, enter_beds), .unit = "bed", .def = 60, .lo = 1, .hi = 1e4, JUDGED,
        .doc = "beds of a new home"},
    {FIELD(PAR, enter_nursing), .unit = "1", .def = 0.6, .lo = 0, .hi = 1, JUDGED,
        .doc = "share of nursing beds of a new home"},
    {FIELD(PAR, enter_delay), .unit = "day", .def = 540, .lo = 1, .hi = 3650, JUDGED,
        .doc = "time from beginning to opening of a new home"},
    {FIELD(PAR, build_cost), .unit = "CNY", .def = 155800, .lo = 0, .hi = 1e8,
        .doc = "cost of building a bed", .quality = "plan_statement",
        .source = "Dali's plan: 793.75 million CNY for 5,096 beds, homes of all kinds"},
    {FIELD(PAR, service), .unit = "1", .text = "private_home", JUDGED,
        .doc = "kind of supplier that a new home is, a name of service.services"},
    {.name = NULL},
};

static const struct field out_table[] = {
    {FIELD(struct market_out, market_opened), .unit = "1", .method = FIELD_SUM,
        .doc = "private homes that investors opened", .zh = "新开民办机构"},
    {FIELD(struct market_out, market_closed), .unit = "1", .method = FIELD_SUM,
        .doc = "private homes that closed after years of loss", .zh = "关停民办机构"},
    {FIELD(struct market_out, market_losing), .unit = "1",
        .doc = "private homes that lost money in the last whole year",
        .zh = "亏损民办机构"},
    {FIELD(struct market_out, market_result), .unit = "0.01 CNY", .method = FIELD_SUM,
        .doc = "private homes' fees and subsidies less staff needed, running cost and "
               "rent",
        .zh = "民办机构经营结余"},
    {.name = NULL},
};

enum { HOMES = 0x6d6b74 }; /* tells keys of new homes apart */
enum { ACCOUNT, YEAR, OPEN };
static void account(struct region *r, const struct event *e);
static void year(struct region *r, const struct event *e);
static void opens(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"account private homes", account, "their month's result"},
    {"review private homes", year, "who lost too long closes; one may be begun"},
    {"open private home", opens, "an investor's home opens"},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);
static void start(struct region *r);
static void finish(struct region *r);
static void observe(struct region *r);

struct market_tab {
    int service; /* of a new home */
};

const struct model market_model = {
    .name = "market",
    .doc = "private homes open and close as they earn or lose",
    .source = "break-even of each home, year by year",
    .par_size = sizeof(struct market_par),
    .par = par_table,
    .tab_size = sizeof(struct market_tab),
    .prepare = prepare,
    .out_size = sizeof(struct market_out),
    .out = out_table,
    .handlers = handlers,
    .start = start,
    .finish = finish,
    .observe = observe,
};

static bool
is_private_home(const struct service_row *row)
{
    return row->owner == OWNER_PRIVATE && row->kind == RESIDENCE;
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct market_par *par = s->par[MODELS_MARKET];
    struct market_tab *t = tab;

    t->service = -1;
    if (par->on == 0)
        return;
    t->service = service_find(s, par->service);
    if (t->service < 0 || !is_private_home(&service_of(s)->row[t->service]))
        report_mistake(report, setup_place(s, "market.service"),
            "'%s' is no private residence, expected the name of one in "
            "service.services",
            par->service);
}

/* The first 1 January after `t` minutes. */
static int32_t
next_year(const struct setup *s, int32_t t)
{
    struct date d = date_of(s->first_day + t / MINUTES_A_DAY);

    return (date_day(d.year + 1, 1, 1) - s->first_day) * MINUTES_A_DAY;
}

static void
start(struct region *r)
{
    const struct market_par *par = r->setup->par[MODELS_MARKET];

    if (par->on == 0)
        return;
    r->own[MODELS_MARKET] = mem_alloc(1, sizeof(struct market));
    region_schedule(r, MODELS_MARKET, ACCOUNT, 1, 0, r->setup->time[1] - 1);
    region_schedule(r, MODELS_MARKET, YEAR, 0, 0, next_year(r->setup, 0));
}

static void
finish(struct region *r)
{
    struct market *self = r->own[MODELS_MARKET];

    if (self != NULL)
        mem_free(self->site);
    mem_free(self);
}

/* Fen that a user brings in a month beyond what the user costs. */
static int64_t
margin(const struct region *r, int service, int bed, unsigned grade, unsigned income)
{
    struct service_fee fee = service_fee(r, service, bed, grade, income);

    return fee.own + fee.insured + fee.subsidised +
           tariff_operating(r, service, bed, grade) - tariff_user(r, service, bed) -
           (int64_t)floor(tariff_staff(r, service, grade) + 0.5);
}

static bool
stands(const struct region *r, const struct facility *x)
{
    return x->open && x->operating &&
           is_private_home(&service_of(r->setup)->row[x->service]);
}

static void
grow(struct market *self, int32_t n)
{
    if (n > self->room) {
        self->room = 2 * n;
        self->site = mem_grow(self->site, (size_t)self->room, sizeof *self->site);
    }
    for (; self->n < n; self->n++)
        self->site[self->n] = (struct market_site){0};
}

/* Residents by what each of them pays and needs; fen of all together. */
static int64_t
account_users(struct region *r)
{
    struct market *self = r->own[MODELS_MARKET];
    const struct care *care = r->own[MODELS_CARE];
    const struct person *person = county_of(r)->person;
    int64_t all = 0;

    for (uint32_t i = 0; i < care->n; i++) {
        const struct care_case *x = &care->row[i];
        if (x->state != USING || x->facility < 0 ||
            !stands(r, &facility_of(r)->row[x->facility]))
            continue;
        struct market_site *site = &self->site[x->facility];
        int64_t brings =
            margin(r, x->service, x->bed, x->grade, person[x->person].income);
        site->seen[x->bed]++;
        site->users++;
        site->margin += brings;
        all += brings;
    }
    return all;
}

/* Places, and guests: they pay and need as an employees' pensioner of grade 0, and
 * bring no subsidy. */
static int64_t
account_site(struct region *r, const struct facility *x, struct market_site *site)
{
    int64_t brings = 0, cost = tariff_site(r, x);

    for (int b = 0; b < BEDS; b++) {
        int64_t guests = x->used[b] - site->seen[b];
        BUG_IF(guests < 0);
        site->users += guests;
        site->beds += x->bed[b];
        brings += guests * (margin(r, x->service, b, 0, EMPLOYEE_PENSION) -
                               tariff_operating(r, x->service, b, 0));
    }
    site->margin += brings;
    site->cost += cost;
    site->months++;
    return brings - cost;
}

static void
account(struct region *r, const struct event *e)
{
    struct market *self = r->own[MODELS_MARKET];
    struct market_out *out = r->out[MODELS_MARKET];
    const struct facilities *f = facility_of(r);
    uint32_t next = e->subject + 1;

    grow(self, f->n);
    for (int32_t i = 0; i < f->n; i++)
        for (int b = 0; b < BEDS; b++)
            self->site[i].seen[b] = 0;
    out->market_result += account_users(r);
    for (int32_t i = 0; i < f->n; i++)
        if (stands(r, &f->row[i]))
            out->market_result += account_site(r, &f->row[i], &self->site[i]);
    if (next < (uint32_t)r->setup->n_times)
        region_schedule(r, MODELS_MARKET, ACCOUNT, next, 0, r->setup->time[next] - 1);
}

/* Years of loss in a row; a year in which a home did not stand all months is none. */
static void
judge(struct market_site *site)
{
    if (site->months == 12)
        site->losses = site->margin < site->cost ? site->losses + 1 : 0;
}

/*
 * What a new home would earn in a year, fen, if its beds were as full and its users as
 * those of the county's private homes in the last year:
 * 12 (beds x occupancy x margin of a user-month - cost of its places).
 */
static double
would_earn(const struct region *r, const struct market_site *all)
{
    const struct market_par *par = r->setup->par[MODELS_MARKET];
    const struct market_tab *tab = r->setup->tab[MODELS_MARKET];
    struct facility x = {.service = tab->service, .bed = {par->enter_beds}};
    double full = (double)all->users / (double)all->beds;
    double each = (double)all->margin / (double)all->users;

    return 12.0 * ((double)par->enter_beds * full * each - (double)tariff_site(r, &x));
}

/* Begins a home where it would pay. */
static void
enter(struct region *r, const struct market_site *all)
{
    const struct market_par *par = r->setup->par[MODELS_MARKET];
    struct market *self = r->own[MODELS_MARKET];
    double cost = 100.0 * (double)par->enter_beds *
                  (par->build_cost - ledger_of(r)->build_subsidy);

    if (self->building || all->beds == 0 || all->users == 0 ||
        (double)all->users <= par->enter_occupancy * (double)all->beds ||
        would_earn(r, all) <= par->enter_return * cost)
        return;
    double t = region_now(r) + floor(par->enter_delay * MINUTES_A_DAY);
    region_schedule(r, MODELS_MARKET, OPEN, self->begun++, 0,
        t < r->setup->end ? (int32_t)t : NEVER);
    self->building = true;
}

static void
year(struct region *r, const struct event *e)
{
    const struct market_par *par = r->setup->par[MODELS_MARKET];
    struct market *self = r->own[MODELS_MARKET];
    struct market_out *out = r->out[MODELS_MARKET];
    struct market_site all = {0};

    (void)e;
    for (int32_t i = 0; i < self->n; i++) {
        struct market_site *site = &self->site[i];
        const struct facility *x = &facility_of(r)->row[i];
        judge(site);
        all.users += site->users;
        all.beds += site->beds;
        all.margin += site->margin;
        if (site->losses >= par->close_after && stands(r, x)) {
            out->market_closed += x->homes;
            stock_close(r, i);
        }
        *site = (struct market_site){.losses = site->losses};
    }
    enter(r, &all);
    region_schedule(r, MODELS_MARKET, YEAR, 0, 0, next_year(r->setup, region_now(r)));
}

/* Its key comes from county and number, so that it is the same home in every scenario.
 */
static void
opens(struct region *r, const struct event *e)
{
    const struct market_par *par = r->setup->par[MODELS_MARKET];
    const struct market_tab *tab = r->setup->tab[MODELS_MARKET];
    struct market *self = r->own[MODELS_MARKET];
    struct market_out *out = r->out[MODELS_MARKET];
    int64_t nursing =
        (int64_t)floor((double)par->enter_beds * par->enter_nursing + 0.5);
    struct facility x = {.key = rng_mix(rng_mix(r->code, HOMES), e->subject),
        .service = tab->service,
        .homes = 1,
        .operating = true};

    x.bed[BED_ORDINARY] = par->enter_beds - nursing;
    x.bed[BED_NURSING] = nursing;
    ledger_pay(r, ACCOUNT_PRIVATE, ACCOUNT_BUILDERS, PAY_CONSTRUCTION,
        par->enter_beds * (int64_t)floor(100.0 * par->build_cost + 0.5));
    stock_build(r, &x);
    out->market_opened++;
    self->building = false;
}

static void
observe(struct region *r)
{
    const struct market *self = r->own[MODELS_MARKET];
    struct market_out *out = r->out[MODELS_MARKET];

    for (int32_t i = 0; self != NULL && i < self->n; i++)
        if (self->site[i].losses > 0 && stands(r, &facility_of(r)->row[i]))
            out->market_losing += facility_of(r)->row[i].homes;
}
