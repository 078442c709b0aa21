/*
 * score.h - how good a forecast was that is a sample of what may come.
 *
 * The continuous ranked probability score is in the unit of what is foretold; it is the
 * absolute error of a forecast that is one number, and lower for one that knows how
 * much it does not know.
 */
#ifndef VALIDATION_SCORE_H
#define VALIDATION_SCORE_H

/*
 * Mean |x - y| less half the mean |x - x'| over different members.
 *
 * x        [n], n >= 1; one member: the absolute error
 * y        what came
 * Returns  >= 0 on average; the score of the law that the members are drawn from
 * Source   Gneiting and Raftery, J. Am. Stat. Assoc. 102 (2007) 359, equation 21;
 * without the bias of few members: Ferro, Q. J. R. Meteorol. Soc. 140 (2014) 1917
 */
double score_crps(const double *x, int n, double y);

/*
 * The value below which one more draw of the same law lies with probability p.
 *
 * x        [n]
 * p        in (0, 1); beyond the members it is the outermost
 * Source   rank p (n + 1), between ranks by a straight line
 */
double score_quantile(const double *x, int n, double p);

/* Whether y lies within the middle interval of probability `share`. */
struct score_interval {
    double low, high;
};
struct score_interval score_interval(const double *x, int n, double share);

double score_mean(const double *x, int n);

#endif
