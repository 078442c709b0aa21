/*
 * A county's forecast is a sample, so a row on it is judged in two ways: whether its
 * intervals hold as often as they say, and how far its mean is off. What single
 * counties and ages came out as is shown, not judged; counties of apart.csv are only
 * shown.
 */
#include "validation/hindcast.h"

#include "sim/mem.h"
#include "validation/foretold.h"
#include "validation/score.h"

#include <math.h>
#include <string.h>

enum {
    FIRST = 150000, /* all counties */
    LAST = 539999,
    TWIN_FIRST = 532900, /* Dali */
    TWIN_LAST = 532999,
    ELDERS = 13, /* groups of the census: 60-64, 80-84 */
    OLDEST = 17
};

#define SHARE 0.8 /* of the intervals */

/* Ages from one group of the census to another. */
struct ages {
    const char *name;
    int from, to;
};

static const struct ages wide[] = {
    {"60 and over", ELDERS, CENSUS_GROUPS - 1},
    {"80 and over", OLDEST, CENSUS_GROUPS - 1},
    {"all ages", 0, CENSUS_GROUPS - 1},
};

static double
people(const double p[SEXES][CENSUS_GROUPS], const struct ages *ages)
{
    double sum = 0.0;

    for (int g = ages->from; g <= ages->to; g++)
        sum += p[MALE][g] + p[FEMALE][g];
    return sum;
}

/* What is foretold of some ages: of a county, or of several together. */
struct outlook {
    double before, after, others; /* counted, counted, had they grown as the others */
    double mean, sd;
    struct score_interval interval;
    double crps;
    bool holds;
};

/* Which counties are taken together. */
enum scope { ONE, PREFECTURE, JUDGED };

static bool
in_scope(const struct foretold *f, int j, int i, enum scope scope)
{
    return scope == ONE ? j == i
                        : !f->county[j].apart &&
                              (scope == JUDGED ||
                                  foretold_together(&f->county[j], &f->county[i]));
}

static struct outlook
outlook_of(const struct foretold *f, int i, enum scope scope, const struct ages *ages)
{
    double *x = mem_alloc((size_t)f->draws, sizeof *x), square = 0.0;
    struct outlook out = {.before = 0.0};

    for (int j = 0; j < f->n; j++) {
        const struct foretold_county *c = &f->county[j];
        if (!in_scope(f, j, i, scope))
            continue;
        out.before += people((const double(*)[CENSUS_GROUPS])c->before, ages);
        out.after += people((const double(*)[CENSUS_GROUPS])c->after, ages);
        out.others += people((const double(*)[CENSUS_GROUPS])c->others, ages);
        for (int k = 0; k < f->draws; k++)
            x[k] += people((const double(*)[CENSUS_GROUPS])c->draw[k], ages);
    }
    out.mean = score_mean(x, f->draws);
    for (int k = 0; k < f->draws; k++)
        square += (x[k] - out.mean) * (x[k] - out.mean);
    out.sd = f->draws > 1 ? sqrt(square / (f->draws - 1.0)) : 0.0;
    out.interval = score_interval(x, f->draws, SHARE);
    out.crps = score_crps(x, f->draws, out.after);
    out.holds = out.interval.low <= out.after && out.after <= out.interval.high;
    mem_free(x);
    return out;
}

/* Means over the judged counties; errors are shares of those counted. */
struct summary {
    int n;
    double error, bias, held, crps;
    double still_error, still_crps;   /* had all groups stayed as they were */
    double others_error, others_crps; /* had they grown as in the other counties */
};

static struct summary
summary_of(const struct foretold *f, const struct ages *ages)
{
    struct summary s = {.n = 0};

    for (int i = 0; i < f->n; i++) {
        if (f->county[i].apart)
            continue;
        struct outlook o = outlook_of(f, i, ONE, ages);
        s.n++;
        s.error += fabs(o.mean / o.after - 1.0);
        s.bias += o.mean / o.after - 1.0;
        s.held += o.holds;
        s.crps += o.crps;
        s.still_error += fabs(o.before / o.after - 1.0);
        s.still_crps += fabs(o.before - o.after);
        s.others_error += fabs(o.others / o.after - 1.0);
        s.others_crps += fabs(o.others - o.after);
    }
    double *mean[] = {&s.error, &s.bias, &s.held, &s.crps, &s.still_error,
        &s.still_crps, &s.others_error, &s.others_crps};
    for (size_t k = 0; k < sizeof mean / sizeof *mean; k++)
        *mean[k] /= s.n;
    return s;
}

static double
percent(double x, double of)
{
    return 100.0 * (x / of - 1.0);
}

static void
show_ages(const struct foretold *f, const struct ages *ages, struct exhibits *shown)
{
    struct summary s = summary_of(f, ages);
    struct outlook o = outlook_of(f, 0, JUDGED, ages);

    exhibit_line(shown,
        "%s\t%.0f\t%+.1f %%\t%+.1f %%\t%.1f %%\t%.1f %%\t%.1f %%\t%.0f\t%.0f\t%.0f\t"
        "%.0f %%",
        ages->name, o.after, percent(o.mean, o.after), 100.0 * s.bias, 100.0 * s.error,
        100.0 * s.still_error, 100.0 * s.others_error, s.crps, s.still_crps,
        s.others_crps, 100.0 * s.held);
}

static void
show_by_age(const struct foretold *f, struct exhibits *shown)
{
    char name[20];

    exhibit_open(shown,
        "By age, over the counties that are judged. Together: all of them summed. "
        "Bias: "
        "mean error of a county; MAPE: mean absolute error. CRPS: mean score of a "
        "county, person. Beside it what two forecasts without a simulation would have "
        "had: every age group as in 2010; every age group grown as in the other "
        "counties of the prefecture (which takes their census of 2020)");
    exhibit_line(shown,
        "Age\tCounted 2020\tTogether\tBias\tMAPE\tMAPE, as in 2010\tMAPE, grown as "
        "others\tCRPS\tCRPS, as in 2010\tCRPS, grown as others\t80 %% intervals that "
        "hold");
    for (int k = 0; k < 3; k++)
        show_ages(f, &wide[k], shown);
    for (int g = 0; g < CENSUS_GROUPS; g++) {
        int from = census_age(g), to = census_age(g + 1) - 1;
        snprintf(name, sizeof name,
            g == CENSUS_GROUPS - 1 ? "%d and over"
            : to > from            ? "%d-%d"
                                   : "%d",
            from, to);
        show_ages(f, &(struct ages){name, g, g}, shown);
    }
}

static void
show_prefectures(const struct foretold *f, struct exhibits *shown)
{
    exhibit_open(shown,
        "By prefecture (first four digits of its counties' codes), counties that stand "
        "apart left out. Where every county takes the rates of the others, those of "
        "all "
        "add up to about what the prefecture had: its sum is then no proof of "
        "anything");
    exhibit_line(shown,
        "Prefecture\tAges\tCounted 2010\tCounted 2020\tForetold\tOff\t80 %% "
        "interval\tHolds it");
    for (int i = 0; i < f->n; i++) {
        if (i > 0 && foretold_together(&f->county[i], &f->county[i - 1]))
            continue;
        for (int k = 0; k < 3; k++) {
            struct outlook o = outlook_of(f, i, PREFECTURE, &wide[k]);
            exhibit_line(shown,
                "code %d\t%s\t%.0f\t%.0f\t%.0f\t%+.1f %%\t%.0f to %.0f\t%s",
                (int)(f->county[i].adcode / 100), wide[k].name, o.before, o.after,
                o.mean, percent(o.mean, o.after), o.interval.low, o.interval.high,
                o.holds ? "yes" : "no");
        }
    }
}

/* Names of judged counties whose elders lie outside their interval. */
static void
name_missed(const struct foretold *f, char *text, size_t size)
{
    int n = 0;

    text[0] = '\0';
    for (int i = 0; i < f->n; i++) {
        size_t used = strlen(text);
        if (f->county[i].apart || outlook_of(f, i, ONE, &wide[0]).holds)
            continue;
        snprintf(
            text + used, size - used, "%s%s", n++ > 0 ? ", " : "", f->county[i].name);
    }
    if (n == 0)
        snprintf(text, size, "none");
}

static void
show_counties(const struct foretold *f, struct exhibits *shown)
{
    char missed[1200];

    name_missed(f, missed, sizeof missed);
    exhibit_open(shown,
        "By county. Off: foretold against counted. The interval of 80 %% misses the "
        "people of 60 and over of: %s",
        missed);
    exhibit_line(shown,
        "County\t60+ counted 2010\t60+ counted 2020\tForetold\tOff\t80 %% "
        "interval\tHolds it\t80+ off\tHolds it\tAll ages off\tHolds it\tNote");
    for (int i = 0; i < f->n; i++) {
        const struct foretold_county *c = &f->county[i];
        struct outlook o = outlook_of(f, i, ONE, &wide[0]);
        struct outlook old = outlook_of(f, i, ONE, &wide[1]);
        struct outlook all = outlook_of(f, i, ONE, &wide[2]);
        exhibit_line(shown,
            "%s\t%.0f\t%.0f\t%.0f\t%+.1f %%\t%.0f to %.0f\t%s\t%+.1f %%\t%s\t%+.1f "
            "%%\t%s\t"
            "%s",
            c->name, o.before, o.after, o.mean, percent(o.mean, o.after),
            o.interval.low, o.interval.high, o.holds ? "yes" : "no",
            percent(old.mean, old.after), old.holds ? "yes" : "no",
            percent(all.mean, all.after), all.holds ? "yes" : "no",
            c->apart ? "stands apart, not judged" : "");
    }
}

static void
run(const struct check_how *how, enum foretold_way way, struct foretold *f)
{
    const struct foretold_how what = {.way = way,
        .draws = way == FORETOLD_OWN ? 1 : how->replicates,
        .seed = how->seed,
        .first = how->twin ? TWIN_FIRST : FIRST,
        .last = how->twin ? TWIN_LAST : LAST,
        .stops_early = how->twin && way != FORETOLD_OWN,
        .backwards = how->twin && way == FORETOLD_OWN};

    foretold_run(f, &what);
}

/* Rows on how far the mean is off, of the people of 60 and over. */
static void
judge_errors(const struct foretold *f, struct check_rows *rows)
{
    struct summary s = summary_of(f, &wide[0]);

    check_add(rows, (struct check_row){.found = 100.0 * s.error, .tolerance = 10.0},
        "60 and over: mean absolute error of %d counties, %%", s.n);
    check_add(rows,
        (struct check_row){.found = 100.0 * s.crps / s.still_crps, .tolerance = 50.0},
        "60 and over: CRPS, %% of that of \"all as in 2010\"");
    check_add(rows,
        (struct check_row){.found = 100.0 * s.crps / s.others_crps, .tolerance = 100.0},
        "60 and over: CRPS, %% of that of \"grown as the other counties\"");
}

/* Counties are taken as independent, and the truth as one more draw. */
static void
judge_intervals(const struct foretold *f, struct check_rows *rows)
{
    for (int k = 0; k < 3; k++) {
        struct summary s = summary_of(f, &wide[k]);
        check_add(rows,
            (struct check_row){.expected = SHARE,
                .found = s.held,
                .error = sqrt(SHARE * (1.0 - SHARE) / s.n)},
            "%s: share of %d intervals of 80 %% that hold what was counted",
            wide[k].name, s.n);
    }
}

static void
closed(const struct check_how *how, struct check_rows *rows)
{
    struct foretold *f = mem_alloc(1, sizeof *f);

    run(how, FORETOLD_CLOSED, f);
    judge_errors(f, rows);
    show_by_age(f, &rows->shown);
    show_prefectures(f, &rows->shown);
    show_counties(f, &rows->shown);
    foretold_free(f);
    mem_free(f);
}

static void
others(const struct check_how *how, struct check_rows *rows)
{
    struct foretold *f = mem_alloc(1, sizeof *f);

    run(how, FORETOLD_OTHERS, f);
    judge_errors(f, rows);
    judge_intervals(f, rows);
    show_by_age(f, &rows->shown);
    show_prefectures(f, &rows->shown);
    show_counties(f, &rows->shown);
    foretold_free(f);
    mem_free(f);
}

/* Departures follow those who are there, newcomers the people of the first day, so a
 * place that fills up takes in too few: within 2 % of a prefecture and 3 % of its
 * oldest. */
static void
own(const struct check_how *how, struct check_rows *rows)
{
    struct foretold *f = mem_alloc(1, sizeof *f);

    run(how, FORETOLD_OWN, f);
    for (int i = 0; i < f->n; i++) {
        if (i > 0 && foretold_together(&f->county[i], &f->county[i - 1]))
            continue;
        for (int k = 0; k < 2; k++) {
            struct outlook o = outlook_of(f, i, PREFECTURE, &wide[k]);
            check_add(rows,
                (struct check_row){.expected = o.after,
                    .found = o.mean,
                    .tolerance = (0.02 + 0.01 * k) * o.after},
                "prefecture %d, %s", (int)(f->county[i].adcode / 100), wide[k].name);
        }
    }
    check_add(rows,
        (struct check_row){
            .found = 100.0 * summary_of(f, &wide[0]).error, .tolerance = 2.0},
        "60 and over: mean absolute error of the counties, %%");
    foretold_free(f);
    mem_free(f);
}

#define METHOD                                                                      \
    "every resident of 48 counties (14.3 million) from the census of 2010 on, ten " \
    "years; each replicate draws life expectancy and fertility (`draws.csv`)"
#define SOURCE "census of 2020, which the runs have not seen"

const struct check hindcast_checks[] = {
    {"hindcast_own", "Do a county's own migration rates lead to its next census?",
        "every resident of 48 counties from 2010 to 2020, with the rates that both "
        "censuses imply: no forecast, but what it rests on",
        "census of 2020", "who comes goes", own, NULL, 1, 1, true},
    {"hindcast_closed",
        "From 2010, without migration: how many elders would have been foretold for "
        "2020?",
        METHOD "; nobody crosses the border of a county",
        SOURCE "; 10 % is the usual error of ten years ahead for counties (Smith, "
               "Tayman and Swanson, State and Local Population Projections, 2001)",
        "the run stops five years early; Dali only", closed, NULL, 12, 4, true},
    {"hindcast_others",
        "And with migration as the other counties of the prefecture have it?",
        METHOD ", and for each county how far it lies from the others, whose rates it "
               "takes; its own census of 2020 is left out",
        SOURCE ", but for the other counties",
        "the run stops five years early; Dali only", others, NULL, 24, 6, true},
    {.id = NULL},
};
