#include "models/look.h"

#include "models/cases.h"
#include "models/county.h"
#include "models/funnel.h"
#include "models/gate.h"
#include "models/models.h"
#include "models/review.h"
#include "sim/date.h"

#include <string.h>

enum { WORD = 64 };

static const struct service_row *
row_of(const struct region *r, int service)
{
    return &service_of(r->setup)->row[service];
}

/* Whether people come of age for a service without anybody telling: at birth and at 60
 * they are looked at anyway. */
static bool
has_age(const struct service_row *row)
{
    return row->age_from > 0 && row->age_from != ELDER_AGE;
}

static bool
came_of_age(const struct region *r, const struct person *p, int desk)
{
    const struct service_row *row = row_of(r, desk);
    double past = person_age(p, region_now(r)) - (double)row->age_from;

    return has_age(row) && past >= 0.0 &&
           past * MINUTES_A_YEAR <= (double)LOOK_DAYS * MINUTES_A_DAY;
}

/* Once noted a row stays so: who lives there later may be younger. */
void
look_note(struct region *r, uint32_t person)
{
    struct care *c = cases_of(r);
    uint32_t words = county_of(r)->capacity / WORD + 1;

    if (c->words < words) {
        c->elders = mem_grow(c->elders, words, sizeof *c->elders);
        memset(c->elders + c->words, 0, (words - c->words) * sizeof *c->elders);
        c->words = words;
    }
    c->elders[person / WORD] |= (uint64_t)1 << person % WORD;
}

/* A desk that nobody has to look at is left out. */
static void
keep_news(const struct region *r, const int *desks, int *news)
{
    const struct care *c = cases_of(r);
    int n = 0;

    for (int k = 0; desks[k] >= 0; k++)
        if (c->desk[desks[k]].look || has_age(row_of(r, desks[k])))
            news[n++] = desks[k];
    news[n] = -1;
}

/* What is cheap to find out comes first: most people are not let in. */
static void
look_at(struct region *r, uint32_t i, const int *desks)
{
    const struct care *c = cases_of(r);

    for (int k = 0; desks[k] >= 0; k++) {
        const struct person *p = &county_of(r)->person[i];
        if (gate_lets(&c->gate[desks[k]], p) &&
            (c->desk[desks[k]].look || came_of_age(r, p, desks[k])) &&
            (p->care == PERSON_NONE || cases_find(r, p, desks[k]) == PERSON_NONE) &&
            funnel_of(r, p, desks[k]).able)
            review_enter(r, i, desks[k]);
    }
}

/* The first of the rows of word `w` that are set. */
static inline uint32_t
first_of(uint32_t w, uint64_t rows)
{
    return w * WORD + (uint32_t)__builtin_ctzll(rows);
}

/* Those of some rows of word `w`. Their cases are fetched for all of them first: one by
 * one each would be waited for. */
static void
look_along(struct region *r, uint32_t w, uint64_t rows, const int *const desks[2])
{
    const struct care *c = cases_of(r);
    const struct person *person = county_of(r)->person;

    for (uint64_t left = rows; left != 0; left &= left - 1) {
        uint32_t first = person[first_of(w, left)].care;
        if (first != PERSON_NONE)
            __builtin_prefetch(&c->row[first]);
    }
    for (uint64_t left = rows; left != 0; left &= left - 1) {
        const struct person *p = &person[first_of(w, left)];
        const int *news = desks[p->elder];
        if (news[0] >= 0 && p->alive && p->place == AT_HOME)
            look_at(r, first_of(w, left), news);
    }
}

void
look_at_news(struct region *r)
{
    const struct service_tab *t = service_of(r->setup);
    struct care *c = cases_of(r);
    int elders[SERVICES_MOST + 1], children[SERVICES_MOST + 1];
    uint32_t n = county_of(r)->n;

    keep_news(r, t->elders, elders);
    keep_news(r, t->children, children);
    for (uint32_t w = 0; (elders[0] >= 0 || children[0] >= 0) && w * WORD < n; w++) {
        uint64_t rows = children[0] >= 0 ? UINT64_MAX : w < c->words ? c->elders[w] : 0;
        if (n - w * WORD < WORD)
            rows &= ((uint64_t)1 << (n - w * WORD)) - 1;
        look_along(r, w, rows, (const int *const[2]){children, elders});
    }
    for (int k = 0; k < t->n; k++)
        c->desk[k].look = false;
}
