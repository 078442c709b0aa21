#define _POSIX_C_SOURCE 200809L
#include "validation/services.h"

#include "models/service.h"
#include "sim/date.h"
#include "sim/err.h"
#include "sim/mem.h"
#include "tests/dali.h"
#include "validation/lines.h"
#include "validation/variant.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER "scenarios/"

enum { PLANS_MOST = 64, NAME = 64, PATH = 320, SETTING = 32 };

/* Two counties of Dali that lie together. */
static const int64_t two[] = {532922, 532931};

/* What is to be run, and until when. */
struct extent {
    bool all; /* plans and counties; else two counties of one plan */
    const char *end;
};

/* A folder that holds both is a plan's: as written, and as it is without. */
static bool
is_plan(const char *name)
{
    char plan[PATH], as_is[PATH];

    snprintf(plan, PATH, FOLDER "%s/plan.yaml", name);
    snprintf(as_is, PATH, FOLDER "%s/as-is.yaml", name);
    return access(plan, R_OK) == 0 && access(as_is, R_OK) == 0;
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static int
find_plans(char name[PLANS_MOST][NAME])
{
    DIR *folder = opendir(FOLDER);
    int n = 0;

    BUG_IF(folder == NULL);
    for (const struct dirent *e; (e = readdir(folder)) != NULL;) {
        if (e->d_name[0] == '.' || !is_plan(e->d_name))
            continue;
        BUG_IF(n == PLANS_MOST || strlen(e->d_name) >= NAME);
        strcpy(name[n++], e->d_name);
    }
    closedir(folder);
    BUG_IF(n == 0);
    qsort(name, (size_t)n, NAME, by_name);
    return n;
}

/* Everything up to the end of the run, of one service in all counties. */
static struct lines_out
total_of(const struct variant *v, int service)
{
    struct lines_out sum = {.lines = 0};

    for (int region = 0; region < v->setup.n_regions; region++) {
        const struct lines_out *out =
            (const struct lines_out *)result_at(
                &v->result, LINES_MODEL, 0, v->setup.n_times - 1, region) +
            service;
        for (int k = 0; k < LINES_SIDES; k++) {
            sum.side[k].integral += out->side[k].integral;
            sum.side[k].over += out->side[k].over;
            sum.side[k].lasting += out->side[k].lasting;
            sum.side[k].spells += out->side[k].spells;
            sum.side[k].there += out->side[k].there;
            sum.wrong[k] += out->wrong[k];
        }
        sum.lines += out->lines;
        sum.missed += out->missed;
    }
    return sum;
}

/* L = lambda W: people there on average, coming a year, days each. */
static void
show_service(const struct variant *v, const char *name, const struct lines_out *sum,
    struct exhibits *shown)
{
    double years = v->setup.end / MINUTES_A_YEAR;
    char cell[LINES_SIDES][80];

    for (int k = 0; k < LINES_SIDES; k++) {
        const struct lines_sum *x = &sum->side[k];
        double n = (double)x->spells;
        snprintf(cell[k], sizeof cell[k], "%.1f\t%.1f\t%.1f",
            x->integral / v->setup.end, n / years,
            n > 0.0 ? (x->over + x->lasting) / n / MINUTES_A_DAY : 0.0);
    }
    exhibit_line(shown, "%s\t%s\t%s", name, cell[LINES_WAIT], cell[LINES_USE]);
}

static void
add_service(const struct check_how *how, const char *plan, const char *service,
    const struct lines_out *sum, struct check_rows *rows)
{
    static const char *const what[] = {"waited", "in places"}, *const of[] = {
                                                                   "waits", "stays"};

    for (int k = 0; k < LINES_SIDES; k++) {
        const struct lines_sum *x = &sum->side[k];
        if (x->spells > 0)
            check_add(rows,
                (struct check_row){.expected = x->over + (how->twin ? 0.0 : x->lasting),
                    .found = x->integral},
                "%s, %s: minutes %s, %lld %s", plan, service, what[k],
                (long long)x->spells, of[k]);
    }
}

static void
add_plan(const struct check_how *how, const char *plan, const struct variant *v,
    struct check_rows *rows)
{
    const struct service_tab *t = service_of(&v->setup);
    struct lines_out all = {.lines = 0};

    exhibit_open(&rows->shown,
        "%s, %d counties: people there (L), those who come a year, with those of the "
        "start (λ), days each (W)",
        plan, v->setup.n_regions);
    exhibit_line(&rows->shown,
        "Service\tWaiting\tCome a year\tDays each\tIn places\tCome a year\tDays each");
    for (int i = 0; i < t->n; i++) {
        if (t->desk[i] != i)
            continue;
        struct lines_out sum = total_of(v, i);
        add_service(how, plan, t->row[i].name, &sum, rows);
        show_service(v, t->row[i].name, &sum, &rows->shown);
        for (int k = 0; k < LINES_SIDES; k++)
            all.wrong[k] += sum.wrong[k];
        all.lines += sum.lines;
        all.missed += sum.missed;
    }
    check_add(rows, (struct check_row){.found = (double)(all.wrong[0] + all.wrong[1])},
        "%s: of %lld lines (county, service, bed) those where a minute is off", plan,
        (long long)all.lines);
    check_add(rows, (struct check_row){.found = (double)all.missed},
        "%s: people who came or left without the line's count moving", plan);
}

static void
run_plan(const struct check_how *how, const char *plan, const char *path,
    struct check_rows *rows)
{
    const struct extent *extent = how->data;
    const struct model *list[MODELS_COUNT + 2];
    struct variant *v = mem_alloc(1, sizeof *v);
    char seed[SETTING], end[SETTING];
    const char *sets[] = {"replicates=1", seed, end};

    snprintf(seed, SETTING, "seed=%u", (unsigned)(how->seed & 0x7fffffff));
    snprintf(end, SETTING, "end=%s", extent->end);
    variant_read(v, lines_models(list), path, sets, 3);
    variant_table(v, "plan.targets").rows->n = 0; /* some are due after the end */
    bool good = variant_setup(v);
    if (!good)
        report_print(&v->report, stderr);
    BUG_IF(!good);
    lines_watch(&v->setup);
    variant_run(v);
    add_plan(how, plan, v, rows);
    variant_free(v);
    mem_free(v);
}

static void
run_two(const struct check_how *how, struct check_rows *rows)
{
    struct scratch *scratch = mem_alloc(1, sizeof *scratch);

    scratch_open(scratch);
    dali_copy(scratch, two, 2);
    run_plan(how, "two counties of dali", scratch_path(scratch, "plan.yaml"), rows);
    scratch_close(scratch);
    mem_free(scratch);
}

static void
little(const struct check_how *how, struct check_rows *rows)
{
    const struct extent *extent = how->data;
    char name[PLANS_MOST][NAME], path[PATH];
    bool all = extent->all && !how->twin;
    int n = all ? find_plans(name) : 0;

    if (!all)
        run_two(how, rows);
    for (int i = 0; i < n; i++) {
        snprintf(path, PATH, FOLDER "%.*s/plan.yaml", NAME, name[i]);
        run_plan(how, name[i], path, rows);
    }
}

static const struct extent part = {false, "2025-12-31"};
static const struct extent whole = {true, "2025-12-31"};

#define QUESTION "Is what all have waited the area under the number waiting, "
#define METHOD                                                                         \
    "the station's integrals beside the times of single people, which a model that "   \
    "only looks takes after every event; waits and stays, of those gone and of those " \
    "still there at the end"
#define SOURCE "Little's law over a finite time, an identity in whole minutes"
#define TWIN \
    "those still there at the end are left out, as in a mean wait of the served"

const struct check services_checks[] = {
    {"little_services", QUESTION "in each service of two counties?", METHOD, SOURCE,
        TWIN, little, &part, 1, 1, false},
    {"little_plans", QUESTION "in each service and county of every plan?",
        METHOD "; plans are the folders of `scenarios/` with a `plan.yaml` and an "
               "`as-is.yaml`",
        SOURCE, TWIN "; two counties", little, &whole, 1, 1, true},
    {.id = NULL},
};
