/*
 * Guests take places from residents and from one another; sites close under them; what
 * a scenario may say of the services they use.
 */
#include "models/stay.h"

#include "models/care.h"
#include "models/county.h"
#include "models/stock.h"
#include "sim/date.h"
#include "tests/audit.h"
#include "tests/dali.h"
#include "tests/erlang.h"
#include "tests/inn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

/* Nobody of the county is old enough for the home. */
#define EMPTY "service.services=[{name: public_home, guests: 1, age_from: 120}]"

/* In 2021 as many guests come every day. */
#define EVEN "weight: [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]"

static double
sum(const struct inn *inn, int replicate, size_t offset)
{
    double all = 0.0;

    for (int t = 0; t <= 12; t++) {
        const char *at = (const char *)inn_at(inn, replicate, t, 0) + offset;
        all += (double)*(const int64_t *)(const void *)at;
    }
    return all;
}

#define SUM(inn, replicate, member) \
    sum(inn, replicate, offsetof(struct sojourn_out, member))

/* Share turned away by replicate; its mean, and standard error. */
static double
turned_away(const struct inn *inn, double *se)
{
    int n = inn->result.replicates;
    double x = 0.0, xx = 0.0;

    for (int i = 0; i < n; i++) {
        double away = SUM(inn, i, turned_away);
        double share = away / (away + SUM(inn, i, guests_arrived));
        x += share / n;
        xx += share * share / n;
    }
    *se = sqrt((xx - x * x) / (n - 1));
    return x;
}

/* Ten beds, ten guests a day for a day on average: M/G/10/10. The beds forget within
 * days how they were filled at the start. */
static void
beds_turn_away_as_erlang_says(void **state)
{
    static const char *const set[] = {EMPTY};
    static struct inn inn;
    double se;

    (void)state;
    inn_open(&inn, 10, "{name: a, guests: 3650, stay: 1, uses: public_home, " EVEN "}",
        set, 1);
    inn_run(&inn, 40);
    double share = turned_away(&inn, &se);
    assert_true(se < 0.0025);
    assert_true(fabs(share - erlang_b(10.0, 10)) < 4.0 * se);
    assert_true(fabs(share - erlang_b(10.0 * 1.06, 10)) > 4.0 * se);
    assert_true(fabs(share - erlang_b(10.0, 11)) > 4.0 * se);
    for (int t = 0; t <= 12; t++) {
        assert_in_range(inn_at(&inn, 0, t, 0)->guests, 0, 10);
        assert_int_equal(inn_at(&inn, 0, t, 0)->guests_in_homestays, 0);
    }
    inn_close(&inn);
}

/* Of who finds no bed a share makes do with a room elsewhere. */
static void
homestays_take_a_share(void **state)
{
    static const char *const set[] = {EMPTY};
    static struct inn none, some, all;

    (void)state;
#define GUESTS "name: a, guests: 36500, stay: 3, uses: public_home, " EVEN
    inn_open(&none, 10, "{" GUESTS "}", set, 1);
    inn_open(&some, 10, "{homestay: 0.25, " GUESTS "}", set, 1);
    inn_open(&all, 10, "{homestay: 1, " GUESTS "}", set, 1);
#undef GUESTS
    inn_run(&none, 1);
    inn_run(&some, 1);
    inn_run(&all, 1);
    double away = SUM(&none, 0, turned_away);
    assert_true(away > 30000);
    /* The beds go to the same guests: whom homestays take is a thinned share. */
    assert_true(SUM(&some, 0, turned_away) + SUM(&some, 0, guests_arrived) ==
                away + SUM(&none, 0, guests_arrived));
    assert_true(fabs(SUM(&some, 0, turned_away) - 0.75 * away) <
                4.0 * sqrt(0.25 * 0.75 * away));
    assert_true(SUM(&all, 0, turned_away) == 0);
    assert_true(SUM(&all, 0, guests_arrived) == away + SUM(&none, 0, guests_arrived));
    assert_true(
        inn_at(&all, 0, 6, 0)->guests > inn_at(&all, 0, 6, 0)->guests_in_homestays);
    inn_close(&none);
    inn_close(&some);
    inn_close(&all);
}

/* Means over the year of the line for homes, and of users. */
struct waiting {
    double line, users, guests;
};

static struct waiting
waiting_of(const char *origins, struct inn *inn)
{
    struct waiting w = {0, 0, 0};

    inn_open(inn, 16, origins, NULL, 0);
    inn_run(inn, 40);
    for (int i = 0; i < 40; i++)
        for (int t = 7; t <= 12; t++) {
            const struct care_out *care = result_at(&inn->result, MODELS_CARE, i, t, 0);
            const struct audit_out *off = result_at(&inn->result, AUDIT_MODEL, i, t, 0);
            w.line += (double)care->waiting / 240.0;
            w.users += (double)care->residents / 240.0;
            w.guests += (double)inn_at(inn, i, t, 0)->guests / 240.0;
            assert_int_equal(off->beds + off->lines + off->load + off->people, 0);
        }
    return w;
}

/* Residents wait for the places that guests have; lives are as they were. */
static void
residents_wait_for_guests(void **state)
{
    static const int lives[] = {MODELS_COUNTY, MODELS_GRADE, MODELS_MORTALITY,
        MODELS_FERTILITY, MODELS_POPULATION, MODELS_MIGRATION};
    static struct inn none, some, many;

    (void)state;
    struct waiting a = waiting_of("{name: a, guests: 0, uses: public_home}", &none);
    struct waiting b =
        waiting_of("{name: a, guests: 100, stay: 30, uses: public_home}", &some);
    struct waiting c =
        waiting_of("{name: a, guests: 1000, stay: 30, uses: public_home}", &many);
    assert_true(a.guests == 0.0 && b.guests > 3.0 && c.guests > b.guests + 1.0);
    assert_true(b.line > a.line + 0.1 && c.line > b.line + 0.1);
    assert_true(b.users < a.users - 0.1 && c.users < b.users - 0.1);
    for (size_t i = 0; i < sizeof lives / sizeof lives[0]; i++) {
        assert_true(inn_same(&none, &some, lives[i]));
        assert_true(inn_same(&none, &many, lives[i]));
    }
    inn_close(&none);
    inn_close(&some);
    inn_close(&many);
}

/* A canteen: who finds no place stays all the same. */
static void
other_services_are_extra(void **state)
{
    static const char *const set[] = {
        "service.services=[{name: public_home, guests: 1, age_from: 120}, "
        "{name: canteen, kind: attendance, guests: 1, willing_rural: 0.000001, "
        "willing_urban: 0.000001}]",
        "facility.projects=[{id: meals, adcode: 999001, name: Meals, name_zh: Meals, "
        "kind: canteen, places: 5, opens: 2021-01-01, cost_cny: 0}]"};
    static struct inn inn;

    (void)state;
    inn_open(&inn, 8,
        "{name: a, guests: 7300, stay: 1, homestay: 1, uses: canteen  public_home}",
        set, 2);
    inn_run(&inn, 2);
    assert_true(SUM(&inn, 0, turned_away) == 0);
    /* 20 want 5 places: about three quarters go without, erlang_b(20, 5) */
    double share = SUM(&inn, 0, guests_unserved) / SUM(&inn, 0, guests_arrived);
    assert_true(fabs(share - erlang_b(20.0, 5)) < 0.03);
    for (int t = 1; t <= 12; t++) {
        const struct audit_out *off = result_at(&inn.result, AUDIT_MODEL, 0, t, 0);
        assert_int_equal(off->beds + off->lines, 0);
        assert_true(
            inn_at(&inn, 0, t, 0)->guests_in_homestays < inn_at(&inn, 0, t, 0)->guests);
    }
    inn_close(&inn);
}

/* When a site closes its guests move to another, then leave early. */
static void
sites_close_under_guests(void **state)
{
    static const char *const set[] = {EMPTY,
        "facility.projects=[{id: more, adcode: 999001, name: More, name_zh: More, "
        "kind: public_home, ordinary_beds: 6, opens: 2021-01-15, cost_cny: 0}]"};
    static struct inn inn;
    static struct region r;

    (void)state;
    inn_open(&inn, 10, "{name: a, guests: 9000, stay: 60, uses: public_home}", set, 2);
    region_init(&r, &inn.hall.setup, 0, rng_run(3, 0));
    region_run(&r, 90 * MINUTES_A_DAY);
    const struct sojourn_out *out = r.out[MODELS_SOJOURN];
    const struct facility *x = facility_of(&r)->row;
    const struct sojourn_flow *f = sojourn_state(&r)->flow;
    int64_t guests = f->present, left = out->left_early;
    assert_true(facility_of(&r)->n == 2 && x[0].used[0] == 10 && x[1].used[0] == 6);
    assert_true(guests > 4 && left == 0);
    stock_close(&r, 0);
    assert_int_equal(x[0].used[0], 0);
    assert_int_equal(x[1].used[0], 6);
    assert_true(f->present < guests && out->left_early == guests - f->present);
    assert_int_equal(audit_region(&r).beds + audit_region(&r).lines, 0);
    region_run(&r, 120 * MINUTES_A_DAY);
    stock_close(&r, 1);
    assert_int_equal(f->present, 0);
    region_run(&r, 200 * MINUTES_A_DAY);
    assert_int_equal(f->present, 0);
    assert_int_equal(audit_region(&r).beds + audit_region(&r).lines, 0);
    region_free(&r);
    inn_close(&inn);
}

/* With a free bed elsewhere a guest moves there and stays. */
static void
guests_move_to_another_site(void **state)
{
    static const char *const set[] = {EMPTY,
        "facility.projects=[{id: more, adcode: 999001, name: More, name_zh: More, "
        "kind: public_home, ordinary_beds: 500, opens: 2021-01-15, cost_cny: 0}]"};
    static struct inn inn;
    static struct region r;

    (void)state;
    inn_open(&inn, 10, "{name: a, guests: 900, stay: 60, uses: public_home}", set, 2);
    region_init(&r, &inn.hall.setup, 0, rng_run(3, 0));
    region_run(&r, 60 * MINUTES_A_DAY);
    const struct facility *x = facility_of(&r)->row;
    int64_t guests = sojourn_state(&r)->flow->present, first = x[0].used[0];
    assert_true(first > 0 && first + x[1].used[0] == guests);
    stock_close(&r, 0);
    assert_int_equal(x[0].used[0], 0);
    assert_int_equal(x[1].used[0], guests);
    assert_int_equal(sojourn_state(&r)->flow->present, guests);
    assert_int_equal(
        ((const struct sojourn_out *)r.out[MODELS_SOJOURN])->left_early, 0);
    region_free(&r);
    inn_close(&inn);
}

/* Who settles is of the ages and grades that the origin says, and keeps the key. */
static void
who_settles_is_as_the_origin_says(void **state)
{
    static struct inn inn;
    static struct region r;
    int found = 0, women = 0, second = 0;

    (void)state;
    inn_open(&inn, 0,
        "{name: a, guests: 3650, stay: 1, settles: 1, age_from: 64, age_to: 66, "
        "grade_to: 2}",
        NULL, 0);
    region_init(&r, &inn.hall.setup, 0, rng_run(3, 0));
    uint32_t before = county_of(&r)->n;
    region_run(&r, 30 * MINUTES_A_DAY);
    for (uint32_t i = before; i < county_of(&r)->n; i++) {
        const struct person *p = &county_of(&r)->person[i];
        double age = person_age(p, region_now(&r));
        if (!p->alive || age > 68)
            continue; /* newcomers of the hall are 70 */
        assert_true(age > 63.9 && age < 67.2 && p->grade <= 2 && p->elder);
        second += p->grade == 2;
        women += p->sex == FEMALE;
        found++;
    }
    assert_true(found > 150 && women > found / 3 && women < found * 2 / 3);
    assert_true(second > found * 9 / 10); /* nearly all would have 2 or 3 */
    region_free(&r);
    inn_close(&inn);
}

static void
mistakes_are_named(void **state)
{
    static const struct {
        const char *set[2], *text;
    } table[] = {
        {{"sojourn.origins=[{name: a, uses: public_hom}]", NULL},
            "nobody offers a service 'public_hom'; did you mean 'public_home'?"},
        {{"sojourn.origins=[{name: a, uses: public_home public_home}]", NULL},
            "guests of 'a' take places of 'public_home' twice, expected once"},
        {{"sojourn.origins=[{name: a, guests: 1, weight: 0}]", NULL},
            "guests of 'a' come in no month, expected a weight above 0"},
        {{"sojourn.origins=[{name: a, age_from: 70, age_to: 65}]", NULL},
            "guests of 'a' settle at ages 70 to 65, expected the last not before the "
            "first"},
        {{"sojourn.origins=[{name: a, adcode: 999002}]", NULL},
            "county 999002 is not in the table of counties"},
        {{"sojourn.season=[{adcode: 999001, month: 3, guests: 5}]", NULL},
            "the row names no origin, expected one of the 0 rows of sojourn.origins"},
        {{"sojourn.season=[{origin: x, adcode: 999001, month: 3, guests: 5}]", NULL},
            "nobody comes from 'x', expected a name of sojourn.origins"},
        {{"sojourn.origins=[{name: a}]",
             "sojourn.season=[{adcode: 999001, month: 3, guests: 5}, {origin: a, "
             "adcode: 0, month: 3, guests: 5}]"},
            "guests of 'a' stand twice for month 3 of a county, expected once"},
        {{"sojourn.origins=[{name: a}, {name: b}]",
             "sojourn.season=[{adcode: 999001, month: 3, guests: 5}]"},
            "the row names no origin, expected one of the 2 rows of sojourn.origins"},
        {{"sojourn.origins=[{name: a, uses: public_home}]",
             "service.services=[{name: public_home, guests: 0}]"},
            "service 'public_home' has no places for guests, expected one with places "
            "and guests: 1"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        int n;
        char *text = inn_mistake(table[i].set, &n);
        assert_int_equal(n, 1);
        assert_string_equal(text, table[i].text);
        mem_free(text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beds_turn_away_as_erlang_says),
        cmocka_unit_test(homestays_take_a_share),
        cmocka_unit_test(residents_wait_for_guests),
        cmocka_unit_test(other_services_are_extra),
        cmocka_unit_test(sites_close_under_guests),
        cmocka_unit_test(guests_move_to_another_site),
        cmocka_unit_test(who_settles_is_as_the_origin_says),
        cmocka_unit_test(mistakes_are_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
