#include "validation/score.h"

#include "sim/err.h"
#include "sim/mem.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <string.h>

static double *
sorted(const double *x, int n)
{
    double *y = mem_alloc((size_t)n, sizeof *y);

    memcpy(y, x, (size_t)n * sizeof *y);
    gsl_sort(y, 1, (size_t)n);
    return y;
}

double
score_crps(const double *x, int n, double y)
{
    double *s = sorted(x, n), off = 0.0, spread = 0.0;

    BUG_IF(n < 1);
    /* in order, the sum of all |x - x'| over pairs is that of (2 i - n + 1) x */
    for (int i = 0; i < n; i++) {
        off += fabs(s[i] - y);
        spread += (2.0 * i - n + 1.0) * s[i];
    }
    mem_free(s);
    return off / n - (n > 1 ? spread / n / (n - 1.0) : 0.0);
}

/* Of values in order. */
static double
at_rank(const double *s, int n, double p)
{
    double rank = p * (n + 1.0) - 1.0;

    if (rank <= 0.0)
        return s[0];
    if (rank >= n - 1.0)
        return s[n - 1];
    int i = (int)rank;
    return s[i] + (rank - i) * (s[i + 1] - s[i]);
}

double
score_quantile(const double *x, int n, double p)
{
    double *s = sorted(x, n), q = at_rank(s, n, p);

    mem_free(s);
    return q;
}

struct score_interval
score_interval(const double *x, int n, double share)
{
    double *s = sorted(x, n);
    struct score_interval out = {
        at_rank(s, n, 0.5 - 0.5 * share), at_rank(s, n, 0.5 + 0.5 * share)};

    mem_free(s);
    return out;
}

double
score_mean(const double *x, int n)
{
    double sum = 0.0;

    for (int i = 0; i < n; i++)
        sum += x[i];
    return sum / n;
}
