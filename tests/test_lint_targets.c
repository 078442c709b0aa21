/* Targets by themselves: met, unmoved, in conflict, served too late. */
#include "models/lint_targets.h"

#include "tests/village.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define AT ",prefecture,point,"

static void
what_is_met_at_the_start_is_found(void **state)
{
    static const struct village met = {
        .targets = "n,nursing_share," AT "at_least,45,2025-12-31\n"
                   "o,occupancy,,each_county,point,at_most,100,2025-12-31\n"};
    static const struct village open = {
        .targets = "n,nursing_share," AT "at_least,50.1,2025-12-31\n"
                   "r,nursing_share," AT "rises,,2025-12-31\n"
                   "y,new_beds,,prefecture,year,at_most,1000,2025-12-31\n"};

    (void)state;
    village_finds(&met, "met_at_start", "n",
        "n: met before anything is done: 50 % (10 of 20) at the start, at least 45 %");
    village_finds(&met, "met_at_start", "o", "at most 100 %");
    village_finds(&open, "met_at_start", NULL, NULL);
}

static void
what_nothing_changes_is_found(void **state)
{
    static const struct village nothing = {.projects = ""};
    static const struct village recruits = {.set = "workforce.recruits=0"};
    static const struct village lever = {.projects = "",
        .levers = "l,extend,public_home,,,nursing,30,,2021-01-01,2024-12-31\n"};
    static const struct village hired = {.set = "workforce.recruits=0",
        .levers = "l,recruit,,,caregiver,,200,,2021-01-01,2024-12-31\n"};
    static const struct village other = {.set = "workforce.recruits=0",
        .levers = "l,recruit,,,social_worker,,200,,2021-01-01,2024-12-31\n"};
    static const struct village down = {
        .projects = "", .targets = "n,nursing_share," AT "at_most,40,2025-12-31\n"};

    (void)state;
    village_finds(&nothing, "unmoved", "beds", "it stays at 50 per 1,000 or falls");
    village_finds(&nothing, "unmoved", "nursing", "nursing beds of operating homes");
    village_finds(&nothing, "unmoved", "carers", NULL);
    village_finds(&recruits, "unmoved", "carers", "it stays at 20 or falls");
    village_finds(&recruits, "unmoved", "beds", NULL);
    village_finds(&lever, "unmoved", NULL, NULL);
    village_finds(&hired, "unmoved", NULL, NULL);
    village_finds(&other, "unmoved", "carers", "no project, lever or recruiting");
    village_finds(&down, "unmoved", NULL, NULL);
}

/* A market that opens homes by itself may move beds: only a run can tell. */
static void
a_market_may_move_beds(void **state)
{
    static const struct village market = {.projects = "", .set = "market.on=1"};

    (void)state;
    village_finds(&market, "unmoved", "beds", NULL);
    village_finds(&market, "elder_growth", "beds", NULL);
}

static void
bounds_that_exclude_each_other_are_found(void **state)
{
    static const struct village clash = {
        .targets = "a,beds_per_1000_elders," AT "at_least,60,2025-12-31\n"
                   "b,beds_per_1000_elders," AT "at_most,55,2025-12-31\n"};
    static const struct village later = {
        .targets = "a,beds_per_1000_elders," AT "at_least,60,2025-12-31\n"
                   "b,beds_per_1000_elders," AT "at_most,55,2026-12-31\n"
                   "c,beds_per_1000_elders,,each_county,point,at_most,55,2025-12-31\n"};
    static const struct village between = {
        .targets = "a,occupancy," AT "at_least,60,2025-12-31\n"
                   "b,occupancy," AT "at_most,90,2025-12-31\n"};
    static const struct village falls = {
        .targets = "a,nursing_share," AT "rises,,2025-12-31\n"
                   "b,nursing_share," AT "falls,,2025-12-31\n"};
    static const struct village rises = {
        .targets = "a,nursing_share," AT "rises,10,2025-12-31\n"
                   "b,nursing_share," AT "at_most,55,2025-12-31\n"};
    static const struct village rises_less = {
        .targets = "a,nursing_share," AT "rises,4,2025-12-31\n"
                   "b,nursing_share," AT "at_most,55,2025-12-31\n"};

    (void)state;
    village_finds(&clash, "clash", "a",
        "at least 60 per 1,000 here and at most 55 per 1,000 in line 3 ('b') cannot "
        "both hold on 2025-12-31");
    village_finds(&later, "clash", NULL, NULL);
    village_finds(&between, "clash", NULL, NULL);
    village_finds(&falls, "clash", "a", "a rise here and a fall in line 3");
    village_finds(&rises, "clash", "a", "a rise of 10 % here"); /* 50 + 10 > 55 */
    village_finds(&rises_less, "clash", NULL, NULL);
}

/* 20 beds stand, 10 of them nursing beds; a quarter more elders in five years need
 * about a dozen more for 60 per 1,000, which is less than nursing beds of 95 % lack. */
static void
beds_and_nursing_share_are_held_together(void **state)
{
    static const struct village clash = {
        .targets = "a,beds_per_1000_elders," AT "at_least,60,2025-12-31\n"
                   "b,nursing_share," AT "at_least,95,2025-12-31\n"};
    static const struct village fits = {
        .targets = "a,beds_per_1000_elders," AT "at_least,60,2025-12-31\n"
                   "b,nursing_share," AT "at_least,60,2025-12-31\n"};
    static const struct village converted = {
        .targets = "a,beds_per_1000_elders," AT "at_least,60,2025-12-31\n"
                   "b,nursing_share," AT "at_least,95,2025-12-31\n",
        .levers = "l,convert,public_home,,,nursing,5,,2021-01-01,2024-12-31\n"};

    (void)state;
    village_finds(&clash, "clash", "a", "cannot hold together with 'b'");
    village_finds(&clash, "clash", "a", "have to be nursing beds, 10 stand");
    village_finds(&fits, "clash", NULL, NULL);
    village_finds(&converted, "clash", NULL, NULL);
}

static void
what_comes_after_its_targets_is_found(void **state)
{
    static const struct village late = {.projects =
                                            "one,public_home,1,10,40,2022-07-01\n"
                                            "two,private_home,1,0,10,2026-07-01\n"
                                            "three,public_home,1,0,5,2026-08-01\n"};
    static const struct village delayed = {.set = "facility.delay=600"};
    static const struct village last_day = {
        .projects = "one,public_home,1,10,30,2025-12-31\n"};
    static const struct village lever = {
        .levers = "l,extend,public_home,,,nursing,5,,2026-02-01,2026-12-31\n"
                  "m,train,,,caregiver,,5,,2026-02-01,2026-12-31\n"
                  "n,extend,public_home,,,nursing,5,,2025-02-01,2026-12-31\n"};

    (void)state;
    village_finds(&late, "late", "two",
        "2 projects with 15 beds or places open on average after the last target that "
        "they serve is due ('beds', 2025-12-31), 0 days behind");
    village_finds(&late, "late", "two", "two, three");
    village_finds(&delayed, "late", "two", "1 projects with 10 beds"); /* 2026-02-21 */
    village_finds(&last_day, "late", NULL, NULL);
    village_finds(&lever, "late", "l", "begins on 2026-02-01, after the last target");
    village_finds(&lever, "late", "m", NULL); /* it serves no target */
    village_finds(&lever, "late", "n", NULL); /* in part in time */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_met_at_the_start_is_found),
        cmocka_unit_test(what_nothing_changes_is_found),
        cmocka_unit_test(a_market_may_move_beds),
        cmocka_unit_test(bounds_that_exclude_each_other_are_found),
        cmocka_unit_test(beds_and_nursing_share_are_held_together),
        cmocka_unit_test(what_comes_after_its_targets_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
