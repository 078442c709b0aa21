#include "validation/morris.h"

#include "sim/rng.h"
#include "validation/design.h"

#include <math.h>
#include <string.h>

void
morris_points(uint64_t seed, uint64_t trajectory, int n, double *x, int *moved)
{
    const struct rng_run run = rng_run(seed, 1);
    size_t width = (size_t)n;

    for (int i = 0; i < n; i++) {
        double u = rng_uniform(rng_block(run, trajectory, 0, (uint32_t)i), 0);
        x[i] = (int)(4.0 * u) / 3.0;
    }
    design_shuffle(seed, trajectory, n, moved);
    for (int k = 0; k < n; k++) {
        double *from = x + (size_t)k * width, *to = from + width;
        memcpy(to, from, width * sizeof *to);
        double *at = &to[moved[k]];
        *at += *at < 0.5 ? MORRIS_STEP : -MORRIS_STEP;
    }
}

void
morris_add(
    struct morris *effect, int n, const double *x, const int *moved, const double *y)
{
    for (int k = 0; k < n; k++) {
        const double *from = x + (size_t)k * (size_t)n, *to = from + n;
        struct morris *e = &effect[moved[k]];
        double d = (y[k + 1] - y[k]) / (to[moved[k]] - from[moved[k]]);
        e->n++;
        e->sum += d;
        e->absolute += fabs(d);
        e->square += d * d;
    }
}

double
morris_mean(const struct morris *self)
{
    return self->sum / self->n;
}

double
morris_star(const struct morris *self)
{
    return self->absolute / self->n;
}

double
morris_sigma(const struct morris *self)
{
    double mean = morris_mean(self);

    return sqrt(fmax(self->square - self->n * mean * mean, 0.0) / (self->n - 1.0));
}
