/*
 * Levers of care at home and in communities, and of medical care.
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

/* 4 Home and community */
static const struct town_row home_rows[] = {
    {.term = "Family care beds 家庭养老床位、家庭照护床位",
        .lever =
            "    - {name: x, kind: extend, service: family_bed, " HALF "amount: 40}\n",
        .check = {{"places", "family_bed", -1, TOWN_NOW, 40},
            {"users", "family_bed", -1, TOWN_MORE, 0},
            {"hours_unmet", NULL, -1, TOWN_LESS, 0}}},
    {.term = "Home adaptation 居家适老化改造",
        .given = "grade: {adapted_risk: 0.2}\n",
        .lever =
            "    - {name: x, kind: retrofit, service: retrofit, " HALF "amount: 60}\n",
        .check = {{"pieces", "retrofit", -1, TOWN_BY, 60},
            {"averted", NULL, -1, TOWN_MORE, 0}}},
    {.term = "Day care coverage 社区日间照料机构覆盖率",
        .lever = "    - {name: x, kind: build, service: day_care, " HALF
                 "homes: 6, amount: 60}\n",
        .check = {{"covered_units", "day_care", -1, TOWN_BY, 6},
            {"users", "day_care", -1, TOWN_MORE, 0},
            {"hours_unmet", NULL, -1, TOWN_LESS, 0}}},
    {.term = "Street-level comprehensive centre 街道综合养老服务中心",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: street_centre, kind: attendance, serves: day_care, "
                 "tier: township, owner: handed_over, residence: urban, hours: [0, 4, "
                 "9, 12, 12], price: 300, staff: caregiver, clients: 20}\n",
        .lever = "    - {name: x, kind: build, service: street_centre, each: 1, " HALF
                 "homes: 1, amount: 30}\n",
        .check = {{"sites", "street_centre", -1, TOWN_NOW, 2},
            {"users", "street_centre", -1, TOWN_MORE, 0}}},
    {.term = "Embedded facilities 社区嵌入式养老服务设施",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: embedded, kind: attendance, serves: day_care, tier: "
                 "community, owner: handed_over, residence: urban, hours: [0, 4, 9, "
                 "12, 12], price: 300, staff: caregiver, clients: 20}\n",
        .lever = "    - {name: x, kind: build, service: embedded, " HALF
                 "homes: 3, amount: 30}\n",
        .check = {{"sites", "embedded", -1, TOWN_NOW, 3},
            {"users", "embedded", -1, TOWN_MORE, 0}}},
    {.term = "15-minute circle 十五分钟养老服务圈",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: canteen, near_km: 4}\n"
                 "lever:\n"
                 "  levers:\n"
                 "    - {name: x, kind: build, service: canteen, from: 2021-07-01, to: "
                 "2021-07-31, homes: 2, amount: 400}\n",
        .lever = "    - {name: x, homes: 14}\n",
        .check = {{"places", "canteen", -1, TOWN_BY, 0},
            {"users", "canteen", -1, TOWN_MORE, 0}}},
    {.term = "Village mutual aid 农村互助养老服务站",
        .lever = "    - {name: x, kind: build, service: mutual_aid, " HALF
                 "homes: 3, amount: 45}\n",
        .check = {{"users", "mutual_aid", -1, TOWN_MORE, 0},
            {"hours_formal", NULL, -1, TOWN_MORE, 0}}},
    {.term = "Canteens and meal points 老年幸福食堂、助餐点",
        .lever = "    - {name: x, kind: build, service: canteen, " HALF
                 "homes: 4, amount: 40, cost_cny: 2875, payer: province}\n",
        .check = {{"paid_for", NULL, ACCOUNT_PROVINCE *PURPOSES + PAY_CONSTRUCTION,
                      TOWN_BY, 11500000},
            {"users", "canteen", -1, TOWN_MORE, 0}}},
    {.term = "Ten assists 十助服务",
        .given = "workforce: {home_carers: 8}\n",
        .lever =
            "    - {name: x, kind: recruit, staff: home_carer, " HALF "amount: 12}\n",
        .check = {{"staff", NULL, STAFF_HOME_CARER, TOWN_BY, 12},
            {"users", "home_care", -1, TOWN_MORE, 0}}},
    {.term = "Lifts and barrier-free works 加装电梯、无障碍",
        .given = "grade: {adapted_risk: 0.2}\n"
                 "service:\n"
                 "  services:\n"
                 "    - {name: lift, kind: once, adapts: 1, willing_rural: 0.3, "
                 "willing_urban: 0.9, application: 10, round: 30}\n",
        .lever =
            "    - {name: x, kind: retrofit, service: lift, " HALF "amount: 200}\n",
        .check = {{"pieces", "lift", -1, TOWN_BY, 200},
            {"averted", NULL, -1, TOWN_MORE, 0}}},
    {.term = "Smart platform and alarms 智慧养老、一键呼叫、跌倒报警",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: alarm, kind: visit, hours: [0, 1, 1, 1, 1], "
                 "willing_rural: 0.3, willing_urban: 0.3, application: 5, round: 7}\n",
        .lever = "    - {name: x, kind: extend, service: alarm, " HALF "amount: 60}\n",
        .check = {{"users", "alarm", -1, TOWN_MORE, 0},
            {"hours_formal", NULL, -1, TOWN_MORE, 0}}},
    {.term = NULL},
};

/* 5 Medical-care integration */
static const struct town_row medical_rows[] = {
    {.term = "Model integrated home per county 医养结合示范机构",
        .lever = "    - {name: x, kind: build, service: medical_home, each: 1, " HALF
                 "homes: 1, amount: 20, bed: nursing}\n",
        .check = {{"sites", "medical_home", -1, TOWN_NOW, 2},
            {"users_by_grade", "medical_home", 4, TOWN_MORE, 0}}},
    {.term = "Convert hospitals to rehab and nursing 转型康复医院、护理院",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: nursing_hospital, kind: residence, serves: "
                 "nursing_home, owner: public, price: 2500, staff: caregiver}\n",
        .lever = "    - {name: x, kind: build, service: nursing_hospital, " HALF
                 "homes: 2, amount: 40, bed: nursing, cost_cny: 30000}\n",
        .check = {{"nursing_beds", NULL, -1, TOWN_BY, 40},
            {"lever_cost", "x", -1, TOWN_NOW, 1200000},
            {"users", "nursing_hospital", -1, TOWN_MORE, 0}}},
    {.term = "Geriatrics departments 老年医学科",
        .plan = "grade: {onset: 1, recovery: 3}\n",
        .check = {{"recovered", NULL, -1, TOWN_MORE, 0}}},
    {.term = "Township clinic and rural home as one 乡镇卫生院、敬老院一体化",
        .given = "workforce: {caregivers: 12}\n",
        .plan = "service:\n"
                "  services:\n"
                "    - {name: public_home, clients: [30, 20, 12, 8, 6]}\n",
        .check = {{"users", "public_home", -1, TOWN_MORE, 0}}},
    {.term = "Home sick-beds, rounds, family doctors 家庭病床、巡诊、家庭医生签约",
        .lever = "    - {name: x, kind: extend, service: home_sickbed, " HALF
                 "amount: 30}\n",
        .check = {{"places", "home_sickbed", -1, TOWN_NOW, 30},
            {"users", "home_sickbed", -1, TOWN_MORE, 0}}},
    {.term = "Hospice 安宁疗护",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: hospice, kind: residence, serves: nursing_home, owner: "
                 "public, grade_from: 4, price: 1000, staff: caregiver}\n",
        .lever = "    - {name: x, kind: build, service: hospice, adcode: 999001, " HALF
                 "homes: 1, amount: 10, bed: nursing}\n",
        .check = {{"places", "hospice", -1, TOWN_NOW, 10},
            {"users_by_grade", "hospice", 4, TOWN_MORE, 0},
            {"users_by_grade", "hospice", 2, TOWN_SAME, 0}}},
    {.term = "Long-term care insurance 长期护理保险试点",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: home_care, price: 1200, odds_insured: 3}\n",
        .lever = "    - {name: x, kind: insure, service: nursing_home, " AFTER
                 "value: 0.7, grade_from: 3}\n"
                 "    - {name: y, kind: insure, service: home_care, " AFTER
                 "value: 0.7, grade_from: 3}\n",
        .check = {{"lever_effect", "x", -1, TOWN_MORE, 0},
            {"users_by_grade", "home_care", 3, TOWN_MORE, 0},
            {"received", NULL, ACCOUNT_INSURANCE, TOWN_MORE, 0},
            {"spent", NULL, PAY_BENEFIT, TOWN_MORE, 0}}},
    {.term = NULL},
};

static void
home(void **state)
{
    (void)state;
    town_rows(home_rows);
}

static void
medical(void **state)
{
    (void)state;
    town_rows(medical_rows);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(home),
        cmocka_unit_test(medical),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
