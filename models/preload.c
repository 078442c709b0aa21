#include "models/preload.h"

#include "models/cases.h"
#include "models/county.h"
#include "models/funnel.h"
#include "models/gate.h"
#include "models/look.h"
#include "models/models.h"
#include "sim/date.h"

#include <stdlib.h>

struct candidate {
    double reluctance;
    uint64_t key;
    uint32_t person;
    bool able;
};

struct list {
    struct candidate *row; /* [n]; owned */
    size_t n, room;
    int64_t eligible;
};

/* Who would use it rather than others: through the funnel first, then the least
 * reluctant; ties by key. */
static int
by_reluctance(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    if (x->able != y->able)
        return x->able ? -1 : 1;
    if (x->reluctance != y->reluctance)
        return x->reluctance < y->reluctance ? -1 : 1;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* A user from the start on; false when no site has room or staff. */
static bool
preload(struct region *r, uint32_t person, int desk)
{
    struct care *c = cases_of(r);
    const struct service_row *row = &service_of(r->setup)->row[desk];
    const struct person *p = &county_of(r)->person[person];
    int bed = (int)funnel_bed(r, p, desk);
    struct station *line = &c->desk[desk].line[bed];
    int32_t facility = -1;

    if (!station_open(line) || row->kind == ONCE)
        return false;
    if (!row->unlimited && (facility = cases_choose(r, p, desk, bed)) < 0)
        return false;
    if (row->unlimited && !cases_staffed(r, desk, p->grade, 0))
        return false;
    uint32_t i = cases_open(r, person, desk);
    station_take(line, 0);
    cases_use(r, i, facility, bed);
    return true;
}

/* In homes also people live who would rather not; elsewhere only who wants to. */
static void
collect(struct region *r, uint32_t i, const int *desks, struct list *lists)
{
    const struct person *p = &county_of(r)->person[i];
    const struct service_tab *t = service_of(r->setup);

    for (int k = 0; desks[k] >= 0; k++) {
        struct list *list = &lists[desks[k]];
        if (!gate_lets(&cases_of(r)->gate[desks[k]], p))
            continue;
        struct funnel f = funnel_of(r, p, desks[k]);
        list->eligible += f.eligible;
        if (!f.needs || (!f.able && t->row[desks[k]].kind != RESIDENCE))
            continue;
        if (list->n == list->room) {
            list->room = list->room ? 2 * list->room : 256;
            list->row = mem_grow(list->row, list->room, sizeof *list->row);
        }
        list->row[list->n++] =
            (struct candidate){funnel_reluctance(r, p, desks[k]), p->key, i, f.able};
    }
}

static void
apply_later(struct region *r, const struct candidate *x, int desk)
{
    const struct service_tab *t = service_of(r->setup);
    struct rng_block b =
        rng_block(r->run, rng_mix(x->key, t->key[desk]), PURPOSE_RESIDENT, 0);
    double at =
        rng_uniform32(b.word[0]) * cases_par(r)->backlog * (double)MINUTES_A_DAY;

    if (county_of(r)->person[x->person].place == AT_HOME)
        cases_schedule(r, cases_open(r, x->person, desk), CARE_APPLY,
            at < r->setup->end ? (int32_t)at : NEVER);
}

static void
settle(struct region *r, int desk, struct list *list)
{
    const struct service_row *row = &service_of(r->setup)->row[desk];
    int64_t want = (int64_t)(row->users * (double)list->eligible / 1000.0 + 0.5);

    if (list->n > 0)
        qsort(list->row, list->n, sizeof *list->row, by_reluctance);
    for (size_t k = 0; k < list->n; k++) {
        const struct candidate *x = &list->row[k];
        bool home = county_of(r)->person[x->person].place == AT_HOME;
        if (want > 0 && home && preload(r, x->person, desk))
            want--;
        else if (x->able)
            apply_later(r, x, desk);
    }
    mem_free(list->row);
}

void
preload_users(struct region *r)
{
    const struct county *county = county_of(r);
    const struct service_tab *t = service_of(r->setup);
    struct list *lists = mem_alloc((size_t)t->n + 1, sizeof *lists);

    for (uint32_t i = 0; i < county->n; i++) {
        if (!county->person[i].alive)
            continue;
        if (county->person[i].elder)
            look_note(r, i);
        collect(r, i, county->person[i].elder ? t->elders : t->children, lists);
    }
    for (int k = 0; k < t->n; k++)
        if (t->desk[k] == k && t->row[k].kind == RESIDENCE)
            settle(r, k, &lists[k]);
    for (int k = 0; k < t->n; k++)
        if (t->desk[k] == k && t->row[k].kind != RESIDENCE)
            settle(r, k, &lists[k]);
    mem_free(lists);
}
