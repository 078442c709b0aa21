/*
 * carecap.c - the program: a table of commands, one row each.
 */
#include "output/answer.h"
#include "output/command.h"
#include "output/init.h"
#include "output/inspect.h"
#include "output/provenance.h"
#include "output/run.h"
#include "sim/ranks.h"

#include <limits.h>
#include <string.h>

/* What the system's conventions call EX_TEMPFAIL: run again. */
enum { STATUS_DONE = 0, STATUS_FAILED = 1, STATUS_WRONG = 2, STATUS_STOPPED = 75 };

#define TAKES(option) COMMAND_TAKES(COMMAND_##option)

static const struct command commands[] = {
    {.name = "run",
        .words = "SCENARIO",
        .doc = "simulate a plan, write the result, show which targets are met",
        .options = TAKES(OUTPUT) | TAKES(REPLICATES) | TAKES(SEED) | TAKES(THREADS) |
                   TAKES(TEAMS) | TAKES(SET) | TAKES(UNTIL) | TAKES(UNTIL_DECIDED) |
                   TAKES(ERROR) | TAKES(MOST) | TAKES(FORCE) | TAKES(QUIET) |
                   TAKES(LANG),
        .least = 1,
        .most = 1,
        .run = run_command},
    {.name = "init",
        .words = "DIR",
        .doc = "make a new folder with a copy of a plan, to be changed",
        .options = TAKES(FROM),
        .least = 1,
        .most = 1,
        .run = init_command},
    {.name = "check",
        .words = "SCENARIO",
        .doc = "read, validate and lint a plan without running it; show what it says",
        .options = TAKES(REPLICATES) | TAKES(SEED) | TAKES(SET) | TAKES(UNTIL) |
                   TAKES(FORMAT) | TAKES(STRICT) | TAKES(LANG),
        .least = 1,
        .most = 1,
        .run = inspect_check},
    {.name = "list",
        .words = "KIND",
        .doc = "list parameters, indicators, models, results, levers, commands, "
               "figures or findings; reference: all tables, as markdown",
        .least = 1,
        .most = 1,
        .run = inspect_list},
    {.name = "targets",
        .words = "FILE",
        .doc = "show which targets a result meets, as text, CSV or JSON",
        .options = TAKES(FORMAT) | TAKES(REQUIRE) | TAKES(LANG),
        .least = 1,
        .most = 1,
        .run = answer_targets},
    {.name = "export",
        .words = "FILE [SERIES]...",
        .doc = "write series of a result as CSV; without a name list them",
        .options = TAKES(OUTPUT) | TAKES(FORCE),
        .least = 1,
        .most = INT_MAX,
        .run = answer_export},
    {.name = "digest",
        .words = "FILE...",
        .doc = "print the digest of the science in a result",
        .least = 1,
        .most = INT_MAX,
        .run = answer_digest},
    {.name = "plot",
        .words = "FILE... [FIGURE]...",
        .doc = "draw figures of a result, into the folder --output or beside it",
        .options = TAKES(OUTPUT) | TAKES(FORMAT) | TAKES(LANG),
        .least = 1,
        .most = INT_MAX,
        .run = answer_plot},
    {.name = NULL},
};

static int
exit_status(int status)
{
    switch (status) {
    case ERR_INPUT:
    case ERR_USAGE:
        return STATUS_WRONG;
    case ERR_STOPPED:
        return STATUS_STOPPED;
    default:
        return status < 0 ? STATUS_FAILED : status;
    }
}

static int
without_command(const struct command_line *line)
{
    if (line->n_words == 0) {
        command_help(commands, stderr);
        return err_set(ERR_USAGE, "a command is missing");
    }
    if (strcmp(line->word[0], "--version") == 0)
        printf("carecap %s\n", provenance_version());
    else
        command_help(commands, stdout);
    return 0;
}

/* Only rank 0 speaks; the others simulate, and have nothing to do for other commands.
 */
static bool
needed(const struct command_line *line)
{
    if (ranks_me() == 0)
        return true;
    if (freopen("/dev/null", "w", stdout) == NULL ||
        freopen("/dev/null", "w", stderr) == NULL)
        return false;
    return line->command != NULL && line->command->run == run_command &&
           line->value[COMMAND_HELP] == NULL;
}

static int
answer(const struct command_line *line)
{
    if (line->command == NULL)
        return without_command(line);
    if (line->value[COMMAND_HELP] == NULL)
        return line->command->run(line);
    command_help_one(line->command, stdout);
    return 0;
}

int
main(int argc, char **argv)
{
    struct command_line line;

    ranks_start(&argc, &argv);
    int status = command_read(&line, commands, argc, argv);
    bool speaks = needed(&line);

    if (status == 0 && speaks)
        status = answer(&line);
    if ((fflush(stdout) != 0 || ferror(stdout)) && status >= 0)
        status = err_set(ERR_IO, "standard output cannot be written");
    if (status < 0)
        fprintf(stderr, "carecap: %s\n", err_text());
    command_free(&line);
    ranks_stop();
    return exit_status(status);
}
