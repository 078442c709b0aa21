/*
 * census.h - people of counties as a census counted them, by sex and age group.
 */
#ifndef VALIDATION_CENSUS_H
#define VALIDATION_CENSUS_H

#include "models/person.h"

enum {
    CENSUS_GROUPS = 19, /* 0, 1-4, 5-9 .. 80-84, 85 and over */
    CENSUS_MOST = 64    /* counties */
};

struct census_county {
    int64_t adcode;
    double people[SEXES][CENSUS_GROUPS];
};

struct census {
    int n;
    struct census_county county[CENSUS_MOST]; /* [n], in the order of the file */
};

/* Reads a table like a scenario's people.csv. A mistake is a bug. */
void census_read(struct census *self, const char *path);

/* A county that the table has; otherwise a bug. */
const struct census_county *census_find(const struct census *self, int64_t adcode);

/* The group of an age in full years; the first age of a group. */
int census_group(int age);
int census_age(int group);

/* People of both sexes from an age on that begins a group. */
double census_from(const double people[SEXES][CENSUS_GROUPS], int age);

#endif
