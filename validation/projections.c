/*
 * Figures of others differ from ours because their assumptions do; each row of
 * scenarios/projections/references.csv says how far it may and why it does. The
 * censuses were on 1 November and stand for the next 1 January, so a run's clock is two
 * months ahead: a date is the observation so many months after November 2020.
 */
#include "validation/projections.h"

#include "models/county.h"
#include "models/models.h"
#include "sim/err.h"
#include "sim/mem.h"
#include "validation/sheet.h"
#include "validation/variant.h"

#include <math.h>

#define FOLDER "scenarios/projections/"

enum world { DALI, DALI_ALIKE, YUNNAN, CHINA, WORLDS };
enum indicator_kind { ELDERS, ELDERS_80, PEOPLE, SHARE_60, DISABLED };
enum rule { WITHIN, AT_LEAST, SHOWN };

static const char *const worlds[] = {"dali", "dali_alike", "yunnan", "china", NULL};
static const char *const indicators[] = {
    "elders", "elders_80", "people", "share_60", "disabled", NULL};
static const char *const rules[] = {"within", "at_least", "shown", NULL};

static const char *const world_names[] = {
    "Dali", "Dali, assumed alike", "Yunnan", "China / 1000"};
static const char *const indicator_names[] = {"60 and over", "80 and over", "people",
    "60 and over, % of people", "60 and over, disabled"};

struct reference {
    int32_t world, indicator;
    int64_t month;
    const char *date;
    double value;
    int32_t rule;
    double percent;
    const char *what, *reason, *source;
};

static const struct field columns[] = {
    {FIELD_AS(struct reference, world, FIELD_CHOICE), .choices = worlds,
        .required = true, .doc = "whose people"},
    {FIELD_AS(struct reference, indicator, FIELD_CHOICE), .choices = indicators,
        .required = true, .doc = "which of them"},
    {FIELD(struct reference, month), .required = true, .lo = 0, .hi = 180,
        .doc = "months since November 2020"},
    {FIELD(struct reference, date), .required = true, .doc = "the same, for readers"},
    {FIELD(struct reference, value), .required = true, .doc = "their figure"},
    {FIELD_AS(struct reference, rule, FIELD_CHOICE), .choices = rules, .required = true,
        .doc = "what is asked of ours"},
    {FIELD(struct reference, percent), .required = true, .doc = "how far it may be"},
    {FIELD(struct reference, what), .required = true, .doc = "whose figure"},
    {FIELD(struct reference, reason), .doc = "why ours differs"},
    {.name = NULL},
};

/* How a world is run, beside its scenario. */
struct change {
    const char *path;
    bool moves;       /* as the scenario has it; else nobody */
    bool china_lives; /* with the life expectancy of China's table */
    bool twin;        /* with death rates ten years further on */
};

static const struct change plain[WORLDS] = {
    [DALI] = {"scenarios/dali/as-is.yaml", .moves = true},
    [DALI_ALIKE] = {"scenarios/dali/as-is.yaml", .china_lives = true},
    [YUNNAN] = {"scenarios/scale/yunnan.yaml", .moves = true},
    [CHINA] = {FOLDER "china.yaml", .moves = true},
};

#define CHINA_MALE 75.01 /* of base/life_table.csv, which is China's */
#define CHINA_FEMALE 80.60

/* Lives only: nothing in care changes them. */
static void
run_world(struct variant *v, const struct change *change)
{
    static const char *const set[] = {"replicates=1", "service.services=[]",
        "facility.facilities=[]", "facility.projects=[]", "lever.levers=[]",
        "sojourn.origins=[]", "plan.statements=[]", "plan.targets=[]"};
    struct variant_table table;

    variant_read(v, models_list, change->path, set, (int)(sizeof set / sizeof set[0]));
    table = variant_table(v, "county.table");
    for (int64_t i = 0; i < table.rows->n && change->china_lives; i++) {
        *(double *)variant_cell(&table, i, "e0_male") = CHINA_MALE;
        *(double *)variant_cell(&table, i, "e0_female") = CHINA_FEMALE;
    }
    if (!change->moves) {
        *(double *)variant_parameter(v, "migration.net_factor") = 0.0;
        *(double *)variant_parameter(v, "migration.between") = 0.0;
    }
    if (change->china_lives) {
        struct path *level = variant_parameter(v, "fertility.level");
        *level = (struct path){.n = 1, .value = {1.0}};
    }
    if (change->twin)
        *(double *)variant_parameter(v, "mortality.reference_year") -= 10.0;
    bool good = variant_setup(v);
    BUG_IF(!good);
    variant_run(v);
}

static double
count(const struct variant *v, const char *name, int elements, int month)
{
    double sum = 0.0;

    for (int i = 0; i < elements; i++)
        sum += variant_value(v, name, i, month, 0, v->setup.n_regions);
    return sum;
}

static double
found(const struct variant *v, enum indicator_kind kind, int month)
{
    double elders = count(v, "elders", 1, month);

    switch (kind) {
    case ELDERS:
        return elders;
    case ELDERS_80:
        return count(v, "elders_80", 1, month);
    case PEOPLE:
        return count(v, "people", 1, month);
    case SHARE_60:
        return 100.0 * elders / count(v, "people", 1, month);
    default: /* grade 0 is not disabled, and stands first */
        return elders - count(v, "elders_by_grade", SEXES, month);
    }
}

static void
add_reference(const struct reference *r, double ours, struct check_rows *rows)
{
    double off = 100.0 * (ours / r->value - 1.0);

    if (r->rule == WITHIN)
        check_add(rows,
            (struct check_row){.expected = r->value,
                .found = ours,
                .tolerance = 0.01 * r->percent * r->value},
            "%s, %s, %s: %s", world_names[r->world], indicator_names[r->indicator],
            r->date, r->what);
    exhibit_line(&rows->shown, "%s\t%s\t%s\t%s\t%.6g\t%.6g\t%+.1f %%\t%s",
        world_names[r->world], indicator_names[r->indicator], r->date, r->what,
        r->value, ours, off,
        r->rule != AT_LEAST ? r->reason : (off >= 0.0 ? "holds" : "DOES NOT HOLD"));
}

/* What Dali's difference from the projection is made of. */
static void
show_parts(
    const struct variant *dali, const struct variant *alike, struct exhibits *shown)
{
    struct variant *part = mem_alloc(2, sizeof *part);
    const struct change changes[] = {{plain[DALI].path, .moves = false},
        {plain[DALI].path, .moves = true, .china_lives = true}};

    for (int k = 0; k < 2; k++)
        run_world(&part[k], &changes[k]);
    exhibit_open(shown,
        "Dali: people of 60 and over by what is assumed. China's lives: "
        "its life table as it is, and fertility held at the counties' rates");
    exhibit_line(shown, "November of\tAs planned\tNobody moves\tChina's lives\tBoth");
    for (int month = 60; month <= 180; month += 60) {
        double base = found(dali, ELDERS, month);
        const struct variant *other[] = {&part[0], &part[1], alike};
        double off[3];
        for (int k = 0; k < 3; k++)
            off[k] = 100.0 * (found(other[k], ELDERS, month) / base - 1.0);
        exhibit_line(shown, "%d\t%.0f\t%+.2f %%\t%+.2f %%\t%+.2f %%", 2020 + month / 12,
            base, off[0], off[1], off[2]);
    }
    for (int k = 0; k < 2; k++)
        variant_free(&part[k]);
    mem_free(part);
}

/* The twin runs what is quick. */
static bool
wanted(const struct check_how *how, int world)
{
    return !how->twin || world == DALI_ALIKE || world == CHINA;
}

static void
set_against(const struct check_how *how, const struct sheet *sheet,
    const struct variant *world, struct check_rows *rows)
{
    const struct reference *r = sheet->rows.row;
    double unmet = 0.0;

    exhibit_open(&rows->shown, "Figures of others, ours, and why they differ");
    exhibit_line(
        &rows->shown, "Whose people\tWhich\tWhen\tFigure\tTheirs\tOurs\tOff\tWhy");
    for (int64_t i = 0; i < sheet->rows.n; i++) {
        if (!wanted(how, r[i].world))
            continue;
        double ours = found(
            &world[r[i].world], (enum indicator_kind)r[i].indicator, (int)r[i].month);
        add_reference(&r[i], ours, rows);
        unmet += r[i].rule == AT_LEAST && ours < r[i].value;
    }
    check_add(rows, (struct check_row){.found = unmet},
        "statements that something is at least so much, and is not");
}

static void
projections(const struct check_how *how, struct check_rows *rows)
{
    struct variant *world = mem_alloc(WORLDS, sizeof *world);
    struct sheet sheet;

    sheet_read(&sheet, FOLDER "references.csv", columns, sizeof(struct reference));
    for (int k = 0; k < WORLDS; k++) {
        struct change change = plain[k];
        change.twin = how->twin;
        if (wanted(how, k))
            run_world(&world[k], &change);
    }
    set_against(how, &sheet, world, rows);
    if (!how->twin)
        show_parts(&world[DALI], &world[DALI_ALIKE], &rows->shown);
    for (int k = 0; k < WORLDS; k++)
        if (wanted(how, k))
            variant_free(&world[k]);
    sheet_free(&sheet);
    mem_free(world);
}

const struct check projections_checks[] = {
    {"elders_foretold",
        "Do the elders of 2025, 2030 and 2035 come near what others say?",
        "Dali, all 47.2 million people of Yunnan, a thousandth of China's; one run "
        "each, "
        "without care. Allowed: what the row says, 1.5 % where assumptions are alike, "
        "3 % "
        "of surveys, more where the others started elsewhere",
        "UN WPP 2019 and 2024, national statements, surveys of 2021-2024, a projection "
        "that simulates nothing (`scenarios/projections/references.csv`)",
        "life expectancies taken for those of ten years before; Dali alike and China "
        "only",
        projections, NULL, 1, 1, true},
    {.id = NULL},
};
