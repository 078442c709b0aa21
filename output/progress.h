/*
 * progress.h - says how far a run is: a bar with the time left on a terminal, elsewhere
 * one plain line per simulated year, though with many replicates not more often than
 * once a second.
 */
#ifndef OUTPUT_PROGRESS_H
#define OUTPUT_PROGRESS_H

#include "sim/setup.h"

#include <stdbool.h>
#include <stdio.h>

struct progress {
    const struct setup *setup; /* not owned */
    int replicates;
    int teams;      /* that run replicates side by side; 0 counts as 1 */
    double share;   /* done, fraction 1 */
    FILE *out;      /* NULL: say nothing; not owned */
    bool terminal;  /* a bar that is drawn again and again */
    double began;   /* s, of a clock that only goes forward */
    double drawn;   /* s, when something was said last */
    bool at_most;   /* `replicates` is a limit: the run may end before */
    char state[64]; /* said behind each line; may be empty */
};

/* `out` NULL for a quiet run; a bar only when `out` is a terminal. */
void progress_init(
    struct progress *self, const struct setup *s, int replicates, FILE *out);

/* At the end of month `time` of a replicate; a struct progress is the context. */
void progress_month(void *context, int replicate, int time);

/* Says a line of text, in place of the bar if there is one; not owned. */
void progress_say(struct progress *self, const char *line);

/* Takes the bar away. */
void progress_done(struct progress *self);

/* Seconds since progress_init(). */
double progress_seconds(const struct progress *self);

#endif
