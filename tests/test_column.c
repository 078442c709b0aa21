#include "sim/column.h"

#include "sim/date.h"
#include "tests/village.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

static void
values_are_read_by_the_names_of_columns(void **state)
{
    static const struct village village = {
        .levers = "l,recruit,,,social_worker,,200,,2021-03-04,\n"};
    struct visit visit;

    (void)state;
    village_visit(&visit, &village);
    struct column_table projects = column_table(&visit.dali.setup, "facility.projects");
    assert_int_equal(projects.n, 2);
    assert_string_equal(column_text(&projects, 1, "kind"), "private_home");
    assert_true(column_number(&projects, 0, "nursing_beds") == 20.0);
    assert_true(column_number(&projects, 0, "opens") == date_day(2022, 7, 1));
    assert_int_equal(column_place(&projects, 1).line, 3);
    assert_non_null(strstr(column_place(&projects, 1).file, "projects.csv"));
    struct column_table levers = column_table(&visit.dali.setup, "lever.levers");
    assert_int_equal(levers.n, 1);
    assert_string_equal(column_text(&levers, 0, "staff"), "social_worker");
    assert_string_equal(column_text(&levers, 0, "service"), "");
    village_leave(&visit);
}

static void
parameters_of_one_number_are_found(void **state)
{
    static const struct village village = {.set = "facility.delay=12.5"};
    struct visit visit;

    (void)state;
    village_visit(&visit, &village);
    const struct setup *s = &visit.dali.setup;
    assert_true(column_parameter(s, "facility.delay") == 12.5);
    assert_true(column_parameter(s, "workforce.caregivers") == 20.0);
    assert_true(isnan(column_parameter(s, "facility.delays")));
    assert_true(isnan(column_parameter(s, "facilities.delay")));
    assert_true(isnan(column_parameter(s, "facility")));
    assert_true(isnan(column_parameter(s, ".delay")));
    assert_true(isnan(column_parameter(s, "facility.projects")));
    assert_true(isnan(column_parameter(s, "workforce.recruits")));
    assert_true(isnan(column_parameter(s, "care.need_hours"))); /* five numbers */
    assert_int_equal(column_table(s, "facility.delay").n, 0);
    assert_null(column_table(s, "facility.none").field);
    village_leave(&visit);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read_by_the_names_of_columns),
        cmocka_unit_test(parameters_of_one_number_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
