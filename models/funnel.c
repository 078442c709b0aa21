#include "models/funnel.h"

#include "models/models.h"
#include "sim/num.h"

#include <math.h>

static const struct care_par *
par_of(const struct region *r)
{
    return r->setup->par[MODELS_CARE];
}

/* Hours a week that nobody at home gives. */
static double
unmet_hours(const struct care_par *par, const struct person *p)
{
    double left = par->need_hours[p->grade] - par->informal_hours[p->living];

    return left > 0.0 ? left : 0.0;
}

/* Probability of being willing, by logistic odds from the level of the residence. */
static double
willing(const struct care_par *par, const struct person *p)
{
    double x = p->residence == URBAN ? par->willing_urban : par->willing_rural;
    double odds = x / (1.0 - x);

    if (p->grade > 0)
        odds *= par->willing_disabled_odds;
    if (p->living == ALONE)
        odds *= par->willing_alone_odds;
    return odds / (1.0 + odds);
}

double
funnel_reluctance(const struct region *r, const struct person *p)
{
    struct rng_block b = rng_block(r->run, p->key, PURPOSE_WILLING, 0);

    return rng_uniform32(b.word[0]) / willing(par_of(r), p);
}

int64_t
funnel_means(const struct region *r, const struct person *p)
{
    const struct care_par *par = par_of(r);
    struct rng_block b = rng_block(r->run, p->key, PURPOSE_ABLE, 0);
    double help = -num_log(rng_uniform32(b.word[0])) * par->family_help[p->residence];

    if (p->income == DESTITUTE)
        return INT64_MAX;
    return (int64_t)((par->pension[p->income] + help) * 100.0);
}

enum facility_bed
funnel_bed(const struct region *r, const struct person *p)
{
    return p->grade >= par_of(r)->nursing_from ? BED_NURSING : BED_ORDINARY;
}

enum care_class
funnel_class(const struct person *p)
{
    if (p->income == DESTITUTE)
        return CLASS_DESTITUTE;
    if (p->grade < 3)
        return CLASS_OTHER;
    return p->income == ALLOWANCE ? CLASS_LOW_INCOME : CLASS_SEVERE;
}

/* The lowest fee for a type of bed among the county's operating homes, fen a month. */
static int64_t
cheapest(const struct region *r, enum facility_bed bed)
{
    const struct facilities *f = r->own[MODELS_FACILITY];
    int64_t price = INT64_MAX;

    for (int32_t i = 0; i < f->n; i++) {
        const struct facility *x = &f->row[i];
        if (x->open && x->operating && x->bed[bed] > 0 && x->price[bed] < price)
            price = x->price[bed];
    }
    return price;
}

struct funnel
funnel_of(const struct region *r, const struct person *p)
{
    const struct care_par *par = par_of(r);
    struct funnel f = {false, false, false};

    f.needs =
        p->elder && (unmet_hours(par, p) > par->need_above || p->income == DESTITUTE);
    f.willing = f.needs && funnel_reluctance(r, p) < 1.0;
    f.able = f.willing && funnel_means(r, p) >= cheapest(r, funnel_bed(r, p));
    return f;
}
