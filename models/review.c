#include "models/review.h"

#include "models/cases.h"
#include "models/county.h"
#include "models/funnel.h"
#include "models/gate.h"
#include "models/models.h"
#include "models/rounds.h"
#include "models/tally.h"

static const struct service_row *
row_of(const struct region *r, int service)
{
    return &service_of(r->setup)->row[service];
}

/* The funnel with its counts, for a person without a case at the desk. */
void
review_enter(struct region *r, uint32_t i, int desk)
{
    struct service_out *out = service_results(r, desk);
    const struct person *p = &county_of(r)->person[i];
    struct funnel f = funnel_of(r, p, desk);

    if (!f.eligible)
        return;
    out->considered[p->grade]++;
    out->needing[p->grade] += f.needs;
    out->willing[p->grade] += f.willing;
    out->able[p->grade] += f.able;
    if (f.able) {
        uint32_t k = cases_open(r, i, desk);
        cases_schedule(r, k, CARE_APPLY,
            cases_after(r, k, PURPOSE_APPLY, row_of(r, desk)->application));
    }
}

/* Whether a case is in the line for the bed that the person needs, in the right class:
 * who is before all others stays so. */
static bool
stands_right(const struct region *r, const struct care_case *x)
{
    const struct person *p = &county_of(r)->person[x->person];
    const struct station *line = &cases_of(r)->desk[x->desk].line[x->wanted];

    return x->ticket != STATION_NONE && funnel_bed(r, p, x->desk) == x->wanted &&
           (line->ticket[x->ticket].joined < 0 ||
               (uint32_t)funnel_class(p) == line->ticket[x->ticket].class);
}

/* An applicant whose situation changed: out of the line, or into the right one. */
static void
review_applicant(struct region *r, uint32_t i)
{
    struct care_case *x = &cases_of(r)->row[i];
    const struct person *p = &county_of(r)->person[x->person];
    struct service_out *out = service_results(r, x->desk);
    int desk = x->desk;

    if (!funnel_of(r, p, desk).able) {
        if (x->state == WAITING) {
            out->withdrew++;
            out->left_after[rounds_waited(region_now(r) - x->since)]++;
        }
        cases_close(r, i);
        return;
    }
    if (x->state != WAITING)
        return;
    if (stands_right(r, x))
        return;
    int32_t joined = cases_joined(r, i);
    cases_leave_line(r, i);
    cases_join(r, i, joined);
    rounds_at_once(r, desk);
}

/* A user whose situation changed: no longer for them, another bed, other hours. */
static void
review_user(struct region *r, uint32_t i)
{
    struct care_case *x = &cases_of(r)->row[i];
    const struct person *p = &county_of(r)->person[x->person];
    const struct service_row *row = row_of(r, x->desk);
    int desk = x->desk;

    cases_update(r, i);
    if (row->kind != RESIDENCE && !funnel_eligible(r, p, desk)) {
        service_results(r, desk)->discharged++;
        cases_close(r, i);
        rounds_at_once(r, desk);
        return;
    }
    if (!row->transfer || stands_right(r, x))
        return;
    int32_t joined = cases_joined(r, i);
    cases_leave_line(r, i);
    if (funnel_bed(r, p, desk) != x->bed) {
        cases_join(r, i, joined);
        rounds_at_once(r, desk);
    }
}

static void
review(struct region *r, uint32_t i)
{
    enum case_state state = cases_of(r)->row[i].state;

    if (state == USING)
        review_user(r, i);
    else if (state != SERVED)
        review_applicant(r, i);
}

/* Every desk anew; who lives in a home has only that. */
void
review_person(struct region *r, uint32_t i, const int *desks)
{
    const struct care *c = cases_of(r);

    for (int k = 0; desks[k] >= 0; k++) {
        const struct person *p = &county_of(r)->person[i];
        uint32_t at = p->care == PERSON_NONE ? PERSON_NONE : cases_find(r, p, desks[k]);
        if (at != PERSON_NONE)
            review(r, at);
        else if (p->place == AT_HOME && gate_lets(&c->gate[desks[k]], p))
            review_enter(r, i, desks[k]);
    }
}

/* Another site, or the head of the line. */
static void
place_again(struct region *r, uint32_t i, int bed)
{
    struct care_case *x = &cases_of(r)->row[i];
    const struct person *p = &county_of(r)->person[x->person];
    struct service_out *out = service_results(r, x->desk);
    struct station *line = &cases_of(r)->desk[x->desk].line[bed];
    int32_t to = cases_choose(r, p, x->desk, bed);

    if (to >= 0 && station_open(line)) {
        out->transferred++;
        station_take(line, region_now(r));
        cases_use(r, i, to, bed);
        return;
    }
    x->state = WAITING;
    x->since = region_now(r);
    out->joined_line++;
    cases_join(r, i, CASES_FIRST + region_now(r));
    rounds_wait(r, i);
}

/* All leave before anybody is placed: who is still there would seem to fill the line.
 */
void
review_displaced(struct region *r, uint32_t facility)
{
    struct care *c = cases_of(r);
    uint32_t *left = mem_alloc((size_t)c->n + 1, sizeof *left), n = 0;

    tally_supply(r, (int32_t)facility); /* it takes nobody any more */
    for (uint32_t i = 0; i < c->n; i++) {
        struct care_case *x = &c->row[i];
        if (x->facility != (int32_t)facility || x->state != USING)
            continue;
        service_results(r, x->desk)->displaced++;
        cases_leave_line(r, i);
        cases_vacate(r, i);
        left[n++] = i;
    }
    for (uint32_t k = 0; k < n; k++)
        place_again(r, left[k], c->row[left[k]].bed);
    mem_free(left);
}
