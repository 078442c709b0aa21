#define _GNU_SOURCE
#include "tests/oracle.h"

#include "tests/erlang.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const oracle_measures[QUEUE_MEASURES] = {"P(wait)", "P(W > within)",
    "P(leave)", "P(lost)", "mean in line", "use of places", "mean wait",
    "mean wait, class 1", "mean wait, class 2", "mean wait, served",
    "present at the end"};

/* Erlang B holds for every distribution of stays. */
static void
expect_lost(const struct queue *q, double load, double x[QUEUE_MEASURES])
{
    x[QUEUE_LOST] = erlang_b(load, q->places);
    x[QUEUE_USE] = load * (1.0 - x[QUEUE_LOST]) / q->places;
    x[QUEUE_LINE] = 0.0;
}

/* Classes change who waits, not how many: the totals hold for any order of service. */
static void
expect_impatient(const struct queue *q, double arrivals, double x[QUEUE_MEASURES])
{
    struct erlang_a a = erlang_a(arrivals, q->stay, q->patience, q->places);

    x[QUEUE_WAIT] = a.wait;
    x[QUEUE_LEAVE] = a.leave;
    x[QUEUE_LINE] = a.line;
    x[QUEUE_USE] = a.use;
    x[QUEUE_TIME] = a.wait_mean;
    if (q->arrivals[1] <= 0.0)
        x[QUEUE_SERVED] = a.wait_served;
}

static void
expect_patient(const struct queue *q, double load, double x[QUEUE_MEASURES])
{
    double arrivals = q->arrivals[0] + q->arrivals[1];

    x[QUEUE_WAIT] = erlang_c(load, q->places);
    x[QUEUE_TIME] = x[QUEUE_WAIT] * q->stay / (q->places - load);
    x[QUEUE_LINE] = arrivals * x[QUEUE_TIME];
    x[QUEUE_USE] = load / q->places;
    x[QUEUE_LEAVE] = 0.0;
    if (q->arrivals[1] <= 0.0) {
        x[QUEUE_BEYOND] = erlang_c_beyond(load, q->places, q->within / q->stay);
        return;
    }
    x[QUEUE_TIME_0] = erlang_cobham(q->arrivals, 0, q->stay, q->places);
    x[QUEUE_TIME_1] = erlang_cobham(q->arrivals, 1, q->stay, q->places);
}

static void
expect_single(const struct queue *q, double load, double x[QUEUE_MEASURES])
{
    x[QUEUE_WAIT] = load;
    x[QUEUE_USE] = load;
    x[QUEUE_TIME] =
        q->stay * erlang_mg1(load, q->shape == QUEUE_CONSTANT ? 0.0 : q->cv);
    x[QUEUE_LINE] = q->arrivals[0] * x[QUEUE_TIME];
    x[QUEUE_LEAVE] = 0.0;
}

const char *
oracle_expected(const struct queue *q, double expected[QUEUE_MEASURES])
{
    double arrivals = q->arrivals[0] + q->arrivals[1], load = arrivals * q->stay;
    bool exponential = q->shape == QUEUE_EXPONENTIAL;

    for (int k = 0; k < QUEUE_MEASURES; k++)
        expected[k] = NAN;
    if (q->swing > 0.0)
        return "none";
    if (q->lost) {
        expect_lost(q, load, expected);
        return "Erlang B";
    }
    if (exponential && q->patience > 0.0) {
        expect_impatient(q, arrivals, expected);
        return "Erlang A";
    }
    if (exponential) {
        expect_patient(q, load, expected);
        return q->arrivals[1] > 0.0 ? "Cobham" : "Erlang C";
    }
    if (q->places == 1 && q->patience <= 0.0 && q->arrivals[1] <= 0.0) {
        expect_single(q, load, expected);
        return "Pollaczek and Khinchine";
    }
    return "none";
}

double
oracle_distance(const struct queue_found *found, const double *expected, int measure)
{
    double gap = fabs(found->mean[measure] - expected[measure]);

    if (isnan(expected[measure]) || gap == 0.0)
        return 0.0;
    return gap / found->error[measure];
}

double
oracle_worst(const struct queue_found *found, const double *expected)
{
    double worst = 0.0;

    for (int k = 0; k < QUEUE_MEASURES; k++)
        worst = fmax(worst, oracle_distance(found, expected, k));
    return worst;
}

static const char *const shape_names[QUEUE_SHAPES] = {
    "exponential", "lognormal", "gamma", "constant"};

static const char usage[] =
    "usage: test_queue --arrivals X [--second X] --stay X --places N [--patience X]\n"
    "           [--shape exponential|lognormal|gamma|constant] [--cv X] [--lost]\n"
    "           [--within X] [--customers X] [--warm X] [--replicates N] [--seed N]\n"
    "Arrivals are per day, times in days, or any other unit. --second adds a second\n"
    "class, which goes after the first. Without --patience nobody leaves; with --lost\n"
    "nobody waits. --cv alone is lognormal, --cv 0 constant. --within counts those "
    "who\n"
    "wait longer; --customers is the number of arrivals counted in a replicate.\n";

static const struct option options[] = {
    {"arrivals", required_argument, NULL, 'a'},
    {"second", required_argument, NULL, 'b'},
    {"stay", required_argument, NULL, 's'},
    {"places", required_argument, NULL, 'c'},
    {"beds", required_argument, NULL, 'c'},
    {"patience", required_argument, NULL, 'p'},
    {"shape", required_argument, NULL, 'd'},
    {"cv", required_argument, NULL, 'v'},
    {"lost", no_argument, NULL, 'l'},
    {"within", required_argument, NULL, 'w'},
    {"customers", required_argument, NULL, 'n'},
    {"warm", required_argument, NULL, 'u'},
    {"replicates", required_argument, NULL, 'r'},
    {"seed", required_argument, NULL, 'e'},
    {NULL, 0, NULL, 0},
};

bool
oracle_number(const char *text, double lo, double hi, double *x)
{
    char *rest;

    *x = strtod(text, &rest);
    if (*text != '\0' && *rest == '\0' && *x >= lo && *x <= hi)
        return true;
    fprintf(stderr, "'%s': expected a number from %g to %g\n", text, lo, hi);
    return false;
}

static bool
take_shape(struct queue *q, const char *text)
{
    for (int k = 0; k < QUEUE_SHAPES; k++)
        if (strcmp(text, shape_names[k]) == 0) {
            q->shape = (enum queue_shape)k;
            return true;
        }
    fprintf(stderr, "'%s': unknown shape of stays\n", text);
    return false;
}

/* One option; false when it is wrong, which has been said. */
static bool
take(struct queue *q, int option, const char *text)
{
    double x;

    switch (option) {
    case 'a':
        return oracle_number(text, 0.0, 1e9, &q->arrivals[0]);
    case 'b':
        return oracle_number(text, 0.0, 1e9, &q->arrivals[1]);
    case 's':
        return oracle_number(text, 1e-9, 1e9, &q->stay);
    case 'p':
        return oracle_number(text, 0.0, 1e9, &q->patience);
    case 'v':
        return oracle_number(text, 0.0, 100.0, &q->cv);
    case 'w':
        return oracle_number(text, 0.0, 1e9, &q->within);
    case 'n':
        return oracle_number(text, 1.0, 1e9, &q->customers);
    case 'u':
        return oracle_number(text, 0.0, 1e9, &q->warm);
    case 'd':
        return take_shape(q, text);
    case 'l':
        q->lost = true;
        return true;
    case 'e':
        if (!oracle_number(text, 0.0, 0x1p53, &x))
            return false;
        q->seed = (uint64_t)x;
        return true;
    case 'c':
    case 'r':
        if (!oracle_number(text, option == 'r' ? 2.0 : 1.0, 1e7, &x))
            return false;
        *(option == 'c' ? &q->places : &q->replicates) = (int)x;
        return true;
    default:
        return false; /* getopt has said why */
    }
}

/* A cv without a shape: 0 constant, 1 exponential, else lognormal. */
static void
settle_shape(struct queue *q, bool shape, bool cv)
{
    if (cv && !shape)
        q->shape = q->cv == 0.0   ? QUEUE_CONSTANT
                   : q->cv == 1.0 ? QUEUE_EXPONENTIAL
                                  : QUEUE_LOGNORMAL;
    if (!cv && (q->shape == QUEUE_LOGNORMAL || q->shape == QUEUE_GAMMA))
        q->cv = 1.0;
}

static bool
read_queue(struct queue *q, int argc, char **argv)
{
    bool shape = false, cv = false;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        shape |= option == 'd';
        cv |= option == 'v';
        if (!take(q, option, optarg))
            return false;
    }
    settle_shape(q, shape, cv);
    if (optind == argc && q->arrivals[0] > 0.0 && q->stay > 0.0 && q->places > 0)
        return true;
    fprintf(stderr, "--arrivals, --stay and --places are needed\n");
    return false;
}

static int
print(const struct queue *q, const struct queue_found *found)
{
    double expected[QUEUE_MEASURES];
    const char *name = oracle_expected(q, expected);
    int bad = 0;

    printf("closed form: %s; %d replicates of %.0f arrivals, %.3g events\n", name,
        q->replicates, q->customers, (double)found->events);
    printf("%-20s %14s %14s %14s %8s\n", "measure", "found", "closed form",
        "standard error", "errors");
    for (int k = 0; k < QUEUE_MEASURES; k++) {
        double z = oracle_distance(found, expected, k);
        if (isnan(expected[k]) && found->error[k] == 0.0)
            continue; /* cannot happen in this queue */
        if (isnan(expected[k])) {
            printf("%-20s %14.8g %14s %14.2g\n", oracle_measures[k], found->mean[k],
                "-", found->error[k]);
            continue;
        }
        printf("%-20s %14.8g %14.8g %14.2g %8.2f  %s\n", oracle_measures[k],
            found->mean[k], expected[k], found->error[k], z,
            z <= 4.0 ? "agrees" : "DIFFERS");
        bad += z > 4.0;
    }
    printf("integrals of the station against the customers': %s\n",
        found->gap == 0.0 ? "equal" : "DIFFER");
    return bad > 0 || found->gap != 0.0;
}

int
oracle_main(int argc, char **argv)
{
    struct queue q = {.customers = 50000, .replicates = 100, .seed = 1};

    if (!read_queue(&q, argc, argv)) {
        fputs(usage, stderr);
        return 2;
    }
    if (!queue_fits(&q)) {
        fprintf(stderr, "no steady state, or too long a run for the engine's clock: "
                        "fewer --customers, or a shorter --warm\n");
        return 2;
    }
    struct queue_found found = queue_run(&q);
    return print(&q, &found);
}
