/*
 * quote.h - text from a scenario, made safe for the format it goes into.
 */
#ifndef OUTPUT_QUOTE_H
#define OUTPUT_QUOTE_H

#include <stdio.h>

/* A cell of a CSV file (RFC 4180): in quotes when it holds a comma, a quote or a break.
 */
void quote_csv(FILE *out, const char *text);

/* A string of JSON with its quotes (RFC 8259); bytes that are not UTF-8 become U+FFFD.
 */
void quote_json(FILE *out, const char *text);

/* The shortest decimals that read back to the same bits, else `undefined` (NAN, INF).
 */
void quote_number(FILE *out, double x, const char *undefined);

/*
 * A string of gnuplot in single quotes, in which gnuplot runs and expands nothing. A
 * quote becomes the typographic one, since gnuplot 5.4 misreads a doubled quote at the
 * start; control characters become blanks: a line break would end the string.
 */
void quote_gnuplot(FILE *out, const char *text);

#endif
