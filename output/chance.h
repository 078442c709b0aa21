/*
 * chance.h - how the probability that a target is met is said: of a run of so many
 * replicates as their share; of a run until its targets are decided with the interval
 * that is known of it, and the rule below the table.
 */
#ifndef OUTPUT_CHANCE_H
#define OUTPUT_CHANCE_H

#include "output/reader.h"

#include <stdbool.h>
#include <stdio.h>

enum { CHANCE_TEXT = 64 };

/* Fills and returns `text` with a share of replicates and its interval, which is
 * rounded outward: "1.00, 0.953 to 1". */
const char *chance_text(
    double share, double lower, double upper, char text[CHANCE_TEXT]);

/* As short as a table wants it, in percent: "100 %, 95-100"; of a run of so many
 * replicates "100 %". */
const char *chance_of(
    const struct reader *r, const struct reader_target *t, char text[CHANCE_TEXT]);

/* Says how a run ended that went on until its targets were decided; else nothing. */
void chance_rule(const struct reader *r, int undecided, bool zh, FILE *out);

#endif
