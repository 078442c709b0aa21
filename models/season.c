#include "models/season.h"

#include "models/county.h"
#include "models/models.h"
#include "models/sojourn.h"
#include "sim/date.h"

#include <math.h>
#include <string.h>

/* Guests expected in a calendar month at level 1. */
typedef double year[SEASON_MONTHS];

/* What season_prepare() gathers before it adds up. */
struct gather {
    struct setup *setup;
    struct season *season;
    struct report *report;
    double *by_people;            /* [n_regions] shares */
    year *amount;                 /* [n_regions * n] */
    bool (*given)[SEASON_MONTHS]; /* [n_regions * n] by a row of the season */
};

/* Shares of regions by their people at the start. */
static double *
by_people(struct setup *s)
{
    const struct county_tab *counties = s->tab[MODELS_COUNTY];
    double *share = mem_arena(&s->arena, (size_t)s->n_regions + 1, sizeof *share);
    double all = 0.0;

    for (int k = 0; k < s->n_regions; k++)
        all += counties->row[k]->population;
    for (int k = 0; k < s->n_regions; k++)
        share[k] = counties->row[k]->population / all;
    return share;
}

/* The regions of a code; 0 is all of them. */
static struct county_span
span_of(const struct gather *g, int64_t adcode, const struct rows *rows, int64_t i)
{
    if (adcode == 0)
        return (struct county_span){0, g->setup->n_regions, g->by_people};
    return county_span_or(g->setup, adcode, rows, i, g->report);
}

static void
add_origin(struct gather *g, const struct rows *rows, int64_t i)
{
    const struct sojourn_origin *o = (const struct sojourn_origin *)rows->row + i;
    struct county_span to = span_of(g, o->adcode, rows, i);
    double sum = 0.0;

    for (int m = 0; m < SEASON_MONTHS; m++)
        sum += o->weight[m];
    if (sum <= 0.0 && o->guests > 0.0)
        report_mistake(g->report, (struct place){rows->file, rows->line[i], 1},
            "guests of '%s' come in no month, expected a weight above 0", o->name);
    for (int k = 0; k < g->setup->n_regions; k++) {
        int at = k * g->season->n + (int)i;
        for (int m = 0; m < SEASON_MONTHS; m++) {
            g->season->stay[at][m] = o->stay;
            if (k >= to.first && k < to.first + to.n && sum > 0.0)
                g->amount[at][m] = o->guests * o->share_elder * to.share[k - to.first] *
                                   o->weight[m] / sum;
        }
    }
}

/* Whose guests a row of the season counts: the only origin's when it names none. */
static int
origin_of(const struct gather *g, const struct sojourn_month *row, int64_t i)
{
    const struct sojourn_par *par = g->setup->par[MODELS_SOJOURN];
    const struct sojourn_origin *o = par->origins.row;
    struct place at = {par->season.file, par->season.line[i], 1};

    for (int k = 0; k < g->season->n && row->origin != NULL; k++)
        if (strcmp(o[k].name, row->origin) == 0)
            return k;
    if (row->origin == NULL && g->season->n == 1)
        return 0;
    if (row->origin == NULL)
        report_mistake(g->report, at,
            "the row names no origin, expected one of the %d rows of sojourn.origins",
            g->season->n);
    else
        report_mistake(g->report, at,
            "nobody comes from '%s', expected a name of sojourn.origins",
            report_word(row->origin).text);
    return -1;
}

static void
add_month(struct gather *g, const struct rows *rows, int64_t i)
{
    const struct sojourn_par *par = g->setup->par[MODELS_SOJOURN];
    const struct sojourn_month *row = (const struct sojourn_month *)rows->row + i;
    struct county_span to = span_of(g, row->adcode, rows, i);
    int origin = origin_of(g, row, i), m = (int)row->month - 1;

    if (origin < 0)
        return;
    const struct sojourn_origin *o = (const struct sojourn_origin *)par->origins.row;
    for (int k = 0; k < to.n; k++) {
        int at = (to.first + k) * g->season->n + origin;
        if (g->given[at][m]) {
            report_mistake(g->report, (struct place){rows->file, rows->line[i], 1},
                "guests of '%s' stand twice for month %d of a county, expected once",
                o[origin].name, m + 1);
            return;
        }
        g->given[at][m] = true;
        g->amount[at][m] += row->guests * o[origin].share_elder * to.share[k];
        if (row->stay_days > 0.0)
            g->season->stay[at][m] = row->stay_days;
    }
}

/* First day of the month `months` after that in which the run starts. */
static int32_t
month_day(const struct setup *s, int months)
{
    struct date d = date_of(s->first_day);
    int n = d.year * 12 + d.month - 1 + months;

    return date_day(n / 12, n % 12 + 1, 1);
}

static void
set_edges(struct season *self, struct setup *s)
{
    self->first_month = date_of(s->first_day).month - 1;
    self->n_edges = SEASON_BEFORE + s->n_times;
    self->edge = mem_arena(&s->arena, (size_t)self->n_edges, sizeof *self->edge);
    for (int i = 0; i < self->n_edges; i++)
        self->edge[i] =
            i < SEASON_BEFORE
                ? (month_day(s, i - SEASON_BEFORE) - s->first_day) * MINUTES_A_DAY
                : s->time[i - SEASON_BEFORE];
}

/* Adds up one stream over the months of the run and those before. */
static double *
add_up(const struct gather *g, const double *amount)
{
    const struct season *self = g->season;
    const struct sojourn_par *par = g->setup->par[MODELS_SOJOURN];
    double *sum = mem_arena(&g->setup->arena, (size_t)self->n_edges, sizeof *sum);

    for (int i = 0; i + 1 < self->n_edges; i++) {
        int months = i - SEASON_BEFORE;
        int32_t first = month_day(g->setup, months);
        int32_t days = month_day(g->setup, months + 1) - first;
        double part = (double)(self->edge[i + 1] - self->edge[i]) /
                      ((double)days * MINUTES_A_DAY);
        double level = field_path(&par->level, date_year(first + days / 2));
        sum[i + 1] =
            sum[i] + part * level * amount[(self->first_month + i) % SEASON_MONTHS];
    }
    return sum;
}

void
season_prepare(struct season *self, struct setup *s, struct report *report)
{
    const struct sojourn_par *par = s->par[MODELS_SOJOURN];
    struct gather g = {s, self, report, by_people(s), NULL, NULL};

    self->n = (int)par->origins.n;
    size_t streams = (size_t)s->n_regions * (size_t)self->n + 1;
    self->guests = mem_arena(&s->arena, streams, sizeof *self->guests);
    self->stay = mem_arena(&s->arena, streams, sizeof *self->stay);
    g.amount = mem_alloc(streams, sizeof *g.amount);
    g.given = mem_alloc(streams, sizeof *g.given);
    set_edges(self, s);
    for (int64_t i = 0; i < par->origins.n; i++)
        add_origin(&g, &par->origins, i);
    for (int64_t i = 0; i < par->season.n; i++)
        add_month(&g, &par->season, i);
    for (size_t i = 0; i + 1 < streams; i++) {
        double most = 0.0;
        for (int m = 0; m < SEASON_MONTHS; m++)
            most = fmax(most, g.amount[i][m]);
        self->guests[i] = most > 0.0 ? add_up(&g, g.amount[i]) : NULL;
    }
    mem_free(g.amount);
    mem_free(g.given);
}

static const double *
stream(const struct season *self, int region, int origin)
{
    return self->guests[region * self->n + origin];
}

/* The month in which `t` lies. */
static int
month_of(const struct season *self, int32_t t)
{
    int lo = 0, hi = self->n_edges - 2;

    while (lo < hi) {
        int mid = (lo + hi + 1) / 2;
        if (t < self->edge[mid])
            hi = mid - 1;
        else
            lo = mid;
    }
    return lo;
}

double
season_level(const struct season *self, int region, int origin, int32_t t)
{
    const double *sum = stream(self, region, origin);
    int i = month_of(self, t);

    if (sum == NULL)
        return 0.0;
    return sum[i] + (sum[i + 1] - sum[i]) * (double)(t - self->edge[i]) /
                        (double)(self->edge[i + 1] - self->edge[i]);
}

int32_t
season_time(const struct season *self, int region, int origin, double level)
{
    const double *sum = stream(self, region, origin);
    int lo = 0, hi = self->n_edges - 2;

    if (sum == NULL || level >= sum[self->n_edges - 1])
        return NEVER;
    while (lo < hi) {
        int mid = (lo + hi + 1) / 2;
        if (level < sum[mid])
            hi = mid - 1;
        else
            lo = mid;
    }
    /* floor, so that the end is never reached; half a minute is lost on average */
    return self->edge[lo] +
           (int32_t)floor((level - sum[lo]) / (sum[lo + 1] - sum[lo]) *
                          (double)(self->edge[lo + 1] - self->edge[lo]));
}

double
season_stay(const struct season *self, int region, int origin, int32_t t)
{
    int month = (self->first_month + month_of(self, t)) % SEASON_MONTHS;

    return self->stay[region * self->n + origin][month];
}
