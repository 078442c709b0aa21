#include "models/axes.h"

#include "models/person.h"
#include "models/staff.h"

const char *const axes_sexes[] = {"male", "female", NULL};
const char *const axes_residences[] = {"rural", "urban", NULL};
const char *const axes_livings[] = {"alone", "couple", "family", "collective", NULL};
const char *const axes_incomes[] = {
    "destitute", "allowance", "resident_pension", "employee_pension", NULL};
const char *const axes_staffs[] = {
    "caregiver", "home_carer", "social_worker", "child_carer", NULL};

static const char *const sex_zh[] = {"男", "女"};
static const char *const living_zh[] = {"独居", "仅与配偶居住", "与家人同住", "集体户"};
static const char *const income_zh[] = {"特困", "低保", "居民养老金", "职工养老金"};
static const char *const staff_zh[] = {
    "养老护理员", "居家上门服务人员", "社会工作者", "托育人员"};
static const char *const grade_label[] = {
    "0 intact", "1 mild", "2 moderate", "3 severe", "4 total"};
static const char *const grade_zh[] = {
    "能力完好", "轻度失能", "中度失能", "重度失能", "完全失能"};
static const char *const age_label[AGE_GROUPS] = {"0", "1-4", "5-9", "10-14", "15-19",
    "20-24", "25-29", "30-34", "35-39", "40-44", "45-49", "50-54", "55-59", "60-64",
    "65-69", "70-74", "75-79", "80-84", "85-89", "90-94", "95-99", "100+"};

const struct axis axes_age = {.name = "age_group",
    .doc = "age in full years",
    .zh = "年龄组",
    .unit = "yr",
    .n = AGE_GROUPS,
    .label = age_label,
    .label_zh = age_label};
const struct axis axes_sex = {.name = "sex",
    .doc = "sex",
    .zh = "性别",
    .unit = "1",
    .n = SEXES,
    .label = axes_sexes,
    .label_zh = sex_zh};
const struct axis axes_grade = {.name = "care_grade",
    .doc = "care grade of GB/T 42195-2022",
    .zh = "老年人能力等级",
    .unit = "1",
    .n = GRADES,
    .label = grade_label,
    .label_zh = grade_zh};
const struct axis axes_living = {.name = "living",
    .doc = "living arrangement",
    .zh = "居住方式",
    .unit = "1",
    .n = LIVINGS,
    .label = axes_livings,
    .label_zh = living_zh};
const struct axis axes_income = {.name = "income",
    .doc = "income class",
    .zh = "收入类别",
    .unit = "1",
    .n = INCOMES,
    .label = axes_incomes,
    .label_zh = income_zh};
const struct axis axes_staff = {.name = "staff_kind",
    .doc = "kind of staff",
    .zh = "从业人员类别",
    .unit = "1",
    .n = STAFF_KINDS,
    .label = axes_staffs, /* items are named as in tables */
    .label_zh = staff_zh};

int
axes_age_group(int age)
{
    if (age < 5)
        return age > 0;
    return age < 100 ? age / 5 + 1 : AGE_GROUPS - 1;
}
