/*
 * Services for some ages: who grows too old leaves on the birthday, as user and in
 * line; who comes of age considers it. Elders consider what is news, levers tell.
 */
#include "tests/ward.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { CHILDREN = 200, LOOK = 183 * MINUTES_A_DAY };

/* A nursery of so many places for the hall's children from `from` to `to`. */
static void
open_nursery(struct ward *w, int places, int from, int to)
{
    char delta[2048], sites[512];

    snprintf(sites, sizeof sites,
        WARD_SITES "nursery,999001,Nursery,Nursery,nursery,1,0,0,0,%d\n", places);
    snprintf(delta, sizeof delta,
        WARD_DELTA WARD_DESK(
            "nursery", "attendance") "      age_from: %d\n      age_to: %d\n",
        from, to);
    ward_write(w, sites);
    ward_open(w, delta, NULL, 0, 0);
}

struct child {
    uint32_t row;
    int32_t birthday; /* the first minute at which it is too old */
    uint64_t key;
};

static int
by_birthday(const void *a, const void *b)
{
    const struct child *x = a, *y = b;

    return (x->birthday > y->birthday) - (x->birthday < y->birthday);
}

/* Those of a list of cases, the oldest first, with the day on which they are `age`. */
static void
children_of(const struct ward *w, const uint32_t *row, int n, int age, struct child *x)
{
    for (int i = 0; i < n; i++) {
        const struct person *p = ward_person(w, row[i]);
        x[i] = (struct child){cases_of(&w->region)->row[row[i]].person,
            (int32_t)ceil(p->birth + age * MINUTES_A_YEAR), p->key};
    }
    qsort(x, (size_t)n, sizeof *x, by_birthday);
}

static enum case_state
state_of(const struct ward *w, const struct child *x)
{
    const struct person *p = &county_of(&w->region)->person[x->row];
    uint32_t i = cases_find(&w->region, p, ward_service(w, "nursery"));

    assert_true(p->alive && p->key == x->key);
    return i == PERSON_NONE ? CASE_STATES : cases_of(&w->region)->row[i].state;
}

/* From the first to the last birthday: there before the minute, not after it. */
static int
check_leaving(struct ward *w, enum case_state state)
{
    static uint32_t row[CHILDREN];
    static struct child x[CHILDREN];
    int desk = ward_service(w, "nursery"), left = 0;

    ward_run(w, 2 * MINUTES_A_DAY);
    int n = ward_cases(w, desk, state, row, CHILDREN);
    assert_true(n <= CHILDREN);
    children_of(w, row, n, 3, x);
    for (int i = 0; i < n; i++) {
        const struct person *p = &county_of(&w->region)->person[x[i].row];
        ward_run(w, x[i].birthday);
        if (!p->alive || p->key != x[i].key)
            continue; /* has died */
        assert_true(state_of(w, &x[i]) == state || state_of(w, &x[i]) == USING);
        assert_true(person_age(p, x[i].birthday - 1) < 3.0);
        assert_true(person_age(p, x[i].birthday) >= 3.0);
        ward_run(w, x[i].birthday + 1);
        assert_int_equal(state_of(w, &x[i]), CASE_STATES);
        left++;
    }
    assert_int_equal(ward_wrong(w), 0);
    return left;
}

static void
users_leave_on_the_third_birthday(void **state)
{
    struct ward w;

    (void)state;
    open_nursery(&w, CHILDREN, 0, 2);
    int left = check_leaving(&w, USING);
    assert_true(left > 80);
    assert_int_equal(ward_out(&w, ward_service(&w, "nursery"))->discharged, left);
    assert_int_equal(ward_cases(&w, ward_service(&w, "nursery"), USING, NULL, 0), 0);
    ward_close(&w);
}

/* One place, for one after another; whoever waits for it gives up on that day. */
static void
applicants_leave_on_the_third_birthday(void **state)
{
    struct ward w;

    (void)state;
    open_nursery(&w, 1, 0, 2);
    assert_true(check_leaving(&w, WAITING) > 80);
    assert_true(ward_out(&w, ward_service(&w, "nursery"))->gave_up > 70);
    ward_close(&w);
}

/* Those of the start apply within three years: whoever has turned three by then does
 * not, as with places for all every application is an admission. */
static void
who_is_too_old_by_then_does_not_apply(void **state)
{
    int64_t admitted = 0, applied = 0;
    struct ward w;

    (void)state;
    ward_start(&w,
        WARD_DELTA WARD_DESK(
            "nursery", "attendance") "      age_from: 0\n      age_to: "
                                     "2\ncare: {backlog: 1000}\n",
        WARD_SITES "nursery,999001,Nursery,Nursery,nursery,1,0,0,0,200\n");
    int desk = ward_service(&w, "nursery");
    int young = ward_cases(&w, desk, APPLYING, NULL, 0);
    ward_run(&w, 1100 * MINUTES_A_DAY);
    for (int g = 0; g < GRADES; g++) {
        admitted += ward_out(&w, desk)->admitted[g];
        applied += ward_out(&w, desk)->applied[g];
    }
    assert_true(young > 100);
    assert_true(applied > 50 && applied < young - 20);
    assert_int_equal(applied, admitted);
    assert_int_equal(ward_cases(&w, desk, APPLYING, NULL, 0), 0);
    ward_close(&w);
}

/* Within half a year of the third birthday, and not before it. */
static void
who_comes_of_age_considers_it(void **state)
{
    static uint32_t row[CHILDREN];
    int older = 0, came = 0;
    struct ward w;

    (void)state;
    open_nursery(&w, CHILDREN, 3, 5);
    int desk = ward_service(&w, "nursery");
    ward_run(&w, 2 * MINUTES_A_DAY);
    int first = ward_cases(&w, desk, USING, row, CHILDREN);
    assert_true(first > 50 && first < 100);
    for (int look = 1; look <= 6; look++) {
        const struct county *county = county_of(&w.region);
        int32_t t = look * LOOK;
        ward_run(&w, t);
        for (uint32_t i = 0; i < county->n; i++) {
            const struct person *p = &county->person[i];
            double age = person_age(p, t);
            bool uses = p->alive && cases_find(&w.region, p, desk) != PERSON_NONE;
            assert_true(!uses || (age >= 3.0 && age < 6.0));
            if (!p->alive || age < 3.51 || age >= 6.0)
                continue;
            older++;
            came += uses;
        }
    }
    assert_true(older > 300);
    assert_int_equal(came, older);
    assert_int_equal(ward_wrong(&w), 0);
    ward_close(&w);
}

/* Who was there, came, or turned 60 while the desk let nobody in. */
static void
elders_of_all_origins_look_at_news(void **state)
{
    int32_t before = -(int32_t)(59.9 * MINUTES_A_YEAR);
    struct person young = {.key = 7,
        .birth = before,
        .spouse = PERSON_NONE,
        .care = PERSON_NONE,
        .living = FAMILY,
        .income = RESIDENT_PENSION,
        .alive = 1};
    int elders = 0, users = 0;
    struct ward w;

    (void)state;
    ward_start(&w, WARD_DELTA WARD_DESK("club", "attendance"),
        WARD_SITES "club,999001,Club,Club,club,1,0,0,0,900\n");
    int desk = ward_service(&w, "club");
    struct service_terms *terms = service_terms(&w.region, desk);
    person_thresholds(&young, w.region.run);
    young.death = young.move = 1e3f; /* stays */
    uint32_t row = county_add(&w.region, &young, 0);
    terms->grade_from = GRADES;
    care_look_again(&w.region, desk);
    ward_run(&w, LOOK);
    assert_true(county_of(&w.region)->person[row].elder);
    assert_int_equal(ward_cases(&w, desk, USING, NULL, 0), 0);
    terms->grade_from = 0;
    care_look_again(&w.region, desk);
    ward_run(&w, 2 * LOOK);
    for (uint32_t i = 0; i < county_of(&w.region)->n; i++) {
        const struct person *p = &county_of(&w.region)->person[i];
        elders += p->alive && p->elder;
        users += p->alive && cases_find(&w.region, p, desk) != PERSON_NONE;
    }
    assert_true(elders > 20);
    assert_int_equal(users, elders);
    assert_int_not_equal(county_of(&w.region)->person[row].care, PERSON_NONE);
    ward_close(&w);
}

/* In mid-month: a lever says itself that terms are new, and nobody waits for that. */
static void
a_lever_is_heard_at_once(void **state)
{
    int32_t april = 90 * MINUTES_A_DAY;
    struct ward w;

    (void)state;
    ward_start(&w,
        WARD_DELTA WARD_DESK("club", "attendance") "lever:\n  levers:\n"
                                                   "    - {name: a, kind: eligibility, "
                                                   "service: club, grade_from: 4, "
                                                   "from: 2021-04-15}\n",
        WARD_SITES "club,999001,Club,Club,club,1,0,0,0,900\n");
    for (int day = 0; day < 30; day += 2) {
        ward_run(&w, april + day * MINUTES_A_DAY);
        assert_int_equal(ward_wrong(&w), 0);
    }
    int desk = ward_service(&w, "club");
    assert_int_equal(service_terms(&w.region, desk)->grade_from, 4);
    ward_close(&w);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(users_leave_on_the_third_birthday),
        cmocka_unit_test(applicants_leave_on_the_third_birthday),
        cmocka_unit_test(who_is_too_old_by_then_does_not_apply),
        cmocka_unit_test(who_comes_of_age_considers_it),
        cmocka_unit_test(elders_of_all_origins_look_at_news),
        cmocka_unit_test(a_lever_is_heard_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
