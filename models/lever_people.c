#include "models/lever_people.h"

#include "models/cases.h"
#include "models/county.h"
#include "models/funnel.h"
#include "models/models.h"
#include "models/review.h"
#include "models/workforce.h"
#include "sim/num.h"

static const struct lever_row *
row_of(const struct region *r, int lever)
{
    return &lever_of(r->setup)->row[lever];
}

struct lever_done
lever_people_recruit(struct region *r, int lever, int64_t k)
{
    enum staff_kind kind = (enum staff_kind)(row_of(r, lever)->staff - 1);

    workforce_recruit(r, kind, 1, rng_mix(lever_key(r, lever), (uint64_t)k));
    return (struct lever_done){1, 1.0};
}

struct lever_done
lever_people_train(struct region *r, int lever, int64_t k)
{
    enum staff_kind kind = (enum staff_kind)(row_of(r, lever)->staff - 1);
    int64_t n = workforce_certify(r, kind, 1);

    (void)k;
    return (struct lever_done){n, (double)n};
}

/* Counted and paid when it is given out. */
struct lever_done
lever_people_retrofit(struct region *r, int lever, int64_t k)
{
    (void)k;
    lever_state(r)->pieces[lever]++;
    care_add_pieces(r, lever_of(r->setup)->plan[lever].service, 1);
    return (struct lever_done){0, 0.0};
}

int
lever_people_giver(const struct region *r, int service)
{
    const struct lever_tab *t = lever_of(r->setup);

    for (int i = 0; i < t->n; i++)
        if (lever_state(r)->pieces[i] > 0 && t->plan[i].service == service)
            return i;
    return -1;
}

/* Whom a lever looks for. */
struct sought {
    const struct lever_row *row;
    int service;
    uint64_t key;
    double share; /* of them that are found */
};

/* In need without any care, and of those whom the lever is for. */
static bool
is_sought(const struct region *r, const struct sought *s, const struct person *p)
{
    return p->alive && p->elder && p->place == AT_HOME && p->care == PERSON_NONE &&
           (int64_t)p->grade >= s->row->grade_from &&
           (s->row->income_to == LEVER_ANY ||
               (int32_t)p->income <= s->row->income_to - 1) &&
           (s->service < 0 || funnel_eligible(r, p, s->service)) &&
           funnel_unmet(r, p) > 0.0;
}

/* True when the person now applies somewhere. */
static bool
is_found(struct region *r, uint32_t i)
{
    const int *desks = service_of(r->setup)->elders;
    const struct county *c = county_of(r);

    for (int k = 0; desks[k] >= 0; k++)
        if (funnel_of(r, &c->person[i], desks[k]).able)
            review_enter(r, i, desks[k]);
    return c->person[i].care != PERSON_NONE;
}

/* In a quarter 1 - (1 - value)^(1/4) of them, so that in a year it is `value`. */
struct lever_done
lever_people_visit(struct region *r, int lever, int64_t k)
{
    const struct county *c = county_of(r);
    struct sought s = {.row = row_of(r, lever),
        .service = lever_of(r->setup)->plan[lever].service,
        .key = lever_key(r, lever)};
    double missed = 1.0 - s.row->value, found = 0.0;

    s.share = missed > 0.0 ? 1.0 - num_exp(num_log(missed) / LEVER_QUARTERS) : 1.0;
    for (uint32_t i = 0; i < c->n; i++) {
        if (!is_sought(r, &s, &c->person[i]))
            continue;
        struct rng_block b = rng_block(
            r->run, rng_mix(c->person[i].key, s.key), PURPOSE_LEVER, (uint32_t)k);
        if (rng_uniform32(b.word[0]) < s.share)
            found += is_found(r, i);
    }
    return (struct lever_done){0, found};
}
