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

/* Outcomes with factor[k] at x[k]; false when they do not go together. */
static bool
run(struct sensitivity *self, const struct sensitivity_how *how, const int *factor,
    const double *x, int n, double *y)
{
    struct variant *v = mem_alloc(1, sizeof *v);

    variant_read(v, how->models, how->path, how->set, how->n_set);
    for (int k = 0; k < n; k++)
        factors_apply(meant(self, how, factor[k]), v, x[k]);
    bool good = variant_setup(v);
    for (int k = 0; k < SENSITIVITY_OUTCOMES; k++)
        y[k] = NAN;
    if (good) {
        variant_run(v);
        self->n_outcomes = how->outcomes(v, y);
        self->runs++;
    }
    variant_free(v);
    mem_free(v);
    return good;
}

static bool
moved(const struct sensitivity *self, int factor)
{
    for (int k = 0; k < self->n_outcomes; k++)
        if (sensitivity_swing(self, factor, k) > 0.0)
            return true;
    return false;
}

static void
one_at_a_time(struct sensitivity *self, const struct sensitivity_how *how)
{
    static const double ends[] = {0.0, 1.0};
    int n = self->factors.n;

    self->low = mem_alloc((size_t)n + 1, sizeof *self->low);
    self->high = mem_alloc((size_t)n + 1, sizeof *self->high);
    self->active = mem_alloc((size_t)n + 1, sizeof *self->active);
    bool good = run(self, how, NULL, NULL, 0, self->base);
    BUG_IF(!good);
    for (int i = 0; i < n; i++) {
        run(self, how, &i, &ends[0], 1, self->low[i]);
        run(self, how, &i, &ends[1], 1, self->high[i]);
        if (moved(self, i))
            self->active[self->n_active++] = i;
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
        good = run(self, how, self->active, x + k * n, self->n_active, y[k]);
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

void
sensitivity_run(struct sensitivity *self, const struct sensitivity_how *how)
{
    struct variant *v = mem_alloc(1, sizeof *v);
    int done = 0;

    memset(self, 0, sizeof *self);
    variant_read(v, how->models, how->path, how->set, how->n_set);
    factors_init(&self->factors, v);
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
    mem_free(self->low);
    mem_free(self->high);
    mem_free(self->active);
    mem_free(self->effect);
    memset(self, 0, sizeof *self);
}

double
sensitivity_swing(const struct sensitivity *self, int factor, int outcome)
{
    /* fmax and fmin pass over what is not a number */
    double a = self->low[factor][outcome], b = self->high[factor][outcome];
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

int
sensitivity_place(const struct sensitivity *self, int factor, int outcome)
{
    const struct morris *mine = sensitivity_effect(self, factor, outcome);
    int place = 1;

    if (mine == NULL)
        return self->n_active + 1;
    for (int k = 0; k < self->n_active; k++)
        place += morris_star(&self->effect[k][outcome]) > morris_star(mine);
    return place;
}
