/*
 * multistate.h - lives among up to eight states and death at constant rates, simulated
 * and in closed form, for any rates: `test_multistate --rates "0>1=.05,0>D=.02,1>D=.1"
 * --years 10`.
 */
#ifndef VALIDATION_MULTISTATE_H
#define VALIDATION_MULTISTATE_H

#include "validation/walk.h"

/* Rows for the share in each state after w->years, the years spent in each until then,
 * and in a whole life when that ends; simulated by `w`, expected from `truth`. */
void multistate_run(
    const struct walk *w, const struct walk *truth, struct check_rows *rows);

/* Reads "0>1=.06,1>D=.02" into the rates and the number of states of `w`; false when it
 * is none such, which has been said. */
bool multistate_read(struct walk *w, const char *text);

/* Answers for what the arguments say; exit status 0 all rows agree, 1 not, 2 wrong
 * arguments. */
int multistate_main(int argc, char **argv);

#endif
