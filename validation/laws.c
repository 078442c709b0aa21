#include "validation/laws.h"

#include "models/models.h"
#include "sim/err.h"
#include "sim/mem.h"
#include "sim/rng.h"
#include "tests/erlang.h"
#include "tests/hall.h"
#include "tests/queue.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <math.h>

#define COUNT(table) (int)(sizeof(table) / sizeof(table)[0])

/* Little's law in its exact form: on one line, what all have waited together is the
 * area under the number waiting. Both are whole minutes, so they must be equal. */
static void
little(const struct check_how *how, struct check_rows *rows)
{
    static const struct {
        struct queue q;
        const char *name;
    } row[] = {
        {{.arrivals = {10}, .stay = 1, .places = 12, .lost = true}, "nobody waits"},
        {{.arrivals = {8}, .stay = 1, .places = 10}, "nobody gives up"},
        {{.arrivals = {10}, .stay = 1, .patience = 2, .places = 10}, "patience ends"},
        {{.arrivals = {3, 5}, .stay = 1, .places = 10}, "two classes"},
        {{.arrivals = {4, 7}, .stay = 1, .patience = 1, .places = 10},
            "two classes, patience ends"},
        {{.arrivals = {8}, .stay = 1, .places = 10, .shape = QUEUE_LOGNORMAL, .cv = 2},
            "lognormal stays"},
        {{.arrivals = {8}, .swing = 0.5, .speed = 1.0, .stay = 1, .places = 13},
            "arrivals that swing"},
    };

    for (int i = 0; i < COUNT(row); i++) {
        struct queue q = row[i].q;
        q.customers = 10000;
        q.replicates = how->replicates;
        q.seed = rng_mix(how->seed, (uint64_t)i);
        struct queue_found found = queue_run(&q);
        q.stay *= CHECK_OFF;
        struct queue_found other = how->twin ? queue_run(&q) : found;
        check_add(rows,
            (struct check_row){.expected = found.sum[0], .found = other.integral[0]},
            "%s: minutes waited", row[i].name);
        check_add(rows,
            (struct check_row){.expected = found.sum[1], .found = other.integral[1]},
            "%s: minutes in places", row[i].name);
    }
}

enum { WATCHED = 20000 };

/* Of the first customers, how many wait longer with one more place. */
static int
waits_grown(struct queue q, uint64_t seed_then)
{
    static const int32_t never = -1;
    int32_t *wait = mem_alloc(2 * WATCHED, sizeof *wait);
    int longer = 0;

    for (int i = 0; i < 2 * WATCHED; i++)
        wait[i] = never;
    q.n_wait = WATCHED;
    q.wait = wait;
    queue_run(&q);
    q.wait = wait + WATCHED;
    q.places++;
    q.seed = seed_then;
    queue_run(&q);
    for (int i = 0; i < WATCHED; i++) {
        BUG_IF(wait[i] == never || wait[WATCHED + i] == never);
        longer += wait[WATCHED + i] > wait[i];
    }
    mem_free(wait);
    return longer;
}

/* First come, first served, draws that belong to the customer. */
static void
one_more_place(const struct check_how *how, struct check_rows *rows)
{
    static const char *const name[QUEUE_SHAPES] = {
        "exponential", "lognormal", "gamma", "constant"};

    for (int shape = 0; shape < QUEUE_SHAPES; shape++) {
        struct queue q = {.arrivals = {9.2},
            .stay = 1.0,
            .places = 10,
            .shape = (enum queue_shape)shape,
            .cv = 1.5,
            .replicates = 2,
            .customers = 2 * WATCHED,
            .seed = rng_mix(how->seed, (uint64_t)shape)};
        check_add(rows,
            (struct check_row){.found = waits_grown(q, q.seed + (how->twin ? 1 : 0))},
            "%s stays: of %d customers, those who wait longer with one more place",
            name[shape], WATCHED);
    }
}

/*
 * P(W > t) of M/M/c without Erlang's formula: in the stationary birth and death chain
 * an arrival that finds k >= c waits for k - c + 1 departures, a gamma law at rate c.
 *
 * load     offered load; t in mean stays
 */
static double
beyond_by_chain(double load, int places, double t)
{
    double p = 1.0, all = 1.0, beyond = 0.0;

    for (int k = 1; p > 1e-16 * all || k <= places; k++) {
        p *= load / (k < places ? k : places);
        all += p;
        if (k >= places)
            beyond += p * gsl_cdf_gamma_Q(t, k - places + 1, 1.0 / places);
        if (all > 1e250) { /* only ratios count */
            p /= all;
            beyond /= all;
            all = 1.0;
        }
    }
    return beyond / all;
}

/* P(leave) of M/M/c+M, times in days, from the same chain with departures from the
 * line.
 */
static double
leave_by_chain(double arrivals, double stay, double patience, int places)
{
    double p = 1.0, all = 1.0, left = 0.0;

    for (int k = 1; p > 1e-16 * all || k <= places; k++) {
        double in_line = k > places ? k - places : 0.0;
        p *= arrivals / ((k - in_line) / stay + in_line / patience);
        all += p;
        left += p * in_line / patience / arrivals;
        if (all > 1e250) {
            p /= all;
            left /= all;
            all = 1.0;
        }
    }
    return left / all;
}

static int
fewest(double (*beyond)(double load, int places, double t), double load, double t,
    double share)
{
    int c = (int)load + 1;

    while (beyond(load, c, t) > 1.0 - share)
        c++;
    return c;
}

/* P(W > within), simulated with as many beds and with one less. */
static void
simulate_beds(const struct check_how *how, struct check_rows *rows, struct queue q)
{
    q.customers = 30000;
    q.replicates = how->replicates;
    for (int less = 0; less < 2; less++) {
        struct queue run = q;
        run.places -= less;
        run.seed = rng_mix(how->seed, (uint64_t)run.places);
        run.warm = queue_warm(&run);
        run.stay *= how->twin ? CHECK_OFF : 1.0;
        struct queue_found found = queue_run(&run);
        check_add(rows,
            (struct check_row){.expected = erlang_c_beyond(q.arrivals[0] * q.stay,
                                   run.places, q.within / q.stay),
                .found = found.mean[QUEUE_BEYOND],
                .error = found.error[QUEUE_BEYOND]},
            "%g a day, %d beds, simulated: P(W > %g days)", q.arrivals[0], run.places,
            q.within);
    }
}

/* Fewer beds than the offered load will do when who dies or withdraws while waiting is
 * not asked. */
static void
fewest_with_patience(double off, struct check_rows *rows)
{
    const double stay = 730.0, patience = 300.0, most = 0.05;
    int chain = 1, formula = 1;

    while (leave_by_chain(1.0, stay, patience, chain) > most)
        chain++;
    while (erlang_a(off, stay, patience, formula).leave > most)
        formula++;
    check_add(rows, (struct check_row){.expected = chain, .found = formula},
        "1 a day, patience %g days, at most %g %% leave the line: fewest beds",
        patience, 100.0 * most);
}

static void
fewest_beds(const struct check_how *how, struct check_rows *rows)
{
    static const struct {
        double arrivals, within, share;
        bool simulate;
    } row[] = {{0.1, 90.0, 0.85, true}, {0.1, 30.0, 0.90, true},
        {0.1, 30.0, 0.95, true}, {1.0, 90.0, 0.85, false}, {1.0, 30.0, 0.90, false},
        {1.0, 30.0, 0.95, true}};
    const double stay = 730.0;

    for (int i = 0; i < COUNT(row); i++) {
        double load = row[i].arrivals * stay, t = row[i].within / stay;
        double off = how->twin ? CHECK_OFF : 1.0;
        int beds = fewest(erlang_c_beyond, load, t, row[i].share);
        check_add(rows,
            (struct check_row){
                .expected = fewest(beyond_by_chain, load, t, row[i].share),
                .found = fewest(erlang_c_beyond, load * off, t, row[i].share)},
            "%g a day, %g %% within %g days: fewest beds", row[i].arrivals,
            100.0 * row[i].share, row[i].within);
        if (row[i].simulate)
            simulate_beds(how, rows,
                (struct queue){.arrivals = {row[i].arrivals},
                    .stay = stay,
                    .places = beds,
                    .within = row[i].within});
    }
    fewest_with_patience(how->twin ? CHECK_OFF : 1.0, rows);
}

/*
 * Residential care with all models around it, where everybody of 60 and over needs a
 * bed and who comes dies at one rate: an M/M/c+M queue, see tests/hall.h. The standard
 * error is the sample's over replicates of 45 years.
 */
static void
care(const struct check_how *how, struct check_rows *rows)
{
    static const struct {
        const char *name, *more, *patience;
        struct hall_truth truth;
    } row[] = {{"one class", "migration.net_factor=1", "182.62125",
                   {HALL_NEWCOMERS, 2.0, 2.0, false}},
        {"one class, more need", "migration.net_factor=1.4", "365.2425",
            {1.4 * HALL_NEWCOMERS, 2.0, 1.0, false}}};

    for (int i = 0; i < COUNT(row); i++) {
        char replicates[32], seed[32], service[96];
        const char *set[] = {replicates, seed, service, row[i].more,
            "population.income_rural=[1, 0, 0, 0]",
            "population.income_urban=[1, 0, 0, 0]"};
        double expected[HALL_MEASURES];
        snprintf(replicates, sizeof replicates, "replicates=%d", how->replicates);
        snprintf(seed, sizeof seed, "seed=%u",
            (unsigned)(rng_mix(how->seed, (uint64_t)i) & 0x7fffffff));
        snprintf(service, sizeof service,
            "service.services=[{name: public_home, patience: %s, discharge: %g}]",
            row[i].patience, how->twin ? 1.85 : 2.0);
        struct hall_found found = hall_find(models_list, set, COUNT(set));
        hall_expect(row[i].truth, expected);
        for (int k = 0; k < HALL_MEASURES; k++)
            check_add(rows,
                (struct check_row){.expected = expected[k],
                    .found = found.mean[k],
                    .error = found.error[k]},
                "%s: %s", row[i].name, hall_measures[k]);
    }
}

/* Digits printed by another program, against the closed forms the book compares with.
 */
struct printed {
    double printed, half; /* half of the last digit */
    double found;
    const char *what;
};

static void
add_printed(struct check_rows *rows, const struct printed *p, int n)
{
    for (int i = 0; i < n; i++)
        check_add(rows,
            (struct check_row){
                .expected = p[i].printed, .found = p[i].found, .tolerance = p[i].half},
            "%s", p[i].what);
}

static void
printed_waits(double off, struct check_rows *rows)
{
    const double one[] = {0.3 * off, 0.5 * off}, ten[] = {3.0 * off, 5.0 * off},
                 hundred[] = {30.0 * off, 60.0 * off};
    const struct printed p[] = {
        {0.80000000, 5e-9, erlang_c(0.8 * off, 1), "Erlang C, load 0.8, 1 place"},
        {0.55411255, 5e-9, erlang_c(4 * off, 5), "Erlang C, load 4, 5 places"},
        {0.40918015, 5e-9, erlang_c(8 * off, 10), "Erlang C, load 8, 10 places"},
        {0.55076900, 5e-9, erlang_c(18 * off, 20), "Erlang C, load 18, 20 places"},
        {0.50645685, 5e-9, erlang_c(95 * off, 100), "Erlang C, load 95, 100 places"},
        {0.78415894, 5e-9, erlang_c_beyond(0.8 * off, 1, 0.1),
            "P(W > 0.1), load 0.8, 1 place"},
        {0.30718161, 5e-9, erlang_c_beyond(95 * off, 100, 0.1),
            "P(W > 0.1), load 95, 100 places"},
        {1.14285714, 5e-9, erlang_cobham(one, 0, 1, 1), "Cobham, class 1, 1 place"},
        {5.71428571, 5e-9, erlang_cobham(one, 1, 1, 1), "Cobham, class 2, 1 place"},
        {0.05845431, 5e-9, erlang_cobham(ten, 0, 1, 10), "Cobham, class 1, 10 places"},
        {0.29227154, 5e-9, erlang_cobham(ten, 1, 1, 10), "Cobham, class 2, 10 places"},
        {0.00309915, 5e-9, erlang_cobham(hundred, 0, 1, 100),
            "Cobham, class 1, 100 places"},
        {0.03099150, 5e-9, erlang_cobham(hundred, 1, 1, 100),
            "Cobham, class 2, 100 places"},
        {10.0, 1e-9, erlang_mg1(0.8 * off, 2.0), "M/G/1, load 0.8, cv² 4: wait"},
    };

    add_printed(rows, p, COUNT(p));
}

static void
printed(const struct check_how *how, struct check_rows *rows)
{
    const double off = how->twin ? CHECK_OFF : 1.0;
    const struct erlang_a a = erlang_a(9 * off, 1, 1, 10),
                          b = erlang_a(10 * off, 1, 2, 10),
                          c = erlang_a(110 * off, 1, 2, 100);
    const struct printed p[] = {
        {0.50000000, 5e-9, erlang_b(1 * off, 1), "Erlang B, load 1, 1 place"},
        {0.28486782, 5e-9, erlang_b(5 * off, 5), "Erlang B, load 5, 5 places"},
        {0.21458234, 5e-9, erlang_b(10 * off, 10), "Erlang B, load 10, 10 places"},
        {0.03649695, 5e-9, erlang_b(10 * off, 15), "Erlang B, load 10, 15 places"},
        {0.15889196, 5e-9, erlang_b(20 * off, 20), "Erlang B, load 20, 20 places"},
        {0.07570045, 5e-9, erlang_b(100 * off, 100), "Erlang B, load 100, 100 places"},
        {0.01436177, 5e-9, erlang_b(500 * off, 520), "Erlang B, load 500, 520 places"},
        {0.412592, 5e-7, a.wait, "Erlang A, 9 arrivals, patience 1: P(wait)"},
        {0.085912, 5e-7, a.leave, "Erlang A, 9 arrivals, patience 1: P(leave)"},
        {2.078264, 5e-7, b.line, "Erlang A, 10 arrivals, patience 2: in line"},
        {0.896087, 5e-7, b.use, "Erlang A, 10 arrivals, patience 2: use"},
        {0.929116, 5e-7, c.wait, "Erlang A, 110 arrivals, patience 2: P(wait)"},
        {20.816033, 5e-7, c.line, "Erlang A, 110 arrivals, patience 2: in line"},
        {0.049687, 5e-7, erlang_a(1 * off, 730, 300, 697).leave,
            "Erlang A, 697 beds, 730 days, patience 300 days: P(leave)"},
        {91.78124330, 5e-9, erlang_swinging(100, 20 * off, 2 * M_PI / 12, 36),
            "M(t)/M/infinity, a cycle of 12, t = 36"},
        {100.49409046, 5e-9, erlang_swinging(100, 20 * off, 2 * M_PI, 5.25),
            "M(t)/M/infinity, a cycle of 1, t = 5.25"},
    };

    add_printed(rows, p, COUNT(p));
    printed_waits(off, rows);
}

const struct check laws_checks[] = {
    {"little", "Is what all have waited the area under the number waiting?",
        "the station's integrals beside the sums over every customer's own times, on "
        "each kind of line",
        "Little's law over a finite time, an identity",
        "the integrals of another run, stays 3 % too long", little, NULL, 5, 2, false},
    {"one_more_place", "Does one more place ever make anybody wait longer?",
        "the same customers with the same draws, with 10 and with 11 places",
        "first come, first served: it cannot", "other draws for the second run",
        one_more_place, NULL, 2, 2, false},
    {"fewest_beds", "How many beds are needed to admit so many within so many days?",
        "Erlang C and A searched upwards; then queues with as many beds, and one less, "
        "simulated",
        "the stationary birth and death chain with gamma waits; Erlang C",
        "3 % more care needed than planned for", fewest_beds, NULL, 100, 30, false},
    {"care",
        "Is residential care itself such a queue, with all other models around it?",
        "a county of ten beds where everybody needs one, 45 years a replicate",
        "Erlang A: death and going home end a stay, death and impatience a wait",
        "residents go home 7.5 % too rarely, so stays are 3 % too long", care, NULL,
        100, 60, false},
    {"printed", "Are the closed forms themselves right?",
        "GSL's Poisson, gamma and incomplete gamma functions",
        "digits computed once by another program, the only typed ones here",
        "3 % more arrivals", printed, NULL, 1, 1, false},
    {.id = NULL},
};
