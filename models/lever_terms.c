#include "models/lever_terms.h"

#include "models/cases.h"
#include "models/county.h"
#include "models/funnel.h"
#include "models/ledger.h"
#include "models/models.h"
#include "models/rounds.h"
#include "models/sojourn.h"
#include "models/workforce.h"
#include "sim/date.h"
#include "sim/num.h"

#include <math.h>
#include <string.h>

static const struct lever_row *
row_of(const struct setup *s, int lever)
{
    return &lever_of(s)->row[lever];
}

static int
service_at(const struct setup *s, int lever)
{
    return lever_of(s)->plan[lever].service;
}

/* A factor that is phased in. */
static double
factor(const struct lever_row *row, double strength)
{
    return 1.0 + (row->value - 1.0) * strength;
}

void
lever_terms_open(struct policy *p, const struct setup *s, int lever, double strength)
{
    int desk = service_of(s)->desk[service_at(s, lever)];

    (void)strength;
    for (int i = 0; i < service_of(s)->n; i++)
        if (lever_covers(s, lever, i))
            p->terms[i].income_to = EMPLOYEE_PENSION;
    p->terms[desk].reserve = 1.0 - row_of(s, lever)->value;
}

void
lever_terms_wage(struct policy *p, const struct setup *s, int lever, double strength)
{
    const struct lever_row *row = row_of(s, lever);

    p->wage[row->staff - 1] *= factor(row, strength);
}

/* From a grade on, up to an income class. */
static bool
is_for(const struct lever_row *row, int grade, int income)
{
    return grade >= row->grade_from &&
           (row->income_to == LEVER_ANY || income <= row->income_to - 1);
}

/* Per bed the operator gets it, whoever lies in it; the ledger knows no income. */
static void
subsidise_beds(struct policy *p, const struct setup *s, int lever, double strength)
{
    const struct lever_row *row = row_of(s, lever);

    for (int i = 0; i < service_of(s)->n; i++)
        for (int g = 0; g < GRADES && lever_covers(s, lever, i); g++)
            if (g >= row->grade_from)
                p->operating[(i * BEDS + row->bed - 1) * GRADES + g] +=
                    row->value * strength;
}

void
lever_terms_subsidise(
    struct policy *p, const struct setup *s, int lever, double strength)
{
    const struct lever_row *row = row_of(s, lever);

    if (row->bed != LEVER_ANY) {
        subsidise_beds(p, s, lever, strength);
        return;
    }
    for (int i = 0; i < service_of(s)->n; i++)
        for (int g = 0; g < GRADES && lever_covers(s, lever, i); g++)
            for (int k = 0; k < INCOMES; k++)
                if (is_for(row, g, k))
                    p->terms[i].subsidy[g][k] += row->value * strength;
}

void
lever_terms_build_subsidy(
    struct policy *p, const struct setup *s, int lever, double strength)
{
    double value = row_of(s, lever)->value * strength;

    if (p->build_subsidy < value)
        p->build_subsidy = value;
}

void
lever_terms_insure(struct policy *p, const struct setup *s, int lever, double strength)
{
    const struct lever_row *row = row_of(s, lever);

    for (int i = 0; i < service_of(s)->n; i++)
        if (lever_covers(s, lever, i)) {
            p->terms[i].covered = row->value * strength;
            p->terms[i].covered_grade = (int32_t)row->grade_from;
        }
}

/* Never wider than it was. */
void
lever_terms_narrow(struct policy *p, const struct setup *s, int lever, double strength)
{
    const struct lever_row *row = row_of(s, lever);
    struct service_terms *t = &p->terms[service_at(s, lever)];

    (void)strength;
    if (row->income_to != LEVER_ANY && t->income_to > row->income_to - 1)
        t->income_to = row->income_to - 1;
    if (t->grade_from < row->grade_from)
        t->grade_from = (int32_t)row->grade_from;
}

void
lever_terms_priority(
    struct policy *p, const struct setup *s, int lever, double strength)
{
    (void)strength;
    p->terms[service_at(s, lever)].rule = row_of(s, lever)->rule - 1;
}

void
lever_terms_eligibility(
    struct policy *p, const struct setup *s, int lever, double strength)
{
    const struct lever_row *row = row_of(s, lever);
    struct service_terms *t = &p->terms[service_at(s, lever)];

    (void)strength;
    if (row->income_to != LEVER_ANY)
        t->income_to = row->income_to - 1;
    if (row->grade_from >= 0)
        t->grade_from = (int32_t)row->grade_from;
}

void
lever_terms_price(struct policy *p, const struct setup *s, int lever, double strength)
{
    for (int i = 0; i < service_of(s)->n; i++)
        if (lever_covers(s, lever, i))
            p->terms[i].price *= factor(row_of(s, lever), strength);
}

void
lever_terms_willingness(
    struct policy *p, const struct setup *s, int lever, double strength)
{
    p->terms[service_at(s, lever)].odds *= factor(row_of(s, lever), strength);
}

void
lever_terms_attract(struct policy *p, const struct setup *s, int lever, double strength)
{
    const struct lever_row *row = row_of(s, lever);

    for (int i = 0; i < sojourn_of(s)->n; i++)
        if (row->origin == NULL || strcmp(row->origin, sojourn_of(s)->row[i].name) == 0)
            p->guests[i] *= factor(row, strength);
}

/* Whether a user could be where he or she is, an applicant in the line. */
static bool
could(const struct region *r, const struct care_case *x)
{
    const struct person *p = &county_of(r)->person[x->person];

    if (x->state != USING)
        return funnel_of(r, p, x->desk).able;
    return funnel_eligible(r, p, x->desk) && funnel_reluctance(r, p, x->desk) < 1.0 &&
           funnel_affords(r, p, x->service, x->bed, funnel_means(r, p));
}

/* Notes who could; returns how many of those noted before could not. */
static int64_t
look(const struct region *r, int desk, bool *noted)
{
    const struct care *c = cases_of(r);
    int64_t n = 0;

    for (uint32_t i = 0; i < county_of(r)->n; i++) {
        uint32_t k = county_of(r)->person[i].alive
                         ? cases_find(r, &county_of(r)->person[i], desk)
                         : PERSON_NONE;
        if (k == PERSON_NONE || c->row[k].state > USING)
            continue;
        bool can = could(r, &c->row[k]);
        n += noted[k] && !can;
        noted[k] = can;
    }
    return n;
}

double
lever_terms_people(struct region *r, int lever, struct policy *without)
{
    int desk = service_of(r->setup)->desk[service_at(r->setup, lever)];
    bool *noted = mem_alloc(cases_of(r)->n + 1, sizeof *noted);

    look(r, desk, noted);
    policy_suppose(without, r);
    int64_t n = look(r, desk, noted);
    policy_suppose(without, r);
    mem_free(noted);
    return (double)n;
}

/* When the month that ends now began; minutes. */
static int32_t
month_start(const struct region *r)
{
    const struct setup *s = r->setup;
    int i = 0;

    while (i + 1 < s->n_times && s->time[i + 1] < region_now(r))
        i++;
    return s->time[i];
}

double
lever_terms_quits(struct region *r, int lever, struct policy *without)
{
    const struct workforce_par *par = r->setup->par[MODELS_WORKFORCE];
    int kind = row_of(r->setup, lever)->staff - 1;
    const struct staff *staff = workforce_staff(r, (enum staff_kind)kind);
    double wage = lever_state(r)->now.wage[kind] / without->wage[kind];
    double less = num_exp(par->wage_elasticity * num_log(wage)) - 1.0;

    return (double)staff->stock * staff->rate * less *
           (region_now(r) - month_start(r)) / MINUTES_A_YEAR;
}

/* Fees of a month of all users whom a lever covers, fen. */
static struct service_fee
fees(const struct region *r, int lever)
{
    struct service_fee all = {0, 0, 0};

    for (int i = 0; i < service_of(r->setup)->n; i++) {
        care_tally *tally = &cases_of(r)->tally[i];
        for (int b = 0; b < BEDS && lever_covers(r->setup, lever, i); b++)
            for (unsigned g = 0; g < GRADES; g++)
                for (unsigned k = 0; k < INCOMES; k++) {
                    struct service_fee fee = service_fee(r, i, b, g, k);
                    int64_t n = (*tally)[b][g][k];
                    all.own += n * fee.own;
                    all.insured += n * fee.insured;
                    all.subsidised += n * fee.subsidised;
                }
    }
    return all;
}

/* With the lever less without it. */
static struct service_fee
difference(struct region *r, int lever, struct policy *without)
{
    struct service_fee with = fees(r, lever);

    policy_suppose(without, r);
    struct service_fee none = fees(r, lever);
    policy_suppose(without, r);
    return (struct service_fee){with.own - none.own, with.insured - none.insured,
        with.subsidised - none.subsidised};
}

/* Fen for all beds in use. */
static int64_t
beds_subsidised(const struct region *r, int lever, const struct policy *p)
{
    int64_t all = 0;

    for (int i = 0; i < service_of(r->setup)->n; i++) {
        care_tally *tally = &cases_of(r)->tally[i];
        for (int b = 0; b < BEDS && lever_covers(r->setup, lever, i); b++)
            for (int g = 0; g < GRADES; g++) {
                double cny = p->operating[(i * BEDS + b) * GRADES + g];
                for (int k = 0; k < INCOMES; k++)
                    all += (*tally)[b][g][k] * (int64_t)floor(cny * 100.0 + 0.5);
            }
    }
    return all;
}

double
lever_terms_subsidised(struct region *r, int lever, struct policy *without)
{
    const struct policy *now = &lever_state(r)->now;
    int64_t beds = beds_subsidised(r, lever, now) - beds_subsidised(r, lever, without);

    if (row_of(r->setup, lever)->bed != LEVER_ANY)
        return (double)beds / 100.0;
    return (double)difference(r, lever, without).subsidised / 100.0;
}

/* The part of what the ledger paid in the month that would not have been due. */
double
lever_terms_new_beds(struct region *r, int lever, struct policy *without)
{
    const struct ledger_out *out = r->out[MODELS_LEDGER];
    double with = lever_state(r)->now.build_subsidy;

    (void)lever;
    if (with <= 0.0)
        return 0.0;
    return (double)out->spent[PAY_BUILD_SUBSIDY] / 100.0 *
           (1.0 - without->build_subsidy / with);
}

double
lever_terms_insured(struct region *r, int lever, struct policy *without)
{
    return (double)difference(r, lever, without).insured / 100.0;
}

double
lever_terms_fees(struct region *r, int lever, struct policy *without)
{
    struct service_fee fee = difference(r, lever, without);

    return (double)(fee.own + fee.insured + fee.subsidised) / 100.0;
}

double
lever_terms_guests(struct region *r, int lever, struct policy *without)
{
    const struct season *season = &sojourn_of(r->setup)->season;
    const struct policy *now = &lever_state(r)->now;
    int k = (int)r->index;
    double n = 0.0;

    (void)lever;
    for (int i = 0; i < sojourn_of(r->setup)->n; i++)
        n += (now->guests[i] - without->guests[i]) *
             (season_level(season, k, i, region_now(r)) -
                 season_level(season, k, i, month_start(r)));
    return n;
}

double
lever_terms_order(struct region *r, int lever, struct policy *without)
{
    int desk = service_at(r->setup, lever);

    return (double)rounds_moved(r, desk, without->terms[desk].rule);
}
