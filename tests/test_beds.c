/*
 * Types of beds: who needs which, what happens when the need changes, and that no bed
 * stands empty beside somebody who could have it.
 */
#include "tests/ward.h"

#include "models/funnel.h"
#include "models/stock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

enum { MOST = 512, STEP = 360, YEARS = 4 };

/* Homes with so many beds of each type; `more` lines of the desk's row. */
static void
open_home(struct ward *w, const int beds[BEDS], const char *more)
{
    char sites[512], delta[2048];

    snprintf(sites, sizeof sites, WARD_SITES "a,999001,A,A,home,1,%d,%d,%d,0\n",
        beds[0], beds[1], beds[2]);
    snprintf(delta, sizeof delta,
        "base: hall.yaml\nfacility: {facilities: sites.csv}\ngrade: {transitions: "
        "changes.csv}\ncare: {dementia: [0.3, 0.3, 0.3, 0.3, 0.3, 0.3]}\nservice:\n  "
        "services:\n" WARD_DESK("home", "residence") "      discharge: 1\n      "
                                                     "grade_nursing: 3\n%s",
        more);
    ward_write(w, sites);
    hall_people(&w->scratch, 180, HALL_DEATH);
    ward_changes(w);
    ward_open(w, delta, NULL, 0, 0);
}

static const struct care_case *
case_of(const struct ward *w, uint32_t row)
{
    return &cases_of(&w->region)->row[row];
}

static int
needed(const struct ward *w, uint32_t row)
{
    return (int)funnel_bed(&w->region, ward_person(w, row), ward_service(w, "home"));
}

/* Residents in another bed than they need. */
static int
misplaced(const struct ward *w)
{
    static uint32_t row[MOST];
    int n = ward_cases(w, ward_service(w, "home"), USING, row, MOST), wrong = 0;

    for (int i = 0; i < n; i++)
        wrong += needed(w, row[i]) != case_of(w, row[i])->bed;
    return wrong;
}

/* With beds of all types for all, whoever needs another bed has it at once; without
 * transfers people stay where they are. */
static void
beds_follow_needs(void **state)
{
    static const int plenty[BEDS] = {300, 300, 300};
    static const char *const more[] = {"      transfer: 1\n", ""};
    int wrong[2] = {0, 0};

    (void)state;
    for (int k = 0; k < 2; k++) {
        struct ward w;
        open_home(&w, plenty, more[k]);
        for (int32_t t = STEP; t < YEARS * 365 * MINUTES_A_DAY; t += STEP) {
            ward_run(&w, t);
            wrong[k] += misplaced(&w);
        }
        const struct service_out *o = ward_out(&w, ward_service(&w, "home"));
        assert_true(k == 0 ? o->transferred > 50 : o->transferred == 0);
        assert_int_equal(ward_wrong(&w), 0);
        ward_close(&w);
    }
    assert_int_equal(wrong[0], 0);
    assert_true(wrong[1] > 1000);
}

/* Somebody in line for a type of bed of which one is free; staff is there for all. */
static int
passed_over(const struct ward *w)
{
    const struct desk *d = &cases_of(&w->region)->desk[ward_service(w, "home")];
    int n = 0;

    for (int b = 0; b < BEDS; b++)
        n += d->line[b].waiting > 0 && station_open(&d->line[b]);
    return n;
}

/* Few beds of each type: those who wait for another keep theirs, are asked for the
 * right one, and no bed is free beside a line for it, however it came free. */
static void
who_waits_for_another_bed_keeps_the_old(void **state)
{
    static const int few[BEDS] = {25, 12, 4};
    static uint32_t row[MOST];
    int waited = 0, free_beside = 0;
    struct ward w;

    (void)state;
    open_home(&w, few, "      transfer: 1\n");
    int desk = ward_service(&w, "home");
    for (int32_t t = STEP; t < YEARS * 365 * MINUTES_A_DAY; t += STEP) {
        ward_run(&w, t);
        int n = ward_cases(&w, desk, USING, row, MOST), asking = 0;
        for (int i = 0; i < n; i++) {
            const struct care_case *x = case_of(&w, row[i]);
            bool asks = x->ticket != STATION_NONE;
            assert_true(asks == (needed(&w, row[i]) != x->bed));
            assert_true(!asks || x->wanted == needed(&w, row[i]));
            asking += asks;
        }
        waited += asking;
        free_beside += passed_over(&w);
        if (t % (30 * 4 * STEP) == 0)
            assert_int_equal(ward_wrong(&w), 0);
    }
    assert_true(waited > 1000);
    assert_int_equal(free_beside, 0);
    assert_true(ward_out(&w, desk)->transferred > 50);
    ward_close(&w);
}

/* An applicant whose grade, and with it class or bed, changes keeps the time of
 * applying: under first come nobody is passed by somebody who came later. */
static void
a_changed_grade_keeps_the_turn(void **state)
{
    static const int few[BEDS] = {20, 0, 0};
    static struct {
        uint32_t row;
        uint64_t key;
        int32_t since;
    } list[MOST];
    static uint32_t row[MOST];
    int passed = 0, changed = 0, n = 0;
    struct ward w;

    (void)state;
    open_home(&w, few, "      rule: first_come\n      transfer: 1\n");
    int desk = ward_service(&w, "home");
    for (int32_t t = STEP; t < YEARS * 365 * MINUTES_A_DAY; t += STEP) {
        ward_run(&w, t);
        for (int i = 0; i < n; i++)
            for (int k = 0; k < n; k++) {
                const struct care_case *a = case_of(&w, list[i].row);
                const struct care_case *b = case_of(&w, list[k].row);
                bool same_bed =
                    a->state == WAITING && b->state == USING && a->wanted == b->bed;
                passed += same_bed && list[i].since < list[k].since &&
                          ward_is(&w, list[i].row, list[i].key) &&
                          ward_is(&w, list[k].row, list[k].key);
            }
        n = ward_cases(&w, desk, WAITING, row, MOST);
        for (int i = 0; i < n; i++) {
            const struct person *p = ward_person(&w, row[i]);
            list[i].row = row[i];
            list[i].key = p->key;
            list[i].since = case_of(&w, row[i])->since;
            assert_int_equal(list[i].since, cases_joined(&w.region, row[i]));
            changed += p->changes > 0;
        }
    }
    assert_true(changed > 1000);
    assert_int_equal(passed, 0);
    ward_close(&w);
}

/* When the first beds for dementia open those who need one are moved to that line; when
 * they go, nursing beds have to do again. */
static void
lines_follow_beds_for_dementia(void **state)
{
    static const int few[BEDS] = {300, 5, 0};
    const struct station *line;
    struct ward w;

    (void)state;
    open_home(&w, few, "");
    line = cases_of(&w.region)->desk[ward_service(&w, "home")].line;
    ward_run(&w, 60 * MINUTES_A_DAY);
    int64_t waiting = line[BED_NURSING].waiting;
    assert_true(waiting > 30);
    assert_int_equal(line[BED_DEMENTIA].waiting, 0);
    stock_extend(&w.region, 0, BED_DEMENTIA, 2);
    assert_int_equal(line[BED_DEMENTIA].busy, 2);
    assert_true(line[BED_DEMENTIA].waiting > 5);
    assert_int_equal(
        line[BED_DEMENTIA].waiting + line[BED_NURSING].waiting, waiting - 2);
    assert_int_equal(ward_wrong(&w), 0);
    stock_close(&w.region, 0);
    assert_int_equal(line[BED_DEMENTIA].waiting, 0);
    assert_int_equal(ward_wrong(&w), 0);
    ward_close(&w);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beds_follow_needs),
        cmocka_unit_test(who_waits_for_another_bed_keeps_the_old),
        cmocka_unit_test(a_changed_grade_keeps_the_turn),
        cmocka_unit_test(lines_follow_beds_for_dementia),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
