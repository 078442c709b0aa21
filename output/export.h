/*
 * export.h - series of a result file as tidy CSV, one number a row.
 *
 * Columns: series (when there are several), replicate, date, county and its name,
 * further axes, value, unit. An axis that a series does not have stays empty, and so
 * does a value that is undefined. Dates are days at whose end results are observed.
 */
#ifndef OUTPUT_EXPORT_H
#define OUTPUT_EXPORT_H

#include "sim/err.h"

#include <stdio.h>

/*
 * Writes the series or indicators `name` [n] of the result file `path`, one below
 * another. A name that is both is the series; "indicators/NAME" is the other.
 *
 * Fails    ERR_INPUT when a name is unknown (the nearest is named), or the file is not
 * a finished result or damaged; ERR_IO when it cannot be read or `out` written
 */
int export_series(const char *path, const char *const *name, int n, FILE *out) MUST_USE;

/* Lists what can be exported: name, unit and meaning, apart by tabs. Fails likewise. */
int export_names(const char *path, FILE *out) MUST_USE;

#endif
