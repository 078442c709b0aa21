#include "sim/date.h"

#include <stdio.h>
#include <string.h>

/*
 * Days since 1970-01-01, by years of 365 days that begin in March, so that the leap day
 * is the last of its year.
 */
int32_t
date_day(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int in_era = y - era * 400;
    int in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

struct date
date_of(int32_t day)
{
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int d = z - era * 146097;
    int y = (d - d / 1460 + d / 36524 - d / 146096) / 365;
    int in_year = d - (365 * y + y / 4 - y / 100);
    int m = (5 * in_year + 2) / 153;
    int month = m < 10 ? m + 3 : m - 9;

    return (struct date){
        y + era * 400 + (month <= 2), month, in_year - (153 * m + 2) / 5 + 1};
}

bool
date_read(const char *text, int32_t *day)
{
    int part[3] = {0, 0, 0};
    static const char form[] = "dddd-dd-dd";

    if (strlen(text) != sizeof form - 1)
        return false;
    for (int i = 0, k = 0; form[i] != '\0'; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (form[i] == 'd' ? !digit : text[i] != '-')
            return false;
        if (digit)
            part[k] = part[k] * 10 + (text[i] - '0');
        else
            k++;
    }
    if (part[1] < 1 || part[1] > 12 || part[2] < 1)
        return false;
    *day = date_day(part[0], part[1], part[2]);
    struct date back = date_of(*day);
    return back.month == part[1] && back.day == part[2];
}

char *
date_text(int32_t day, char *text)
{
    struct date d = date_of(day);

    snprintf(text, 16, "%04d-%02d-%02d", d.year % 10000, d.month % 100, d.day % 100);
    return text;
}

double
date_year(int32_t day)
{
    int year = date_of(day).year;
    int32_t first = date_day(year, 1, 1);

    return year + (double)(day - first) / (double)(date_day(year + 1, 1, 1) - first);
}
