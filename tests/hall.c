#include "tests/hall.h"

#include "models/models.h"
#include "models/service.h"
#include "sim/date.h"
#include "sim/executive.h"
#include "tests/erlang.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

enum { TEXT = 4096, WARM_MONTHS = 60 };

/* A slow death below 60 makes a life expectancy that the county table accepts. */
static const double young_death = 0.005;

static const char yaml[] =
    "start: 2021-01-01\nend: 2070-12-31\nreplicates: 40\nseed: 5\n"
    "county: {table: counties.csv}\n"
    "grade: {transitions: transitions.csv, entry: entry.csv}\n"
    "mortality: {life_table: life.csv}\n"
    "fertility: {shape: shape.csv, level: 0}\n"
    "population:\n  people: people.csv\n"
    "  income_rural: [0.2, 0.3, 0.3, 0.2]\n  income_urban: [0.2, 0.3, 0.3, 0.2]\n"
    "  living_elders: [0, 0, 1, 0]\n  couples_below_60: 0\n"
    "migration: {net: net.csv, net_factor: 1, between: 0}\n"
    "household: {marriage: marriage.csv}\n"
    "workforce: {caregivers: 1000, quits: 0, retires: 200}\n"
    "facility:\n  facilities: homes.csv\n"
    "care:\n  need_hours: [100, 100, 100, 100, 100]\n  backlog: 1\n"
    "service:\n  services:\n    - name: public_home\n      kind: residence\n"
    "      need_above: 1\n      willing_rural: 0.9999\n      willing_urban: 0.9999\n"
    "      odds_disabled: 100\n      application: 0\n      round: 0\n"
    "      discharge: 2\n      patience: 182.62125\n      staff: caregiver\n"
    "      clients: 100\n";

static void
write_people(struct scratch *s, int elders, double death)
{
    char text[TEXT], *at = text;
    double e0 = (1.0 - exp(-60.0 * young_death)) / young_death +
                exp(-60.0 * young_death) / death;

    snprintf(text, sizeof text,
        "adcode,name_en,name_zh,population,pop_60plus,urban_share,households,"
        "one_person_households,collective_population,e0_male,e0_female,tfr,longitude,"
        "latitude\n999001,Hall,Hall,%d,%d,0.3,50,0,0,%.15g,%.15g,0,100,25\n",
        200 + elders, elders, e0, e0);
    scratch_write(s, "counties.csv", text);
    at += sprintf(at, "adcode,sex,age_from,age_to,persons\n");
    for (int sex = 0; sex < 2; sex++) {
        const char *name = sex == 0 ? "male" : "female";
        at += sprintf(at, "999001,%s,0,4,100\n999001,%s,5,69,0\n", name, name);
        at += sprintf(
            at, "999001,%s,70,70,%d\n999001,%s,71,120,0\n", name, elders / 2, name);
    }
    scratch_write(s, "people.csv", text);
    scratch_write(s, "net.csv",
        "adcode,sex,age_from,age_to,net_rate\n999001,male,70,70,0.5\n"
        "999001,female,70,70,0.5\n");
}

/* Grades differ, for the classes of the line, but neither change nor kill. */
static void
write_lives(struct scratch *s, double death)
{
    char text[TEXT], *at = text;

    at += sprintf(at, "sex,age,rate\n");
    for (int sex = 0; sex < 2; sex++) {
        const char *name = sex == 0 ? "male" : "female";
        const int age[] = {0, 30, 59, 60, 61};
        for (int k = 0; k < 5; k++)
            at += sprintf(
                at, "%s,%d,%g\n", name, age[k], age[k] < 60 ? young_death : death);
    }
    scratch_write(s, "life.csv", text);
    at = text + sprintf(text, "sex,age,grade,to_0,to_1,to_2,to_3,to_4,death\n");
    for (int sex = 0; sex < 2; sex++)
        for (int g = 0; g < 5; g++) {
            at += sprintf(at, "%s,60,%d", sex == 0 ? "male" : "female", g);
            for (int to = 0; to < 5; to++)
                at += sprintf(at, ",%g", to == g ? 0.9 : 0.0);
            at += sprintf(at, ",0.1\n");
        }
    scratch_write(s, "transitions.csv", text);
    scratch_write(s, "entry.csv",
        "sex,grade,share\nmale,2,0.6\nmale,3,0.4\nfemale,2,0.6\nfemale,3,0.4\n");
}

void
hall_people(struct scratch *scratch, int elders, double death)
{
    write_people(scratch, elders, death);
    write_lives(scratch, death);
}

void
hall_write(struct scratch *scratch, int beds)
{
    char text[TEXT];

    hall_people(scratch, HALL_ELDERS, HALL_DEATH);
    scratch_write(scratch, "shape.csv", "age_from,age_to,rate\n20,24,0.1\n");
    scratch_write(scratch, "marriage.csv", "sex,age_from,age_to,share\nmale,40,44,0\n");
    snprintf(text, sizeof text,
        "id,adcode,name,name_zh,kind,ordinary_beds\n"
        "home,999001,Home,Home,public_home,%d\n",
        beds);
    scratch_write(scratch, "homes.csv", text);
    scratch_write(scratch, "hall.yaml", yaml);
}

void
hall_open(struct hall *self, const char *path, const struct model *const *models,
    const char *const *set, int n_set)
{
    *self = (struct hall){.report = {.mistakes = 0}};
    scenario_read(&self->scenario, path, models, set, n_set, &self->report);
    if (self->report.mistakes == 0) {
        self->setup.seed = (uint64_t)self->scenario.run.seed;
        self->setup.window = (int32_t)(self->scenario.run.window * MINUTES_A_DAY + 0.5);
        self->setup.scenario = &self->scenario;
        setup_init(&self->setup, models, self->scenario.par, self->scenario.run.start,
            self->scenario.run.end, &self->report);
    }
    if (self->report.mistakes > 0)
        report_print(&self->report, stderr);
    assert_int_equal(self->report.mistakes, 0);
}

void
hall_close(struct hall *self)
{
    setup_free(&self->setup);
    scenario_free(&self->scenario);
    report_free(&self->report);
}

void
hall_run(const struct hall *self, struct result *result)
{
    struct executive_watch watch = {.month = NULL};
    struct executive_work work = {.events = NULL};
    int n = (int)self->scenario.run.replicates;

    result_init(result, &self->setup, n);
    for (int i = 0; i < n; i++)
        assert_int_equal(executive_run(&self->setup, i, 1, result, &watch, &work), 0);
    executive_work_free(&work);
}

const char *const hall_measures[HALL_MEASURES] = {"share of beds in use",
    "people waiting", "share of applicants who leave the line",
    "mean wait of the admitted, years", "deaths among those who leave the line",
    "deaths among those who leave a bed"};

static double
sum(const int64_t *x, int n)
{
    double all = 0.0;

    for (int i = 0; i < n; i++)
        all += (double)x[i];
    return all;
}

/* What one replicate found after the warm-up. */
static void
measure(const struct result *result, int replicate, double x[HALL_MEASURES])
{
    double months = 0.0, applied = 0.0, admitted = 0.0, left = 0.0, died = 0.0;
    double gone = 0.0, died_resident = 0.0, days = 0.0;

    memset(x, 0, HALL_MEASURES * sizeof *x);
    for (int t = WARM_MONTHS + 1; t < result->setup->n_times; t++) {
        const struct service_out *o =
            result_at(result, MODELS_SERVICE, replicate, t, 0); /* the only service */
        months++;
        x[HALL_USE] += (double)o->users / HALL_BEDS;
        x[HALL_LINE] += (double)o->waiting_list;
        applied += sum(o->applied, GRADES);
        admitted += sum(o->admitted, GRADES);
        left += (double)(o->gave_up + o->died_waiting);
        died += (double)o->died_waiting;
        died_resident += (double)o->died_using;
        gone += (double)(o->died_using + o->discharged);
        days += o->wait_days;
    }
    x[HALL_USE] /= months;
    x[HALL_LINE] /= months;
    x[HALL_LEAVE] = left / applied;
    x[HALL_SERVED] = days / 365.2425 / admitted;
    x[HALL_DIED_WAITING] = died / left;
    x[HALL_DIED_RESIDENT] = died_resident / gone;
}

void
hall_expect(struct hall_truth truth, double expected[HALL_MEASURES])
{
    double out = HALL_DEATH + truth.discharge, leave = HALL_DEATH + truth.patience;
    struct erlang_a a = erlang_a(truth.newcomers, 1.0 / out, 1.0 / leave, HALL_BEDS);

    expected[HALL_USE] = a.use;
    expected[HALL_LINE] = a.line;
    expected[HALL_LEAVE] = a.leave;
    expected[HALL_SERVED] = truth.classes ? NAN : a.wait_served;
    expected[HALL_DIED_WAITING] = HALL_DEATH / leave;
    expected[HALL_DIED_RESIDENT] = HALL_DEATH / out;
}

struct hall_found
hall_find(const struct model *const *models, const char *const *set, int n_set)
{
    struct scratch *scratch = mem_alloc(1, sizeof *scratch);
    struct hall *hall = mem_alloc(1, sizeof *hall);
    double x[HALL_MEASURES], square[HALL_MEASURES] = {0.0};
    struct hall_found found = {.mean = {0.0}};
    struct result result;

    scratch_open(scratch);
    hall_write(scratch, HALL_BEDS);
    hall_open(hall, scratch_path(scratch, "hall.yaml"), models, set, n_set);
    hall_run(hall, &result);
    for (int i = 0; i < result.replicates; i++) {
        measure(&result, i, x);
        for (int k = 0; k < HALL_MEASURES; k++) {
            double gain = x[k] - found.mean[k];
            found.mean[k] += gain / (i + 1);
            square[k] += gain * (x[k] - found.mean[k]);
        }
    }
    for (int k = 0; k < HALL_MEASURES; k++) {
        double n = result.replicates;
        found.error[k] = sqrt(square[k] / (n - 1.0) / n);
    }
    result_free(&result);
    hall_close(hall);
    scratch_close(scratch);
    mem_free(hall);
    mem_free(scratch);
    return found;
}
