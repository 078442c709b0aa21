/*
 * run.h - the command `run`: from a scenario to a result file and its scoreboard.
 */
#ifndef OUTPUT_RUN_H
#define OUTPUT_RUN_H

#include "output/command.h"

/*
 * Returns 0. Fails: ERR_USAGE, ERR_INPUT, ERR_IO, and ERR_STOPPED when a SIGINT or
 * SIGTERM came while the run went on; both are held back in the threads from then on. A
 * run that fails leaves no file.
 */
int run_command(const struct command_line *line) MUST_USE;

#endif
