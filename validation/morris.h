/*
 * morris.h - which of many inputs matter: elementary effects.
 *
 * Inputs live on [0, 1] at four levels. A trajectory starts at a point of the grid and
 * moves one input after another, each once, by 2/3; each move gives one effect: the
 * change of the output over the change of the input. The mean of an input's absolute
 * effects (mu*) says how much it matters, their standard deviation (sigma) how far that
 * depends on the others or on where it stands.
 *
 * Source  Morris, Technometrics 33 (1991) 161; mu*: Campolongo, Cariboni and Saltelli,
 *         Environ. Model. Softw. 22 (2007) 1509
 */
#ifndef VALIDATION_MORRIS_H
#define VALIDATION_MORRIS_H

#include <stdint.h>

#define MORRIS_STEP (2.0 / 3.0)

/*
 * The points of a trajectory, which belongs to (seed, number).
 *
 * n        inputs
 * x        [n + 1][n], in [0, 1]
 * moved    [n], the input that differs between points k and k + 1
 */
void morris_points(uint64_t seed, uint64_t trajectory, int n, double *x, int *moved);

/* Effects of one input on one output. */
struct morris {
    int n;
    double sum, absolute, square;
};

/*
 * Adds the effects of a trajectory.
 *
 * y        [n + 1], the output at its points
 * effect   [n]
 */
void morris_add(
    struct morris *effect, int n, const double *x, const int *moved, const double *y);

/* In the unit of the output, per range of the input; NAN without effects. */
double morris_mean(const struct morris *self);
double morris_star(const struct morris *self);
double morris_sigma(const struct morris *self);

#endif
