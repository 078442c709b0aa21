#include "models/decide.h"

#include "sim/mem.h"
#include "sim/num.h"

/*
 * The mixture is Beta(PRIOR, PRIOR). Any value keeps the promise; this one is quick
 * when plans nearly always or nearly never meet their targets: when all trials agree it
 * takes 95 where 1/2 takes 116, and of 1, 1/2, 1/4 and 1/10 it decides most streams of
 * p = 0.98 and 0.99 within 400 trials (49 and 94 %, by exact recursion over n and s).
 */
#define PRIOR 0.25

/* Bisections of an end: far below what 100,000 replicates could tell apart. */
enum { HALVINGS = 40 };

void
decide_init(struct decide *self, int n, double error, int most)
{
    BUG_IF(!(error > 0.0 && error < 1.0) || n < 0 || most < 1);
    *self = (struct decide){.error = error, .most = most, .n = n};
    self->target = mem_alloc((size_t)n, sizeof *self->target);
    for (int i = 0; i < n; i++)
        self->target[i] =
            (struct decide_target){.upper = 1.0, .verdict = PLAN_UNDECIDED};
}

void
decide_free(struct decide *self)
{
    mem_free(self->target);
    *self = (struct decide){.n = 0};
}

/*
 * Whether p is outside the confidence sequence: M >= 1 / error.
 *
 * With s of n trials met, M(p) = B(a + s, a + n - s) / B(a, a) / (p^s (1 - p)^(n - s))
 * is the likelihood ratio of a Beta(a, a) mixture against p. Under p it is a martingale
 * that is never negative and starts at 1, so by Ville's inequality the chance that it
 * ever reaches 1 / error is at most the error: whatever p is, the set of all p with M
 * below that holds it at every n at once. M is convex in log with its least value, not
 * above 1, at s / n: the set is an interval around it.
 *
 * Source   Robbins, Ann. Math. Statist. 41 (1970) 1397-1409; Ville, Etude critique de
 *          la notion de collectif (1939) chapter 5
 */
static bool
excluded(const struct decide_target *t, double error, double p)
{
    int missed = t->n - t->met;

    if (p <= 0.0)
        return t->met > 0;
    if (p >= 1.0)
        return missed > 0;
    return t->mixture - t->met * num_log(p) - missed * num_log(1.0 - p) >=
           -num_log(error);
}

/* The excluded p that is nearest to `in`, which is not excluded; `out` is. */
static double
end(const struct decide_target *t, double error, double out, double in)
{
    for (int i = 0; i < HALVINGS; i++) {
        double middle = 0.5 * (out + in);
        if (excluded(t, error, middle))
            out = middle;
        else
            in = middle;
    }
    return out;
}

/*
 * What is common to all intervals so far is a confidence sequence too. Should nothing
 * be left, p was outside one of them, which happens with less than the error: the last
 * interval stands.
 */
static void
narrow(struct decide_target *t, double error)
{
    double share = (double)t->met / t->n, lower = t->lower, upper = t->upper;

    if (lower < share && excluded(t, error, lower))
        lower = end(t, error, lower, share);
    if (upper > share && excluded(t, error, upper))
        upper = end(t, error, upper, share);
    if (lower >= upper)
        return;
    t->lower = lower;
    t->upper = upper;
}

static enum plan_verdict
verdict_of(const struct decide_target *t)
{
    if (t->lower >= PLAN_MET_FROM)
        return PLAN_MET;
    if (t->upper <= PLAN_MISSED_TO)
        return PLAN_MISSED;
    return t->lower >= PLAN_MISSED_TO && t->upper <= PLAN_MET_FROM ? PLAN_TOO_CLOSE
                                                                   : PLAN_UNDECIDED;
}

/* B(a + s, a + n - s) / B(a, a) grows by a factor a trial: no beta function, and the
 * same bits on every machine. */
void
decide_add(struct decide *self, int target, bool met)
{
    BUG_IF(target < 0 || target >= self->n);
    struct decide_target *t = &self->target[target];
    int same = met ? t->met : t->n - t->met;

    t->mixture += num_log((PRIOR + same) / (2.0 * PRIOR + t->n));
    t->n++;
    t->met += met;
    narrow(t, self->error);
    if (t->after > 0)
        return;
    t->verdict = verdict_of(t);
    t->after = t->verdict != PLAN_UNDECIDED ? t->n : 0;
}

int
decide_open(const struct decide *self)
{
    int n = 0;

    for (int i = 0; i < self->n; i++)
        n += self->target[i].after == 0;
    return n;
}

int
decide_least(double error)
{
    struct decide d;

    decide_init(&d, 1, error, 1);
    while (decide_open(&d) > 0)
        decide_add(&d, 0, true);
    int n = d.target[0].n;
    decide_free(&d);
    return n;
}

void
decide_settle(const struct decide *self, struct verdict *v)
{
    for (int i = 0; i < self->n; i++) {
        const struct decide_target *t = &self->target[i];
        BUG_IF(v[i].replicates != t->n);
        v[i].lower = t->lower;
        v[i].upper = t->upper;
        v[i].decided_after = t->after;
        v[i].verdict = t->verdict;
    }
}
