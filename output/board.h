/*
 * board.h - the scoreboard: which targets of the plan are met, and by how much.
 *
 * As text one line per target, for a terminal of 100 columns, in English or Chinese; as
 * CSV one row per target; as JSON the same with every county and replicate.
 */
#ifndef OUTPUT_BOARD_H
#define OUTPUT_BOARD_H

#include "output/reader.h"

#include <stdbool.h>
#include <stdio.h>

enum { BOARD_WIDTH = 100 }; /* columns that the text keeps to */

struct board {
    const struct reader *reader;        /* not owned */
    const struct reader_target *target; /* [n]; not owned */
    int n;
    bool zh; /* text in Chinese */
};

void board_text(const struct board *self, FILE *out);
void board_csv(const struct board *self, FILE *out);
void board_json(const struct board *self, FILE *out);

/* How many targets have a verdict (enum plan_verdict). */
int board_count(const struct board *self, int verdict);

#endif
