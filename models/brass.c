#include "models/brass.h"

#include "sim/num.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>

double
brass_root(gsl_function *f, double lo, double hi)
{
    if ((GSL_FN_EVAL(f, lo) > 0.0) == (GSL_FN_EVAL(f, hi) > 0.0))
        return NAN;
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    gsl_root_fsolver_set(solver, f, lo, hi);
    for (int i = 0; i < 200; i++) {
        gsl_root_fsolver_iterate(solver);
        if (gsl_root_test_interval(gsl_root_fsolver_x_lower(solver),
                gsl_root_fsolver_x_upper(solver), 1e-13, 1e-13) == GSL_SUCCESS)
            break;
    }
    double x = gsl_root_fsolver_root(solver);
    gsl_root_fsolver_free(solver);
    return x;
}

double
brass_expectancy(const double rate[AGES])
{
    double alive = 1.0, e0 = 0.0;

    for (int a = 0; a < AGES; a++) {
        double stay = num_exp(-rate[a]);
        e0 += alive * (1.0 - stay) / rate[a];
        alive *= stay;
    }
    return e0 + alive / rate[AGES - 1];
}

struct brass {
    const double *standard; /* 1/yr, [AGES] */
    double *rate;           /* 1/yr, [AGES] */
    double e0;              /* wanted, yr */
};

/*
 * Brass's shift with slope 1: logit l(x) = alpha + logit of the standard, where
 * logit l = ln((1 - l) / l) / 2; so the odds of having died are multiplied by e^(2
 * alpha).
 */
static void
shift(const struct brass *b, double alpha)
{
    double hazard = 0.0, factor = num_exp(2.0 * alpha), before = 0.0;

    for (int a = 0; a < AGES; a++) {
        hazard += b->standard[a];
        /* -ln l = ln(1 + odds); odds of the standard are e^H - 1 */
        double now = num_log(1.0 + factor * (num_exp(hazard) - 1.0));
        b->rate[a] = now - before;
        before = now;
    }
}

static double
expectancy_gap(double alpha, void *context)
{
    const struct brass *b = context;

    shift(b, alpha);
    return brass_expectancy(b->rate) - b->e0;
}

bool
brass_fit(const double standard[AGES], double e0, double rate[AGES])
{
    struct brass b = {standard, rate, e0};
    gsl_function f = {expectancy_gap, &b};
    double alpha = brass_root(&f, -3.0, 3.0);

    if (isnan(alpha))
        return false;
    shift(&b, alpha);
    return true;
}
