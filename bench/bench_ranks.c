/*
 * bench_ranks.c - what many ranks would gain, from the measured work of every shard of
 * a county in every window.
 *
 * Usage: bench_ranks SCENARIO [RANKS [REPLICATES [REPEATS [NAME=VALUE]...]]]. One
 * thread runs the scenario REPEATS times; the work of a shard in a window is the least
 * of them, as the rest is other work of the machine. A window then costs what its
 * busiest rank costs, under the spread of shards that ranks.c makes. Latency of
 * messages is left out: an exchange of a few kilobytes takes tens of microseconds, a
 * window tens of milliseconds. Prints `name value unit`, first of one replicate on 4,
 * 16 ... RANKS, then of so many replicates in the teams that a run would make.
 */
#include "models/models.h"
#include "sim/executive.h"
#include "sim/ranks.h"
#include "sim/scenario.h"

#include <stdlib.h>

enum { ARGUMENTS = 5 };

struct work {
    int shards;
    size_t n, room; /* turns of the running repeat; of each that there is place for */
    double *turn;   /* [n] least seconds, window by window; owned */
    int *shard;     /* [n] whose turn it is; owned */
    bool again;     /* not the first repeat */
};

static void
turn(void *context, int shard, double seconds)
{
    struct work *w = context;
    size_t i = w->n++;

    if (w->again) {
        w->turn[i] = seconds < w->turn[i] ? seconds : w->turn[i];
        return;
    }
    if (i == w->room) {
        w->room = 2 * w->room + 1024;
        w->turn = mem_grow(w->turn, w->room, sizeof *w->turn);
        w->shard = mem_grow(w->shard, w->room, sizeof *w->shard);
    }
    w->turn[i] = seconds;
    w->shard[i] = shard;
}

static void
measure(const struct setup *s, int repeats, struct work *w)
{
    const struct executive_watch watch = {.turn = turn, .context = w};

    for (int k = 0; k < repeats; k++) {
        struct executive_work cost = {.events = NULL};
        struct result result;
        result_init(&result, s, 1);
        w->n = 0;
        w->again = k > 0;
        if (executive_run(s, 0, 1, &result, &watch, &cost) != 0)
            abort();
        result_free(&result);
        executive_work_free(&cost);
    }
}

static double
total_of(const struct work *w)
{
    double total = 0.0;

    for (size_t i = 0; i < w->n; i++)
        total += w->turn[i];
    return total;
}

/* The largest shard's part of the work. */
static double
largest_of(const struct work *w)
{
    double *shard = mem_alloc((size_t)w->shards, sizeof *shard), most = 0.0;

    for (size_t i = 0; i < w->n; i++)
        shard[w->shard[i]] += w->turn[i];
    for (int k = 0; k < w->shards; k++)
        most = shard[k] > most ? shard[k] : most;
    mem_free(shard);
    return most / total_of(w);
}

/* Seconds that so many ranks take for one replicate. */
static double
time_of(const struct work *w, const struct setup *s, int ranks)
{
    int *owner = mem_alloc((size_t)w->shards, sizeof *owner);
    double *rank = mem_alloc((size_t)ranks, sizeof *rank), time = 0.0;

    ranks_spread(s, ranks, owner);
    for (size_t i = 0; i < w->n;) {
        double most = 0.0;
        for (int k = 0; k < ranks; k++)
            rank[k] = 0.0;
        for (int k = 0; k < w->shards; k++, i++)
            rank[owner[w->shard[i]]] += w->turn[i];
        for (int k = 0; k < ranks; k++)
            most = rank[k] > most ? rank[k] : most;
        time += most;
    }
    mem_free(rank);
    mem_free(owner);
    return time;
}

static void
tell(const struct work *w, const struct setup *s, int ranks, int replicates)
{
    double total = total_of(w);
    int teams = ranks_best_teams(s, ranks, replicates, RANKS_MANY);
    int rounds = (replicates + teams - 1) / teams;
    double time = rounds * time_of(w, s, ranks / teams);

    printf("ranks_shards %d 1\n", w->shards);
    printf("ranks_work %.3f s\n", total);
    printf("ranks_largest_shard %.4f 1\n", largest_of(w));
    for (int k = 4; k <= ranks; k *= 4)
        printf("ranks_efficiency_%d %.3f 1\n", k, total / (k * time_of(w, s, k)));
    printf("ranks_replicates %d 1\n", replicates);
    printf("ranks_teams %d 1\n", teams);
    printf("ranks_time %.3f s\n", time);
    printf("ranks_efficiency_%d_replicates_%d %.3f 1\n", ranks, replicates,
        replicates * total / (ranks * time));
}

int
main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "scenarios/dali/plan.yaml";
    int ranks = argc > 2 ? atoi(argv[2]) : 4, replicates = argc > 3 ? atoi(argv[3]) : 1;
    int repeats = argc > 4 ? atoi(argv[4]) : 1;
    const char *const *set = (const char *const *)argv + ARGUMENTS;
    struct scenario scenario;
    struct report report = {.mistakes = 0};
    struct setup s = {.seed = 1};

    if (ranks < 1 || replicates < 1 || repeats < 1) {
        fputs("bench_ranks: RANKS, REPLICATES, REPEATS are 1 or more\n", stderr);
        return 2;
    }
    scenario_read(&scenario, path, models_list, set,
        argc > ARGUMENTS ? argc - ARGUMENTS : 0, &report);
    s.scenario = &scenario;
    if (report.mistakes == 0)
        setup_init(&s, models_list, scenario.par, scenario.run.start, scenario.run.end,
            &report);
    report_print(&report, stderr);
    struct work w = {.shards = s.n_shards};
    if (report.mistakes == 0) {
        measure(&s, repeats, &w);
        tell(&w, &s, ranks, replicates);
    }
    mem_free(w.turn);
    mem_free(w.shard);
    setup_free(&s);
    scenario_free(&scenario);
    report_free(&report);
    return report.mistakes == 0 ? 0 : 2;
}
