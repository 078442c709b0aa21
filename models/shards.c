#include "models/shards.h"

#include "models/county.h"
#include "models/ledger.h"
#include "models/lever.h"
#include "models/lever_kind.h"
#include "models/lever_terms.h"
#include "models/models.h"
#include "models/rates.h"
#include "models/service.h"
#include "sim/date.h"

/* The year in which the run ends counts whole. A year is left free on both sides: full
 * ages go by the calendar, elsewhere by mean years. */
int
shards_young(const struct setup *s)
{
    int years = date_of(s->last_day).year - date_of(s->first_day).year + 1;
    int age = ELDER_AGE - years - 1;

    return age < MARRIED_FROM ? age : MARRIED_FROM - 1;
}

/* Whether care or bills are for people before 60, too. */
static bool
concerns_young(const struct setup *s)
{
    const struct lever_tab *levers = lever_of(s);

    for (int i = 0; i < levers->n; i++)
        if (levers->plan[i].kind->apply == lever_terms_insure &&
            levers->row[i].value > 0.0)
            return true;
    return service_of(s)->children[0] >= 0;
}

/* People of a region at the start from one age on to another. */
static double
people(const struct setup *s, int region, int from, int to)
{
    const struct population_tab *t = s->tab[MODELS_POPULATION];
    double n = 0.0;

    for (int sex = 0; sex < SEXES; sex++)
        for (int a = from; a < to; a++)
            n += (double)t->people[region][sex][a];
    return n;
}

static void
split(const struct setup *s, int region, int age)
{
    const struct county_par *par = s->par[MODELS_COUNTY];
    struct region_name *name = &s->region[region];
    double young = people(s, region, 0, age);

    name->more = (int)(young / par->split);
    if (name->more == 0)
        return;
    name->each.rows = young / name->more;
    name->load.rows -= young;
}

void
shards_set(struct setup *s)
{
    const struct county_par *par = s->par[MODELS_COUNTY];
    const struct county_tab *t = s->tab[MODELS_COUNTY];

    for (int i = 0; par->split > 0.0 && !concerns_young(s) && i < s->n_regions; i++)
        split(s, i, t->young);
}

bool
shards_mine(const struct region *r, int age, uint32_t ordinal)
{
    const struct county_tab *t = r->setup->tab[MODELS_COUNTY];
    uint32_t more = (uint32_t)r->setup->region[r->index].more;

    if (more == 0 || age >= t->young)
        return r->number == 0;
    return ordinal % more == (uint32_t)r->number - 1;
}

uint32_t
shards_of(const struct setup *s, uint32_t region, const struct person *p)
{
    const struct county_tab *t = s->tab[MODELS_COUNTY];
    uint32_t more = (uint32_t)s->region[region].more;

    if (more == 0 || p->birth < t->young_from)
        return region;
    return (uint32_t)setup_shard(s, (int)region, 1 + (int)(p->key % more));
}
