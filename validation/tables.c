#include "validation/tables.h"

#include "models/axes.h"
#include "models/brass.h"
#include "models/models.h"
#include "sim/rng.h"
#include "tests/cohort.h"
#include "tests/dali.h"
#include "tests/women.h"

#include <math.h>

enum { LIVES = 20000 };

/* Dali as it is, with rates of death that do not improve. */
static struct dali *
open_still(void)
{
    static const char *const set[] = {"mortality.improvement_male=0",
        "mortality.improvement_female=0", "replicates=1", "end=2021-01-31",
        "plan.targets=[]"};
    struct dali *dali = mem_alloc(1, sizeof *dali);

    dali_open(dali, "scenarios/dali/as-is.yaml", set, sizeof set / sizeof set[0]);
    return dali;
}

static void
close_still(struct dali *dali)
{
    dali_close(dali);
    mem_free(dali);
}

static struct cohort
cohort_of(const struct dali *dali, const struct check_how *how, int sex)
{
    const struct mortality_tab *tab = dali->setup.tab[MODELS_MORTALITY];

    return (struct cohort){.grades = dali->setup.tab[MODELS_GRADE],
        .table = &tab->table[0],
        .sex = sex,
        .run = rng_run(how->seed, (uint32_t)sex),
        .off = how->twin ? CHECK_OFF : 1.0};
}

/* Simulated: standard error of a mean of independent lives. By Kolmogorov's equations
 * of the grades: equal on every birthday, and within a year but for hours, since the
 * mix of grades does not die at one rate there. */
static void
expectancy(const struct check_how *how, struct check_rows *rows)
{
    struct dali *dali = open_still();

    for (int sex = 0; sex < SEXES; sex++) {
        struct cohort c = cohort_of(dali, how, sex);
        struct check_mean age = {.n = 0.0};
        double gap, e0 = cohort_expectancy(&c, &gap);
        for (uint64_t i = 0; i < (uint64_t)LIVES * (uint64_t)how->replicates; i++)
            check_count(&age, cohort_live(&c, i).death);
        check_add(rows,
            (struct check_row){.expected = c.table->e0[sex],
                .found = age.mean,
                .error = check_error(&age)},
            "%s: mean age at death of simulated lives", axes_sexes[sex]);
        check_add(rows,
            (struct check_row){
                .expected = c.table->e0[sex], .found = e0, .tolerance = 1e-3},
            "%s: life expectancy of the process of grades and death", axes_sexes[sex]);
        check_add(rows, (struct check_row){.found = gap, .tolerance = 1e-10},
            "%s: survivors of all grades less those of the life table, at most",
            axes_sexes[sex]);
    }
    close_still(dali);
}

/* Integral of the survival by Simpson's rule, 64 steps a year. */
static double
integrated(const double rate[AGES])
{
    enum { STEPS = 64, OLDEST = 200 };
    double alive = 1.0, years = 0.0;

    for (int a = 0; a < OLDEST; a++) {
        double r = rate[a < AGES ? a : AGES - 1];
        for (int n = 0; n <= STEPS; n++)
            years += (n == 0 || n == STEPS ? 1.0
                         : n % 2 == 1      ? 4.0
                                           : 2.0) *
                     alive * exp(-r * n / STEPS) / (3.0 * STEPS);
        alive *= exp(-r);
    }
    return years;
}

/* Half the logit of having died by each birthday, as Brass has it: the spread of its
 * difference between two tables. */
static double
logit_spread(const double *one, const double *two)
{
    double h1 = 0.0, h2 = 0.0, lo = INFINITY, hi = -INFINITY;

    for (int a = 0; a < 100; a++) {
        h1 += one[a];
        h2 += two[a];
        double off = 0.5 * (log(expm1(h1)) - log(expm1(h2)));
        lo = fmin(lo, off);
        hi = fmax(hi, off);
    }
    return hi - lo;
}

static void
brass(const struct check_how *how, struct check_rows *rows)
{
    struct dali *dali = open_still();

    for (int sex = 0; sex < SEXES; sex++)
        for (double e0 = 60.0; e0 <= 86.0; e0 += 6.5) {
            const double *standard = cohort_of(dali, how, sex).table->rate[sex];
            double rate[AGES], other[AGES];
            bool fits = brass_fit(standard, e0, rate);
            for (int a = 0; a < AGES; a++)
                other[a] = standard[a] * (how->twin ? CHECK_OFF : 1.0);
            check_add(rows,
                (struct check_row){.expected = e0,
                    .found = fits ? integrated(rate) : NAN,
                    .tolerance = 1e-6},
                "%s, shifted to %g years: life expectancy", axes_sexes[sex], e0);
            check_add(rows,
                (struct check_row){
                    .found = logit_spread(rate, other), .tolerance = 1e-9},
                "%s, shifted to %g years: spread of the logits' differences",
                axes_sexes[sex], e0);
        }
    close_still(dali);
}

/* Of the survivors at an age, who are independent: sqrt(p (1 - p) / survivors). */
static void
add_shares(const struct cohort *c, int k, const double *count, struct check_rows *rows)
{
    const double *share = c->table->share[c->sex][k];
    double alive = 0.0;

    for (int g = 0; g < GRADES; g++)
        alive += count[g];
    for (int g = 0; g < GRADES; g++)
        check_add(rows,
            (struct check_row){.expected = share[g],
                .found = count[g] / alive,
                .error = check_share_error(share[g], alive)},
            "%s at %g: share of grade %s", axes_sexes[c->sex], ELDER_AGE + k + 0.5,
            axes_grade.label[g]);
}

/* Lives of `lived`, with the shares of `c`. */
static void
simulated_grades(const struct cohort *c, const struct cohort *lived, int replicates,
    struct check_rows *rows)
{
    static const int ages[] = {2, 10, 20, 30};
    double count[4][GRADES] = {{0.0}};

    for (uint64_t i = 0; i < (uint64_t)LIVES * (uint64_t)replicates; i++) {
        struct cohort_life life = cohort_live(lived, i);
        for (int n = 0; n < 4; n++)
            if (life.grade[ages[n]] >= 0)
                count[n][life.grade[ages[n]]]++;
    }
    for (int n = 0; n < 4; n++)
        add_shares(c, ages[n], count[n], rows);
}

/* What rounding to whole people leaves: test_population allows 8 a county and grade. */
static void
start_grades(const struct dali *dali, bool twin, struct check_rows *rows)
{
    const struct mortality_tab *lives = dali->setup.tab[MODELS_MORTALITY];
    const struct population_tab *people = dali->setup.tab[MODELS_POPULATION];
    double want[GRADES] = {0.0}, have[GRADES] = {0.0}, all = 0.0;
    struct result result;

    dali_run(dali, &result, 1);
    for (int k = 0; k < dali->setup.n_regions; k++)
        for (int sex = 0; sex < SEXES; sex++)
            for (int a = 0; a < ELDER_AGES; a++)
                for (int g = 0; g < GRADES; g++)
                    want[g] += (double)people->people[k][sex][ELDER_AGE + a] *
                               lives->table[lives->of_region[k]].share[sex][a][g];
    for (int g = 0; g < GRADES; g++) {
        for (int sex = 0; sex < SEXES; sex++)
            have[g] += dali_value(
                &result, "elders_by_grade", g * SEXES + sex, 0, twin ? 1 : 0, -1);
        all += have[g];
        check_add(rows,
            (struct check_row){.expected = want[g],
                .found = have[g],
                .tolerance = 8.0 * dali->setup.n_regions},
            "Dali's people of 60 and over at the start: grade %s", axes_grade.label[g]);
    }
    /* 11.6 % in the survey of 2021; the digits and China's other ages allow 0.5 */
    check_add(rows,
        (struct check_row){
            .expected = 11.6, .found = 100.0 - 100.0 * have[0] / all, .tolerance = 0.5},
        "Dali's people of 60 and over at the start: disabled, %%");
    result_free(&result);
}

static void
prevalence(const struct check_how *how, struct check_rows *rows)
{
    struct dali *dali = open_still();

    for (int sex = 0; sex < SEXES; sex++) {
        const struct cohort c = cohort_of(dali, how, sex);
        struct cohort lived = c;
        lived.off = 1.0;
        lived.sex = how->twin ? 1 - sex : sex;
        simulated_grades(&c, &lived, how->replicates, rows);
    }
    start_grades(dali, how->twin, rows);
    close_still(dali);
}

/*
 * Given that they live, women's births are Poisson processes, so all births of a year
 * have their mean as variance. Deaths take 0.03 % of them: half of a year's risk of 6
 * in 10,000 at these ages.
 */
static void
fertility(const struct check_how *how, struct check_rows *rows)
{
    static const double total[] = {0.9, 1.3, 2.1};

    for (uint64_t i = 0; i < sizeof total / sizeof total[0]; i++) {
        const struct women w = {.total = total[i],
            .level = how->twin ? CHECK_OFF : 1.0,
            .boys = 105.5,
            .replicates = how->replicates,
            .seed = rng_mix(how->seed, i)};
        double women = (double)WOMEN_OF_AN_AGE * how->replicates, p = 105.5 / 205.5;
        struct women_births births = women_births(&w);
        check_add(rows,
            (struct check_row){.expected = total[i],
                .found = births.all / women,
                .error = sqrt(total[i] / women),
                .tolerance = 0.0003 * total[i]},
            "given %g: children per woman", total[i]);
        check_add(rows,
            (struct check_row){.expected = p,
                .found = births.boys / births.all,
                .error = check_share_error(p, births.all)},
            "given %g: share of boys", total[i]);
    }
}

const struct check tables_checks[] = {
    {"expectancy", "Do people live as long as their county's row says?",
        "20,000 lives a replicate from birth to death under Dali's tables, by the "
        "thresholds that residents have; grades and death together",
        "the life expectancies that the scenario gives",
        "hazards of death 3 % too high", expectancy, NULL, 25, 5, false},
    {"brass",
        "Does a county's life table have Brass's form and the life expectancy asked "
        "for?",
        "tables fitted to expectancies from 60 to 86 years",
        "Simpson's rule over the survival; logits compared age by age",
        "a standard whose rates are 3 % too high", brass, NULL, 1, 1, false},
    {"prevalence", "Are people of each age in the grades that the process gives?",
        "lives drawn one by one; and the people whom Dali starts with",
        "Kolmogorov's equations of the transition table; the 5th sample survey of the "
        "aged (2021): 11.6 % disabled",
        "lives of the other sex; the people a month later", prevalence, NULL, 25, 5,
        false},
    {"fertility", "Do women have as many children as their county's row says?",
        "185,000 women, 5,000 of each age, for a year",
        "the total fertility rate that the scenario gives", "fertility 3 % too high",
        fertility, NULL, 100, 20, false},
    {.id = NULL},
};
