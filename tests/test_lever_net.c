/*
 * Levers of the safety net, and of who runs and who pays.
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

/* 1 Safety net */
static const struct town_row net_rows[] = {
    {.term = "Priority for destitute elders 特困人员应养尽养、集中供养",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: nursing_home, rule: first_come, discharge: 1}\n",
        .lever = "    - {name: x, kind: priority, service: nursing_home, " AFTER
                 "rule: priority}\n",
        .check = {{"waiting_by_class", "nursing_home", CLASS_DESTITUTE, TOWN_LESS, 0},
            {"waiting_by_class", "nursing_home", CLASS_OTHER, TOWN_MORE, 0},
            {"lever_effect", "x", -1, TOWN_MORE, 0}}},
    {.term = "Disabled elders on minimum income into homes 失能低保老人集中照护",
        .given = "population: {income_rural: [0, 0.3, 0.5, 0.2], "
                 "income_urban: [0, 0.3, 0.3, 0.4]}\n"
                 "service:\n"
                 "  services:\n"
                 "    - {name: nursing_home, rule: first_come, discharge: 1}\n",
        .lever = "    - {name: x, kind: priority, service: nursing_home, " AFTER
                 "rule: priority}\n",
        .check = {{"waiting_by_class", "nursing_home", CLASS_LOW_INCOME, TOWN_LESS,
            0}}},
    {.term = "Vacant public beds open to all 空余床位向社会开放",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: public_home, income_to: destitute}\n",
        .lever =
            "    - {name: x, kind: open, service: public_home, " AFTER "value: 1}\n",
        .check = {{"users", "public_home", -1, TOWN_MORE, 0},
            {"lever_effect", "x", -1, TOWN_MORE, 0},
            {"spent", NULL, PAY_FEE, TOWN_MORE, 0}}},
    {.term = "Money follows the destitute person 按月拨付基本生活补助和护理补助",
        .lever = "    - {name: x, kind: subsidise, service: nursing_home, " AFTER
                 "value: 600, income_to: destitute}\n",
        .check = {{"spent", NULL, PAY_SERVICE, TOWN_MORE, 0},
            {"users", "nursing_home", -1, TOWN_SAME, 0},
            {"lever_effect", "x", -1, TOWN_MORE, 0}}},
    {.term = "Inclusive beds share 兜底线和普惠性床位占比",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: private_home, price: [9000, 9000, 9000]}\n",
        .lever = "    - {name: x, kind: price, service: nursing_home, " AFTER
                 "value: 0.3}\n",
        .check = {{"users", "private_home", -1, TOWN_MORE, 0},
            {"lever_effect", "x", -1, TOWN_LESS, 0}}},
    {.term = "Subsidy for poor elders' services 经济困难老年人服务补贴",
        .lever = "    - {name: x, kind: subsidise, service: home_care, " AFTER
                 "value: 500, income_to: allowance}\n",
        .check = {{"users", "home_care", -1, TOWN_MORE, 0},
            {"lever_effect", "x", -1, TOWN_MORE, 0}}},
    {.term = "Monthly visits 特殊困难老年人月探访率",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: nursing_home, patience: 60, uptake: 0}\n",
        .lever =
            "    - {name: x, kind: visit, service: monthly_visit, " AFTER "value: 1}\n",
        .check = {{"applied", "nursing_home", -1, TOWN_MORE, 0},
            {"lever_effect", "x", -1, TOWN_MORE, 0}}},
    {.term = "Left-behind elders' care 农村留守老年人关爱服务、定期探访",
        .lever = "    - {name: x, kind: build, service: mutual_aid, " HALF
                 "homes: 4, amount: 40}\n",
        .check = {{"users", "mutual_aid", -1, TOWN_MORE, 0},
            {"hours_unmet", NULL, -1, TOWN_LESS, 0}}},
    {.term = NULL},
};

/* 3 Who runs and who pays */
static const struct town_row pays_rows[] = {
    {.term = "Public-built, private-run 公建民营、委托经营",
        .lever = "    - {name: x, kind: hand_over, service: public_home, to_service: "
                 "handed_over_home, " HALF "homes: 2}\n",
        .check = {{"sites", "handed_over_home", -1, TOWN_NOW, 2},
            {"spent", NULL, PAY_DEFICIT, TOWN_LESS, 0}}},
    {.term = "Private share of beds 社会力量运营床位占比",
        .lever = "    - {name: x, kind: build, service: private_home, " HALF
                 "homes: 2, amount: 40}\n",
        .check = {{"private_beds", NULL, -1, TOWN_BY, 40}}},
    {.term = "One-off build subsidy 一次性建设补助",
        .lever = "    - {name: x, kind: build_subsidy, " AFTER "value: 10000}\n"
                 "    - {name: own, kind: build, service: private_home, " HALF
                 "homes: 1, amount: 10}\n"
                 "    - {name: leased, kind: build, service: private_home, " HALF
                 "homes: 1, amount: 10, lease: 1}\n",
        .check = {{"spent", NULL, PAY_BUILD_SUBSIDY, TOWN_BY, 15000000},
            {"lever_effect", "x", -1, TOWN_NOW, 150000},
            {"lever_cost", "x", -1, TOWN_NOW, 150000}}},
    {.term = "Operating subsidy per bed 床位运营补贴",
        .given = "market: {on: 1}\n",
        .lever = "    - {name: x, kind: subsidise, service: private_home, bed: "
                 "ordinary, " AFTER "value: 100}\n"
                 "    - {name: y, kind: subsidise, service: private_home, bed: "
                 "nursing, " AFTER "value: 100}\n",
        .check = {{"market_result", NULL, -1, TOWN_MORE, 0},
            {"lever_effect", "x", -1, TOWN_MORE, 0},
            {"spent", NULL, PAY_OPERATING, TOWN_MORE, 0}}},
    {.term = "Different subsidy by bed type 普通型与护理型床位差异化补助",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: nursing_home, round: 0}\n",
        .lever = "    - {name: x, kind: subsidise, service: private_home, bed: "
                 "ordinary, from: 2021-01-01, value: 50}\n"
                 "    - {name: y, kind: subsidise, service: private_home, bed: "
                 "nursing, from: 2021-01-01, value: 150}\n",
        .check = {{"lever_effect", "x", -1, TOWN_NOW, 24000},
            {"lever_effect", "y", -1, TOWN_NOW, 72000},
            {"spent", NULL, PAY_OPERATING, TOWN_BY, 9600000}}},
    {.term = "Small home-style facilities 小微型养老院、村民自有房屋改造",
        .lever = "    - {name: x, kind: build, service: private_home, " HALF
                 "homes: 8, amount: 64, bed: nursing}\n",
        .check = {{"sites", "private_home", -1, TOWN_BY, 8},
            {"users", "private_home", -1, TOWN_MORE, 0}}},
    {.term = "Welfare-lottery share 福彩公益金用于养老",
        .lever = "    - {name: x, kind: retrofit, service: retrofit, " HALF
                 "amount: 10, cost_cny: 3000, payer: lottery}\n",
        .check = {{"paid", NULL, ACCOUNT_LOTTERY, TOWN_BY, 3000000},
            {"pieces", "retrofit", -1, TOWN_BY, 10}}},
    {.term = "Sports-lottery funds 体彩公益金",
        .lever = "    - {name: x, kind: build, service: senior_university, " HALF
                 "homes: 2, amount: 20, cost_cny: 5000, payer: lottery}\n",
        .check = {{"paid_for", NULL, ACCOUNT_LOTTERY *PURPOSES + PAY_CONSTRUCTION,
                      TOWN_BY, 10000000},
            {"users", "senior_university", -1, TOWN_MORE, 0}}},
    {.term = "Tax, utility price, land by allocation 税费优惠、居民价格、划拨用地",
        .given = "service:\n"
                 "  services:\n"
                 "    - {name: private_home, price: [9000, 9000, 9000]}\n",
        .lever = "    - {name: x, kind: price, service: private_home, " AFTER
                 "value: 0.3}\n",
        .check = {{"users", "private_home", -1, TOWN_MORE, 0}}},
    {.term = "Bonds, credit, insurance 专项债券、循环贷款、责任保险",
        .given = "market: {on: 1, enter_occupancy: 0.5, enter_return: 0.15, "
                 "enter_delay: 60, enter_beds: 10, build_cost: 60000}\n",
        .lever = "    - {name: x, kind: build_subsidy, " AFTER "value: 50000}\n",
        .check = {{"market_opened", NULL, -1, TOWN_MORE, 0}}},
    {.term = "Industry revenue and projects 主营业务收入、康养项目",
        .why_not = "turnover of an industry: no care, bed or person of the county "
                   "depends on it"},
    {.term = NULL},
};

static void
net(void **state)
{
    (void)state;
    town_rows(net_rows);
}

static void
pays(void **state)
{
    (void)state;
    town_rows(pays_rows);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(net),
        cmocka_unit_test(pays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
