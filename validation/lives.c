/*
 * Each replicate is 20,000 lives; all lives are independent, so a standard error is
 * that of a mean or a share over all of them.
 */
#include "validation/lives.h"

#include "sim/err.h"
#include "sim/rng.h"
#include "validation/lifetable.h"
#include "validation/multistate.h"

#include <math.h>

enum { PEOPLE = 20000, FULL = 50, FAST = 10 };

static void
make_wrong(struct walk *w)
{
    for (int i = 0; i < w->states; i++)
        for (int j = 0; j <= w->states; j++)
            w->rate[i][j] *= CHECK_OFF;
}

/* `how->data`: the rates, as text. */
static void
states(const struct check_how *how, struct check_rows *rows)
{
    struct walk truth = {.years = 10.0,
        .people = PEOPLE,
        .replicates = how->replicates,
        .seed = how->seed};

    BUG_IF(!multistate_read(&truth, how->data));
    struct walk w = truth;
    if (how->twin)
        make_wrong(&w);
    multistate_run(&w, &truth, rows);
}

/* Two exponentials written out instead of a matrix. */
static void
illness_and_death(const struct check_how *how, struct check_rows *rows)
{
    const double a = 0.05, b = 0.02, c = 0.10;
    struct walk w = {
        .states = 2, .cut = 1000.0, .people = PEOPLE, .replicates = how->replicates};

    w.rate[0][1] = a;
    w.rate[0][2] = b;
    w.rate[1][2] = c;
    if (how->twin)
        make_wrong(&w);
    for (int t = 5; t <= 20; t *= 2) {
        double p00 = exp(-(a + b) * t), p01 = a / (c - a - b) * (p00 - exp(-c * t));
        const double p[] = {p00, p01, 1.0 - p00 - p01};
        w.years = t;
        w.seed = rng_mix(how->seed, (uint64_t)t);
        struct walk_found found = walk_run(&w);
        for (int k = 0; k < 3; k++)
            check_add(rows,
                (struct check_row){.expected = p[k],
                    .found = found.share[k],
                    .error = check_share_error(p[k], found.people)},
                "%s after %d years",
                k == 0   ? "well"
                : k == 1 ? "ill"
                         : "dead",
                t);
        if (t != 10)
            continue;
        for (int k = 0; k < 2; k++)
            check_add(rows,
                (struct check_row){.expected = k == 0 ? 1.0 / (a + b) : a / (a + b) / c,
                    .found = found.life[k].mean,
                    .error = check_error(&found.life[k])},
                "years %s in a whole life", k == 0 ? "well" : "ill");
    }
}

static void
gompertz(const struct check_how *how, struct check_rows *rows)
{
    static const double row[][2] = {{0.008, 0.095}, {0.012, 0.09}, {0.02, 0.08}};

    for (uint64_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        const struct lifetable t = {.level = row[i][0],
            .slope = row[i][1],
            .age = 60.0,
            .to = 80.0,
            .off = how->twin ? CHECK_OFF : 1.0,
            .people = (double)PEOPLE * how->replicates,
            .seed = rng_mix(how->seed, i)};
        lifetable_run(&t, rows);
    }
}

/* q a year until 100, then death. */
static void
constant(const struct check_how *how, struct check_rows *rows)
{
    static const double risk[] = {0.01, 0.03, 0.1};

    for (uint64_t i = 0; i < sizeof risk / sizeof risk[0]; i++) {
        double q = risk[i], mu = -log(1.0 - q);
        struct walk w = {.states = 1,
            .years = 100.0,
            .people = PEOPLE,
            .replicates = how->replicates,
            .seed = rng_mix(how->seed, i)};
        w.rate[0][1] = mu * (how->twin ? CHECK_OFF : 1.0);
        struct walk_found found = walk_run(&w);
        check_add(rows,
            (struct check_row){.expected = (1.0 - pow(1.0 - q, 100.0)) / mu,
                .found = found.all_lived.mean,
                .error = check_error(&found.all_lived)},
            "a risk of %g a year until 100: life expectancy", q);
    }
}

#define LIVES \
    "20,000 lives a replicate on the engine: thresholds spent by cumulative hazards"
#define HIGHER "all rates 3 % too high"

const struct check lives_checks[] = {
    {"illness_and_death",
        "Do people fall ill and die at constant rates as they should?", LIVES,
        "two exponentials, written out", HIGHER, illness_and_death, NULL, FULL, FAST,
        false},
    {"recovery", "The same with three states and recovery?", LIVES,
        "the matrix exponential and LU decomposition of the rates, by GSL", HIGHER,
        states, "0>1=.06,1>0=.10,1>2=.15,2>1=.03,0>D=.02,1>D=.06,2>D=.25", FULL, FAST,
        false},
    {"five_states", "The same with five states, as there are care grades?", LIVES,
        "the matrix exponential and LU decomposition of the rates, by GSL", HIGHER,
        states,
        "0>1=.05,0>2=.02,1>0=.3,1>2=.1,2>1=.2,2>3=.1,3>2=.05,3>4=.2,4>3=.02,"
        "0>D=.01,1>D=.02,2>D=.05,3>D=.1,4>D=.3",
        FULL, FAST, false},
    {"gompertz", "How long do people live from 60 on when the hazard grows with age?",
        LIVES ", the hazard held for a twelfth of a year",
        "exponential integrals, by GSL; no life longer than 80 years more", HIGHER,
        gompertz, NULL, FULL, FAST, false},
    {"constant", "How long do people live at a constant risk until 100?", LIVES,
        "a geometric series", HIGHER, constant, NULL, FULL, FAST, false},
    {.id = NULL},
};
