/*
 * care.c - residential care: applications, waiting, placement rounds, stays.
 *
 * Whoever turns 60, changes grade or loses company passes the funnel (funnel.h) anew.
 * Applicants join the line for the type of bed they need; rounds offer free beds by
 * class, then order of joining, as long as built beds and caregivers last. Nothing here
 * changes anybody's grade, death or move, so that plans can be compared person by
 * person.
 */
#include "models/care.h"

#include "models/axes.h"
#include "models/cases.h"
#include "models/county.h"
#include "models/funnel.h"
#include "models/models.h"
#include "models/staff.h"
#include "sim/date.h"
#include "sim/err.h"
#include "sim/num.h"

#include <math.h>

#define JUDGED .source = "judged", .quality = "assumption"

static const struct field par_table[] = {
    {FIELD(struct care_par, need_hours), .unit = "h/week", .def = 0, .lo = 0, .hi = 168,
        .doc = "hours of care needed, by care grade 0 to 4", JUDGED},
    {FIELD(struct care_par, informal_hours), .unit = "h/week", .def = 0, .lo = 0,
        .hi = 168, JUDGED,
        .doc = "hours given by those at home: alone, couple, family, collective"},
    {FIELD(struct care_par, need_above), .unit = "h/week", .def = 0, .lo = 0, .hi = 168,
        .doc = "unmet hours above which a home is needed", JUDGED},
    {FIELD(struct care_par, willing_rural), .unit = "1", .def = 0.08, .lo = 0.0001,
        .hi = 0.9999, .doc = "share willing to enter a home, rural, intact, not alone",
        JUDGED},
    {FIELD(struct care_par, willing_urban), .unit = "1", .def = 0.18, .lo = 0.0001,
        .hi = 0.9999, .doc = "share willing to enter a home, urban, intact, not alone",
        JUDGED},
    {FIELD(struct care_par, willing_disabled_odds), .unit = "1", .def = 1.95,
        .lo = 0.01, .hi = 100,
        .doc = "odds of being willing with grade 1 to 4 against intact",
        .source = "Jiangsu survey, odds ratio 0.513 of not disabled, "
                  "pmc.ncbi.nlm.nih.gov/articles/PMC6591941",
        .quality = "measured"},
    {FIELD(struct care_par, willing_alone_odds), .unit = "1", .def = 2, .lo = 0.01,
        .hi = 100, .doc = "odds of being willing when living alone", JUDGED},
    {FIELD(struct care_par, pension), .unit = "CNY/month", .def = 0, .lo = 0, .hi = 1e5,
        .doc = "income: destitute, allowance, resident pension, employee pension",
        JUDGED},
    {FIELD(struct care_par, family_help), .unit = "CNY/month", .def = 0, .lo = 0,
        .hi = 1e5, .doc = "mean of what the family adds (exponential): rural, urban",
        JUDGED},
    {FIELD(struct care_par, application), .unit = "day", .def = 30, .lo = 0, .hi = 3650,
        .doc = "mean time from decision to application (exponential)", JUDGED},
    {FIELD(struct care_par, patience), .unit = "day", .def = 300, .lo = 0.1, .hi = 1e6,
        .doc = "mean patience of applicants (exponential)", JUDGED},
    {FIELD(struct care_par, round), .unit = "day", .def = 7, .lo = 0, .hi = 366,
        .doc = "time between placement rounds; 0 places at once", JUDGED},
    {FIELD(struct care_par, refusal), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "share of offers that are refused, which ends the application", JUDGED},
    {FIELD(struct care_par, discharge), .unit = "1/yr", .def = 0, .lo = 0, .hi = 100,
        .doc = "rate at which residents go home", JUDGED},
    {FIELD(struct care_par, nursing_from), .unit = "1", .def = 2, .lo = 0, .hi = 5,
        .doc = "lowest care grade that needs a nursing bed", JUDGED},
    {FIELD(struct care_par, staff_share), .unit = "1", .def = 1, .lo = 0, .hi = 1,
        .doc = "share of caregivers who work in homes", JUDGED},
    {FIELD(struct care_par, residents), .unit = "1/1000", .def = 0, .lo = 0, .hi = 200,
        .doc = "residents of homes per 1,000 people aged 60 and over at the start",
        JUDGED},
    {FIELD(struct care_par, backlog), .unit = "day", .def = 365, .lo = 1, .hi = 3650,
        .doc = "who would apply already at the start does so within this time", JUDGED},
    {.name = NULL},
};

static const char *const class_label[] = {
    "destitute", "low income, severe", "severe", "other"};
static const char *const class_zh[] = {"特困", "低收入重度失能", "重度失能", "其他"};
static const struct axis class_axis = {.name = "class",
    .doc = "class in the waiting line",
    .zh = "轮候类别",
    .unit = "1",
    .n = CLASSES,
    .label = class_label,
    .label_zh = class_zh};

#define FLOW .unit = "person", .method = FIELD_SUM
#define BY_GRADE .axis = {&axes_grade}

static const struct field out_table[] = {
    {FIELD(struct care_out, residents), .unit = "person", .doc = "residents of homes",
        .zh = "入住老年人"},
    {FIELD(struct care_out, waiting), .unit = "person", .doc = "applicants waiting",
        .zh = "轮候老年人"},
    {FIELD(struct care_out, vacant_beds), .unit = "bed",
        .doc = "beds of operating homes without resident", .zh = "空置床位"},
    {FIELD(struct care_out, staffed_beds), .unit = "bed",
        .doc = "residents that the caregivers could look after, at the mean grade",
        .zh = "人员可支撑床位"},
    {FIELD(struct care_out, usable_beds), .unit = "bed",
        .doc = "beds both built and staffed", .zh = "可用床位"},
    {FIELD(struct care_out, residents_by_grade), .unit = "person",
        .doc = "residents of homes by care grade", .zh = "入住老年人(按能力等级)",
        BY_GRADE},
    {FIELD(struct care_out, waiting_by_class), .unit = "person",
        .doc = "applicants waiting by class", .zh = "轮候老年人(按类别)",
        .axis = {&class_axis}},
    {FIELD(struct care_out, funnel_considered), FLOW, .zh = "评估人次",
        .doc = "people whose situation changed and who considered a home", BY_GRADE},
    {FIELD(struct care_out, funnel_needing), FLOW, .doc = "of these in need",
        .zh = "有需求人次", BY_GRADE},
    {FIELD(struct care_out, funnel_willing), FLOW, .doc = "of these willing",
        .zh = "有意愿人次", BY_GRADE},
    {FIELD(struct care_out, funnel_able), FLOW, .doc = "of these able to pay",
        .zh = "有支付能力人次", BY_GRADE},
    {FIELD(struct care_out, funnel_applied), FLOW, .doc = "applications",
        .zh = "申请人次", BY_GRADE},
    {FIELD(struct care_out, admitted), FLOW, .doc = "admissions", .zh = "入住人次",
        BY_GRADE},
    {FIELD(struct care_out, refused), FLOW, .doc = "offers refused", .zh = "拒绝人次"},
    {FIELD(struct care_out, gave_up), FLOW, .doc = "applicants who lost patience",
        .zh = "放弃轮候"},
    {FIELD(struct care_out, withdrew), FLOW,
        .doc = "applicants who no longer needed it", .zh = "不再需要"},
    {FIELD(struct care_out, died_waiting), FLOW, .doc = "applicants who died waiting",
        .zh = "轮候中死亡"},
    {FIELD(struct care_out, moved_waiting), FLOW, .doc = "applicants who moved away",
        .zh = "轮候中迁出"},
    {FIELD(struct care_out, discharged), FLOW, .doc = "residents who went home",
        .zh = "离院回家"},
    {FIELD(struct care_out, died_resident), FLOW, .doc = "residents who died",
        .zh = "入住老年人死亡"},
    {FIELD(struct care_out, moved_resident), FLOW, .doc = "residents who moved away",
        .zh = "入住老年人迁出"},
    {FIELD(struct care_out, wait_days), .unit = "day", .method = FIELD_SUM,
        .doc = "waiting time of those admitted, summed", .zh = "入住者轮候时间合计"},
    {.name = NULL},
};

static void apply(struct region *r, const struct event *e);
static void give_up(struct region *r, const struct event *e);
static void leave(struct region *r, const struct event *e);
static void round_of(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"apply", apply, "the person applies for a bed"},
    {"give up", give_up, "the applicant loses patience"},
    {"go home", leave, "the resident goes home"},
    {"round", round_of, "free beds are offered"},
    {.name = NULL},
};

static void start(struct region *r);
static void finish(struct region *r);
static void observe(struct region *r);
static void added(struct region *r, uint32_t i);
static void consider(struct region *r, uint32_t i);
static void company_changed(struct region *r, uint32_t i);
static void died(struct region *r, uint32_t i);
static void gone(struct region *r, uint32_t i);
static void beds_changed(struct region *r, uint32_t facility);
static void more_staff(struct region *r, uint32_t kind);
static void (*const on[SIGNALS])(struct region *, uint32_t) = {
    [SIGNAL_ADDED] = added,
    [SIGNAL_GRADE] = consider,
    [SIGNAL_LIVING] = company_changed,
    [SIGNAL_DIED] = died,
    [SIGNAL_GONE] = gone,
    [SIGNAL_BEDS] = beds_changed,
    [SIGNAL_STAFF] = more_staff,
};

const struct model care_model = {
    .name = "care",
    .doc = "residential care: need, will, means, application, waiting, placement, stay",
    .source = "queue with classes, impatience and two scarce resources",
    .par_size = sizeof(struct care_par),
    .par = par_table,
    .out_size = sizeof(struct care_out),
    .out = out_table,
    .handlers = handlers,
    .start = start,
    .finish = finish,
    .observe = observe,
    .on = on,
    .n_signals = SIGNALS,
};

static void
place_at_once(struct region *r)
{
    if (cases_par(r)->round <= 0.0)
        cases_place(r);
}

static void
round_of(struct region *r, const struct event *e)
{
    double next = e->time + fmax(1.0, cases_par(r)->round * MINUTES_A_DAY);

    cases_place(r);
    region_schedule(
        r, MODELS_CARE, CARE_ROUND, 0, 0, next < r->setup->end ? (int32_t)next : NEVER);
}

static void
apply(struct region *r, const struct event *e)
{
    struct care *c = cases_of(r);
    struct care_out *out = r->out[MODELS_CARE];
    struct care_case *x = &c->row[e->subject];

    if (e->time != x->due || county_of(r)->person[x->person].place != APPLYING)
        return;
    struct person *p = &county_of(r)->person[x->person];
    out->funnel_applied[p->grade]++;
    p->place = WAITING;
    x->bed = (int32_t)funnel_bed(r, p);
    x->since = e->time;
    x->ticket =
        station_join(&c->line[x->bed], e->subject, (uint32_t)funnel_class(p), e->time);
    cases_schedule(r, e->subject, CARE_GIVE_UP,
        cases_after(r, p, PURPOSE_PATIENCE, cases_par(r)->patience));
    place_at_once(r);
}

static void
give_up(struct region *r, const struct event *e)
{
    struct care_out *out = r->out[MODELS_CARE];
    const struct care *c = cases_of(r);

    if (e->time != c->row[e->subject].due ||
        county_of(r)->person[c->row[e->subject].person].place != WAITING)
        return;
    out->gave_up++;
    cases_close(r, e->subject);
}

static void
leave(struct region *r, const struct event *e)
{
    struct care_out *out = r->out[MODELS_CARE];
    const struct care *c = cases_of(r);

    if (e->time != c->row[e->subject].due ||
        county_of(r)->person[c->row[e->subject].person].place != RESIDENT)
        return;
    out->discharged++;
    cases_close(r, e->subject);
    place_at_once(r);
}

/* The funnel with its counts, for a person at home. */
static void
enter_funnel(struct region *r, uint32_t i)
{
    struct care_out *out = r->out[MODELS_CARE];
    const struct person *p = &county_of(r)->person[i];
    struct funnel f = funnel_of(r, p);

    out->funnel_considered[p->grade]++;
    out->funnel_needing[p->grade] += f.needs;
    out->funnel_willing[p->grade] += f.willing;
    out->funnel_able[p->grade] += f.able;
    if (f.able)
        cases_schedule(r, cases_open(r, i), CARE_APPLY,
            cases_after(r, p, PURPOSE_APPLY, cases_par(r)->application));
}

/* An applicant whose grade or company changed: out of the line, or into the right one.
 */
static void
review(struct region *r, uint32_t i)
{
    struct care *c = cases_of(r);
    struct care_out *out = r->out[MODELS_CARE];
    struct person *p = &county_of(r)->person[i];
    struct care_case *x = &c->row[p->care];
    int bed = (int)funnel_bed(r, p);
    uint32_t class = (uint32_t)funnel_class(p);

    if (!funnel_of(r, p).able) {
        out->withdrew += p->place == WAITING;
        cases_close(r, p->care);
        return;
    }
    if (p->place != WAITING ||
        (bed == x->bed && class == c->line[bed].ticket[x->ticket].class))
        return;
    station_leave(&c->line[x->bed], x->ticket, region_now(r));
    x->bed = bed;
    x->ticket = station_join(&c->line[bed], p->care, class, region_now(r));
    place_at_once(r);
}

static void
consider(struct region *r, uint32_t i)
{
    struct care *c = cases_of(r);
    const struct county *county = county_of(r);
    const struct person *p = &county->person[i];

    if (c == NULL || !p->elder)
        return;
    if (p->place == AT_HOME) {
        enter_funnel(r, i);
    } else if (p->place != RESIDENT) {
        review(r, i);
    } else if (p->grade != county->grade_before) {
        struct care_case *x = &c->row[p->care];
        cases_add_load(r, cases_load(r, p->grade) - x->load);
        x->load = cases_load(r, p->grade);
        c->residents_by_grade[p->grade]++;
        c->residents_by_grade[county->grade_before]--;
    }
}

/* Company matters to those at home; `grade_before` is someone else's here. */
static void
company_changed(struct region *r, uint32_t i)
{
    if (county_of(r)->person[i].place != RESIDENT)
        consider(r, i);
}

/* Who is added at the start is looked at by start(); this is who arrives later. */
static void
added(struct region *r, uint32_t i)
{
    if (cases_of(r) != NULL)
        consider(r, i);
}

/* Closes a case and offers the bed, if it was one. */
static void
vacate(struct region *r, uint32_t i)
{
    bool resident = county_of(r)->person[cases_of(r)->row[i].person].place == RESIDENT;

    cases_close(r, i);
    if (resident)
        place_at_once(r);
}

static void
died(struct region *r, uint32_t i)
{
    struct care_out *out = r->out[MODELS_CARE];
    const struct person *p = &county_of(r)->person[i];

    if (p->care == PERSON_NONE)
        return;
    out->died_waiting += p->place == WAITING;
    out->died_resident += p->place == RESIDENT;
    vacate(r, p->care);
}

/* The dead have left their cases already: these have moved away. */
static void
gone(struct region *r, uint32_t i)
{
    struct care_out *out = r->out[MODELS_CARE];
    const struct person *p = &county_of(r)->person[i];

    if (p->care == PERSON_NONE)
        return;
    out->moved_waiting += p->place == WAITING;
    out->moved_resident += p->place == RESIDENT;
    vacate(r, p->care);
}

static void
beds_changed(struct region *r, uint32_t facility)
{
    const struct facilities *f = r->own[MODELS_FACILITY];
    struct care *c = cases_of(r);

    (void)facility;
    for (int bed = 0; bed < BEDS; bed++)
        c->line[bed].capacity = f->operating[bed];
    place_at_once(r);
}

static void
more_staff(struct region *r, uint32_t kind)
{
    if (kind == STAFF_CAREGIVER)
        place_at_once(r);
}

static void
start(struct region *r)
{
    const struct facilities *f = r->own[MODELS_FACILITY];
    struct care *c = mem_alloc(1, sizeof *c);

    c->free = PERSON_NONE;
    for (int bed = 0; bed < BEDS; bed++)
        station_init(&c->line[bed], f->operating[bed], CLASSES);
    r->own[MODELS_CARE] = c;
    cases_start(r);
    if (cases_par(r)->round > 0.0)
        region_schedule(r, MODELS_CARE, CARE_ROUND, 0, 0,
            (int32_t)(cases_par(r)->round * MINUTES_A_DAY));
}

static void
finish(struct region *r)
{
    struct care *c = cases_of(r);

    for (int bed = 0; bed < BEDS; bed++)
        station_free(&c->line[bed]);
    mem_free(c->row);
    mem_free(c);
    r->own[MODELS_CARE] = NULL;
}

static void
observe(struct region *r)
{
    struct care_out *out = r->out[MODELS_CARE];
    const struct care *c = cases_of(r);
    int64_t built = 0;

    for (int bed = 0; bed < BEDS; bed++) {
        const struct station *line = &c->line[bed];
        out->residents += line->busy;
        out->waiting += line->waiting;
        built += line->capacity;
        for (uint32_t t = station_first(line); t != STATION_NONE;
             t = station_after(line, t))
            out->waiting_by_class[line->ticket[t].class]++;
    }
    out->vacant_beds = built - out->residents;
    int64_t mean = out->residents > 0 ? c->load / out->residents : cases_load(r, 2);
    out->staffed_beds = cases_staff(r) / (mean > 0 ? mean : 1);
    out->usable_beds = built < out->staffed_beds ? built : out->staffed_beds;
    for (int g = 0; g < GRADES; g++)
        out->residents_by_grade[g] = c->residents_by_grade[g];
}
