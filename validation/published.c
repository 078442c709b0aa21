#include "validation/published.h"

#include "sim/date.h"
#include "tests/erlang.h"
#include "validation/hold.h"
#include "validation/renewal.h"
#include "validation/stroke.h"
#include "validation/trial.h"

#include <math.h>

/* What is published of RiskPaths, five and six digits. */
static const double riskpaths_answers[] = {
    .25764, .60255, .05440, .00319, .01009, .00016, .07197, 22.1242};

/* Shares are of independent women, sqrt(p (1 - p) / n) with the true p; the mean age is
 * that of those who got pregnant, with its sample's variance. */
static void
riskpaths_found(const struct trial *t, const struct renewal *truth,
    double found[RISKPATHS_STATUSES + 2], double error[RISKPATHS_STATUSES + 2])
{
    const struct riskpaths *p = t->par[0];
    double women = (double)p->women * t->setup.n_regions * t->replicates;
    double pregnant = 0.0, ages = 0.0, squares = 0.0, childless = 0.0;

    for (int k = 0; k < RISKPATHS_STATUSES; k++) {
        double n = 0.0;
        for (int i = 0; i < t->replicates; i++)
            n += trial_sum(t, "pregnancies", k, i, 0);
        found[k] = n / women;
        error[k] = check_share_error(truth->pregnancies[k], women);
        pregnant += n;
    }
    for (int i = 0; i < t->replicates; i++) {
        ages += trial_sum(t, "ages", 0, i, 0);
        squares += trial_sum(t, "squares", 0, i, 0);
        childless += trial_sum(t, "childless", 0, i, t->setup.n_times - 1);
    }
    double mean = ages / pregnant;
    found[RISKPATHS_STATUSES] = childless / women;
    error[RISKPATHS_STATUSES] = check_share_error(truth->childless, women);
    found[RISKPATHS_STATUSES + 1] = mean;
    error[RISKPATHS_STATUSES + 1] =
        sqrt((squares / pregnant - mean * mean) / (pregnant - 1.0));
}

static void
riskpaths_name(int k, char text[64])
{
    if (k < RISKPATHS_STATUSES)
        snprintf(text, 64, "first pregnancies, %s", riskpaths_statuses[k]);
    else
        snprintf(text, 64, "%s",
            k == RISKPATHS_STATUSES ? "childless at 40"
                                    : "mean age at first pregnancy");
}

static void
riskpaths(const struct check_how *how, struct check_rows *rows)
{
    struct riskpaths p = riskpaths_published;
    struct renewal truth = renewal_of(&p);
    double found[RISKPATHS_STATUSES + 2], error[RISKPATHS_STATUSES + 2];
    char name[64];

    for (int a = 0; a < RISKPATHS_AGES; a++)
        p.pregnancy[a] *= how->twin ? CHECK_OFF : 1.0;
    struct trial t = {.models = {&riskpaths_model},
        .par = {&p},
        .days = riskpaths_days(),
        .window = 365 * MINUTES_A_DAY,
        .replicates = how->replicates,
        .threads = 1,
        .seed = how->seed};
    trial_run(&t);
    riskpaths_found(&t, &truth, found, error);
    trial_free(&t);
    for (int k = 0; k < RISKPATHS_STATUSES + 2; k++) {
        double exact = k < RISKPATHS_STATUSES    ? truth.pregnancies[k]
                       : k == RISKPATHS_STATUSES ? truth.childless
                                                 : truth.age;
        double half = k == RISKPATHS_STATUSES + 1 ? 5e-5 : 5e-6;
        riskpaths_name(k, name);
        check_add(rows,
            (struct check_row){.expected = riskpaths_answers[k],
                .found = found[k],
                .error = error[k],
                .tolerance = half},
            "%s: published, simulated", name);
        check_add(rows,
            (struct check_row){.expected = exact, .found = found[k], .error = error[k]},
            "%s: renewal equations, simulated", name);
        check_add(rows,
            (struct check_row){
                .expected = riskpaths_answers[k], .found = exact, .tolerance = half},
            "%s: published, renewal equations", name);
    }
}

enum { WARM_MONTHS = 36, STROKE_YEARS = 53, PRINTED = 6 };

/* Probabilities of delay that the paper prints, with two digits. */
static const struct {
    int beds[PRINTED];
    double delay[PRINTED];
} stroke_answers[STROKE_WARDS] = {
    {{9, 10, 11, 12, 13, 14}, {.19, .14, .09, .06, .04, .02}},
    {{10, 12, 13, 14, 15, 16}, {.20, .11, .08, .05, .03, .02}},
};

/*
 * Share of the time with up to `beds` in use that all are: what the paper calls the
 * probability of delay. A ratio of two means over replicates x and y has the standard
 * error sqrt(sum (x - ratio y)^2 / (n (n - 1))) / mean y.
 */
static struct check_row
stroke_delay(const struct trial *t, int ward, int beds)
{
    double n = t->replicates, x = 0.0, y = 0.0, square = 0.0;

    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < t->replicates; i++) {
            double full = 0.0, all = 0.0;
            for (int k = 0; k <= beds; k++)
                all += full =
                    trial_sum(t, "minutes", ward * STROKE_BEDS + k, i, WARM_MONTHS + 1);
            if (pass == 0) {
                x += full;
                y += all;
            } else
                square += pow(full - x / y * all, 2.0);
        }
    return (struct check_row){
        .found = x / y, .error = sqrt(square / (n * (n - 1.0))) / (y / n)};
}

static void
stroke_beds(const struct trial *t, int ward, struct check_rows *rows)
{
    const char *name = ward == STROKE_ACUTE ? "acute" : "rehabilitation";
    double load = stroke_load(&stroke_published, ward);
    struct check_mean used = {.n = 0.0};

    for (int i = 0; i < t->replicates; i++) {
        double sum = 0.0, all = 0.0;
        for (int k = 0; k < STROKE_BEDS; k++) {
            double x =
                trial_sum(t, "minutes", ward * STROKE_BEDS + k, i, WARM_MONTHS + 1);
            sum += k * x;
            all += x;
        }
        check_count(&used, sum / all);
    }
    check_add(rows,
        (struct check_row){
            .expected = load, .found = used.mean, .error = check_error(&used)},
        "%s: patients, load of the ward", name);
    for (int i = 0; i < PRINTED; i++) {
        int beds = stroke_answers[ward].beds[i];
        struct check_row row = stroke_delay(t, ward, beds);
        row.expected = erlang_b(load, beds);
        check_add(rows, row, "%s, %d beds: P(delay), Erlang B", name, beds);
        row.expected = stroke_answers[ward].delay[i];
        row.tolerance = 0.005;
        check_add(rows, row, "%s, %d beds: P(delay), published", name, beds);
    }
}

static void
stroke(const struct check_how *how, struct check_rows *rows)
{
    struct stroke p = stroke_published;
    struct trial t = {.models = {&stroke_model},
        .par = {&p},
        .days = STROKE_YEARS * 365,
        .window = 30 * MINUTES_A_DAY,
        .replicates = how->replicates,
        .threads = 1,
        .seed = how->seed};

    p.off = how->twin ? CHECK_OFF : 1.0;
    trial_run(&t);
    for (int ward = 0; ward < STROKE_WARDS; ward++)
        stroke_beds(&t, ward, rows);
    trial_free(&t);
}

static struct trial
hold_trial(const struct check_how *how, struct hold *par, int threads)
{
    return (struct trial){.models = {&hold_model},
        .par = {par},
        .days = 365,
        .window = (int32_t)par->lookahead,
        .replicates = how->replicates,
        .threads = threads,
        .seed = how->seed};
}

/* Tokens are independent: the variance of their mean number of acts is that of one,
 * known, over their number. */
static void
add_hold(const struct hold *truth, const struct trial *t, const struct trial *two,
    struct check_rows *rows)
{
    double days = truth->lookahead / MINUTES_A_DAY, sent = 0.0, mark[2] = {0.0, 0.0};
    double tokens = (double)truth->regions * truth->tokens, present = 0.0;
    double events = trial_events(t), n = tokens * t->replicates, mean, variance;

    hold_expect(truth, t->setup.end, &mean, &variance);
    check_add(rows,
        (struct check_row){
            .expected = mean, .found = events / n, .error = sqrt(variance / n)},
        "lookahead %g days: acts of a token in a year", days);
    for (int i = 0; i < t->replicates; i++) {
        sent += trial_sum(t, "sent", 0, i, 0);
        mark[0] += trial_sum(t, "mark", 0, i, 0);
        mark[1] += trial_sum(two, "mark", 0, i, 0);
        present += trial_sum(t, "tokens", 0, i, t->setup.n_times - 1);
    }
    check_add(rows,
        (struct check_row){.expected = truth->remote,
            .found = sent / events,
            .error = check_share_error(truth->remote, events)},
        "lookahead %g days: share sent to another region", days);
    check_add(rows, (struct check_row){.expected = n, .found = present},
        "lookahead %g days: tokens at the end", days);
    check_add(rows, (struct check_row){.expected = events, .found = trial_events(two)},
        "lookahead %g days: events with one thread, with two", days);
    check_add(rows, (struct check_row){.expected = mark[0], .found = mark[1]},
        "lookahead %g days: a sum over the order of events, likewise", days);
}

static void
hold(const struct check_how *how, struct check_rows *rows)
{
    for (int days = 1; days <= 7; days += 6) {
        const struct hold truth = {.regions = 8,
            .tokens = 250,
            .lookahead = (double)days * MINUTES_A_DAY,
            .delay = 5.0 * MINUTES_A_DAY,
            .remote = 0.25};
        struct hold par = truth;
        par.delay *= how->twin ? CHECK_OFF : 1.0;
        struct trial one = hold_trial(how, &par, 1), two = hold_trial(how, &par, 2);
        trial_run(&one);
        trial_run(&two);
        add_hold(&truth, &one, &two, rows);
        trial_free(&one);
        trial_free(&two);
    }
}

const struct check published_checks[] = {
    {"riskpaths", "Does RiskPaths, the reference model of Modgen, come out the same?",
        "20,000 women a replicate in four regions, competing risks as events",
        "the published answers; and renewal equations integrated on a grid",
        "rates of pregnancy 3 % too high", riskpaths, NULL, 50, 10, false},
    {"stroke", "Do the stroke wards of Monks et al. have the published delays?",
        "two wards with beds for all, 50 years a replicate after three of warm-up",
        "the paper's table; and Erlang B at the load of its arrivals and stays",
        "stays 3 % too long", stroke, NULL, 150, 30, false},
    {"phold", "Does PHOLD, the benchmark of parallel simulators, count right?",
        "2,000 tokens between eight regions for a year, messages a quarter of the time",
        "a renewal process with gamma times, by GSL", "delays 3 % too long", hold, NULL,
        20, 5, false},
    {.id = NULL},
};
