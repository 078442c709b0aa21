#include "tests/cells.h"

#include "sim/mem.h"
#include "tests/dali.h"

#include <stdio.h>
#include <string.h>

enum { TIMES = 4 };

/* Sums of a place since the start. */
struct sums {
    double flow[FLOWS], deaths[CELLS_AGES];
};

static void
add_month(struct sums *sums, const struct result *r, int replicate, int t, int region)
{
    for (int i = 0; i < FLOWS; i++)
        sums->flow[i] += dali_value(r, projection_flows[i], 0, replicate, t, region);
    for (int i = 0; i < CELLS_AGES; i++)
        sums->deaths[i] += dali_value(r, "deaths_by_age", i, replicate, t, region);
}

static void
observe(const struct cells *self, const struct result *r, int replicate, double *x)
{
    int places = r->setup->n_regions + 1;
    struct sums *sums = mem_alloc((size_t)places, sizeof *sums);

    for (int i = 0, t = 0; i < TIMES; i++) {
        for (; t < self->times[i]; t++)
            for (int k = 0; k < places; k++)
                add_month(&sums[k], r, replicate, t + 1, k - 1);
        for (int k = 0; k < places; k++, x += CELLS_A_PLACE) {
            double *to = x;
            for (int e = 0; e < CELLS_AGES; e++)
                *to++ = dali_value(r, "people_by_age", e, replicate, t, k - 1);
            for (int e = 0; e < CELLS_GRADES; e++)
                *to++ = dali_value(r, "elders_by_grade", e, replicate, t, k - 1);
            memcpy(to, sums[k].flow, sizeof sums[k].flow);
            memcpy(to + FLOWS, sums[k].deaths, sizeof sums[k].deaths);
        }
    }
    mem_free(sums);
}

void
cells_init(struct cells *self, const struct result *result)
{
    self->n = TIMES * (result->setup->n_regions + 1) * CELLS_A_PLACE;
    self->replicates = result->replicates;
    self->mean = mem_alloc((size_t)self->n, sizeof(double));
    self->variance = mem_alloc((size_t)self->n, sizeof(double));
    double *x = mem_alloc((size_t)self->n, sizeof *x);

    for (int r = 0; r < result->replicates; r++) {
        observe(self, result, r, x);
        for (int i = 0; i < self->n; i++) { /* Welford's recurrence */
            double off = x[i] - self->mean[i];
            self->mean[i] += off / (r + 1);
            self->variance[i] += off * (x[i] - self->mean[i]);
        }
    }
    for (int i = 0; i < self->n && result->replicates > 1; i++)
        self->variance[i] /= result->replicates - 1;
    mem_free(x);
}

void
cells_free(struct cells *self)
{
    mem_free(self->mean);
    mem_free(self->variance);
}

void
cells_expect(const struct cells *self, struct projection *projection, double *expected)
{
    int n = projection->rates->n;

    for (int i = 0; i < TIMES; i++) {
        projection_run(projection, self->times[i]);
        for (int k = -1; k < n; k++, expected += CELLS_A_PLACE) {
            double *flow = expected + CELLS_AGES + CELLS_GRADES, *deaths = flow + FLOWS;
            for (int e = 0; e < CELLS_AGES; e++)
                expected[e] = projection_by_age(projection, e, k);
            for (int e = 0; e < CELLS_GRADES; e++)
                expected[CELLS_AGES + e] = projection_by_grade(projection, e, k);
            memset(flow, 0, (FLOWS + CELLS_AGES) * sizeof *flow);
            for (int j = k < 0 ? 0 : k; j < (k < 0 ? n : k + 1); j++) {
                for (int e = 0; e < FLOWS; e++)
                    flow[e] += projection->flow[j][e];
                for (int e = 0; e < CELLS_AGES; e++)
                    deaths[e] += projection->deaths[j][e];
            }
        }
    }
}

void
cells_name(const struct cells *self, int cell, char text[80])
{
    int e = cell % CELLS_A_PLACE, places = self->n / TIMES / CELLS_A_PLACE;
    int place = cell / CELLS_A_PLACE % places;
    int month = self->times[cell / CELLS_A_PLACE / places];
    const char *what = "people_by_age";

    if (e >= CELLS_AGES + CELLS_GRADES + FLOWS) {
        what = "deaths_by_age";
        e -= CELLS_AGES + CELLS_GRADES + FLOWS;
    } else if (e >= CELLS_AGES + CELLS_GRADES) {
        what = projection_flows[e - CELLS_AGES - CELLS_GRADES];
        e = 0;
    } else if (e >= CELLS_AGES) {
        what = "elders_by_grade";
        e -= CELLS_AGES;
    }
    snprintf(text, 80, "month %d, region %d, %s[%d]", month, place - 1, what, e);
}

bool
cells_once(int cell)
{
    int flow = cell % CELLS_A_PLACE - CELLS_AGES - CELLS_GRADES;

    return flow < 0 || flow >= FLOWS || flow == DEATHS || flow == IMMIGRANTS ||
           flow == EMIGRANTS || flow == TURNED_60;
}
