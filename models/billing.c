#include "models/billing.h"

#include "models/care.h"
#include "models/county.h"
#include "models/ledger.h"
#include "models/models.h"
#include "models/pot.h"
#include "models/tariff.h"
#include "sim/date.h"

#include <math.h>
#include <string.h>

enum { THE_DESTITUTE, OTHERS, GROUPS, ADULT_AGE = 18 };

/* The days of a month that the run has, and the days of the month. */
struct month {
    int64_t days, of;
};

/* The month of operators, by owner: what they got and spent, what staff users need. */
struct books {
    struct month month;
    int64_t income[OWNERS], cost[OWNERS];
    double need[OWNERS][STAFF_KINDS];
};

static struct month
month_at(const struct setup *s, int t)
{
    int32_t last = s->first_day + s->time[t] / MINUTES_A_DAY - 1;
    struct date d = date_of(last);
    int32_t first = date_day(d.year, d.month, 1);
    int32_t next =
        d.month == 12 ? date_day(d.year + 1, 1, 1) : date_day(d.year, d.month + 1, 1);

    return (struct month){(s->time[t] - s->time[t - 1]) / MINUTES_A_DAY, next - first};
}

static int64_t
part(struct month m, int64_t fen)
{
    return m.days == m.of ? fen : fen / m.of * m.days + fen % m.of * m.days / m.of;
}

static int64_t
round_fen(double fen)
{
    return (int64_t)floor(fen + 0.5);
}

static bool
insured(const struct region *r)
{
    for (int i = 0; i < service_of(r->setup)->n; i++)
        if (service_terms(r, i)->covered > 0.0)
            return true;
    return false;
}

/* People of 18 and over, by month of birth. */
static int64_t
adults(const struct region *r)
{
    const struct county *c = county_of(r);
    int last = county_month(r->setup, region_now(r)) - 12 * ADULT_AGE;
    int64_t n = 0;

    for (int m = 0; m <= last && m < c->tab->months; m++)
        n += (int64_t)c->born[m][MALE] + c->born[m][FEMALE];
    return n;
}

static void
bill_premiums(struct region *r, struct month month)
{
    const struct ledger_par *par = ledger_par(r);
    double year = 100.0 * par->premium;

    if (!insured(r) || year <= 0.0)
        return;
    int64_t all = part(month, round_fen((double)adults(r) * year / 12.0));
    int64_t own = round_fen((double)all * par->premium_household);
    ledger_pay(r, ACCOUNT_HOUSEHOLD, ACCOUNT_INSURANCE, PAY_PREMIUM, own);
    pot_pay(r, POT_SUPPORT, ACCOUNT_INSURANCE, PAY_PREMIUM, all - own);
}

static void
earn(struct books *books, int owner, int64_t fen)
{
    books->income[owner] += fen;
}

static void
spend(struct region *r, struct books *books, int owner, int to, int64_t fen)
{
    int purpose = to == ACCOUNT_STAFF ? PAY_WAGE : PAY_RUNNING;

    ledger_pay(r, ACCOUNT_PUBLIC + owner, to, purpose, fen);
    books->cost[owner] += fen;
}

/* `n` users (pieces) of a grade and class: what is above the cap is the user's own. */
static void
add_fees(
    struct region *r, int service, int bed, unsigned grade, unsigned income, int64_t n)
{
    struct ledger_bill *b =
        &ledger_of(r)->bill[service][income == DESTITUTE ? THE_DESTITUTE : OTHERS];
    struct service_fee fee = service_fee(r, service, bed, grade, income);
    int64_t cap = round_fen(100.0 * ledger_par(r)->benefit_cap);
    int64_t above = fee.insured > cap ? fee.insured - cap : 0;

    b->own += n * (fee.own + above);
    b->insured += n * (fee.insured - above);
    b->subsidised += n * fee.subsidised;
}

/* Users of a service of a month: fees into the bills; their beds' subsidy and their
 * food and materials at once. */
static void
bill_users(struct region *r, int service, struct books *books)
{
    const struct service_row *row = &service_of(r->setup)->row[service];
    const struct care *care = r->own[MODELS_CARE];
    int64_t users = 0, operating = 0, running = 0;

    for (int b = 0; b < BEDS; b++)
        for (unsigned g = 0; g < GRADES; g++)
            for (unsigned k = 0; k < INCOMES; k++) {
                int64_t n = care->tally[service][b][g][k];
                if (n <= 0)
                    continue;
                add_fees(r, service, b, g, k, n);
                users += n;
                operating += n * tariff_operating(r, service, b, g);
                running += n * tariff_user(r, service, b);
                if (tariff_kind(row) >= 0)
                    books->need[row->owner][tariff_kind(row)] +=
                        (double)n * tariff_need(row, g);
            }
    if (users == 0)
        return;
    operating = part(books->month, operating);
    pot_pay(r, POT_SUBSIDY, ACCOUNT_PUBLIC + row->owner, PAY_OPERATING, operating);
    earn(books, row->owner, operating);
    spend(r, books, row->owner, ACCOUNT_SUPPLIERS, part(books->month, running));
    for (int i = 0; i < GROUPS; i++) {
        struct ledger_bill *b = &ledger_of(r)->bill[service][i];
        b->own = part(books->month, b->own);
        b->insured = part(books->month, b->insured);
        b->subsidised = part(books->month, b->subsidised);
    }
}

/* Pieces given out since the last bill. */
static void
bill_pieces(struct region *r, int service, struct books *books)
{
    const struct service_row *row = &service_of(r->setup)->row[service];
    int32_t *piece = ledger_of(r)->piece + service * GRADES * INCOMES;
    int64_t all = 0;

    for (unsigned g = 0; g < GRADES; g++)
        for (unsigned k = 0; k < INCOMES; k++) {
            int64_t n = piece[g * INCOMES + k];
            if (n == 0)
                continue;
            add_fees(r, service, BED_ORDINARY, g, k, n);
            all += n;
        }
    memset(piece, 0, GRADES * INCOMES * sizeof *piece);
    spend(r, books, row->owner, ACCOUNT_SUPPLIERS,
        all * tariff_user(r, service, BED_ORDINARY));
}

/* Benefits beyond what the fund holds fall back on those insured, all alike: of the
 * first x fen due the fund pays x times what it holds by what is due. */
static void
cut_benefits(struct region *r)
{
    struct ledger *self = ledger_of(r);
    struct ledger_out *out = r->out[MODELS_LEDGER];
    int64_t due = 0, holds = ledger_fund(r), before = 0, paid = 0;

    for (int i = 0; i < service_of(r->setup)->n; i++)
        due += self->bill[i][THE_DESTITUTE].insured + self->bill[i][OTHERS].insured;
    holds = holds > 0 ? holds : 0;
    if (due <= holds || ledger_par(r)->insurance_may_owe != 0)
        return;
    for (int i = 0; i < service_of(r->setup)->n; i++)
        for (int k = 0; k < GROUPS; k++) {
            struct ledger_bill *b = &self->bill[i][k];
            before += b->insured;
            int64_t upto = (int64_t)((double)before * ((double)holds / (double)due));
            upto = upto < holds ? upto : holds;
            int64_t gets = upto - paid < b->insured ? upto - paid : b->insured;
            out->benefits_cut += b->insured - gets;
            b->own += b->insured - gets;
            b->insured = gets;
            paid += gets;
        }
}

static void
post_fees(struct region *r, int service, struct books *books)
{
    const struct ledger_tab *tab = r->setup->tab[MODELS_LEDGER];
    int owner = service_of(r->setup)->row[service].owner, to = ACCOUNT_PUBLIC + owner;
    int32_t purpose = tab->purpose[service];

    for (int i = 0; i < GROUPS; i++) {
        const struct ledger_bill *b = &ledger_of(r)->bill[service][i];
        int64_t covered =
            i == THE_DESTITUTE
                ? round_fen((double)b->own * ledger_par(r)->destitute_covered)
                : 0;
        ledger_pay(r, ACCOUNT_HOUSEHOLD, to, PAY_FEE, b->own - covered);
        pot_pay(r, POT_SUPPORT, to, purpose != PURPOSES ? purpose : PAY_FEE, covered);
        ledger_pay(r, ACCOUNT_INSURANCE, to, PAY_BENEFIT, b->insured);
        pot_pay(r, POT_SUBSIDY, to, purpose != PURPOSES ? purpose : PAY_SERVICE,
            b->subsidised);
        earn(books, owner, b->own + b->insured + b->subsidised);
    }
}

static void
post_sites(struct region *r, struct books *books)
{
    const struct facilities *f = facility_of(r);
    int64_t cost[OWNERS] = {0};

    for (int32_t i = 0; i < f->n; i++)
        if (f->row[i].open && f->row[i].operating)
            cost[service_of(r->setup)->row[f->row[i].service].owner] +=
                tariff_site(r, &f->row[i]);
    for (int i = 0; i < OWNERS; i++)
        spend(r, books, i, ACCOUNT_SUPPLIERS, part(books->month, cost[i]));
}

/*
 * Wages of a kind: operators pay for what their users need, less when there are not as
 * many; whom nobody needs public operators keep, as far as `idle_paid` says.
 */
static void
post_wages(struct region *r, enum staff_kind kind, struct books *books)
{
    const struct workforce *w = r->own[MODELS_WORKFORCE];
    double wage = tariff_wage(r, kind), others = tariff_others(r, kind);
    double stock = (double)w->staff[kind].stock, need = 0.0;

    for (int i = 0; i < OWNERS; i++)
        need += books->need[i][kind];
    double works = need > stock ? stock / need : 1.0;
    double idle = need > stock ? 0.0 : (stock - need) * ledger_par(r)->idle_paid;
    for (int i = 0; i < OWNERS; i++) {
        double n = books->need[i][kind] * works * (1.0 + others) +
                   (i == OWNER_PUBLIC ? idle : 0.0);
        spend(r, books, i, ACCOUNT_STAFF, part(books->month, round_fen(n * wage)));
    }
}

static void
post_deficit(struct region *r, struct books *books)
{
    int64_t lack = books->cost[OWNER_PUBLIC] - books->income[OWNER_PUBLIC];

    if (lack > 0)
        pot_pay(r, POT_SUBSIDY, ACCOUNT_PUBLIC, PAY_DEFICIT,
            round_fen((double)lack * ledger_par(r)->deficit_covered));
}

/* What payers have for social welfare in the month, to compare spending with. */
static void
note_budgets(struct region *r, struct month month)
{
    const struct ledger_par *par = ledger_par(r);
    const struct ledger_tab *tab = r->setup->tab[MODELS_LEDGER];
    struct ledger_out *out = r->out[MODELS_LEDGER];
    const double year[ACCOUNTS] = {[ACCOUNT_COUNTY] = par->budget_county,
        [ACCOUNT_PREFECTURE] = par->budget_prefecture,
        [ACCOUNT_PROVINCE] = par->budget_province,
        [ACCOUNT_LOTTERY] = par->budget_lottery,
        [ACCOUNT_CHARITY] = par->budget_charity};

    for (int i = 0; i < ACCOUNTS; i++)
        out->budget[i] +=
            part(month, round_fen(year[i] * 100.0 / 12.0 * tab->share[r->index]));
}

void
billing_month(struct region *r, int t)
{
    struct books books = {.month = month_at(r->setup, t)};
    int n = service_of(r->setup)->n;

    memset(ledger_of(r)->bill, 0, (size_t)n * sizeof *ledger_of(r)->bill);
    bill_premiums(r, books.month);
    for (int i = 0; i < n; i++) {
        bill_users(r, i, &books);
        bill_pieces(r, i, &books);
    }
    cut_benefits(r);
    for (int i = 0; i < n; i++)
        post_fees(r, i, &books);
    post_sites(r, &books);
    for (int k = 0; k < STAFF_KINDS; k++)
        post_wages(r, (enum staff_kind)k, &books);
    post_deficit(r, &books);
    note_budgets(r, books.month);
}
