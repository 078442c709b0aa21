#include "models/funnel.h"

#include "models/cases.h"
#include "models/county.h"
#include "models/gate.h"
#include "models/models.h"
#include "sim/num.h"

enum { DEMENTIA_AGES = 6 };

/* A draw of a person about one service. */
static double
taste(const struct region *r, const struct person *p, uint32_t purpose, int service)
{
    struct rng_block b =
        rng_block(r->run, p->key, purpose, service_of(r->setup)->key[service]);

    return rng_uniform32(b.word[0]);
}

static bool
of_age(const struct region *r, const struct person *p, int service)
{
    const struct service_row *row = &service_of(r->setup)->row[service];
    double age = person_age(p, region_now(r));

    return age >= (double)row->age_from && age < (double)row->age_to + 1.0;
}

static inline bool
lets(const struct region *r, const struct person *p, int service)
{
    const struct gate *gate = &cases_of(r)->gate[service];

    return gate_lets(gate, p) && (!gate->by_age || of_age(r, p, service));
}

bool
funnel_eligible(const struct region *r, const struct person *p, int service)
{
    return lets(r, p, service);
}

double
funnel_informal(const struct care_par *par, const struct person *p)
{
    double hours = par->informal_hours[p->living];

    return p->near && p->living != FAMILY ? hours + par->near_child_hours : hours;
}

double
funnel_unmet(const struct region *r, const struct person *p)
{
    const struct care_par *par = cases_par(r);
    double left = par->need_hours[p->grade] - funnel_informal(par, p) -
                  (double)cases_minutes(r, p) / 60.0;

    return left > 0.0 ? left : 0.0;
}

bool
funnel_dementia(const struct region *r, const struct person *p)
{
    const struct care_par *par = cases_par(r);
    int group = ((int)person_age(p, region_now(r)) - ELDER_AGE) / 5;

    if (!p->elder || group < 0)
        return false;
    group = group < DEMENTIA_AGES ? group : DEMENTIA_AGES - 1;
    struct rng_block b = rng_block(r->run, p->key, PURPOSE_DEMENTIA, 0);
    return rng_uniform32(b.word[0]) < par->dementia[group];
}

/*
 * A person lives in one community (township) for life, sites fill them in an order that
 * each service turns by itself, so that no community gets everything first.
 */
bool
funnel_near(const struct region *r, const struct person *p, int service)
{
    const struct service_tab *t = service_of(r->setup);
    const struct service_row *row = &t->row[service];
    uint64_t units = (uint64_t)county_units(county_of(r), row->tier, row->residence);
    uint64_t home = units > 0 ? (p->key >> 20) % units : 0;

    return units > 0 &&
           (int64_t)((home + t->key[service]) % units) < facility_of(r)->sites[service];
}

/* The way to the nearest of a desk's suppliers, km. */
static double
way(const struct region *r, const struct person *p, int desk)
{
    const struct service_par *par = r->setup->par[MODELS_SERVICE];
    const struct service_tab *t = service_of(r->setup);
    double best = par->km_far[t->row[desk].tier];

    for (int k = 0; k < t->n; k++)
        if (t->desk[k] == desk && par->km_near[t->row[k].tier] < best &&
            funnel_near(r, p, k))
            best = par->km_near[t->row[k].tier];
    return best;
}

/* Odds from where the nearest site is, of odds next door. */
static double
odds_from_here(const struct region *r, const struct person *p, int desk, double odds)
{
    const struct service_row *row = &service_of(r->setup)->row[desk];

    return row->near_km > 0.0 ? odds * num_exp(-way(r, p, desk) / row->near_km) : odds;
}

/* Most people would not come even from next door, and the way is costly to find. */
static bool
is_willing(const struct region *r, const struct person *p, int desk)
{
    double u = taste(r, p, PURPOSE_WILLING, desk);
    struct gate_will will = gate_will(&cases_of(r)->gate[desk], r, p);

    if (u >= will.share)
        return false;
    double odds = odds_from_here(r, p, desk, will.odds);
    return u < odds / (1.0 + odds);
}

double
funnel_reluctance(const struct region *r, const struct person *p, int desk)
{
    struct gate_will will = gate_will(&cases_of(r)->gate[desk], r, p);
    double odds = odds_from_here(r, p, desk, will.odds);

    return taste(r, p, PURPOSE_WILLING, desk) / (odds / (1.0 + odds));
}

/* With what the family adds, CNY a month. */
static int64_t
means(const struct region *r, const struct person *p, double help)
{
    if (p->income == DESTITUTE)
        return INT64_MAX;
    return (int64_t)((cases_par(r)->pension[p->income] + help) * 100.0);
}

int64_t
funnel_means(const struct region *r, const struct person *p)
{
    struct rng_block b = rng_block(r->run, p->key, PURPOSE_ABLE, 0);

    return means(r, p,
        -num_log(rng_uniform32(b.word[0])) * cases_par(r)->family_help[p->residence]);
}

enum service_bed
funnel_bed(const struct region *r, const struct person *p, int desk)
{
    const struct service_row *row = &service_of(r->setup)->row[desk];
    const struct desk *d = &cases_of(r)->desk[desk];

    if (p->grade < row->grade_nursing)
        return BED_ORDINARY;
    /* where nobody has beds for dementia a nursing bed has to do */
    return d->line[BED_DEMENTIA].capacity > 0 && funnel_dementia(r, p) ? BED_DEMENTIA
                                                                       : BED_NURSING;
}

enum service_class
funnel_class(const struct person *p)
{
    if (p->income == DESTITUTE)
        return CLASS_DESTITUTE;
    if (p->grade < 3)
        return CLASS_OTHER;
    return p->income == ALLOWANCE ? CLASS_LOW_INCOME : CLASS_SEVERE;
}

bool
funnel_affords(
    const struct region *r, const struct person *p, int service, int bed, int64_t means)
{
    return means >= service_fee(r, service, bed, p->grade, p->income).own &&
           funnel_eligible(r, p, service);
}

/* Whether any supplier that takes users is within such means. */
static bool
within(const struct region *r, const struct person *p, int desk, int64_t most)
{
    const struct desk *d = &cases_of(r)->desk[desk];
    const struct service_row *row = service_of(r->setup)->row;
    int bed = (int)funnel_bed(r, p, desk);

    if (row[desk].unlimited || row[desk].kind == ONCE)
        return funnel_affords(r, p, desk, bed, most);
    for (int32_t i = 0; i < d->n; i++) {
        const struct facility *x = &facility_of(r)->row[d->supplier[i]];
        if (x->bed[bed] > 0 && funnel_affords(r, p, x->service, bed, most))
            return true;
    }
    return false;
}

/* Few need their family's help, which is costly to find out. */
static bool
able(const struct region *r, const struct person *p, int desk)
{
    return within(r, p, desk, means(r, p, 0.0)) ||
           within(r, p, desk, funnel_means(r, p));
}

struct funnel
funnel_of(const struct region *r, const struct person *p, int desk)
{
    const struct service_row *row = &service_of(r->setup)->row[desk];
    struct funnel f = {.eligible = lets(r, p, desk)};

    f.needs =
        f.eligible && (row->need_above < 0.0 || funnel_unmet(r, p) > row->need_above ||
                          (row->kind == RESIDENCE && p->income == DESTITUTE));
    f.willing = f.needs && is_willing(r, p, desk);
    f.able = f.willing && able(r, p, desk);
    return f;
}
