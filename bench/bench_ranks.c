/*
 * bench_ranks.c - what many ranks would gain, from the measured work of every county in
 * every window.
 *
 * Usage: bench_ranks SCENARIO [RANKS [NAME=VALUE]...]. One thread runs the scenario; a
 * window then costs what its busiest rank costs, under the spread of regions that
 * ranks.c makes. Latency of messages is left out: an exchange of a few kilobytes takes
 * tens of microseconds, a window tens of milliseconds. Prints `name value unit`.
 */
#include "models/models.h"
#include "sim/executive.h"
#include "sim/ranks.h"
#include "sim/scenario.h"

#include <stdlib.h>

struct work {
    const int *owner;
    int ranks, regions, seen; /* turns seen of the running window */
    double *rank;             /* [ranks] work of the running window, s */
    double total, longest, largest;
    double *region; /* [regions] s over the run */
};

static void
turn(void *context, int region, double seconds)
{
    struct work *w = context;
    double most = 0.0;

    w->rank[w->owner[region]] += seconds;
    w->region[region] += seconds;
    w->total += seconds;
    if (++w->seen < w->regions)
        return;
    for (int i = 0; i < w->ranks; i++) {
        most = w->rank[i] > most ? w->rank[i] : most;
        w->rank[i] = 0.0;
    }
    w->longest += most;
    w->seen = 0;
}

static void
measure(const struct setup *s, int ranks)
{
    struct executive_work cost = {.events = NULL};
    struct result result;
    size_t n = (size_t)s->n_regions;
    int *owner = mem_alloc(n, sizeof *owner);
    struct work w = {.owner = owner,
        .ranks = ranks,
        .regions = s->n_regions,
        .rank = mem_alloc((size_t)ranks, sizeof(double)),
        .region = mem_alloc(n, sizeof(double))};
    const struct executive_watch watch = {.turn = turn, .context = &w};

    ranks_spread(s, ranks, owner);
    result_init(&result, s, 1);
    if (executive_run(s, 0, 1, &result, &watch, &cost) != 0)
        abort();
    for (size_t i = 0; i < n; i++)
        w.largest = w.region[i] > w.largest ? w.region[i] : w.largest;
    printf("ranks_count %d 1\n", ranks);
    printf("ranks_regions %d 1\n", s->n_regions);
    printf("ranks_work %.3f s\n", w.total);
    printf("ranks_largest_region %.4f 1\n", w.largest / w.total);
    printf("ranks_time %.3f s\n", w.longest);
    printf("ranks_efficiency %.3f 1\n", w.total / (ranks * w.longest));
    result_free(&result);
    executive_work_free(&cost);
    mem_free(w.rank);
    mem_free(w.region);
    mem_free(owner);
}

int
main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "scenarios/dali/plan.yaml";
    int ranks = argc > 2 ? atoi(argv[2]) : 4;
    const char *const *set = (const char *const *)argv + 3; /* NAME=VALUE ... */
    struct scenario scenario;
    struct report report = {.mistakes = 0};
    struct setup s = {.seed = 1};

    scenario_read(&scenario, path, models_list, set, argc > 3 ? argc - 3 : 0, &report);
    s.scenario = &scenario;
    if (report.mistakes == 0)
        setup_init(&s, models_list, scenario.par, scenario.run.start, scenario.run.end,
            &report);
    report_print(&report, stderr);
    if (report.mistakes == 0 && ranks > 0)
        measure(&s, ranks);
    setup_free(&s);
    scenario_free(&scenario);
    report_free(&report);
    return report.mistakes == 0 && ranks > 0 ? 0 : 2;
}
