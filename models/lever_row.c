#include "models/lever_row.h"

#include "models/lever_kind.h"

static const char *const staffs[] = {
    "none", "caregiver", "home_carer", "social_worker", "child_carer", NULL};
static const char *const beds[] = {"any", "ordinary", "nursing", "dementia", NULL};
static const char *const incomes[] = {
    "any", "destitute", "allowance", "resident_pension", "employee_pension", NULL};
static const char *const rules[] = {
    "none", "priority", "first_come", "accumulating", "quota", NULL};
#define ROW struct lever_row
#define CHOICE(member, names) \
    FIELD_AS(ROW, member, FIELD_CHOICE), .unit = "1", .choices = (names)

const struct field lever_row_columns[] = {
    {FIELD(ROW, name), .unit = "1", .required = true, .doc = "unique name"},
    {FIELD(ROW, title), .unit = "1", .doc = "name in English"},
    {FIELD(ROW, title_zh), .unit = "1", .doc = "name in Chinese"},
    {CHOICE(kind, lever_kind_names), .required = true,
        .doc = "what it does; see carecap list levers"},
    {FIELD(ROW, service), .unit = "1", .doc = "a name of service.services"},
    {FIELD(ROW, to_service), .unit = "1", .doc = "what sites of the service become"},
    {FIELD(ROW, origin), .unit = "1",
        .doc = "a name of sojourn.origins; all of them unless given"},
    {CHOICE(staff, staffs), .doc = "kind of staff"},
    {CHOICE(bed, beds), .doc = "type of bed; any: ordinary"},
    {CHOICE(income_to, incomes), .doc = "highest income class that it is for"},
    {FIELD(ROW, grade_from), .unit = "1", .def = -1, .lo = -1, .hi = 4,
        .doc = "lowest care grade that it is for; -1: not said"},
    {CHOICE(rule, rules), .doc = "who is next for a free place"},
    {CHOICE(payer, payment_choices), .doc = "who pays cost_cny"},
    {FIELD(ROW, adcode), .unit = "1", .def = 0, .lo = 0, .hi = 1e9,
        .doc = "county or group; 0: all counties, amounts shared by people 60+"},
    {FIELD(ROW, each), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "1 when amount and homes are of each county"},
    {FIELD_AS(ROW, from, FIELD_DATE), .unit = "1",
        .doc = "first day; the start of the run unless given"},
    {FIELD_AS(ROW, to, FIELD_DATE), .unit = "1",
        .doc = "last day; the end of the run unless given"},
    {FIELD(ROW, amount), .unit = "1", .def = 0, .lo = 0, .hi = 1e7,
        .doc = "places, beds, people, pieces or sites in all, evenly over the time"},
    {FIELD(ROW, homes), .unit = "1", .def = 0, .lo = 0, .hi = 1e6,
        .doc = "sites in all, evenly over the time"},
    {FIELD(ROW, lease), .unit = "1", .def = 0, .lo = 0, .hi = 1,
        .doc = "1 when the building is leased"},
    {FIELD(ROW, lag), .unit = "day", .def = 0, .lo = 0, .hi = 36500,
        .doc = "mean delay of a unit, or time of works (exponential)"},
    {FIELD(ROW, ramp), .unit = "day", .def = 0, .lo = 0, .hi = 36500,
        .doc = "time over which it is phased in, in steps of a month"},
    {FIELD(ROW, delivered), .unit = "1", .def = 1, .lo = 0, .hi = 1,
        .doc =
            "probability that a unit comes, or that it comes into force in a county"},
    {FIELD(ROW, value), .unit = "1", .def = -1, .lo = -1, .hi = 1e7,
        .doc = "factor, share or CNY, as the kind says; -1: not given"},
    {FIELD(ROW, cost_cny), .unit = "CNY", .def = 0, .lo = 0, .hi = 1e10,
        .doc = "cost of one of amount"},
    {FIELD(ROW, source), .unit = "1", .doc = "where the row comes from"},
    {FIELD(ROW, quality), .unit = "1", .doc = "how much it is to be trusted"},
    {.name = NULL},
};

const char *const lever_row_names[LEVER_COLUMNS] = {"service", "to_service", "staff",
    "amount", "homes", "lease", "cost_cny", "value", "bed", "income_to", "grade_from",
    "rule", "ramp", "origin"};

static bool
is_given(const struct field *f, const struct lever_row *row)
{
    if (f->kind == FIELD_TEXT)
        return *(const char *const *)(const void *)((const char *)row + f->offset) !=
               NULL;
    double value = field_value(f, row, 0);
    return value < f->def || value > f->def;
}

unsigned
lever_row_given(const struct lever_row *self)
{
    unsigned set = 0;

    for (int i = 0; i < LEVER_COLUMNS; i++)
        if (is_given(field_find(lever_row_columns, lever_row_names[i]), self))
            set |= 1u << i;
    return set;
}
