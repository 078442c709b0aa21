#include "models/traits.h"

#include "models/county.h"
#include "models/models.h"
#include "models/rates.h"
#include "sim/date.h"

/* Day of `t`; minutes before the start belong to earlier days. */
static int32_t
day_of(const struct setup *s, int32_t t)
{
    int32_t day = t / MINUTES_A_DAY;

    return s->first_day + (t < 0 && day * MINUTES_A_DAY != t ? day - 1 : day);
}

/* The same day `years` earlier; 28 February for a leap day that has none. */
static int32_t
years_before(int32_t day, int years)
{
    struct date d = date_of(day);
    bool leap = d.month == 2 && d.day == 29;

    return date_day(d.year - years, d.month, leap ? 28 : d.day);
}

struct traits_births
traits_births(const struct setup *s, int32_t t, int age)
{
    int32_t day = day_of(s, t);
    int32_t first = years_before(day, age + 1), last = years_before(day, age);

    /* the first day is the birthday that would make the person a year older */
    return (struct traits_births){
        (first - day) * MINUTES_A_DAY + t, (double)(last - first) * MINUTES_A_DAY};
}

int32_t
traits_birth(struct traits_births births, double u)
{
    return births.first + (int32_t)(u * births.span);
}

/* The first index whose share is not yet spent by `u`. */
static uint32_t
spend(const double *share, uint32_t n, double u)
{
    uint32_t i = 0;

    while (i + 1 < n && u >= share[i])
        u -= share[i++];
    return i;
}

void
traits_draw(const struct region *r, struct person *p, int age)
{
    const struct population_par *par = r->setup->par[MODELS_POPULATION];
    const struct mortality_tab *tables = r->setup->tab[MODELS_MORTALITY];
    struct rng_block b = rng_block(r->run, p->key, PURPOSE_TRAITS, 0);
    int k = age - ELDER_AGE;

    p->birth = traits_birth(
        traits_births(r->setup, region_now(r), age), rng_uniform32(b.word[0]));
    p->residence =
        rng_uniform32(b.word[1]) < county_of(r)->row->urban_share ? URBAN : RURAL;
    p->income = 3 & spend(p->residence == URBAN ? par->income_urban : par->income_rural,
                        INCOMES, rng_uniform32(b.word[2]));
    p->living = FAMILY;
    p->spouse = p->care = PERSON_NONE;
    p->course_due = p->death_due = p->move_due = NEVER;
    if (k < 0)
        return;
    p->elder = 1;
    p->grade = 7 & spend(tables->table[tables->of_region[r->index]].share[p->sex][k],
                       GRADES, rng_uniform32(b.word[3]));
}
