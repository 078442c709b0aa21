#define _POSIX_C_SOURCE 200809L
#include "output/run.h"

#include "models/decide.h"
#include "models/models.h"
#include "models/plan.h"
#include "output/board.h"
#include "output/effects.h"
#include "output/findings.h"
#include "output/load.h"
#include "output/provenance.h"
#include "output/replicates.h"
#include "output/store.h"
#include "sim/date.h"
#include "sim/executive.h"
#include "sim/ranks.h"
#include "sim/value.h"

#include <errno.h>
#include <inttypes.h>
#include <omp.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH = 4096, THREADS_MOST = 1024 };

/* Of a run until its targets are decided, when the command line does not say. */
enum { MOST = 400, MOST_MOST = 100000 };
#define ERROR 0.05

struct run {
    const struct command_line *line;
    struct load load;
    struct result result;
    struct executive_work work;
    bool until_decided; /* then `decide` says when the run ends */
    struct decide decide;
    double error; /* of --until-decided */
    struct replicates replicates;
    char path[PATH]; /* of the result */
};

/*
 * From here on SIGINT and SIGTERM wait until replicates.c looks: the run ends between
 * two windows, never while a file is being written. Threads made later inherit this.
 */
static void
hold_signals(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

/* results/FOLDER-STEM.h5 of the scenario FOLDER/STEM.yaml, unless --output says so. */
static int
choose_path(struct run *self)
{
    const char *given = self->line->value[COMMAND_OUTPUT];
    const char *scenario = self->line->word[0], *slash = strrchr(scenario, '/');
    const char *stem = slash != NULL ? slash + 1 : scenario, *folder = slash;
    int n;

    while (folder != NULL && folder > scenario && folder[-1] != '/')
        folder--;
    size_t folder_size = slash != NULL ? (size_t)(slash - folder) : 0;
    if (folder_size > 0 && folder[0] == '.')
        folder_size = 0; /* `.` and `..` name nothing */
    size_t stem_size = strcspn(stem, ".");
    if (given != NULL)
        n = snprintf(self->path, PATH, "%s", given);
    else
        n = snprintf(self->path, PATH, "results/%.*s%s%.*s.h5", (int)folder_size,
            folder_size > 0 ? folder : "", folder_size > 0 ? "-" : "", (int)stem_size,
            stem);
    if (n < 0 || n >= PATH)
        return err_set(ERR_USAGE, "the path of the result is too long");
    if (given == NULL && mkdir("results", 0777) != 0 && errno != EEXIST)
        return err_set(ERR_IO, "results: %s", strerror(errno));
    return store_probe(self->path, self->line->value[COMMAND_FORCE] != NULL);
}

static double
events_of(const struct run *self)
{
    double n = 0.0;

    for (int k = 0; k < self->load.setup.n_kinds; k++)
        n += (double)self->work.events[k];
    return n;
}

/* The record of the run says how many replicates there were. */
static void
record_replicates(struct run *self)
{
    struct scenario *s = &self->load.scenario;

    s->run.replicates = self->result.replicates;
    for (int i = 0; i < s->n_settings; i++) {
        struct setting *setting = &s->setting[i];
        if (strcmp(setting->name, "replicates") != 0)
            continue;
        setting->value = value_text(&s->arena, setting->field, &s->run);
        setting->source = "as many as --until-decided took";
        setting->quality = "measured";
        setting->place = (struct place){.file = "--until-decided"};
    }
}

static int
store(struct run *self)
{
    const struct plan_par *plan = self->load.scenario.par[MODELS_PLAN];
    const struct store_note notes[] = {
        {"wall_time", "s", self->replicates.seconds},
        {"setup_time", "s", self->work.setup_s},
        {"lives_time", "s", self->work.lives_s},
        {"exchange_time", "s", self->work.exchange_s},
        {"observe_time", "s", self->work.observe_s},
        {"messages", "1", (double)self->work.messages},
        {"threads", "1", self->replicates.threads},
        {"ranks", "1", ranks_count()},
        {"teams", "1", self->replicates.teams},
        {"peak_memory", "byte", (double)mem_resident_peak()},
    };
    struct arena arena = {.block = NULL};
    struct findings findings;
    struct verdict *verdicts = plan_verdicts(plan, &self->result);

    findings_init(&findings, &self->load.setup, &self->result);

    if (self->until_decided) {
        decide_settle(&self->decide, verdicts);
        record_replicates(self);
    }
    struct store_input in = {.scenario = &self->load.scenario,
        .setup = &self->load.setup,
        .result = &self->result,
        .verdict = verdicts,
        .n_verdicts = plan->targets.n,
        .decide = self->until_decided ? &self->decide : NULL,
        .report = &self->load.report,
        .lint = &findings.lint,
        .note = notes,
        .n_notes = sizeof notes / sizeof notes[0],
        .threads = self->replicates.threads,
        .events = self->work.events,
        .history = provenance_history(self->line->argc, self->line->argv, &arena)};
    int status = store_write(self->path, &in, self->line->value[COMMAND_FORCE] != NULL);

    findings_free(&findings);
    plan_free_verdicts(verdicts, plan->targets.n);
    mem_arena_free(&arena);
    return status;
}

/* What the file says, read back: what is on the screen is what others will read. */
static int
show(struct run *self)
{
    struct reader reader;
    struct board board = {.reader = &reader, .zh = command_zh(self->line)};
    struct reader_target *target;
    double seconds = self->replicates.seconds;
    int threads = self->replicates.threads;
    int status = reader_open(&reader, self->path);

    if (status != 0)
        return status;
    status = reader_targets(&reader, &target, &board.n);
    if (status == 0) {
        board.target = target;
        board_text(&board, stdout);
        printf("\nresult  %s\ndigest  %s\n", self->path, reader.digest);
        if (self->line->value[COMMAND_QUIET] == NULL) {
            fflush(stdout);
            effects_tell(&self->result, stderr);
            fprintf(stderr,
                "%.1f s, %.2f million events/s, %d thread%s, peak memory %.0f MB\n",
                seconds, 1e-6 * events_of(self) / (seconds + 1e-9), threads,
                threads == 1 ? "" : "s", (double)mem_resident_peak() / 1e6);
        }
    }
    reader_close(&reader);
    return status;
}

static int
run_loaded(struct run *self)
{
    int status = ranks_agree(ranks_me() == 0 ? choose_path(self) : 0);

    if (status != 0)
        return status;
    if (self->line->value[COMMAND_QUIET] == NULL)
        report_print(&self->load.report, stderr);
    result_init(&self->result, &self->load.setup,
        self->until_decided ? 1 : (int)self->load.scenario.run.replicates);
    status = replicates_run(&self->replicates, &self->load.setup, &self->result,
        self->until_decided ? &self->decide : NULL, &self->work);
    if (status == 0) {
        ranks_add(self->work.events, (size_t)self->load.setup.n_kinds);
        ranks_add(&self->work.messages, 1);
    }
    if (status == 0 && ranks_me() == 0)
        status = store(self);
    if (status == 0 && ranks_me() == 0)
        status = show(self);
    result_free(&self->result);
    executive_work_free(&self->work);
    return status;
}

/* Reads --until-decided and what belongs to it. */
static int
read_rule(struct run *self, int64_t *most)
{
    const struct command_line *line = self->line;

    self->until_decided = line->value[COMMAND_UNTIL_DECIDED] != NULL;
    for (int i = COMMAND_ERROR; i <= COMMAND_MOST; i++)
        if (line->value[i] != NULL && !self->until_decided)
            return err_set(ERR_USAGE, "--%s needs --until-decided",
                i == COMMAND_ERROR ? "error" : "most");
    if (self->until_decided && line->value[COMMAND_REPLICATES] != NULL)
        return err_set(ERR_USAGE,
            "--until-decided and --replicates exclude each other; --most limits the "
            "first");
    int status = command_share(line, COMMAND_ERROR, ERROR, &self->error);
    return status != 0 ? status
                       : command_number(line, COMMAND_MOST, 1, MOST_MOST, MOST, most);
}

/* A plan without targets has nothing to decide; a limit may be too low to decide. */
static int
start_rule(struct run *self, int64_t most)
{
    const struct plan_par *plan = self->load.scenario.par[MODELS_PLAN];

    if (!self->until_decided)
        return 0;
    if (plan->targets.n == 0)
        return err_set(ERR_INPUT, "%s: --until-decided, but no target is to be judged",
            self->line->word[0]);
    int least = decide_least(self->error);
    if (most < least)
        report_warning(&self->load.report, (struct place){.file = NULL},
            "--most %" PRId64 ": it takes %d replicates that all agree to decide that "
            "a target is met or missed",
            most, least);
    decide_init(&self->decide, (int)plan->targets.n, self->error, (int)most);
    return 0;
}

int
run_command(const struct command_line *line)
{
    struct run self = {.line = line};
    int64_t threads, teams = 0, most;
    int status = command_number(
        line, COMMAND_THREADS, 1, THREADS_MOST, omp_get_max_threads(), &threads);

    if (status == 0)
        status = command_number(line, COMMAND_TEAMS, 1,
            ranks_count() > 1 ? ranks_count() : threads, 0, &teams);
    if (status == 0)
        status = read_rule(&self, &most);
    if (status != 0)
        return status;
    self.replicates = (struct replicates){.threads = (int)threads,
        .teams = (int)teams,
        .quiet = line->value[COMMAND_QUIET] != NULL};
    hold_signals();
    status = load_init(&self.load, line);
    if (status != 0)
        return status;
    status = start_rule(&self, most);
    if (status == 0)
        status = run_loaded(&self);
    decide_free(&self.decide);
    load_free(&self.load);
    return status;
}
