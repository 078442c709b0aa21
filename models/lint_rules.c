/*
 * lint_rules.c - the rules in the order in which their findings are said, and all that
 * they say.
 */
#include "models/lint.h"
#include "models/lint_against.h"
#include "models/lint_paper.h"
#include "models/lint_stated.h"
#include "models/lint_targets.h"

/* Beginnings and ends that several sentences share. */
#define SIGNED "met on signing: what stands, with what is asked for behind: {b}"
#define SIGNED_ZH "在印发时已经达到（现状，括号内为目标）：{b}"

#define GROWTH                                                                  \
    "holds only if elders grow by at most {a} % a year: {b} = {c} are {d} for " \
    "at most {e} elders, from {f} at the start; the cohort projection has {g} " \
    "at the end of {h}, {i} % a year"
#define GROWTH_ZH                                                                                       \
    "只有老年人口年均增速不超过{a}%才能达到：{b} = {c}，按{d}最多对应{e}名老" \
    "年人（期初{f}）；队列预测到{h}为{g}名，年均增长{i}%"

#define LEAVE                                                            \
    "; the scenario has {e} % quit a year, of whom {f} % are replaced, " \
    "and {g} % drop out of training"
#define LEAVE_ZH "；情景中每年离职{e}%（其中{f}%得到补充），培训流失{g}%"

#define PAPER "out of reach on paper, all projects and levers in full and on time: "
#define PAPER_ZH "账面上达不到（全部项目和措施按期足额完成）："

const struct lint_rule lint_rules[] = {
    {.name = "met_on_signing",
        .doc = "what the plan asks for and what its own numbers, or the stock, have "
               "already",
        .zh = "方案印发之日（按方案自身数字或期初存量）已经达到的目标",
        .phrase = {{"{a} aims are " SIGNED, "有{a}项目标" SIGNED_ZH},
            {"an aim is " SIGNED, "有一项目标" SIGNED_ZH}},
        .check = lint_stated_signed},
    {.name = "met_at_start",
        .doc = "a target that is met at the start, before anything is done",
        .zh = "期初已经达到的指标",
        .phrase = {{"met before anything is done: {a} at the start, {b} is asked for "
                    "by {c}",
            "什么都不做也已达到：期初为{a}，要求到{c}{b}"}},
        .check = lint_targets_met},
    {.name = "other_whole",
        .doc = "a share that is of another whole than the one printed beside it",
        .zh = "占比的分母与并列给出的总数不一致",
        .phrase = {{"{a} is {b} of {c}, not of the {d} printed beside it ({e}): of "
                    "these it is {f}",
                       "{a}对应{c}中的{b}，而不是并列给出的{d}（{e}）；按后者计算为{"
                       "f}"},
            {"{a} is {b} of {c} ({g} at the start), not of the {d} printed beside it "
             "({e}): of these it is {f}",
                "{a}对应{c}（期初{g}）中的{b}，而不是并列给出的{d}（{e}）；按后者计算"
                "为{f}"}},
        .check = lint_against_whole},
    {.name = "elder_growth",
        .doc = "a target per elder that holds only if elders grow less than a cohort "
               "projection has them grow",
        .zh = "按老年人口计算的指标所默认的老年人口增速低于队列预测",
        .phrase = {{GROWTH, GROWTH_ZH},
            {GROWTH "; with the {j} that projects and levers add: {k} elders, {l} % a "
                    "year",
                GROWTH_ZH "；若按项目和措施合计新增{j}计算，则为{k}名，{l}%"},
            {GROWTH "; with the {j} that the plan prints: {k} elders, {l} % a year",
                GROWTH_ZH "；若按方案所列新增{j}计算，则为{k}名，{l}%"}},
        .check = lint_paper_elders},
    {.name = "no_attrition",
        .doc = "a target on staff that holds only if fewer leave than the scenario has "
               "leaving",
        .zh = "人员指标所默认的离职率低于情景中的离职率",
        .phrase = {{"holds only if nobody leaves until {d}: {a} = {b}, and {c} are "
                    "asked for, so that the rise is all who are to be trained" LEAVE,
                       "只有到{d}无一人离开才能达到：{a} = {b}，要求{c}，增加数恰为培训"
                       "总数" LEAVE_ZH},
            {"does not hold even if nobody leaves until {d}: {a} = {b}, less than "
             "{c}" LEAVE,
                "即使到{d}无一人离开也达不到：{a} = {b}，少于{c}" LEAVE_ZH},
            {"holds only if at most {h} % leave for good a year until {d}: {a} = {b}, "
             "and {c} are asked for" LEAVE ", which is {i} % for good",
                "只有到{d}每年净离开不超过{h}%才能达到：{a} = {b}，要求{c}" LEAVE_ZH
                "，每年净离开{i}%"}},
        .check = lint_paper_staff},
    {.name = "short_on_paper",
        .doc = "a target that projects and levers do not reach even in full and on "
               "time",
        .zh = "项目和措施全部按期足额完成也达不到的指标",
        .phrase = {{PAPER "{a} = {b}, {c} is asked for by {d}, {e} are missing",
                       PAPER_ZH "{a} = {b}，要求到{d}{c}，缺{e}"},
            {PAPER "{a} = {b} of {c} are {d}, {e} is asked for by {f}, {g} are missing",
                PAPER_ZH "{a} = {b}，占{c}的{d}，要求到{f}{e}，缺{g}"},
            {PAPER "{a} = {b} of {c} = {d} are {e}, {f} is asked for by {g}; of what "
                   "is added {i} would have to count, not {j}, or {h} more of what "
                   "stands be converted",
                PAPER_ZH "{a} = {b}，占{c} = {d}的{e}，要求到{g}{f}；新增部分中须有{i}"
                         "计入（现为{j}），或另将现有的{h}改造"},
            {PAPER "{a} = {b} of {c} = {d} are {e}, {f} is asked for by {g}; it would "
                   "not do if all that is added counted, {h} more of what stands "
                   "would have to be converted",
                PAPER_ZH "{a} = {b}，占{c} = {d}的{e}，要求到{g}{f}；新增部分全部计入"
                         "也不够，须另将现有的{h}改造"}},
        .check = lint_paper_short},
    {.name = "unmoved",
        .doc = "a target on stock or staff that no project, lever or recruiting "
               "changes",
        .zh = "没有任何项目、措施或招训安排影响的指标",
        .phrase = {{"no project, lever or recruiting changes it ({a}): it stays at {b} "
                    "or falls, {c} is asked for by {d}",
            "没有任何项目、措施或招训安排影响该指标（{a}）：维持在{b}或下降，要求到"
            "{d}{c}"}},
        .check = lint_targets_unmoved},
    {.name = "clash",
        .doc = "two targets that cannot both hold",
        .zh = "不能同时达到的两项指标",
        .phrase = {{"{a} here and {d} in line {c} ('{b}') cannot both hold on {e}",
                       "此处{a}，而第{c}行（'{b}'）要求{d}，到{e}不能同时成立"},
            {"cannot hold together with '{d}': {b} beds for {a} elders are {c} new "
             "ones, of all {e} have to be nursing beds, {f} stand, and the {g} missing "
             "are more than all new beds",
                "与'{d}'不能同时成立：{a}名老年人需床位{b}张，即新增{c}张；护理型须达"
                "{e}张，现有{f}张，所缺{g}张多于全部新增床位"}},
        .check = lint_targets_clash},
    {.name = "late",
        .doc = "a project or lever that comes after the targets that it serves are due",
        .zh = "晚于所服务指标期限的项目或措施",
        .phrase = {{"begins on {a}, after the last target that it serves is due "
                    "('{b}', {c})",
                       "{a}才开始，晚于其所服务的最后一项指标的期限（'{b}'，{c}）"},
            {"{a} projects with {b} beds or places open on average after the last "
             "target that they serve is due ('{d}', {c}), {e} days behind their "
             "planned day: {f}",
                "有{a}个项目（床位或托位等{b}个）平均晚于其所服务的最后一项指标的期限"
                "（'{d}'，{c}）投用，比计划晚{e}天：{f}"}},
        .check = lint_targets_late},
    {.name = "twice",
        .doc = "one thing for which the plan prints two numbers or units",
        .zh = "同一事项给出两个数字或单位",
        .phrase = {{"given as {a} here and as {b} in line {c} ('{d}')",
                       "此处为{a}，第{c}行为{b}（'{d}'）"},
            {"counted in '{a}' here and in '{b}' in line {c} ('{d}')",
                "此处以'{a}'计，第{c}行以'{b}'计（'{d}'）"}},
        .check = lint_stated_twice},
    {.name = "total",
        .doc = "parts that do not add up to the total that the plan prints",
        .zh = "分项之和与总数不符",
        .phrase = {{"{a} = {b}, but {c} is printed", "{a} = {b}，而方案所列为{c}"}},
        .check = lint_stated_total},
    {.name = "projects",
        .doc = "projects and levers that add up to another sum than the plan prints",
        .zh = "项目和措施合计与方案所列总数不符",
        .phrase = {{"projects and levers add {a} by {b} ({d}), the plan prints {c}",
                       "项目和措施到{b}合计新增{a}（{d}），方案所列为{c}"},
            {"projects and levers add {a} by {b} ({d}), the plan prints {c}: the same "
             "only without {e}",
                "项目和措施到{b}合计新增{a}（{d}），方案所列为{c}：不计{e}才相符"}},
        .check = lint_against_projects},
    {.name = "otherwise",
        .doc = "a printed number that is not the scenario's stock, parameter or target",
        .zh = "方案所列数字与情景的存量、参数或指标不符",
        .phrase = {{"the plan prints {a}, the scenario starts with {b} ({c})",
                       "方案所列为{a}，情景期初为{b}（{c}）"},
            {"the plan prints {a}, the target '{b}' in line {c} asks for {d}",
                "方案所列为{a}，第{c}行的指标'{b}'为{d}"}},
        .check = lint_against_otherwise},
    {.name = NULL},
};
