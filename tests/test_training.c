/* How staff come: delay, drop-out, courses, and that more recruits change nobody else.
 */
#include "models/training.h"

#include "sim/date.h"
#include "tests/crew.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 200000 };

static double
distance(int64_t count, int64_t n, double p)
{
    double size = (double)n;

    return ((double)count - size * p) / sqrt(size * p * (1.0 - p));
}

static const struct workforce_out *
out_of(const struct crew *c)
{
    return c->region[0].out[MODELS_WORKFORCE];
}

/* Who begins at a minute joins `training` days later to the minute. */
static void
training_takes_its_time(void **state)
{
    static struct crew c;
    const enum staff_kind k = STAFF_HOME_CARER;
    const int32_t begins = 1234567, joins = begins + 45 * MINUTES_A_DAY;

    (void)state;
    crew_init(&c);
    c.par.training[k] = 45.0;
    c.par.drop_out[k] = 0.0;
    c.par.quits[k] = 0.0;
    crew_open(&c, 1, 1);
    crew_run(&c, 0, begins);
    workforce_recruit(&c.region[0], k, 500, 99);
    const struct staff *s = workforce_staff(&c.region[0], k);
    assert_int_equal(s->in_training, 500);
    crew_run(&c, 0, joins);
    assert_int_equal(s->in_training, 500);
    assert_int_equal(s->stock, 0);
    crew_run(&c, 0, joins + 1);
    assert_int_equal(s->in_training, 0);
    assert_int_equal(s->stock, 500);
    assert_int_equal(out_of(&c)->recruited[k], 500);
    assert_int_equal(out_of(&c)->trained[k], 500);
    crew_close(&c);
}

/* Standard errors of 0.10 % for drop-out of 30 % and 0.13 % for certificates. */
static void
shares_drop_out_and_hold_certificates(void **state)
{
    static struct crew c;
    const enum staff_kind k = STAFF_SOCIAL_WORKER;

    (void)state;
    crew_init(&c);
    c.par.drop_out[k] = 0.3;
    c.par.certifies = 0.6;
    c.par.quits[k] = 0.0;
    crew_open(&c, 1, 2);
    workforce_recruit(&c.region[0], k, MANY, 5);
    crew_run(&c, 0, 91 * MINUTES_A_DAY);
    const struct staff *s = workforce_staff(&c.region[0], k);
    int64_t dropped = out_of(&c)->dropped_out[k];
    assert_int_equal(s->stock, MANY - dropped);
    assert_int_equal(s->stock, out_of(&c)->trained[k]);
    assert_true(fabs(distance(dropped, MANY, 0.3)) < 4.0);
    assert_true(fabs(distance(dropped, MANY, 0.3 * 1.03)) > 4.0);
    assert_true(fabs(distance(s->certified, s->stock, 0.6)) < 4.0);
    assert_true(fabs(distance(s->certified, s->stock, 0.6 * 1.03)) > 4.0);
    crew_close(&c);
}

/* 200 a year sign up evenly: the n-th after n/200 years, to the rounding of minutes. */
static void
recruits_come_evenly(void **state)
{
    static struct crew c;
    int64_t before = 0;

    (void)state;
    crew_init(&c);
    c.par.recruits[STAFF_CAREGIVER].value[0] = 200.0;
    crew_open(&c, 1, 3);
    for (int n = 1; n <= 100; n++) {
        int32_t t = (int32_t)(n * MINUTES_A_YEAR / 200);
        crew_run(&c, 0, t - n);
        assert_int_equal(out_of(&c)->recruited[STAFF_CAREGIVER], before);
        crew_run(&c, 0, t + n + 1);
        assert_int_equal(out_of(&c)->recruited[STAFF_CAREGIVER], ++before);
    }
    const struct staff *s = workforce_staff(&c.region[0], STAFF_CAREGIVER);
    for (uint32_t i = 0; i < s->n; i++) /* somebody else each time */
        for (uint32_t j = 0; j < i; j++)
            assert_true(s->row[i].key != s->row[j].key);
    crew_close(&c);
}

/* Courses begin every 91 days: everybody who has signed up by then begins, and nobody
 * on any other day. */
static void
courses_begin_on_their_days(void **state)
{
    static struct crew free, c;
    const enum staff_kind k = STAFF_CHILD_CARER;
    int64_t begun = 0;

    (void)state;
    crew_init(&free);
    crew_init(&c);
    free.par.recruits[k].value[0] = c.par.recruits[k].value[0] = 700.0;
    c.par.cohort = 91.0;
    crew_open(&free, 1, 4);
    crew_open(&c, 1, 4);
    for (int n = 1; n <= 30; n++) {
        int32_t day = n * 91 * MINUTES_A_DAY;
        crew_run(&c, 0, day);
        assert_int_equal(out_of(&c)->recruited[k], begun);
        crew_run(&c, 0, day + 1);
        crew_run(&free, 0, day + 1);
        assert_int_equal(out_of(&c)->recruited[k], out_of(&free)->recruited[k]);
        assert_true(out_of(&c)->recruited[k] > begun + 170);
        begun = out_of(&c)->recruited[k];
    }
    crew_close(&free);
    crew_close(&c);
}

/* Runs ten years with `yearly` recruits and `extra` more from day 100 on; notes when
 * the members of the start leave, and results of the last month. */
static void
ten_years(double yearly, int64_t extra, struct crew_leaving *leaving, struct crew *c)
{
    crew_init(c);
    c->par.stock[STAFF_CAREGIVER] = CREW_STARTED;
    c->par.stock[STAFF_HOME_CARER] = 500;
    c->par.recruits[STAFF_CAREGIVER].value[0] = yearly;
    crew_open(c, 1, 5);
    for (int i = 0; i < CREW_STARTED; i++)
        leaving->minute[i] = NEVER;
    crew_watch(c, STAFF_CAREGIVER, CREW_STARTED, 100 * MINUTES_A_DAY, leaving);
    workforce_recruit(&c->region[0], STAFF_CAREGIVER, extra, 12345);
    crew_watch(c, STAFF_CAREGIVER, CREW_STARTED, c->setup.end, leaving);
    workforce_model.observe(&c->region[0]);
}

/* True when all members of `a` whose key is not one of the extra are members of `b`. */
static bool
has_all(const struct crew *a, const struct crew *b, int64_t extra)
{
    const struct staff *x = workforce_staff(&a->region[0], STAFF_CAREGIVER);
    const struct staff *y = workforce_staff(&b->region[0], STAFF_CAREGIVER);

    for (uint32_t i = 0; i < x->n; i++) {
        bool found = x->row[i].state != STAFF_MEMBER;
        for (int64_t j = 0; j < extra && !found; j++)
            found = x->row[i].key == rng_mix(12345, (uint64_t)j);
        for (uint32_t j = 0; j < y->n && !found; j++)
            found = y->row[j].state == STAFF_MEMBER && y->row[j].key == x->row[i].key &&
                    y->row[j].level == x->row[i].level;
        if (!found)
            return false;
    }
    return true;
}

/* People who train more change nobody who is there already, and none of the others who
 * come; no more people change nothing. */
static void
more_recruits_change_nobody_else(void **state)
{
    static struct crew_leaving base, same, extra, twice;
    static struct crew c, with;
    struct workforce_out before;

    (void)state;
    ten_years(100.0, 0, &base, &c);
    memcpy(&before, out_of(&c), sizeof before);
    ten_years(100.0, 200, &extra, &with);
    assert_memory_equal(&base, &extra, sizeof base);
    assert_true(has_all(&with, &c, 200) && has_all(&c, &with, 0));
    assert_false(has_all(&with, &c, 0)); /* some of the extra are still there */
    assert_int_equal(out_of(&with)->recruited[STAFF_CAREGIVER],
        before.recruited[STAFF_CAREGIVER] + 200);
    assert_int_equal(
        out_of(&with)->quit[STAFF_HOME_CARER], before.quit[STAFF_HOME_CARER]);
    crew_close(&with);
    ten_years(200.0, 0, &twice, &with);
    assert_memory_equal(&base, &twice, sizeof base);
    crew_close(&with);
    ten_years(100.0, 0, &same, &with);
    assert_memory_equal(&base, &same, sizeof base);
    assert_memory_equal(out_of(&with), &before, sizeof before);
    crew_close(&with);
    crew_close(&c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(training_takes_its_time),
        cmocka_unit_test(shares_drop_out_and_hold_certificates),
        cmocka_unit_test(recruits_come_evenly),
        cmocka_unit_test(courses_begin_on_their_days),
        cmocka_unit_test(more_recruits_change_nobody_else),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
