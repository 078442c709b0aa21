#include "models/staff.h"

#include "sim/date.h"
#include "sim/setup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

enum { YEAR = 525950 }; /* minutes, rounded up */

/* Members who hold no certificate, with thresholds 1, 2 ... n. */
static void
open_with(struct staff *s, int n)
{
    staff_init(s);
    for (int i = 0; i < n; i++)
        staff_join(s, staff_begin(s, (uint64_t)i), 1.0 + i, false, 0);
}

/* Runs to `t` and takes out who has quit; returns how many. */
static int
quits_before(struct staff *s, int32_t t)
{
    int32_t due;
    int n = 0;

    for (uint32_t row = staff_next(s, &due); due < t; row = staff_next(s, &due), n++)
        staff_leave(s, row);
    return n;
}

/* Thresholds are spent at the rate: 1 at 0.5 a year takes two years. */
static void
thresholds_are_spent(void **state)
{
    struct staff s;
    int32_t due;

    (void)state;
    open_with(&s, 3);
    assert_int_equal(staff_next(&s, &due), 0);
    assert_int_equal(due, NEVER); /* no rate yet */
    staff_change(&s, 0.5, 0);
    assert_int_equal(staff_next(&s, &due), 0);
    assert_int_equal(due, (int32_t)ceil(2 * MINUTES_A_YEAR));
    staff_change(&s, 1.0, YEAR); /* half is left */
    assert_int_equal(staff_next(&s, &due), 0);
    assert_true(due >= YEAR + YEAR / 2 - 1 && due <= YEAR + YEAR / 2 + 1);
    staff_change(&s, 0.0, YEAR + 1);
    assert_int_equal(staff_next(&s, &due), 0);
    assert_int_equal(due, NEVER);
    assert_true(fabs(staff_hazard(&s, 3 * YEAR) - 0.5) < 1e-5);
    staff_free(&s);
}

/* Who joins later starts from the hazard of then; the lowest level goes first. */
static void
lowest_level_first(void **state)
{
    struct staff s;
    int32_t due;

    (void)state;
    open_with(&s, 2); /* levels 1 and 2 */
    staff_change(&s, 1.0, 0);
    uint32_t late = staff_begin(&s, 9);
    staff_join(&s, late, 0.2, false, YEAR / 2); /* level 0.7 */
    assert_int_equal(staff_next(&s, &due), late);
    assert_true(abs(due - (int32_t)(0.7 * MINUTES_A_YEAR)) <= 2);
    staff_leave(&s, late);
    assert_int_equal(staff_next(&s, &due), 0);
    assert_int_equal(quits_before(&s, 2 * YEAR + 2), 2);
    assert_int_equal(s.stock, 0);
    assert_int_equal(staff_next(&s, &due), STAFF_NONE);
    assert_int_equal(due, NEVER);
    staff_free(&s);
}

/* A row that is used again does not quit for who had it before. */
static void
rows_are_used_again(void **state)
{
    struct staff s;
    int32_t due;

    (void)state;
    open_with(&s, 3);
    staff_change(&s, 1.0, 0);
    staff_leave(&s, 0); /* retired, say: level 1 is still in the heap */
    uint32_t row = staff_begin(&s, 77);
    assert_int_equal(row, 0);
    assert_int_equal(s.row[row].spell, 1);
    assert_int_equal(staff_next(&s, &due), 1);
    staff_join(&s, row, 5.0, false, 0);
    assert_int_equal(staff_next(&s, &due), 1);
    assert_int_equal(quits_before(&s, (int32_t)(3.1 * MINUTES_A_YEAR)), 2);
    assert_int_equal(staff_next(&s, &due), row);
    assert_int_equal(s.row[row].key, 77);
    assert_int_equal(s.n, 3);
    staff_drop(&s, staff_begin(&s, 78));
    assert_int_equal(s.in_training, 0);
    assert_int_equal(s.stock, 1);
    staff_free(&s);
}

/* Certificates go down the line of joining, past those who have left or have one. */
static void
longest_in_service_first(void **state)
{
    struct staff s;

    (void)state;
    open_with(&s, 6);
    staff_join(&s, staff_begin(&s, 6), 1.0, true, 0);
    staff_leave(&s, 0); /* the head, */
    staff_leave(&s, 2); /* the middle, */
    staff_leave(&s, 5); /* and the tail of the line */
    assert_int_equal(s.certified, 1);
    assert_int_equal(staff_certify(&s, 2), 2);
    assert_true(s.row[1].certified && s.row[3].certified && !s.row[4].certified);
    assert_int_equal(s.certified, 3);
    staff_leave(&s, 3);
    assert_int_equal(s.certified, 2);
    assert_int_equal(staff_certify(&s, 10), 1);
    assert_int_equal(s.certified, 3);
    assert_int_equal(s.certified, s.stock);
    assert_int_equal(staff_certify(&s, 1), 0);
    staff_join(&s, staff_begin(&s, 8), 1.0, false, 0);
    assert_int_equal(staff_certify(&s, 1), 1);
    staff_free(&s);
    assert_int_equal(s.stock, 0);
    staff_free(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thresholds_are_spent),
        cmocka_unit_test(lowest_level_first),
        cmocka_unit_test(rows_are_used_again),
        cmocka_unit_test(longest_in_service_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
