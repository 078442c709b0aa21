#include "validation/renewal.h"

#include "sim/mem.h"

#include <math.h>

enum { STEPS_A_YEAR = 60, STEPS = STEPS_A_YEAR * RISKPATHS_YEARS };

#define STEP (1.0 / STEPS_A_YEAR)

/* Years at the middle of step `i`; the grid has a line at every break of a rate. */
static double
middle(int i)
{
    return (i + 0.5) * STEP;
}

/* Women of one spell, and those who have left it within a step. */
struct mass {
    double here, pregnant, moved;
};

/* Two constant rates for `h` years: both ways out exact. */
static void
live(struct mass *m, double pregnancy, double change, double h)
{
    double all = pregnancy + change, lost = m->here * -expm1(-all * h);

    m->here -= lost;
    m->pregnant += lost * pregnancy / all;
    m->moved += lost * change / all;
}

/* What the rates are in step `i` for those in a spell for `k` steps; a first union
 * changes its status with time. */
static void
live_half(const struct riskpaths *p, struct mass *m, int status, int i, int k)
{
    double x = middle(k);

    if (status == RISKPATHS_EARLY && x >= RISKPATHS_EARLY_YEARS)
        status = RISKPATHS_LATE;
    live(m, riskpaths_pregnancy(p, status, middle(i)), riskpaths_change(p, status, x),
        STEP / 2.0);
}

/* What is summed over steps. */
struct sums {
    struct renewal answer;
    double ages; /* of pregnancies, times their share */
};

static void
count(struct sums *s, int status, int i, int k, double pregnant)
{
    if (status == RISKPATHS_EARLY && middle(k) >= RISKPATHS_EARLY_YEARS)
        status = RISKPATHS_LATE;
    s->answer.pregnancies[status] += pregnant;
    s->ages += pregnant * (15.0 + middle(i));
}

/*
 * A spell that `in` [STEPS] enter, on average in the middle of a step: its first half
 * step is lived there, then each step in two halves, in two cells of duration.
 *
 * out      [STEPS], who moves on, filled
 */
static void
spell(const struct riskpaths *p, struct sums *s, int status, const double *in,
    double *out)
{
    double *here = mem_alloc(STEPS, sizeof *here); /* by step of entry */

    for (int i = 0; i < STEPS; i++) {
        out[i] = 0.0;
        for (int j = 0; j <= i; j++) {
            struct mass m = {.here = j == i ? in[i] : here[j]};
            for (int k = j == i ? 0 : i - j - 1; k <= i - j; k++) {
                m.pregnant = 0.0;
                live_half(p, &m, status, i, k);
                count(s, status, i, k, m.pregnant);
            }
            here[j] = m.here;
            out[i] += m.moved;
        }
    }
    for (int j = 0; j < STEPS; j++)
        s->answer.childless += here[j];
    mem_free(here);
}

/* Women without a union: all begin at 15, and time is age. */
static void
single(const struct riskpaths *p, struct sums *s, double *out)
{
    struct mass m = {.here = 1.0};

    for (int i = 0; i < STEPS; i++) {
        m.pregnant = m.moved = 0.0;
        live(&m, riskpaths_pregnancy(p, RISKPATHS_SINGLE, middle(i)),
            riskpaths_change(p, RISKPATHS_SINGLE, middle(i)), STEP);
        count(s, RISKPATHS_SINGLE, i, 0, m.pregnant);
        out[i] = m.moved;
    }
    s->answer.childless += m.here;
}

struct renewal
renewal_of(const struct riskpaths *p)
{
    static const int order[] = {RISKPATHS_EARLY, RISKPATHS_AFTER_FIRST,
        RISKPATHS_SECOND, RISKPATHS_AFTER_SECOND};
    double *in = mem_alloc(STEPS, sizeof *in), *out = mem_alloc(STEPS, sizeof *out);
    struct sums s = {.ages = 0.0};

    single(p, &s, in);
    for (int n = 0; n < 4; n++) {
        double *then = in;
        spell(p, &s, order[n], in, out);
        in = out;
        out = then;
    }
    mem_free(in);
    mem_free(out);
    s.answer.age = s.ages / (1.0 - s.answer.childless);
    return s.answer;
}
