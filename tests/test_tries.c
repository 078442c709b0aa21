/*
 * Offers refused, patience lost, another try, and discharge: each is a constant rate or
 * share, found again from how often it happens to how many.
 */
#include "tests/ward.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { YEARS = 8 };

enum rate { GIVES_UP, TRIES_AGAIN, IS_DISCHARGED, REFUSES, RATES };

/* What happened how often, in how many person-years (offers). */
struct exposure {
    double events[RATES], time[RATES];
};

static int64_t
sum(const int64_t *x, int n)
{
    int64_t all = 0;

    for (int i = 0; i < n; i++)
        all += x[i];
    return all;
}

/* What has happened since the start, as nobody has collected the county's results. Who
 * passes the funnel applies at once, so that other applications are another try. */
static void
happened(const struct ward *w, double sign, struct exposure *x)
{
    const struct service_out *o = ward_out(w, ward_service(w, "home"));
    double admitted = (double)sum(o->admitted, GRADES);
    double again = (double)(sum(o->applied, GRADES) - sum(o->able, GRADES));

    x->events[GIVES_UP] += sign * (double)o->gave_up;
    x->events[TRIES_AGAIN] += sign * again;
    x->events[IS_DISCHARGED] += sign * (double)o->discharged;
    x->events[REFUSES] += sign * (double)o->refused;
    x->time[REFUSES] += sign * ((double)o->refused + admitted);
}

/* From the second day on, when those of the start have applied. */
static void
expose(struct ward *w, struct exposure *x)
{
    const double step = 0.5 / 365.2425;
    int desk = ward_service(w, "home");
    const struct station *s = &cases_of(&w->region)->desk[desk].line[BED_ORDINARY];

    *x = (struct exposure){.events = {0.0}};
    ward_run(w, 2 * MINUTES_A_DAY);
    happened(w, -1.0, x);
    for (int i = 5; i <= 2 * 365 * YEARS; i++) {
        ward_run(w, i * MINUTES_A_DAY / 2);
        x->time[GIVES_UP] += step * (double)s->waiting;
        x->time[TRIES_AGAIN] += step * ward_cases(w, desk, RESTING, NULL, 0);
        x->time[IS_DISCHARGED] += step * (double)s->busy;
    }
    happened(w, 1.0, x);
}

/* For `elders` / 2 newcomers a year one place for ten of them; of those who wait, rest,
 * use, each has two ways out (death is the other), and who is offered a place takes it
 * or not. */
static void
open_home(struct ward *w, const char *kind, int elders)
{
    char delta[2048], sites[512];
    bool beds = strcmp(kind, "residence") == 0;

    snprintf(sites, sizeof sites, WARD_SITES "home,999001,Home,Home,home,1,%d,0,0,%d\n",
        beds ? elders / 20 : 0, beds ? 0 : elders / 20);
    snprintf(delta, sizeof delta,
        WARD_DELTA "    - {name: home, kind: %s, need_above: -1, willing_rural: "
                   "0.999999, willing_urban: 0.999999, odds_disabled: 1000, "
                   "application: 0, round: 0, patience: 91.310625, uptake: 2, "
                   "discharge: 3, refusal: 0.2}\n",
        kind);
    ward_write(w, sites);
    hall_people(&w->scratch, elders, HALL_DEATH);
    ward_open(w, delta, NULL, 0, 0);
}

/*
 * Events of a constant rate in a time of exposure are Poisson: n - rate time has the
 * standard error sqrt(n). Refusals are binomial. The exposure is a sum over half days
 * of what changes over weeks.
 */
static double
distance(const struct exposure *x, int rate, double truth)
{
    double n = x->events[rate];

    return fabs(n - truth * x->time[rate]) /
           sqrt(rate == REFUSES ? n * (1.0 - truth) : n);
}

/* Each as the row says, and not `off` times that. */
static void
check_rates(const char *kind, int elders, double off)
{
    static const double truth[RATES] = {4.0, 2.0, 3.0, 0.2};
    struct exposure x;
    struct ward w;

    open_home(&w, kind, elders);
    expose(&w, &x);
    for (int i = 0; i < RATES; i++) {
        if (distance(&x, i, truth[i]) > 4.0)
            fail_msg("%s, rate %d: %g events in %g", kind, i, x.events[i], x.time[i]);
        assert_true(distance(&x, i, off * truth[i]) > 4.0);
    }
    assert_int_equal(ward_wrong(&w), 0);
    ward_close(&w);
}

static void
residents_come_and_go_as_the_row_says(void **state)
{
    (void)state;
    check_rates("residence", 60000, 1.03);
}

static void
others_come_and_go_as_the_row_says(void **state)
{
    (void)state;
    check_rates("attendance", 6000, 1.1);
    check_rates("visit", 6000, 1.1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(residents_come_and_go_as_the_row_says),
        cmocka_unit_test(others_come_and_go_as_the_row_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
