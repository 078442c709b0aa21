/*
 * matrix6.h - exponential and logarithm of the small matrices of multi-state lives.
 *
 * Five grades and death. Only + - * / are used, so that the bits are the same on every
 * machine: what comes out feeds draws.
 */
#ifndef MODELS_MATRIX6_H
#define MODELS_MATRIX6_H

enum { MATRIX6 = 6 };

struct matrix6 {
    double a[MATRIX6][MATRIX6];
};

/* Product x y. */
struct matrix6 matrix6_times(const struct matrix6 *x, const struct matrix6 *y);

/* exp(t q), by scaling, Taylor series and squaring; relative error below 1e-13 for
 * generators with |t q| < 100. */
struct matrix6 matrix6_exp(const struct matrix6 *q, double t);

/*
 * The generator whose exponential is nearest to a stochastic matrix: principal
 * logarithm by its power series, then negative rates between states set to 0 and the
 * diagonal to minus the sum of the row (diagonal adjustment).
 *
 * p        rows sum to 1; the series converges when no eigenvalue is 0 or below
 * Source   Israel, Rosenthal, Wei, Mathematical Finance 11 (2001) 245-265
 */
struct matrix6 matrix6_generator(const struct matrix6 *p);

#endif
