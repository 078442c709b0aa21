#include "output/load.h"

#include "models/models.h"
#include "models/plan.h"
#include "sim/date.h"

#include <string.h>

/* Options that are another way to say --set, so that they are checked and kept alike.
 */
static const struct {
    enum command_option option;
    const char *key;
} shorthand[] = {
    {COMMAND_REPLICATES, "replicates"},
    {COMMAND_SEED, "seed"},
    {COMMAND_UNTIL, "end"},
};

enum { SHORTHANDS = sizeof shorthand / sizeof shorthand[0], REPLICATES_MOST = 100000 };

/* Said here, where the option still has its name; scenario_read() checks the rest. */
static int
check_options(const struct command_line *line)
{
    const char *until = line->value[COMMAND_UNTIL];
    int64_t number;
    int32_t day;
    int status =
        command_number(line, COMMAND_REPLICATES, 1, REPLICATES_MOST, 1, &number);

    if (status == 0)
        status = command_number(line, COMMAND_SEED, 0, INT64_C(1) << 53, 1, &number);
    if (status == 0 && until != NULL && !date_read(until, &day))
        status = err_set(ERR_USAGE, "--until '%s': must be a date, YYYY-MM-DD", until);
    return status;
}

/* What --set says, then what the shorthands say; returns how many. */
static int
all_set(struct load *self, const struct command_line *line, const char **set)
{
    int n = 0;

    for (; n < line->n_set; n++)
        set[n] = line->set[n];
    for (int i = 0; i < SHORTHANDS; i++) {
        const char *value = line->value[shorthand[i].option];
        if (value == NULL)
            continue;
        size_t size = strlen(shorthand[i].key) + strlen(value) + 2;
        char *text = mem_arena(&self->report.arena, size, 1);
        snprintf(text, size, "%s=%s", shorthand[i].key, value);
        set[n++] = text;
    }
    return n;
}

static int
refused(const struct load *self)
{
    report_print(&self->report, stderr);
    return err_set(ERR_INPUT, "%d mistake%s in the input; nothing was written",
        self->report.mistakes, self->report.mistakes == 1 ? "" : "s");
}

static void
set_up(struct load *self, bool cut_short)
{
    struct scenario *s = &self->scenario;

    if (cut_short)
        plan_drop_late(s->par[MODELS_PLAN], s->run.end, &self->report);
    self->setup.scenario = s;
    setup_init(
        &self->setup, models_list, s->par, s->run.start, s->run.end, &self->report);
    self->setup.seed = (uint64_t)s->run.seed;
    self->setup.window = (int32_t)(s->run.window * MINUTES_A_DAY + 0.5);
}

int
load_init(struct load *self, const struct command_line *line)
{
    *self = (struct load){.report = {.mistakes = 0}};
    int status = check_options(line);
    if (status != 0)
        return status;
    const char **set =
        mem_arena(&self->report.arena, (size_t)line->n_set + SHORTHANDS, sizeof *set);
    int n_set = all_set(self, line, set);

    scenario_read(
        &self->scenario, line->word[0], models_list, set, n_set, &self->report);
    if (self->report.mistakes == 0)
        set_up(self, line->value[COMMAND_UNTIL] != NULL);
    if (self->report.mistakes == 0)
        return 0;
    status = refused(self);
    load_free(self);
    return status;
}

void
load_free(struct load *self)
{
    if (self->setup.models != NULL)
        setup_free(&self->setup);
    scenario_free(&self->scenario);
    report_free(&self->report);
}
