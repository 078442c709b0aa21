/*
 * init.h - the command `init`: a new folder with a copy of a plan that runs at once.
 */
#ifndef OUTPUT_INIT_H
#define OUTPUT_INIT_H

#include "output/command.h"

/*
 * Writes the folder word[0]: scenario.yaml and its tables, base/, what-if.yaml and
 * README.md, from the plan --from.
 *
 * Fails    ERR_INPUT when the folder is there and not empty, there is no such plan, or
 *          the plan has mistakes; ERR_IO. Nothing that it wrote is left then.
 */
int init_command(const struct command_line *line) MUST_USE;

#endif
