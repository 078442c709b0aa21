#include "models/county.h"
#include "models/models.h"
#include "models/rates.h"
#include "models/traits.h"
#include "sim/date.h"
#include "tests/dali.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

/* Whole people cannot meet a share: what each cell of traits and grades carries is
 * below one person, and 32 of them add up to at most a few. */
enum { ROUNDING = 8 };

struct fixture {
    struct dali dali;
    struct region region; /* the running county */
};

static int
open_dali(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);

    *state = f;
    dali_open(&f->dali, "scenarios/dali/as-is.yaml", NULL, 0);
    return 0;
}

static int
close_dali(void **state)
{
    struct fixture *f = *state;

    dali_close(&f->dali);
    mem_free(f);
    return 0;
}

/* Calls `look` with every county as it starts. */
static void
each_county(void **state, void (*look)(const struct fixture *, const struct county *))
{
    struct fixture *f = *state;

    for (int i = 0; i < f->dali.setup.n_regions; i++) {
        region_init(&f->region, &f->dali.setup, (uint32_t)i, rng_run(1, 0));
        look(f, county_of(&f->region));
        region_free(&f->region);
    }
}

static double
cell(const struct fixture *f, int64_t i, const char *name)
{
    const struct field *f1 = field_find(models_list[MODELS_POPULATION]->par, "people");
    const struct population_par *par = f->dali.setup.par[MODELS_POPULATION];
    const unsigned char *row = par->people.row;

    return field_value(
        field_find(f1->columns, name), row + (size_t)i * f1->row_size, 0);
}

/* Every line of the census table, to the person; nobody is born after the start. */
static void
census_margins(const struct fixture *f, const struct county *c)
{
    const struct population_par *par = f->dali.setup.par[MODELS_POPULATION];
    int first_month = person_month(f->dali.setup.first_day);
    int64_t left = c->people;
    int lines = 0;

    for (int64_t i = 0; i < par->people.n; i++) {
        if (cell(f, i, "adcode") != (double)c->row->adcode)
            continue;
        int64_t n = 0;
        for (int m = 0; m < first_month; m++) {
            int age = county_age(first_month, m);
            if (age >= cell(f, i, "age_from") && age <= cell(f, i, "age_to"))
                n += c->born[m][(int)cell(f, i, "sex")];
        }
        assert_int_equal(n, (int64_t)cell(f, i, "persons"));
        left -= n;
        lines++;
    }
    assert_int_equal(left, 0);
    assert_true(lines > 30);
}

static void
every_census_margin_is_exact(void **state)
{
    each_county(state, census_margins);
}

/* Grades by sex as the process itself spreads them at each age. */
static void
grade_margins(const struct fixture *f, const struct county *c)
{
    const struct mortality_tab *lives = f->dali.setup.tab[MODELS_MORTALITY];
    const struct population_tab *tab = f->dali.setup.tab[MODELS_POPULATION];
    uint32_t k = f->region.index;
    const struct life_table *t = &lives->table[lives->of_region[k]];

    for (int sex = 0; sex < SEXES; sex++)
        for (int g = 0; g < GRADES; g++) {
            double want = 0.0;
            for (int a = ELDER_AGE; a < AGES; a++)
                want +=
                    (double)tab->people[k][sex][a] * t->share[sex][a - ELDER_AGE][g];
            assert_true(fabs((double)c->grades[g][sex] - want) < ROUNDING);
        }
}

static void
grades_of_each_sex_have_their_shares(void **state)
{
    each_county(state, grade_margins);
}

/* Residence, income within residence, and who lives alone or collectively. */
static void
trait_margins(const struct fixture *f, const struct county *c)
{
    const struct population_par *par = f->dali.setup.par[MODELS_POPULATION];
    double income[RESIDENCES][INCOMES] = {{0.0}}, of[RESIDENCES] = {0.0};
    double living[2][LIVINGS] = {{0.0}};

    for (uint32_t i = 0; i < c->n; i++) {
        const struct person *p = &c->person[i];
        of[p->residence] += 1.0;
        income[p->residence][p->income] += 1.0;
        living[p->elder][p->living] += 1.0;
    }
    assert_true(fabs(of[URBAN] - c->row->urban_share * c->row->population) < ROUNDING);
    for (int k = 0; k < INCOMES; k++) {
        assert_true(
            fabs(income[RURAL][k] - par->income_rural[k] * of[RURAL]) < ROUNDING);
        assert_true(
            fabs(income[URBAN][k] - par->income_urban[k] * of[URBAN]) < ROUNDING);
    }
    assert_true(fabs(living[1][ALONE] -
                     par->living_elders[ALONE] * c->row->pop_60plus) < ROUNDING);
    assert_true(fabs(living[0][ALONE] + living[1][ALONE] -
                     c->row->one_person_households) < ROUNDING);
    assert_true(fabs(living[0][COLLECTIVE] + living[1][COLLECTIVE] -
                     c->row->collective_population) < ROUNDING);
}

static void
traits_have_their_shares(void **state)
{
    each_county(state, trait_margins);
}

/* Spouses point at each other; all are adults; who is a couple has one. */
static void
spouses(const struct fixture *f, const struct county *c)
{
    double gap = 0.0;
    int couples = 0;

    (void)f;
    for (uint32_t i = 0; i < c->n; i++) {
        const struct person *p = &c->person[i];
        if (p->spouse == PERSON_NONE) {
            assert_true(p->living != COUPLE || person_age(p, 0) < 40.0);
            continue;
        }
        const struct person *q = &c->person[p->spouse];
        assert_int_equal(q->spouse, i);
        assert_true(p->sex != q->sex && p->residence == q->residence);
        assert_true(p->living != ALONE && p->living != COLLECTIVE);
        assert_true(person_age(p, 0) >= 40.0);
        gap += fabs(person_age(p, 0) - person_age(q, 0));
        couples++;
    }
    assert_true(couples > 1000);
    assert_true(gap / couples < 5.0);
}

static void
spouses_have_each_other(void **state)
{
    each_county(state, spouses);
}

/* Birth in full year `age` at any moment, earliest and latest draw, leap days too. */
static void
births_lie_in_their_year_of_age(void **state)
{
    const struct fixture *f = *state;
    const struct setup *s = &f->dali.setup;

    for (int32_t t = 0; t < s->end; t += 7777 * 61)
        for (int age = 0; age < AGES; age += 9)
            for (int i = 0; i < 3; i++) {
                int32_t born =
                    traits_birth(traits_births(s, t, age), i == 0   ? 1e-10
                                                           : i == 1 ? 0.5
                                                                    : 1.0 - 1e-10);
                double x = (t - (double)born) / MINUTES_A_YEAR;
                /* calendar years and mean years part by two days at most */
                assert_true(x > age - 0.006 && x < age + 1.006);
                assert_true(i != 1 || fabs(x - age - 0.5) < 0.006);
            }
    assert_int_equal(traits_birth(traits_births(s, 0, 0), 1e-12),
        -365 * MINUTES_A_DAY - MINUTES_A_DAY);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_census_margin_is_exact),
        cmocka_unit_test(grades_of_each_sex_have_their_shares),
        cmocka_unit_test(traits_have_their_shares),
        cmocka_unit_test(spouses_have_each_other),
        cmocka_unit_test(births_lie_in_their_year_of_age),
    };

    return cmocka_run_group_tests(tests, open_dali, close_dali);
}
