/*
 * Levers that change beds and buildings, and their side effects.
 *
 * Every row of the five plans' levers has its test here, in test_lever_net.c,
 * test_lever_beds.c, test_lever_home.c or test_lever_people.c, or the reason why it has
 * none.
 */
#include "models/payment.h"
#include "models/service.h"
#include "tests/town.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define AFTER "from: 2021-07-01, "
#define HALF AFTER "to: 2021-12-31, "

/* 2 Beds and buildings */
static const struct town_row beds_rows[] = {
    {.term =
            "Turn rural homes into regional centres 农村敬老院转型为区域性养老服务中心",
        .lever = "    - {name: x, kind: hand_over, service: public_home, to_service: "
                 "regional_centre, each: 1, " HALF "homes: 1}\n",
        .check = {{"sites", "regional_centre", -1, TOWN_NOW, 2},
            {"sites", "public_home", -1, TOWN_BY, -2},
            {"users", "regional_centre", -1, TOWN_MORE, 0}}},
    {.term = "Turn idle homes into day care or mutual aid 闲置敬老院转为日间照料中心",
        .lever = "    - {name: x, kind: convert, service: public_home, to_service: "
                 "day_care, " HALF "homes: 2}\n",
        .check = {{"places", "public_home", -1, TOWN_BY, -40},
            {"places", "day_care", -1, TOWN_BY, 40},
            {"users", "public_home", -1, TOWN_SAME, 0},
            {"users", "day_care", -1, TOWN_MORE, 0}}},
    {.term = "Re-use idle buildings 盘活闲置厂房、学校、医院",
        .lever = "    - {name: x, kind: build, service: public_home, " HALF
                 "homes: 2, amount: 20, lease: 1, lag: 30, cost_cny: 30000}\n",
        .check = {{"places", "public_home", -1, TOWN_BY, 20},
            {"lever_cost", "x", -1, TOWN_NOW, 600000}}},
    {.term = "Nursing-type share 护理型床位占比",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: nursing_home, discharge: 4}\n",
        .lever = "    - {name: x, kind: convert, service: public_home, " HALF
                 "amount: 16, bed: nursing}\n",
        .check = {{"nursing_places", "public_home", -1, TOWN_BY, 16},
            {"places", "public_home", -1, TOWN_BY, 0},
            {"nursing_beds", NULL, -1, TOWN_BY, 16},
            {"lever_effect", "x", -1, TOWN_NOW, 16}}},
    {.term = "Dementia and disability centres 失智照护机构、失能老人照护中心",
        .given = "care:\n"
                 "  dementia: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]\n",
        .lever = "    - {name: x, kind: build, service: disabled_home, each: 1, " AFTER
                 "to: 2021-07-31, homes: 1, amount: 10, bed: dementia}\n",
        .check = {{"places", "disabled_home", -1, TOWN_BY, 20},
            {"users", "disabled_home", -1, TOWN_MORE, 0},
            {"waiting", NULL, -1, TOWN_LESS, 0}}},
    {.term = "Model public home per county 示范性综合养老机构",
        .lever = "    - {name: x, kind: build, service: public_home, each: 1, " HALF
                 "homes: 1, amount: 100}\n",
        .check = {{"large_sites", "public_home", -1, TOWN_BY, 2}}},
    {.term = "Beds norm 每千名老年人养老床位",
        .lever = "    - {name: x, kind: build, service: public_home, " HALF
                 "homes: 3, amount: 50}\n",
        .check = {{"beds", NULL, -1, TOWN_BY, 50}}},
    {.term = "Building programme 养老服务体系建设项目",
        .lever = "    - {name: x, kind: build, service: public_home, " HALF
                 "homes: 4, amount: 90, cost_cny: 146000}\n",
        .check = {{"places", "public_home", -1, TOWN_BY, 90},
            {"lever_cost", "x", -1, TOWN_NOW, 13140000},
            {"spent", NULL, PAY_CONSTRUCTION, TOWN_BY, 1314000000},
            {"users", "public_home", -1, TOWN_MORE, 0}}},
    {.term = "City-enterprise inclusive partnership 普惠养老城企联动",
        .lever = "    - {name: x, kind: build, service: private_home, " HALF
                 "homes: 2, amount: 20, bed: nursing, payer: operator}\n"
                 "    - {name: y, kind: price, service: private_home, " AFTER
                 "value: 0.6}\n",
        .check = {{"users", "private_home", -1, TOWN_MORE, 0},
            {"lever_effect", "y", -1, TOWN_LESS, 0}}},
    {.term = "Site norms 人均用地、每百户建筑面积、四同步",
        .lever = "    - {name: x, kind: build, service: day_care, " HALF
                 "homes: 4, amount: 20}\n",
        .check = {{"covered_units", "day_care", -1, TOWN_BY, 4},
            {"new_sites", "day_care", -1, TOWN_BY, 4}}},
    {.term = "Audit of estates 配套养老设施专项治理",
        .lever = "    - {name: x, kind: build, service: day_care, from: 2022-06-30, "
                 "to: 2022-06-30, homes: 6, amount: 60}\n",
        .check = {{"covered_units", "day_care", -1, TOWN_BY, 6}}},
    {.term = NULL},
};

/* 8 Conflicts and side effects */
static const struct town_row conflicts_rows[] = {
    {.term = "Rural demand is weak: more beds, more empty beds",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: nursing_home, willing_rural: 0.000001, willing_urban: "
                 "0.000001}\n",
        .lever = "    - {name: x, kind: build, service: public_home, " HALF
                 "homes: 4, amount: 100}\n",
        .check = {{"users", "public_home", -1, TOWN_SAME, 0},
            {"vacant", "nursing_home", -1, TOWN_BY, 100}}},
    {.term = "Beds per 1,000 elders count beds that are not for nursing",
        .lever = "    - {name: x, kind: build, service: sojourn_bed, " HALF
                 "homes: 4, amount: 100}\n",
        .check = {{"beds", NULL, -1, TOWN_BY, 100},
            {"nursing_beds", NULL, -1, TOWN_SAME, 0},
            {"users", "nursing_home", -1, TOWN_SAME, 0},
            {"residents", NULL, -1, TOWN_SAME, 0}}},
    {.term = "Each new nursing bed needs staff; staff may bind",
        .given = "workforce: {caregivers: 10}\n",
        .lever = "    - {name: x, kind: build, service: public_home, " HALF
                 "homes: 4, amount: 100, bed: nursing}\n",
        .check = {{"places", "public_home", -1, TOWN_BY, 100},
            {"residents", NULL, -1, TOWN_SAME, 0},
            {"ghost_staff", "nursing_home", -1, TOWN_MORE, 0}}},
    {.term = "Elders grow about a quarter in five years",
        .why_not = "no lever: people turn 60; test_dali holds elders and beds per "
                   "1,000 against the plan"},
    {.term = "Opening vacant beds can crowd out the destitute",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: public_home, income_to: destitute}\n"
                 "workforce: {caregivers: 400}\n",
        .lever =
            "    - {name: x, kind: open, service: public_home, " AFTER "value: 1}\n",
        .check = {{"waiting_by_class", "nursing_home", CLASS_DESTITUTE, TOWN_MORE, 0},
            {"users", "public_home", -1, TOWN_MORE, 0}}},
    {.term = "... unless a reserve is kept",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: public_home, income_to: destitute}\n"
                 "    - {name: nursing_home, rule: first_come, discharge: 2}\n"
                 "lever:\n"
                 "  levers:\n"
                 "    - {name: x, kind: open, service: public_home, from: 2021-07-01, "
                 "value: 1}\n",
        .lever = "    - {name: x, value: 0.1}\n",
        .check = {{"waiting_by_class", "nursing_home", CLASS_DESTITUTE, TOWN_LESS, 0}}},
    {.term = "Conversion of a rural home closes it for a time",
        .given = "lever:\n"
                 "  levers:\n"
                 "    - {name: idle, kind: close, service: public_home, "
                 "to: 2021-01-31, homes: 2}\n",
        .lever = "    - {name: x, kind: convert, service: public_home, to_service: "
                 "regional_centre, " HALF "homes: 2, lag: 60}\n",
        .check = {{"displaced", "nursing_home", -1, TOWN_MORE, 0},
            {"residents", NULL, -1, TOWN_LESS, 0},
            {"sites", "regional_centre", -1, TOWN_NOW, 2},
            {"places", "regional_centre", -1, TOWN_NOW, 40}}},
    {.term = NULL},
};

static void
beds(void **state)
{
    (void)state;
    town_rows(beds_rows);
}

static void
conflicts(void **state)
{
    (void)state;
    town_rows(conflicts_rows);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beds),
        cmocka_unit_test(conflicts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
