#include "validation/people.h"

#include "models/county.h"
#include "models/models.h"
#include "sim/date.h"
#include "tests/balance.h"
#include "tests/cells.h"
#include "tests/dali.h"

#include <math.h>

enum { SETS = 6, SETTING = 32 };

/* Three small counties of Dali that lie together, 422,694 people; or all of it. */
static const int64_t small[] = {532922, 532928, 532931};

struct population {
    struct scratch scratch;
    struct dali dali;
    struct result result;
};

/* Runs a copy of Dali as it is, `code` [n] counties of it or all, with `set` [n_set].
 */
static struct population *
population_run(const struct check_how *how, bool all, const char *const *set, int n_set)
{
    struct population *p = mem_alloc(1, sizeof *p);
    const char *sets[SETS];
    char replicates[SETTING], seed[SETTING];

    snprintf(replicates, SETTING, "replicates=%d", how->replicates);
    snprintf(seed, SETTING, "seed=%u", (unsigned)(how->seed & 0x7fffffff));
    sets[0] = replicates;
    sets[1] = seed;
    for (int i = 0; i < n_set; i++)
        sets[2 + i] = set[i];
    scratch_open(&p->scratch);
    dali_copy(&p->scratch, small, all ? 0 : 3);
    dali_open(&p->dali, scratch_path(&p->scratch, "as-is.yaml"), sets, n_set + 2);
    dali_run(&p->dali, &p->result, 1);
    return p;
}

static void
population_free(struct population *p)
{
    result_free(&p->result);
    dali_close(&p->dali);
    scratch_close(&p->scratch);
    mem_free(p);
}

/* A sum since the start over all regions. */
static double
flow(const struct result *r, const char *name, int replicate)
{
    double sum = 0.0;

    for (int t = 1; t < r->setup->n_times; t++)
        sum += dali_value(r, name, 0, replicate, t, -1);
    return sum;
}

static void
add_balance(const struct result *r, int replicate, struct check_rows *rows)
{
    double start = dali_value(r, "people", 0, replicate, 0, -1);

    check_add(rows,
        (struct check_row){.expected = start + flow(r, "births", replicate) +
                                       flow(r, "immigrants", replicate) -
                                       flow(r, "deaths", replicate) -
                                       flow(r, "emigrants", replicate),
            .found = dali_value(r, "people", 0, replicate, r->setup->n_times - 1, -1)},
        "replicate %d: %.0f people, plus born and come, less dead and gone, "
        "after 15 years",
        replicate + 1, start);
}

/* Counts are whole, so all of it is exact. */
static void
conservation(const struct check_how *how, struct check_rows *rows)
{
    struct population *p = population_run(how, false, NULL, 0);
    struct result *r = &p->result;
    double people = 0.0, moves = 0.0, ways[BALANCE_WAYS] = {0.0};

    if (how->twin)
        ++*(int64_t *)result_at(r, result_find(r->setup, "births").model, 0, 7, 1);
    for (int i = 0; i < r->replicates; i++) {
        if (i < 3)
            add_balance(r, i, rows);
        people += balance_people(r, i);
        moves += balance_moves(r, i);
        for (int k = 0; k < BALANCE_WAYS; k++)
            ways[k] += balance_counts(r, i, k);
    }
    check_add(rows, (struct check_row){.found = people},
        "months and counties in which people do not balance");
    check_add(rows, (struct check_row){.found = moves},
        "months in which not as many arrive as leave for another county");
    for (int k = 0; k < BALANCE_WAYS; k++)
        check_add(rows, (struct check_row){.found = ways[k]},
            "months and counties in which %s are not all", balance_name(k));
    population_free(p);
}

/* What a cell counts, for readers; false when it is not one to be shown. */
static bool
shown(const struct cells *cells, const struct setup *s, int cell, char text[80])
{
    int places = s->n_regions + 1, e = cell % CELLS_A_PLACE;
    int place = cell / CELLS_A_PLACE % places, time = cell / CELLS_A_PLACE / places;
    int month = cells->times[time];

    if (place > 0 || month != cells->times[3])
        return false;
    if (e < CELLS_AGES)
        snprintf(text, 80, "%s, aged %s, at the end", axes_sexes[e % SEXES],
            axes_age.label[e / SEXES]);
    else if (e < CELLS_AGES + CELLS_GRADES)
        snprintf(text, 80, "%s, grade %s, at the end", axes_sexes[e % SEXES],
            axes_grade.label[(e - CELLS_AGES) / SEXES]);
    else if (e < CELLS_AGES + CELLS_GRADES + FLOWS)
        snprintf(text, 80, "`%s` since the start",
            projection_flows[e - CELLS_AGES - CELLS_GRADES]);
    else
        return false;
    return true;
}

/*
 * A cell's standard error comes from its sample over replicates. Where few are expected
 * a count is not normal: the variance is then at least the count.
 */
static struct check_row
cell_row(const struct cells *cells, int cell, double expected)
{
    double v = cells->variance[cell];

    if (expected < 25.0)
        v = fmax(v, expected) + 1e-3;
    return (struct check_row){.expected = expected,
        .found = cells->mean[cell],
        .error = sqrt(v / cells->replicates)};
}

/* Of a place and time how many cells are off. In 5,000 cells chance makes 0.3 of them
 * so, more with few replicates; more than 5 together it hardly ever makes. */
static void
add_misses(const struct cells *cells, const struct setup *s, const double *expected,
    struct check_rows *rows)
{
    int places = s->n_regions + 1, n = places * CELLS_A_PLACE;

    for (int time = 0; time < cells->n / n; time++) {
        int misses = 0;
        for (int i = time * n; i < (time + 1) * n; i++) {
            struct check_row row = cell_row(cells, i, expected[i]);
            misses += !check_agrees(&row);
        }
        check_add(rows, (struct check_row){.found = misses, .tolerance = 5},
            "end of year %d: of %d numbers by county, age, sex, grade and event, "
            "those further off",
            cells->times[time] / 12, n);
    }
}

/* `how->data`: not NULL for all of Dali. */
static void
projected(const struct check_how *how, struct check_rows *rows)
{
    const struct projection_twin twin = {
        how->twin ? CHECK_OFF : 1.0, 1.0, 1.0, 1.0, 1.0};
    struct population *p = population_run(how, how->data != NULL, NULL, 0);
    struct schedule *rates = mem_alloc(1, sizeof *rates);
    struct cells cells = {.times = {12, 60, 120, 180}};
    struct projection projection;
    char text[80];

    schedule_init(rates, &p->dali.setup);
    cells_init(&cells, &p->result);
    double *expected = mem_alloc((size_t)cells.n, sizeof *expected);
    projection_init(&projection, rates, twin);
    cells_expect(&cells, &projection, expected);
    add_misses(&cells, &p->dali.setup, expected, rows);
    for (int i = 0; i < cells.n; i++)
        if (shown(&cells, &p->dali.setup, i, text))
            check_add(rows, cell_row(&cells, i, expected[i]), "%s", text);
    projection_free(&projection);
    mem_free(expected);
    cells_free(&cells);
    mem_free(rates);
    population_free(p);
}

/* Cumulative hazard of a life table until age `x`. */
static double
spent(const double rate[AGES], double x)
{
    double sum = 0.0;
    int a = 0;

    for (; a < (int)x; a++)
        sum += rate[a < AGES ? a : AGES - 1];
    return sum + (x - a) * rate[a < AGES ? a : AGES - 1];
}

/* Couples of a county as it starts of whom both are expected to live at `t`, and the
 * variance of their number: spouses die independently of each other. */
static void
add_couples(const struct region *r, const struct life_table *lives, int32_t t,
    double *couples, double *variance)
{
    const struct county *c = county_of(r);

    for (uint32_t i = 0; i < c->n; i++) {
        const struct person *p = &c->person[i];
        if (p->sex != MALE || p->spouse == PERSON_NONE)
            continue;
        const struct person *q = &c->person[p->spouse];
        double x = person_age(p, 0), y = person_age(q, 0), years = t / MINUTES_A_YEAR;
        double both =
            exp(spent(lives->rate[MALE], x) - spent(lives->rate[MALE], x + years) +
                spent(lives->rate[FEMALE], y) - spent(lives->rate[FEMALE], y + years));
        *couples += both;
        *variance += both * (1.0 - both);
    }
}

/* Each widowhood ends a couple, and nothing else does where nobody moves. */
static void
add_widowed(const struct population *p, int replicate, struct check_rows *rows)
{
    const struct result *r = &p->result;
    double couples = dali_value(r, "spouses", 0, replicate, 0, -1) / 2.0;

    check_add(rows,
        (struct check_row){.expected = couples - flow(r, "widowed", replicate),
            .found = dali_value(r, "spouses", 0, replicate, r->setup->n_times - 1, -1) /
                     2.0},
        "replicate %d: %.0f couples less the widowed of 15 years", replicate + 1,
        couples);
}

/* Mortality held still, nobody moves: the variance of the mean of all replicates is the
 * sum of p (1 - p) over their couples. */
static void
widowhood(const struct check_how *how, struct check_rows *rows)
{
    static const char *const set[] = {"mortality.improvement_male=0",
        "mortality.improvement_female=0", "migration.net_factor=0",
        "migration.between=0"};
    struct population *p = population_run(how, false, set, 4);
    const struct setup *s = &p->dali.setup;
    const struct mortality_tab *lives = s->tab[MODELS_MORTALITY];

    for (int years = 5; years <= 15; years += 5) {
        double couples = 0.0, variance = 0.0, found = 0.0, n = how->replicates;
        for (int i = 0; i < how->replicates; i++) {
            found += dali_value(&p->result, "spouses", 0, i, 12 * years, -1) / 2.0;
            for (int k = 0; k < s->n_regions; k++) {
                struct region r;
                region_init(&r, s, (uint32_t)k, rng_run(s->seed, (uint32_t)i));
                add_couples(&r, &lives->table[lives->of_region[k]],
                    (int32_t)(s->time[12 * years] * (how->twin ? CHECK_OFF : 1.0)),
                    &couples, &variance);
                region_free(&r);
            }
        }
        check_add(rows,
            (struct check_row){.expected = couples / n,
                .found = found / n,
                .error = sqrt(variance) / n},
            "couples of whom both live after %d years", years);
    }
    for (int i = 0; i < how->replicates && i < 3; i++)
        add_widowed(p, i, rows);
    population_free(p);
}

const struct check people_checks[] = {
    {"conservation", "Does anybody appear or vanish?",
        "three counties of Dali, 422,694 people, every month for 15 years",
        "people before, plus born and come, less dead and gone; the same people "
        "counted "
        "in two ways",
        "one birth counted that was none", conservation, NULL, 5, 2, false},
    {"widowhood", "Do couples last as long as two lives?",
        "three counties of Dali where nobody moves and mortality stands still",
        "products of two survivals of the life table, couple by couple; widowhoods",
        "lives expected to be 3 % shorter", widowhood, NULL, 20, 3, false},
    {"projection_small",
        "Is the mean of simulated lives what the rates say, everywhere?",
        "three counties of Dali, 422,694 people, for 15 years",
        "a cohort-component projection by month of birth, sex, county and grade, other "
        "code from the same scenario",
        "rates of death 3 % too high in the projection", projected, NULL, 40, 10, true},
    {"projection_dali", "And for all twelve counties of Dali?",
        "3,337,559 people for 15 years", "the same projection of all of Dali",
        "rates of death 3 % too high in the projection", projected, "all", 20, 3, true},
    {.id = NULL},
};
