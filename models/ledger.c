/*
 * ledger.c - accounts of a county, and the rates by which its bills are made.
 */
#include "models/ledger.h"

#include "models/billing.h"
#include "models/county.h"
#include "models/facility.h"
#include "models/models.h"
#include "models/pot.h"
#include "sim/err.h"

#include <math.h>
#include <string.h>

#define PAR struct ledger_par
#define JUDGED .source = "judged", .quality = "assumption"
#define SHARE .unit = "1", .lo = 0, .hi = 1
#define MONTHLY .unit = "CNY/month", .lo = 0, .hi = 1e6
#define BUDGET                                       \
    .unit = "CNY/yr", .def = 0, .lo = 0, .hi = 1e13, \
    .source = "none: the scenario gives it; 0: not known", .quality = "assumption"

static const struct field par_table[] = {
    {FIELD(PAR, support_prefecture), SHARE, .def = 0, JUDGED,
        .doc =
            "share of what the destitute would owe, and of the public part of "
            "insurance premiums, that the prefecture pays; the county pays the rest"},
    {FIELD(PAR, support_province), SHARE, .def = 0, JUDGED,
        .doc = "the same of the province, with what the state gives through it"},
    {FIELD(PAR, support_lottery), SHARE, .def = 0, JUDGED,
        .doc = "the same of the lottery's public-welfare fund"},
    {FIELD(PAR, subsidy_prefecture), SHARE, .def = 0.1, JUDGED,
        .doc = "share of subsidies of beds and services and of public operators' "
               "deficits that the prefecture pays; the county pays the rest"},
    {FIELD(PAR, subsidy_province), SHARE, .def = 0.3, JUDGED,
        .doc = "the same of the province"},
    {FIELD(PAR, subsidy_lottery), SHARE, .def = 0.3, JUDGED,
        .doc = "the same of the lottery's public-welfare fund"},
    {FIELD(PAR, building_prefecture), SHARE, .def = 0.1, JUDGED,
        .doc = "share of subsidies for new private beds that the prefecture pays; the "
               "county pays the rest"},
    {FIELD(PAR, building_province), SHARE, .def = 0.3, JUDGED,
        .doc = "the same of the province"},
    {FIELD(PAR, building_lottery), SHARE, .def = 0.5, JUDGED,
        .doc = "the same of the lottery's public-welfare fund"},
    {FIELD(PAR, destitute_covered), SHARE, .def = 1, .quality = "recalled",
        .doc = "share of what the destitute would owe that public money pays",
        .source = "destitute people are supported in full by the state"},
    {FIELD(PAR, deficit_covered), SHARE, .def = 1, JUDGED,
        .doc = "share of public operators' monthly deficit that public money pays"},
    {FIELD(PAR, operating_public), MONTHLY, .def = 0, JUDGED,
        .doc = "operating subsidy of an occupied bed of a public home, whose deficit "
               "is paid anyway"},
    {FIELD(PAR, operating_handed_over), MONTHLY, .def = 100,
        .doc = "the same of a public home in private hands", .quality = "recalled",
        .source = "western provinces, 50 to 200 CNY an occupied bed-month"},
    {FIELD(PAR, operating_private), MONTHLY, .def = 100,
        .doc = "the same of a private home", .quality = "recalled",
        .source = "western provinces, 50 to 200 CNY an occupied bed-month"},
    {FIELD(PAR, operating_bed), .unit = "1", .def = 1, .lo = 0, .hi = 100, JUDGED,
        .doc = "factor of the operating subsidy: ordinary, nursing, dementia bed"},
    {FIELD(PAR, operating_grade), .unit = "1", .def = 1, .lo = 0, .hi = 100, JUDGED,
        .doc = "factor of the operating subsidy by the resident's grade 0 to 4"},
    {FIELD(PAR, build_subsidy), .unit = "CNY", .def = 0, .lo = 0, .hi = 1e6,
        .doc = "subsidy of a new bed of a private home in its own building; a lever "
               "may change it",
        .source = "none unless the plan says so; Yuxi's plan pays 10,000",
        .quality = "plan_statement"},
    {FIELD(PAR, build_lease), SHARE, .def = 0.5, .quality = "plan_statement",
        .doc = "share of it for a bed in a building leased for five years or more",
        .source = "Yuxi's plan, 5,000 against 10,000"},
    {FIELD(PAR, premium), .unit = "CNY/yr", .def = 100, .lo = 0, .hi = 1e5, JUDGED,
        .doc = "long-term-care insurance premium of a resident of 18 and over, in "
               "months in which insurance covers some service of the county"},
    {FIELD(PAR, premium_household), SHARE, .def = 0.5, JUDGED,
        .doc = "share of the premium that households pay"},
    {FIELD(PAR, fund), .unit = "CNY", .def = 0, .lo = 0, .hi = 1e12, JUDGED,
        .doc =
            "insurance funds of all counties at the start, by people of 60 and over"},
    {FIELD(PAR, benefit_cap), MONTHLY, .def = 2803, .quality = "measured",
        .doc = "most that insurance pays a user of a service a month",
        .source = "Kunming 2021: 70 % of a base of 4,004 CNY a month"},
    {FIELD(PAR, insurance_may_owe), SHARE, .def = 0, JUDGED,
        .doc = "1 when a fund pays benefits that it does not hold; else they are cut, "
               "all by the same share, and users pay the rest"},
    {FIELD(PAR, wage_caregiver), MONTHLY, .def = 3200, .quality = "assumption",
        .doc = "wage of a caregiver, what the employer pays",
        .source = "judged for counties of Yunnan: minimum wage plus a premium"},
    {FIELD(PAR, wage_home_carer), MONTHLY, .def = 3200, JUDGED,
        .doc = "wage of a home carer"},
    {FIELD(PAR, wage_social_worker), MONTHLY, .def = 4000, JUDGED,
        .doc = "wage of a social worker"},
    {FIELD(PAR, wage_child_carer), MONTHLY, .def = 3200, JUDGED,
        .doc = "wage of a child carer"},
    {FIELD(PAR, other_staff), .unit = "1", .def = 0.87, .lo = 0, .hi = 10,
        .doc =
            "wages of other staff of homes (kitchen, nurses, office) per caregivers' "
            "wages",
        .source = "53.6 % of the staff of homes in 13 provinces in 2022 are caregivers",
        .quality = "published_estimate"},
    {FIELD(PAR, idle_paid), SHARE, .def = 1, JUDGED,
        .doc = "share of staff whom no user needs at the time that public operators "
               "keep and pay"},
    {FIELD(PAR, bed_cost), MONTHLY, .def = 300, .quality = "assumption",
        .doc = "energy and upkeep of a bed of an operating residence",
        .source = "judged from 1,800 CNY a bed-month in all for self-caring residents"},
    {FIELD(PAR, resident_cost), MONTHLY, .def = 800, .quality = "assumption",
        .doc = "food and materials of a resident",
        .source = "judged, food is 600 of these 1,800 CNY"},
    {FIELD(PAR, place_cost), MONTHLY, .def = 50, JUDGED,
        .doc = "energy and upkeep of a place of what is no residence"},
    {FIELD(PAR, rent), MONTHLY, .def = 200, JUDGED,
        .doc = "rent of a bed or place in a leased building"},
    {FIELD(PAR, attendance_share), SHARE, .def = 0.5, JUDGED,
        .doc = "food and materials by the fee of services that users attend"},
    {FIELD(PAR, visit_share), SHARE, .def = 0.2, JUDGED,
        .doc = "travel and materials by the fee of services that visit"},
    {FIELD(PAR, piece_share), SHARE, .def = 0.9, JUDGED,
        .doc = "work and materials by the fee of a piece of a service of kind once"},
    {FIELD(PAR, budget_county), BUDGET,
        .doc = "social-welfare budgets of all counties, to compare spending with"},
    {FIELD(PAR, budget_prefecture), BUDGET, .doc = "the same of the prefecture"},
    {FIELD(PAR, budget_province), BUDGET, .doc = "the same of the province, here"},
    {FIELD(PAR, budget_lottery), BUDGET,
        .doc = "lottery's public-welfare fund spent on social welfare here"},
    {FIELD(PAR, budget_charity), BUDGET, .doc = "gifts to charity for social welfare"},
    {.name = NULL},
};

#define FEN .unit = "0.01 CNY", .method = FIELD_SUM

static const struct field out_table[] = {
    {FIELD(struct ledger_out, paid), FEN, .doc = "paid, by who pays", .zh = "支出",
        .axis = {&payment_accounts}},
    {FIELD(struct ledger_out, received), FEN, .doc = "received, by who is paid",
        .zh = "收入", .axis = {&payment_accounts}},
    {FIELD(struct ledger_out, budget), FEN, .zh = "社会福利预算",
        .doc = "had for social welfare, where known", .axis = {&payment_accounts}},
    {FIELD(struct ledger_out, spent), FEN, .doc = "paid, by purpose",
        .zh = "支出(按用途)", .axis = {&payment_purposes}},
    {FIELD(struct ledger_out, paid_for), FEN, .doc = "paid, by who pays and for what",
        .zh = "各方支出(按用途)", .axis = {&payment_payers, &payment_purposes}},
    {FIELD(struct ledger_out, insurance_fund), .unit = "0.01 CNY",
        .doc = "held by the long-term-care insurance fund", .zh = "长护险基金结余"},
    {FIELD(struct ledger_out, benefits_cut), FEN, .zh = "长护险待遇缺口",
        .doc = "benefits due that the insurance fund could not pay"},
    {.name = NULL},
};

enum { COUNT_BEDS, BILL };
static void count_beds(struct region *r, const struct event *e);
static void bill(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"count beds", count_beds, "the beds of the start are no new ones"},
    {"bill the month", bill, "fees, subsidies, premiums, wages, costs"},
    {.name = NULL},
};

static void new_beds(struct region *r, uint32_t facility);
static void (*const signals[SIGNALS])(struct region *, uint32_t) = {
    [SIGNAL_BEDS] = new_beds,
};

static void prepare(struct setup *s, void *tab, struct report *report);
static void start(struct region *r);
static void finish(struct region *r);
static void observe(struct region *r);

const struct model ledger_model = {
    .name = "ledger",
    .doc = "who pays whom for what",
    .source = "double entry in fen",
    .par_size = sizeof(struct ledger_par),
    .par = par_table,
    .tab_size = sizeof(struct ledger_tab),
    .prepare = prepare,
    .out_size = sizeof(struct ledger_out),
    .out = out_table,
    .handlers = handlers,
    .start = start,
    .finish = finish,
    .observe = observe,
    .on = signals,
    .n_signals = SIGNALS,
};

struct ledger *
ledger_of(const struct region *r)
{
    return r->own[MODELS_LEDGER];
}

const struct ledger_par *
ledger_par(const struct region *r)
{
    return r->setup->par[MODELS_LEDGER];
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct county_tab *counties = s->tab[MODELS_COUNTY];
    const struct service_tab *services = service_of(s);
    struct ledger_tab *t = tab;
    double all = 0.0;

    pot_check(s, report);
    t->share = mem_arena(&s->arena, (size_t)s->n_regions, sizeof *t->share);
    for (int i = 0; i < s->n_regions; i++)
        all += counties->row[i]->pop_60plus;
    for (int i = 0; i < s->n_regions; i++)
        t->share[i] = all > 0.0 ? counties->row[i]->pop_60plus / all : 0.0;
    t->purpose = mem_arena(&s->arena, (size_t)services->n + 1, sizeof *t->purpose);
    for (int i = 0; i < services->n; i++)
        t->purpose[i] = payment_purpose(services->row[i].name);
}

static void
start(struct region *r)
{
    const struct ledger_par *par = ledger_par(r);
    const struct ledger_tab *tab = r->setup->tab[MODELS_LEDGER];
    const double by_owner[OWNERS] = {[OWNER_PUBLIC] = par->operating_public,
        [OWNER_HANDED_OVER] = par->operating_handed_over,
        [OWNER_PRIVATE] = par->operating_private};
    const struct service_tab *services = service_of(r->setup);
    size_t n = (size_t)services->n + 1;
    struct ledger *self = mem_alloc(1, sizeof *self);

    r->own[MODELS_LEDGER] = self;
    self->opening = (int64_t)floor(100.0 * par->fund * tab->share[r->index] + 0.5);
    self->build_subsidy = par->build_subsidy;
    self->operating = mem_alloc(n * BEDS * GRADES, sizeof *self->operating);
    self->piece = mem_alloc(n * GRADES * INCOMES, sizeof *self->piece);
    self->bill = mem_alloc(n, sizeof *self->bill);
    for (int i = 0; i < services->n; i++)
        for (int b = 0; b < BEDS; b++)
            for (int g = 0; g < GRADES; g++)
                self->operating[(i * BEDS + b) * GRADES + g] =
                    by_owner[services->row[i].owner] * par->operating_bed[b] *
                    par->operating_grade[g];
    region_schedule(r, MODELS_LEDGER, COUNT_BEDS, 0, 0, 0);
    region_schedule(r, MODELS_LEDGER, BILL, 1, 0, r->setup->time[1] - 1);
}

static void
finish(struct region *r)
{
    struct ledger *self = ledger_of(r);

    mem_free(self->operating);
    mem_free(self->piece);
    mem_free(self->bill);
    mem_free(self->beds);
    mem_free(self);
}

static void
bill(struct region *r, const struct event *e)
{
    uint32_t next = e->subject + 1;

    billing_month(r, (int)e->subject);
    if (next < (uint32_t)r->setup->n_times)
        region_schedule(r, MODELS_LEDGER, BILL, next, 0, r->setup->time[next] - 1);
}

/* How many more beds a facility has than it ever had. */
static int64_t
more_beds(struct ledger *self, const struct facilities *f, uint32_t facility)
{
    const struct facility *x = &f->row[facility];
    int64_t now = 0;

    if (f->n > self->room) {
        self->room = 2 * f->n;
        self->beds = mem_grow(self->beds, (size_t)self->room, sizeof *self->beds);
    }
    for (; self->rows < f->n; self->rows++)
        self->beds[self->rows] = 0;
    for (int b = 0; x->open && b < BEDS; b++)
        now += x->bed[b];
    int64_t more = now - self->beds[facility];
    if (more > 0)
        self->beds[facility] = now;
    return more > 0 ? more : 0;
}

static void
count_beds(struct region *r, const struct event *e)
{
    const struct facilities *f = facility_of(r);
    struct ledger *self = ledger_of(r);

    (void)e;
    for (int32_t i = 0; i < f->n; i++)
        more_beds(self, f, (uint32_t)i);
    self->counted = true;
}

/* A bed is subsidised once, however often it is taken away and added again. */
static void
new_beds(struct region *r, uint32_t facility)
{
    const struct facilities *f = facility_of(r);
    const struct facility *x = &f->row[facility];
    const struct service_row *row = &service_of(r->setup)->row[x->service];
    struct ledger *self = ledger_of(r);

    if (!self->counted)
        return;
    int64_t n = more_beds(self, f, facility);
    if (row->owner != OWNER_PRIVATE || row->kind != RESIDENCE)
        return;
    double each = self->build_subsidy * (x->lease ? ledger_par(r)->build_lease : 1.0);
    pot_pay(r, POT_BUILDING, ACCOUNT_PRIVATE, PAY_BUILD_SUBSIDY,
        n * (int64_t)floor(100.0 * each + 0.5));
}

void
ledger_pay(struct region *r, int from, int to, int purpose, int64_t fen)
{
    struct ledger *self = ledger_of(r);
    struct ledger_out *out = r->out[MODELS_LEDGER];

    BUG_IF(fen < 0 || from == to);
    self->paid[from] += fen;
    self->received[to] += fen;
    self->spent[purpose] += fen;
    out->paid[from] += fen;
    out->received[to] += fen;
    out->spent[purpose] += fen;
    if (from < PAYERS)
        out->paid_for[from * PURPOSES + purpose] += fen;
}

void
ledger_piece(struct region *r, int service, unsigned grade, unsigned income)
{
    BUG_IF(service_of(r->setup)->row[service].kind != ONCE);
    ledger_of(r)->piece[(service * GRADES + (int)grade) * INCOMES + (int)income]++;
}

int64_t
ledger_fund(const struct region *r)
{
    const struct ledger *self = ledger_of(r);

    return self->opening + self->received[ACCOUNT_INSURANCE] -
           self->paid[ACCOUNT_INSURANCE];
}

void
ledger_set_build_subsidy(struct region *r, double cny)
{
    ledger_of(r)->build_subsidy = cny;
}

void
ledger_set_operating(
    struct region *r, int service, int bed, unsigned grade_from, double cny)
{
    for (unsigned g = grade_from; g < GRADES; g++)
        ledger_of(r)->operating[(service * BEDS + bed) * GRADES + (int)g] = cny;
}

static int64_t
sum(const int64_t *x, int n)
{
    int64_t all = 0;

    for (int i = 0; i < n; i++)
        all += x[i];
    return all;
}

static void
observe(struct region *r)
{
    const struct ledger *self = ledger_of(r);
    struct ledger_out *out = r->out[MODELS_LEDGER];
    int64_t paid = sum(self->paid, ACCOUNTS), month = sum(out->paid, ACCOUNTS);

    BUG_IF(sum(self->received, ACCOUNTS) != paid || sum(self->spent, PURPOSES) != paid);
    BUG_IF(sum(out->received, ACCOUNTS) != month || sum(out->spent, PURPOSES) != month);
    out->insurance_fund = ledger_fund(r);
}
