#include "tests/projection.h"

#include "models/county.h"
#include "models/models.h"
#include "sim/date.h"
#include "sim/mem.h"

#include <math.h>

enum { SIXTY = 12 * ELDER_AGE, LAST_MONTH = 12 * 115 };

const char *const projection_flows[] = {[BIRTHS] = "births",
    [DEATHS] = "deaths",
    [MOVED_OUT] = "moved_out",
    [MOVED_IN] = "moved_in",
    [IMMIGRANTS] = "immigrants",
    [EMIGRANTS] = "emigrants",
    [TURNED_60] = "turned_60",
    [WORSENED] = "worsened",
    [RECOVERED] = "recovered"};

/* A cohort of one sex, and what happens to it within one step. */
struct step {
    int n, grades, sex, age;
    double years;
    double death[SCHEDULE_REGIONS][GRADES]; /* 1/yr, as all below */
    double out[SCHEDULE_REGIONS], between[SCHEDULE_REGIONS], birth[SCHEDULE_REGIONS];
    double change[GRADES][GRADES];
};

typedef double block[SCHEDULE_REGIONS][GRADES];

/* Share of a year of age born in the month `back` months before 12 x age months ago, of
 * people who turn up evenly over a month: a triangle's halves at both ends. */
static double
in_month(int back)
{
    return back < 0 || back > 12 ? 0.0 : back == 0 || back == 12 ? 1.0 / 24 : 1.0 / 12;
}

/* People of the base year: birthdays are even over the days of each year of age. */
static void
start(struct projection *self)
{
    const struct schedule *rates = self->rates;

    for (int m = 0; m < self->first_month; m++) {
        int back = self->first_month - 1 - m, age = back / 12;
        int year = 1900 + m / 12, month = 1 + m % 12;
        double share = (double)(date_day(year + month / 12, month % 12 + 1, 1) -
                                date_day(year, month, 1)) /
                       (double)(date_day(year + 1, 1, 1) - date_day(year, 1, 1));
        for (int k = 0; k < rates->n; k++)
            for (int sex = 0; sex < SEXES && age < AGES; sex++)
                for (int g = 0; g < GRADES; g++)
                    self->people[m][sex][k][g] = share * rates->start[k][sex][age][g];
    }
}

void
projection_init(
    struct projection *self, const struct schedule *rates, struct projection_twin twin)
{
    const struct county_tab *tab = rates->setup->tab[MODELS_COUNTY];

    *self = (struct projection){.rates = rates,
        .twin = twin,
        .months = tab->months,
        .first_month = person_month(rates->setup->first_day)};
    self->people = mem_alloc((size_t)self->months, sizeof *self->people);
    start(self);
}

void
projection_free(struct projection *self)
{
    mem_free(self->people);
    self->people = NULL;
}

/* The rates of cohort `m` around the moment `now`, minutes. */
static void
set_step(
    const struct projection *self, struct step *s, int m, int32_t now, bool past_60)
{
    const struct schedule *r = self->rates;
    int32_t day = date_day(1900 + m / 12, 1 + m % 12, 1);
    int32_t next = date_day(1900 + (m + 1) / 12, 1 + (m + 1) % 12, 1);
    int32_t birth = (day - r->setup->first_day) * MINUTES_A_DAY +
                    (next - day) * (MINUTES_A_DAY / 2);
    double x = (now - birth) / MINUTES_A_YEAR;
    int age = x < 0.0 ? 0 : (int)x, a = age < AGES ? age : AGES - 1;
    int k60 = a < ELDER_AGE ? 0 : a - ELDER_AGE;

    s->grades = past_60 ? GRADES : 1;
    s->age = a;
    for (int k = 0; k < s->n; k++) {
        s->out[k] = r->out[k][s->sex][a] * self->twin.move;
        s->between[k] = r->between[k][a] * self->twin.move;
        s->birth[k] =
            s->sex == FEMALE ? self->twin.birth * schedule_birth(r, k, birth, a) : 0.0;
        for (int g = 0; g < s->grades; g++)
            s->death[k][g] =
                schedule_death(r, k, s->sex, g, birth, a) * self->twin.death;
    }
    for (int g = 0; g < s->grades; g++)
        for (int h = 0; h < s->grades; h++)
            s->change[g][h] =
                s->grades == 1 ? 0.0
                               : r->grades->rate[s->sex][k60][g][h] * self->twin.grade;
}

/* The forward equations: d = dx/dt. */
static void
slope(const struct step *s, const struct schedule *r, const double (*x)[GRADES],
    double (*d)[GRADES])
{
    for (int k = 0; k < s->n; k++)
        for (int g = 0; g < s->grades; g++)
            d[k][g] = -x[k][g] * (s->death[k][g] + s->out[k] + s->between[k]);
    for (int k = 0; k < s->n; k++)
        for (int to = 0; to < s->n; to++)
            for (int g = 0; g < s->grades; g++)
                d[to][g] += s->between[k] * r->to[k][to] * x[k][g];
    for (int k = 0; k < s->n && s->grades > 1; k++)
        for (int g = 0; g < GRADES; g++)
            for (int h = 0; h < GRADES; h++) {
                d[k][h] += x[k][g] * s->change[g][h];
                d[k][g] -= x[k][g] * s->change[g][h];
            }
}

/* One step; `lived` are the person-years within it, so that every flow is a rate times
 * `lived` and the sums are exact. */
static void
runge_kutta(const struct step *s, const struct schedule *r, double (*x)[GRADES],
    double (*lived)[GRADES])
{
    static const double part[] = {0.0, 0.5, 0.5, 1.0}, weight[] = {1.0, 2.0, 2.0, 1.0};
    block d = {{0.0}}, at;

    for (int i = 0; i < 4; i++) {
        for (int k = 0; k < s->n; k++)
            for (int g = 0; g < s->grades; g++) {
                at[k][g] = x[k][g] + part[i] * s->years * d[k][g];
                lived[k][g] += weight[i] / 6.0 * s->years * at[k][g];
            }
        slope(s, r, (const double(*)[GRADES])at, d);
    }
    slope(s, r, (const double(*)[GRADES])lived, d);
    for (int k = 0; k < s->n; k++)
        for (int g = 0; g < s->grades; g++)
            x[k][g] += d[k][g];
}

static void
count_flows(
    struct projection *self, const struct step *s, const double (*lived)[GRADES])
{
    for (int k = 0; k < s->n; k++)
        for (int g = 0; g < s->grades; g++) {
            double n = lived[k][g], *flow = self->flow[k];
            flow[DEATHS] += n * s->death[k][g];
            self->deaths[k][axes_age_group(s->age) * SEXES + s->sex] +=
                n * s->death[k][g];
            flow[EMIGRANTS] += n * s->out[k];
            flow[MOVED_OUT] += n * s->between[k];
            for (int to = 0; to < s->n; to++)
                self->flow[to][MOVED_IN] += n * s->between[k] * self->rates->to[k][to];
            flow[BIRTHS] += n * s->birth[k];
            for (int h = 0; h < s->grades; h++)
                flow[h > g ? WORSENED : RECOVERED] += n * s->change[g][h];
        }
}

/* Half of a step's newcomers; called before and after the step, so that they live half
 * of it on average. */
static void
arrive(struct projection *self, const struct step *s, int m, int now)
{
    const struct schedule *r = self->rates;

    for (int k = 0; k < s->n; k++)
        for (int back = now - m, a = back < 12 ? 0 : back / 12 - 1;
             a < AGES && a * 12 <= back; a++) {
            const struct life_table *t = &r->lives->table[r->lives->of_region[k]];
            double n = 0.5 * r->coming[k][s->sex][a] * s->years * self->twin.coming *
                       in_month(back - 12 * a);
            self->flow[k][IMMIGRANTS] += n;
            for (int g = 0; g < s->grades; g++)
                self->people[m][s->sex][k][g] +=
                    s->grades == 1 ? n : n * t->share[s->sex][a < 60 ? 0 : a - 60][g];
        }
}

/* One step of a cohort; `born` [regions] are the children born into it meanwhile. */
static void
live(struct projection *self, struct step *s, int m, int now, const double *born)
{
    double(*x)[GRADES] = self->people[m][s->sex];
    double share = s->sex == MALE ? self->rates->boys : 1.0 - self->rates->boys;
    block lived = {{0.0}};

    for (int twice = 0; twice < 2; twice++) {
        for (int k = 0; m == now && k < s->n; k++)
            x[k][0] += 0.5 * share * born[k];
        arrive(self, s, m, now);
        if (twice == 0)
            runge_kutta(s, self->rates, x, lived);
    }
    count_flows(self, s, (const double(*)[GRADES])lived);
}

static void
turn_60(struct projection *self, int m, int sex)
{
    for (int k = 0; k < self->rates->n; k++) {
        double n = self->people[m][sex][k][0];
        self->flow[k][TURNED_60] += n;
        for (int g = 0; g < GRADES; g++)
            self->people[m][sex][k][g] = n * self->rates->grades->entry[sex][g];
    }
}

/* Cohorts oldest first, so that the births are known when the youngest's turn comes. In
 * the month of its birthdays a cohort takes two steps, one before them and one after.
 */
static void
month(struct projection *self, int now, int32_t from, int32_t to)
{
    struct step s = {.n = self->rates->n};
    double born[SCHEDULE_REGIONS];

    for (int k = 0; k < s.n; k++)
        born[k] = -self->flow[k][BIRTHS];
    for (int m = now - LAST_MONTH < 0 ? 0 : now - LAST_MONTH; m <= now; m++) {
        int steps = (now - m) % 12 == 0 ? 2 : 1;
        for (int k = 0; m == now && k < s.n; k++)
            born[k] = (born[k] + self->flow[k][BIRTHS]) / steps;
        for (s.sex = 0; s.sex < SEXES; s.sex++)
            for (int i = 0; i < steps; i++) {
                int32_t length = (to - from) / steps;
                if (i == 1 && now - m == SIXTY)
                    turn_60(self, m, s.sex);
                s.years = length / MINUTES_A_YEAR;
                set_step(self, &s, m, from + i * length + length / 2,
                    now - m > SIXTY || (now - m == SIXTY && i == 1));
                live(self, &s, m, now, born);
            }
    }
}

void
projection_run(struct projection *self, int time)
{
    const int32_t *end = self->rates->setup->time;

    for (; self->time < time; self->time++)
        month(
            self, self->first_month + self->time, end[self->time], end[self->time + 1]);
}

double
projection_by_age(const struct projection *self, int element, int region)
{
    int now = self->first_month + self->time;
    double sum = 0.0;

    for (int m = 0; m < now; m++)
        for (int k = 0; k < self->rates->n; k++)
            for (int g = 0; g < GRADES; g++)
                if (axes_age_group((now - m - 1) / 12) == element / SEXES &&
                    (region < 0 || region == k))
                    sum += self->people[m][element % SEXES][k][g];
    return sum;
}

double
projection_by_grade(const struct projection *self, int element, int region)
{
    int now = self->first_month + self->time;
    double sum = 0.0;

    for (int m = 0; m < now - SIXTY; m++)
        for (int k = 0; k < self->rates->n; k++)
            if (region < 0 || region == k)
                sum += self->people[m][element % SEXES][k][element / SEXES];
    return sum;
}
