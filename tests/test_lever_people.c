/*
 * Levers of staff, learners, children, and guests of the season.
 *
 * Every row of the five plans' levers has its test here, in test_lever_net.c,
 * test_lever_beds.c, test_lever_home.c or test_lever_people.c, or the reason why it has
 * none.
 */
#include "models/payment.h"
#include "models/staff.h"
#include "tests/town.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define AFTER "from: 2021-07-01, "
#define HALF AFTER "to: 2021-12-31, "

/* 6 People */
static const struct town_row people_rows[] = {
    {.term = "Care worker stock 养老护理专业人才",
        .given = "workforce: {caregivers: 14}\n",
        .lever = "    - {name: x, kind: recruit, staff: caregiver, " HALF
                 "amount: 20, cost_cny: 1500}\n",
        .check = {{"staff", NULL, STAFF_CAREGIVER, TOWN_BY, 20},
            {"residents", NULL, -1, TOWN_MORE, 0},
            {"lever_cost", "x", -1, TOWN_NOW, 30000},
            {"spent", NULL, PAY_TRAINING, TOWN_BY, 3000000}}},
    {.term = "Training coverage 入职培训率、院长培训",
        .lever = "    - {name: x, kind: train, staff: caregiver, " HALF "amount: 30}\n",
        .check = {{"certified", NULL, STAFF_CAREGIVER, TOWN_BY, 30},
            {"lever_effect", "x", -1, TOWN_NOW, 30}}},
    {.term = "Entry and post allowances 入职补贴、岗位津贴",
        .given = "workforce: {quits: 0.5}\n",
        .lever = "    - {name: x, kind: wage, staff: caregiver, " AFTER "value: 1.3}\n",
        .check = {{"quit", NULL, STAFF_CAREGIVER, TOWN_LESS, 0},
            {"lever_effect", "x", -1, TOWN_MORE, 0},
            {"spent", NULL, PAY_WAGE, TOWN_MORE, 0}}},
    {.term = "Colleges, practice bases, skill levels 产教融合实训基地、技能等级评价",
        .given = "workforce: {certifies: 1}\n",
        .lever =
            "    - {name: x, kind: recruit, staff: caregiver, " HALF "amount: 10}\n",
        .check = {{"trained", NULL, STAFF_CAREGIVER, TOWN_BY, 10},
            {"certified", NULL, STAFF_CAREGIVER, TOWN_BY, 10}}},
    {.term = "Jobs for hard-to-place workers 就业困难人员、脱贫人口社保补贴",
        .given = "workforce: {certifies: 0}\n",
        .lever =
            "    - {name: x, kind: recruit, staff: home_carer, " HALF "amount: 10}\n",
        .check = {{"trained", NULL, STAFF_HOME_CARER, TOWN_BY, 10},
            {"certified", NULL, STAFF_HOME_CARER, TOWN_BY, 0}}},
    {.term = "Social workers 每千名老年人社会工作者",
        .given = "workforce: {social_workers: 2}\n",
        .lever =
            "    - {name: x, kind: recruit, staff: social_worker, " HALF "amount: 4}\n",
        .check = {{"staff", NULL, STAFF_SOCIAL_WORKER, TOWN_BY, 4},
            {"users", "monthly_visit", -1, TOWN_MORE, 0}}},
    {.term = "Senior universities 老年大学",
        .lever = "    - {name: x, kind: build, service: senior_university, " HALF
                 "homes: 2, amount: 20}\n",
        .check = {{"users", "senior_university", -1, TOWN_MORE, 0},
            {"sites", "senior_university", -1, TOWN_BY, 2}}},
    {.term = "Childcare, the young half 托育托位",
        .given = "workforce: {child_carers: 4}\n",
        .lever =
            "    - {name: x, kind: build, service: nursery, " HALF
            "homes: 2, amount: 40, cost_cny: 30000}\n"
            "    - {name: y, kind: recruit, staff: child_carer, " HALF "amount: 20}\n",
        .check = {{"places", "nursery", -1, TOWN_BY, 40},
            {"users", "nursery", -1, TOWN_MORE, 0},
            {"paid", NULL, ACCOUNT_COUNTY, TOWN_MORE, 0}}},
    {.term = NULL},
};

/* Guests of two cities and 20 rooms for them; the canteens also serve guests. */
#define GUESTS                                                                  \
    "service:\n  services:\n    - {name: canteen, guests: 1}\n"                 \
    "sojourn:\n  origins:\n"                                                    \
    "    - {name: city, guests: 300, stay: 60, homestay: 0, uses: sojourn_bed " \
    "canteen, "                                                                 \
    "weight: [0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0]}\n"                           \
    "    - {name: north, guests: 60, stay: 60, uses: sojourn_bed, "             \
    "weight: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]}\n"
#define ROOMS                                                                    \
    "lever:\n  levers:\n    - {name: rooms, kind: build, service: sojourn_bed, " \
    "homes: 2, amount: 20, to: 2021-01-31}\n"

/* 7 Seasonal migrant elders */
static const struct town_row sojourn_rows[] = {
    {.term = "Sojourn pilots 旅居养老先行先试、旅居生活社区",
        .given = GUESTS ROOMS,
        .lever = "    - {name: x, kind: build, service: sojourn_bed, " HALF
                 "homes: 4, amount: 40}\n",
        .check = {{"guests_arrived", NULL, -1, TOWN_MORE, 0},
            {"turned_away", NULL, -1, TOWN_LESS, 0}}},
    {.term = "Target group 生活能自理的老年人",
        .given = GUESTS,
        .lever = "    - {name: x, kind: build, service: sojourn_bed, " HALF
                 "homes: 4, amount: 40}\n",
        .check = {{"guests", NULL, -1, TOWN_MORE, 0},
            {"nursing_beds", NULL, -1, TOWN_SAME, 0},
            {"residents", NULL, -1, TOWN_SAME, 0},
            {"users", "canteen", -1, TOWN_LESS, 0}}},
    {.term = "Counter-season products 反季节、冬病夏治",
        .given = GUESTS ROOMS,
        .lever = "    - {name: x, kind: attract, origin: north, " AFTER "value: 3}\n",
        .check = {{"guests", "north", -1, TOWN_MORE, 0},
            {"lever_effect", "x", -1, TOWN_MORE, 0}}},
    {.term = "Same subsidies for registered homes 床位运行、一次性建设、责任保险补贴",
        .given = GUESTS,
        .lever = "    - {name: x, kind: build_subsidy, service: sojourn_bed, " AFTER
                 "value: 10000}\n"
                 "    - {name: y, kind: build, service: sojourn_bed, " HALF
                 "homes: 2, amount: 20}\n",
        .check = {{"lever_effect", "x", -1, TOWN_NOW, 200000},
            {"spent", NULL, PAY_BUILD_SUBSIDY, TOWN_BY, 20000000},
            {"guests_arrived", NULL, -1, TOWN_MORE, 0}}},
    {.term =
            "Homestays and day centres as reception 民宿养老、日间照料中心作旅居服务点",
        .given = GUESTS,
        .lever = "    - {name: x, kind: build, service: sojourn_bed, " HALF
                 "homes: 10, amount: 50, payer: operator, cost_cny: 20000}\n",
        .check = {{"turned_away", NULL, -1, TOWN_LESS, 0},
            {"institution_beds", NULL, -1, TOWN_BY, 50},
            {"users", "nursing_home", -1, TOWN_SAME, 0},
            {"paid", NULL, ACCOUNT_PRIVATE, TOWN_MORE, 0}}},
    {.term = "East-west pairing and liaison offices 沪滇合作、东西部协作、驻京办事处",
        .given = GUESTS ROOMS,
        .lever = "    - {name: x, kind: attract, origin: city, " AFTER "value: 2}\n",
        .check = {{"guests_arrived", "city", -1, TOWN_MORE, 0},
            {"turned_away", "city", -1, TOWN_MORE, 0}}},
    {.term = "Guesthouses, routes, oxygen towns 等级民宿、线路、天然氧吧",
        .given = GUESTS ROOMS,
        .lever = "    - {name: x, kind: attract, " AFTER "value: 1.5, ramp: 180}\n",
        .check = {{"guests_arrived", "city", -1, TOWN_MORE, 0},
            {"guests_arrived", "north", -1, TOWN_MORE, 0}}},
    {.term = "Old-age real estate 存量房产改建、异地购房",
        .given = GUESTS "    - {name: owners, guests: 40, stay: 20, homestay: 1, "
                        "settles: 0.5}\n",
        .lever = "    - {name: x, kind: attract, origin: owners, " AFTER "value: 4}\n",
        .check = {{"settled", "owners", -1, TOWN_MORE, 0},
            {"people", NULL, -1, TOWN_MORE, 0}}},
    {.term = "Conflict: guests in season take capacity from residents",
        .given = GUESTS "lever:\n  levers:\n    - {name: rooms, kind: build, "
                        "service: sojourn_bed, homes: 2, amount: 400, "
                        "to: 2021-01-31}\n",
        .lever = "    - {name: x, kind: attract, " AFTER "value: 5}\n",
        .check = {{"guests", NULL, -1, TOWN_MORE, 0},
            {"users", "canteen", -1, TOWN_LESS, 0}}},
    {.term = NULL},
};

static void
people(void **state)
{
    (void)state;
    town_rows(people_rows);
}

static void
sojourn(void **state)
{
    (void)state;
    town_rows(sojourn_rows);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people),
        cmocka_unit_test(sojourn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
