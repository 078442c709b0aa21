#include "tests/erlang.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

double
erlang_b(double load, int places)
{
    unsigned c = (unsigned)places;

    return gsl_ran_poisson_pdf(c, load) / gsl_cdf_poisson_P(c, load);
}

double
erlang_c(double load, int places)
{
    double b = erlang_b(load, places);

    return b / (1.0 - load / places * (1.0 - b));
}

double
erlang_c_beyond(double load, int places, double within)
{
    return erlang_c(load, places) * exp(-(places - load) * within);
}

/*
 * Mean wait of those served times their share: who finds k waiting and all places taken
 * is reached after k + 1 departures, the j-th from last at rate c/stay + j/patience,
 * and gets the place with the probability that patience outlasts their sum V, so E[V
 * exp(-V/patience)] = L sum 1 / (rate + 1/patience), L the Laplace transform of V.
 *
 * full     probability that all places are taken and nobody waits
 */
static double
served_wait(double arrivals, double stay, double patience, int places, double full)
{
    double share = full, transform = 1.0, mean = 0.0, sum = 0.0;

    for (int k = 0; share > 1e-18 * full || k < places; k++) {
        double rate = places / stay + k / patience;
        double next = rate + 1.0 / patience;
        transform *= rate / next;
        mean += 1.0 / next;
        sum += share * transform * mean;
        share *= arrivals / next;
    }
    return sum;
}

/*
 * Probability of c or more present over that of c: the sum of products of
 * arrivals / (c/stay + k/patience), which ends soon when load < c; else Palm's form
 * x e^y y^-x gamma(x, y), with x = c patience / stay and y = arrivals patience.
 *
 * Source   Mandelbaum, Zeltyn, in Advances in Services Innovations (2007) 17-45, sec. 4
 */
static double
above(double arrivals, double stay, double patience, int places)
{
    double x = places * patience / stay, y = arrivals * patience;
    double sum = 1.0, term = 1.0;

    if (y >= x)
        return x * exp(y - x * log(y) + gsl_sf_lngamma(x)) * gsl_sf_gamma_inc_P(x, y);
    for (int k = 1; term > 1e-18 * sum; k++)
        sum += term *= y / (x + k);
    return sum;
}

struct erlang_a
erlang_a(double arrivals, double stay, double patience, int places)
{
    double rho = arrivals * stay / places, b = erlang_b(arrivals * stay, places);
    double a = above(arrivals, stay, patience, places);
    struct erlang_a q;

    /* written so that an infinite `a`, of a hopeless queue, gives its limit */
    q.wait = 1.0 / (1.0 / (a * b) + 1.0 - 1.0 / a);
    q.leave = q.wait * (1.0 / (rho * a) + 1.0 - 1.0 / rho);
    q.line = arrivals * q.leave * patience;
    q.wait_mean = q.line / arrivals;
    q.use = rho * (1.0 - q.leave);
    q.wait_served = NAN;
    if (isfinite(a))
        q.wait_served =
            served_wait(arrivals, stay, patience, places, q.wait / a) / (1.0 - q.leave);
    return q;
}

double
erlang_cobham(const double arrivals[2], int class, double stay, int places)
{
    double load = 0.0, before = 0.0, now = 0.0;

    for (int k = 0; k < 2; k++) {
        load += arrivals[k] * stay;
        before += k < class ? arrivals[k] * stay / places : 0.0;
        now += k <= class ? arrivals[k] * stay / places : 0.0;
    }
    return erlang_c(load, places) * stay / places / ((1.0 - before) * (1.0 - now));
}

double
erlang_mg1(double load, double cv)
{
    return load * (1.0 + cv * cv) / 2.0 / (1.0 - load);
}

double
erlang_swinging(double base, double swing, double speed, double t)
{
    return base +
           swing * (sin(speed * t) - speed * cos(speed * t)) / (1.0 + speed * speed);
}
