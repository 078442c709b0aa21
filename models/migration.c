/*
 * migration.c - moves between counties, out of the prefecture and into it.
 *
 * Between counties people move at the rates of a model schedule by age; destinations by
 * a gravity law, balanced so that at the start as many move from A to B as from B to A.
 * Across the border of the prefecture the net rates by age, sex and county decide:
 * where negative people leave at that rate, where positive newcomers arrive in a steady
 * stream. A mover keeps key, thresholds and grade, and arrives at the end of the week.
 */
#include "models/axes.h"
#include "models/county.h"
#include "models/models.h"
#include "models/rates.h"
#include "models/shards.h"
#include "models/traits.h"
#include "sim/date.h"
#include "sim/err.h"
#include "sim/hazard.h"
#include "sim/num.h"

#include <assert.h>
#include <math.h>
#include <string.h>

struct net_row {
    int64_t adcode;
    int32_t sex;
    int64_t age_from, age_to;
    double net_rate;
};

struct migration_par {
    struct rows net;
    double net_factor, between, distance;
    double child_level, child_fall, work_level, work_age, work_fall, work_rise,
        constant;
};

struct migration_out {
    int64_t moved_in, moved_out, immigrants, emigrants;
};

static const struct field net_columns[] = {
    {FIELD(struct net_row, adcode), .unit = "1", .required = true, .doc = "county"},
    {FIELD_AS(struct net_row, sex, FIELD_CHOICE), .unit = "1", .choices = axes_sexes,
        .required = true, .doc = "sex"},
    {FIELD(struct net_row, age_from), .unit = "yr", .lo = 0, .hi = 120,
        .required = true, .doc = "first age"},
    {FIELD(struct net_row, age_to), .unit = "yr", .lo = 0, .hi = 120, .required = true,
        .doc = "last age"},
    {FIELD(struct net_row, net_rate), .unit = "1/yr", .lo = -0.5, .hi = 0.5,
        .required = true, .doc = "net migration, people gained a year per person"},
    {.name = NULL},
};

#define SCHEDULE "Rogers and Castro, IIASA RR-81-30 (1981), standard values"

static const struct field par_table[] = {
    {FIELD(struct migration_par, net), .unit = "1", .required = true,
        .doc = "net migration across the prefecture's border by county, sex and age",
        .columns = net_columns, .row_size = sizeof(struct net_row)},
    {FIELD(struct migration_par, net_factor), .unit = "1", .def = 0.5, .lo = 0, .hi = 3,
        .doc = "factor on the net rates", .quality = "assumption",
        .source = "half of 2010-2020: the residual also holds changes of coverage"},
    {FIELD(struct migration_par, between), .unit = "1/yr", .def = 0.008, .lo = 0,
        .hi = 0.2, .doc = "moves between counties a year per person",
        .source = "judged: no flow table is published for counties",
        .quality = "assumption"},
    {FIELD(struct migration_par, distance), .unit = "km", .def = 80, .lo = 1,
        .hi = 10000, .doc = "distance at which moves fall by the factor e",
        .source = "judged: counties lie 30 to 150 km apart", .quality = "assumption"},
    {FIELD(struct migration_par, child_level), .unit = "1", .def = 0.02, .lo = 0,
        .hi = 1, .doc = "model schedule a1", .source = SCHEDULE,
        .quality = "published_estimate"},
    {FIELD(struct migration_par, child_fall), .unit = "1/yr", .def = 0.1, .lo = 0,
        .hi = 2, .doc = "model schedule alpha1", .source = SCHEDULE,
        .quality = "published_estimate"},
    {FIELD(struct migration_par, work_level), .unit = "1", .def = 0.06, .lo = 0,
        .hi = 1, .doc = "model schedule a2", .source = SCHEDULE,
        .quality = "published_estimate"},
    {FIELD(struct migration_par, work_age), .unit = "yr", .def = 20, .lo = 10, .hi = 40,
        .doc = "model schedule mu2", .source = SCHEDULE,
        .quality = "published_estimate"},
    {FIELD(struct migration_par, work_fall), .unit = "1/yr", .def = 0.1, .lo = 0,
        .hi = 2, .doc = "model schedule alpha2", .source = SCHEDULE,
        .quality = "published_estimate"},
    {FIELD(struct migration_par, work_rise), .unit = "1/yr", .def = 0.4, .lo = 0,
        .hi = 2, .doc = "model schedule lambda2", .source = SCHEDULE,
        .quality = "published_estimate"},
    {FIELD(struct migration_par, constant), .unit = "1", .def = 0.003, .lo = 0, .hi = 1,
        .doc = "model schedule c", .source = SCHEDULE, .quality = "published_estimate"},
    {.name = NULL},
};

static const struct field out_table[] = {
    {FIELD(struct migration_out, moved_in), .unit = "person", .method = FIELD_SUM,
        .doc = "arrivals from other counties", .zh = "从其他县市迁入"},
    {FIELD(struct migration_out, moved_out), .unit = "person", .method = FIELD_SUM,
        .doc = "departures to other counties", .zh = "迁往其他县市"},
    {FIELD(struct migration_out, immigrants), .unit = "person", .method = FIELD_SUM,
        .doc = "arrivals from outside the prefecture", .zh = "从州外迁入"},
    {FIELD(struct migration_out, emigrants), .unit = "person", .method = FIELD_SUM,
        .doc = "departures from the prefecture", .zh = "迁出州外"},
    {.name = NULL},
};

enum { MOVE, NEWCOMER };
static void move(struct region *r, const struct event *e);
static void newcomer(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"move", move, "the person moves to another county or leaves the prefecture"},
    {"newcomer", newcomer, "a person arrives from outside the prefecture"},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);
static void start(struct region *r);
static void receive(struct region *r, const struct message *m);
static void added(struct region *r, uint32_t i);
static void due(struct region *r, uint32_t i);
static void leaves(struct region *r, uint32_t i);
static void goes(struct region *r, uint32_t i);
static void (*const on[SIGNALS])(struct region *, uint32_t) = {
    [SIGNAL_ADDED] = added,
    [SIGNAL_DUE] = due,
    [SIGNAL_LEAVES] = leaves,
    [SIGNAL_GOES] = goes,
};

const struct model migration_model = {
    .name = "migration",
    .doc = "moves between counties by age and distance; net flows across the border",
    .source =
        "Rogers and Castro (1981) for ages; residuals of two censuses for the border",
    .par_size = sizeof(struct migration_par),
    .par = par_table,
    .tab_size = sizeof(struct migration_tab),
    .prepare = prepare,
    .out_size = sizeof(struct migration_out),
    .out = out_table,
    .handlers = handlers,
    .start = start,
    .receive = receive,
    .on = on,
    .n_signals = SIGNALS,
    .shards = true,
};

/* The model migration schedule by age, before it is scaled. */
static double
schedule_at(const struct migration_par *p, double age)
{
    double since = age - p->work_age;
    double rise =
        -p->work_rise * since < 700.0 ? num_exp(-p->work_rise * since) : 1e300;

    return p->child_level * num_exp(-p->child_fall * age) +
           p->work_level *
               num_exp(-p->work_fall * since - (rise < 700.0 ? rise : 700.0)) +
           p->constant;
}

/* Cosine of `degree` in [-90, 90] by its series; libm's differs between machines. */
static double
cosine(double degree)
{
    double x = degree * (3.14159265358979323846 / 180.0), term = 1.0, sum = 1.0;

    for (int k = 2; k < 24; k += 2) {
        term *= -x * x / (k * (k - 1));
        sum += term;
    }
    return sum;
}

/* Kilometres between two centres on a sphere, flat within a prefecture's extent. */
static double
kilometres(const struct county_row *a, const struct county_row *b)
{
    double y = (a->latitude - b->latitude) * 111.2;
    double x = (a->longitude - b->longitude) * 111.2 *
               cosine(0.5 * (a->latitude + b->latitude));

    return sqrt(x * x + y * y);
}

/*
 * Moves a year per person of each origin, and cumulated shares of destinations:
 * flow(i, j) = K P(i) P(j) exp(-d(i, j) / distance) with K such that `between` of all
 * people move in a year.
 */
static void
gravity(const struct setup *s, const struct migration_par *par, struct migration_tab *t,
    double *rate)
{
    const struct county_tab *counties = s->tab[MODELS_COUNTY];
    double flow = 0.0, people = 0.0;

    for (int i = 0; i < s->n_regions; i++) {
        const struct county_row *a = counties->row[i];
        rate[i] = 0.0;
        for (int j = 0; j < s->n_regions; j++) {
            const struct county_row *b = counties->row[j];
            if (j != i)
                rate[i] += b->population * num_exp(-kilometres(a, b) / par->distance);
            t->of[i].to[j] = rate[i];
        }
        for (int j = 0; j < s->n_regions && rate[i] > 0.0; j++)
            t->of[i].to[j] /= rate[i];
        flow += rate[i] * a->population;
        people += a->population;
    }
    for (int i = 0; i < s->n_regions; i++)
        rate[i] *= flow > 0.0 ? par->between * people / flow : 0.0;
}

/* Net rates by region, sex and age from the table; false when a row is amiss. */
static void
read_net(const struct setup *s, const struct rows *rows, double (*net)[SEXES][AGES],
    struct report *report)
{
    const struct net_row *row = rows->row;

    for (int64_t i = 0; i < rows->n; i++) {
        struct place at = {rows->file, rows->line[i], 1};
        struct county_span to = county_span_or(s, row[i].adcode, rows, i, report);
        if (row[i].age_to < row[i].age_from)
            report_mistake(report, at,
                "ages from %lld to %lld, expected the last not before the first",
                (long long)row[i].age_from, (long long)row[i].age_to);
        for (int k = to.first; k < to.first + to.n; k++)
            for (int64_t a = row[i].age_from; a <= row[i].age_to && a < AGES; a++)
                net[k][row[i].sex][a] = row[i].net_rate;
    }
}

/* The model schedule, scaled to mean 1 over the people of all counties. */
static void
unit_schedule(
    const struct setup *s, const struct migration_par *par, double by_age[AGES])
{
    const struct population_tab *t = s->tab[MODELS_POPULATION];
    double sum = 0.0, people = 0.0;

    for (int a = 0; a < AGES; a++) {
        by_age[a] = schedule_at(par, a + 0.5);
        for (int i = 0; i < s->n_regions; i++) {
            double n = (double)(t->people[i][MALE][a] + t->people[i][FEMALE][a]);
            sum += n * by_age[a];
            people += n;
        }
    }
    for (int a = 0; a < AGES && sum > 0.0; a++)
        by_age[a] *= people / sum;
}

/* What leaves and what comes, of one region. */
static void
set_region(struct setup *s, int region, double rate, const double by_age[AGES],
    double (*net)[AGES])
{
    const struct migration_par *par = s->par[MODELS_MIGRATION];
    const struct population_tab *people = s->tab[MODELS_POPULATION];
    struct migration_tab *t = s->tab[MODELS_MIGRATION];
    struct region_moves *m = &t->of[region];

    for (int sex = 0; sex < SEXES; sex++) {
        double leave[AGES];
        for (int a = 0; a < AGES; a++) {
            double out = net[sex][a] < 0.0 ? -net[sex][a] * par->net_factor : 0.0;
            leave[a] = rate * by_age[a] + out;
            m->out[sex][a] = leave[a] > 0.0 ? out / leave[a] : 0.0;
            if (net[sex][a] > 0.0)
                m->newcomers += net[sex][a] * par->net_factor *
                                (double)people->people[region][sex][a];
            m->arriving[sex * AGES + a] = m->newcomers;
        }
        hazard_init(&m->leave[sex], 0, AGES, 1, 0, &s->arena);
        hazard_set(&m->leave[sex], 0, leave);
    }
    for (int k = 0; k < SEXES * AGES && m->newcomers > 0.0; k++)
        m->arriving[k] /= m->newcomers;
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct migration_par *par = s->par[MODELS_MIGRATION];
    struct migration_tab *t = tab;
    size_t n = (size_t)s->n_regions;
    double(*net)[SEXES][AGES] = mem_arena(&s->arena, n, sizeof *net);
    double *rate = mem_arena(&s->arena, n, sizeof *rate), by_age[AGES];

    t->of = mem_arena(&s->arena, n, sizeof *t->of);
    for (size_t i = 0; i < n; i++)
        t->of[i].to = mem_arena(&s->arena, n, sizeof(double));
    read_net(s, &par->net, net, report);
    gravity(s, par, t, rate);
    unit_schedule(s, par, by_age);
    for (int i = 0; i < s->n_regions; i++)
        set_region(s, i, rate[i], by_age, net[i]);
}

static struct region_moves *
moves_of(const struct region *r)
{
    const struct migration_tab *t = r->setup->tab[MODELS_MIGRATION];

    return &t->of[r->index];
}

static void
schedule(struct region *r, uint32_t i)
{
    struct person *p = &county_of(r)->person[i];

    p->move_due = hazard_time(
        &moves_of(r)->leave[p->sex], p->birth, p->move, region_now(r), r->setup->end);
    county_schedule(r, MODELS_MIGRATION, MOVE, i, 0, p->move_due);
}

static void
added(struct region *r, uint32_t i)
{
    struct county *c = county_of(r);
    struct person *p = &c->person[i];

    p->move = (float)(p->move +
                      (hazard_level(&moves_of(r)->leave[p->sex], p->birth, c->since)));
    schedule(r, i);
}

static void
due(struct region *r, uint32_t i)
{
    const struct county *c = county_of(r);
    const struct person *p = &c->person[i];

    if (county_newly_due(c, p->move_due))
        county_schedule(r, MODELS_MIGRATION, MOVE, i, 0, p->move_due);
}

static void
leaves(struct region *r, uint32_t i)
{
    struct person *p = &county_of(r)->person[i];

    p->move = (float)(p->move - (hazard_level(&moves_of(r)->leave[p->sex], p->birth,
                                    region_now(r))));
}

/* The first of `n` cumulated shares above `u`, searched by halves. */
static int
pick(const double *cumulated, int n, double u)
{
    int lo = 0, hi = n - 1;

    while (lo < hi) {
        int mid = (lo + hi) / 2;
        if (u < cumulated[mid])
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo;
}

/* A letter with the person, who is on the way until the window's end. */
static void
send(struct region *r, uint32_t i, uint32_t to)
{
    struct migration_out *out = r->out[MODELS_MIGRATION];
    const struct person *p = &county_of(r)->person[i];

    out->moved_out++;
    region_signal(r, SIGNAL_LEAVES, i);
    struct message *letter =
        region_send(r, shards_of(r->setup, to, p), MODELS_MIGRATION, 0);
    static_assert(sizeof *p <= sizeof letter->body, "a person fits a message");
    memcpy(letter->body.byte, p, sizeof *p);
}

static void
move(struct region *r, const struct event *e)
{
    struct migration_out *out = r->out[MODELS_MIGRATION];
    const struct region_moves *m = moves_of(r);
    struct person *p = &county_of(r)->person[e->subject];

    if (e->time != p->move_due)
        return;
    struct rng_block b = rng_block(r->run, p->key, PURPOSE_MOVE, p->moves);
    int a = (int)person_age(p, e->time);
    if (rng_uniform32(b.word[0]) < m->out[p->sex][a < AGES ? a : AGES - 1]) {
        out->emigrants++;
    } else {
        int to = pick(m->to, r->setup->n_regions, rng_uniform32(b.word[1]));
        p->moves = (p->moves + 1u) & 31;
        p->move = (float)(p->move + (-num_log(rng_uniform32(b.word[2]))));
        send(r, e->subject, (uint32_t)to);
    }
    county_remove(r, e->subject);
}

/* Who leaves for another reason than an own move: what was left of the threshold for
 * moving goes along. */
static void
goes(struct region *r, uint32_t i)
{
    send(r, i, county_of(r)->going_to);
    county_remove(r, i);
}

/* Puts a mover into the receiving county, without ties to the old one. */
static void
receive(struct region *r, const struct message *m)
{
    struct migration_out *out = r->out[MODELS_MIGRATION];
    struct person p;

    memcpy(&p, m->body.byte, sizeof p);
    p.spouse = p.care = PERSON_NONE;
    p.place = AT_HOME;
    p.living = FAMILY;
    out->moved_in++;
    county_add(r, &p, m->time);
}

/* Newcomers come at a steady rate; the n-th of a county is the same in every scenario.
 */
static void
schedule_newcomer(struct region *r, uint32_t n)
{
    double rate = moves_of(r)->newcomers / MINUTES_A_YEAR;
    struct rng_block b =
        rng_block(r->run, person_key_arrival(r->code, n), PURPOSE_ARRIVAL, 0);

    if (rate <= 0.0)
        return;
    /* rounded, not raised: arrivals add up, and so would half a minute each */
    double t = region_now(r) + floor(-num_log(rng_uniform32(b.word[0])) / rate + 0.5);
    region_schedule(
        r, MODELS_MIGRATION, NEWCOMER, n, 0, t < r->setup->end ? (int32_t)t : NEVER);
}

static void
start(struct region *r)
{
    if (r->number == 0)
        schedule_newcomer(r, 0);
}

static void
newcomer(struct region *r, const struct event *e)
{
    struct migration_out *out = r->out[MODELS_MIGRATION];
    struct person p = {.key = person_key_arrival(r->code, e->subject)};
    struct rng_block b = rng_block(r->run, p.key, PURPOSE_ARRIVAL, 0);
    int k = pick(moves_of(r)->arriving, SEXES * AGES, rng_uniform32(b.word[1]));

    p.sex = k >= AGES ? FEMALE : MALE;
    traits_draw(r, &p, k % AGES);
    person_thresholds(&p, r->run);
    out->immigrants++;
    schedule_newcomer(r, e->subject + 1);
    county_add(r, &p, e->time);
}
