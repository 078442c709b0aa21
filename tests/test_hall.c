/*
 * Residential care with all the models around it, against the closed form of the queue
 * that it becomes when everybody needs a bed (hall.h), and its order of service.
 */
#include "models/care.h"

#include "models/cases.h"
#include "models/county.h"
#include "tests/audit.h"
#include "tests/hall.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

/* The largest distance between the models and the closed form, standard errors. */
static double
worst_distance(const char *const *set, int n_set, struct hall_truth truth)
{
    const struct model *list[MODELS_COUNT + 2];
    struct hall_found found = hall_find(audit_models(list), set, n_set);
    double expected[HALL_MEASURES], worst = 0.0;

    hall_expect(truth, expected);
    for (int k = 0; k < HALL_MEASURES; k++) {
        double z = isnan(expected[k])
                       ? 0.0
                       : fabs(found.mean[k] - expected[k]) / found.error[k];
        if (z > 4.0)
            print_message("measure %d: %.5f, expected %.5f, standard error %.5f\n", k,
                found.mean[k], expected[k], found.error[k]);
        worst = fmax(worst, z);
    }
    return worst;
}

/* All destitute, so all of one class: first come, first served. */
#define ONE_CLASS \
    "population.income_rural=[1, 0, 0, 0]", "population.income_urban=[1, 0, 0, 0]"
#define COUNT(set) (int)(sizeof set / sizeof set[0])

static void
one_class(void **state)
{
    static const char *const set[] = {ONE_CLASS, "replicates=100"};
    static const char *const busy[] = {ONE_CLASS, "replicates=60",
        "migration.net_factor=1.4",
        "service.services=[{name: public_home, patience: 365.2425}]"};
    static const char *const slow[] = {ONE_CLASS, "replicates=100",
        "service.services=[{name: public_home, discharge: 1.85}]"};
    const struct hall_truth truth = {HALL_NEWCOMERS, 2.0, 2.0, false};

    (void)state;
    assert_true(worst_distance(set, COUNT(set), truth) <= 4.0);
    assert_true(worst_distance(busy, COUNT(busy),
                    (struct hall_truth){1.4 * HALL_NEWCOMERS, 2.0, 1.0, false}) <= 4.0);
    /* beds that are left 3 % too slowly must show */
    assert_true(worst_distance(slow, COUNT(slow), truth) > 4.0);
}

/* Classes change who waits, not how many wait, leave or are served. */
static void
four_classes(void **state)
{
    static const char *const set[] = {"replicates=100"};
    const struct hall_truth truth = {HALL_NEWCOMERS, 2.0, 2.0, true};
    const struct hall_truth mixed_up = {HALL_NEWCOMERS, 2.0, 2.0, false};

    (void)state;
    assert_true(worst_distance(set, 1, truth) <= 4.0);
    assert_true(
        worst_distance(set, 1, mixed_up) > 4.0); /* not first come, first served */
}

enum { LINE_MOST = 256 };

struct waiting {
    uint64_t key;
    int32_t since;
    uint32_t row, class;
};

/* Those in line, in the order of service, or in that of joining when `by_time`. */
static int
snapshot(const struct region *r, struct waiting *list, bool by_time)
{
    const struct care *c = r->own[MODELS_CARE];
    const struct station *s = &c->desk[0].line[BED_ORDINARY];
    int n = 0;

    for (uint32_t t = station_first(s); t != STATION_NONE; t = station_after(s, t)) {
        const struct care_case *x = &c->row[s->ticket[t].subject];
        struct waiting w = {county_of(r)->person[x->person].key, x->since, x->person,
            s->ticket[t].class};
        int k = n++;
        assert_true(n <= LINE_MOST);
        for (; by_time && k > 0 && list[k - 1].since > w.since; k--)
            list[k] = list[k - 1];
        list[k] = w;
    }
    return n;
}

/* How many of the list have a bed now although someone before them still waits. */
static int
overtaken(const struct region *r, const struct waiting *list, int n, int *admitted)
{
    const struct county *county = county_of(r);
    bool waits = false;
    int wrong = 0;

    for (int i = 0; i < n; i++) {
        const struct person *p = &county->person[list[i].row];
        if (!p->alive || p->key != list[i].key)
            continue; /* has died */
        uint32_t k = cases_find(r, p, 0);
        waits |= k != PERSON_NONE && cases_of(r)->row[k].state == WAITING;
        *admitted += p->place == RESIDENT;
        wrong += p->place == RESIDENT && waits;
    }
    return wrong;
}

/* Nobody is admitted while someone of a better class, or of the same class and earlier,
 * waits: looked at every hour for 20 years, in a hall with more need than beds. */
static void
classes_in_order(void **state)
{
    static const char *const set[] = {"migration.net_factor=2", "end=2040-12-31"};
    static struct scratch scratch;
    struct waiting list[2][LINE_MOST];
    int wrong[2] = {0, 0}, admitted = 0, seen[CLASSES] = {0};
    const struct model *models[MODELS_COUNT + 2];
    struct hall hall;
    struct region r;

    (void)state;
    scratch_open(&scratch);
    hall_write(&scratch, HALL_BEDS);
    hall_open(&hall, scratch_path(&scratch, "hall.yaml"), audit_models(models), set,
        COUNT(set));
    region_init(&r, &hall.setup, 0, rng_run(3, 0));
    for (int32_t t = 60; t < hall.setup.end; t += 60) {
        int n = snapshot(&r, list[0], false);
        snapshot(&r, list[1], true);
        for (int i = 0; i < n; i++)
            seen[list[0][i].class]++;
        region_run(&r, t);
        for (int k = 0; k < 2; k++)
            wrong[k] += overtaken(&r, list[k], n, &admitted);
    }
    assert_int_equal(wrong[0], 0);
    assert_true(wrong[1] > 100); /* first come, first served would be something else */
    assert_true(admitted > 500);
    for (int c = 0; c < CLASSES; c++)
        assert_true(seen[c] > 100);
    region_free(&r);
    hall_close(&hall);
    scratch_close(&scratch);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_class),
        cmocka_unit_test(four_classes),
        cmocka_unit_test(classes_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
