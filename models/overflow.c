#include "models/overflow.h"

#include "models/cases.h"
#include "models/county.h"
#include "models/models.h"
#include "models/workforce.h"
#include "sim/date.h"

#include <string.h>

enum { WEEK = 7 * MINUTES_A_DAY };

/* What a message says. */
struct news {
    int32_t desk;
    int32_t free[BEDS];
};

/* Squared distance in degrees of latitude; the cosine by its series, exact enough. */
static double
distance(const struct county_row *a, const struct county_row *b)
{
    double x = (a->latitude + b->latitude) * 0.5 * 3.14159265358979 / 180.0;
    double cosine = 1.0 - x * x / 2.0 + x * x * x * x / 24.0;
    double east = (a->longitude - b->longitude) * cosine;
    double north = a->latitude - b->latitude;

    return east * east + north * north;
}

/* The n nearest counties of county i, nearest first; ties by code. */
static void
nearest(const struct setup *s, int i, int n, uint32_t *near)
{
    const struct county_tab *t = s->tab[MODELS_COUNTY];
    int found = 0;

    for (int k = 0; k < s->n_regions; k++) {
        double d = distance(t->row[i], t->row[k]);
        int at = found;
        if (k == i)
            continue;
        while (at > 0 && d < distance(t->row[i], t->row[near[at - 1]]))
            at--;
        if (at == n)
            continue;
        found += found < n;
        for (int m = found - 1; m > at; m--)
            near[m] = near[m - 1];
        near[at] = (uint32_t)k;
    }
}

void
overflow_prepare(const struct setup *s, struct overflow_tab *t, struct arena *arena)
{
    const struct care_par *par = s->par[MODELS_CARE];
    const struct service_tab *services = service_of(s);
    int others = s->n_regions - 1;
    bool wanted = false;

    for (int k = 0; k < services->n; k++)
        wanted |= services->row[k].overflow > 0.0;
    if (!wanted || others < 1)
        return;
    t->n = par->neighbours < others ? (int)par->neighbours : others;
    size_t all = (size_t)s->n_regions * (size_t)t->n;
    t->near = mem_arena(arena, all, sizeof *t->near);
    t->asker = mem_arena(arena, all, sizeof *t->asker);
    t->first = mem_arena(arena, (size_t)s->n_regions + 1, sizeof *t->first);
    for (int i = 0; i < s->n_regions; i++)
        nearest(s, i, t->n, t->near + i * t->n);
    for (int i = 0, at = 0; i < s->n_regions; i++) {
        for (size_t k = 0; k < all; k++)
            if (t->near[k] == (uint32_t)i)
                t->asker[at++] = (uint32_t)(k / (size_t)t->n);
        t->first[i + 1] = at;
    }
}

static const struct overflow_tab *
tab_of(const struct region *r)
{
    const struct care_tab *t = r->setup->tab[MODELS_CARE];

    return t->overflow;
}

/* What the k-th near county has said of a desk. */
static int32_t *
known(const struct region *r, int k, int desk)
{
    return cases_of(r)->elsewhere[k * service_of(r->setup)->n + desk];
}

void
overflow_start(struct region *r)
{
    const struct overflow_tab *t = tab_of(r);
    size_t n = (size_t)t->n * (size_t)service_of(r->setup)->n;

    if (t->n == 0)
        return;
    cases_of(r)->elsewhere = mem_alloc(n, sizeof *cases_of(r)->elsewhere);
    region_schedule(r, MODELS_CARE, CARE_TELL, 0, 0, 0);
}

/* How many users more the staff could look after, if all were as frail as can be. */
static int64_t
staffed(const struct region *r, int service)
{
    int kind = service_of(r->setup)->row[service].staff - 1;
    int64_t load = cases_load(r, service, GRADES - 1);

    if (kind < 0 || load == 0)
        return INT32_MAX;
    int64_t spare = workforce_capacity(r, (enum staff_kind)kind) -
                    workforce_staff(r, (enum staff_kind)kind)->load;
    return spare > 0 ? spare / load : 0;
}

/* Free places beyond those who wait, here of all types: they too want staff. */
static struct news
news_of(const struct region *r, int desk)
{
    const struct station *line = cases_of(r)->desk[desk].line;
    struct news news = {.desk = desk};
    int64_t most = staffed(r, desk);

    for (int b = 0; b < BEDS; b++)
        most -= line[b].waiting;
    for (int b = 0; b < BEDS; b++) {
        int64_t free = line[b].capacity - line[b].busy - line[b].waiting;
        free = free < most ? free : most;
        news.free[b] = free > 0 ? (int32_t)(free < INT32_MAX ? free : INT32_MAX) : 0;
    }
    return news;
}

void
overflow_tell(struct region *r, const struct event *e)
{
    const struct overflow_tab *t = tab_of(r);
    const struct service_tab *services = service_of(r->setup);

    for (int k = 0; k < services->n; k++) {
        if (services->desk[k] != k || services->row[k].overflow <= 0.0)
            continue;
        struct news news = news_of(r, k);
        for (int i = t->first[r->index]; i < t->first[r->index + 1]; i++)
            memcpy(region_send(r, t->asker[i], MODELS_CARE, 0)->body.byte, &news,
                sizeof news);
    }
    region_schedule(r, MODELS_CARE, CARE_TELL, 0, 0,
        e->time < r->setup->end - WEEK ? e->time + WEEK : NEVER);
}

void
overflow_receive(struct region *r, const struct message *m)
{
    const struct overflow_tab *t = tab_of(r);
    const uint32_t *near = t->near + r->index * (uint32_t)t->n;
    struct news news;

    memcpy(&news, m->body.byte, sizeof news);
    for (int k = 0; k < t->n; k++)
        if (near[k] == m->from)
            memcpy(known(r, k, news.desk), news.free, sizeof news.free);
}

uint32_t
overflow_to(struct region *r, uint32_t i)
{
    const struct overflow_tab *t = tab_of(r);
    const struct care_case *x = &cases_of(r)->row[i];

    for (int k = 0; k < t->n; k++) {
        int32_t *free = known(r, k, x->desk), *place = &free[x->wanted];
        /* where nobody has beds for dementia a nursing bed has to do */
        if (*place == 0 && x->wanted == BED_DEMENTIA)
            place = &free[BED_NURSING];
        if (*place > 0) {
            --*place;
            return t->near[r->index * (uint32_t)t->n + (uint32_t)k];
        }
    }
    return OVERFLOW_NOWHERE;
}
