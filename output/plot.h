/*
 * plot.h - draws the figures of a result with gnuplot.
 *
 * A figure is one indicator against its targets. The data (CSV) and the script are kept
 * beside the pictures, so that anyone can change a colour and draw again.
 */
#ifndef OUTPUT_PLOT_H
#define OUTPUT_PLOT_H

#include "output/chart.h"
#include "sim/err.h"

#include <stdio.h>

struct figure {
    const char *name, *doc;
    const char *indicator;
};

enum plot_format { PLOT_SVG = 1, PLOT_PNG = 2, PLOT_PDF = 4 };

struct plot {
    const char *folder; /* where the files go; it is there */
    const char *stem;   /* files are `stem`-`figure`.svg and so on */
    unsigned formats;   /* enum plot_format, added up */
};

/* All figures; ends with an empty row. */
extern const struct figure plot_figures[];

/* The row named `name`, or NULL. */
const struct figure *plot_find(const char *name);

/*
 * Draws one figure; prints the paths of the pictures to `out`, one a line. In their
 * names what is neither letter, digit, `.`, `_` nor `-` of ASCII nor beyond it becomes
 * `_`.
 *
 * Fails    ERR_IO a file cannot be written, gnuplot is missing or fails
 */
int plot_draw(const struct plot *self, const struct chart *chart,
    const struct figure *figure, FILE *out) MUST_USE;

#endif
