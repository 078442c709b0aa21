#include "models/rounds.h"

#include "models/cases.h"
#include "models/county.h"
#include "models/funnel.h"
#include "models/ledger.h"
#include "models/models.h"
#include "sim/date.h"

#include <math.h>
#include <string.h>

/* Between two looks for a place elsewhere: as often as counties tell of theirs. */
enum { NEWS_DAYS = 7 };

/* A walk through the lines of a desk, from the head of every class of every line. */
struct walk {
    const struct region *r;
    int desk;
    int32_t rule;               /* enum service_rule */
    int64_t offers[CLASSES];    /* so far, for quotas */
    uint32_t at[BEDS][CLASSES]; /* next ticket, or STATION_NONE */
    int64_t open;               /* places that people who are not destitute may have */
};

static struct desk *
desk_of(const struct walk *w)
{
    return &cases_of(w->r)->desk[w->desk];
}

int
rounds_waited(int32_t minutes)
{
    static const int days[SERVICE_WAITS - 1] = {7, 30, 90, 180, 365};
    int k = 0;

    while (k < SERVICE_WAITS - 1 && minutes >= days[k] * MINUTES_A_DAY)
        k++;
    return k;
}

void
rounds_turn_away(struct region *r, uint32_t i)
{
    struct care_case *x = &cases_of(r)->row[i];
    double uptake = service_of(r->setup)->row[x->desk].uptake;

    cases_leave_line(r, i);
    if (uptake <= 0.0) {
        cases_close(r, i);
        return;
    }
    x->state = RESTING;
    x->tries++;
    cases_schedule(
        r, i, CARE_APPLY, cases_after(r, i, PURPOSE_RETRY, 365.2425 / uptake));
}

/* Larger goes first; ties by the time of joining, then by class. */
static double
claim(const struct walk *w, const struct station_ticket *t)
{
    const double *weight = service_of(w->r->setup)->row[w->desk].weight;
    double waited = (double)region_now(w->r) - t->joined;

    switch (w->rule) {
    case RULE_FIRST_COME:
        return waited;
    case RULE_ACCUMULATING:
        return waited * weight[t->class];
    case RULE_QUOTA:
        return -(double)(w->offers[t->class] + 1) /
               (weight[t->class] > 0.0 ? weight[t->class] : 1e-9);
    default:
        return -(double)t->class;
    }
}

static bool
goes_before(const struct walk *w, const struct station_ticket *a,
    const struct station_ticket *b)
{
    double x = claim(w, a), y = claim(w, b);

    if ((a->joined < 0) != (b->joined < 0))
        return a->joined < 0; /* CASES_FIRST */
    if (x > y || x < y)
        return x > y;
    return a->joined != b->joined ? a->joined < b->joined : a->class < b->class;
}

/* The bed whose line has the next ticket, its class in `class`; -1 at the end. */
static int
next_line(const struct walk *w, int *class)
{
    const struct station *line = desk_of(w)->line;
    const struct station_ticket *best = NULL;
    int bed = -1;

    for (int b = 0; b < BEDS; b++)
        for (int c = 0; c < CLASSES; c++) {
            if (w->at[b][c] == STATION_NONE || (c != CLASS_DESTITUTE && w->open <= 0))
                continue;
            const struct station_ticket *t = &line[b].ticket[w->at[b][c]];
            if (best == NULL || goes_before(w, t, best)) {
                best = t;
                bed = b;
                *class = c;
            }
        }
    return bed;
}

/* Gives the place: of a transfer the old one is left first. */
static void
admit(struct region *r, uint32_t i, int32_t facility)
{
    struct care *c = cases_of(r);
    struct care_case *x = &c->row[i];
    const struct person *p = &county_of(r)->person[x->person];
    struct service_out *out = service_results(r, x->desk);
    uint32_t ticket = x->ticket;

    station_serve(&c->desk[x->desk].line[x->wanted], ticket, region_now(r));
    x->ticket = STATION_NONE;
    if (x->state == USING) {
        out->transferred++;
        cases_vacate(r, i);
        rounds_hold(r, cases_of(r)->row[i].desk);
    } else {
        out->admitted[p->grade]++;
        out->admitted_after[rounds_waited(region_now(r) - x->since)]++;
        out->wait_days += (region_now(r) - x->since) / (double)MINUTES_A_DAY;
    }
    x = &cases_of(r)->row[i];
    cases_use(r, i, facility, x->wanted);
}

/* A piece is handed over: it is used up, and the person has it for good. */
static void
give_piece(struct region *r, uint32_t i)
{
    struct care *c = cases_of(r);
    struct care_case *x = &c->row[i];
    struct person *p = &county_of(r)->person[x->person];
    struct station *line = &c->desk[x->desk].line[BED_ORDINARY];
    struct service_out *out = service_results(r, x->desk);

    station_serve(line, x->ticket, region_now(r));
    station_release(line, region_now(r));
    line->capacity--;
    x->ticket = STATION_NONE;
    x->state = SERVED;
    x->due = NEVER;
    out->admitted[p->grade]++;
    out->admitted_after[rounds_waited(region_now(r) - x->since)]++;
    out->wait_days += (region_now(r) - x->since) / (double)MINUTES_A_DAY;
    out->pieces++;
    p->adapted |= service_of(r->setup)->row[x->desk].adapts != 0;
    ledger_piece(r, x->desk, p->grade, p->income);
    region_signal(r, SIGNAL_PIECE, i);
}

static bool
refuses(const struct region *r, const struct care_case *x, const struct person *p)
{
    const struct service_tab *t = service_of(r->setup);
    double share = t->row[x->desk].refusal;

    if (share <= 0.0 || x->state == USING)
        return false;
    struct rng_block b = rng_block(r->run, rng_mix(p->key, t->key[x->desk]),
        PURPOSE_APPLY, p->changes | (uint32_t)x->tries << 8);
    return rng_uniform32(b.word[1]) < share;
}

/* Offers a place to a case in line; false when no site or staff suits. */
static bool
offer(struct region *r, uint32_t i)
{
    struct care_case *x = &cases_of(r)->row[i];
    const struct service_row *row = &service_of(r->setup)->row[x->desk];
    const struct person *p = &county_of(r)->person[x->person];
    int32_t facility = -1;

    if (row->unlimited || row->kind == ONCE) {
        if (!cases_staffed(r, x->desk, p->grade, x->state == USING ? x->load : 0))
            return false;
    } else {
        facility = cases_choose(r, p, x->desk, x->wanted);
        if (facility < 0)
            return false;
    }
    if (refuses(r, x, p)) {
        struct service_out *out = service_results(r, x->desk);
        out->refused++;
        out->left_after[rounds_waited(region_now(r) - x->since)]++;
        rounds_turn_away(r, i);
    } else if (row->kind == ONCE) {
        give_piece(r, i);
    } else {
        admit(r, i, facility);
    }
    return true;
}

/* Places that may go to others than the destitute, for whom a share is kept. */
static int64_t
unreserved(const struct region *r, int desk)
{
    const struct care *c = cases_of(r);
    const struct service_tab *t = service_of(r->setup);
    double reserve = service_terms(r, desk)->reserve;
    int64_t places = 0, open = 0, destitute = 0;

    if (reserve <= 0.0 || t->row[desk].unlimited)
        return INT64_MAX;
    for (int b = 0; b < BEDS; b++) {
        places += c->desk[desk].line[b].capacity;
        open += c->desk[desk].line[b].capacity - c->desk[desk].line[b].busy;
    }
    double kept = reserve * (double)places;
    for (int k = 0; k < t->n; k++)
        for (int b = 0; b < BEDS && t->desk[k] == desk; b++)
            for (int g = 0; g < GRADES; g++)
                destitute += c->tally[k][b][g][DESTITUTE];
    int64_t left = (int64_t)kept - destitute;
    return left > 0 ? open - left : INT64_MAX;
}

/* All who wait, under a rule. */
static void
begin(struct walk *w, const struct region *r, int desk, int32_t rule)
{
    const struct desk *d = &cases_of(r)->desk[desk];

    *w = (struct walk){.r = r, .desk = desk, .rule = rule, .open = INT64_MAX};
    memcpy(w->offers, d->offers, sizeof w->offers);
    for (int b = 0; b < BEDS; b++)
        memcpy(w->at[b], d->line[b].head, sizeof w->at[b]);
}

/* No more from a line without a free place. */
static void
skip_full(struct walk *w, int bed)
{
    for (int c = 0; c < CLASSES && !station_open(&desk_of(w)->line[bed]); c++)
        w->at[bed][c] = STATION_NONE;
}

/* Who is next, or -1; the walk goes on behind. */
static int64_t
next_case(struct walk *w, int *bed, int *class)
{
    *bed = next_line(w, class);
    if (*bed < 0)
        return -1;
    const struct station *line = &desk_of(w)->line[*bed];
    const struct station_ticket *t = &line->ticket[w->at[*bed][*class]];
    w->at[*bed][*class] = t->next;
    return t->subject;
}

static void
walk(struct region *r, int desk)
{
    struct walk w;
    int class, bed;
    int64_t i;

    begin(&w, r, desk, service_terms(r, desk)->rule);
    w.open = unreserved(r, desk);
    for (int b = 0; b < BEDS; b++)
        skip_full(&w, b);
    while ((i = next_case(&w, &bed, &class)) >= 0) {
        bool by_rule = cases_joined(r, (uint32_t)i) >= 0;
        if (offer(r, (uint32_t)i)) {
            w.offers[class] += by_rule;
            desk_of(&w)->offers[class] += by_rule;
            w.open = unreserved(r, desk);
        }
        skip_full(&w, bed);
    }
}

static void
put_off(struct care *c, int desk)
{
    if (!c->desk[desk].pending)
        c->pending[c->n_pending++] = desk;
    c->desk[desk].pending = true;
}

/* What falls free on the way (who enters a home leaves other services, who is
 * transferred another bed) is offered when the walk is over: a walk relies on nobody
 * else taking people out of the lines. */
void
rounds_hold(struct region *r, int desk)
{
    struct care *c = cases_of(r);

    put_off(c, desk);
    if (c->holding)
        return;
    c->holding = true;
    while (c->n_pending > 0) {
        int k = c->pending[0];
        memmove(c->pending, c->pending + 1, (size_t)--c->n_pending * sizeof(int));
        c->desk[k].pending = false;
        cases_relist(r, k);
        walk(r, k);
    }
    c->holding = false;
}

int64_t
rounds_moved(const struct region *r, int desk, int32_t rule)
{
    struct walk w, other;
    int class, bed;
    int64_t i, moved = 0;

    begin(&w, r, desk, service_terms(r, desk)->rule);
    begin(&other, r, desk, rule);
    while ((i = next_case(&w, &bed, &class)) >= 0) {
        w.offers[class]++;
        moved += next_case(&other, &bed, &class) != i;
        other.offers[class]++;
    }
    return moved;
}

void
rounds_at_once(struct region *r, int desk)
{
    if (service_of(r->setup)->row[desk].round <= 0.0)
        rounds_hold(r, desk);
}

void
rounds_later(struct region *r, int desk)
{
    if (service_of(r->setup)->row[desk].round <= 0.0)
        put_off(cases_of(r), desk);
}

/* The first of losing patience, looking elsewhere, and growing too old. */
static int32_t
end_of_wait(const struct region *r, uint32_t i, double elsewhere)
{
    const struct care_case *x = &cases_of(r)->row[i];
    const struct service_row *row = &service_of(r->setup)->row[x->desk];
    int32_t due = x->lost;

    if (row->overflow > 0.0 && r->setup->n_regions > 1 && elsewhere < due)
        due = (int32_t)elsewhere;
    if (row->age_to < AGES) {
        const struct person *p = &county_of(r)->person[x->person];
        double old = ceil(p->birth + (double)(row->age_to + 1) * MINUTES_A_YEAR);
        due = old < due ? (int32_t)fmax(old, region_now(r)) : due;
    }
    return due;
}

void
rounds_wait(struct region *r, uint32_t i)
{
    struct care_case *x = &cases_of(r)->row[i];
    const struct service_row *row = &service_of(r->setup)->row[x->desk];

    x->lost = cases_after(r, i, PURPOSE_PATIENCE, row->patience);
    cases_schedule(r, i, CARE_GIVE_UP,
        end_of_wait(r, i, region_now(r) + ceil(row->overflow * MINUTES_A_DAY)));
}

bool
rounds_wait_on(struct region *r, uint32_t i)
{
    int32_t due = end_of_wait(r, i, region_now(r) + (double)NEWS_DAYS * MINUTES_A_DAY);

    if (due <= region_now(r))
        return false;
    cases_schedule(r, i, CARE_GIVE_UP, due);
    return true;
}
