/* Numbers that a plan prints, against their wholes and the scenario. */
#include "models/lint_against.h"

#include "tests/village.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
a_share_of_another_whole_is_found(void **state)
{
    /* 10 nursing beds are 50 % of the 20 that operate, printed beside 50 */
    static const struct village operating = {
        .statements = "part,is,,,part,10,,,,,\nall,is,,,all,50,,,,,\n"
                      "share,is,nursing_share,,,50,%,,part,all,\n"};
    static const struct village unknown = {
        .statements = "part,is,,,part,10,,,,,\nall,is,,,all,50,,,,,\n"
                      "share,is,,,share,31,%,,part,all,\n"};
    static const struct village of_result = {
        .statements = "part,is,,,part,6887,,,,,\n"
                      "share,is,,,share,3,1/1000,,part,people,\n"};

    (void)state;
    village_finds(&operating, "other_whole", "share",
        "50 % is 10 of 20 (beds of operating homes at the start), not of the 50 "
        "printed "
        "beside it (all): of these it is 20 %");
    village_finds(
        &unknown, "other_whole", "share", "31 % is 10 of 32, not of the 50 printed");
    village_finds(&of_result, "other_whole", "share",
        "3 per 1,000 is 6,887 of 2,295,667, not of the 1,800 printed beside it "
        "(residents)");
}

static void
rounding_makes_no_other_whole(void **state)
{
    static const struct village rounded = {
        .statements = "part,is,,,part,10,,,,,\nall,is,,,all,30,,,,,\n"
                      "whole,is,,,a,33,%,,part,all,\n"              /* 33.3 */
                      "tenth,is,,,b,33.3,%,,part,all,\n"            /* likewise */
                      "per,is,,,c,222,1/1000,,elders_now,people,\n" /* 222.2 */
                      "elders_now,is,elders,,,400,,,,,\n"};

    (void)state;
    village_finds(&rounded, "other_whole", NULL, NULL);
}

static void
another_stock_parameter_or_target_is_found(void **state)
{
    static const struct village other = {
        .statements = "beds_now,is,beds,,,25,,,,,\n"
                      "per,is,beds_per_1000_elders,,,48,,,,,\n"
                      "quits,is,workforce.quits,,,0.1,,,,,\n"
                      "want,at_least,nursing_share,,,60,,2025,,,\n"};
    static const struct village same = {
        .statements = "beds_now,is,beds,,,20,,,,,\n"
                      "per,is,beds_per_1000_elders,,,50,,,,,\n"
                      "quits,is,workforce.quits,,,0.25,,,,,\n"
                      "want,at_least,nursing_share,,,55,,2025,,,\n"
                      "later,at_least,nursing_share,,,60,,2030,,,\n"
                      "not_here,is,places,community_centre,,77,,,,,\n"};

    (void)state;
    village_finds(&other, "otherwise", "beds_now",
        "the plan prints 25, the scenario starts with 20 (beds)");
    village_finds(&other, "otherwise", "per", "starts with 50 per 1,000");
    village_finds(&other, "otherwise", "quits", "starts with 0.25 (workforce.quits)");
    village_finds(&other, "otherwise", "want",
        "the plan prints 60 %, the target 'nursing' in line 3 asks for 55 %");
    village_finds(&same, "otherwise", NULL, NULL);
}

static void
projects_add_up_to_what_is_printed(void **state)
{
    static const struct village less = {
        .statements = "more,adds,new_beds,,,30,,2025,,,\n"
                      "sites,adds,new_sites,public_home,,3,,2025,,,\n"
                      "cost,adds,construction,,,2000,CNY,2025,,,\n"};
    static const struct village odd = {
        .statements = "more,adds,new_beds,,,33,,2025,,,\n"};
    static const struct village sooner = {
        .statements = "more,adds,new_beds,,,30,,2022,,,\n" /* one of two by then */
                      "places,adds,new_places,community_centre,,700,,2025,,,\n"
                      "staff,adds,trained,caregiver,,999,,2025,,,\n"};
    static const struct village lever = {
        .statements = "more,adds,new_beds,,,45,,2025,,,\n",
        .levers = "l,extend,public_home,,,nursing,10,,2025-07-02,2026-07-01\n"};

    (void)state;
    village_finds(&less, "projects", "more",
        "projects and levers add 40 by 2025-12-31 (beds that were added, by projects "
        "and "
        "otherwise), the plan prints 30: the same only without private_home 10");
    village_finds(&less, "projects", "sites", "add 1 by 2025-12-31");
    village_finds(&less, "projects", "cost", NULL);
    village_finds(&odd, "projects", "more", "the plan prints 33");
    village_finds(&sooner, "projects", NULL, NULL);
    /* 183 of 365 days of the lever are by the end of 2025: 5.01 beds */
    village_finds(&lever, "projects", NULL, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_of_another_whole_is_found),
        cmocka_unit_test(rounding_makes_no_other_whole),
        cmocka_unit_test(another_stock_parameter_or_target_is_found),
        cmocka_unit_test(projects_add_up_to_what_is_printed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
