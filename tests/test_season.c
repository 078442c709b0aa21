/* Expected guests of two counties of Dali: totals, shares, months, and the inverse. */
#include "models/season.h"

#include "models/county.h"
#include "models/models.h"
#include "models/sojourn.h"
#include "sim/date.h"
#include "tests/dali.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

static const int64_t counties[] = {532922, 532928};

struct two {
    struct scratch scratch;
    struct dali dali;
    const struct season *season;
};

static void
two_open(struct two *self, const char *end, const char *origins, const char *season,
    const char *level)
{
    const char *set[] = {
        "plan.targets=[]", "facility.projects=[]", end, origins, season, level};

    scratch_open(&self->scratch);
    dali_copy(&self->scratch, counties, 2);
    dali_open(&self->dali, scratch_path(&self->scratch, "as-is.yaml"), set, 6);
    self->season = &sojourn_of(&self->dali.setup)->season;
}

static void
two_close(struct two *self)
{
    dali_close(&self->dali);
    scratch_close(&self->scratch);
}

/* Minutes at which the `month`th month of the run begins. */
static int32_t
edge(const struct two *self, int month)
{
    return self->season->edge[SEASON_BEFORE + month];
}

/* Guests expected between two of those. */
static double
expected(const struct two *self, int region, int origin, int from, int to)
{
    return season_level(self->season, region, origin, edge(self, to)) -
           season_level(self->season, region, origin, edge(self, from));
}

static bool
near(double a, double b)
{
    return fabs(a - b) < 1e-9 * (1.0 + fabs(b));
}

/* Origin 0 is the base's, from which nobody comes. */
static void
years_add_up_and_counties_share(void **state)
{
    static struct two two;

    (void)state;
    two_open(&two, "end=2022-12-31",
        "sojourn.origins=[{name: a, guests: 1200, share_elder: 0.5, weight: [1, 0, 0, "
        "0, 0, 0, 3, 0, 0, 0, 0, 0]}, {name: b, guests: 50, adcode: 532928}]",
        "sojourn.season=[]", "sojourn.level=1");
    const struct county_tab *t = two.dali.setup.tab[MODELS_COUNTY];
    double a = t->row[0]->population, b = t->row[1]->population;
    for (int year = 0; year < 24; year += 12) {
        assert_true(near(expected(&two, 0, 1, year, year + 12), 600 * a / (a + b)));
        assert_true(near(expected(&two, 1, 1, year, year + 12), 600 * b / (a + b)));
        assert_true(near(expected(&two, 0, 1, year, year + 1), 150 * a / (a + b)));
        assert_true(near(expected(&two, 0, 1, year + 6, year + 7), 450 * a / (a + b)));
        assert_true(near(expected(&two, 0, 1, year + 7, year + 12), 0));
        assert_true(near(expected(&two, 1, 2, year, year + 12), 50));
        assert_true(near(expected(&two, 1, 2, year + 1, year + 2), 50 / 12.0));
    }
    assert_null(two.season->guests[0 * 3 + 2]); /* nobody from b goes to the first */
    assert_null(two.season->guests[1 * 3 + 0]);
    assert_true(season_level(two.season, 1, 0, edge(&two, 3)) == 0.0);
    assert_int_equal(season_time(two.season, 1, 0, 0.5), NEVER);
    /* three whole years come before the run */
    assert_true(near(season_level(two.season, 1, 2, 0), 150));
    two_close(&two);
}

/* Rows by month add to the origin's; a path scales both; half a month is half. */
static void
months_levels_and_parts(void **state)
{
    static struct two two;

    (void)state;
    two_open(&two, "end=2022-06-15",
        "sojourn.origins=[{name: elsewhere, guests: 120, adcode: 532922, stay: 40}]",
        "sojourn.season=[{adcode: 532922, month: 6, guests: 30, stay_days: 7}, "
        "{adcode: 532928, month: 1, guests: 8}]",
        "sojourn.level={2021: 1, 2022: 2}");
    int32_t mid = date_day(2021, 6, 16);
    double level = date_year(mid) - 2021 + 1;
    assert_true(near(expected(&two, 0, 0, 5, 6), (10 + 30) * level));
    assert_true(near(expected(&two, 0, 0, 12, 13), 10 * 2));
    assert_true(near(expected(&two, 0, 0, 17, 18), 40 * 2 * 0.5));
    assert_true(near(expected(&two, 1, 0, 12, 13), 16));
    assert_true(near(expected(&two, 1, 0, 1, 12), 0));
    assert_true(season_stay(two.season, 0, 0, edge(&two, 5)) == 7);
    assert_true(season_stay(two.season, 0, 0, edge(&two, 5) - 1) == 40);
    assert_true(season_stay(two.season, 0, 0, edge(&two, 5) - 525600) == 7);
    assert_true(season_stay(two.season, 1, 0, 0) == 40);
    two_close(&two);
}

/* The time of a level is the last whole minute before it. */
static void
time_is_the_inverse_of_level(void **state)
{
    static struct two two;

    (void)state;
    two_open(&two, "end=2022-12-31",
        "sojourn.origins=[{name: elsewhere, guests: 1000, adcode: 532922, "
        "weight: [3, 2, 0, 0, 1, 0, 4, 4, 0, 0, 0, 1]}]",
        "sojourn.season=[]", "sojourn.level=1");
    const struct season *s = two.season;
    double all = season_level(s, 0, 0, two.dali.setup.end);
    int32_t last = s->edge[0];
    assert_true(near(all, 5000));
    for (double level = 0.0; level < all; level += 0.37) {
        int32_t t = season_time(s, 0, 0, level);
        assert_true(t >= last && t < two.dali.setup.end);
        assert_true(season_level(s, 0, 0, t) <= level + 1e-9);
        assert_true(season_level(s, 0, 0, t + 1) >= level - 1e-9);
        last = t;
    }
    assert_int_equal(season_time(s, 0, 0, all), NEVER);
    assert_int_equal(season_time(s, 0, 0, 1e300), NEVER);
    two_close(&two);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_add_up_and_counties_share),
        cmocka_unit_test(months_levels_and_parts),
        cmocka_unit_test(time_is_the_inverse_of_level),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
