/*
 * traits.h - how residence, income, living arrangement and grade are shared out.
 *
 * The parameters belong to the model population; newcomers from outside draw from the
 * same shares.
 */
#ifndef MODELS_TRAITS_H
#define MODELS_TRAITS_H

#include "models/person.h"
#include "sim/region.h"

struct population_par {
    struct rows people;  /* census groups, see population.c */
    struct rows joining; /* people who turn 60, by year */
    double income_rural[INCOMES], income_urban[INCOMES]; /* shares */
    double living_elders[LIVINGS]; /* shares of people aged 60 and over */
    double couples_below_60; /* share of people below 60 living as a couple only */
    double elder_urban_odds;
};

/* When people are born who are in full year `age` at one moment; minutes. */
struct traits_births {
    int32_t first;
    double span;
};
struct traits_births traits_births(const struct setup *s, int32_t t, int age);

/* Birth moment of one of them, `u` uniform in (0, 1); minutes. */
int32_t traits_birth(struct traits_births births, double u);

/*
 * Gives a newcomer of sex p->sex and full age `age` now everything but thresholds:
 * birth, residence, income, grade. All draws belong to p->key.
 */
void traits_draw(const struct region *r, struct person *p, int age);

#endif
