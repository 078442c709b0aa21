#include "tests/cohort.h"

#include "models/matrix6.h"
#include "sim/date.h"
#include "sim/setup.h"

#include <math.h>

enum { OLDEST = 150, STEPS = 16 };
enum { DRAW_DEATH = 1, DRAW_ENTRY, DRAW_LEAVE, DRAW_TO };

double
cohort_rate(const struct hazard *h, int cohort, int age)
{
    const double *c = h->cumulative + (ptrdiff_t)cohort * (h->ages + 1);
    int a = age - h->first_age < h->ages ? age - h->first_age : h->ages - 1;

    return c[a + 1] - c[a];
}

static int
elder_age(int age)
{
    int k = age - ELDER_AGE;

    return k < 0 ? 0 : k < ELDER_AGES ? k : ELDER_AGES - 1;
}

/* Grades and death within a year of age. */
static struct matrix6
generator(const struct cohort *self, int age)
{
    struct matrix6 q = {{{0.0}}};

    for (int i = 0; i < GRADES; i++) {
        const double *rate = self->grades->rate[self->sex][elder_age(age)][i];
        q.a[i][GRADES] = cohort_rate(&self->table->death[self->sex][i], 0, age);
        q.a[i][i] = -q.a[i][GRADES];
        for (int j = 0; j < GRADES; j++) {
            q.a[i][j] += rate[j];
            q.a[i][i] -= rate[j];
        }
    }
    return q;
}

/* Years lived in a year of age, of which `share` are the survivors by grade before and
 * after; Simpson's rule over sixteenths of a year (error below (1/16)^4 / 2880 of a
 * fourth derivative below 10: 1e-7). */
static double
live_year(const struct cohort *self, int age, double share[GRADES])
{
    struct matrix6 q = generator(self, age), p = matrix6_exp(&q, 1.0 / STEPS);
    double years = 0.0;

    for (int n = 0; n <= STEPS; n++) {
        double weight = n == 0 || n == STEPS ? 1.0 : n % 2 == 1 ? 4.0 : 2.0;
        double next[GRADES] = {0.0};
        for (int i = 0; i < GRADES; i++) {
            years += weight * share[i] / (3.0 * STEPS);
            for (int j = 0; j < GRADES; j++)
                next[j] += share[i] * p.a[i][j];
        }
        for (int j = 0; n < STEPS && j < GRADES; j++)
            share[j] = next[j];
    }
    return years;
}

double
cohort_expectancy(const struct cohort *self, double *gap)
{
    const struct life_table *t = self->table;
    double alive = 1.0, years = 0.0, share[GRADES];

    *gap = 0.0;
    for (int a = 0; a < ELDER_AGE; a++) {
        double rate = cohort_rate(&t->death[self->sex][0], 0, a);
        years += alive * (1.0 - exp(-rate)) / rate;
        alive *= exp(-rate);
    }
    for (int i = 0; i < GRADES; i++)
        share[i] = alive * self->grades->entry[self->sex][i];
    for (int a = ELDER_AGE; a < OLDEST; a++) {
        double left = 0.0;
        years += live_year(self, a, share);
        alive *= exp(-t->rate[self->sex][a < AGES ? a : AGES - 1]);
        for (int i = 0; i < GRADES; i++)
            left += share[i];
        if (a < AGES)
            *gap = fmax(*gap, fabs(left - alive));
    }
    return years;
}

static double
threshold(const struct cohort *self, uint64_t who, uint32_t purpose, uint32_t n)
{
    return rng_exponential(rng_block(self->run, who, purpose, n), 0);
}

/* The index that a uniform draw gives among `share`, whose sum is `all`. */
static int
spend(const struct cohort *self, uint64_t who, uint32_t purpose, uint32_t n,
    const double share[GRADES])
{
    double u = rng_uniform(rng_block(self->run, who, purpose, n), 0), all = 0.0;
    int i = 0;

    for (int j = 0; j < GRADES; j++)
        all += share[j];
    for (u *= all; i + 1 < GRADES && u >= share[i]; i++)
        u -= share[i];
    return i;
}

/* Writes a grade down for the middles of years of age from `from` on, before `to`. */
static void
note(struct cohort_life *life, int grade, int32_t from, int32_t to)
{
    for (int k = 0; k < ELDER_AGES; k++) {
        double middle = (ELDER_AGE + k + 0.5) * MINUTES_A_YEAR;
        if (middle >= from && middle < to)
            life->grade[k] = (signed char)grade;
    }
}

struct cohort_life
cohort_live(const struct cohort *self, uint64_t who)
{
    const int32_t end = NEVER - 1;
    const struct hazard *death = self->table->death[self->sex];
    const struct hazard *leave = self->grades->leave[self->sex];
    struct cohort_life life;
    int32_t now = (int32_t)ceil(ELDER_AGE * MINUTES_A_YEAR);
    double level = threshold(self, who, DRAW_DEATH, 0) / self->off;
    int32_t dies = hazard_time(&death[0], 0, level, 0, end);
    int at = 0;

    note(&life, -1, 0, NEVER);
    for (uint32_t n = 0; dies >= now; n++) {
        const double *share =
            n == 0 ? self->grades->entry[self->sex]
                   : self->grades
                         ->rate[self->sex][elder_age((int)(now / MINUTES_A_YEAR))][at];
        int to = spend(self, who, n == 0 ? DRAW_ENTRY : DRAW_TO, n, share);
        level += hazard_level(&death[to], 0, now) - hazard_level(&death[at], 0, now);
        at = to;
        dies = hazard_time(&death[at], 0, level, now, end);
        int32_t next = hazard_time(&leave[at], 0,
            threshold(self, who, DRAW_LEAVE, n) + hazard_level(&leave[at], 0, now), now,
            end);
        note(&life, at, now, dies < next ? dies : next);
        if (dies <= next)
            break;
        now = next;
    }
    life.death = dies / MINUTES_A_YEAR;
    return life;
}
