/*
 * bench_run.c - a whole scenario: time, memory, events, by threads.
 *
 * Usage: bench_run [SCENARIO [REPEATS [PREFIX]]], by default Dali, everyone, fifteen
 * years; run from the project's root. A row is `name value unit`, its name begins with
 * the prefix; times are medians over the repeats, ratios pair runs back to back.
 */
#include "models/models.h"
#include "sim/executive.h"
#include "sim/scenario.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { THREADS_MOST = 2, REPEATS_MOST = 99 };

struct run_cost {
    double wall_s, cpu_s, setup_s, lives_s, exchange_s, observe_s, events;
};

static double
cpu_now(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static struct run_cost
run_once(const struct setup *s, int threads, struct result *result)
{
    const struct executive_watch watch = {.context = NULL};
    struct executive_work work = {0};
    struct run_cost cost;
    double wall = omp_get_wtime(), cpu = cpu_now();

    if (executive_run(s, 0, threads, result, &watch, &work) != 0)
        abort();
    cost = (struct run_cost){omp_get_wtime() - wall, cpu_now() - cpu, work.setup_s,
        work.lives_s, work.exchange_s, work.observe_s, 0.0};
    for (int k = 0; k < s->n_kinds; k++)
        cost.events += (double)work.events[k];
    executive_work_free(&work);
    return cost;
}

static int
by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* Median of one member over the repeats; `at` is its offset in struct run_cost. */
static double
median(const struct run_cost *cost, int n, size_t at)
{
    double v[REPEATS_MOST];

    for (int i = 0; i < n; i++)
        memcpy(&v[i], (const char *)&cost[i] + at, sizeof *v);
    qsort(v, (size_t)n, sizeof *v, by_value);
    return 0.5 * (v[n / 2] + v[(n - 1) / 2]);
}

static double
person_years(const struct setup *s, const struct result *result)
{
    struct result_row row = result_find(s, "people");
    double sum = 0.0;

    for (int t = 1; t < s->n_times; t++)
        for (int i = 0; i < s->n_regions; i++)
            sum += field_value(row.field, result_at(result, row.model, 0, t, i), 0) *
                   (s->time[t] - s->time[t - 1]) / 525949.2;
    return sum;
}

static void
print_costs(
    const char *prefix, const struct run_cost *cost, int n, int threads, double years)
{
    double wall = median(cost, n, offsetof(struct run_cost, wall_s));

    printf("%s_%d_wall %.3f s\n", prefix, threads, wall);
    printf("%s_%d_cpu %.3f s\n", prefix, threads,
        median(cost, n, offsetof(struct run_cost, cpu_s)));
    printf("%s_%d_setup %.3f s\n", prefix, threads,
        median(cost, n, offsetof(struct run_cost, setup_s)));
    printf("%s_%d_lives %.3f s\n", prefix, threads,
        median(cost, n, offsetof(struct run_cost, lives_s)));
    printf("%s_%d_exchange %.3f s\n", prefix, threads,
        median(cost, n, offsetof(struct run_cost, exchange_s)));
    printf("%s_%d_observe %.3f s\n", prefix, threads,
        median(cost, n, offsetof(struct run_cost, observe_s)));
    printf("%s_%d_events %.3g 1/s\n", prefix, threads, cost[0].events / wall);
    printf("%s_%d_lives_events %.3g 1/s\n", prefix, threads,
        cost[0].events / median(cost, n, offsetof(struct run_cost, lives_s)));
    printf("%s_%d_person_years %.3g 1/s\n", prefix, threads, years / wall);
}

int
main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "scenarios/dali/plan.yaml";
    const char *prefix = argc > 3 ? argv[3] : "dali";
    int repeats = argc > 2 ? atoi(argv[2]) : 3;
    struct scenario scenario;
    struct report report = {0};
    struct setup s = {0};
    struct result result;
    static struct run_cost const nothing;
    struct run_cost cost[THREADS_MOST + 1][REPEATS_MOST] = {{nothing}};

    if (repeats < 1 || repeats > REPEATS_MOST)
        repeats = 3;
    scenario_read(&scenario, path, models_list, NULL, 0, &report);
    if (report.mistakes == 0) {
        s.seed = (uint64_t)scenario.run.seed;
        setup_init(&s, models_list, scenario.par, scenario.run.start, scenario.run.end,
            &report);
    }
    if (report.mistakes > 0) {
        report_print(&report, stderr);
        return 2;
    }
    result_init(&result, &s, 1);
    for (int i = 0; i < repeats; i++)
        for (int t = 1; t <= THREADS_MOST; t++)
            cost[t][i] = run_once(&s, t, &result);
    double years = person_years(&s, &result);
    struct result_row people = result_find(&s, "people");
    double n = 0.0;
    for (int i = 0; i < s.n_regions; i++)
        n += field_value(people.field, result_at(&result, people.model, 0, 0, i), 0);
    for (int t = 1; t <= THREADS_MOST; t++)
        print_costs(prefix, cost[t], repeats, t, years);
    printf("%s_speedup_2 %.2f 1\n", prefix,
        median(cost[1], repeats, 0) / median(cost[2], repeats, 0));
    printf("%s_people %.0f person\n", prefix, n);
    printf("%s_events %.0f 1\n", prefix, cost[1][0].events);
    printf("%s_peak %.0f MB\n", prefix, (double)mem_resident_peak() / 1e6);
    printf("%s_bytes_per_person %.1f byte\n", prefix, (double)mem_resident_peak() / n);
    result_free(&result);
    setup_free(&s);
    scenario_free(&scenario);
    report_free(&report);
    return 0;
}
