/*
 * What all care keeps whatever happens: two counties of Dali with every service of
 * services.yaml and one of each kind besides, rates raised so that everything happens
 * often, while sites and terms change every month (tests/shake.h).
 */
#include "models/care.h"

#include "sim/date.h"
#include "tests/dali.h"
#include "tests/hall.h"
#include "tests/shake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

enum { COUNTIES = 2 };

static const int64_t counties[COUNTIES] = {532922, 532928};

static const char raised[] =
    "base: plan.yaml\nend: 2026-12-31\nreplicates: 1\n"
    "grade: {onset: 1.5}\nmigration: {between: 0.05}\n"
    "workforce: {caregivers: 1500, home_carers: 150, social_workers: 150, "
    "child_carers: 900}\n"
    "facility: {projects: []}\n"
    "service:\n  services:\n"
    "    - {name: nursing_home, willing_rural: 0.5, willing_urban: 0.6, refusal: 0.1, "
    "discharge: 0.5, patience: 200, transfer: 1, overflow: 90, uptake: 0.5}\n"
    "    - {name: day_care, willing_rural: 0.2, willing_urban: 0.2, discharge: 1, "
    "round: 0, refusal: 0.1}\n"
    "    - {name: senior_university, willing_rural: 0.2, round: 0}\n"
    "    - {name: nursery, willing_rural: 0.6, discharge: 0.5, uptake: 1, overflow: "
    "30}\n"
    "    - {name: home_care, willing_rural: 0.4, round: 0, discharge: 1, reserve: "
    "0.1}\n"
    "    - {name: family_bed, willing_rural: 0.3, transfer: 1}\n"
    "    - {name: retrofit, willing_rural: 0.9, patience: 100, uptake: 2, refusal: "
    "0.2}\n"
    "    - {name: hostel, kind: residence, need_above: 0, willing_rural: 0.1, "
    "willing_urban: 0.1, round: 0, transfer: 1, grade_nursing: 1, discharge: 1, staff: "
    "caregiver, hours: [0, 9, 9, 9, 9], price: 100, rule: accumulating, weight: [4, 3, "
    "2, 1]}\n"
    "    - {name: club, kind: attendance, willing_rural: 0.3, days: 2, rule: quota, "
    "weight: [4, 3, 2, 1], round: 0, discharge: 2, age_from: 50, age_to: 75}\n"
    "    - {name: caller, kind: visit, willing_rural: 0.3, staff: social_worker, "
    "clients: 20, unlimited: 1, reserve: 0.2, discharge: 2, round: 0}\n"
    "    - {name: lamp, kind: once, willing_rural: 0.3, uptake: 1, round: 0}\n";

struct town {
    struct scratch scratch;
    struct hall hall;
    struct result result;
    const struct model *list[MODELS_COUNT + 3];
};

static int
run_town(void **state)
{
    static struct town town;
    char *to;

    scratch_open(&town.scratch);
    dali_copy(&town.scratch, counties, COUNTIES);
    to = town.scratch.text;
    memcpy(to, raised, sizeof raised);
    scratch_write(&town.scratch, "raised.yaml", to);
    hall_open(&town.hall, scratch_path(&town.scratch, "raised.yaml"),
        shake_models(town.list), NULL, 0);
    hall_run(&town.hall, &town.result);
    *state = &town;
    return 0;
}

static int
close_town(void **state)
{
    struct town *town = *state;

    result_free(&town->result);
    hall_close(&town->hall);
    scratch_close(&town->scratch);
    return 0;
}

static const struct service_out *
out_at(const struct town *town, int time, int region, int service)
{
    const struct service_out *o =
        result_at(&town->result, MODELS_SERVICE, 0, time, region);

    return &o[service];
}

static int64_t
sum(const int64_t *x, int n)
{
    int64_t all = 0;

    for (int i = 0; i < n; i++)
        all += x[i];
    return all;
}

/* Users of all who supply a desk. */
static int64_t
users_of(const struct town *town, int time, int region, int desk)
{
    const struct service_tab *t = service_of(&town->hall.setup);
    int64_t all = 0;

    for (int k = 0; k < t->n; k++)
        all += t->desk[k] == desk ? out_at(town, time, region, k)->users : 0;
    return all;
}

/* Who waits is who waited, plus who joined, less who has a place or left; who uses is
 * who used, plus who came, less who left; those whose site closed and who found no
 * other are in line then. */
static void
check_month(const struct town *town, int t, int region, int desk)
{
    const struct service_out *was = out_at(town, t - 1, region, desk);
    const struct service_out *is = out_at(town, t, region, desk);
    const struct service_row *row = &service_of(&town->hall.setup)->row[desk];
    int64_t admitted = sum(is->admitted, GRADES), applied = sum(is->applied, GRADES);
    int64_t left =
        is->refused + is->gave_up + is->withdrew + is->died_waiting + is->moved_waiting;
    int64_t out_of_place = is->joined_line - applied;

    assert_int_equal(
        is->waiting_list, was->waiting_list + is->joined_line - admitted - left);
    assert_int_equal(is->waiting_list, sum(is->waiting_by_class, CLASSES));
    assert_int_equal(is->waiting_list, sum(is->waiting_since, SERVICE_WAITS));
    assert_int_equal(admitted, sum(is->admitted_after, SERVICE_WAITS));
    assert_int_equal(left, sum(is->left_after, SERVICE_WAITS));
    assert_true(is->overflowed <= is->moved_waiting);
    assert_true(out_of_place >= 0 && out_of_place <= is->displaced);
    if (row->kind == ONCE) {
        assert_int_equal(is->pieces, admitted);
        return;
    }
    assert_int_equal(users_of(town, t, region, desk),
        users_of(town, t - 1, region, desk) + admitted - is->discharged -
            is->died_using - is->moved_using - out_of_place);
    assert_int_equal(is->users, sum(is->users_by_grade, GRADES));
    assert_true(is->placed_90 <= is->decided_90);
}

static void
applicants_and_users_are_conserved(void **state)
{
    const struct town *town = *state;
    const struct service_tab *t = service_of(&town->hall.setup);

    for (int k = 0; k < t->n; k++)
        for (int region = 0; region < COUNTIES && t->desk[k] == k; region++)
            for (int m = 1; m < town->hall.setup.n_times; m++)
                check_month(town, m, region, k);
}

/* A desk's flow over all months and counties. */
static int64_t
total(const struct town *town, const char *desk, size_t offset, int n)
{
    int k = service_find(&town->hall.setup, desk);
    int64_t all = 0;

    for (int region = 0; region < COUNTIES; region++)
        for (int m = 0; m < town->hall.setup.n_times; m++)
            all += sum((const int64_t *)(const void *)((const char *)out_at(
                                                           town, m, region, k) +
                                                       offset),
                n);
    return all;
}

#define TOTAL(town, desk, member)                           \
    total(town, desk, offsetof(struct service_out, member), \
        (int)(sizeof((struct service_out *)0)->member / sizeof(int64_t)))

/* Every flow has flowed, or the balance says little. */
static void
everything_happens(void **state)
{
    const struct town *town = *state;
    static const char *const used[] = {"nursing_home", "day_care", "nursery",
        "senior_university", "home_care", "monthly_visit", "hostel", "club", "caller"};

    for (size_t i = 0; i < sizeof used / sizeof used[0]; i++) {
        if (TOTAL(town, used[i], admitted) <= 20)
            fail_msg("%s: %d admitted", used[i], (int)TOTAL(town, used[i], admitted));
        assert_true(TOTAL(town, used[i], discharged) > 0);
        if (strcmp(used[i], "nursery") != 0) /* few children die */
            assert_true(TOTAL(town, used[i], died_using) > 0);
        assert_true(TOTAL(town, used[i], moved_using) >= 0);
    }
    static const char *const once[] = {"retrofit", "device", "carer_training", "lamp"};
    for (size_t i = 0; i < sizeof once / sizeof once[0]; i++)
        assert_true(TOTAL(town, once[i], pieces) > 100);
    assert_true(TOTAL(town, "nursing_home", overflowed) > 10);
    assert_true(TOTAL(town, "nursing_home", transferred) > 10);
    assert_true(TOTAL(town, "nursing_home", displaced) > 10);
    assert_true(TOTAL(town, "nursing_home", refused) > 10);
    assert_true(TOTAL(town, "nursing_home", gave_up) > 10);
    assert_true(TOTAL(town, "nursing_home", withdrew) > 10);
    assert_true(TOTAL(town, "nursing_home", died_waiting) > 10);
}

/* What the models keep is what the people say, at every month's end. */
static void
state_fits(void **state)
{
    const struct town *town = *state;
    struct audit_out all = {.people = 0};

    for (int region = 0; region < COUNTIES; region++)
        for (int t = 0; t < town->hall.setup.n_times; t++) {
            const struct audit_out *o =
                result_at(&town->result, AUDIT_MODEL, 0, t, region);
            all.people += o->people;
            all.grades += o->grades;
            all.load += o->load;
            all.beds += o->beds;
            all.lines += o->lines;
            all.gates += o->gates;
            all.looked += o->looked;
        }
    assert_true(all.looked > 100000);
    assert_int_equal(all.people, 0);
    assert_int_equal(all.load, 0);
    assert_int_equal(all.beds, 0);
    assert_int_equal(all.lines, 0);
    assert_int_equal(all.gates, 0);
    assert_int_equal(all.grades, 0);
}

/* Places are what the sites have; built ones are counted as new. */
static void
places_are_conserved(void **state)
{
    const struct town *town = *state;
    const struct service_tab *t = service_of(&town->hall.setup);

    for (int region = 0; region < COUNTIES; region++)
        for (int m = 0; m < town->hall.setup.n_times; m++)
            for (int k = 0; k < t->n; k++) {
                const struct service_out *o = out_at(town, m, region, k);
                assert_true(o->nursing_places <= o->places);
                assert_true(o->places >= 0 && o->vacant >= 0 && o->sites >= 0);
                assert_true(o->covered_units <= o->units);
                assert_true(o->hours >= 0.0);
            }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(applicants_and_users_are_conserved),
        cmocka_unit_test(everything_happens),
        cmocka_unit_test(state_fits),
        cmocka_unit_test(places_are_conserved),
    };

    return cmocka_run_group_tests(tests, run_town, close_town);
}
