#include "models/person.h"

#include "sim/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

static int
by_value(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

/* People of two counties, their first 16 children each, arrivals: no key twice. */
static void
keys_are_all_different(void **state)
{
    enum { PEOPLE = 2000, CHILDREN = 16, EACH = 2 + CHILDREN };
    static uint64_t key[2 * PEOPLE * EACH];
    const uint64_t county[] = {532901, 532922};
    size_t n = 0;

    (void)state;
    for (int c = 0; c < 2; c++)
        for (uint32_t i = 0; i < PEOPLE; i++) {
            struct person p = {.key = person_key(county[c], i)};
            key[n++] = p.key;
            key[n++] = person_key_arrival(county[c], i);
            for (unsigned k = 0; k < CHILDREN; k++) {
                p.parity = k & 15;
                key[n++] = person_key_child(&p);
            }
        }
    qsort(key, n, sizeof *key, by_value);
    for (size_t i = 1; i < n; i++)
        assert_true(key[i] != key[i - 1]);
}

/* Nothing but the mother's key and the number of her children goes into a child's. */
static void
a_childs_key_is_its_mothers(void **state)
{
    struct person a = {.key = 77, .parity = 2}, b = a;

    (void)state;
    b.birth = -1000;
    b.grade = 3;
    b.moves = 9;
    assert_true(person_key_child(&a) == person_key_child(&b));
    b.parity = 3;
    assert_true(person_key_child(&a) != person_key_child(&b));
}

/* Three unit exponentials, independent: of 100,000 means within 4 / sqrt(100000) =
 * 0.0127 of 1, correlations of 0; and the share above 1 within 4 sqrt(p q / n) of 1/e.
 */
static void
thresholds_are_unit_exponentials(void **state)
{
    enum { PEOPLE = 100000 };
    double sum[3] = {0.0}, product[3] = {0.0};
    int above = 0;

    (void)state;
    for (uint32_t i = 0; i < PEOPLE; i++) {
        struct person p = {.key = person_key(532901, i)};
        person_thresholds(&p, rng_run(1, 0));
        const double x[] = {p.death, p.course, p.move};
        for (int k = 0; k < 3; k++) {
            assert_true(x[k] > 0.0);
            sum[k] += x[k];
            product[k] += (x[k] - 1.0) * (x[(k + 1) % 3] - 1.0);
            above += x[k] > 1.0;
        }
    }
    for (int k = 0; k < 3; k++) {
        assert_true(fabs(sum[k] / PEOPLE - 1.0) < 4.0 / sqrt(PEOPLE));
        assert_true(fabs(product[k] / PEOPLE) < 4.0 / sqrt(PEOPLE));
    }
    double e = exp(-1.0);
    assert_true(
        fabs(above / (3.0 * PEOPLE) - e) < 4.0 * sqrt(e * (1.0 - e) / (3.0 * PEOPLE)));
}

static void
thresholds_belong_to_key_and_run(void **state)
{
    struct person a = {.key = 5}, b = {.key = 5, .birth = 99}, c = {.key = 6}, d = a;

    (void)state;
    person_thresholds(&a, rng_run(1, 0));
    person_thresholds(&b, rng_run(1, 0));
    person_thresholds(&c, rng_run(1, 0));
    person_thresholds(&d, rng_run(1, 1));
    assert_true(a.death == b.death && a.course == b.course && a.move == b.move);
    assert_true(a.death != c.death && a.death != d.death);
}

static void
age_counts_mean_years(void **state)
{
    struct person p = {.birth = -(int32_t)(30 * MINUTES_A_YEAR)};

    (void)state;
    /* a minute is 1.9e-6 yr */
    assert_true(fabs(person_age(&p, 0) - 30.0) < 2e-6);
    assert_true(fabs(person_age(&p, (int32_t)(MINUTES_A_YEAR / 2)) - 30.5) < 4e-6);
    p.birth = 1000;
    assert_true(person_age(&p, 1000) == 0.0);
}

static void
month_counts_from_1900(void **state)
{
    (void)state;
    assert_int_equal(person_month(date_day(1900, 1, 1)), 0);
    assert_int_equal(person_month(date_day(1900, 12, 31)), 11);
    assert_int_equal(person_month(date_day(1901, 1, 1)), 12);
    assert_int_equal(person_month(date_day(2020, 2, 29)), 12 * 120 + 1);
    assert_int_equal(person_month(date_day(2021, 1, 1)), 12 * 121);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_all_different),
        cmocka_unit_test(a_childs_key_is_its_mothers),
        cmocka_unit_test(thresholds_are_unit_exponentials),
        cmocka_unit_test(thresholds_belong_to_key_and_run),
        cmocka_unit_test(age_counts_mean_years),
        cmocka_unit_test(month_counts_from_1900),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
