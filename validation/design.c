#include "validation/design.h"

#include "sim/mem.h"
#include "sim/rng.h"

enum { ORDER, PLACE };

/* Whole number below `n`; the error of the share of each is below n / 2^52. */
static int
below(double u, int n)
{
    return (int)(u * n);
}

void
design_shuffle(uint64_t seed, uint64_t column, int n, int *order)
{
    struct rng_run run = rng_run(seed, 0);

    for (int i = 0; i < n; i++) {
        double u = rng_uniform(rng_block(run, column, ORDER, (uint32_t)i), 0);
        int j = below(u, i + 1); /* Fisher and Yates, from the inside out */
        order[i] = order[j];
        order[j] = i;
    }
}

void
design_column(uint64_t seed, uint64_t column, int n, double *u)
{
    struct rng_run run = rng_run(seed, 0);
    int *order = mem_alloc((size_t)n, sizeof *order);

    design_shuffle(seed, column, n, order);
    for (int i = 0; i < n; i++)
        u[i] =
            (order[i] + rng_uniform(rng_block(run, column, PLACE, (uint32_t)i), 0)) / n;
    mem_free(order);
}
