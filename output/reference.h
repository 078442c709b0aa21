/*
 * reference.h - all tables of all models as one markdown page, models/REFERENCE.md.
 *
 * What a reader needs beside models/README.md to build the models again: parameters and
 * columns of tables with unit, default, allowed values, source and quality; events;
 * results with their dimensions; indicators; kinds of levers.
 */
#ifndef OUTPUT_REFERENCE_H
#define OUTPUT_REFERENCE_H

#include <stdio.h>

void reference_write(FILE *out);

#endif
