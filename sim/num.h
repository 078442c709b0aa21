/*
 * num.h - logarithm and exponential with the same bits on every x86-64.
 *
 * glibc's own differ between CPUs with and without FMA. These use only + - * / and
 * integers, so that what feeds a draw does not depend on the machine. Error below 1
 * unit in the last place of the result, or 1e-16 absolute near 0 (tests/test_num.c).
 */
#ifndef SIM_NUM_H
#define SIM_NUM_H

/* Natural logarithm; x finite and > 0, or it is a bug. */
double num_log(double x);

/* e to the power x; 0 below -745, a bug above 709. */
double num_exp(double x);

#endif
