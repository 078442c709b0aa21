/* What projects and levers add, together and one by one (gain.h). */
#include "models/agenda.h"

#include "models/gain.h"
#include "models/service.h"
#include "sim/date.h"
#include "tests/village.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

static const struct village busy = {.statements = "",
    .levers = "built,build,public_home,,,nursing,60,3,2022-01-01,2022-12-31\n"
              "grown,extend,private_home,,,,10,,2023-01-01,2023-12-31\n"
              "nursed,convert,public_home,,,nursing,4,,2021-01-01,2021-12-31\n"
              "given,hand_over,public_home,handed_over_home,,,,2,2021-01-01,\n"
              "gone,close,community_centre,,,,1,,2021-01-01,\n"
              "hired,recruit,,,caregiver,,50,,2021-01-01,2025-12-31\n"
              "taught,train,,,caregiver,,7,,2021-01-01,\n"};

static void
near(double x, double wanted, double within)
{
    if (fabs(x - wanted) > within)
        print_error("%.9g, expected %.9g\n", x, wanted);
    assert_true(fabs(x - wanted) <= within);
}

/* All of an entry, by its name; the item by name, "" for all. */
static double
gain(const struct visit *v, const char *entry, const char *result, const char *item)
{
    const struct lint *l = &v->findings.lint;
    int i = 0;

    while (i < l->agenda.n && strcmp(l->agenda.entry[i].name, entry) != 0)
        i++;
    assert_true(i < l->agenda.n);
    return gain_of(l->setup, &l->agenda.entry[i], result, lint_item(l, result, item));
}

#define IS(entry, result, item, value) \
    assert_true(gain(&visit, entry, result, item) == (value))

static void
projects_add_beds_and_sites(void **state)
{
    struct visit visit;

    (void)state;
    village_visit(&visit, &busy);
    IS("one", "beds", "", 30.0);
    IS("one", "institution_beds", "", 30.0);
    IS("one", "nursing_beds", "", 20.0);
    IS("one", "private_beds", "", 0.0);
    IS("two", "private_beds", "", 10.0);
    IS("one", "new_public_beds", "", 30.0);
    IS("one", "new_public_nursing", "", 20.0);
    IS("two", "new_public_beds", "", 0.0);
    IS("one", "places", "public_home", 30.0);
    IS("one", "places", "private_home", 0.0);
    IS("one", "offered", "nursing_home", 30.0);
    IS("one", "sites", "public_home", 1.0);
    IS("one", "sites", "", 1.0);
    IS("one", "large_sites", "public_home", 0.0);
    IS("one", "construction", "", 1000.0);
    IS("one", "staff", "caregiver", 0.0);
    IS("one", "elders", "", 0.0);
    village_leave(&visit);
}

static void
levers_add_by_their_kind(void **state)
{
    struct visit visit;

    (void)state;
    village_visit(&visit, &busy);
    IS("built", "nursing_beds", "", 60.0);
    IS("built", "sites", "public_home", 3.0);
    IS("built", "new_places", "public_home", 60.0);
    IS("built", "construction", "", 0.0);
    IS("grown", "beds", "", 10.0);
    IS("grown", "nursing_beds", "", 0.0);
    IS("grown", "sites", "private_home", 0.0);
    IS("nursed", "nursing_beds", "", 4.0);
    IS("nursed", "beds", "", 0.0);
    IS("nursed", "new_beds", "", 0.0);
    IS("given", "sites", "public_home", -2.0);
    IS("given", "sites", "handed_over_home", 2.0);
    IS("given", "sites", "", 0.0);
    IS("given", "beds", "", 0.0);
    IS("given", "offered", "nursing_home", 0.0);
    assert_true(isnan(gain(&visit, "given", "places", "public_home")));
    assert_true(isnan(gain(&visit, "given", "private_beds", "")));
    IS("gone", "sites", "community_centre", -1.0);
    assert_true(isnan(gain(&visit, "gone", "beds", "")));
    IS("hired", "staff", "caregiver", 50.0);
    IS("hired", "caregivers", "", 50.0);
    IS("hired", "trained", "caregiver", 50.0);
    IS("hired", "staff", "home_carer", 0.0);
    IS("taught", "certified", "caregiver", 7.0);
    IS("taught", "staff", "caregiver", 0.0);
    village_leave(&visit);
}

static void
units_come_evenly_between_their_days(void **state)
{
    struct visit visit;
    int32_t eve = date_day(2020, 12, 31);

    (void)state;
    village_visit(&visit, &busy);
    const struct agenda *a = &visit.findings.lint.agenda;
    int home = service_find(a->setup, "public_home");
    assert_true(
        agenda_added(a, "new_places", home, eve, date_day(2021, 12, 31)) == 0.0);
    near(/* 181 of 365 days: the project opens on the next */
        agenda_added(a, "new_places", home, eve, date_day(2022, 6, 30)),
        60.0 * 181 / 365, 1e-9);
    near(agenda_added(a, "new_places", home, eve, date_day(2022, 7, 1)),
        60.0 * 182 / 365 + 30.0, 1e-9);
    near(
        agenda_added(a, "new_places", home, date_day(2022, 7, 1), date_day(2030, 7, 1)),
        60.0 * 183 / 365, 1e-9);
    assert_true(isnan(agenda_added(a, "beds", -1, eve, date_day(2022, 7, 1))));
    village_leave(&visit);
}

static void
recruits_come_by_path_and_lever(void **state)
{
    struct visit visit;
    int32_t eve = date_day(2020, 12, 31), due = date_day(2025, 12, 31);

    (void)state;
    village_visit(&visit, &busy);
    const struct agenda *a = &visit.findings.lint.agenda;
    double years = 1826.0 / 365.2425; /* 40 a year */
    near(
        agenda_added(a, "staff", STAFF_CAREGIVER, eve, due), 40.0 * years + 50.0, 1e-6);
    near(agenda_added(a, "caregivers", -1, eve, due), 40.0 * years + 50.0, 1e-6);
    assert_true(agenda_added(a, "staff", STAFF_HOME_CARER, eve, due) == 0.0);
    assert_true(agenda_touches(a, "caregivers", -1));
    assert_false(agenda_touches(a, "staff", STAFF_HOME_CARER));
    assert_true(agenda_touches(a, "private_beds", -1));
    assert_true(gain_knows("beds") && gain_of_staff("trained"));
    assert_false(gain_knows("elders") || gain_of_staff("beds"));
    village_leave(&visit);
}

/* What Dali's plan adds to a result by the end of 2025, with levers of `file` or not.
 */
static double
dali_adds(const char *result, const char *file)
{
    char levers[320];
    const char *const set[] = {levers};
    struct dali dali;
    struct arena arena = {.block = NULL};
    struct agenda a;

    snprintf(levers, sizeof levers, "lever.levers=%s", file != NULL ? file : "");
    dali_open(&dali, "scenarios/dali/plan.yaml", set, file != NULL);
    agenda_init(&a, &dali.setup, &arena);
    double sum =
        agenda_added(&a, result, -1, date_day(2020, 12, 31), date_day(2025, 12, 31));
    mem_arena_free(&arena);
    dali_close(&dali);
    return sum;
}

/* Two beds more for each of twelve counties by a lever, five for one by another. The
 * plan's projects have 5,958 beds, 3,313 of them nursing beds, for 793.75 million CNY.
 */
static void
what_is_of_each_county_is_added_up(void **state)
{
    struct scratch scratch;

    (void)state;
    scratch_open(&scratch);
    scratch_write(&scratch, "levers.csv",
        "name,kind,service,adcode,each,amount,from,to\n"
        "test_each,extend,public_home,0,1,2,2021-01-01,2025-12-31\n"
        "test_one,extend,public_home,532901,1,5,2021-01-01,2025-12-31\n");
    const char *file = scratch_path(&scratch, "levers.csv");
    near(dali_adds("new_beds", file) - dali_adds("new_beds", NULL), 24.0 + 5.0, 1e-6);
    assert_true(dali_adds("new_beds", NULL) >= 5958.0 - 1e-6);
    near(dali_adds("construction", NULL), 793.75e6, 1.0);
    scratch_close(&scratch);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(projects_add_beds_and_sites),
        cmocka_unit_test(levers_add_by_their_kind),
        cmocka_unit_test(units_come_evenly_between_their_days),
        cmocka_unit_test(recruits_come_by_path_and_lever),
        cmocka_unit_test(what_is_of_each_county_is_added_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
