#include "models/shards.h"

#include "models/county.h"
#include "models/lever.h"
#include "models/lever_kind.h"
#include "models/lever_terms.h"
#include "models/models.h"
#include "models/rates.h"
#include "models/service.h"
#include "sim/date.h"

/*
 * What is done in a year of a run, in nanoseconds of one machine; only the ratios
 * matter, and they are within 5 % for the shards of 129 counties with homes only. Who
 * leaves life or a grade costs less than who is born or comes, as a new row has all
 * hazards to be spent.
 */
#define NS_CHANGE 230.0
#define NS_COMING 395.0
#define NS_SEAT 0.54e6 /* rounds, months, staff; those of other shards are small */

/* The year in which the run ends counts whole. A year is left free on both sides: full
 * ages go by the calendar, elsewhere by mean years. */
int
shards_young(const struct setup *s)
{
    int years = date_of(s->last_day).year - date_of(s->first_day).year + 1;
    int age = ELDER_AGE - years - 1;

    return age < MARRIED_FROM ? age : MARRIED_FROM - 1;
}

/* Whether care or bills are for people before 60, too, or a service counts them as
 * eligible: one that only serves another does so by its own ages. */
static bool
concerns_young(const struct setup *s)
{
    const struct lever_tab *levers = lever_of(s);
    const struct service_tab *services = service_of(s);

    for (int i = 0; i < levers->n; i++)
        if (levers->plan[i].kind->apply == lever_terms_insure &&
            levers->row[i].value > 0.0)
            return true;
    for (int i = 0; i < services->n; i++)
        if (services->row[i].age_from < ELDER_AGE)
            return true;
    return false;
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

/* Events that a person of sex and full age is to expect in a year. */
static double
expected(const struct hazard *h, int age)
{
    int32_t birth = -(int32_t)((age + 0.5) * MINUTES_A_YEAR);

    return hazard_level(h, birth, (int32_t)MINUTES_A_YEAR) - hazard_level(h, birth, 0);
}

/* Of an elder's changes of grade. */
static double
changes(const struct setup *s, int region, int sex, int age)
{
    const struct grade_tab *grades = s->tab[MODELS_GRADE];
    const struct mortality_tab *lives = s->tab[MODELS_MORTALITY];
    const struct life_table *table = &lives->table[lives->of_region[region]];
    double n = 0.0;

    for (int g = 0; g < GRADES; g++)
        n += table->share[sex][age - ELDER_AGE][g] *
             expected(&grades->leave[sex][g], age);
    return n;
}

/* Nanoseconds a year that the events of people from one age on to another take. */
static double
lives(const struct setup *s, int region, int from, int to)
{
    const struct population_tab *people = s->tab[MODELS_POPULATION];
    const struct mortality_tab *deaths = s->tab[MODELS_MORTALITY];
    const struct fertility_tab *births = s->tab[MODELS_FERTILITY];
    const struct migration_tab *moves = s->tab[MODELS_MIGRATION];
    const struct life_table *table = &deaths->table[deaths->of_region[region]];
    double ns = 0.0;

    for (int sex = 0; sex < SEXES; sex++)
        for (int a = from; a < to; a++) {
            double leave = table->rate[sex][a] + (a == ELDER_AGE - 1);
            double come = expected(&moves->of[region].leave[sex], a);
            if (a >= ELDER_AGE)
                leave += changes(s, region, sex, a);
            if (sex == FEMALE)
                come += expected(&births->birth[region], a);
            ns += (double)people->people[region][sex][a] *
                  (NS_CHANGE * leave + NS_COMING * come);
        }
    return ns;
}

static void
split(const struct setup *s, int region, int age)
{
    const struct county_par *par = s->par[MODELS_COUNTY];
    struct region_name *name = &s->region[region];
    double young = people(s, region, 0, age), ns = lives(s, region, 0, age);

    name->more = (int)(young / par->split);
    if (name->more == 0)
        return;
    name->each.rows = young / name->more;
    name->each.work = ns / name->more;
    name->load.rows -= young;
    name->load.work -= ns;
}

static double
work(const struct setup *s, int region)
{
    const struct migration_tab *moves = s->tab[MODELS_MIGRATION];

    return NS_SEAT + lives(s, region, 0, AGES) +
           NS_COMING * moves->of[region].newcomers;
}

void
shards_set(struct setup *s)
{
    const struct county_par *par = s->par[MODELS_COUNTY];
    const struct county_tab *t = s->tab[MODELS_COUNTY];

    for (int i = 0; i < s->n_regions; i++)
        s->region[i].load.work = work(s, i);
    if (par->split <= 0.0 || concerns_young(s))
        return;
    for (int i = 0; i < s->n_regions; i++)
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
