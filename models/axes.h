/*
 * axes.h - the labelled dimensions that results of several models share, and names of
 * the traits of people for input tables.
 */
#ifndef MODELS_AXES_H
#define MODELS_AXES_H

#include "sim/field.h"

/* Age groups of the census, to 100 and over: 0, 1-4, 5-9 ... 95-99, 100+. */
enum { AGE_GROUPS = 22 };

extern const struct axis axes_age, axes_sex, axes_grade, axes_living, axes_income,
    axes_staff;

/* Index of the group of an age in full years. */
int axes_age_group(int age);

/* Names for FIELD_CHOICE, in the order of the enums of person.h and staff.h; end with
 * NULL. */
extern const char *const axes_sexes[];
extern const char *const axes_residences[];
extern const char *const axes_livings[];
extern const char *const axes_incomes[];
extern const char *const axes_staffs[];

#endif
