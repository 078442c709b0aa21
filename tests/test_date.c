#include "sim/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

static int
days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return days[month - 1] + (month == 2 ? leap : 0);
}

/* Counted day by day over more than a cycle of 400 years, before and after year 0. */
static void
days_follow_each_other(void **state)
{
    int32_t day = date_day(-20, 1, 1);

    (void)state;
    for (int year = -20; year < 2500; year++)
        for (int month = 1; month <= 12; month++)
            for (int d = 1; d <= days_in(year, month); d++, day++) {
                struct date back = date_of(day);
                assert_int_equal(date_day(year, month, d), day);
                assert_true(back.year == year && back.month == month && back.day == d);
            }
}

/* Known days: the epoch; 2000-03-01 is day 11017, 2021-01-01 day 18628. */
static void
known_days(void **state)
{
    (void)state;
    assert_int_equal(date_day(1970, 1, 1), 0);
    assert_int_equal(date_day(1969, 12, 31), -1);
    assert_int_equal(date_day(2000, 3, 1), 11017);
    assert_int_equal(date_day(2021, 1, 1), 18628);
    assert_true(fabs(400.0 * MINUTES_A_YEAR -
                     (double)MINUTES_A_DAY *
                         (date_day(2400, 1, 1) - date_day(2000, 1, 1))) < 1e-6);
}

static void
reads_dates_that_exist(void **state)
{
    static const char *const wrong[] = {"", "2021", "2021-1-1", "2021-13-01",
        "2021-00-10", "2021-02-29", "1900-02-29", "2021-04-31", "2021-01-00",
        "2021-01-32", "2021/01/01", "2021-01-011", " 2021-01-01", "2021-01-01 ",
        "202a-01-01", "+021-01-01", "2021-01--1", "20210-1-01"};
    int32_t day = 77;

    (void)state;
    assert_true(date_read("2020-02-29", &day));
    assert_int_equal(day, date_day(2020, 2, 29));
    assert_true(date_read("2000-02-29", &day) && date_read("0001-01-01", &day));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(date_read(wrong[i], &day));
}

static void
text_reads_back(void **state)
{
    char text[16];
    int32_t back;

    (void)state;
    assert_string_equal(date_text(date_day(2021, 1, 9), text), "2021-01-09");
    for (int32_t day = date_day(1, 1, 1); day < date_day(9999, 12, 31); day += 997) {
        assert_true(date_read(date_text(day, text), &back));
        assert_int_equal(back, day);
    }
}

static void
year_is_a_fraction_of_its_own_length(void **state)
{
    (void)state;
    assert_true(date_year(date_day(2021, 1, 1)) == 2021.0);
    assert_true(fabs(date_year(date_day(2021, 12, 31)) - (2022.0 - 1.0 / 365)) < 1e-12);
    assert_true(fabs(date_year(date_day(2024, 12, 31)) - (2025.0 - 1.0 / 366)) < 1e-12);
    assert_true(fabs(date_year(date_day(2024, 7, 2)) - 2024.5) < 1e-12);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_follow_each_other),
        cmocka_unit_test(known_days),
        cmocka_unit_test(reads_dates_that_exist),
        cmocka_unit_test(text_reads_back),
        cmocka_unit_test(year_is_a_fraction_of_its_own_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
