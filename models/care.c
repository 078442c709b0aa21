/*
 * care.c - applications, waiting, placement rounds, use of services.
 *
 * Whoever turns 60, changes grade or loses company passes the funnel (funnel.h) of
 * every service anew, and so does everybody within half a year of a change of terms.
 * Applicants join the desk's line for the type of bed they need; rounds (rounds.h)
 * offer free places. Nothing here changes anybody's grade, death or move, but for
 * applicants who go to a county near for a place (`overflow`).
 *
 * When capacity shrinks nobody is sent away, until the site closes: then its users go
 * to another site that suits them, or home and to the head of the line.
 */
#include "models/care.h"

#include "models/axes.h"
#include "models/cases.h"
#include "models/county.h"
#include "models/funnel.h"
#include "models/gate.h"
#include "models/look.h"
#include "models/models.h"
#include "models/overflow.h"
#include "models/preload.h"
#include "models/review.h"
#include "models/rounds.h"
#include "models/tally.h"
#include "sim/date.h"
#include "sim/err.h"

#include <math.h>

#define JUDGED .source = "judged", .quality = "assumption"

static const struct field par_table[] = {
    {FIELD(struct care_par, need_hours), .unit = "h/week", .def = 0, .lo = 0, .hi = 168,
        .doc = "hours of care needed, by care grade 0 to 4", JUDGED},
    {FIELD(struct care_par, informal_hours), .unit = "h/week", .def = 0, .lo = 0,
        .hi = 168, JUDGED,
        .doc = "hours given by those at home: alone, couple, family, collective"},
    {FIELD(struct care_par, near_child_hours), .unit = "h/week", .def = 0, .lo = 0,
        .hi = 168, JUDGED, .doc = "hours given by a child who lives near"},
    {FIELD(struct care_par, burdened_from), .unit = "h/week", .def = 20, .lo = 0,
        .hi = 168, JUDGED,
        .doc = "hours of informal care from which the family is overburdened"},
    {FIELD(struct care_par, dementia), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "share of people with dementia at 60-64, 65-69 ... 85 and over", JUDGED},
    {FIELD(struct care_par, pension), .unit = "CNY/month", .def = 0, .lo = 0, .hi = 1e5,
        .doc = "income: destitute, allowance, resident pension, employee pension",
        JUDGED},
    {FIELD(struct care_par, family_help), .unit = "CNY/month", .def = 0, .lo = 0,
        .hi = 1e5, .doc = "mean of what the family adds (exponential): rural, urban",
        JUDGED},
    {FIELD(struct care_par, neighbours), .unit = "1", .def = 5, .lo = 1, .hi = 100,
        .doc = "nearest counties that who overflows asks for a free place", JUDGED},
    {FIELD(struct care_par, backlog), .unit = "day", .def = 365, .lo = 1, .hi = 3650,
        .doc = "who would apply already at the start does so within this time", JUDGED},
    {.name = NULL},
};

#define OUT struct care_out
#define HOURS .unit = "h/week"

static const struct field out_table[] = {
    {FIELD(OUT, residents), .unit = "person", .doc = "residents of homes",
        .zh = "入住老年人"},
    {FIELD(OUT, waiting), .unit = "person", .doc = "applicants waiting for a home",
        .zh = "轮候老年人"},
    {FIELD(OUT, vacant_beds), .unit = "bed",
        .doc = "beds of operating homes without resident", .zh = "空置床位"},
    {FIELD(OUT, staffed_beds), .unit = "bed",
        .doc = "residents that the caregivers could look after, at the mean grade",
        .zh = "人员可支撑床位"},
    {FIELD(OUT, usable_beds), .unit = "bed", .doc = "beds both built and staffed",
        .zh = "可用床位"},
    {FIELD(OUT, residents_by_grade), .unit = "person",
        .doc = "residents of homes by care grade", .zh = "入住老年人(按能力等级)",
        .axis = {&axes_grade}},
    {FIELD(OUT, hours_needed), HOURS, .doc = "hours of care that elders need",
        .zh = "照护需求时数"},
    {FIELD(OUT, hours_spouse), HOURS, .doc = "hours given by spouses",
        .zh = "配偶照护时数"},
    {FIELD(OUT, hours_child), HOURS, .doc = "hours given by family in the household",
        .zh = "同住家人照护时数"},
    {FIELD(OUT, hours_near_child), HOURS,
        .doc = "hours given by children who live near", .zh = "就近子女照护时数"},
    {FIELD(OUT, hours_other), HOURS, .doc = "hours given by others at home",
        .zh = "其他照护时数"},
    {FIELD(OUT, hours_formal), HOURS, .doc = "hours given by services",
        .zh = "服务照护时数"},
    {FIELD(OUT, hours_unmet), HOURS, .doc = "hours that nobody gives",
        .zh = "未满足照护时数"},
    {.name = NULL},
};

static void apply(struct region *r, const struct event *e);
static void give_up(struct region *r, const struct event *e);
static void leave(struct region *r, const struct event *e);
static void round_of(struct region *r, const struct event *e);
static void look(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"apply", apply, "the person applies to a desk"},
    {"give up", give_up, "the applicant loses patience"},
    {"leave", leave, "the user leaves"},
    {"round", round_of, "free places are offered"},
    {"look again", look, "people consider services whose terms have changed"},
    {"tell", overflow_tell, "near counties hear of free places"},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);
static void start(struct region *r);
static void finish(struct region *r);
static void added(struct region *r, uint32_t i);
static void grade_changed(struct region *r, uint32_t i);
static void company_changed(struct region *r, uint32_t i);
static void died(struct region *r, uint32_t i);
static void gone(struct region *r, uint32_t i);
static void beds_changed(struct region *r, uint32_t facility);
static void staff_came(struct region *r, uint32_t kind);
static void (*const on[SIGNALS])(struct region *, uint32_t) = {
    [SIGNAL_ADDED] = added,
    [SIGNAL_GRADE] = grade_changed,
    [SIGNAL_LIVING] = company_changed,
    [SIGNAL_DIED] = died,
    [SIGNAL_GONE] = gone,
    [SIGNAL_BEDS] = beds_changed,
    [SIGNAL_CLOSES] = review_displaced,
    [SIGNAL_STAFF] = staff_came,
};

const struct model care_model = {
    .name = "care",
    .doc = "need, will, means, application, waiting, placement, use of services",
    .source = "queues with classes, impatience and two scarce resources",
    .par_size = sizeof(struct care_par),
    .par = par_table,
    .tab_size = sizeof(struct care_tab),
    .prepare = prepare,
    .out_size = sizeof(struct care_out),
    .out = out_table,
    .handlers = handlers,
    .start = start,
    .finish = finish,
    .observe = tally_observe,
    .receive = overflow_receive,
    .on = on,
    .n_signals = SIGNALS,
};

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    struct overflow_tab *overflow = mem_arena(&s->arena, 1, sizeof *overflow);

    (void)report;
    overflow_prepare(s, overflow, &s->arena);
    ((struct care_tab *)tab)->overflow = overflow;
}

static const struct service_row *
row_of(const struct region *r, int service)
{
    return &service_of(r->setup)->row[service];
}

static void
round_of(struct region *r, const struct event *e)
{
    int desk = (int)e->subject;
    double next = e->time + fmax(1.0, row_of(r, desk)->round * MINUTES_A_DAY);

    rounds_hold(r, desk);
    region_schedule(r, MODELS_CARE, CARE_ROUND, e->subject, 0,
        next < r->setup->end ? (int32_t)next : NEVER);
}

static void
apply(struct region *r, const struct event *e)
{
    struct care_case *x = &cases_of(r)->row[e->subject];

    if (e->time != x->due || (x->state != APPLYING && x->state != RESTING))
        return;
    const struct person *p = &county_of(r)->person[x->person];
    struct service_out *out = service_results(r, x->desk);
    if (x->state == RESTING ? !funnel_of(r, p, x->desk).able
                            : !funnel_eligible(r, p, x->desk)) {
        cases_close(r, e->subject);
        return;
    }
    out->applied[p->grade]++;
    out->joined_line++;
    x->state = WAITING;
    x->since = e->time;
    cases_join(r, e->subject, e->time);
    rounds_wait(r, e->subject);
    rounds_at_once(r, x->desk);
}

/* Who has waited long enough goes to a county with a free place, if that is wanted, or
 * waits on; otherwise patience is at its end. */
static void
give_up(struct region *r, const struct event *e)
{
    const struct care_case *x = &cases_of(r)->row[e->subject];
    const struct service_row *row = row_of(r, x->desk);
    struct service_out *out = service_results(r, x->desk);

    if (e->time != x->due || x->state != WAITING)
        return;
    int waited = rounds_waited(e->time - x->since);
    double overflow = row->overflow * MINUTES_A_DAY;
    if (overflow > 0.0 && e->time - x->since >= overflow) {
        uint32_t to = overflow_to(r, e->subject);
        if (to != OVERFLOW_NOWHERE) {
            out->overflowed++;
            county_of(r)->going_to = to;
            region_signal(r, SIGNAL_GOES, x->person);
            return;
        }
        if (rounds_wait_on(r, e->subject))
            return;
    }
    out->gave_up++;
    out->left_after[waited]++;
    rounds_turn_away(r, e->subject);
}

static void
leave(struct region *r, const struct event *e)
{
    const struct care_case *x = &cases_of(r)->row[e->subject];
    int desk = x->desk;

    if (e->time != x->due || x->state != USING)
        return;
    service_results(r, desk)->discharged++;
    cases_close(r, e->subject);
    rounds_at_once(r, desk);
}

static void
consider(struct region *r, uint32_t i)
{
    if (cases_of(r) != NULL && county_of(r)->person[i].elder)
        review_person(r, i, service_of(r->setup)->elders);
}

/* Whoever has just turned 60 has not changed grade since. */
static void
grade_changed(struct region *r, uint32_t i)
{
    if (cases_of(r) != NULL && county_of(r)->person[i].changes == 0)
        look_note(r, i);
    consider(r, i);
}

/* Company matters to those at home. */
static void
company_changed(struct region *r, uint32_t i)
{
    if (county_of(r)->person[i].place == AT_HOME)
        consider(r, i);
}

/* Who is there at the start is looked at by start(); this is who comes later. */
static void
added(struct region *r, uint32_t i)
{
    if (cases_of(r) == NULL)
        return;
    if (!county_of(r)->person[i].elder) {
        review_person(r, i, service_of(r->setup)->children);
        return;
    }
    look_note(r, i);
    consider(r, i);
}

/* Closes all cases of a person and offers what falls free. */
static void
close_all(struct region *r, uint32_t i, bool died)
{
    const struct person *p = &county_of(r)->person[i];

    while (p->care != PERSON_NONE) {
        const struct care_case *x = &cases_of(r)->row[p->care];
        struct service_out *out = service_results(r, x->desk);
        int desk = x->desk;
        bool used = x->state == USING;
        if (x->state == WAITING) {
            *(died ? &out->died_waiting : &out->moved_waiting) += 1;
            out->left_after[rounds_waited(region_now(r) - x->since)]++;
        }
        *(died ? &out->died_using : &out->moved_using) += used;
        cases_close(r, p->care);
        if (used)
            rounds_at_once(r, desk);
    }
}

static void
died(struct region *r, uint32_t i)
{
    if (county_of(r)->person[i].care != PERSON_NONE)
        close_all(r, i, true);
}

/* The dead have left their cases already: these have moved away. */
static void
gone(struct region *r, uint32_t i)
{
    if (county_of(r)->person[i].care != PERSON_NONE)
        close_all(r, i, false);
}

/* The desk may be new to people when its sites, or types of bed, are. */
static void
beds_changed(struct region *r, uint32_t facility)
{
    if (cases_of(r) == NULL)
        return;
    int desk = tally_supply(r, (int32_t)facility);
    rounds_at_once(r, desk);
}

static void
staff_came(struct region *r, uint32_t kind)
{
    const struct service_tab *t = service_of(r->setup);

    if (cases_of(r) == NULL)
        return;
    for (int k = 0; k < t->n; k++)
        if (t->desk[k] == k && t->row[k].staff == (int32_t)kind + 1)
            rounds_at_once(r, k);
}

void
care_look_again(struct region *r, int service)
{
    if (cases_of(r) == NULL)
        return;
    cases_of(r)->desk[service_of(r->setup)->desk[service]].look = true;
    care_suppose(r, service);
}

void
care_suppose(struct region *r, int service)
{
    gate_set(&cases_of(r)->gate[service], r, service);
}

static void
look(struct region *r, const struct event *e)
{
    double next = e->time + (double)LOOK_DAYS * MINUTES_A_DAY;

    look_at_news(r);
    region_schedule(
        r, MODELS_CARE, CARE_LOOK, 0, 0, next < r->setup->end ? (int32_t)next : NEVER);
}

void
care_add_pieces(struct region *r, int service, int64_t n)
{
    cases_of(r)->desk[service].line[BED_ORDINARY].capacity += n;
    care_look_again(r, service);
    rounds_at_once(r, service);
}

static void
start(struct region *r)
{
    const struct service_tab *t = service_of(r->setup);
    struct care *c = mem_alloc(1, sizeof *c);
    size_t n = (size_t)t->n + 1;

    *c = (struct care){.free = PERSON_NONE};
    c->desk = mem_alloc(n, sizeof *c->desk);
    c->tally = mem_alloc(n, sizeof *c->tally);
    c->formal = mem_alloc(n, sizeof *c->formal);
    c->eligible = mem_alloc(n, sizeof *c->eligible);
    c->pending = mem_alloc(n, sizeof *c->pending);
    c->gate = mem_alloc(n, sizeof *c->gate);
    r->own[MODELS_CARE] = c;
    for (int k = 0; k < t->n; k++)
        gate_set(&c->gate[k], r, k);
    for (int k = 0; k < t->n; k++)
        for (int b = 0; b < BEDS && t->desk[k] == k; b++)
            station_init(
                &c->desk[k].line[b], t->row[k].unlimited ? INT64_MAX / 8 : 0, CLASSES);
    for (int32_t i = 0; i < facility_of(r)->n; i++)
        if (facility_of(r)->row[i].open)
            tally_supply(r, i);
    preload_users(r);
    overflow_start(r);
    for (int k = 0; k < t->n; k++) {
        c->desk[k].look = false;
        if (t->desk[k] == k && t->row[k].round > 0.0)
            region_schedule(r, MODELS_CARE, CARE_ROUND, (uint32_t)k, 0,
                (int32_t)(t->row[k].round * MINUTES_A_DAY));
    }
    region_schedule(r, MODELS_CARE, CARE_LOOK, 0, 0, LOOK_DAYS * MINUTES_A_DAY);
}

static void
finish(struct region *r)
{
    const struct service_tab *t = service_of(r->setup);
    struct care *c = cases_of(r);

    for (int k = 0; k < t->n; k++) {
        mem_free(c->desk[k].supplier);
        for (int b = 0; b < BEDS; b++)
            station_free(&c->desk[k].line[b]);
    }
    mem_free(c->desk);
    mem_free(c->tally);
    mem_free(c->formal);
    mem_free(c->eligible);
    mem_free(c->pending);
    mem_free(c->elsewhere);
    mem_free(c->gate);
    mem_free(c->elders);
    mem_free(c->kind_of);
    mem_free(c->row);
    mem_free(c);
    r->own[MODELS_CARE] = NULL;
}
