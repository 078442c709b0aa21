/*
 * Which settings move the targets of Dali's plan. The ranking is a finding and is
 * shown; judged is that settings which can be followed by hand move what they should,
 * by as much as they should.
 */
#include "validation/headline.h"

#include "models/models.h"
#include "models/plan.h"
#include "models/staff.h"
#include "models/target.h"
#include "sim/mem.h"
#include "tests/cells.h"
#include "validation/sensitivity.h"

#include <math.h>
#include <string.h>

#define PLAN "scenarios/dali/plan.yaml"

enum { SHOWN = 6, LEADERS = 2, EXTRA = 4 };

/* Outcomes behind those of the targets. */
enum extra { BEDS, BEDS_START, ELDERS, TRAINED };

static const char *const settings[] = {"end=2025-12-31", "replicates=1"};

/* What the twin and the rows need. */
static const char *const known[] = {"county.horizon", "facility.delivered",
    "migration.net_factor", "workforce.drop_out", NULL};

/* Targets that are due later are left out. */
static void
ready(struct variant *v)
{
    plan_drop_late(v->scenario.par[MODELS_PLAN], v->scenario.run.end, &v->report);
}

static int
outcomes(const struct variant *v, double *y)
{
    const struct plan_par *plan = v->setup.par[MODELS_PLAN];
    struct verdict *verdict = plan_verdicts(plan, &v->result);
    int n = (int)plan->targets.n, last = v->setup.n_times - 1;

    n = n < SENSITIVITY_OUTCOMES - EXTRA ? n : SENSITIVITY_OUTCOMES - EXTRA;
    for (int i = 0; i < n; i++)
        y[i] = verdict[i].mean;
    plan_free_verdicts(verdict, plan->targets.n);
    y[n + BEDS] = variant_value(v, "beds", 0, last, 0, v->setup.n_regions);
    y[n + BEDS_START] = variant_value(v, "beds", 0, 0, 0, v->setup.n_regions);
    y[n + ELDERS] = variant_value(v, "elders", 0, last, 0, v->setup.n_regions);
    y[n + TRAINED] = 0.0;
    for (int t = 1; t <= last; t++)
        y[n + TRAINED] +=
            variant_value(v, "trained", STAFF_CAREGIVER, t, 0, v->setup.n_regions);
    return n + EXTRA;
}

/* The plan once more: names of targets, and what a setting is at its ends. */
static void
open_plan(struct variant *v)
{
    variant_read(v, models_list, PLAN, settings, 2);
    ready(v);
}

/* "0.5 to 0.9", both ends of a factor. */
static void
range_text(const struct factor *factor, char *text, size_t size)
{
    char end[2][FACTORS_NAME];

    for (int k = 0; k < 2; k++) {
        struct variant v;
        open_plan(&v);
        factors_apply(factor, &v, k);
        factors_text(factor, &v, end[k]);
        variant_free(&v);
    }
    snprintf(text, size, "%s to %s", end[0], end[1]);
}

static void
number(double x, char text[24])
{
    snprintf(text, 24, isnan(x) ? "-" : "%.5g", x);
}

/* mu*, mu, sigma, when they were looked for. */
static void
effect_text(const struct morris *e, char text[80])
{
    if (e == NULL)
        snprintf(text, 80, "-\t-\t-");
    else
        snprintf(text, 80, "%.3g\t%.3g\t%.3g", morris_star(e), morris_mean(e),
            morris_sigma(e));
}

/* Where the verdict of one run would turn: met where it is missed, or the reverse. */
static const char *
turns(const struct sensitivity *s, const struct target *t, int factor, int outcome)
{
    bool now = target_holds(t, s->base[outcome]);
    double low = s->end[0][factor][outcome], high = s->end[1][factor][outcome];
    bool at_low = !isnan(low) && target_holds(t, low) != now;
    bool at_high = !isnan(high) && target_holds(t, high) != now;

    return at_low && at_high ? "at both ends"
           : at_low          ? "at the low end"
           : at_high         ? "at the high end"
                             : "";
}

static void
show_factor(struct exhibits *shown, const struct sensitivity *s, const struct target *t,
    int factor, int outcome)
{
    const struct factor *f = &s->factors.item[factor];
    char range[2 * FACTORS_NAME + 8], low[24], high[24], effect[80];

    range_text(f, range, sizeof range);
    number(s->end[0][factor][outcome], low);
    number(s->end[1][factor][outcome], high);
    effect_text(sensitivity_effect(s, factor, outcome), effect);
    exhibit_line(shown, "%s\t%s\t%s\t%s\t%s\t%.3g\t%s\t%s", f->name, f->quality, range,
        low, high, sensitivity_swing(s, factor, outcome), effect,
        turns(s, t, factor, outcome));
}

static void
show_target(struct exhibits *shown, const struct sensitivity *s, const struct target *t,
    int outcome)
{
    int order[FACTORS_MOST];

    sensitivity_rank(s, outcome, order);
    exhibit_open(shown,
        "\"%s\": %.4g in the plan's run. Swing: between the ends of a setting, nothing "
        "else changed; of one that does not lead, from the plan to its farther end. "
        "Over the whole range of all leading settings at once: mu*, mean size of an "
        "elementary effect; mu, with its sign; sigma, how far it depends on the rest",
        t->title, s->base[outcome]);
    exhibit_line(shown, "Setting\tQuality\tRange\tAt the low end\tAt the high "
                        "end\tSwing\tmu*\tmu\tsigma\tVerdict turns");
    for (int k = 0; k < SHOWN && k < s->factors.n; k++)
        if (sensitivity_swing(s, order[k], outcome) > 0.0)
            show_factor(shown, s, t, order[k], outcome);
}

static bool
moves(const struct sensitivity *s, int factor)
{
    for (int k = 0; k < s->n_outcomes; k++)
        if (sensitivity_swing(s, factor, k) > 0.0)
            return true;
    return false;
}

static void
show_rest(struct exhibits *shown, const struct sensitivity *s)
{
    int n = 0;

    for (int i = 0; i < s->factors.n; i++)
        n += moves(s, i);
    exhibit_open(shown,
        "%d settings were varied, %d of them move a target or a count behind it, %d "
        "lead. %d runs; %d trajectories led to settings that exclude each other and "
        "were replaced. These move nothing, or were not varied",
        s->factors.n, n, s->n_active, s->runs, s->refused);
    exhibit_line(shown, "Setting\tWhy");
    for (int i = 0; i < s->factors.n; i++) {
        bool possible = false;
        for (int k = 0; k < s->n_outcomes; k++)
            possible |= !isnan(s->end[0][i][k]) || !isnan(s->end[1][i][k]);
        if (!moves(s, i))
            exhibit_line(shown, "%s\t%s", s->factors.item[i].name,
                possible ? "moves nothing" : "excluded by other settings");
    }
    for (int i = 0; i < s->factors.n_left; i++)
        exhibit_line(shown, "%s\t%s", s->factors.left[i].name, s->factors.left[i].why);
}

static void
show(struct exhibits *shown, const struct sensitivity *s)
{
    struct variant v;

    open_plan(&v);
    const struct plan_par *plan = v.scenario.par[MODELS_PLAN];
    for (int k = 0; k < s->n_outcomes - EXTRA; k++)
        show_target(shown, s, (const struct target *)plan->targets.row + k, k);
    variant_free(&v);
    show_rest(shown, s);
}

/* How far ahead lives are put on the calendar is a matter of memory. */
static void
judge_nothing(const struct sensitivity *s, struct check_rows *rows)
{
    int i = factors_find(&s->factors, "county.horizon");
    double most = 0.0;

    for (int k = 0; k < s->n_outcomes; k++)
        most = fmax(most, sensitivity_swing(s, i, k));
    check_add(rows, (struct check_row){.found = most},
        "`county.horizon`, which changes no result: largest swing of any outcome");
}

/* Beds of the projects that are built, each with probability p: the mean is p of those
 * that open when all are, the variance p (1 - p) times the sum of their squares. */
static void
judge_delivered(const struct sensitivity *s, struct check_rows *rows)
{
    const double *base = s->base + s->n_outcomes - EXTRA;
    int i = factors_find(&s->factors, "facility.delivered");
    double p = 1.0 - FACTORS_PART, squares = 0.0;
    struct variant v;

    open_plan(&v);
    struct variant_table projects = variant_table(&v, "facility.projects");
    for (int64_t k = 0; k < projects.rows->n; k++) {
        double beds = (double)*(int64_t *)variant_cell(&projects, k, "ordinary_beds") +
                      (double)*(int64_t *)variant_cell(&projects, k, "nursing_beds") +
                      (double)*(int64_t *)variant_cell(&projects, k, "dementia_beds");
        squares += beds * beds;
    }
    variant_free(&v);
    check_add(rows,
        (struct check_row){
            .expected = base[BEDS_START] + p * (base[BEDS] - base[BEDS_START]),
            .found = s->end[0][i][s->n_outcomes - EXTRA + BEDS],
            .error = sqrt(p * (1.0 - p) * squares)},
        "`facility.delivered` at %g: beds at the end of 2025", p);
}

/* Elders are projected without a simulation; who is there after five years is a sum of
 * independent chances, whose variance is below 0.15 of it (0.85 stay). */
static void
judge_migration(const struct sensitivity *s, struct check_rows *rows)
{
    const struct projection_twin right = {1.0, 1.0, 1.0, 1.0, 1.0};
    const int at = s->n_outcomes - EXTRA + ELDERS;
    int i = factors_find(&s->factors, "migration.net_factor");

    for (int end = 0; end < 2; end++) {
        struct variant v;
        struct schedule *rates = mem_alloc(1, sizeof *rates);
        struct projection projection;
        double elders = 0.0;
        open_plan(&v);
        factors_apply(&s->factors.item[i], &v, end);
        if (variant_setup(&v)) {
            schedule_init(rates, &v.setup);
            projection_init(&projection, rates, right);
            projection_run(&projection, v.setup.n_times - 1);
            for (int k = 0; k < CELLS_GRADES; k++)
                elders += projection_by_grade(&projection, k, -1);
            projection_free(&projection);
        }
        check_add(rows,
            (struct check_row){.expected = elders,
                .found = s->end[end][i][at],
                .error = sqrt(0.15 * elders)},
            "`migration.net_factor` at its %s end: people of 60 and over at the end of "
            "2025",
            end == 0 ? "low" : "high");
        mem_free(rates);
        variant_free(&v);
    }
}

/*
 * Of those who finish training (1 - drop_out) join. Who joins at one value and not at
 * another is a count of so many chances, its variance at most its mean.
 */
static void
judge_drop_out(const struct sensitivity *s, struct check_rows *rows)
{
    const int at = s->n_outcomes - EXTRA + TRAINED;
    int i = factors_find(&s->factors, "workforce.drop_out");
    double base = s->base[at], drop_out;
    struct variant v;

    open_plan(&v);
    drop_out = *(double *)variant_parameter(&v, "workforce.drop_out");
    variant_free(&v);
    for (int end = 0; end < 2; end++) {
        double other = drop_out * (end == 0 ? 1.0 - FACTORS_PART : 1.0 + FACTORS_PART);
        double more = base * ((1.0 - other) / (1.0 - drop_out) - 1.0);
        check_add(rows,
            (struct check_row){.expected = base + more,
                .found = s->end[end][i][at],
                .error = sqrt(fabs(more))},
            "`workforce.drop_out` at %g: caregivers who finish training and join",
            other);
    }
}

static void
headline(const struct check_how *how, struct check_rows *rows)
{
    struct sensitivity *s = mem_alloc(1, sizeof *s);
    struct sensitivity_how what = {.models = models_list,
        .path = PLAN,
        .set = settings,
        .n_set = 2,
        .only = how->twin ? known : NULL,
        .leaders = LEADERS,
        .ends = known,
        .ready = ready,
        .outcomes = outcomes,
        .trajectories = how->replicates,
        .seed = how->seed};

    if (how->twin) {
        what.swap[0] = "county.horizon";
        what.swap[1] = "facility.delivered";
    }
    sensitivity_run(s, &what);
    judge_nothing(s, rows);
    judge_delivered(s, rows);
    judge_migration(s, rows);
    judge_drop_out(s, rows);
    show(&rows->shown, s);
    sensitivity_free(s);
    mem_free(s);
}

const struct check headline_checks[] = {
    {"unmeasured", "Which of the numbers that nobody measured move the verdicts most?",
        "Dali's plan to the end of 2025, one run a point with the same random numbers: "
        "every setting of quality assumption or recalled a quarter off, one at a time; "
        "those "
        "first in moving a target to the other side too, and elementary effects of "
        "these, a "
        "trajectory a replicate",
        "what follows by hand: a share of projects, a projection of elders, a share of "
        "those trained",
        "two settings stand for each other", headline, NULL, 2, 1, true},
    {.id = NULL},
};
