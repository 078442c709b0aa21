/*
 * Each row runs replicates of some ten thousand arrivals after a warm-up. A standard
 * error is that of a mean over replicates, which are independent: the sample's standard
 * deviation over sqrt(replicates). The engine's whole minutes bias a measure by at most
 * 1 / QUEUE_MINUTES = 1e-4 of itself, below a third of any standard error here.
 */
#include "validation/queues.h"

#include "sim/rng.h"
#include "tests/erlang.h"
#include "tests/oracle.h"

#include <gsl/gsl_math.h>
#include <math.h>
#include <stdio.h>

enum { FAST = 30, FULL = 100 };

#define LOST .lost = true, .customers = 15000
#define ENOUGH .customers = 30000
#define ROWS(table) .row = (table), .n = (int)(sizeof(table) / sizeof(table)[0])

static const struct queue lost_rows[] = {
    {.arrivals = {1}, .stay = 1, .places = 1, LOST},
    {.arrivals = {5}, .stay = 1, .places = 5, LOST},
    {.arrivals = {10}, .stay = 1, .places = 10, LOST},
    {.arrivals = {10}, .stay = 1, .places = 15, LOST},
    {.arrivals = {20}, .stay = 1, .places = 20, LOST},
    {.arrivals = {100}, .stay = 1, .places = 100, LOST},
    {.arrivals = {500}, .stay = 1, .places = 520, LOST},
};

/* The last two are beds of a county: days, and a wait of 30 days. */
static const struct queue patient_rows[] = {
    {.arrivals = {0.8}, .stay = 1, .places = 1, .within = 0.1, ENOUGH},
    {.arrivals = {4}, .stay = 1, .places = 5, .within = 0.1, ENOUGH},
    {.arrivals = {8}, .stay = 1, .places = 10, .within = 0.1, ENOUGH},
    {.arrivals = {18}, .stay = 1, .places = 20, .within = 0.1, ENOUGH},
    {.arrivals = {95}, .stay = 1, .places = 100, .within = 0.1, ENOUGH},
    {.arrivals = {0.1}, .stay = 730, .places = 84, .within = 30, ENOUGH},
    {.arrivals = {1}, .stay = 730, .places = 755, .within = 30, ENOUGH},
};

static const struct queue impatient_rows[] = {
    {.arrivals = {9}, .stay = 1, .patience = 1, .places = 10, ENOUGH},
    {.arrivals = {10}, .stay = 1, .patience = 2, .places = 10, ENOUGH},
    {.arrivals = {110}, .stay = 1, .patience = 2, .places = 100, ENOUGH},
    {.arrivals = {4, 6}, .stay = 1, .patience = 2, .places = 10, ENOUGH},
    {.arrivals = {1}, .stay = 730, .patience = 300, .places = 697, ENOUGH},
};

static const struct queue class_rows[] = {
    {.arrivals = {0.3, 0.5}, .stay = 1, .places = 1, ENOUGH},
    {.arrivals = {3, 5}, .stay = 1, .places = 10, ENOUGH},
    {.arrivals = {30, 60}, .stay = 1, .places = 100, ENOUGH},
    {.arrivals = {0.8}, .stay = 1, .places = 1, ENOUGH}, /* first come, first served */
    {.arrivals = {8}, .stay = 1, .places = 10, ENOUGH},
    {.arrivals = {90}, .stay = 1, .places = 100, ENOUGH},
};

#define SINGLE .arrivals = {0.8}, .stay = 1, .places = 1, ENOUGH

static const struct queue single_rows[] = {
    {SINGLE, .shape = QUEUE_CONSTANT},
    {SINGLE, .shape = QUEUE_GAMMA, .cv = M_SQRT1_2},
    {SINGLE, .shape = QUEUE_EXPONENTIAL, .cv = 1},
    {SINGLE, .shape = QUEUE_LOGNORMAL, .cv = 1},
    {SINGLE, .shape = QUEUE_LOGNORMAL, .cv = 2},
    {SINGLE, .shape = QUEUE_GAMMA, .cv = 2},
};

static void
longer_stays(struct queue *q)
{
    q->warm = queue_warm(q); /* that of a load above 1 would not end */
    q->stay *= CHECK_OFF;
}

static void
wrong_class_first(struct queue *q)
{
    double first = q->arrivals[0];

    if (q->arrivals[1] <= 0.0)
        return;
    q->arrivals[0] = q->arrivals[1];
    q->arrivals[1] = first;
}

/* Queues that one closed form covers. */
struct family {
    const struct queue *row;
    int n;
    enum queue_shape shape; /* of all, when `cv` is set or it is constant */
    double cv;
    void (*twin)(struct queue *q);
};

static const struct family lost_exponential = {ROWS(lost_rows), .twin = longer_stays};
static const struct family lost_lognormal = {
    ROWS(lost_rows), .shape = QUEUE_LOGNORMAL, .cv = 1.2, .twin = longer_stays};
static const struct family lost_constant = {
    ROWS(lost_rows), .shape = QUEUE_CONSTANT, .twin = longer_stays};
static const struct family patient = {ROWS(patient_rows), .twin = longer_stays};
static const struct family impatient = {ROWS(impatient_rows), .twin = longer_stays};
static const struct family classes = {ROWS(class_rows), .twin = wrong_class_first};
static const struct family single = {ROWS(single_rows), .twin = longer_stays};

static void
name_of(const struct queue *q, char *text, size_t size)
{
    static const char *const shape[QUEUE_SHAPES] = {
        "", "lognormal ", "gamma ", "constant "};
    int n = snprintf(text, size, "%g", q->arrivals[0]);

    if (q->arrivals[1] > 0.0)
        n += snprintf(text + n, size - (size_t)n, " + %g", q->arrivals[1]);
    n += snprintf(
        text + n, size - (size_t)n, " arrivals, %sstay %g", shape[q->shape], q->stay);
    if (q->cv > 0.0 && q->shape != QUEUE_EXPONENTIAL)
        n += snprintf(text + n, size - (size_t)n, " (cv² %.3g)", q->cv * q->cv);
    if (q->patience > 0.0)
        n += snprintf(text + n, size - (size_t)n, ", patience %g", q->patience);
    snprintf(text + n, size - (size_t)n, ", %d place%s", q->places,
        q->places == 1 ? "" : "s");
}

/* A row for every measure that has a closed form, but those that cannot differ. */
static void
add_queue(struct check_rows *rows, const struct queue *q,
    const struct queue_found *found, const double *expected)
{
    char name[CHECK_LABEL];

    name_of(q, name, sizeof name);
    for (int k = 0; k < QUEUE_MEASURES; k++) {
        struct check_row row = {
            .expected = expected[k], .found = found->mean[k], .error = found->error[k]};
        if (isnan(expected[k]) || (row.found == 0.0 && row.expected == 0.0))
            continue;
        if (k == QUEUE_BEYOND)
            check_add(rows, row, "%s: P(W > %g)", name, q->within);
        else
            check_add(rows, row, "%s: %s", name, oracle_measures[k]);
    }
}

static void
steady(const struct check_how *how, struct check_rows *rows)
{
    const struct family *f = how->data;

    for (int i = 0; i < f->n; i++) {
        struct queue q = f->row[i], truth;
        double expected[QUEUE_MEASURES];
        q.replicates = how->replicates;
        q.seed = rng_mix(how->seed, (uint64_t)i);
        if (f->cv > 0.0 || f->shape == QUEUE_CONSTANT) {
            q.shape = f->shape;
            q.cv = f->cv;
        }
        truth = q;
        if (how->twin)
            f->twin(&q);
        struct queue_found found = queue_run(&q);
        oracle_expected(&truth, expected);
        add_queue(rows, &truth, &found, expected);
    }
}

/* Arrivals of which the moment of looking is in its periodic state: at least 20 mean
 * stays after an empty start, so exp(-20) of it is missing. */
static void
swinging(const struct check_how *how, struct check_rows *rows)
{
    static const struct {
        double speed, t;
        const char *name;
    } row[] = {{2.0 * M_PI / 12.0, 36.0, "a cycle of 12 mean stays, t = 36"},
        {2.0 * M_PI / 12.0, 39.0, "a cycle of 12 mean stays, t = 39"},
        {2.0 * M_PI, 21.25, "a cycle of 1 mean stay, t = 21.25"}};

    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct queue q = {.arrivals = {100.0},
            .swing = 0.2,
            .speed = row[i].speed,
            .stay = 1.0,
            .places = 1000,
            .warm = row[i].t / 2.0,
            .customers = row[i].t / 2.0 * 100.0,
            .replicates = how->replicates,
            .seed = rng_mix(how->seed, i)};
        q.arrivals[0] *= how->twin ? CHECK_OFF : 1.0;
        q.customers *= how->twin ? CHECK_OFF : 1.0;
        struct queue_found found = queue_run(&q);
        check_add(rows,
            (struct check_row){
                .expected = erlang_swinging(100.0, 20.0, row[i].speed, row[i].t),
                .found = found.mean[QUEUE_PRESENT],
                .error = found.error[QUEUE_PRESENT]},
            "%s: number present", row[i].name);
    }
}

#define STATION                                                                        \
    "replicates of 30,000 arrivals (15,000 when lost) on the engine, after a warm-up " \
    "of ten relaxation times"
#define LONGER "stays 3 % too long"

const struct check queues_checks[] = {
    {"erlang_b_exponential", "Are as many turned away as Erlang's loss formula says?",
        STATION, "Erlang B: Poisson probabilities by GSL", LONGER, steady,
        &lost_exponential, FULL, FAST, false},
    {"erlang_b_lognormal",
        "The same with lognormal stays, coefficient of variation 1.2?", STATION,
        "Erlang B does not depend on the distribution of stays", LONGER, steady,
        &lost_lognormal, FULL, FAST, false},
    {"erlang_b_constant", "The same with constant stays?", STATION,
        "Erlang B does not depend on the distribution of stays", LONGER, steady,
        &lost_constant, FULL, FAST, false},
    {"erlang_c", "Who waits, and for how long, when nobody gives up (M/M/c)?", STATION,
        "Erlang C, by GSL", LONGER, steady, &patient, FULL, FAST, false},
    {"erlang_a", "Who waits and who leaves the line when patience ends (M/M/c+M)?",
        STATION, "Palm; Mandelbaum and Zeltyn (2007), by GSL", LONGER, steady,
        &impatient, FULL, FAST, false},
    {"cobham", "How long do two classes wait, one of which goes first?", STATION,
        "Cobham, Operations Research 2 (1954) 70-76", "the other class goes first",
        steady, &classes, FULL, FAST, false},
    {"mg1", "How do stays of any shape make a single server's line grow (M/G/1)?",
        STATION, "Pollaczek and Khinchine", LONGER, steady, &single, FULL, FAST, false},
    {"swinging", "How many are present when arrivals swing (M(t)/M/infinity)?",
        "the number present at one moment, in independent replicates",
        "Eick, Massey, Whitt, Management Science 39 (1993) 241-252",
        "3 % too many arrivals", swinging, NULL, 1000, 300, false},
    {.id = NULL},
};
