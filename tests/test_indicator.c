#include "models/indicator.h"

#include "tests/fake.h"
#include "tests/planned.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

static void
every_row_is_whole(void **state)
{
    struct planned p;

    (void)state;
    planned_init(&p, 1, 1);
    for (const struct indicator *i = indicator_list; i->name != NULL; i++) {
        assert_non_null(i->unit);
        assert_non_null(i->doc);
        assert_non_null(i->zh);
        assert_true(i->scale > 0.0);
        assert_ptr_equal(indicator_find(i->name), i); /* no name stands twice */
        assert_true(result_find(&p.setup, i->numerator).model >= 0);
        if (i->denominator != NULL)
            assert_true(result_find(&p.setup, i->denominator).model >= 0);
    }
    planned_free(&p);
}

static void
unknown_name_is_null(void **state)
{
    (void)state;
    assert_null(indicator_find("beds_per_1000_elder"));
    assert_null(indicator_find(""));
}

/* Value of `name` for the given counts in the second county, 0 elsewhere. */
static double
value_of(const char *name, struct planned_out counts, int region)
{
    struct planned p;

    planned_init(&p, 1, 2);
    for (int k = 0; k < PLANNED_REGIONS; k++)
        *planned_at(&p, 1, 1, k) = (struct planned_out){0};
    *planned_at(&p, 1, 1, 1) = counts;
    double x = indicator_value(indicator_find(name), &p.result, 1, 1, region, -1);
    planned_free(&p);
    return x;
}

/* Counts are primes, so that no two indicators can be mistaken for one another. */
static void
every_indicator_divides_the_right_counts(void **state)
{
    const struct planned_out c = {.beds = 41,
        .nursing_beds = 17,
        .institution_beds = 31,
        .caregivers = 13,
        .residents = 29,
        .waiting = 7,
        .people = 5003,
        .elders = 1009,
        .elders_alone = 97,
        .disabled = 113};
    const struct {
        const char *name;
        double want;
    } table[] = {
        {"beds_per_1000_elders", 41000.0 / 1009.0},
        {"nursing_share", 1700.0 / 31.0},
        {"caregivers", 13.0},
        {"caregivers_per_1000_elders", 13000.0 / 1009.0},
        {"occupancy", 2900.0 / 31.0},
        {"residents_per_1000_elders", 29000.0 / 1009.0},
        {"waiting_per_1000_elders", 7000.0 / 1009.0},
        {"elder_share", 100900.0 / 5003.0},
        {"disabled_share", 11300.0 / 1009.0},
        {"alone_share", 9700.0 / 1009.0},
    };
    size_t n = 0;

    (void)state;
    while (indicator_list[n].name != NULL)
        n++;
    assert_int_equal(n, sizeof table / sizeof table[0]);
    for (size_t i = 0; i < n; i++) {
        /* Exactly: one rounding, of the division. */
        assert_true(value_of(table[i].name, c, 1) == table[i].want);
        assert_true(value_of(table[i].name, c, -1) == table[i].want);
    }
}

/* 29/100*100 is 28.999999999999996 when the ratio is scaled last. */
static void
whole_shares_are_exact(void **state)
{
    (void)state;
    for (int64_t n = 0; n <= 100; n++) {
        struct planned_out c = {.nursing_beds = n, .institution_beds = 100};
        assert_true(value_of("nursing_share", c, 1) == (double)n);
    }
}

static void
prefecture_divides_sums(void **state)
{
    struct planned p;

    (void)state;
    planned_init(&p, 1, 1);
    planned_at(&p, 0, 1, 0)->beds = 10;
    planned_at(&p, 0, 1, 1)->beds = 20;
    planned_at(&p, 0, 1, 1)->elders = 3000;
    planned_at(&p, 0, 1, 2)->beds = 70;
    const struct indicator *i = indicator_find("beds_per_1000_elders");
    /* 100 beds for 5000 elders; the mean of the counties' ratios would be 28.9. */
    assert_true(indicator_value(i, &p.result, 0, 1, -1, -1) == 20.0);
    assert_true(indicator_value(i, &p.result, 0, 1, 0, -1) == 10.0);
    assert_true(indicator_value(i, &p.result, 0, 1, 2, -1) == 70.0);
    assert_true(indicator_value(i, &p.result, 0, 0, -1, -1) == 0.0);
    planned_free(&p);
}

static void
nothing_to_divide_by_is_undefined(void **state)
{
    (void)state;
    assert_true(isnan(value_of("occupancy", (struct planned_out){.residents = 3}, 1)));
    assert_true(value_of("caregivers", (struct planned_out){0}, 1) == 0.0);
}

/* `item` picks one service of the result that has services, wherever it stands. */
static void
an_item_is_one_of_those_that_have_items(void **state)
{
    const struct indicator above = {
        .numerator = "served", .denominator = "elders", .scale = 1.0};
    const struct indicator below = {
        .numerator = "beds", .denominator = "hours", .scale = 1.0};
    const struct indicator both = {
        .numerator = "served", .denominator = "hours", .scale = 1.0};
    const struct indicator neither = {
        .numerator = "beds", .denominator = "elders", .scale = 1.0};
    struct fake f;

    (void)state;
    fake_init(&f, 2, 2);
    const struct result *r = &f.result;
    /* Replicate 1, time 2, county 1: 1210 women of service 0, 1211 men, 302.5 h. */
    assert_true(indicator_value(&above, r, 1, 2, 1, 0) == (1210 + 1211) / 1000.0);
    assert_true(indicator_value(&above, r, 1, 2, 1, 2) == (21210 + 21211) / 1000.0);
    assert_true(indicator_value(&above, r, 1, 2, 1, -1) == (3 * 2421 + 60000) / 1000.0);
    assert_true(indicator_value(&above, r, 1, 2, -1, 1) ==
                (2 * 11200 + 1 + 2 * 11210 + 1) / 2000.0);
    assert_true(indicator_value(&below, r, 1, 2, 1, 0) == 52 / 302.5);
    assert_true(indicator_value(&below, r, 1, 2, 1, -1) == 52 / (302.5 * 3 + 7500));
    assert_true(indicator_value(&both, r, 1, 2, 1, 1) == 22421 / 2802.5);
    for (int item = -1; item < FAKE_SERVICES; item++)
        assert_true(indicator_value(&neither, r, 1, 2, 1, item) == 52 / 1000.0);
    fake_free(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_whole),
        cmocka_unit_test(unknown_name_is_null),
        cmocka_unit_test(every_indicator_divides_the_right_counts),
        cmocka_unit_test(whole_shares_are_exact),
        cmocka_unit_test(prefecture_divides_sums),
        cmocka_unit_test(nothing_to_divide_by_is_undefined),
        cmocka_unit_test(an_item_is_one_of_those_that_have_items),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
