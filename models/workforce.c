/*
 * workforce.c - caregivers: a stock with recruits, training and quits.
 *
 * The prefecture's stock and yearly recruits are spread over counties by people aged 60
 * and over. Recruits begin evenly spaced in time, train, drop out or join; every
 * caregiver stays for an exponential time of their own, so that a plan which trains
 * more changes nobody who is there already.
 */
#include "models/workforce.h"

#include "models/county.h"
#include "models/models.h"
#include "models/person.h"
#include "sim/date.h"
#include "sim/num.h"

#include <math.h>

struct workforce_out {
    int64_t caregivers, in_training;
    int64_t recruited, trained, dropped_out, quit;
};

static const struct field par_table[] = {
    {FIELD(struct workforce_par, caregivers), .unit = "person", .def = 0, .lo = 0,
        .hi = 1e8, .doc = "caregivers of all counties at the start",
        .source = "none: the scenario gives them", .quality = "assumption"},
    {FIELD(struct workforce_par, recruits), .unit = "1/yr", .def = 0, .lo = 0,
        .hi = 1e7, .doc = "people of all counties who begin training, a year",
        .source = "none: the scenario gives them", .quality = "assumption"},
    {FIELD(struct workforce_par, replaced), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "share of quits that the employer replaces at once without training",
        .source = "none: the scenario gives it", .quality = "assumption"},
    {FIELD(struct workforce_par, training), .unit = "day", .def = 90, .lo = 0,
        .hi = 1500, .doc = "length of training", .quality = "assumption",
        .source = "judged: courses of a vocational programme take a season"},
    {FIELD(struct workforce_par, drop_out), .unit = "1", .def = 0.1, .lo = 0, .hi = 1,
        .doc = "share of recruits who do not finish training or do not take up care",
        .source = "judged", .quality = "assumption"},
    {FIELD(struct workforce_par, quits), .unit = "1/yr", .def = 0.25, .lo = 0, .hi = 5,
        .doc = "rate at which a caregiver leaves care for good",
        .source = "judged from surveys of 20 to 50 % a year", .quality = "assumption"},
    {FIELD(struct workforce_par, clients), .unit = "person", .def = 6, .lo = 0.1,
        .hi = 100, .doc = "residents a caregiver looks after, by care grade 0 to 4",
        .source = "local norms 1:3 to 1:20", .quality = "recalled"},
    {.name = NULL},
};

static const struct field out_table[] = {
    {FIELD(struct workforce_out, caregivers), .unit = "person", .doc = "caregivers",
        .zh = "养老护理人员"},
    {FIELD(struct workforce_out, in_training), .unit = "person",
        .doc = "future caregivers in training", .zh = "在训护理人员"},
    {FIELD(struct workforce_out, recruited), .unit = "person", .method = FIELD_SUM,
        .doc = "people who began training", .zh = "新招训人数"},
    {FIELD(struct workforce_out, trained), .unit = "person", .method = FIELD_SUM,
        .doc = "people who finished training and became caregivers",
        .zh = "完成培训上岗人数"},
    {FIELD(struct workforce_out, dropped_out), .unit = "person", .method = FIELD_SUM,
        .doc = "recruits who did not become caregivers", .zh = "培训流失人数"},
    {FIELD(struct workforce_out, quit), .unit = "person", .method = FIELD_SUM,
        .doc = "caregivers who left and were not replaced", .zh = "离职人数"},
    {.name = NULL},
};

enum { RECRUIT, FINISH, QUIT };
static void recruit(struct region *r, const struct event *e);
static void finish_training(struct region *r, const struct event *e);
static void quit(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"recruit", recruit, "a future caregiver begins training"},
    {"finish training", finish_training, "a recruit becomes a caregiver"},
    {"quit", quit, "a caregiver leaves"},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);
static void start(struct region *r);
static void finish(struct region *r);
static void observe(struct region *r);

struct workforce_tab {
    int64_t *caregivers; /* [n_regions] at the start */
    double *share;       /* [n_regions] of recruits */
};

const struct model workforce_model = {
    .name = "workforce",
    .doc = "caregivers: recruits, training, quits",
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

/* Whole caregivers by people aged 60 and over: what a region has is the rounded total
 * up to it less that before it, so that all add up. */
static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct workforce_par *par = s->par[MODELS_WORKFORCE];
    const struct county_tab *counties = s->tab[MODELS_COUNTY];
    struct workforce_tab *t = tab;
    double all = 0.0, before = 0.0;

    (void)report;
    t->caregivers = mem_arena(&s->arena, (size_t)s->n_regions, sizeof *t->caregivers);
    t->share = mem_arena(&s->arena, (size_t)s->n_regions, sizeof *t->share);
    for (int i = 0; i < s->n_regions; i++)
        all += counties->row[i]->pop_60plus;
    for (int i = 0; i < s->n_regions; i++) {
        double now = before + counties->row[i]->pop_60plus;
        t->share[i] = all > 0.0 ? counties->row[i]->pop_60plus / all : 0.0;
        t->caregivers[i] = (int64_t)floor((double)par->caregivers * now / all + 0.5) -
                           (int64_t)floor((double)par->caregivers * before / all + 0.5);
        before = now;
    }
}

/* Caregivers' keys: those of the start and recruits, each numbered in its county. */
static uint64_t
key_of(const struct region *r, uint32_t number)
{
    return rng_mix(r->code, number);
}

static void
schedule_quit(struct region *r, uint32_t number, uint32_t spell)
{
    const struct workforce_par *par = r->setup->par[MODELS_WORKFORCE];
    struct rng_block b = rng_block(r->run, key_of(r, number), PURPOSE_QUIT, spell);

    if (par->quits <= 0.0)
        return;
    double t = region_now(r) +
               ceil(-num_log(rng_uniform32(b.word[0])) / par->quits * MINUTES_A_YEAR);
    region_schedule(r, MODELS_WORKFORCE, QUIT, number, spell,
        t < r->setup->end ? (int32_t)t : NEVER);
}

/* The next recruit begins when the cumulated intake has grown by one. */
static void
schedule_recruit(struct region *r, uint32_t number)
{
    const struct workforce_par *par = r->setup->par[MODELS_WORKFORCE];
    const struct workforce_tab *t = r->setup->tab[MODELS_WORKFORCE];
    double now = region_now(r), left = 1.0;

    while (now < r->setup->end) {
        double year = setup_year(r->setup, (int32_t)now);
        double rate = field_path(&par->recruits, year) * t->share[r->index];
        double step = 30.0 * MINUTES_A_DAY; /* paths change slowly against a month */
        double gain = rate * step / MINUTES_A_YEAR;
        if (gain >= left) {
            now += ceil(left / rate * MINUTES_A_YEAR);
            region_schedule(r, MODELS_WORKFORCE, RECRUIT, number, 0,
                now < r->setup->end ? (int32_t)now : NEVER);
            return;
        }
        left -= gain;
        now += step;
    }
}

static void
start(struct region *r)
{
    const struct workforce_tab *t = r->setup->tab[MODELS_WORKFORCE];
    struct workforce *w = mem_alloc(1, sizeof *w);

    r->own[MODELS_WORKFORCE] = w;
    w->caregivers = t->caregivers[r->index];
    for (int64_t i = 0; i < w->caregivers; i++)
        schedule_quit(r, (uint32_t)i, 0);
    schedule_recruit(r, (uint32_t)w->caregivers);
}

static void
finish(struct region *r)
{
    mem_free(r->own[MODELS_WORKFORCE]);
}

static void
recruit(struct region *r, const struct event *e)
{
    const struct workforce_par *par = r->setup->par[MODELS_WORKFORCE];
    struct workforce_out *out = r->out[MODELS_WORKFORCE];
    struct workforce *w = r->own[MODELS_WORKFORCE];
    double t = e->time + par->training * MINUTES_A_DAY;

    out->recruited++;
    w->in_training++;
    region_schedule(r, MODELS_WORKFORCE, FINISH, e->subject, 0,
        t < r->setup->end ? (int32_t)t : NEVER);
    schedule_recruit(r, e->subject + 1);
}

static void
finish_training(struct region *r, const struct event *e)
{
    const struct workforce_par *par = r->setup->par[MODELS_WORKFORCE];
    struct workforce_out *out = r->out[MODELS_WORKFORCE];
    struct workforce *w = r->own[MODELS_WORKFORCE];
    struct rng_block b = rng_block(r->run, key_of(r, e->subject), PURPOSE_TRAINEE, 0);

    w->in_training--;
    if (rng_uniform32(b.word[0]) < par->drop_out) {
        out->dropped_out++;
        return;
    }
    out->trained++;
    w->caregivers++;
    schedule_quit(r, e->subject, 0);
}

static void
quit(struct region *r, const struct event *e)
{
    const struct workforce_par *par = r->setup->par[MODELS_WORKFORCE];
    struct workforce_out *out = r->out[MODELS_WORKFORCE];
    struct workforce *w = r->own[MODELS_WORKFORCE];
    struct rng_block b =
        rng_block(r->run, key_of(r, e->subject), PURPOSE_QUIT, e->serial);

    if (rng_uniform32(b.word[1]) < par->replaced) {
        schedule_quit(r, e->subject, e->serial + 1);
        return;
    }
    w->caregivers--;
    out->quit++;
}

static void
observe(struct region *r)
{
    struct workforce_out *out = r->out[MODELS_WORKFORCE];
    const struct workforce *w = r->own[MODELS_WORKFORCE];

    out->caregivers = w->caregivers;
    out->in_training = w->in_training;
}
