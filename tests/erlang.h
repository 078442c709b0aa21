/*
 * erlang.h - closed forms of queues, for tests that compare a simulation with them.
 *
 * All queues have Poisson arrivals and `places` equal places; `load` is the offered
 * load, arrivals times mean stay. Times are in whatever unit the rates are per.
 */
#ifndef TESTS_ERLANG_H
#define TESTS_ERLANG_H

/* Share of arrivals turned away when nobody can wait; any distribution of stays. */
double erlang_b(double load, int places);

/* Share of arrivals who wait, M/M/c; load < places. */
double erlang_c(double load, int places);

/* Share of arrivals who wait longer than `within` mean stays, M/M/c. */
double erlang_c_beyond(double load, int places, double within);

/* M/M/c+M: who waits leaves after an exponential patience. */
struct erlang_a {
    double wait;        /* share of arrivals who wait */
    double leave;       /* share of arrivals who leave without a place */
    double line;        /* mean number waiting */
    double wait_mean;   /* mean time in line of all arrivals */
    double wait_served; /* of those who get a place; NAN when hopeless */
    double use;         /* mean share of places in use */
};
struct erlang_a erlang_a(double arrivals, double stay, double patience, int places);

/*
 * Mean wait of class `class`, 0 or 1, under non-preemptive priority, M/M/c with one
 * mean stay for all.
 *
 * Source   Cobham, Operations Research 2 (1954) 70-76
 */
double erlang_cobham(const double arrivals[2], int class, double stay, int places);

/* Mean wait in mean stays, M/G/1: Pollaczek and Khinchine. `cv` of the stays. */
double erlang_mg1(double load, double cv);

/*
 * Mean number present at `t`, M(t)/M/infinity with arrivals base + swing sin(speed t)
 * and mean stay 1, long after the start.
 *
 * Source   Eick, Massey, Whitt, Management Science 39 (1993) 241-252
 */
double erlang_swinging(double base, double swing, double speed, double t);

#endif
