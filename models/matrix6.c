#include "models/matrix6.h"

#include <math.h>

struct matrix6
matrix6_times(const struct matrix6 *x, const struct matrix6 *y)
{
    struct matrix6 z = {{{0.0}}};

    for (int i = 0; i < MATRIX6; i++)
        for (int k = 0; k < MATRIX6; k++)
            for (int j = 0; j < MATRIX6; j++)
                z.a[i][j] += x->a[i][k] * y->a[k][j];
    return z;
}

static double
norm(const struct matrix6 *x)
{
    double most = 0.0;

    for (int i = 0; i < MATRIX6; i++) {
        double sum = 0.0;
        for (int j = 0; j < MATRIX6; j++)
            sum += fabs(x->a[i][j]);
        most = sum > most ? sum : most;
    }
    return most;
}

struct matrix6
matrix6_exp(const struct matrix6 *q, double t)
{
    struct matrix6 x = *q, term = {{{0.0}}}, sum;
    int halvings = 0;

    for (double size = norm(q) * fabs(t); size > 0.25; size *= 0.5)
        halvings++;
    for (int i = 0; i < MATRIX6; i++) {
        for (int j = 0; j < MATRIX6; j++)
            x.a[i][j] = ldexp(q->a[i][j] * t, -halvings);
        term.a[i][i] = 1.0;
    }
    sum = term;
    /* 0.25^13 / 13! is below 3e-18 */
    for (int k = 1; k < 13; k++) {
        term = matrix6_times(&term, &x);
        for (int i = 0; i < MATRIX6; i++)
            for (int j = 0; j < MATRIX6; j++) {
                term.a[i][j] /= k;
                sum.a[i][j] += term.a[i][j];
            }
    }
    for (; halvings > 0; halvings--)
        sum = matrix6_times(&sum, &sum);
    return sum;
}

static void
adjust(struct matrix6 *q)
{
    for (int i = 0; i < MATRIX6; i++) {
        double out = 0.0;
        for (int j = 0; j < MATRIX6; j++) {
            if (j == i)
                continue;
            if (q->a[i][j] < 0.0)
                q->a[i][j] = 0.0;
            out += q->a[i][j];
        }
        q->a[i][i] = -out;
    }
}

struct matrix6
matrix6_generator(const struct matrix6 *p)
{
    struct matrix6 rest = {{{0.0}}}, power, q = {{{0.0}}};

    for (int i = 0; i < MATRIX6; i++)
        for (int j = 0; j < MATRIX6; j++)
            rest.a[i][j] = (i == j) - p->a[i][j];
    power = rest;
    /* log p = - sum of (1 - p)^k / k */
    for (int k = 1; k < 2000 && norm(&power) / k > 1e-16; k++) {
        for (int i = 0; i < MATRIX6; i++)
            for (int j = 0; j < MATRIX6; j++)
                q.a[i][j] -= power.a[i][j] / k;
        power = matrix6_times(&power, &rest);
    }
    adjust(&q);
    return q;
}
