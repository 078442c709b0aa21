#include "models/payment.h"

#include "models/service.h"
#include "sim/err.h"

#include <assert.h>
#include <string.h>

static const char *const account_label[] = {"household", "county", "prefecture",
    "province", "lottery", "charity", "insurance", "operator_public",
    "operator_handed_over", "operator_private", "staff", "builders", "suppliers"};
static const char *const account_zh[] = {"家庭", "县级财政", "州市级财政", "省级财政",
    "福彩公益金", "慈善捐赠", "长期护理保险基金", "公办机构", "公建民营机构",
    "民办机构", "从业人员", "建设单位", "供应商"};
static const char *const purpose_label[] = {"construction", "build_subsidy",
    "operating_subsidy", "service_subsidy", "canteen_grant", "fee", "insurance_benefit",
    "premium", "wage", "running_cost", "training", "retrofit", "carer", "deficit",
    "other"};
static const char *const purpose_zh[] = {"建设投资", "一次性建设补助", "运营补助",
    "服务补贴", "老年食堂补助", "服务收费", "长护险待遇", "长护险保费", "人员工资",
    "运行成本", "人员培训", "适老化改造", "家庭照护者支持", "公办机构差额补助", "其他"};

static_assert(sizeof account_label / sizeof *account_label == ACCOUNTS &&
                  sizeof account_zh / sizeof *account_zh == ACCOUNTS,
    "every account has its labels");
static_assert(sizeof purpose_label / sizeof *purpose_label == PURPOSES &&
                  sizeof purpose_zh / sizeof *purpose_zh == PURPOSES,
    "every purpose has its labels");
static_assert(ACCOUNT_PUBLIC + OWNER_PRIVATE == ACCOUNT_PRIVATE,
    "operators stand in the order of owners");

const struct axis payment_accounts = {.name = "account",
    .doc = "account of the ledger",
    .zh = "账户",
    .unit = "1",
    .n = ACCOUNTS,
    .label = account_label,
    .label_zh = account_zh};
const struct axis payment_payers = {.name = "payer",
    .doc = "who pays",
    .zh = "付款方",
    .unit = "1",
    .n = PAYERS,
    .label = account_label,
    .label_zh = account_zh};
const struct axis payment_purposes = {.name = "purpose",
    .doc = "what a payment is for",
    .zh = "用途",
    .unit = "1",
    .n = PURPOSES,
    .label = purpose_label,
    .label_zh = purpose_zh};

enum { OPERATOR = 6 };
const char *const payment_choices[] = {"county", "prefecture", "province", "lottery",
    "charity", "insurance", "operator", NULL};

int
payment_choice(int choice, int owner)
{
    BUG_IF(choice < 0 || choice > OPERATOR || owner < 0 || owner >= OWNERS);
    return choice == OPERATOR ? ACCOUNT_PUBLIC + owner : ACCOUNT_COUNTY + choice;
}

int32_t
payment_purpose(const char *service)
{
    static const struct {
        const char *service;
        int32_t purpose;
    } own[] = {{"canteen", PAY_CANTEEN}, {"retrofit", PAY_RETROFIT},
        {"device", PAY_RETROFIT}, {"carer_training", PAY_CARER}};

    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (strcmp(own[i].service, service) == 0)
            return own[i].purpose;
    return PURPOSES;
}
