#define _POSIX_C_SOURCE 200809L
#include "output/run.h"

#include "models/decide.h"
#include "models/models.h"
#include "models/plan.h"
#include "output/board.h"
#include "output/chance.h"
#include "output/effects.h"
#include "output/findings.h"
#include "output/load.h"
#include "output/progress.h"
#include "output/provenance.h"
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

enum { PATH = 4096, THREADS_MOST = 1024, LINE = 512 };

/* Of a run until its targets are decided, when the command line does not say. */
enum { MOST = 400, MOST_MOST = 100000 };
#define ERROR 0.05

struct run {
    const struct command_line *line;
    struct load load;
    struct result result;
    struct executive_work work;
    struct progress progress;
    bool until_decided; /* then `decide` says when the run ends */
    struct decide decide;
    double error;       /* of --until-decided */
    int threads, teams; /* teams: of ranks; 0: as many as end first */
    struct ranks_team team;
    char path[PATH]; /* of the result */
    double seconds;  /* of the simulation */
};

/*
 * From here on SIGINT and SIGTERM wait until stopped() looks: the run ends between two
 * windows, never while a file is being written. Threads made later inherit this.
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

static bool
stopped(void *context)
{
    sigset_t set;

    (void)context;
    return sigpending(&set) == 0 &&
           (sigismember(&set, SIGINT) == 1 || sigismember(&set, SIGTERM) == 1);
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

/* Which targets a replicate has decided, and how many are left. */
static void
tell(struct run *self, int replicates)
{
    const struct plan_par *plan = self->load.scenario.par[MODELS_PLAN];
    const struct decide *d = &self->decide;
    char line[LINE], text[CHANCE_TEXT];

    for (int k = 0; k < d->n; k++) {
        const struct decide_target *t = &d->target[k];
        bool last = t->after == 0 && replicates == d->most;
        if (t->after != replicates && !last)
            continue;
        snprintf(line, sizeof line, "after %d replicates: %s %s, probability %s",
            replicates, ((const struct target *)plan->targets.row)[k].name,
            plan_verdict_names[t->verdict],
            chance_text((double)t->met / t->n, t->lower, t->upper, text));
        progress_say(&self->progress, line);
    }
    snprintf(self->progress.state, sizeof self->progress.state, "%d of %d decided",
        d->n - decide_open(d), d->n);
}

/* Judges the replicate that has just run; true, on all ranks, when no other is needed.
 */
static bool
decided(struct run *self, int replicate)
{
    const struct plan_par *plan = self->load.scenario.par[MODELS_PLAN];

    if (ranks_me() == 0) { /* it alone has all results */
        for (int k = 0; k < self->decide.n; k++)
            decide_add(&self->decide, k, plan_holds(plan, &self->result, k, replicate));
        tell(self, replicate + 1);
    }
    return ranks_agree(ranks_me() == 0 ? decide_open(&self->decide) == 0 : 0);
}

/* Brings a round's replicates to rank 0 and judges them in their order; true when the
 * run may end. */
static bool
gather(struct run *self, int first, int n)
{
    for (int i = first; i < first + n; i++)
        result_gather(&self->result, i);
    if (!self->until_decided)
        return false;
    for (int i = first; i < first + n; i++) {
        if (!decided(self, i))
            continue;
        result_trim(&self->result, i + 1);
        return true;
    }
    return false;
}

/* A round: each team of ranks runs a replicate of its own. */
static int
run_round(struct run *self, int first, int n, const struct executive_watch *watch)
{
    int i = first + self->team.team, status = 0;

    if (self->until_decided)
        result_grow(&self->result, first + n);
    if (i < first + n)
        status = executive_run(
            &self->load.setup, i, self->threads, &self->result, watch, &self->work);
    return ranks_least(status);
}

static int
simulate(struct run *self)
{
    int most = self->until_decided ? self->decide.most : self->result.replicates;
    bool done = false, quiet = self->line->value[COMMAND_QUIET] != NULL;
    struct executive_watch watch = {
        .month = progress_month, .stop = stopped, .context = &self->progress};
    int status = 0;

    progress_init(&self->progress, &self->load.setup, most, quiet ? NULL : stderr);
    self->progress.at_most = self->until_decided;
    for (int i = 0; i < most && status == 0 && !done; i += self->team.teams) {
        int n = most - i < self->team.teams ? most - i : self->team.teams;
        status = run_round(self, i, n, &watch);
        if (status == 0)
            done = gather(self, i, n);
    }
    progress_done(&self->progress);
    self->seconds = progress_seconds(&self->progress);
    if (status == ERR_STOPPED)
        return err_set(ERR_STOPPED, "stopped on request; nothing was written");
    return status;
}

/* As many replicates as are sure to be run. */
static int
least_replicates(const struct run *self)
{
    int least = decide_least(self->error);

    if (!self->until_decided)
        return (int)self->load.scenario.run.replicates;
    return least < self->decide.most ? least : self->decide.most;
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
        {"wall_time", "s", self->seconds},
        {"setup_time", "s", self->work.setup_s},
        {"lives_time", "s", self->work.lives_s},
        {"exchange_time", "s", self->work.exchange_s},
        {"observe_time", "s", self->work.observe_s},
        {"messages", "1", (double)self->work.messages},
        {"threads", "1", self->threads},
        {"ranks", "1", ranks_count()},
        {"teams", "1", self->team.teams},
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
                self->seconds, 1e-6 * events_of(self) / (self->seconds + 1e-9),
                self->threads, self->threads == 1 ? "" : "s",
                (double)mem_resident_peak() / 1e6);
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
    ranks_team_init(&self->team,
        ranks_best_teams(&self->load.setup, ranks_count(), least_replicates(self)));
    self->load.setup.team = &self->team;
    status = simulate(self);
    self->load.setup.team = NULL;
    ranks_team_free(&self->team);
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
        status = command_number(line, COMMAND_TEAMS, 1, ranks_count(), 0, &teams);
    if (status == 0)
        status = read_rule(&self, &most);
    if (status != 0)
        return status;
    self.threads = (int)threads;
    self.teams = (int)teams;
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
