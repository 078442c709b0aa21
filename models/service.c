/*
 * service.c - reads the services, checks them, keeps the terms that levers change.
 */
#include "models/service.h"

#include "models/axes.h"
#include "models/models.h"
#include "sim/date.h"
#include "sim/err.h"
#include "sim/record.h"

#include <math.h>
#include <string.h>

const char *const service_kinds[] = {"residence", "attendance", "visit", "once", NULL};
const char *const service_rules[] = {
    "priority", "first_come", "accumulating", "quota", NULL};
static const char *const tiers[] = {"county", "township", "community", NULL};
static const char *const owners[] = {"public", "handed_over", "private", NULL};
static const char *const wheres[] = {"any", "rural", "urban", NULL};
static const char *const staff[] = {
    "none", "caregiver", "home_carer", "social_worker", "child_carer", NULL};

#define ROW struct service_row
#define CHOICE(member, names) \
    FIELD_AS(ROW, member, FIELD_CHOICE), .unit = "1", .choices = (names)
#define JUDGED .source = "judged", .quality = "assumption"

static const struct field columns[] = {
    {FIELD(ROW, name), .unit = "1", .required = true, .doc = "unique name"},
    {FIELD(ROW, title), .unit = "1", .doc = "name in English"},
    {FIELD(ROW, title_zh), .unit = "1", .doc = "name in Chinese"},
    {FIELD(ROW, serves), .unit = "1",
        .doc = "service whose applicants it takes; it then has none of its own"},
    {CHOICE(kind, service_kinds), .required = true, .doc = "kind of capacity"},
    {CHOICE(tier, tiers), .doc = "where its sites stand"},
    {CHOICE(owner, owners), .doc = "who runs it"},
    {FIELD(ROW, age_from), .unit = "yr", .def = 60, .lo = 0, .hi = 120,
        .doc = "lowest age in completed years"},
    {FIELD(ROW, age_to), .unit = "yr", .def = 120, .lo = 0, .hi = 120,
        .doc = "highest age in completed years"},
    {FIELD(ROW, grade_from), .unit = "1", .def = 0, .lo = 0, .hi = 4,
        .doc = "lowest care grade"},
    {FIELD(ROW, grade_to), .unit = "1", .def = 4, .lo = 0, .hi = 4,
        .doc = "highest care grade"},
    {CHOICE(residence, wheres), .doc = "whom it is for"},
    {CHOICE(income_to, axes_incomes), .def = EMPLOYEE_PENSION,
        .doc = "highest income class that may use it"},
    {FIELD(ROW, need_above), .unit = "h/week", .def = -1, .lo = -1, .hi = 168,
        .doc = "unmet hours of care above which it is needed; -1: by everybody"},
    {FIELD(ROW, hours), .unit = "h/week", .def = 0, .lo = 0, .hi = 168,
        .doc = "hours of care that a user gets, by care grade 0 to 4"},
    {FIELD(ROW, willing_rural), .unit = "1", .def = 0.1, .lo = 0.000001, .hi = 0.999999,
        .doc = "share willing: rural, intact, not alone, near"},
    {FIELD(ROW, willing_urban), .unit = "1", .def = 0.1, .lo = 0.000001, .hi = 0.999999,
        .doc = "share willing: urban, intact, not alone, near"},
    {FIELD(ROW, odds_disabled), .unit = "1", .def = 1, .lo = 0.001, .hi = 1000,
        .doc = "odds of being willing with grade 1 to 4 against intact"},
    {FIELD(ROW, odds_alone), .unit = "1", .def = 1, .lo = 0.001, .hi = 1000,
        .doc = "odds of being willing when living alone"},
    {FIELD(ROW, odds_old), .unit = "1", .def = 1, .lo = 0.001, .hi = 1000,
        .doc = "odds of being willing at 80 and over"},
    {FIELD(ROW, odds_insured), .unit = "1", .def = 1, .lo = 0.001, .hi = 1000,
        .doc = "odds of being willing when insurance pays a part"},
    {FIELD(ROW, odds_burdened), .unit = "1", .def = 1, .lo = 0.001, .hi = 1000,
        .doc = "odds of being willing when the family gives care.burdened_from hours"},
    {FIELD(ROW, near_km), .unit = "km", .def = 0, .lo = 0, .hi = 1000,
        .doc = "distance over which the odds fall e-fold; 0: distance is no matter"},
    {FIELD(ROW, uptake), .unit = "1/yr", .def = 0, .lo = 0, .hi = 100,
        .doc = "rate of another try after refusing or giving up; 0: only when the "
               "situation changes"},
    {FIELD(ROW, application), .unit = "day", .def = 30, .lo = 0, .hi = 3650,
        .doc = "mean time from decision to application (exponential)"},
    {FIELD(ROW, patience), .unit = "day", .def = 300, .lo = 0.1, .hi = 1e6,
        .doc = "mean patience of applicants (exponential)"},
    {FIELD(ROW, round), .unit = "day", .def = 7, .lo = 0, .hi = 366,
        .doc = "time between placement rounds; 0 places at once"},
    {FIELD(ROW, refusal), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "share of offers that are refused, which ends the application"},
    {CHOICE(rule, service_rules), .doc = "who is next"},
    {FIELD(ROW, weight), .unit = "1", .def = 1, .lo = 0, .hi = 1e6,
        .doc = "of a class: priority gained per day (accumulating), share of offers "
               "(quota); destitute, low income and severe, severe, other"},
    {FIELD(ROW, reserve), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "share of places kept for the destitute"},
    {FIELD(ROW, discharge), .unit = "1/yr", .def = 0, .lo = 0, .hi = 1000,
        .doc = "rate at which users leave"},
    {FIELD(ROW, overflow), .unit = "day", .def = 0, .lo = 0, .hi = 3650,
        .doc = "waiting time after which an applicant moves to the nearest county with "
               "a free place, at least one round; 0: never"},
    {FIELD(ROW, transfer), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "1 when a user whose need changes asks for the other type of bed"},
    {FIELD(ROW, price), .unit = "CNY/month", .def = 0, .lo = 0, .hi = 1e6,
        .doc = "fee: ordinary, nursing, dementia bed; once: CNY a piece"},
    {CHOICE(staff, staff), .doc = "kind of staff that users need"},
    {FIELD(ROW, clients), .unit = "person", .def = 6, .lo = 0.01, .hi = 1e5,
        .doc = "users that one of the staff looks after, by care grade 0 to 4"},
    {FIELD(ROW, days), .unit = "day", .def = 5, .lo = 0.1, .hi = 7,
        .doc = "days a week that a user attends; a place serves five"},
    {FIELD(ROW, unlimited), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "1 when no place limits it, only staff"},
    {FIELD(ROW, users), .unit = "1/1000", .def = 0, .lo = 0, .hi = 1000,
        .doc = "users at the start per 1,000 who are eligible"},
    {FIELD(ROW, grade_nursing), .unit = "1", .def = 5, .lo = 0, .hi = 5,
        .doc = "lowest care grade that needs a nursing bed; 5: none"},
    {FIELD(ROW, guests), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "1 when guests of the season may use it"},
    {FIELD(ROW, adapts), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "1 when a piece adapts the home (grade.adapted_risk)"},
    {FIELD(ROW, source), .unit = "1", .doc = "where the row comes from"},
    {FIELD(ROW, quality), .unit = "1", .doc = "how much it is to be trusted"},
    {.name = NULL},
};

static const struct field par_table[] = {
    {FIELD(struct service_par, services), .unit = "1", .keyed = true,
        .doc = "services on offer, one row each", .columns = columns,
        .row_size = sizeof(struct service_row)},
    {FIELD(struct service_par, km_near), .unit = "km", .def = 5, .lo = 0, .hi = 1000,
        .doc = "way to a site in one's own county, township, community", JUDGED},
    {FIELD(struct service_par, km_far), .unit = "km", .def = 20, .lo = 0, .hi = 1000,
        .doc = "way to the next site when one's own has none, likewise", JUDGED},
    {.name = NULL},
};

static const char *const class_label[] = {
    "destitute", "low income, severe", "severe", "other"};
static const char *const class_zh[] = {"特困", "低收入重度失能", "重度失能", "其他"};
static const struct axis class_axis = {.name = "class",
    .doc = "class in the waiting line",
    .zh = "轮候类别",
    .unit = "1",
    .n = CLASSES,
    .label = class_label,
    .label_zh = class_zh};
static const char *const wait_label[SERVICE_WAITS] = {
    "0-7", "7-30", "30-90", "90-180", "180-365", "365+"};
static const struct axis wait_axis = {.name = "waited",
    .doc = "days waited",
    .zh = "轮候天数",
    .unit = "day",
    .n = SERVICE_WAITS,
    .label = wait_label,
    .label_zh = wait_label};

#define OUT struct service_out
#define STOCK .unit = "person"
#define FLOW .unit = "person", .method = FIELD_SUM
#define BY_GRADE .axis = {&axes_grade}
#define BY_CLASS .axis = {&class_axis}
#define BY_WAIT .axis = {&wait_axis}

static const struct field out_table[] = {
    {FIELD(OUT, users), STOCK, .doc = "users", .zh = "服务对象人数"},
    {FIELD(OUT, users_by_grade), STOCK, .doc = "users by care grade",
        .zh = "服务对象人数(按能力等级)", BY_GRADE},
    {FIELD(OUT, waiting_list), STOCK, .doc = "applicants waiting", .zh = "轮候人数"},
    {FIELD(OUT, waiting_by_class), STOCK, .doc = "applicants waiting by class",
        .zh = "轮候人数(按类别)", BY_CLASS},
    {FIELD(OUT, places), .unit = "1", .doc = "places (beds) that stand",
        .zh = "服务容量"},
    {FIELD(OUT, nursing_places), .unit = "1",
        .doc = "of these nursing and dementia beds", .zh = "护理型床位数"},
    {FIELD(OUT, vacant), .unit = "1", .doc = "places without user", .zh = "空置容量"},
    {FIELD(OUT, usable), .unit = "1", .doc = "places both built and staffed",
        .zh = "可用容量"},
    {FIELD(OUT, sites), .unit = "1", .doc = "sites", .zh = "服务点数"},
    {FIELD(OUT, large_sites), .unit = "1",
        .doc = "rows of sites with at least facility.large places each",
        .zh = "大型机构数"},
    {FIELD(OUT, units), .unit = "1",
        .doc = "counties, townships or communities that could have a site",
        .zh = "应覆盖单元数"},
    {FIELD(OUT, covered_units), .unit = "1", .doc = "of these with a site",
        .zh = "已覆盖单元数"},
    {FIELD(OUT, eligible), STOCK,
        .doc = "people who may use it, by age, grade, residence, income; of services "
               "that are no residence those at home",
        .zh = "符合条件人数"},
    {FIELD(OUT, served), STOCK, .doc = "users of a service and of what serves it",
        .zh = "服务对象人数(含各类供方)"},
    {FIELD(OUT, offered), .unit = "1",
        .doc = "places of a service and of what serves it",
        .zh = "服务容量(含各类供方)"},
    {FIELD(OUT, ghost_staff), .unit = "1", .zh = "空置原因:缺人员",
        .doc = "places vacant while someone waits: no staff"},
    {FIELD(OUT, ghost_type), .unit = "1", .zh = "空置原因:类型不符",
        .doc = "places vacant while someone waits: other type of bed wanted"},
    {FIELD(OUT, ghost_price), .unit = "1", .zh = "空置原因:价格或条件",
        .doc = "places vacant while someone waits: price or conditions"},
    {FIELD(OUT, ghost_lag), .unit = "1", .zh = "空置原因:安排滞后",
        .doc = "places vacant while someone waits: until the next round"},
    {FIELD(OUT, considered), FLOW, .zh = "评估人次",
        .doc = "people whose situation changed and who considered it", BY_GRADE},
    {FIELD(OUT, needing), FLOW, .doc = "of these in need", .zh = "有需求人次",
        BY_GRADE},
    {FIELD(OUT, willing), FLOW, .doc = "of these willing", .zh = "有意愿人次",
        BY_GRADE},
    {FIELD(OUT, able), FLOW, .doc = "of these able to pay", .zh = "有支付能力人次",
        BY_GRADE},
    {FIELD(OUT, applied), FLOW, .doc = "applications", .zh = "申请人次", BY_GRADE},
    {FIELD(OUT, admitted), FLOW, .doc = "admissions", .zh = "接收人次", BY_GRADE},
    {FIELD(OUT, refused), FLOW, .doc = "offers refused", .zh = "拒绝人次"},
    {FIELD(OUT, gave_up), FLOW, .doc = "applicants who lost patience",
        .zh = "放弃轮候"},
    {FIELD(OUT, withdrew), FLOW, .doc = "applicants who no longer needed it",
        .zh = "不再需要"},
    {FIELD(OUT, died_waiting), FLOW, .doc = "applicants who died waiting",
        .zh = "轮候中死亡"},
    {FIELD(OUT, moved_waiting), FLOW, .doc = "applicants who moved away",
        .zh = "轮候中迁出"},
    {FIELD(OUT, discharged), FLOW, .doc = "users who left", .zh = "结束服务"},
    {FIELD(OUT, died_using), FLOW, .doc = "users who died", .zh = "服务对象死亡"},
    {FIELD(OUT, moved_using), FLOW, .doc = "users who moved away",
        .zh = "服务对象迁出"},
    {FIELD(OUT, displaced), FLOW, .doc = "users whose site closed", .zh = "因关停离开"},
    {FIELD(OUT, transferred), FLOW, .doc = "users who went to another bed or site",
        .zh = "转床或转院"},
    {FIELD(OUT, overflowed), FLOW, .doc = "applicants who went to another county",
        .zh = "转往邻县"},
    {FIELD(OUT, joined_line), FLOW, .doc = "applicants who joined the line",
        .zh = "进入轮候"},
    {FIELD(OUT, admitted_after), FLOW, .doc = "admissions by days waited",
        .zh = "接收人次(按轮候天数)", BY_WAIT},
    {FIELD(OUT, left_after), FLOW, .doc = "who left the line without a place, by days",
        .zh = "离开轮候人次(按轮候天数)", BY_WAIT},
    {FIELD(OUT, waiting_since), STOCK, .doc = "applicants waiting by days so far",
        .zh = "轮候人数(按轮候天数)", BY_WAIT},
    {FIELD(OUT, placed_90), FLOW, .doc = "applicants placed within 90 days",
        .zh = "90天内获得服务人次"},
    {FIELD(OUT, decided_90), FLOW,
        .doc = "applicants of whom it is known: placed, left, or waiting for 90 days",
        .zh = "轮候满90天或已有结果人次"},
    {FIELD(OUT, new_places), .unit = "1", .method = FIELD_SUM,
        .doc = "places that were added", .zh = "新增容量"},
    {FIELD(OUT, new_nursing), .unit = "1", .method = FIELD_SUM,
        .doc = "of these nursing and dementia beds", .zh = "新增护理型床位"},
    {FIELD(OUT, new_sites), .unit = "1", .method = FIELD_SUM,
        .doc = "sites that were added", .zh = "新增服务点"},
    {FIELD(OUT, pieces), .unit = "1", .method = FIELD_SUM,
        .doc = "pieces given out (services of kind once)", .zh = "完成件数"},
    {FIELD(OUT, wait_days), .unit = "day", .method = FIELD_SUM,
        .doc = "waiting time of those admitted, summed", .zh = "轮候时间合计"},
    {FIELD(OUT, hours), .unit = "h/week", .doc = "hours of care that users get",
        .zh = "服务时数"},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);
static void start(struct region *r);
static void finish(struct region *r);
static const struct axis *items(const struct setup *s);

const struct model service_model = {
    .name = "service",
    .doc = "the services on offer and their terms",
    .source = "the scenario's rows",
    .par_size = sizeof(struct service_par),
    .par = par_table,
    .tab_size = sizeof(struct service_tab),
    .prepare = prepare,
    .out_size = sizeof(struct service_out),
    .out = out_table,
    .items = items,
    .start = start,
    .finish = finish,
};

static const struct axis *
items(const struct setup *s)
{
    return &service_of(s)->axis;
}

int
service_find(const struct setup *s, const char *name)
{
    const struct service_tab *t = service_of(s);

    for (int i = 0; i < t->n; i++)
        if (strcmp(t->row[i].name, name) == 0)
            return i;
    return -1;
}

static const char *const *
names(const struct service_tab *t, struct arena *arena)
{
    const char **name = mem_arena(arena, (size_t)t->n + 1, sizeof *name);

    for (int i = 0; i < t->n; i++)
        name[i] = t->row[i].name;
    return name;
}

int
service_find_or(const struct setup *s, const char *name, const struct rows *rows,
    int64_t i, struct report *report)
{
    int found = service_find(s, name);

    if (found >= 0)
        return found;
    const char *near = report_nearest(name, names(service_of(s), &report->arena));
    report_mistake(report, record_place(rows, i), "nobody offers a service '%s'%s%s%s",
        name,
        near != NULL ? "; did you mean '" : ", expected a name of service.services",
        near != NULL ? near : "", near != NULL ? "'?" : "");
    return -1;
}

static uint32_t
key_of(const char *name)
{
    uint64_t key = 0;

    for (; *name != '\0'; name++)
        key = rng_mix(key, (unsigned char)*name);
    return (uint32_t)(key >> 32);
}

static void
check_row(const struct rows *rows, int64_t i, struct report *report)
{
    const struct service_row *row = (const struct service_row *)rows->row + i;
    struct place at = {rows->file, rows->line[i], 1};

    if (row->age_to < row->age_from)
        report_mistake(report, at,
            "service '%s' is for ages %lld to %lld, expected "
            "the last not before the first",
            row->name, (long long)row->age_from, (long long)row->age_to);
    if (row->grade_to < row->grade_from)
        report_mistake(report, at,
            "service '%s' is for grades %lld to %lld, expected "
            "the last not before the first",
            row->name, (long long)row->grade_from, (long long)row->grade_to);
    if (row->need_above < 0.0 && row->need_above > -1.0)
        report_mistake(report, at,
            "service '%s' has need_above %g, expected -1 or an "
            "amount of hours",
            row->name, row->need_above);
    if (row->overflow > 0.0 && row->overflow < row->round)
        report_mistake(report, at,
            "applicants of service '%s' go elsewhere after %g days, but it offers "
            "places every %g days; expected no sooner, or they leave free places",
            row->name, row->overflow, row->round);
    for (int64_t k = 0; k < i; k++)
        if (strcmp(row[k - i].name, row->name) == 0)
            report_mistake(report, at, "service '%s' stands also in line %d", row->name,
                rows->line[k]);
}

/* Whom a service serves: one with a desk of its own and of its own kind. */
static void
find_desks(const struct setup *s, struct service_tab *t, const struct rows *rows,
    struct report *report)
{
    for (int i = 0; i < t->n; i++) {
        const struct service_row *row = &t->row[i];
        struct place at = {rows->file, rows->line[i], 1};
        t->desk[i] = i;
        if (row->serves == NULL)
            continue;
        int k = service_find_or(s, row->serves, rows, i, report);
        if (k >= 0 && t->row[k].serves != NULL)
            report_mistake(report, at,
                "service '%s' serves '%s', which itself serves '%s': expected one "
                "with applicants of its own",
                row->name, row->serves, t->row[k].serves);
        else if (k >= 0 && t->row[k].kind != row->kind)
            report_mistake(report, at,
                "service '%s' is of kind %s and serves '%s' of kind %s, expected the "
                "same",
                row->name, service_kinds[row->kind], row->serves,
                service_kinds[t->row[k].kind]);
        else if (k >= 0)
            t->desk[i] = k;
    }
}

static void
list_desks(struct setup *s, struct service_tab *t)
{
    int elders = 0, children = 0;

    t->elders = mem_arena(&s->arena, (size_t)t->n + 1, sizeof *t->elders);
    t->children = mem_arena(&s->arena, (size_t)t->n + 1, sizeof *t->children);
    for (int i = 0; i < t->n; i++) {
        if (t->desk[i] != i)
            continue;
        if (t->row[i].age_to >= ELDER_AGE)
            t->elders[elders++] = i;
        if (t->row[i].age_from < ELDER_AGE)
            t->children[children++] = i;
    }
    t->elders[elders] = t->children[children] = -1;
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct service_par *par = s->par[MODELS_SERVICE];
    struct service_tab *t = tab;
    size_t n = (size_t)par->services.n;
    const char **label = mem_arena(&s->arena, n + 1, sizeof *label);
    const char **label_zh = mem_arena(&s->arena, n + 1, sizeof *label_zh);

    t->n = (int)par->services.n;
    t->row = par->services.row;
    t->desk = mem_arena(&s->arena, n + 1, sizeof *t->desk);
    t->key = mem_arena(&s->arena, n + 1, sizeof *t->key);
    for (int i = 0; i < t->n; i++) {
        const struct service_row *row = &t->row[i];
        check_row(&par->services, i, report);
        t->key[i] = key_of(row->name);
        label[i] = row->name;
        if (t->n > SERVICES_MOST && i == SERVICES_MOST)
            report_mistake(report,
                (struct place){par->services.file, par->services.line[i], 1},
                "more than %d services", SERVICES_MOST);
        label_zh[i] = row->title_zh != NULL ? row->title_zh : row->name;
    }
    find_desks(s, t, &par->services, report);
    list_desks(s, t);
    t->axis = (struct axis){.name = "service",
        .doc = "service, by its name in the scenario",
        .zh = "服务",
        .unit = "1",
        .n = t->n,
        .label = label,
        .label_zh = label_zh};
}

static void
start(struct region *r)
{
    const struct service_tab *t = service_of(r->setup);
    struct service_terms *terms = mem_alloc((size_t)t->n + 1, sizeof *terms);

    for (int i = 0; i < t->n; i++)
        terms[i] = (struct service_terms){.price = 1.0,
            .odds = 1.0,
            .rule = t->row[i].rule,
            .grade_from = (int32_t)t->row[i].grade_from,
            .income_to = t->row[i].income_to,
            .reserve = t->row[i].reserve,
            .covered_grade = GRADES};
    r->own[MODELS_SERVICE] = terms;
}

static void
finish(struct region *r)
{
    mem_free(r->own[MODELS_SERVICE]);
}

struct service_terms *
service_terms(const struct region *r, int service)
{
    return (struct service_terms *)r->own[MODELS_SERVICE] + service;
}

struct service_out *
service_results(const struct region *r, int service)
{
    return (struct service_out *)r->out[MODELS_SERVICE] + service;
}

int64_t
service_slots(const struct service_row *row, int64_t places)
{
    return row->kind == ATTENDANCE ? (int64_t)((double)places * 5.0 / row->days)
                                   : places;
}

int64_t
service_places(const struct service_row *row, int64_t users)
{
    return row->kind == ATTENDANCE ? (int64_t)ceil((double)users * row->days / 5.0)
                                   : users;
}

static int64_t
fen(double cny)
{
    return (int64_t)floor(cny * 100.0 + 0.5);
}

struct service_fee
service_fee(
    const struct region *r, int service, int bed, unsigned grade, unsigned income)
{
    const struct service_terms *terms = service_terms(r, service);
    double price = service_of(r->setup)->row[service].price[bed] * terms->price;
    struct service_fee fee = {fen(price), 0, 0};

    if ((int32_t)grade >= terms->covered_grade) {
        fee.insured = fen(price * terms->covered);
        fee.own -= fee.insured;
    }
    int64_t most = fen(terms->subsidy[grade][income]);
    fee.subsidised = most < fee.own ? most : fee.own;
    fee.own -= fee.subsidised;
    return fee;
}
