/*
 * What happens to users when a site closes, its beds are converted, or it changes
 * hands; and pieces, which are used up.
 */
#include "tests/ward.h"

#include "models/stock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

enum { MOST = 512, WARM = 60 * MINUTES_A_DAY, STEP = 30 };

/* Two homes of one desk, first come or as `more` lines of its row say. */
static void
open_homes(struct ward *w, int a, int b, const char *more)
{
    char sites[1024], delta[2048];

    snprintf(sites, sizeof sites,
        WARD_SITES "a,999001,A,A,home,1,%d,0,0,0\nb,999001,B,B,home,1,%d,0,0,0\n", a,
        b);
    snprintf(delta, sizeof delta,
        WARD_DELTA WARD_DESK("home", "residence") "      discharge: 2\n%s"
                                                  "    - name: other\n"
                                                  "      kind: residence\n"
                                                  "      serves: home\n",
        more);
    ward_write(w, sites);
    hall_people(&w->scratch, 180, HALL_DEATH);
    ward_open(w, delta, NULL, 0, 0);
}

/* Whoever is at a desk in a state, by key, to be found again. */
struct group {
    uint32_t row[MOST];
    uint64_t key[MOST];
    int n;
};

static void
gather(const struct ward *w, enum case_state state, struct group *g)
{
    g->n = ward_cases(w, ward_service(w, "home"), state, g->row, MOST);
    assert_true(g->n <= MOST);
    for (int i = 0; i < g->n; i++)
        g->key[i] = ward_person(w, g->row[i])->key;
}

/* How many of a group are in a state now. */
static int
still(const struct ward *w, const struct group *g, enum case_state state)
{
    int n = 0;

    for (int i = 0; i < g->n; i++)
        n += ward_is(w, g->row[i], g->key[i]) &&
             cases_of(&w->region)->row[g->row[i]].state == state;
    return n;
}

/* Users of one site. */
static int
users_of(const struct ward *w, int32_t site)
{
    static uint32_t row[MOST];
    int n = ward_cases(w, ward_service(w, "home"), USING, row, MOST), of = 0;

    for (int i = 0; i < n; i++)
        of += cases_of(&w->region)->row[row[i]].facility == site;
    return of;
}

static void
users_move_where_there_is_room(void **state)
{
    struct group before;
    struct ward w;

    (void)state;
    open_homes(&w, 60, 100, "");
    ward_run(&w, WARM);
    int desk = ward_service(&w, "home");
    int32_t site = ward_site(&w, desk);
    gather(&w, USING, &before);
    assert_true(users_of(&w, site) > 5 && before.n < 100);
    int leave = users_of(&w, site);
    stock_close(&w.region, site);
    assert_int_equal(still(&w, &before, USING), before.n);
    assert_int_equal(users_of(&w, site), 0);
    assert_int_equal(ward_out(&w, desk)->displaced, leave);
    assert_int_equal(ward_out(&w, desk)->transferred, leave);
    assert_int_equal(facility_of(&w.region)->row[site].bed[BED_ORDINARY], 0);
    assert_int_equal(ward_wrong(&w), 0);
    ward_run(&w, 2 * WARM);
    assert_int_equal(users_of(&w, site), 0);
    assert_int_equal(ward_wrong(&w), 0);
    ward_close(&w);
}

/* Half an hour by half an hour until no one who was put out waits: nobody else has got
 * a place, whatever the rule. */
static void
check_first(struct ward *w)
{
    static struct group out, others;
    int desk = ward_service(w, "home");
    int32_t site = ward_site(w, desk);

    ward_run(w, WARM);
    gather(w, WAITING, &others);
    assert_true(others.n > 20);
    int leave = users_of(w, site);
    gather(w, USING, &out);
    stock_close(&w->region, site);
    assert_int_equal(still(w, &out, WAITING), leave);
    assert_int_equal(ward_out(w, desk)->displaced, leave);
    assert_int_equal(ward_wrong(w), 0);
    int waiting = leave;
    for (int32_t t = WARM + STEP; waiting > 0; t += STEP) {
        ward_run(w, t);
        waiting = still(w, &out, WAITING);
        if (waiting > 0)
            assert_int_equal(still(w, &others, USING), 0);
    }
    ward_run(w, region_now(&w->region) + WARM);
    assert_true(still(w, &others, USING) > 0);
    assert_int_equal(ward_wrong(w), 0);
}

static void
else_they_wait_before_all_others(void **state)
{
    static const char *const rule[] = {"      rule: first_come\n",
        "      rule: priority\n",
        "      rule: accumulating\n      weight: [0, 1, 2, 3]\n",
        "      rule: quota\n      weight: [0, 1, 2, 3]\n",
        "      rule: priority\n      reserve: 0.5\n"};

    (void)state;
    for (size_t i = 0; i < sizeof rule / sizeof rule[0]; i++) {
        struct ward w;
        open_homes(&w, 5, 8, rule[i]);
        check_first(&w);
        ward_close(&w);
    }
}

/* Of 40 ordinary beds 30 are to become nursing beds: the vacant ones at once, one more
 * whenever somebody leaves. */
static void
beds_are_converted_as_they_fall_vacant(void **state)
{
    struct ward w;

    (void)state;
    open_homes(&w, 0, 40, "      grade_nursing: 5\n");
    ward_run(&w, 12 * WARM);
    int desk = ward_service(&w, "home");
    int32_t site = ward_site(&w, desk) + 1; /* the second row */
    const struct facility *x = &facility_of(&w.region)->row[site];
    int64_t used = x->used[BED_ORDINARY], vacant = 40 - used;
    struct group before;
    gather(&w, USING, &before);
    assert_true(vacant > 3 && used > 12);
    assert_int_equal(stock_convert(&w.region, site, BED_NURSING, 30), 30);
    assert_int_equal(x->bed[BED_NURSING], vacant);
    assert_int_equal(x->bed[BED_ORDINARY], used);
    assert_int_equal(still(&w, &before, USING), used); /* nobody is sent away */
    for (int32_t t = 12 * WARM; x->bed[BED_NURSING] < 30; t += STEP) {
        ward_run(&w, t);
        int64_t gone = used - still(&w, &before, USING);
        assert_int_equal(x->bed[BED_NURSING], vacant + gone < 30 ? vacant + gone : 30);
        assert_int_equal(x->bed[BED_ORDINARY] + x->bed[BED_NURSING], 40);
        assert_true(x->used[BED_ORDINARY] <= x->bed[BED_ORDINARY]);
    }
    ward_run(&w, region_now(&w.region) + 6 * WARM);
    assert_int_equal(x->bed[BED_NURSING], 30);
    assert_int_equal(x->becoming[BED_NURSING], 0);
    assert_int_equal(x->used[BED_ORDINARY], 10); /* these again have users */
    /* of the other 10 all can be had, but no more */
    assert_int_equal(stock_convert(&w.region, site, BED_DEMENTIA, 99), 10);
    assert_int_equal(ward_wrong(&w), 0);
    ward_close(&w);
}

static int64_t
tallied(const struct ward *w, int service)
{
    const int32_t *n = &cases_of(&w->region)->tally[service][0][0][0];
    int64_t all = 0;

    for (size_t i = 0; i < sizeof(care_tally) / sizeof(int32_t); i++)
        all += n[i];
    return all;
}

/* Users stay where they are and count as the new kind's; so do sites and places. */
static void
who_takes_over_takes_the_users(void **state)
{
    struct ward w;

    (void)state;
    open_homes(&w, 12, 8, "");
    ward_run(&w, WARM);
    int desk = ward_service(&w, "home"), other = ward_service(&w, "other");
    int32_t site = ward_site(&w, desk);
    struct group before;
    gather(&w, USING, &before);
    assert_int_equal(users_of(&w, site), 12);
    stock_hand_over(&w.region, site, other);
    assert_int_equal(still(&w, &before, USING), 20);
    assert_int_equal(tallied(&w, desk), 8);
    assert_int_equal(tallied(&w, other), 12);
    assert_int_equal(facility_of(&w.region)->sites[other], 1);
    assert_int_equal(facility_of(&w.region)->sites[desk], 1);
    assert_int_equal(ward_wrong(&w), 0);
    ward_run(&w, 10 * WARM);
    assert_int_equal(tallied(&w, other), 12); /* new users, too */
    stock_hand_over(&w.region, site, desk);
    assert_int_equal(tallied(&w, other), 0);
    assert_int_equal(tallied(&w, desk), 20);
    assert_int_equal(ward_wrong(&w), 0);
    ward_close(&w);
}

/* Pieces are given one a person until none is left; what is left stays for those who
 * come. */
static void
pieces_are_given_exactly(void **state)
{
    static uint32_t row[MOST];
    struct ward w;

    (void)state;
    ward_start(&w, WARD_DELTA WARD_DESK("lamp", "once"), WARD_SITES);
    int lamp = ward_service(&w, "lamp");
    ward_run(&w, 2 * MINUTES_A_DAY);
    assert_int_equal(ward_cases(&w, lamp, SERVED, NULL, 0), 0);
    care_add_pieces(&w.region, lamp, 7);
    assert_int_equal(ward_out(&w, lamp)->pieces, 7);
    assert_int_equal(ward_cases(&w, lamp, SERVED, row, MOST), 7);
    for (int i = 0; i < 7; i++)
        assert_true(ward_person(&w, row[i])->elder);
    ward_run(&w, 30 * MINUTES_A_DAY);
    assert_int_equal(ward_out(&w, lamp)->pieces, 7);
    int waiting = ward_cases(&w, lamp, WAITING, NULL, 0);
    assert_true(waiting > 40);
    care_add_pieces(&w.region, lamp, waiting + 4);
    assert_int_equal(ward_out(&w, lamp)->pieces, 7 + waiting);
    assert_int_equal(ward_cases(&w, lamp, WAITING, NULL, 0), 0);
    ward_run(&w, 365 * MINUTES_A_DAY);
    assert_int_equal(ward_out(&w, lamp)->pieces, 11 + waiting); /* newcomers */
    assert_true(ward_cases(&w, lamp, WAITING, NULL, 0) > 0);
    assert_int_equal(ward_wrong(&w), 0);
    ward_close(&w);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(users_move_where_there_is_room),
        cmocka_unit_test(else_they_wait_before_all_others),
        cmocka_unit_test(beds_are_converted_as_they_fall_vacant),
        cmocka_unit_test(who_takes_over_takes_the_users),
        cmocka_unit_test(pieces_are_given_exactly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
