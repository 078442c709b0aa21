#include "validation/sensitivity.h"

#include "sim/err.h"

#include <math.h>
#include <string.h>

enum { TRIES = 5 }; /* times as many trajectories as asked for, at most */

/* Which factor is meant: in a twin two stand for each other. */
static const struct factor *
meant(const struct sensitivity *self, const struct sensitivity_how *how, int i)
{
    const char *name = self->factors.item[i].name;

    for (int k = 0; k < 2 && how->swap[0] != NULL; k++)
        if (strcmp(name, how->swap[k]) == 0)
            return &self->factors.item[factors_find(&self->factors, how->swap[1 - k])];
    return &self->factors.item[i];
}

/* Where in the ranges: factor[k] at x[k]. */
struct point {
    const int *factor; /* [n] */
    const double *x;   /* [n] */
    int n;
};

/* Outcomes of a point, or with y NULL only whether its settings go together. */
static bool
run(struct sensitivity *self, const struct sensitivity_how *how, struct point at,
    double *y)
{
    struct variant *v = mem_alloc(1, sizeof *v);

    variant_read(v, how->models, how->path, how->set, how->n_set);
    for (int k = 0; k < at.n; k++)
        factors_apply(meant(self, how, at.factor[k]), v, at.x[k]);
    if (how->ready != NULL)
        how->ready(v);
    bool good = variant_setup(v);
    for (int k = 0; k < SENSITIVITY_OUTCOMES && y != NULL; k++)
        y[k] = NAN;
    if (good && y != NULL) {
        variant_run(v);
        self->n_outcomes = how->outcomes(v, y);
        self->runs++;
    }
    variant_free(v);
    mem_free(v);
    return good;
}

static bool
named(const char *name, const char *const *list)
{
    for (int k = 0; list != NULL && list[k] != NULL; k++)
        if (strcmp(name, list[k]) == 0)
            return true;
    return false;
}

static void
go(struct sensitivity *self, const struct sensitivity_how *how, int factor, int end)
{
    const double x = end;

    run(self, how, (struct point){&factor, &x, 1}, self->end[end][factor]);
}

/* The end to be run first; a twin looks at what the factor stands for. */
static void
farther(const struct sensitivity *self, const struct sensitivity_how *how, int *first)
{
    struct variant *v = mem_alloc(1, sizeof *v);

    variant_read(v, how->models, how->path, how->set, how->n_set);
    for (int i = 0; i < self->factors.n; i++)
        first[i] = factors_farther(meant(self, how, i), v);
    variant_free(v);
    mem_free(v);
}

/* Whether factors from .. to - 1, all at their farther ends, change nothing at all. */
static bool
idle(struct sensitivity *self, const struct sensitivity_how *how, const int *first,
    int from, int to)
{
    double x[FACTORS_MOST], y[SENSITIVITY_OUTCOMES];
    int factor[FACTORS_MOST], n = 0;

    for (int i = from; i < to; i++, n++) {
        factor[n] = i;
        x[n] = first[i];
    }
    if (!run(self, how, (struct point){factor, x, n}, y))
        return false;
    for (int k = 0; k < self->n_outcomes; k++)
        if (y[k] != self->base[k] && !(isnan(y[k]) && isnan(self->base[k])))
            return false;
    return true;
}

/* One by one, but for those that do nothing together: these are halved until found. */
static void
screen(struct sensitivity *self, const struct sensitivity_how *how, const int *first,
    int from, int to)
{
    if (to - from <= 2)
        for (int i = from; i < to; i++)
            go(self, how, i, first[i]);
    else if (idle(self, how, first, from, to))
        for (int i = from; i < to; i++)
            memcpy(self->end[first[i]][i], self->base, sizeof self->base);
    else {
        screen(self, how, first, from, (from + to) / 2);
        screen(self, how, first, (from + to) / 2, to);
    }
}

static bool
same_section(const struct sensitivity *self, int i, int j)
{
    const char *a = self->factors.item[i].name, *b = self->factors.item[j].name;

    return strncmp(a, b, strcspn(a, ".") + 1) == 0;
}

/* The first few of every outcome. */
static void
lead(struct sensitivity *self, const struct sensitivity_how *how)
{
    int n = self->factors.n, order[FACTORS_MOST];
    bool leads[FACTORS_MOST] = {false};

    for (int k = 0; k < self->n_outcomes; k++) {
        sensitivity_rank(self, k, order);
        for (int i = 0; i < how->leaders && i < n; i++)
            leads[order[i]] |= sensitivity_swing(self, order[i], k) > 0.0;
    }
    for (int i = 0; i < n; i++)
        if (leads[i])
            self->active[self->n_active++] = i;
}

static void
one_at_a_time(struct sensitivity *self, const struct sensitivity_how *how)
{
    size_t n = (size_t)self->factors.n + 1;
    int first[FACTORS_MOST];

    for (int end = 0; end < 2; end++) {
        self->end[end] = mem_alloc(n, sizeof *self->end[end]);
        for (size_t i = 0; i < n; i++)
            for (int k = 0; k < SENSITIVITY_OUTCOMES; k++)
                self->end[end][i][k] = NAN;
    }
    self->active = mem_alloc(n, sizeof *self->active);
    bool good = run(self, how, (struct point){.n = 0}, self->base);
    BUG_IF(!good);
    farther(self, how, first);
    for (int from = 0, to; from < self->factors.n; from = to) {
        for (to = from + 1; to < self->factors.n && same_section(self, from, to);)
            to++;
        screen(self, how, first, from, to);
    }
    lead(self, how);
    for (int i = 0; i < self->factors.n; i++) {
        bool leads = false;
        for (int k = 0; k < self->n_active; k++)
            leads |= self->active[k] == i;
        if (leads || named(self->factors.item[i].name, how->ends))
            go(self, how, i, 1 - first[i]);
    }
}

/* One trajectory into the effects; false when a point of it is refused. */
static bool
follow(struct sensitivity *self, const struct sensitivity_how *how, uint64_t number)
{
    size_t n = (size_t)self->n_active;
    double *x = mem_alloc((n + 1) * n, sizeof *x);
    double(*y)[SENSITIVITY_OUTCOMES] = mem_alloc(n + 1, sizeof *y);
    double *one = mem_alloc(n + 1, sizeof *one);
    int *order = mem_alloc(n, sizeof *order);
    bool good = true;

    morris_points(how->seed, number, self->n_active, x, order);
    for (size_t k = 0; k <= n && good; k++)
        good = run(self, how, (struct point){self->active, x + k * n, (int)n}, NULL);
    for (size_t k = 0; k <= n && good; k++)
        run(self, how, (struct point){self->active, x + k * n, (int)n}, y[k]);
    for (int m = 0; m < self->n_outcomes && good; m++) {
        struct morris *effect = mem_alloc(n, sizeof *effect);
        for (size_t i = 0; i < n; i++)
            effect[i] = self->effect[i][m];
        for (size_t k = 0; k <= n; k++)
            one[k] = y[k][m];
        morris_add(effect, self->n_active, x, order, one);
        for (size_t i = 0; i < n; i++)
            self->effect[i][m] = effect[i];
        mem_free(effect);
    }
    mem_free(x);
    mem_free(y);
    mem_free(one);
    mem_free(order);
    return good;
}

static void
choose(struct factors *factors, const char *const *only)
{
    int n = 0;

    for (int i = 0; i < factors->n && only != NULL; i++)
        if (named(factors->item[i].name, only))
            factors->item[n++] = factors->item[i];
    factors->n = only != NULL ? n : factors->n;
}

void
sensitivity_run(struct sensitivity *self, const struct sensitivity_how *how)
{
    struct variant *v = mem_alloc(1, sizeof *v);
    int done = 0;

    memset(self, 0, sizeof *self);
    variant_read(v, how->models, how->path, how->set, how->n_set);
    factors_init(&self->factors, v);
    choose(&self->factors, how->only);
    variant_free(v);
    mem_free(v);
    one_at_a_time(self, how);
    self->effect = mem_alloc((size_t)self->n_active + 1, sizeof *self->effect);
    for (uint64_t t = 0;
         done < how->trajectories && t < (uint64_t)(TRIES * how->trajectories); t++) {
        bool good = follow(self, how, t);
        done += good;
        self->refused += !good;
    }
}

void
sensitivity_free(struct sensitivity *self)
{
    mem_free(self->end[0]);
    mem_free(self->end[1]);
    mem_free(self->active);
    mem_free(self->effect);
    memset(self, 0, sizeof *self);
}

double
sensitivity_swing(const struct sensitivity *self, int factor, int outcome)
{
    /* fmax and fmin pass over what is not a number */
    double a = self->end[0][factor][outcome], b = self->end[1][factor][outcome];
    double c = self->base[outcome];

    return fmax(fmax(a, b), c) - fmin(fmin(a, b), c);
}

void
sensitivity_rank(const struct sensitivity *self, int outcome, int *order)
{
    for (int i = 0; i < self->factors.n; i++) {
        int k = i;
        double swing = sensitivity_swing(self, i, outcome);
        for (; k > 0 && sensitivity_swing(self, order[k - 1], outcome) < swing; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
}

const struct morris *
sensitivity_effect(const struct sensitivity *self, int factor, int outcome)
{
    for (int k = 0; k < self->n_active; k++)
        if (self->active[k] == factor)
            return &self->effect[k][outcome];
    return NULL;
}
