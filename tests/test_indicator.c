#include "models/indicator.h"

#include "models/models.h"
#include "tests/fake.h"
#include "tests/planned.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

/* The results of all models as they are, by items where they are, but no model runs:
 * every number is one of its own. */
enum { TIMES = 2, REGIONS = 2, ITEMS = 3 };

struct likeness {
    struct model model[MODELS_COUNT];
    const struct model *list[MODELS_COUNT + 1];
    struct region_name region[REGIONS];
    int32_t time[TIMES];
    struct setup setup;
    struct result result;
};

static const struct axis *
three_items(const struct setup *s)
{
    static const char *const label[ITEMS] = {"a", "b", "c"};
    static const struct axis axis = {.name = "item", .n = ITEMS, .label = label};

    (void)s;
    return &axis;
}

static void
fill_place(const struct likeness *l, int m, int time, int region, double *next)
{
    const struct axis *items = setup_items(&l->setup, m);
    char *at = result_at(&l->result, m, 0, time, region);

    for (int k = 0; k < (items != NULL ? items->n : 1); k++)
        for (const struct field *f = l->model[m].out; f->name != NULL; f++)
            for (int i = 0; i < f->count; i++, *next += 1.0) {
                char *to = at + (size_t)k * l->model[m].out_size + f->offset;
                if (f->kind == FIELD_INT)
                    ((int64_t *)(void *)to)[i] = (int64_t)*next;
                else
                    ((double *)(void *)to)[i] = *next;
            }
}

static void
likeness_open(struct likeness *l)
{
    double next = 1000.0;

    memset(l, 0, sizeof *l);
    for (int m = 0; m < MODELS_COUNT; m++) {
        const struct model *as = models_list[m];
        l->model[m] = (struct model){.name = as->name,
            .out_size = as->out_size,
            .out = as->out,
            .items = as->items != NULL ? three_items : NULL};
        l->list[m] = &l->model[m];
    }
    l->setup = (struct setup){.models = l->list,
        .n_models = MODELS_COUNT,
        .n_times = TIMES,
        .time = l->time,
        .n_regions = REGIONS,
        .region = l->region};
    result_init(&l->result, &l->setup, 1);
    for (int m = 0; m < MODELS_COUNT; m++)
        for (int t = 0; t < TIMES && l->model[m].out != NULL; t++)
            for (int k = 0; k < REGIONS; k++)
                fill_place(l, m, t, k, &next);
}

/* Whether element `i` of a row, of item `n` of its model, belongs to what is asked for:
 * one of its model's items, else one along its own first axis. */
static bool
belongs(struct result_row row, int n, int i, int item)
{
    if (item < 0 || result_items(row) == NULL)
        return true;
    if (row.items != NULL)
        return n == item;
    return i / (row.field->count / row.field->axis[0]->n) == item;
}

/* What a result adds up to in a region (-1: all) and item (-1: all), at the last time.
 */
static double
added_up(const struct likeness *l, const char *name, int region, int item)
{
    struct result_row row = result_find(&l->setup, name);
    size_t size = l->model[row.model].out_size;
    double sum = 0.0;

    for (int k = 0; k < REGIONS; k++)
        for (int n = 0; n < (row.items != NULL ? ITEMS : 1); n++)
            for (int i = 0; i < row.field->count; i++)
                if ((region < 0 || k == region) && belongs(row, n, i, item))
                    sum += field_value(row.field,
                        (char *)result_at(&l->result, row.model, 0, TIMES - 1, k) +
                            (size_t)n * size,
                        i);
    return sum;
}

/* How many items an indicator can be asked for; both its results have them, or the
 * denominator has none. */
static int
items_of(const struct likeness *l, const struct indicator *i)
{
    const struct axis *top = result_items(result_find(&l->setup, i->numerator));

    if (i->denominator != NULL) {
        const struct axis *bottom =
            result_items(result_find(&l->setup, i->denominator));
        if (bottom != NULL && bottom != top)
            fail_msg("%s: '%s' and '%s' are by different things", i->name, i->numerator,
                i->denominator);
    }
    return top != NULL ? top->n : 0;
}

/* Every row names results that models have, and is their ratio everywhere. */
static void
every_row_is_whole(void **state)
{
    struct likeness l;

    (void)state;
    likeness_open(&l);
    for (const struct indicator *i = indicator_list; i->name != NULL; i++) {
        assert_non_null(i->unit);
        assert_non_null(i->doc);
        assert_non_null(i->zh);
        assert_true(i->scale > 0.0);
        assert_ptr_equal(indicator_find(i->name), i); /* no name stands twice */
        if (result_find(&l.setup, i->numerator).model < 0)
            fail_msg("%s: no model has '%s'", i->name, i->numerator);
        if (i->denominator != NULL && result_find(&l.setup, i->denominator).model < 0)
            fail_msg("%s: no model has '%s'", i->name, i->denominator);
        for (int region = -1; region < REGIONS; region++)
            for (int item = -1; item < items_of(&l, i); item++) {
                double want = i->scale * added_up(&l, i->numerator, region, item);
                if (i->denominator != NULL)
                    want /= added_up(&l, i->denominator, region, item);
                assert_true(
                    indicator_value(i, &l.result, 0, TIMES - 1, region, item) == want);
            }
    }
    result_free(&l.result);
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

/* Counts are primes, so that no two indicators can be mistaken for one another: what
 * the numbers mean that older scenarios ask for. */
static void
indicators_divide_the_right_counts(void **state)
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

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
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
        cmocka_unit_test(indicators_divide_the_right_counts),
        cmocka_unit_test(whole_shares_are_exact),
        cmocka_unit_test(prefecture_divides_sums),
        cmocka_unit_test(nothing_to_divide_by_is_undefined),
        cmocka_unit_test(an_item_is_one_of_those_that_have_items),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
