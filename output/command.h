/*
 * command.h - reads a command line by two tables: commands, and the options they take.
 *
 * Names are exact: an abbreviation that works today would break when an option is
 * added. The same rows write the help, so that nothing is documented that is not there.
 */
#ifndef OUTPUT_COMMAND_H
#define OUTPUT_COMMAND_H

#include "sim/err.h"
#include "sim/mem.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum command_option {
    COMMAND_OUTPUT,
    COMMAND_REPLICATES,
    COMMAND_SEED,
    COMMAND_THREADS,
    COMMAND_TEAMS,
    COMMAND_SET,
    COMMAND_UNTIL,
    COMMAND_UNTIL_DECIDED,
    COMMAND_ERROR,
    COMMAND_MOST,
    COMMAND_FROM,
    COMMAND_FORMAT,
    COMMAND_REQUIRE,
    COMMAND_STRICT,
    COMMAND_FORCE,
    COMMAND_QUIET,
    COMMAND_LANG,
    COMMAND_HELP,
    COMMAND_OPTIONS
};

/* For the sets of options that commands take. */
#define COMMAND_TAKES(option) (1u << (option))

/* A command line that has been read; texts are those of argv. */
struct command_line {
    const struct command *commands;     /* all of them; ends with an empty row */
    const struct command *command;      /* the one that is meant; NULL for none */
    const char *value[COMMAND_OPTIONS]; /* NULL when not given; "" of a flag */
    const char **set;                   /* [n_set] what --set was given; owned */
    int n_set;
    const char **word; /* [n_words] what is no option; owned */
    int n_words;
    int argc;
    char *const *argv; /* not owned */
    struct arena arena;
};

struct command {
    const char *name, *words, *doc; /* words: how its arguments are called */
    unsigned options;               /* COMMAND_TAKES() of each */
    int least, most;                /* words it needs and takes */
    /* Returns an exit status >= 0, or a code < 0 of err_set(). */
    int (*run)(const struct command_line *line);
};

/*
 * Reads `argv`. Without a command, or with --help or --version in its place, `command`
 * is NULL and the word, if any, is word[0].
 *
 * Fails    ERR_USAGE for what no table knows (the nearest name is named), a value that
 * is missing, an option given twice, too few or too many words
 */
int command_read(struct command_line *self, const struct command *commands, int argc,
    char *const *argv) MUST_USE;
void command_free(struct command_line *self);

/* The help of the whole program, and of one command. */
void command_help(const struct command *commands, FILE *out);
void command_help_one(const struct command *command, FILE *out);

/*
 * A whole number given to an option; `otherwise` when it is not given.
 *
 * Fails    ERR_USAGE when it is no number of lo .. hi
 */
int command_number(const struct command_line *self, enum command_option option,
    int64_t lo, int64_t hi, int64_t otherwise, int64_t *value) MUST_USE;

/* Likewise a number between 0 and 1, both excluded. */
int command_share(const struct command_line *self, enum command_option option,
    double otherwise, double *value) MUST_USE;

/* Whether output is in Chinese: --lang, else the locale of the environment. */
bool command_zh(const struct command_line *self);

#endif
