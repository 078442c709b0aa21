#define _GNU_SOURCE
#include "validation/multistate.h"

#include "tests/oracle.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEAD = WALK_STATES - 1 }; /* while reading: the number of states is not known */

static void
name_of(const struct walk *w, int state, char text[8])
{
    snprintf(text, 8, state == w->states ? "D" : "%d", state);
}

/* Shares have the standard error sqrt(p (1 - p) / n), p the true share. */
static void
add_shares(const struct walk *truth, const struct walk_found *found,
    const double share[WALK_STATES], struct check_rows *rows)
{
    char name[8];

    for (int k = 0; k <= truth->states; k++) {
        double p = fmin(fmax(share[k], 0.0), 1.0);
        name_of(truth, k, name);
        check_add(rows,
            (struct check_row){.expected = p,
                .found = found->share[k],
                .error = check_share_error(p, found->people)},
            "p%d%s after %g years", truth->first, name, truth->years);
    }
}

static void
add_years(const struct walk *truth, const struct check_mean *mean, const double *years,
    const char *when, struct check_rows *rows)
{
    for (int k = 0; k < truth->states; k++)
        check_add(rows,
            (struct check_row){.expected = years[k],
                .found = mean[k].mean,
                .error = check_error(&mean[k]),
                .tolerance = mean[k].square > 0.0 ? 0.0 : 1e-9},
            "years in %d from %d, %s", k, truth->first, when);
}

void
multistate_run(const struct walk *w, const struct walk *truth, struct check_rows *rows)
{
    double share[WALK_STATES], lived[WALK_STATES], life[WALK_STATES];
    double last[WALK_STATES], rest[WALK_STATES];
    struct walk run = *w;
    char when[40];

    walk_expect(truth, walk_longest(w), last, rest);
    /* 1e-6 of the people in the end add less than a thousandth of a year */
    bool mortal = walk_lifelong(truth, life) && last[truth->states] > 1.0 - 1e-6;
    run.cut = mortal ? walk_longest(w) : 0.0;
    struct walk_found found = walk_run(&run);
    walk_expect(truth, truth->years, share, lived);
    add_shares(truth, &found, share, rows);
    snprintf(when, sizeof when, "within %g years", truth->years);
    add_years(truth, found.lived, lived, when, rows);
    if (mortal)
        add_years(truth, found.life, life, "whole life", rows);
}

static bool
wrong(const char *text, const char *expected)
{
    fprintf(stderr, "'%s': expected %s\n", text, expected);
    return false;
}

/* A state's number, or D; its end in `rest`. */
static bool
read_state(const char *text, const char **rest, int *state)
{
    *state = *text == 'D' || *text == 'd'         ? DEAD
             : *text >= '0' && *text < '0' + DEAD ? *text - '0'
                                                  : -1;
    *rest = text + 1;
    return *state >= 0;
}

bool
multistate_read(struct walk *w, const char *text)
{
    static const char form[] = "rates like 0>1=.05,1>D=.1, states 0 to 7 and D, 1/yr";
    const char *at = text;
    int from, to;

    w->states = 0;
    while (*at != '\0') {
        char *rest;
        if (!read_state(at, &at, &from) || *at++ != '>' || !read_state(at, &at, &to) ||
            *at++ != '=' || from == to || from == DEAD)
            return wrong(text, form);
        double rate = strtod(at, &rest);
        if (rest == at || !(rate >= 0.0 && rate <= 100.0) ||
            (*rest != ',' && *rest != '\0') || (*rest == ',' && rest[1] == '\0'))
            return wrong(text, form);
        w->rate[from][to] = rate;
        for (int k = 0; k < 2; k++) {
            int state = k == 0 ? from : to;
            w->states = state != DEAD && state >= w->states ? state + 1 : w->states;
        }
        at = *rest == ',' ? rest + 1 : rest;
    }
    for (int k = 0; k < w->states; k++) {
        double rate = w->rate[k][DEAD];
        if (w->states < DEAD)
            w->rate[k][DEAD] = 0.0;
        w->rate[k][w->states] = rate;
    }
    return w->states > 0 || wrong(text, form);
}

static const char usage[] =
    "usage: test_multistate --rates LIST [--years X] [--from K] [--people N] [--seed "
    "N]\n"
    "                       [--break X]\n"
    "LIST is FROM>TO=RATE,... with states 0 to 7, D for death, rates 1/yr, for "
    "example\n"
    "0>1=.06,1>0=.10,1>2=.15,2>1=.03,0>D=.02,1>D=.06,2>D=.25. Lives begin in state K\n"
    "(0): shares after --years (10), years in each state, simulated on the engine and "
    "by\n"
    "the matrix exponential. --break multiplies the simulated rates only: 1.03 must\n"
    "show.\n";

struct arguments {
    struct walk walk;
    double off;
    bool rates;
};

static const struct option options[] = {
    {"rates", required_argument, NULL, 'r'},
    {"years", required_argument, NULL, 'y'},
    {"from", required_argument, NULL, 'f'},
    {"people", required_argument, NULL, 'n'},
    {"seed", required_argument, NULL, 'e'},
    {"break", required_argument, NULL, 'b'},
    {NULL, 0, NULL, 0},
};

static bool
take(struct arguments *a, int option, const char *text)
{
    double x;

    switch (option) {
    case 'r':
        a->rates = multistate_read(&a->walk, text);
        return a->rates;
    case 'y':
        return oracle_number(text, 0.01, 1000.0, &a->walk.years);
    case 'b':
        return oracle_number(text, 0.01, 100.0, &a->off);
    case 'f':
    case 'n':
        if (!oracle_number(
                text, option == 'f' ? 0.0 : 2.0, option == 'f' ? 7.0 : 5e6, &x))
            return false;
        *(option == 'f' ? &a->walk.first : &a->walk.people) = (int)x;
        return true;
    case 'e':
        if (!oracle_number(text, 0.0, 0x1p53, &x))
            return false;
        a->walk.seed = (uint64_t)x;
        return true;
    default:
        return false; /* getopt has said why */
    }
}

static bool
read_arguments(struct arguments *a, int argc, char **argv)
{
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (!take(a, option, optarg))
            return false;
    if (optind == argc && a->rates && a->walk.first < a->walk.states)
        return true;
    fprintf(stderr,
        a->rates && optind == argc ? "--from: no such state\n" : "--rates is needed\n");
    return false;
}

int
multistate_main(int argc, char **argv)
{
    struct arguments a = {
        .walk = {.years = 10.0, .people = 100000, .replicates = 1, .seed = 1},
        .off = 1.0};
    struct check_rows rows = {.n = 0};

    if (!read_arguments(&a, argc, argv)) {
        fputs(usage, stderr);
        return 2;
    }
    struct walk run = a.walk;
    for (int i = 0; i < run.states; i++)
        for (int j = 0; j <= run.states; j++)
            run.rate[i][j] *= a.off;
    multistate_run(&run, &a.walk, &rows);
    printf("constant rates, matrix exponential by GSL; %d lives on the engine\n",
        run.people);
    check_print(&rows, stdout);
    int bad = check_wrong(&rows);
    check_free(&rows);
    return bad > 0;
}
