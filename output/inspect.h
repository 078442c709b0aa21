/*
 * inspect.h - the commands that run nothing: `check` a scenario, `list` what there is.
 */
#ifndef OUTPUT_INSPECT_H
#define OUTPUT_INSPECT_H

#include "output/command.h"

enum {
    INSPECT_FOUND = 3
}; /* exit status of --strict when the linter found something */

/* Prints the resolved plan and what is odd about it. Fails: ERR_INPUT, with the
 * mistakes on stderr. */
int inspect_check(const struct command_line *line) MUST_USE;

/* Prints all of a kind. Fails: ERR_USAGE when there is no such kind. */
int inspect_list(const struct command_line *line) MUST_USE;

#endif
