/*
 * chart.h - one indicator over time as a figure: the data as CSV and a gnuplot script.
 *
 * Above, the prefecture with the spread over replicates as a band and its targets as
 * dashed lines that end in a marker on the due date; below, one small panel a county,
 * all on one scale, for a ratio on that of the prefecture. Text of the scenario stands
 * in single quotes only, without markup: gnuplot would run what backquotes in double
 * quotes hold.
 */
#ifndef OUTPUT_CHART_H
#define OUTPUT_CHART_H

#include "output/reader.h"
#include "output/spread.h"

#include <stdbool.h>
#include <stdio.h>

struct chart {
    const struct reader *reader;              /* not owned */
    const struct reader_indicator *indicator; /* not owned */
    const struct reader_target *target; /* [n_targets] of any indicator; not owned */
    int n_targets;
    bool zh; /* labels in Chinese; set by the caller */
    struct spread spread;
    double top, county_top; /* ends of the vertical axes; the same for a ratio */
};

void chart_init(struct chart *self, const struct reader *r,
    const struct reader_indicator *indicator, const struct reader_target *target,
    int n_targets);
void chart_free(struct chart *self);

/*
 * The script; it reads `stem`.csv, which spread_csv() writes, and draws `stem`.svg, or
 * what its variable `kind` says.
 */
void chart_script(const struct chart *self, const char *stem, FILE *out);

#endif
