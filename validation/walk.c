#include "validation/walk.h"

#include "sim/date.h"
#include "sim/hazard.h"
#include "sim/region.h"

#include <gsl/gsl_linalg.h>
#include <gsl/gsl_sf_expint.h>
#include <math.h>

enum { LEAVE, DIE, DRAW_DEATH = 1, DRAW_LEAVE, DRAW_TO };

/* Parts of a year within which a rate that grows is held constant. */
enum { PARTS = 12, MOST_YEARS = 4000 };

struct soul {
    double death;              /* level of the cumulative hazard of death */
    double spent[WALK_STATES]; /* minutes, in states left */
    int32_t since;             /* minutes */
    uint32_t spell;
    int at;
};

struct tables {
    struct hazard leave[WALK_STATES], death[WALK_STATES];
    double until[WALK_STATES][WALK_STATES]; /* cumulated shares of where one goes */
};

static int
parts(const struct walk *w)
{
    return w->slope > 0.0 ? PARTS : 1;
}

/* The engine's minutes of a year: sim/hazard's "years" are the parts. */
static double
minutes(const struct walk *w)
{
    return MINUTES_A_YEAR * parts(w);
}

double
walk_longest(const struct walk *w)
{
    return (double)MOST_YEARS / parts(w);
}

static double
length(const struct walk *w)
{
    return fmax(w->years, w->cut);
}

/* Each part has its own integral, so survival is exact at its ends. */
static void
set_death(const struct walk *w, struct hazard *h, double rate, struct arena *arena)
{
    int n = w->slope > 0.0 ? (int)ceil(length(w) * PARTS) : 1;
    double *x = mem_alloc((size_t)n, sizeof *x);

    for (int i = 0; i < n; i++)
        x[i] = w->slope > 0.0 ? rate / w->slope * exp(w->slope * i / PARTS) *
                                    expm1(w->slope / PARTS)
                              : rate;
    hazard_init(h, 0, n, 1, 0, arena);
    hazard_set(h, 0, x);
    mem_free(x);
}

static void
set_leave(const struct walk *w, struct tables *t, int from, struct arena *arena)
{
    double all = 0.0, sum = 0.0, rate;
    int last = 0;

    for (int j = 0; j < w->states; j++)
        if (j != from && w->rate[from][j] > 0.0) {
            all += w->rate[from][j];
            last = j;
        }
    for (int j = 0; j < w->states; j++) {
        sum += j == from ? 0.0 : w->rate[from][j];
        t->until[from][j] = j >= last ? 1.0 : sum / all; /* roundings end here */
    }
    rate = all / parts(w);
    hazard_init(&t->leave[from], 0, 1, 1, 0, arena);
    hazard_set(&t->leave[from], 0, &rate);
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct walk *w = s->par[0];
    struct tables *t = tab;

    (void)report;
    s->n_regions = 1;
    s->region = mem_arena(&s->arena, 1, sizeof *s->region);
    s->region[0] = (struct region_name){
        .code = 1, .name = "walk", .name_zh = "walk", .load.rows = (double)w->people};
    for (int k = 0; k < w->states; k++) {
        set_leave(w, t, k, &s->arena);
        set_death(w, &t->death[k], w->rate[k][w->states], &s->arena);
    }
}

static double
threshold(const struct region *r, uint32_t i, uint32_t purpose, uint32_t n)
{
    return rng_exponential(rng_block(r->run, i, purpose, n), 0);
}

/* What comes first from now on: the end, or another state. */
static void
plan(struct region *r, uint32_t i)
{
    const struct tables *t = r->setup->tab[0];
    const struct soul *p = (const struct soul *)r->own[0] + i;
    int32_t now = region_now(r), end = r->setup->end;
    double leave =
        threshold(r, i, DRAW_LEAVE, p->spell) + hazard_level(&t->leave[p->at], 0, now);
    int32_t dies = hazard_time(&t->death[p->at], 0, p->death, now, end);
    int32_t leaves = hazard_time(&t->leave[p->at], 0, leave, now, end);

    if (dies <= leaves)
        region_schedule(r, 0, DIE, i, p->spell, dies);
    else
        region_schedule(r, 0, LEAVE, i, p->spell, leaves);
}

static void
begin(struct region *r)
{
    const struct walk *w = r->setup->par[0];
    struct soul *p = mem_alloc((size_t)w->people, sizeof *p);

    r->own[0] = p;
    for (uint32_t i = 0; i < (uint32_t)w->people; i++) {
        p[i].at = w->first;
        p[i].death = threshold(r, i, DRAW_DEATH, 0);
        plan(r, i);
    }
}

static void
enter(struct soul *p, int state, int32_t now)
{
    p->spent[p->at] += now - p->since;
    p->at = state;
    p->since = now;
    p->spell++;
}

static void
leave(struct region *r, const struct event *e)
{
    const struct tables *t = r->setup->tab[0];
    struct soul *p = (struct soul *)r->own[0] + e->subject;
    double u = rng_uniform(rng_block(r->run, e->subject, DRAW_TO, p->spell), 0);
    int from = p->at, to = 0;

    while (u >= t->until[from][to])
        to++;
    p->death += hazard_level(&t->death[to], 0, e->time) -
                hazard_level(&t->death[from], 0, e->time);
    enter(p, to, e->time);
    plan(r, e->subject);
}

static void
die(struct region *r, const struct event *e)
{
    const struct walk *w = r->setup->par[0];

    enter((struct soul *)r->own[0] + e->subject, w->states, e->time);
}

static void
finish(struct region *r)
{
    mem_free(r->own[0]);
}

static const struct handler handlers[] = {
    {"leave", leave, "a person goes to another state"},
    {"die", die, "a person dies"},
    {.name = NULL},
};

static const struct model model = {
    .name = "walk",
    .doc = "lives that go from state to state",
    .tab_size = sizeof(struct tables),
    .prepare = prepare,
    .handlers = handlers,
    .start = begin,
    .finish = finish,
};

/* Years of a person in each state until `now`, and in all. */
static void
count(const struct walk *w, const struct soul *p, int32_t now,
    struct check_mean by_state[WALK_STATES], struct check_mean *all)
{
    double sum = 0.0;

    for (int k = 0; k < w->states; k++) {
        double x = p->spent[k] + (p->at == k ? now - p->since : 0);
        check_count(&by_state[k], x / minutes(w));
        sum += x;
    }
    check_count(all, sum / minutes(w));
}

static void
replicate(const struct setup *s, int i, struct walk_found *found)
{
    const struct walk *w = s->par[0];
    int32_t look = (int32_t)floor(w->years * minutes(w) + 0.5);
    int32_t cut = (int32_t)floor(length(w) * minutes(w) + 0.5);
    struct region r;

    region_init(&r, s, 0, rng_run(s->seed, (uint32_t)i));
    const struct soul *p = r.own[0];
    region_run(&r, look);
    for (int k = 0; k < w->people; k++) {
        found->share[p[k].at] += 1.0 / found->people;
        count(w, &p[k], look, found->lived, &found->all_lived);
    }
    region_run(&r, cut);
    for (int k = 0; k < w->people; k++) {
        found->share_cut += (p[k].at < w->states) / found->people;
        count(w, &p[k], cut, found->life, &found->all_life);
    }
    region_free(&r);
}

struct walk_found
walk_run(const struct walk *w)
{
    const struct model *const models[] = {&model, NULL};
    struct walk par = *w;
    void *pars[] = {&par};
    struct setup s = {.seed = w->seed};
    struct report report = {.mistakes = 0};
    struct walk_found found = {.people = (double)w->people * w->replicates};
    double days = length(w) * minutes(w) / MINUTES_A_DAY;

    setup_init(&s, models, pars, 0, (int32_t)days + 1, &report);
    for (int i = 0; i < w->replicates; i++)
        replicate(&s, i, &found);
    setup_free(&s);
    report_free(&report);
    return found;
}

/* Q of all states, death last, whose rows add up to 0. */
static double
generator(const struct walk *w, int i, int j)
{
    double sum = 0.0;

    if (i != j)
        return w->rate[i][j];
    for (int k = 0; k <= w->states; k++)
        sum -= k == i ? 0.0 : w->rate[i][k];
    return sum;
}

void
walk_expect(const struct walk *w, double t, double share[WALK_STATES],
    double lived[WALK_STATES])
{
    size_t n = (size_t)w->states + 1, first = (size_t)w->first;
    gsl_matrix *a = gsl_matrix_calloc(2 * n, 2 * n),
               *p = gsl_matrix_alloc(2 * n, 2 * n);

    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n && i + 1 < n; j++)
            gsl_matrix_set(a, i, j, t * generator(w, (int)i, (int)j));
        gsl_matrix_set(a, i, n + i, t);
    }
    gsl_linalg_exponential_ss(a, p, GSL_PREC_DOUBLE);
    for (size_t j = 0; j < n; j++) {
        share[j] = gsl_matrix_get(p, first, j);
        lived[j] = gsl_matrix_get(p, first, n + j);
    }
    gsl_matrix_free(a);
    gsl_matrix_free(p);
}

/* Marks what can be reached from where a life begins. */
static void
reach(const struct walk *w, bool reached[WALK_STATES])
{
    for (int k = 0; k <= w->states; k++)
        reached[k] = k == w->first;
    for (int round = 0; round < w->states; round++)
        for (int i = 0; i < w->states; i++)
            for (int j = 0; j <= w->states; j++)
                reached[j] |= reached[i] && w->rate[i][j] > 0.0;
}

/* True when death can be reached from every state that a life can come to. */
static bool
mortal(const struct walk *w, const bool reached[WALK_STATES])
{
    for (int k = 0; k < w->states; k++) {
        struct walk from = *w;
        bool then[WALK_STATES];
        from.first = k;
        reach(&from, then);
        if (reached[k] && !then[w->states])
            return false;
    }
    return true;
}

bool
walk_lifelong(const struct walk *w, double life[WALK_STATES])
{
    size_t n = (size_t)w->states;
    bool reached[WALK_STATES];
    int sign;

    reach(w, reached);
    if (!mortal(w, reached))
        return false;
    gsl_matrix *m = gsl_matrix_calloc(n, n);
    gsl_vector *b = gsl_vector_calloc(n), *x = gsl_vector_alloc(n);
    gsl_permutation *order = gsl_permutation_alloc(n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) /* transposed; who is never there stands still */
            gsl_matrix_set(
                m, j, i, reached[i] ? -generator(w, (int)i, (int)j) : (double)(i == j));
    gsl_vector_set(b, (size_t)w->first, 1.0);
    gsl_linalg_LU_decomp(m, order, &sign);
    gsl_linalg_LU_solve(m, order, b, x);
    for (size_t k = 0; k < n; k++)
        life[k] = gsl_vector_get(x, k);
    gsl_matrix_free(m);
    gsl_vector_free(b);
    gsl_vector_free(x);
    gsl_permutation_free(order);
    return true;
}

double
walk_survival(double level, double slope, double t)
{
    return exp(slope > 0.0 ? -level / slope * expm1(slope * t) : -level * t);
}

/*
 * Integral of the survival. With x = level / slope and y = x exp(slope t) it is
 * exp(x) (E1(x) - E1(y)) / slope, E1 the exponential integral; scaled, so that neither
 * factor leaves the range of a double.
 */
double
walk_gompertz(double level, double slope, double t)
{
    if (slope <= 0.0)
        return -expm1(-level * t) / level;
    double x = level / slope, y = x * exp(slope * t);
    double rest = y - x > 700.0 ? 0.0 : exp(x - y) * gsl_sf_expint_E1_scaled(y);
    return (gsl_sf_expint_E1_scaled(x) - rest) / slope;
}
