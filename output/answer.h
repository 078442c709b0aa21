/*
 * answer.h - the commands that read finished result files.
 */
#ifndef OUTPUT_ANSWER_H
#define OUTPUT_ANSWER_H

#include "output/command.h"

enum { ANSWER_MISSED = 3 }; /* exit status of `targets --require` */

/* All fail with ERR_USAGE, ERR_INPUT when a file is no result, ERR_IO. */

/* Prints the scoreboard. Returns 0, or ANSWER_MISSED. */
int answer_targets(const struct command_line *line) MUST_USE;

/* Writes series as CSV, or lists what there is. Returns 0. */
int answer_export(const struct command_line *line) MUST_USE;

/* Prints the digest of each file. Returns 0. */
int answer_digest(const struct command_line *line) MUST_USE;

/* Draws figures. Returns 0. */
int answer_plot(const struct command_line *line) MUST_USE;

#endif
