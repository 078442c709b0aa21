/*
 * workforce.c - staff by kind: a stock of individuals with recruits, training, quits
 * and retirement.
 *
 * What is given for all counties is spread over them by those served: child carers by
 * residents, the others by people aged 60 and over. Everybody's thresholds and ages
 * come from a key of their own; the rate of quitting is common to a county and kind,
 * and made anew each month from how busy they are.
 */
#include "models/workforce.h"

#include "models/axes.h"
#include "models/county.h"
#include "models/models.h"
#include "models/training.h"
#include "models/turnover.h"
#include "sim/date.h"
#include "sim/err.h"

#include <math.h>

#define OF(member, k, as) \
    .kind = (as), .count = 1, .offset = offsetof(struct workforce_par, member[k])
#define GIVEN .source = "none: the scenario gives it", .quality = "assumption"
#define JUDGED .source = "judged", .quality = "assumption"
#define AS_CAREGIVERS                                                     \
    .source = "judged: as caregivers, no survey of this kind is at hand", \
    .quality = "assumption"
#define SURVEY                                                             \
    "survey of 2,004 staff of 271 homes in 13 provinces, September 2022, " \
    "www.hrssit.cn/info/3244.html"

#define STOCK(label, k, who)                                                        \
    .name = (label), OF(stock, k, FIELD_INT), .unit = "person", .lo = 0, .hi = 1e8, \
    .doc = who " of all counties at the start", GIVEN
#define RECRUITS(label, k, who)                                                       \
    .name = (label), OF(recruits, k, FIELD_PATH), .unit = "1/yr", .lo = 0, .hi = 1e7, \
    .doc = "people of all counties who begin training as " who ", a year", GIVEN
#define TRAINING(label, k, who)                                                      \
    .name = (label), OF(training, k, FIELD_REAL), .unit = "day", .def = 90, .lo = 0, \
    .hi = 1500, .doc = "length of the training of " who
#define DROP_OUT(label, k, who)                                                     \
    .name = (label), OF(drop_out, k, FIELD_REAL), .unit = "1", .def = 0.1, .lo = 0, \
    .hi = 1, .doc = "share of those in training as " who " who do not join"
#define QUITS(label, k, who)                                                         \
    .name = (label), OF(quits, k, FIELD_REAL), .unit = "1/yr", .def = 0.25, .lo = 0, \
    .hi = 5, .doc = "rate at which " who " leave for good at normal load and wage"
#define ALL(member) FIELD(struct workforce_par, member)

static const struct field par_table[] = {
    {STOCK("caregivers", STAFF_CAREGIVER, "caregivers")},
    {STOCK("home_carers", STAFF_HOME_CARER, "home carers")},
    {STOCK("social_workers", STAFF_SOCIAL_WORKER, "social workers")},
    {STOCK("child_carers", STAFF_CHILD_CARER, "child carers")},
    {RECRUITS("recruits", STAFF_CAREGIVER, "caregivers")},
    {RECRUITS("recruits_home", STAFF_HOME_CARER, "home carers")},
    {RECRUITS("recruits_social", STAFF_SOCIAL_WORKER, "social workers")},
    {RECRUITS("recruits_child", STAFF_CHILD_CARER, "child carers")},
    {TRAINING("training", STAFF_CAREGIVER, "caregivers"), .quality = "assumption",
        .source = "judged: courses of a vocational programme take a season"},
    {TRAINING("training_home", STAFF_HOME_CARER, "home carers"), AS_CAREGIVERS},
    {TRAINING("training_social", STAFF_SOCIAL_WORKER, "social workers"), AS_CAREGIVERS},
    {TRAINING("training_child", STAFF_CHILD_CARER, "child carers"), AS_CAREGIVERS},
    {DROP_OUT("drop_out", STAFF_CAREGIVER, "caregivers"), JUDGED},
    {DROP_OUT("drop_out_home", STAFF_HOME_CARER, "home carers"), AS_CAREGIVERS},
    {DROP_OUT("drop_out_social", STAFF_SOCIAL_WORKER, "social workers"), AS_CAREGIVERS},
    {DROP_OUT("drop_out_child", STAFF_CHILD_CARER, "child carers"), AS_CAREGIVERS},
    {QUITS("quits", STAFF_CAREGIVER, "caregivers"), .quality = "assumption",
        .source =
            "judged from tenure, 49 % up to 3 years and 28 % over 5 (an exponential "
            "of 0.25 gives 53 and 29; " SURVEY "); 40 to 50 % of entrants leave in "
            "a year (reportify.cn, 2025), 37 % intend to (JAMDA 2021;22:696)"},
    {QUITS("quits_home", STAFF_HOME_CARER, "home carers"), AS_CAREGIVERS},
    {QUITS("quits_social", STAFF_SOCIAL_WORKER, "social workers"), AS_CAREGIVERS},
    {QUITS("quits_child", STAFF_CHILD_CARER, "child carers"), AS_CAREGIVERS},
    {ALL(replaced), .unit = "1", .def = 0, .lo = 0, .hi = 1, GIVEN,
        .doc =
            "share of posts left by quitting or retiring that employers fill at once, "
            "without training"},
    {ALL(cohort), .unit = "day", .def = 0, .lo = 0, .hi = 3650, JUDGED,
        .doc = "days between the beginnings of courses, from the start of the run; 0: "
               "everybody begins at once"},
    {ALL(certified), .unit = "1", .def = 0.58, .lo = 0, .hi = 1,
        .doc = "share of those at the start, and of those hired without training, who "
               "hold the certificate",
        .source = "58.1 % had some training, taken as certified; " SURVEY,
        .quality = "assumption"},
    {ALL(certifies), .unit = "1", .def = 0.8, .lo = 0, .hi = 1, JUDGED,
        .doc = "share of those who finish training who then hold the certificate"},
    {ALL(normal_load), .unit = "1", .def = 0.8, .lo = 0.01, .hi = 10, JUDGED,
        .doc = "share of capacity in use at which staff quit at the given rate"},
    {ALL(load_exponent), .unit = "1", .def = 0.5, .lo = 0, .hi = 10,
        .doc = "exponent of the load relative to normal in the rate of quitting",
        .source = "judged: no estimate at hand; turnover rises with the share of "
                  "residents of higher need (Powers and Powers 2010)",
        .quality = "assumption"},
    {ALL(load_least), .unit = "1", .def = 1, .lo = 0, .hi = 100, JUDGED,
        .doc =
            "relative load below which quits fall no further: idle staff do not stay "
            "longer"},
    {ALL(load_most), .unit = "1", .def = 2, .lo = 0, .hi = 100, JUDGED,
        .doc = "relative load above which quits rise no further"},
    {ALL(wage_elasticity), .unit = "1", .def = 1.8, .lo = 0, .hi = 20,
        .doc = "fall of the rate of quitting with the wage: rate ~ wage^-elasticity",
        .source =
            "a quarter more pay cuts turnover by a third; Powers and Powers, B.E. "
            "J. Econ. Anal. Policy 10 (2010) art. 5, American carers of disabled "
            "people",
        .quality = "published_estimate"},
    {ALL(age_start_from), .unit = "yr", .def = 33, .lo = 16, .hi = 100,
        .doc = "youngest age of those at the start (uniform)",
        .source =
            "worked out: uniform from 33 to 60 has 56 % of 41 to 55 and 15 % above, "
            "the survey 56.0 and 14.9; " SURVEY,
        .quality = "assumption"},
    {ALL(age_start_to), .unit = "yr", .def = 60, .lo = 16, .hi = 100,
        .doc = "oldest age of those at the start", .source = "worked out likewise",
        .quality = "assumption"},
    {ALL(age_entry_from), .unit = "yr", .def = 30, .lo = 16, .hi = 100,
        .doc = "youngest age of those who join later (uniform)",
        .source = "judged: 3 % of 7,264 caregivers of 23 provinces are below 30 (2024, "
                  "gdllyjy.com/a/166.html)",
        .quality = "assumption"},
    {ALL(age_entry_to), .unit = "yr", .def = 50, .lo = 16, .hi = 100, JUDGED,
        .doc = "oldest age of those who join later"},
    {ALL(retires), .unit = "yr", .def = 60, .lo = 16, .hi = 200,
        .doc = "age at which staff retire; who is older leaves at once",
        .source =
            "judged: women may draw a pension from 50 or 55, but 15 % of staff are "
            "56 or older; " SURVEY,
        .quality = "assumption"},
    {.name = NULL},
};

#define STATE(member) \
    FIELD(struct workforce_out, member), .unit = "person", .axis = {&axes_staff}
#define FLOW(member) STATE(member), .method = FIELD_SUM

static const struct field out_table[] = {
    {FIELD(struct workforce_out, caregivers), .unit = "person", .doc = "caregivers",
        .zh = "养老护理人员"},
    {STATE(staff), .doc = "staff by kind", .zh = "从业人员(按类别)"},
    {STATE(certified), .doc = "staff who hold the certificate", .zh = "持证人员"},
    {STATE(in_training), .doc = "future staff in training", .zh = "在训人员"},
    {FLOW(recruited), .doc = "people who began training", .zh = "新招训人数"},
    {FLOW(trained), .doc = "people who finished training and joined",
        .zh = "完成培训上岗人数"},
    {FLOW(schooled), .zh = "完成培训人次",
        .doc = "people who finished training and joined, and staff who got the "
               "certificate in their post"},
    {FLOW(dropped_out), .doc = "people in training who did not join",
        .zh = "培训流失人数"},
    {FLOW(quit), .doc = "staff who quit, replaced or not", .zh = "离职人数"},
    {FLOW(retired), .doc = "staff who retired, replaced or not", .zh = "退休人数"},
    {FLOW(replaced), .doc = "people hired at once into a post that fell vacant",
        .zh = "即时补充人数"},
    {STATE(staff_load), .doc = "staff that the services in use take up",
        .zh = "在用人力"},
    {.name = NULL},
};

static const struct handler handlers[] = {
    {"staff month", turnover_month, "the rate of quitting follows the load"},
    {"recruit", training_recruit, "somebody signs up for training"},
    {"begin training", training_begin, "a course begins for a recruit"},
    {"finish training", training_finish, "a recruit drops out or joins"},
    {"quit", turnover_quit, "a member of staff quits"},
    {"retire", turnover_retire, "a member of staff reaches the age to retire"},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);
static void start(struct region *r);
static void finish(struct region *r);
static void observe(struct region *r);

const struct model workforce_model = {
    .name = "workforce",
    .doc = "staff by kind: recruits, training, certificates, quits, retirement",
    .source = "stock and flow of individuals",
    .par_size = sizeof(struct workforce_par),
    .par = par_table,
    .tab_size = sizeof(struct workforce_tab),
    .prepare = prepare,
    .out_size = sizeof(struct workforce_out),
    .out = out_table,
    .handlers = handlers,
    .start = start,
    .finish = finish,
    .observe = observe,
};

/* Those served in a region; where there is nobody at all regions weigh the same. */
static void
weigh(const struct setup *s, enum staff_kind k, double *weight)
{
    const struct county_tab *counties = s->tab[MODELS_COUNTY];
    double all = 0.0;

    for (int i = 0; i < s->n_regions; i++) {
        const struct county_row *row = counties->row[i];
        weight[i] = k == STAFF_CHILD_CARER ? row->population : row->pop_60plus;
        all += weight[i];
    }
    for (int i = 0; i < s->n_regions && all <= 0.0; i++)
        weight[i] = 1.0;
}

/* Whole people: what a region has is the rounded total up to it less that before it, so
 * that all add up. */
static void
spread(struct setup *s, struct workforce_tab *t, enum staff_kind k)
{
    const struct workforce_par *par = s->par[MODELS_WORKFORCE];
    double all = 0.0, before = 0.0, total = (double)par->stock[k];

    t->stock[k] = mem_arena(&s->arena, (size_t)s->n_regions, sizeof *t->stock[k]);
    t->share[k] = mem_arena(&s->arena, (size_t)s->n_regions, sizeof *t->share[k]);
    weigh(s, k, t->share[k]);
    for (int i = 0; i < s->n_regions; i++)
        all += t->share[k][i];
    for (int i = 0; i < s->n_regions; i++) {
        double now = before + t->share[k][i];
        t->share[k][i] /= all;
        t->stock[k][i] = (int64_t)(floor(total * now / all + 0.5) -
                                   floor(total * before / all + 0.5));
        before = now;
    }
}

/* The row `from` must not lie above the row `to`. */
static void
check_order(struct setup *s, struct report *report, const char *from, const char *to)
{
    const void *par = s->par[MODELS_WORKFORCE];
    double lo = field_value(field_find(par_table, from), par, 0);
    double hi = field_value(field_find(par_table, to), par, 0);
    char name[64];

    snprintf(name, sizeof name, "workforce.%s", from);
    if (lo > hi)
        report_mistake(report, setup_place(s, name), "%s is %s, above %s, %s", from,
            field_number(lo).text, to, field_number(hi).text);
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    check_order(s, report, "age_start_from", "age_start_to");
    check_order(s, report, "age_entry_from", "age_entry_to");
    check_order(s, report, "load_least", "load_most");
    for (int k = 0; k < STAFF_KINDS; k++)
        spread(s, tab, (enum staff_kind)k);
}

static void
start(struct region *r)
{
    const struct workforce_tab *t = r->setup->tab[MODELS_WORKFORCE];
    struct workforce *w = mem_alloc(1, sizeof *w);

    r->own[MODELS_WORKFORCE] = w;
    for (int k = 0; k < STAFF_KINDS; k++) {
        enum staff_kind kind = (enum staff_kind)k;
        staff_init(&w->staff[k]);
        for (int64_t i = 0; i < t->stock[k][r->index]; i++)
            turnover_start(
                r, kind, workforce_key(r, WORKFORCE_STARTED, kind, (uint32_t)i));
        training_start(r, kind);
    }
    /* at 0, when those who use staff have said how many they use */
    region_schedule(r, MODELS_WORKFORCE, WORKFORCE_MONTH, 0, 0, 0);
}

static void
finish(struct region *r)
{
    struct workforce *w = r->own[MODELS_WORKFORCE];

    for (int k = 0; k < STAFF_KINDS; k++)
        staff_free(&w->staff[k]);
    mem_free(w);
    r->own[MODELS_WORKFORCE] = NULL;
}

uint64_t
workforce_key(const struct region *r, enum workforce_origin tag, enum staff_kind k,
    uint32_t number)
{
    return rng_mix(rng_mix(r->code, (uint64_t)tag << 8 | k), number);
}

struct staff *
workforce_staff(const struct region *r, enum staff_kind k)
{
    struct workforce *w = r->own[MODELS_WORKFORCE];

    return &w->staff[k];
}

int64_t
workforce_capacity(const struct region *r, enum staff_kind k)
{
    return workforce_staff(r, k)->stock * WORKFORCE_WORKER;
}

void
workforce_load(struct region *r, enum staff_kind k, int64_t change)
{
    workforce_staff(r, k)->load += change;
}

void
workforce_recruit(struct region *r, enum staff_kind k, int64_t n, uint64_t key)
{
    for (int64_t i = 0; i < n; i++)
        training_enrol(r, k, rng_mix(key, (uint64_t)i));
}

void
workforce_set_wage(struct region *r, enum staff_kind k, double factor)
{
    BUG_IF(!(factor > 0.0));
    workforce_staff(r, k)->wage = factor;
    turnover_change(r, k);
}

int64_t
workforce_certify(struct region *r, enum staff_kind k, int64_t n)
{
    struct workforce_out *out = r->out[MODELS_WORKFORCE];
    int64_t done = staff_certify(workforce_staff(r, k), n);

    out->schooled[k] += done;
    return done;
}

static void
observe(struct region *r)
{
    struct workforce_out *out = r->out[MODELS_WORKFORCE];

    for (int k = 0; k < STAFF_KINDS; k++) {
        const struct staff *s = workforce_staff(r, (enum staff_kind)k);
        out->staff[k] = s->stock;
        out->certified[k] = s->certified;
        out->in_training[k] = s->in_training;
        out->staff_load[k] = (double)s->load / WORKFORCE_WORKER;
    }
    out->caregivers = out->staff[STAFF_CAREGIVER];
}
