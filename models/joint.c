#include "models/joint.h"

#include "sim/err.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { ROUNDS = 200, CHILD = 18, STUDENT = 25 };

/*
 * Where fitting starts: children neither alone nor in a couple; living alone likelier
 * with age; collective households (schools, barracks, sites, homes) mostly 15 to 50.
 */
static double
seed(int age, int residence, int living, double elder_urban_odds)
{
    double x = 1.0;

    if (living == ALONE)
        x = age < CHILD ? 0.0 : age < ELDER_AGE ? 0.1 : 0.1 + 0.004 * (age - ELDER_AGE);
    else if (living == COUPLE)
        x = age < CHILD + 2 ? 0.0 : age < ELDER_AGE ? 0.15 : 0.4;
    else if (living == COLLECTIVE)
        x = age < 15 ? 0.001 : age < STUDENT ? 0.3 : age < 50 ? 0.05 : 0.02;
    if (age >= ELDER_AGE && residence == URBAN)
        x *= elder_urban_odds;
    return x;
}

#define CELLS(a, s, r, l, i)                      \
    for (int a = 0; a < AGES; a++)                \
        for (int s = 0; s < SEXES; s++)           \
            for (int r = 0; r < RESIDENCES; r++)  \
                for (int l = 0; l < LIVINGS; l++) \
                    for (int i = 0; i < INCOMES; i++)

static double
ratio(double want, double have)
{
    return have > 0.0 ? want / have : 0.0;
}

/* One pass over the margins that are not exact; the people are scaled last. */
static void
scale(struct joint *self, const struct joint_margins *m)
{
    double living[JOINT_BANDS][LIVINGS] = {{0.0}};
    double income[RESIDENCES][INCOMES] = {{0.0}}, total = 0.0;

    CELLS(a, s, r, l, i)
    living[a >= ELDER_AGE][l] += self->cell[a][s][r][l][i];
    CELLS(a, s, r, l, i)
    {
        int band = a >= ELDER_AGE;
        self->cell[a][s][r][l][i] *= ratio(m->living[band][l], living[band][l]);
        income[r][i] += self->cell[a][s][r][l][i];
        total += self->cell[a][s][r][l][i];
    }
    const double residence[RESIDENCES] = {total - m->urban, m->urban};
    CELLS(a, s, r, l, i)
    self->cell[a][s][r][l][i] *= ratio(residence[r] * m->income[r][i], income[r][i]);
}

static void
people_exact(struct joint *self, const struct joint_margins *m)
{
    for (int a = 0; a < AGES; a++)
        for (int s = 0; s < SEXES; s++) {
            double sum = 0.0, *cell = &self->cell[a][s][0][0][0];
            for (int k = 0; k < JOINT_TRAITS; k++)
                sum += cell[k];
            double by = ratio((double)m->people[s][a], sum);
            for (int k = 0; k < JOINT_TRAITS; k++)
                cell[k] *= by;
        }
}

static double
residual(const struct joint *self, const struct joint_margins *m)
{
    double living[JOINT_BANDS][LIVINGS] = {{0.0}}, urban = 0.0, total = 0.0, most;

    CELLS(a, s, r, l, i)
    {
        double x = self->cell[a][s][r][l][i];
        living[a >= ELDER_AGE][l] += x;
        urban += r == URBAN ? x : 0.0;
        total += x;
    }
    most = fabs(urban - m->urban);
    for (int b = 0; b < JOINT_BANDS; b++)
        for (int l = 0; l < LIVINGS; l++)
            most = fmax(most, fabs(living[b][l] - m->living[b][l]));
    return total > 0.0 ? 1000.0 * most / total : 0.0;
}

double
joint_fit(struct joint *self, const struct joint_margins *m)
{
    double gap = 0.0;

    CELLS(a, s, r, l, i)
    self->cell[a][s][r][l][i] =
        m->people[s][a] > 0 ? seed(a, r, l, m->elder_urban_odds) : 0.0;
    people_exact(self, m);
    for (int k = 0; k < ROUNDS; k++) {
        scale(self, m);
        people_exact(self, m);
        gap = residual(self, m);
        if (gap < 1e-6)
            break;
    }
    return gap;
}

/* The cell of the largest debt, or of the largest credit that can be taken back; its
 * place in `carry`. */
static int
furthest(const double cell[JOINT_TRAITS], int grades, const double *carry,
    const int64_t *count, bool debt)
{
    int best = -1;

    for (int t = 0; t < JOINT_TRAITS; t++)
        for (int g = 0; g < grades; g++) {
            int at = t * GRADES + g;
            if (debt ? cell[t] > 0.0 && (best < 0 || carry[at] > carry[best])
                     : count[t * grades + g] > 0 &&
                           (best < 0 || carry[at] < carry[best]))
                best = at;
        }
    BUG_IF(best < 0);
    return best;
}

void
joint_round(const double cell[JOINT_TRAITS], const double *grade_share, int grades,
    int64_t n, double *carry, int64_t *count)
{
    int64_t given = 0;

    for (int t = 0; t < JOINT_TRAITS; t++)
        for (int g = 0; g < grades; g++) {
            double *c = &carry[t * GRADES + g];
            int64_t *to = &count[t * grades + g];
            *c += cell[t] * grade_share[g];
            *to = *c > 0.0 ? (int64_t)*c : 0;
            *c -= (double)*to;
            given += *to;
        }
    while (given != n) { /* a cell a time */
        int by = given < n ? 1 : -1;
        int best = furthest(cell, grades, carry, count, by > 0);
        count[best / GRADES * grades + best % GRADES] += by;
        carry[best] -= by;
        given += by;
    }
}
