#include "validation/yardsticks.h"

#include "sim/rng.h"
#include "validation/morris.h"
#include "validation/score.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <math.h>

enum { MEMBERS = 12, FORECASTS = 500, INPUTS = 5, TRAJECTORIES = 20 };

static double
normal(double u)
{
    return gsl_cdf_ugaussian_Pinv(u);
}

static double
normal_score(double y)
{
    return y * (2.0 * gsl_cdf_ugaussian_P(y) - 1.0) + 2.0 * gsl_ran_ugaussian_pdf(y) -
           1.0 / sqrt(M_PI);
}

static double
exponential(double u)
{
    return -log1p(-u);
}

static double
exponential_score(double y)
{
    return y - 2.0 * (1.0 - exp(-y)) + 0.5;
}

static double
uniform(double u)
{
    return u;
}

static double
uniform_score(double y)
{
    return y * y - y + 1.0 / 3.0;
}

static const struct {
    const char *name;
    double (*draw)(double u), (*score)(double y);
    double y[2];
} laws[] = {
    {"normal", normal, normal_score, {-1.3, 0.4}},
    {"exponential", exponential, exponential_score, {0.2, 3.0}},
    {"uniform", uniform, uniform_score, {0.1, 0.5}},
};

/* Scores of forecasts of a few members, on average that of the law. */
static void
crps(const struct check_how *how, struct check_rows *rows)
{
    const struct rng_run run = rng_run(how->seed, 0);

    for (uint32_t k = 0; k < 6; k++) {
        double y = laws[k / 2].y[k % 2], x[MEMBERS];
        struct check_mean mean = {.n = 0.0};
        for (uint64_t t = 0; t < (uint64_t)FORECASTS * (uint64_t)how->replicates; t++) {
            for (uint32_t i = 0; i < MEMBERS; i++)
                x[i] = laws[k / 2].draw(rng_uniform(rng_block(run, t, k, i), 0)) *
                       (how->twin ? 1.1 : 1.0);
            check_count(&mean, score_crps(x, MEMBERS, y));
        }
        check_add(rows,
            (struct check_row){.expected = laws[k / 2].score(y),
                .found = mean.mean,
                .error = check_error(&mean)},
            "%s law, %g comes: mean CRPS of forecasts of %d members", laws[k / 2].name,
            y, MEMBERS);
    }
}

static const double weight[INPUTS] = {0.0, 0.5, 3.0, 9.0, 99.0};

/* Sobol's function: product of (|4 x - 2| + a) / (1 + a). */
static double
sobol_g(const double x[INPUTS])
{
    double y = 1.0;

    for (int i = 0; i < INPUTS; i++)
        y *= (fabs(4.0 * x[i] - 2.0) + weight[i]) / (1.0 + weight[i]);
    return y;
}

/* At the levels |4 x - 2| is 2 or 2/3, and a move leads from one to the other: an
 * effect's size is 2 / (1 + a) times the other factors, of mean (4/3 + a) / (1 + a). */
static double
sobol_star(int input)
{
    double star = 2.0 / (1.0 + weight[input]);

    for (int j = 0; j < INPUTS; j++)
        star *= j == input ? 1.0 : (4.0 / 3.0 + weight[j]) / (1.0 + weight[j]);
    return star;
}

static void
elementary_effects(const struct check_how *how, struct check_rows *rows)
{
    struct check_mean mean[INPUTS] = {{.n = 0.0}};
    double x[INPUTS + 1][INPUTS], y[INPUTS + 1];
    int moved[INPUTS];

    for (uint64_t t = 0; t < (uint64_t)TRAJECTORIES * (uint64_t)how->replicates; t++) {
        struct morris effect[INPUTS] = {{.n = 0}};
        morris_points(how->seed, t, INPUTS, x[0], moved);
        for (int k = 0; k <= INPUTS; k++)
            y[k] = sobol_g(x[k]);
        morris_add(effect, INPUTS, x[0], moved, y);
        for (int i = 0; i < INPUTS; i++)
            check_count(&mean[i], morris_star(&effect[how->twin && i < 2 ? 1 - i : i]));
    }
    for (int i = 0; i < INPUTS; i++)
        check_add(rows,
            (struct check_row){.expected = sobol_star(i),
                .found = mean[i].mean,
                .error = check_error(&mean[i])},
            "Sobol's g function, input of weight %g: mu*", weight[i]);
}

const struct check yardsticks_checks[] = {
    {"crps", "Is the score of a forecast that of the law its members come from?",
        "500 forecasts of 12 members a replicate",
        "integrals of (F - 1)^2, written out (Gneiting and Raftery 2007)",
        "members spread a tenth too wide", crps, NULL, 40, 10, false},
    {"elementary_effects", "Do elementary effects tell which input matters?",
        "20 trajectories a replicate over Sobol's g function",
        "mean effects on the grid's levels, written out",
        "two inputs taken for each other", elementary_effects, NULL, 40, 10, false},
    {.id = NULL},
};
