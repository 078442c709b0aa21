#include "models/wait.h"

#include "tests/ward.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double ends[SERVICE_WAITS] = {7.0, 30.0, 90.0, 180.0, 365.0, INFINITY};

static void
near(double a, double b, double within)
{
    if (!(fabs(a - b) <= within))
        fail_msg("%.9g is not %.9g", a, b);
}

/*
 * Applicants are placed at rate a and leave at rate b, for ever: those in line at the
 * beginning and at the end are as many, whoever reaches t is exp(-(a+b) t) of all, and
 * of those who end a / (a + b) are placed. Numbers are so large that whole people are
 * exact to 1e-9.
 */
static void
constant_rates_give_the_closed_form(void **state)
{
    const double a = 1.0 / 80.0, b = 1.0 / 200.0, all = 1e13;
    struct wait_counts c = {.joined = (int64_t)all};
    double reached = 1.0;

    (void)state;
    for (int k = 0; k < SERVICE_WAITS; k++) {
        double next = exp(-(a + b) * ends[k]), ended = all * (reached - next);
        c.before[k] = c.after[k] = (int64_t)(ended / (a + b) / 365.0);
        c.admitted[k] = (int64_t)(ended * a / (a + b));
        c.left[k] = (int64_t)(ended * b / (a + b));
        reached = next;
    }
    struct wait_shares s = wait_shares(&c);
    for (int k = 0; k < SERVICE_WAITS; k++) {
        double t = ends[k], ended = 1.0 - exp(-(a + b) * t);
        near(s.placed[k], a / (a + b) * ended, 1e-9);
        near(s.left[k], b / (a + b) * ended, 1e-9);
        near(s.waiting[k], 1.0 - ended, 1e-9);
        /* that losses count half is rough in classes as long as a mean wait */
        near(s.unplaced[k], exp(-a * t), 0.02);
    }
}

/* 100 come in at once, and are looked at after 100 days: 10 placed in a week, 18 then
 * in a month and 12 leave, 15 placed in the third class, in which 45 still are. */
static void
a_life_table_by_hand(void **state)
{
    struct wait_counts c = {.joined = 100,
        .admitted = {10, 18, 15},
        .left = {0, 12, 0},
        .after = {0, 0, 45}};
    struct wait_shares s = wait_shares(&c);

    (void)state;
    near(s.placed[0], 0.1, 1e-12);
    near(s.placed[1], 0.1 + 0.9 * 18.0 / 90.0, 1e-12);
    near(s.left[1], 0.9 * 12.0 / 90.0, 1e-12);
    near(s.unplaced[1], 0.9 * (1.0 - 18.0 / 84.0), 1e-12);
    /* 60 reach the third class, 45 are seen for half of it */
    near(s.placed[2], 0.28 + 0.6 * 15.0 / 37.5, 1e-12);
    near(s.waiting[2], 0.6 * 22.5 / 37.5, 1e-12);
    assert_true(isnan(s.placed[3])); /* nobody is known there */
    /* halves of people add up to the whole */
    struct wait_counts half = {
        .joined = 50, .admitted = {5, 9, 15}, .left = {0, 6, 0}, .after = {0, 0, 15}};
    struct wait_counts other = {
        .joined = 50, .admitted = {5, 9, 0}, .left = {0, 6, 0}, .after = {0, 0, 30}};
    wait_join(&half, &other);
    assert_memory_equal(&half, &c, sizeof c);
}

enum { MOST = 20000, STEP = 15, MONTHS = 48, LINE = 2048 };

/* One application as it was seen; minutes. */
struct application {
    uint64_t key;
    uint32_t row;
    int32_t since, until; /* until: when it ended, or NEVER */
    bool placed;
};

struct seen {
    struct application row[MOST];
    int n, first;    /* before `first` all have ended */
    int known[LINE]; /* application of a case, + 1 */
};

/* Who has joined the line and who has ended since the last look, half a STEP ago. */
static void
look(const struct ward *w, int desk, struct seen *all)
{
    static uint32_t row[LINE];
    int32_t now = region_now(&w->region);
    const struct care *c = cases_of(&w->region);

    for (int i = all->first; i < all->n; i++) {
        struct application *x = &all->row[i];
        const struct care_case *is = &c->row[x->row];
        if (x->until != NEVER)
            continue;
        bool same = ward_is(w, x->row, x->key) && x->since == is->since;
        if (same && is->state == WAITING)
            continue;
        x->until = now - STEP / 2;
        x->placed = same && is->state == USING;
        all->known[x->row] = 0;
    }
    while (all->first < all->n && all->row[all->first].until != NEVER)
        all->first++;
    int n = ward_cases(w, desk, WAITING, row, LINE);
    assert_true(n <= LINE);
    for (int i = 0; i < n; i++) {
        assert_true(row[i] < LINE && all->n < MOST);
        if (all->known[row[i]] != 0)
            continue;
        all->row[all->n++] = (struct application){
            ward_person(w, row[i])->key, row[i], c->row[row[i]].since, NEVER, false};
        all->known[row[i]] = all->n;
    }
}

/* A home with too few beds of two types, weekly rounds, refusals, patience, changes of
 * grade: whatever keeps a waiting time from being simple. */
static void
open_home(struct ward *w)
{
    ward_write(w, WARD_SITES "a,999001,A,A,home,1,40,20,0,0\n");
    hall_people(&w->scratch, 600, HALL_DEATH);
    ward_changes(w);
    ward_open(w,
        "base: hall.yaml\nfacility: {facilities: sites.csv}\ngrade: {transitions: "
        "changes.csv}\nservice:\n  services:\n    - {name: home, kind: residence, "
        "need_above: -1, willing_rural: 0.999999, willing_urban: 0.999999, "
        "odds_disabled: 1000, application: 0, patience: 250, round: 7, discharge: 1, "
        "refusal: 0.2, uptake: 1, transfer: 1, grade_nursing: 3}\n",
        NULL, 0, 0);
}

/* Of a month that ends at `t`: who was placed within 90 days, and of whom it was
 * decided, by then, whether they are. */
static void
count_90(
    const struct seen *all, int32_t from, int32_t t, int64_t *placed, int64_t *known)
{
    const int32_t days = 90 * MINUTES_A_DAY;

    *placed = *known = 0;
    for (int i = 0; i < all->n; i++) {
        const struct application *x = &all->row[i];
        bool early = x->until != NEVER && x->until - x->since < days;
        int32_t at = early ? x->until : x->since + days;
        *known += at >= from && at < t;
        *placed += at >= from && at < t && early && x->placed;
    }
}

/* Months of 30 days. */
static void
run_months(struct ward *w, struct seen *all, struct wait_counts *counts)
{
    struct service_out out;
    int desk = ward_service(w, "home");

    memset(all, 0, sizeof *all);
    for (int month = 0; month < MONTHS; month++) {
        int32_t from = month * 30 * MINUTES_A_DAY, to = from + 30 * MINUTES_A_DAY;
        for (int32_t t = from + STEP; t <= to; t += STEP) {
            ward_run(w, t);
            look(w, desk, all);
        }
        int64_t placed, known;
        ward_month(w, desk, &out);
        if (month == 0)
            wait_begin(counts, &(struct service_out){.users = 0});
        wait_add(counts, &out);
        count_90(all, from, to, &placed, &known);
        assert_int_equal(out.placed_90, placed);
        assert_int_equal(out.decided_90, known);
    }
}

static int
by_length(const void *a, const void *b)
{
    const struct application *x = a, *y = b;
    int32_t p = x->until - x->since, q = y->until - y->since;

    return (p > q) - (p < q);
}

/* Placed and left by `days`, from everybody's own times: Aalen and Johansen. */
static void
one_by_one(struct seen *all, double days, double *placed, double *left)
{
    double at_risk = all->n, waiting = 1.0;

    *placed = *left = 0.0;
    for (int i = 0; i < all->n; i++, at_risk -= 1.0) {
        const struct application *x = &all->row[i];
        if ((x->until - x->since) / (double)MINUTES_A_DAY >= days)
            break;
        if (x->row == UINT32_MAX)
            continue; /* still in line */
        *(x->placed ? placed : left) += waiting / at_risk;
        waiting -= waiting / at_risk;
    }
}

/* Four years from an empty line on: counts by month fit everybody's own times, of 90
 * days to the person, and the whole distribution to what grouping costs. Who was placed
 * has waited much less than all. */
static void
counts_fit_the_people(void **state)
{
    static struct seen all;
    struct wait_counts counts;
    struct ward w;
    int64_t admitted = 0, soon = 0;

    (void)state;
    open_home(&w);
    run_months(&w, &all, &counts);
    assert_true(all.n > 1000);
    for (int i = 0; i < all.n; i++)
        if (all.row[i].until == NEVER) {
            all.row[i].until = region_now(&w.region);
            all.row[i].row = UINT32_MAX;
        }
    qsort(all.row, (size_t)all.n, sizeof *all.row, by_length);
    struct wait_shares s = wait_shares(&counts);
    for (int k = 0; k + 1 < SERVICE_WAITS; k++) {
        double placed, left;
        one_by_one(&all, ends[k], &placed, &left);
        near(s.placed[k], placed, 0.005);
        near(s.left[k], left, 0.005);
        admitted += counts.admitted[k];
        soon += k < SERVICE_LONG ? counts.admitted[k] : 0;
    }
    assert_true((double)soon / (double)admitted > s.placed[SERVICE_LONG - 1] + 0.1);
    assert_int_equal(ward_wrong(&w), 0);
    ward_close(&w);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(constant_rates_give_the_closed_form),
        cmocka_unit_test(a_life_table_by_hand),
        cmocka_unit_test(counts_fit_the_people),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
