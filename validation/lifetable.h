/*
 * lifetable.h - how long people live under Gompertz's hazard, simulated and in closed
 * form, for any parameters: `test_lifetable --level .008 --slope .095 --age 60`.
 */
#ifndef VALIDATION_LIFETABLE_H
#define VALIDATION_LIFETABLE_H

#include "validation/check.h"

struct lifetable {
    double level,
        slope; /* 1/yr: the hazard is level exp(slope t) t years after `age` */
    double age;
    double to;  /* years after `age` at which every life is cut; and an age */
    double off; /* what the simulated hazard is multiplied by; 1: right */
    double people;
    uint64_t seed;
};

/* A row each for the mean years lived until the cut and the share who reach it; when
 * `to` is also an age above `age`, the same until that age. */
void lifetable_run(const struct lifetable *t, struct check_rows *rows);

/* Answers for what the arguments say; exit status 0 all rows agree, 1 not, 2 wrong
 * arguments. */
int lifetable_main(int argc, char **argv);

#endif
