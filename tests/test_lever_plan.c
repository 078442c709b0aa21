/* Which county gets how much of a lever, and when. */
#include "models/lever_plan.h"

#include "models/county.h"
#include "models/lever_kind.h"
#include "tests/town.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

enum { MONTHS = 24, UNITS = 2000 };

#define ROWS "lever:\n  levers:\n"

static int
units(const struct town *town, const char *lever, int time, int county)
{
    return (int)town_value(town, "lever_units", lever, -1, time, county);
}

static int
all_units(const struct town *town, const char *lever, int county)
{
    int sum = 0;

    for (int t = 0; t <= MONTHS; t++)
        sum += units(town, lever, t, county);
    return sum;
}

enum { REGIONS = 4 };

/* Counties of 1,000, 3,000 and 500 people past 60, and a group of the last two. */
struct land {
    struct county_par county;
    struct county_group group;
    struct county_row row[REGIONS];
    struct county_row *rows[REGIONS];
    struct county_span span;
    struct county_tab tab;
    struct region_name name[REGIONS];
    struct lever_row lever;
    struct lever_plan plan;
    struct lever_tab levers;
    void *pars[MODELS_COUNT], *tabs[MODELS_COUNT];
    struct setup setup;
};

static const double shares[2] = {0.25, 0.75};

static void
land_open(struct land *self, struct lever_row lever, const char *kind)
{
    static const double elders[REGIONS] = {1000, 3000, 500, 1500};

    *self = (struct land){.group = {.code = 99}, .lever = lever};
    for (int i = 0; i < REGIONS; i++) {
        self->row[i].pop_60plus = elders[i];
        self->row[i].population = 10000;
        self->rows[i] = &self->row[i];
        self->name[i].code = (uint64_t)i + 1;
    }
    self->county.groups = (struct rows){.n = 1, .row = &self->group};
    self->span = (struct county_span){2, 2, shares};
    self->tab = (struct county_tab){.row = self->rows, .group = &self->span};
    self->levers = (struct lever_tab){1, &self->lever, &self->plan, {.n = 1}};
    self->pars[MODELS_COUNTY] = &self->county;
    self->tabs[MODELS_COUNTY] = &self->tab;
    self->tabs[MODELS_LEVER] = &self->levers;
    self->setup = (struct setup){.par = self->pars,
        .tab = self->tabs,
        .last_day = 364,
        .n_regions = REGIONS,
        .region = self->name};
    for (int k = 0; lever_kind_list[k].name != NULL; k++)
        if (strcmp(lever_kind_list[k].name, kind) == 0)
            self->plan.kind = &lever_kind_list[k];
    lever_plan_make(&self->setup, &self->levers);
}

static void
land_close(struct land *self)
{
    mem_arena_free(&self->setup.arena);
}

/* What each county gets; -1: the lever is not for it. */
static void
expect(struct lever_row lever, const char *kind, const int64_t want[REGIONS])
{
    struct land land;

    land_open(&land, lever, kind);
    for (int i = 0; i < REGIONS; i++) {
        const struct lever_part *part = &land.plan.part[i];
        assert_int_equal(part->here ? part->n : -1, want[i]);
    }
    land_close(&land);
}

/* By people of 60 and over, in whole units that add up. */
static void
amounts_are_spread(void **state)
{
    (void)state;
    expect((struct lever_row){.amount = 12}, "recruit", (int64_t[]){2, 6, 1, 3});
    expect((struct lever_row){.amount = 7}, "recruit", (int64_t[]){1, 4, 0, 2});
    expect((struct lever_row){.amount = 1}, "recruit", (int64_t[]){0, 1, 0, 0});
    expect(
        (struct lever_row){.amount = 7, .each = 1}, "train", (int64_t[]){7, 7, 7, 7});
    expect((struct lever_row){.amount = 7, .adcode = 2}, "train",
        (int64_t[]){-1, 7, -1, -1});
    expect((struct lever_row){.amount = 8, .adcode = 99}, "train",
        (int64_t[]){-1, -1, 2, 6});
    expect((struct lever_row){.amount = 8, .adcode = 99, .each = 1}, "train",
        (int64_t[]){-1, -1, 8, 8});
    expect(
        (struct lever_row){.homes = 6, .amount = 60}, "build", (int64_t[]){1, 3, 1, 1});
    expect((struct lever_row){.amount = 60}, "build", (int64_t[]){0, 1, 0, 0});
    expect((struct lever_row){.amount = 6}, "close", (int64_t[]){1, 3, 1, 1});
    expect((struct lever_row){.value = 2}, "price", (int64_t[]){1, 1, 1, 1});
}

/* The places of all sites of all counties add up, and differ by one at most. */
static void
sites_share_places(void **state)
{
    struct land land;
    int64_t all = 0;

    (void)state;
    land_open(&land, (struct lever_row){.homes = 7, .amount = 100}, "build");
    for (uint32_t i = 0; i < REGIONS; i++) {
        struct region r = {.setup = &land.setup, .index = i};
        for (int64_t k = 0; k < land.plan.part[i].n; k++) {
            int64_t n = lever_plan_places(&r, 0, k);
            assert_true(n == 14 || n == 15);
            all += n;
        }
    }
    assert_int_equal(all, 100);
    land_close(&land);
}

/* Unit k of 4 over 184 days comes on day (k + 0.5) x 46: 24 July, 8 September, 24
 * October, 9 December; what lies before the run is taken to stand. */
static void
units_come_evenly(void **state)
{
    static const int month[4] = {7, 9, 10, 12};
    static struct town town;

    (void)state;
    town_run(&town, NULL,
        ROWS "    - {name: a, kind: recruit, staff: caregiver, amount: 4, each: 1, "
             "from: 2021-07-01, to: 2021-12-31}\n"
             "    - {name: early, kind: recruit, staff: caregiver, amount: 4, each: 1, "
             "from: 2020-07-01, to: 2021-06-30}\n"
             "    - {name: late, kind: recruit, staff: caregiver, amount: 4, each: 1, "
             "from: 2022-07-01, to: 2023-06-30}\n"
             "    - {name: day, kind: recruit, staff: caregiver, amount: 4, each: 1, "
             "from: 2022-02-28, to: 2022-02-28}\n");
    for (int t = 0; t <= MONTHS; t++) {
        int n = 0;
        for (int k = 0; k < 4; k++)
            n += t == month[k];
        assert_int_equal(units(&town, "a", t, TOWN_EAST), n);
        assert_int_equal(units(&town, "day", t, TOWN_EAST), t == 14 ? 4 : 0);
    }
    assert_int_equal(all_units(&town, "early", TOWN_EAST), 2);
    assert_int_equal(all_units(&town, "late", TOWN_EAST), 2);
    town_close(&town);
}

/* Binomial with p: 4 standard errors of n p. */
static bool
binomial(int count, double n, double p)
{
    return fabs(count - n * p) <= 4.0 * sqrt(n * p * (1.0 - p));
}

/*
 * Of n units that are due in the middle of 1 January and wait for an exponential time
 * of mean 100 days, 1 - exp(-d / 100) have come after d days; of units delivered with
 * probability 0.3 so many come. A mean of 80 days would not pass.
 */
static void
lag_and_delivery_are_drawn(void **state)
{
    static struct town town;
    int come = 0;

    (void)state;
    town_run(&town, NULL,
        ROWS
        "    - {name: lag, kind: train, staff: child_carer, amount: 2000, each: 1, "
        "from: 2021-01-01, to: 2021-01-01, lag: 100}\n"
        "    - {name: some, kind: recruit, staff: caregiver, amount: 2000, "
        "each: 1, delivered: 0.3}\n"
        "    - {name: recruits, kind: recruit, staff: child_carer, amount: 5000, "
        "each: 1, from: 2021-01-01, to: 2021-01-01, lag: 100}\n");
    for (int t = 1; t <= MONTHS; t++) {
        double days = town.hall.setup.time[t] / 1440.0 - 0.5;
        come += units(&town, "recruits", t, TOWN_EAST);
        assert_true(binomial(come, 5000, 1.0 - exp(-days / 100.0)));
        if (t == 3)
            assert_false(binomial(come, 5000, 1.0 - exp(-days / 80.0)));
    }
    assert_true(binomial(all_units(&town, "some", TOWN_EAST), UNITS, 0.3));
    assert_true(binomial(all_units(&town, "some", TOWN_WEST), UNITS, 0.3));
    assert_false(binomial(all_units(&town, "some", TOWN_WEST), UNITS, 0.4));
    assert_int_not_equal(all_units(&town, "some", TOWN_EAST),
        all_units(&town, "some", TOWN_WEST)); /* draws of their own */
    town_close(&town);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_spread),
        cmocka_unit_test(sites_share_places),
        cmocka_unit_test(units_come_evenly),
        cmocka_unit_test(lag_and_delivery_are_drawn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
