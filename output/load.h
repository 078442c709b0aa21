/*
 * load.h - a scenario of the command line, read, checked and ready to run.
 */
#ifndef OUTPUT_LOAD_H
#define OUTPUT_LOAD_H

#include "output/command.h"
#include "sim/scenario.h"
#include "sim/setup.h"

struct load {
    struct scenario scenario;
    struct setup setup;
    struct report report; /* its warnings */
};

/*
 * Reads the scenario word[0] with --set, --replicates, --seed and --until.
 *
 * Fails    ERR_USAGE; ERR_INPUT when the mistakes have been printed to stderr; there is
 *          nothing to free
 */
int load_init(struct load *self, const struct command_line *line) MUST_USE;
void load_free(struct load *self);

#endif
