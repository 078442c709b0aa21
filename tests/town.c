#include "tests/town.h"

#include "models/models.h"
#include "tests/audit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

enum { TEXT = 8192 };

#define YOUNG_DEATH 0.005
#define OLD_DEATH 0.02

static const char yaml[] =
    "start: 2021-01-01\nend: 2022-12-31\nreplicates: 1\nseed: 11\n"
    "county: {table: counties.csv, child_near: 0.5}\n"
    "grade: {transitions: transitions.csv, entry: entry.csv}\n"
    "mortality: {life_table: life.csv}\n"
    "fertility: {shape: shape.csv}\n"
    "population:\n  people: people.csv\n"
    "  income_rural: [0.1, 0.2, 0.5, 0.2]\n  income_urban: [0.1, 0.2, 0.3, 0.4]\n"
    "  living_elders: [0.2, 0.4, 0.4, 0]\n"
    "migration: {net: [], between: 0}\n"
    "household: {marriage: marriage.csv}\n"
    "workforce: {caregivers: 400, home_carers: 100, social_workers: 100, "
    "child_carers: 100, quits: 0, quits_home: 0, quits_social: 0, retires: 200, "
    "drop_out: 0, drop_out_home: 0, drop_out_social: 0, drop_out_child: 0, "
    "certified: 0, certifies: 0}\n"
    "facility:\n  facilities: homes.csv\n"
    "ledger: {operating_private: 0, operating_handed_over: 0}\n"
    "care:\n  need_hours: [0, 7, 18, 32, 45]\n  informal_hours: [2, 14, 20, 7]\n"
    "  pension: [900, 450, 150, 3200]\n  family_help: [700, 1500]\n  backlog: 30\n";

/* What services of a sort have in common, then the services. */
#define TASTE                                                                  \
    "willing_rural: 0.3, willing_urban: 0.3, application: 10, patience: 100, " \
    "round: 30, uptake: 1, owner: public"
static const char home[] = "kind: residence, serves: nursing_home, staff: caregiver, "
                           "hours: [0, 7, 18, 32, 45], clients: [15, 10, 6, 4, 3]";
static const char day[] = "kind: attendance, " TASTE;
static const char visit[] = "kind: visit, " TASTE;
static const char once[] =
    "kind: once, tier: community, adapts: 1, grade_from: 1, " TASTE;

static const struct {
    const char *name, *common, *more;
} services[] = {
    {"nursing_home", "kind: residence, owner: private, application: 10, patience: 2000",
        "need_above: 3, hours: [0, 7, 18, 32, 45], willing_rural: 0.5, willing_urban: "
        "0.5, round: 7, discharge: 0.2, users: 30, uptake: 1, grade_nursing: 2, staff: "
        "caregiver, clients: [15, 10, 6, 4, 3], price: [2000, 3000, 3000]"},
    {"public_home", home, "owner: public, price: [800, 1200, 1200]"},
    {"handed_over_home", home, "owner: handed_over, price: [800, 1200, 1200]"},
    {"private_home", home, "owner: private, price: [2000, 3000, 3000]"},
    {"regional_centre", home, "owner: public, price: [900, 1800, 1800]"},
    {"medical_home", home, "owner: public, price: [1800, 2800, 2800]"},
    {"disabled_home", home, "owner: public, grade_from: 3, price: [1500, 2500, 2500]"},
    {"sojourn_bed", "kind: residence, owner: private",
        "need_above: 168, willing_rural: 0.000001, willing_urban: 0.000001, guests: 1"},
    {"day_care", day,
        "hours: [0, 3, 6, 9, 0], grade_to: 3, price: 400, near_km: 20, tier: "
        "community, "
        "need_above: 0, staff: caregiver, clients: 20, users: 10"},
    {"canteen", day,
        "hours: [0, 3, 3, 0, 0], grade_to: 2, near_km: 20, tier: community, price: "
        "200, "
        "users: 10"},
    {"mutual_aid", day, "hours: [0, 2, 3, 0, 0], grade_to: 2, residence: rural"},
    {"senior_university", day, "grade_to: 1, near_km: 10, tier: township, days: 1"},
    {"nursery", day, "age_from: 0, age_to: 2, staff: child_carer, price: 900"},
    {"home_care", visit,
        "hours: [1, 2, 4, 6, 7], grade_from: 1, unlimited: 1, need_above: 0, staff: "
        "home_carer, clients: 10, price: 600"},
    {"family_bed", visit,
        "hours: [0, 0, 6, 8, 10], grade_from: 2, need_above: 3, price: 300"},
    {"home_sickbed", visit, "hours: [0, 0, 0, 1, 1], grade_from: 3, price: 100"},
    {"monthly_visit", visit,
        "income_to: allowance, unlimited: 1, staff: social_worker, clients: 30"},
    {"retrofit", once, "unlimited: 0"},
    {"device", once, "unlimited: 0"},
    {"carer_training", once, "unlimited: 0"},
    {NULL, NULL, NULL},
};

static void
write_services(struct scratch *s)
{
    char text[TEXT], *at = text;

    at += sprintf(at, "base: towns.yaml\nservice:\n  services:\n");
    for (int i = 0; services[i].name != NULL; i++)
        at += sprintf(at, "    - {name: %s, %s, %s}\n", services[i].name,
            services[i].common, services[i].more);
    scratch_write(s, "services.yaml", text);
}

/* Behind the county's code. */
static const char *const people[] = {"male,0,2,60", "male,3,19,40", "male,20,59,200",
    "male,60,69,150", "male,70,79,150", "male,80,89,100", "male,90,120,0",
    "female,0,2,60", "female,3,19,40", "female,20,59,200", "female,60,69,150",
    "female,70,79,150", "female,80,89,100", "female,90,120,0", NULL};
static const char *const sites[] = {"A,A,public_home,1,10,10,0,1",
    "B,B,public_home,1,20,0,0,0", "C,C,private_home,1,10,10,0,1",
    "D,D,day_care,1,0,0,10,1", "E,E,canteen,1,0,0,10,1",
    "F,F,senior_university,1,0,0,4,1", "G,G,nursery,1,0,0,10,1", NULL};

static void
write_counties(struct scratch *s)
{
    static const char *const name[] = {"East", "West"};
    char people_text[TEXT], counties[TEXT], sites_text[TEXT];
    char *p = people_text, *c = counties, *h = sites_text;
    double e0 = (1.0 - exp(-60.0 * YOUNG_DEATH)) / YOUNG_DEATH +
                exp(-60.0 * YOUNG_DEATH) / OLD_DEATH;

    p += sprintf(p, "adcode,sex,age_from,age_to,persons\n");
    h += sprintf(h, "id,adcode,name,name_zh,kind,homes,ordinary_beds,nursing_beds,"
                    "places,operating\n");
    c += sprintf(c, "adcode,name_en,name_zh,population,pop_60plus,urban_share,"
                    "households,one_person_households,collective_population,e0_male,"
                    "e0_female,tfr,longitude,latitude,townships,"
                    "villages_and_communities\n");
    for (int i = 0; i < TOWN_COUNTIES; i++) {
        int code = 999001 + i;
        c += sprintf(c, "%d,%s,%s,1400,800,0.4,600,250,0,%.15g,%.15g,1.2,10%d,25,2,8\n",
            code, name[i], name[i], e0, e0, i);
        for (int k = 0; people[k] != NULL; k++)
            p += sprintf(p, "%d,%s\n", code, people[k]);
        for (int k = 0; sites[k] != NULL; k++)
            h += sprintf(h, "site%d-%d,%d,%s\n", i, k, code, sites[k]);
    }
    scratch_write(s, "counties.csv", counties);
    scratch_write(s, "people.csv", people_text);
    scratch_write(s, "homes.csv", sites_text);
}

/* Grades worsen by one at 5 % a year, recover at 2 %; everybody of 60 and over dies at
 * one rate. */
static void
write_lives(struct scratch *s)
{
    static const char *const name[] = {"male", "female"};
    static const double share[] = {0.4, 0.2, 0.15, 0.15, 0.1};
    const int age[] = {0, 30, 59, 60, 61};
    char life[TEXT], move[TEXT], entry[TEXT], *a = life, *b = move, *c = entry;

    a += sprintf(a, "sex,age,rate\n");
    b += sprintf(b, "sex,age,grade,to_0,to_1,to_2,to_3,to_4,death\n");
    c += sprintf(c, "sex,grade,share\n");
    for (int sex = 0; sex < 2; sex++) {
        for (int k = 0; k < 5; k++)
            a += sprintf(a, "%s,%d,%g\n", name[sex], age[k],
                age[k] < 60 ? YOUNG_DEATH : OLD_DEATH);
        for (int g = 0; g < 5; g++) {
            b += sprintf(b, "%s,60,%d", name[sex], g);
            for (int to = 0; to < 5; to++)
                b += sprintf(b, ",%g",
                    to == g + 1   ? 0.05
                    : to == g - 1 ? 0.02
                    : to == g     ? 0.98 - (g < 4 ? 0.05 : 0.0) - (g > 0 ? 0.02 : 0.0)
                                  : 0.0);
            b += sprintf(b, ",0.02\n");
            c += sprintf(c, "%s,%d,%g\n", name[sex], g, share[g]);
        }
    }
    scratch_write(s, "life.csv", life);
    scratch_write(s, "transitions.csv", move);
    scratch_write(s, "entry.csv", entry);
    scratch_write(s, "shape.csv", "age_from,age_to,rate\n20,24,0.1\n");
    scratch_write(s, "marriage.csv",
        "sex,age_from,age_to,share\nmale,60,64,0.8\nfemale,60,64,0.8\n");
}

static void
write_all(struct scratch *s, const char *given, const char *more)
{
    char text[TEXT];

    scratch_open(s);
    write_counties(s);
    write_lives(s);
    write_services(s);
    scratch_write(s, "towns.yaml", yaml);
    snprintf(text, sizeof text, "base: services.yaml\n%s", given != NULL ? given : "");
    scratch_write(s, "given.yaml", text);
    snprintf(text, sizeof text, "base: given.yaml\n%s", more != NULL ? more : "");
    scratch_write(s, "with.yaml", text);
}

/* Nothing that care keeps may differ from what the people say. */
static void
check_audits(const struct town *self)
{
    for (int t = 0; t < self->hall.setup.n_times; t++)
        for (int i = 0; i < TOWN_COUNTIES; i++) {
            const struct audit_out *o = result_at(&self->result, AUDIT_MODEL, 0, t, i);
            assert_int_equal(o->people + o->grades + o->load + o->beds, 0);
            assert_int_equal(o->lines + o->gates, 0);
        }
}

void
town_run(struct town *self, const char *given, const char *more)
{
    write_all(&self->scratch, given, more);
    hall_open(&self->hall, scratch_path(&self->scratch, "with.yaml"),
        audit_models(self->list), NULL, 0);
    hall_run(&self->hall, &self->result);
    check_audits(self);
}

void
town_close(struct town *self)
{
    result_free(&self->result);
    hall_close(&self->hall);
    scratch_close(&self->scratch);
}

void
town_read(const char *given, const char *more, char *text)
{
    static struct scratch scratch;
    struct scenario scenario;
    struct setup setup = {.seed = 1};

    write_all(&scratch, given, more);
    const char *path = scratch_path(&scratch, "with.yaml");
    scenario_read(&scenario, path, models_list, NULL, 0, &scratch.report);
    if (scratch.report.mistakes == 0) {
        setup.scenario = &scenario;
        setup_init(&setup, models_list, scenario.par, scenario.run.start,
            scenario.run.end, &scratch.report);
        setup_free(&setup);
    }
    snprintf(text, SCRATCH_TEXT, "%s", scratch_report(&scratch));
    scenario_free(&scenario);
    scratch_close(&scratch);
}

static int
index_of(const struct axis *items, const char *item)
{
    for (int i = 0; i < items->n; i++)
        if (strcmp(items->label[i], item) == 0)
            return i;
    fail_msg("no item %s", item);
    return -1;
}

double
town_value(const struct town *self, const char *result, const char *item, int element,
    int time, int county)
{
    const struct setup *s = &self->hall.setup;
    struct result_row row = result_find(s, result);
    double sum = 0.0;

    if (row.model < 0)
        fail_msg("no result %s", result);
    int k = item != NULL ? index_of(row.items, item) : -1;
    for (int i = 0; i < TOWN_COUNTIES; i++) {
        const char *at = result_at(&self->result, row.model, 0, time, i);
        size_t size = s->models[row.model]->out_size;
        if (county >= 0 && i != county)
            continue;
        sum += element < 0
                   ? result_sum(s, row, at, k)
                   : field_value(row.field, at + (k > 0 ? k : 0) * (int)size, element);
    }
    return sum;
}

double
town_measure(const struct town *self, const struct town_check *c)
{
    const struct setup *s = &self->hall.setup;
    bool all = result_find(s, c->result).field->method == FIELD_SUM ||
               c->expect == TOWN_MORE || c->expect == TOWN_LESS;
    double sum = 0.0;

    for (int t = all ? 0 : s->n_times - 1; t < s->n_times; t++)
        sum += town_value(self, c->result, c->item, c->element, t, -1);
    return sum;
}

static bool
is_same(const struct town *a, const struct town *b, const struct town_check *c)
{
    bool same = true;

    for (int t = 0; t < a->hall.setup.n_times; t++) {
        double x = town_value(a, c->result, c->item, c->element, t, -1);
        double y = town_value(b, c->result, c->item, c->element, t, -1);
        same = same && !(x < y) && !(x > y);
    }
    return same;
}

/* Whether a check holds, said in a line. */
static bool
holds(const struct town *without, const struct town *with, const struct town_check *c)
{
    static const char *const word[] = {"", "more", "less", "the same", "by", "is"};
    bool lever = strncmp(c->result, "lever_", 6) == 0; /* there is none without */
    double a = lever ? 0.0 : town_measure(without, c), b = town_measure(with, c);
    bool ok = c->expect == TOWN_MORE   ? b > a
              : c->expect == TOWN_LESS ? b < a
              : c->expect == TOWN_SAME ? is_same(without, with, c)
              : c->expect == TOWN_BY   ? fabs(b - a - c->size) < 1e-6
                                       : fabs(b - c->size) < 1e-6;

    printf("  %s%s%s", c->result, c->item != NULL ? " " : "",
        c->item != NULL ? c->item : "");
    if (c->element >= 0)
        printf("[%d]", c->element);
    printf(" %s", word[c->expect]);
    if (c->expect >= TOWN_BY)
        printf(" %.10g", c->size);
    printf(" (%.10g, without %.10g): %s\n", b, a, ok ? "ok" : "WRONG");
    return ok;
}

static bool
row_holds(const struct town_row *row)
{
    static struct town without, with;
    char more[TEXT];
    bool ok = true;

    printf("levers.md row: %s", row->term);
    if (row->why_not != NULL) {
        printf(" -> no test: %s\n", row->why_not);
        return true;
    }
    snprintf(more, sizeof more, "%s%s",
        row->lever != NULL ? "lever:\n  levers:\n" : row->plan,
        row->lever != NULL ? row->lever : "");
    town_run(&without, row->given, NULL);
    town_run(&with, row->given, more);
    printf(" -> test:\n");
    for (int i = 0; i < TOWN_CHECKS && row->check[i].expect != TOWN_NONE; i++)
        ok = holds(&without, &with, &row->check[i]) && ok;
    town_close(&without);
    town_close(&with);
    return ok;
}

void
town_rows(const struct town_row *rows)
{
    int wrong = 0;

    for (; rows->term != NULL; rows++)
        wrong += !row_holds(rows);
    assert_int_equal(wrong, 0);
}
