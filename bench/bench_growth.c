/*
 * bench_growth.c - how time and memory grow with people, counties, years, replicates
 * and threads.
 *
 * Usage: bench_growth [PEOPLE [REPEATS]], by default a million people in 16 synthetic
 * counties for ten years; run from the project's root. Each line changes one thing
 * against that; a row is `growth_WHAT_HOWMANY value unit`. The people are those of
 * Dali, scaled. Each run is a process of its own, so that its memory is its own.
 */
#define _POSIX_C_SOURCE 200809L
#include "models/models.h"
#include "sim/executive.h"
#include "sim/scenario.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATH = 512, REPEATS_MOST = 9 };

struct size {
    double people;
    int counties, years, replicates, threads;
};

struct cost {
    double wall_s, peak, rate; /* events a second of lives, by all threads */
};

static FILE *
file(const char *folder, const char *name)
{
    char path[PATH];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    if (f == NULL) {
        perror(path);
        exit(1);
    }
    return f;
}

/* Ages in fives to 85 and over, people per 1,000 of each sex, about as in Dali. */
static const int pyramid[] = {
    53, 58, 60, 57, 52, 62, 78, 72, 66, 76, 85, 80, 55, 52, 39, 25, 17, 13};

static void
write_tables(const char *folder, const struct size *s)
{
    static const char *const sexes[] = {"male", "female"};
    FILE *f = file(folder, "people.csv");

    fprintf(f, "adcode,sex,age_from,age_to,persons\n");
    for (int sex = 0; sex < 2; sex++)
        for (int i = 0; i < 18; i++)
            fprintf(f, "990000,%s,%d,%d,%.0f\n", sexes[sex], 5 * i,
                i < 17 ? 5 * i + 4 : 120, s->people / 2.0 * pyramid[i] / 1000.0);
    fclose(f);
    f = file(folder, "groups.csv");
    fprintf(f, "code,name_en,name_zh,first_adcode,count,population,urban_share,"
               "households,one_person_households,collective_population,e0_male,"
               "e0_female,tfr,longitude,latitude,extent_km,spread\n");
    fprintf(f,
        "990000,Made up,合成,990001,%d,%.0f,0.45,%.0f,%.0f,%.0f,73.6,79.7,1.2,"
        "101,25,200,0.27\n",
        s->counties, s->people, s->people / 3.2, s->people / 16.0, s->people / 20.0);
    fclose(f);
    f = file(folder, "homes.csv");
    fprintf(f, "id,adcode,name,name_zh,kind,ordinary_beds,nursing_beds\n");
    fprintf(f, "home,990000,Homes,院,public_home,%.0f,%.0f\n", s->people * 0.0012,
        s->people * 0.0008);
    fclose(f);
    f = file(folder, "net.csv");
    fprintf(f, "adcode,sex,age_from,age_to,net_rate\n"
               "990000,male,20,29,-0.005\n990000,female,20,29,-0.005\n");
    fclose(f);
}

static void
write_scenario(const char *folder, const char *root, const struct size *s)
{
    FILE *f = file(folder, "growth.yaml");

    write_tables(folder, s);
    fprintf(f,
        "base: %s/scenarios/base/base.yaml\nstart: 2021-01-01\nend: %d-12-31\n"
        "replicates: %d\nseed: 1\ncounty:\n  groups: groups.csv\n"
        "population:\n  people: people.csv\nmigration:\n  net: net.csv\n"
        "facility:\n  facilities: homes.csv\n"
        "workforce:\n  caregivers: %.0f\n  recruits: %.0f\n",
        root, 2020 + s->years, s->replicates, s->people * 4e-4, s->people * 1e-4);
    fclose(f);
}

/* One run in this process. */
static struct cost
run(const char *path, const struct size *size)
{
    const struct executive_watch watch = {.context = NULL};
    struct executive_work work = {0};
    struct scenario scenario;
    struct report report = {0};
    struct setup s = {0};
    struct result result;
    double t0 = omp_get_wtime();

    scenario_read(&scenario, path, models_list, NULL, 0, &report);
    if (report.mistakes == 0) {
        s.seed = (uint64_t)scenario.run.seed;
        setup_init(&s, models_list, scenario.par, scenario.run.start, scenario.run.end,
            &report);
    }
    if (report.mistakes > 0) {
        report_print(&report, stderr);
        exit(2);
    }
    result_init(&result, &s, size->replicates);
    for (int i = 0; i < size->replicates; i++)
        if (executive_run(&s, i, size->threads, &result, &watch, &work) != 0)
            abort();
    double events = 0.0;
    for (int k = 0; k < s.n_kinds; k++)
        events += (double)work.events[k];
    return (struct cost){
        omp_get_wtime() - t0, (double)mem_resident_peak(), events / work.lives_s};
}

/* The same in a child, which tells its cost through a pipe. */
static struct cost
run_apart(const char *path, const struct size *size)
{
    struct cost cost = {0};
    int end[2];

    fflush(stdout);
    if (pipe(end) != 0)
        abort();
    pid_t child = fork();
    if (child == 0) {
        cost = run(path, size);
        _exit(write(end[1], &cost, sizeof cost) == (ssize_t)sizeof cost ? 0 : 1);
    }
    close(end[1]);
    if (read(end[0], &cost, sizeof cost) != (ssize_t)sizeof cost)
        exit(1);
    close(end[0]);
    waitpid(child, NULL, 0);
    return cost;
}

static int
by_time(const void *a, const void *b)
{
    double x = ((const struct cost *)a)->wall_s, y = ((const struct cost *)b)->wall_s;

    return x < y ? -1 : x > y;
}

static void
measure(const char *what, double n, const struct size *size, int repeats)
{
    char folder[] = "/tmp/carecap-growth-XXXXXX", root[PATH], path[PATH], name[64];
    static const char *const files[] = {
        "people.csv", "groups.csv", "homes.csv", "net.csv", "growth.yaml"};
    struct cost cost[REPEATS_MOST];
    double years = size->people * size->years * size->replicates;

    if (mkdtemp(folder) == NULL || getcwd(root, sizeof root) == NULL)
        exit(1);
    write_scenario(folder, root, size);
    snprintf(path, sizeof path, "%s/growth.yaml", folder);
    for (int i = 0; i < repeats; i++)
        cost[i] = run_apart(path, size);
    qsort(cost, (size_t)repeats, sizeof *cost, by_time);
    const struct cost *m = &cost[repeats / 2];
    snprintf(name, sizeof name, "growth_%s_%.0f", what, n);
    printf("%s_wall %.3f s\n", name, m->wall_s);
    printf("%s_person_year %.1f ns\n", name, m->wall_s / years * 1e9);
    printf("%s_lives %.2f M/s\n", name, m->rate / 1e6);
    printf("%s_peak %.0f MB\n", name, m->peak / 1e6);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        unlink(path);
    }
    rmdir(folder);
}

int
main(int argc, char **argv)
{
    const struct size base = {argc > 1 ? atof(argv[1]) : 1e6, 16, 10, 1, 1};
    int repeats = argc > 2 ? atoi(argv[2]) : 3;
    struct size s;

    repeats = repeats < 1 ? 1 : repeats > REPEATS_MOST ? REPEATS_MOST : repeats;
    for (double k = 0.1; k < 11.0; k *= 10.0) {
        s = base;
        s.people *= k;
        measure("people", s.people, &s, repeats);
    }
    for (s = base, s.counties = 1; s.counties <= 256; s.counties *= 16)
        measure("counties", s.counties, &s, repeats);
    for (s = base, s.years = 5; s.years <= 20; s.years *= 2)
        measure("years", s.years, &s, repeats);
    for (s = base, s.replicates = 1; s.replicates <= 4; s.replicates *= 2)
        measure("replicates", s.replicates, &s, repeats);
    for (s = base, s.threads = 1; s.threads <= 2; s.threads *= 2)
        measure("threads", s.threads, &s, repeats);
    return 0;
}
