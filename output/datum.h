/*
 * datum.h - what tables for machines say of a target, one datum a column.
 */
#ifndef OUTPUT_DATUM_H
#define OUTPUT_DATUM_H

#include "output/reader.h"
#include "output/wording.h"

enum { DATUM_MOST = 40, DATUM_DATE = 16 };

/* A text, or a number when that is NULL; a number NAN is missing. */
struct datum {
    const char *name, *text;
    double number;
};

/* Where texts are that no reader owns. */
struct datum_text {
    char due[DATUM_DATE], since[DATUM_DATE], first[DATUM_DATE];
    struct wording_text wording, wording_zh;
};

/* Fills `data` [DATUM_MOST], which point into `text`; returns how many there are, the
 * same for every target. */
int datum_fill(struct datum *data, struct datum_text *text, const struct reader *r,
    const struct reader_target *t);

#endif
