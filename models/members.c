#include "models/members.h"

#include "sim/num.h"

#include <math.h>
#include <stdio.h>

void
members_shares(const struct county_group *g, double *share)
{
    int64_t n = g->count;
    double sum = 0.0;

    for (int64_t i = 0; i < n; i++) {
        /* the golden ratio's multiples visit every quantile once for any n */
        double p = (double)(i + 1) * 0.61803398874989485;
        p = 0.5 / (double)n + (p - (double)(int64_t)p) * (1.0 - 1.0 / (double)n);
        sum += share[i] = num_exp(g->spread * num_log(p / (1.0 - p)));
    }
    for (int64_t i = 0; i < n; i++)
        share[i] /= sum;
}

/* A place on a sunflower spiral: point i of n at angle i times the golden angle. */
static void
place_member(const struct county_group *g, int64_t i, struct county_row *row)
{
    double radius = g->extent_km * sqrt(((double)i + 0.5) / (double)g->count);
    double x = 1.0, y = 0.0;

    for (int64_t k = 0; k < i % 377; k++) { /* turns by 137.5 degrees, no sine needed */
        double u = -0.73736887807831986 * x - 0.67549029426152364 * y;
        y = 0.67549029426152364 * x - 0.73736887807831986 * y;
        x = u;
    }
    row->longitude = g->longitude + radius * x / 100.0;
    row->latitude = g->latitude + radius * y / 111.2;
}

struct county_row
members_row(struct arena *arena, const struct county_group *g, int64_t i, double share)
{
    struct county_row row = {.adcode = g->first_adcode + i,
        .population = g->population * share,
        .urban_share = g->urban_share,
        .households = g->households * share,
        .one_person_households = g->one_person_households * share,
        .collective_population = g->collective_population * share,
        .e0_male = g->e0_male,
        .e0_female = g->e0_female,
        .tfr = g->tfr};
    char name[256];

    snprintf(name, sizeof name, "%s %04lld", g->name_en, (long long)i + 1);
    row.name_en = mem_arena_text(arena, name);
    snprintf(name, sizeof name, "%s%04lld", g->name_zh, (long long)i + 1);
    row.name_zh = mem_arena_text(arena, name);
    place_member(g, i, &row);
    return row;
}
