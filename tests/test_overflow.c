/*
 * Applicants who have waited for long go to the nearest county that has a free place:
 * in two counties of Dali of which one has no beds, and in three. Nobody is lost on the
 * way.
 */
#include "models/overflow.h"

#include "sim/date.h"
#include "tests/audit.h"
#include "tests/dali.h"
#include "tests/hall.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

enum { COUNTIES = 2, MORE = 3 };

/* Yangbi, Yongping, and Dali City, which is nearer to Yangbi. */
static const int64_t counties[MORE] = {532922, 532928, 532901};

/* Beds that nobody can use keep applicants able to pay where there is none free. */
static const char delta[] = "base: plan.yaml\nend: 2025-12-31\nreplicates: 1\n"
                            "facility: {facilities: homes.csv, projects: []}\n"
                            "workforce: {caregivers: 900}\nservice:\n  services:\n"
                            "    - {name: nursing_home, willing_rural: 0.5, "
                            "willing_urban: 0.5, patience: 1000}\n";

static const char homes[] = "id,adcode,name,name_zh,kind,ordinary_beds,nursing_beds\n"
                            "a,532922,A,A,public_home,1,1\n"
                            "b,532928,B,B,public_home,2500,2500\n";

static const char no_homes[] =
    "id,adcode,name,name_zh,kind,ordinary_beds,nursing_beds\n"
    "a,532922,A,A,public_home,1,1\n"
    "b,532928,B,B,public_home,1,1\n";

static const char far_homes[] =
    "id,adcode,name,name_zh,kind,ordinary_beds,nursing_beds\n"
    "a,532922,A,A,public_home,1,1\n"
    "b,532928,B,B,public_home,2500,2500\n"
    "c,532901,C,C,public_home,1,1\n";

struct town {
    int n; /* counties */
    struct scratch scratch;
    struct hall hall;
    struct result result;
    const struct model *list[MODELS_COUNT + 2];
};

static void
town_run(struct town *self, int n, const char *beds, const char *overflow)
{
    const char *const set[] = {overflow, "workforce.caregivers=4000"};

    self->n = n;
    scratch_open(&self->scratch);
    dali_copy(&self->scratch, counties, n);
    scratch_write(&self->scratch, "homes.csv", beds);
    scratch_write(&self->scratch, "delta.yaml", delta);
    hall_open(&self->hall, scratch_path(&self->scratch, "delta.yaml"),
        audit_models(self->list), set, n == MORE ? 2 : 1);
    hall_run(&self->hall, &self->result);
}

static void
town_close(struct town *self)
{
    result_free(&self->result);
    hall_close(&self->hall);
    scratch_close(&self->scratch);
}

/* Of one county and month, or of all months (t < 0), or of both counties. */
static double
number(const struct town *town, const char *name, int t, int region)
{
    double sum = 0.0;

    for (int m = 0; m < town->hall.setup.n_times; m++)
        if (t < 0 || m == t)
            sum += dali_value(&town->result, name, 0, 0, m, region);
    return sum;
}

static const struct service_out *
desk(const struct town *town, int t, int region)
{
    return result_at(&town->result, MODELS_SERVICE, 0, t, region);
}

static int64_t
overflowed(const struct town *town, int region)
{
    int64_t all = 0;

    for (int t = 0; t < town->hall.setup.n_times; t++)
        all += desk(town, t, region)->overflowed;
    return all;
}

/* Month by month; who is on the way at a month's end arrives in the next. */
static void
check_people(const struct town *town)
{
    double way = 0.0;

    for (int t = 1; t < town->hall.setup.n_times; t++) {
        double people = 0.0;
        for (int k = 0; k < COUNTIES; k++) {
            double was = number(town, "people", t - 1, k);
            double is = number(town, "people", t, k);
            assert_true(
                is ==
                was + number(town, "births", t, k) - number(town, "deaths", t, k) +
                    number(town, "immigrants", t, k) - number(town, "emigrants", t, k) +
                    number(town, "moved_in", t, k) - number(town, "moved_out", t, k));
            way += number(town, "moved_out", t, k) - number(town, "moved_in", t, k);
            people += is;
        }
        assert_true(way >= 0.0 && way < 200.0 && people > 0.0);
    }
}

static int64_t
wrong(const struct town *town)
{
    int64_t n = 0;

    for (int t = 0; t < town->hall.setup.n_times; t++)
        for (int k = 0; k < town->n; k++) {
            const struct audit_out *o = result_at(&town->result, AUDIT_MODEL, 0, t, k);
            n += o->people + o->grades + o->load + o->beds + o->lines + o->gates;
        }
    return n;
}

/* Two counties without a free place would send people to and fro: nobody goes, and who
 * has waited in vain waits on, and loses patience as if there was nowhere to go. */
static void
nobody_goes_where_all_is_full(void **state)
{
    static struct town stay, go;

    (void)state;
    town_run(
        &stay, 2, no_homes, "service.services=[{name: nursing_home, overflow: 0}]");
    town_run(&go, 2, no_homes, "service.services=[{name: nursing_home, overflow: 60}]");
    int last = go.hall.setup.n_times - 1;
    assert_int_equal(wrong(&go), 0);
    assert_int_equal(overflowed(&go, 0) + overflowed(&go, 1), 0);
    int64_t gave_up[2] = {0, 0};
    for (int t = 1; t <= last; t++)
        for (int k = 0; k < COUNTIES; k++) {
            gave_up[0] += desk(&stay, t, k)->gave_up;
            gave_up[1] += desk(&go, t, k)->gave_up;
        }
    assert_true(gave_up[0] > 500);
    /* they are the same people but for those few, who are drawn along a different way
     */
    assert_true(llabs(gave_up[1] - gave_up[0]) <= 40);
    assert_true(desk(&go, last, 0)->waiting_since[5] > 50);
    town_close(&stay);
    town_close(&go);
}

/* Dali City is nearer to Yangbi but full: people go on to Yongping. */
static void
they_pass_by_a_county_that_is_full(void **state)
{
    static struct town go;

    (void)state;
    town_run(
        &go, 3, far_homes, "service.services=[{name: nursing_home, overflow: 60}]");
    const struct care_tab *t = go.hall.setup.tab[MODELS_CARE];
    int city = 0, yangbi = 1, yongping = 2; /* in the order of codes */
    assert_int_equal(t->overflow->n, 2);
    assert_int_equal(t->overflow->near[2 * yangbi], city);
    assert_int_equal(t->overflow->near[2 * yangbi + 1], yongping);
    assert_int_equal(wrong(&go), 0);
    assert_true(overflowed(&go, yangbi) > 200);
    assert_true(overflowed(&go, city) > 200);
    assert_true(overflowed(&go, yongping) <= 8); /* they have room */
    double there = number(&go, "residents", go.hall.setup.n_times - 1, yongping);
    assert_true(
        there > 0.3 * (double)(overflowed(&go, yangbi) + overflowed(&go, city)));
    town_close(&go);
}

/* After 60 days; and nobody is in line for longer. */
static void
who_waits_long_goes_to_the_next_county(void **state)
{
    static struct town stay, go;
    int last;

    (void)state;
    town_run(&stay, 2, homes, "service.services=[{name: nursing_home, overflow: 0}]");
    town_run(&go, 2, homes, "service.services=[{name: nursing_home, overflow: 60}]");
    last = go.hall.setup.n_times - 1;
    check_people(&stay);
    check_people(&go);
    assert_int_equal(wrong(&stay), 0);
    assert_int_equal(wrong(&go), 0);
    assert_int_equal(overflowed(&stay, 0) + overflowed(&stay, 1), 0);
    assert_true(overflowed(&go, 0) > 200);
    assert_int_equal(overflowed(&go, 1), 0); /* there is room */
    /* they move, beside those who move anyway */
    double more = number(&go, "moved_out", -1, 0) - number(&stay, "moved_out", -1, 0);
    assert_true(more > 0.9 * (double)overflowed(&go, 0));
    assert_true(more <= (double)overflowed(&go, 0));
    /* and live there: those who have not died or moved on since */
    double arrived = number(&go, "moved_in", -1, 1) - number(&stay, "moved_in", -1, 1);
    assert_true(arrived > 0.9 * more && arrived <= more);
    assert_true(number(&go, "residents", last, 1) >
                number(&stay, "residents", last, 1) + 0.3 * (double)overflowed(&go, 0));
    for (int t = 4; t <= last; t++) {
        const int64_t *since = desk(&go, t, 0)->waiting_since;
        assert_int_equal(since[3] + since[4] + since[5], 0);
    }
    assert_true(desk(&stay, last, 0)->waiting_since[5] > 50);
    town_close(&stay);
    town_close(&go);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_waits_long_goes_to_the_next_county),
        cmocka_unit_test(nobody_goes_where_all_is_full),
        cmocka_unit_test(they_pass_by_a_county_that_is_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
