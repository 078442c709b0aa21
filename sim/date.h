/*
 * date.h - the proleptic Gregorian calendar, and minutes.
 *
 * A day is its number since 1970-01-01. Inside a run, time is int32_t minutes since the
 * start of the run's first day: exact, and long enough for 4,000 years.
 */
#ifndef SIM_DATE_H
#define SIM_DATE_H

#include <stdbool.h>
#include <stdint.h>

enum { MINUTES_A_DAY = 1440 };

/* Mean Gregorian year: 365.2425 days, in minutes. */
#define MINUTES_A_YEAR 525949.2

struct date {
    int year, month, day; /* month 1-12, day 1-31 */
};

/* Day number of a date; the date must exist. */
int32_t date_day(int year, int month, int day);

/* The date of a day number. */
struct date date_of(int32_t day);

/* Reads `YYYY-MM-DD`, the whole text; false when it is not a date that exists. */
bool date_read(const char *text, int32_t *day);

/* Writes `YYYY-MM-DD` and its end into `text`, which holds 16 bytes; returns it. */
char *date_text(int32_t day, char *text);

/* The moment as a fractional calendar year: 2021.0 is the start of 2021. */
double date_year(int32_t day);

#endif
