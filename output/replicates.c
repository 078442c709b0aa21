#define _POSIX_C_SOURCE 200809L
#include "output/replicates.h"

#include "models/models.h"
#include "output/chance.h"
#include "output/progress.h"
#include "sim/mem.h"
#include "sim/ranks.h"
#include "sim/scenario.h"

#include <omp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

enum { LINE = 512, PERSON_BYTES = 100 };

/* One run of all replicates. */
struct job {
    struct setup *setup;
    struct result *result;
    struct decide *decide; /* or NULL */
    const struct plan_par *plan;
    struct progress progress;
    pthread_mutex_t lock; /* of progress and of the work done */
    struct ranks_team team;
    int most;           /* replicates */
    int lanes, threads; /* replicates that this process runs at once; threads of each */
};

static bool
stopped(void *context)
{
    sigset_t set;

    (void)context;
    return sigpending(&set) == 0 &&
           (sigismember(&set, SIGINT) == 1 || sigismember(&set, SIGTERM) == 1);
}

/* Which targets a replicate has decided, and how many are left. */
static void
tell(struct job *self, int replicates)
{
    const struct decide *d = self->decide;
    const struct target *target = self->plan->targets.row;
    char line[LINE], text[CHANCE_TEXT];

    for (int k = 0; k < d->n; k++) {
        const struct decide_target *t = &d->target[k];
        bool last = t->after == 0 && replicates == d->most;
        if (t->after != replicates && !last)
            continue;
        snprintf(line, sizeof line, "after %d replicates: %s %s, probability %s",
            replicates, target[k].name, plan_verdict_names[t->verdict],
            chance_text((double)t->met / t->n, t->lower, t->upper, text));
        progress_say(&self->progress, line);
    }
    snprintf(self->progress.state, sizeof self->progress.state, "%d of %d decided",
        d->n - decide_open(d), d->n);
}

/* Judges a replicate; true, on all ranks, when no other is needed. */
static bool
decided(struct job *self, int replicate)
{
    struct decide *d = self->decide;

    if (ranks_me() == 0) { /* it alone has all results */
        for (int k = 0; k < d->n; k++)
            decide_add(d, k, plan_holds(self->plan, self->result, k, replicate));
        tell(self, replicate + 1);
    }
    return ranks_agree(ranks_me() == 0 ? decide_open(d) == 0 : 0);
}

/* Brings a round's replicates to rank 0 and judges them in their order; true when the
 * run may end. */
static bool
gather(struct job *self, int first, int n)
{
    for (int i = first; i < first + n; i++)
        result_gather(self->result, i);
    for (int i = first; self->decide != NULL && i < first + n; i++)
        if (decided(self, i)) {
            result_trim(self->result, i + 1);
            return true;
        }
    return false;
}

/* Lanes spend their time at once. */
static void
add_work(
    struct executive_work *sum, const struct executive_work *part, int lanes, int kinds)
{
    sum->setup_s += part->setup_s / lanes;
    sum->lives_s += part->lives_s / lanes;
    sum->exchange_s += part->exchange_s / lanes;
    sum->observe_s += part->observe_s / lanes;
    sum->messages += part->messages;
    for (int k = 0; k < kinds; k++)
        sum->events[k] += part->events[k];
}

static void
month(void *context, int replicate, int time)
{
    struct job *self = context;

    pthread_mutex_lock(&self->lock);
    progress_month(&self->progress, replicate, time);
    pthread_mutex_unlock(&self->lock);
}

/* Replicates first .. first + n - 1 on the lanes of this process. */
static int
run_lanes(struct job *self, int first, int n, struct executive_work *work)
{
    struct executive_watch watch = {.month = month, .stop = stopped, .context = self};
    atomic_int worst = 0;

#pragma omp parallel for schedule(dynamic, 1) num_threads(self->lanes)
    for (int i = first; i < first + n; i++) {
        struct executive_work part = {.events = NULL};
        if (worst != 0)
            continue;
        int status =
            executive_run(self->setup, i, self->threads, self->result, &watch, &part);
        if (status != 0)
            worst = status;
        pthread_mutex_lock(&self->lock);
        add_work(work, &part, self->lanes, self->setup->n_kinds);
        pthread_mutex_unlock(&self->lock);
        executive_work_free(&part);
    }
    return worst;
}

/* A round: each team of ranks runs a replicate of its own, or each lane some. */
static int
run_round(struct job *self, int first, int n, struct executive_work *work)
{
    int status = 0;

    if (self->decide != NULL)
        result_grow(self->result, first + n);
    if (self->team.teams == 1)
        status = run_lanes(self, first, n, work);
    else if (self->team.team < n)
        status = run_lanes(self, first + self->team.team, 1, work);
    return ranks_least(status);
}

/* As many replicates as are sure to be run. */
static int
sure(const struct job *self)
{
    int least = self->decide != NULL ? decide_least(self->decide->error) : self->most;

    return least < self->most ? least : self->most;
}

/* Replicates that half of this machine's memory has room for. */
static int
lanes_most(const struct setup *s)
{
    double people = 0.0;

    for (int i = 0; i < s->n_shards; i++)
        people += s->shard[i].load.rows;
    double room = (double)mem_physical() / 2.0 / PERSON_BYTES / people;
    return room < 1.0 ? 1 : room > 1024.0 ? 1024 : (int)room;
}

static void
make_teams(struct job *self, struct replicates *how)
{
    const struct setup *s = self->setup;
    int ranks = ranks_count(), replicates = sure(self);

    if (how->teams == 0 && ranks == 1) {
        int most = lanes_most(s);
        most = most < replicates ? most : replicates;
        how->teams = ranks_best_teams(s, how->threads, most, RANKS_FEW);
    } else if (how->teams == 0) {
        how->teams = ranks_best_teams(s, ranks, replicates, RANKS_MANY);
    }
    self->lanes = ranks == 1 ? how->teams : 1;
    self->threads = how->threads / self->lanes > 1 ? how->threads / self->lanes : 1;
    ranks_team_init(&self->team, ranks == 1 ? 1 : how->teams);
    self->setup->team = &self->team;
    if (self->lanes > 1)
        omp_set_max_active_levels(2);
}

int
replicates_run(struct replicates *self, struct setup *s, struct result *result,
    struct decide *decide, struct executive_work *work)
{
    struct job job = {.setup = s,
        .result = result,
        .decide = decide,
        .plan = s->scenario->par[MODELS_PLAN],
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .most = decide != NULL ? decide->most : result->replicates};
    bool done = false;
    int status = 0;

    if (work->events == NULL) /* a team without a replicate has handled none */
        work->events = mem_alloc((size_t)s->n_kinds, sizeof *work->events);
    make_teams(&job, self);
    progress_init(&job.progress, s, job.most, self->quiet ? NULL : stderr);
    job.progress.at_most = decide != NULL;
    job.progress.teams = self->teams;
    /* threads need no rounds, unless a round may be the last */
    int round = decide == NULL && job.team.teams == 1 ? job.most : self->teams;
    for (int i = 0; i < job.most && status == 0 && !done; i += round) {
        int n = job.most - i < round ? job.most - i : round;
        status = run_round(&job, i, n, work);
        if (status == 0)
            done = gather(&job, i, n);
    }
    progress_done(&job.progress);
    self->seconds = progress_seconds(&job.progress);
    s->team = NULL;
    ranks_team_free(&job.team);
    if (status == ERR_STOPPED)
        return err_set(ERR_STOPPED, "stopped on request; nothing was written");
    return status;
}
