#include "models/lever_plan.h"

#include "models/county.h"
#include "models/lever_kind.h"
#include "models/models.h"
#include "sim/date.h"
#include "sim/num.h"

#include <math.h>

/* The draw of coming into force, apart from all units. */
static const uint32_t begins = UINT32_MAX;

/* Sites of what is about sites, else the amount; one of what is in force. */
static int64_t
units_of(const struct lever_row *row, const struct lever_kind *kind)
{
    if (kind->deliver == NULL)
        return 1;
    if (!lever_kind_of_sites(kind, row))
        return row->amount;
    return row->homes > 0 ? row->homes : kind->places ? 1 : row->amount;
}

/* People of 60 and over; all people where a county does not say. */
static void
weigh(const struct setup *s, double *weight)
{
    const struct county_tab *counties = s->tab[MODELS_COUNTY];
    bool all = true;

    for (int i = 0; i < s->n_regions; i++)
        all = all && counties->row[i]->pop_60plus > 0.0;
    for (int i = 0; i < s->n_regions; i++)
        weight[i] = all ? counties->row[i]->pop_60plus : counties->row[i]->population;
}

static void
spread(struct lever_part *part, const double *weight, int n, int64_t total)
{
    double all = 0.0, before = 0.0;

    for (int i = 0; i < n; i++)
        all += weight[i];
    for (int i = 0; i < n; i++) {
        double upto = i + 1 == n ? all : before + weight[i];
        part[i].here = true;
        part[i].first = (int64_t)floor((double)total * (before / all) + 0.5);
        part[i].n = (int64_t)floor((double)total * (upto / all) + 0.5) - part[i].first;
        before = upto;
    }
}

static void
plan_one(struct setup *s, const struct lever_row *row, struct lever_plan *p,
    const double *weight)
{
    struct county_span span = {0, s->n_regions, weight};
    int64_t total = units_of(row, p->kind);
    int32_t from = row->from != 0 ? row->from : s->first_day;
    int32_t to = row->to != 0 ? row->to : s->last_day;

    p->from = ((double)from - s->first_day) * MINUTES_A_DAY;
    p->to = ((double)to + 1 - s->first_day) * MINUTES_A_DAY;
    p->part = mem_arena(&s->arena, (size_t)s->n_regions, sizeof *p->part);
    if (row->adcode != 0)
        span = county_span_of(s, row->adcode);
    if (row->each == 0 && p->kind->deliver != NULL) {
        spread(p->part + span.first, span.share, span.n, total);
        return;
    }
    for (int i = span.first; i < span.first + span.n; i++)
        p->part[i] = (struct lever_part){.here = true, .n = total};
}

void
lever_plan_make(struct setup *s, struct lever_tab *t)
{
    double *weight = mem_arena(&s->arena, (size_t)s->n_regions, sizeof *weight);

    weigh(s, weight);
    for (int i = 0; i < t->n; i++)
        plan_one(s, &t->row[i], &t->plan[i], weight);
}

static struct rng_block
draw(const struct region *r, int lever, uint32_t k)
{
    return rng_block(r->run, lever_key(r, lever), PURPOSE_LEVER, k);
}

double
lever_plan_lag(const struct region *r, int lever, int64_t k)
{
    double mean = lever_of(r->setup)->row[lever].lag * MINUTES_A_DAY;

    return -num_log(rng_uniform32(draw(r, lever, (uint32_t)k).word[1])) * mean;
}

static bool
delivered(const struct region *r, int lever, uint32_t k)
{
    return rng_uniform32(draw(r, lever, k).word[0]) <
           lever_of(r->setup)->row[lever].delivered;
}

int32_t
lever_plan_unit(const struct region *r, int lever, int64_t k)
{
    const struct lever_row *row = &lever_of(r->setup)->row[lever];
    const struct lever_plan *p = &lever_of(r->setup)->plan[lever];
    double n = (double)p->part[r->index].n;
    double t = p->from + ((double)k + 0.5) / n * (p->to - p->from);

    if (t < 0.0 || !delivered(r, lever, (uint32_t)k))
        return NEVER;
    if (!lever_kind_works(p->kind, row))
        t += lever_plan_lag(r, lever, k);
    return t < r->setup->end ? (int32_t)t : NEVER;
}

int32_t
lever_plan_begin(const struct region *r, int lever)
{
    const struct lever_plan *p = &lever_of(r->setup)->plan[lever];
    double t = p->from > 0.0 ? p->from : 0.0;

    if (!delivered(r, lever, begins) && p->kind->deliver == NULL)
        return NEVER;
    if (lever_of(r->setup)->row[lever].delivered <= 0.0)
        return NEVER; /* nor for whom nothing will be delivered */
    if (p->kind->deliver == NULL)
        t += lever_plan_lag(r, lever, begins);
    return t < p->to && t < r->setup->end ? (int32_t)t : NEVER;
}

int64_t
lever_plan_places(const struct region *r, int lever, int64_t k)
{
    const struct lever_row *row = &lever_of(r->setup)->row[lever];
    int64_t n = row->homes > 0 ? row->homes : 1;
    int64_t site = lever_of(r->setup)->plan[lever].part[r->index].first + k;

    return row->amount * (site + 1) / n - row->amount * site / n;
}
