/*
 * What matters in a model of two lines, where that is known.
 */
#include "validation/sensitivity.h"

#include "sim/region.h"
#include "tests/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

/* Runs that the first ends take: of twelve factors three idle ones in one run, the
 * other nine one by one, and three groups that turn out to move something; three more
 * do not go together. */
enum { SCREEN = 13 };

struct item {
    const char *name, *quality;
    double x;
    int64_t rule;
};

struct toy_par {
    double strong, weak, known, nothing, capped, idle, idle_2, idle_3, list[2],
        shares[3], year;
    int64_t whole;
    struct path path;
    const char *text;
    struct rows items, plain;
};

struct toy_out {
    double sum, product, rest;
};

#define JUDGED .source = "judged", .quality = "assumption"

static const struct field item_columns[] = {
    {FIELD(struct item, name), .unit = "1", .required = true, .doc = "name"},
    {FIELD(struct item, quality), .unit = "1", .doc = "quality"},
    {FIELD(struct item, x), .unit = "1", .lo = 0, .hi = 100, .doc = "a number"},
    {FIELD(struct item, rule), .unit = "1", .lo = 0, .hi = 100, .doc = "a rule"},
    {.name = NULL},
};

static const struct field plain_columns[] = {
    {.name = "x", .kind = FIELD_REAL, .count = 1, .unit = "1", .doc = "a number"},
    {.name = NULL},
};

#define TOY struct toy_par
static const struct field par_table[] = {
    {FIELD(TOY, strong), .unit = "1", .def = 10, .lo = 0, .hi = 100, .doc = "d",
        JUDGED},
    {FIELD(TOY, weak), .unit = "1", .def = 20, .lo = 0, .hi = 100, .doc = "d",
        .source = "memory", .quality = "recalled"},
    {FIELD(TOY, known), .unit = "1", .def = 5, .lo = 0, .hi = 100, .doc = "d",
        .source = "census", .quality = "measured"},
    {FIELD(TOY, nothing), .unit = "1", .def = 0, .lo = 0, .hi = 100, .doc = "d",
        JUDGED},
    {FIELD(TOY, capped), .unit = "1", .def = 0.9, .lo = 0, .hi = 1, .doc = "d", JUDGED},
    {FIELD(TOY, idle), .unit = "1", .def = 3, .lo = 0, .hi = 9, .doc = "d", JUDGED},
    {FIELD(TOY, idle_2), .unit = "1", .def = 3, .lo = 0, .hi = 9, .doc = "d", JUDGED},
    {FIELD(TOY, idle_3), .unit = "1", .def = 3, .lo = 0, .hi = 9, .doc = "d", JUDGED},
    {FIELD(TOY, list), .unit = "1", .def = 4, .lo = 0, .hi = 9, .doc = "d", JUDGED},
    {FIELD(TOY, shares), .unit = "1", .def = 0.25, .lo = 0, .hi = 1, .doc = "d",
        JUDGED},
    {FIELD(TOY, year), .unit = "yr", .def = 2021, .lo = 1950, .hi = 2024, .doc = "d",
        JUDGED},
    {FIELD(TOY, whole), .unit = "1", .def = 2, .lo = 0, .hi = 9, .doc = "d", JUDGED},
    {FIELD(TOY, path), .unit = "1", .def = 1, .lo = 0, .hi = 9, .doc = "d", JUDGED},
    {FIELD(TOY, text), .unit = "1", .text = "x", .doc = "d", JUDGED},
    {FIELD(TOY, items), .unit = "1", .doc = "d", .columns = item_columns,
        .row_size = sizeof(struct item), .keyed = true},
    {FIELD(TOY, plain), .unit = "1", .doc = "d", .columns = plain_columns,
        .row_size = sizeof(double), JUDGED},
    {.name = NULL},
};

static const struct field out_table[] = {
    {FIELD(struct toy_out, sum), .unit = "1", .doc = "d", .zh = "d"},
    {FIELD(struct toy_out, product), .unit = "1", .doc = "d", .zh = "d"},
    {FIELD(struct toy_out, rest), .unit = "1", .doc = "d", .zh = "d"},
    {.name = NULL},
};

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    static const struct region_name name = {.code = 1, .name = "toy", .load.rows = 1.0};
    const struct toy_par *p = s->par[0];

    (void)tab;
    s->n_regions = 1;
    s->region = mem_arena(&s->arena, 1, sizeof *s->region);
    *s->region = name;
    if (p->strong > 12.0 && p->capped < 0.7)
        report_mistake(report, setup_place(s, "toy.strong"), "not with so low a cap");
}

static void
observe(struct region *r)
{
    const struct toy_par *p = r->setup->par[0];
    struct toy_out *out = r->out[0];

    out->sum = 3.0 * p->strong + p->weak;
    out->product = p->strong * p->weak;
    out->rest = p->capped + p->list[1] + p->shares[2] + p->year + (double)p->whole +
                p->path.value[p->path.n - 1];
}

static const struct handler handlers[] = {{.name = NULL}};
static const struct model toy = {.name = "toy",
    .doc = "two lines",
    .par_size = sizeof(struct toy_par),
    .par = par_table,
    .prepare = prepare,
    .out_size = sizeof(struct toy_out),
    .out = out_table,
    .handlers = handlers,
    .observe = observe};
static const struct model *const models[] = {&toy, NULL};

static int
outcomes(const struct variant *v, double *y)
{
    y[0] = variant_value(v, "sum", 0, 0, 0, 1);
    y[1] = variant_value(v, "product", 0, 0, 0, 1);
    y[2] = variant_value(v, "rest", 0, 0, 0, 1);
    return 3;
}

static const char *
write_toy(struct scratch *scratch)
{
    static const char block[] = "start: 2021-01-01\n"
                                "end: 2021-01-31\n"
                                "toy:\n"
                                "  shares: [0.5, 0.3, 0.2]\n"
                                "  path: {2021: 1, 2025: 2}\n"
                                "  items:\n"
                                "    - name: a\n"
                                "      x: 10\n"
                                "      rule: 3\n"
                                "      quality: assumption\n"
                                "    - name: b\n"
                                "      x: 10\n"
                                "      rule: 3\n"
                                "      quality: measured\n"
                                "  plain:\n"
                                "    - x: 1\n";

    scratch_open(scratch);
    scratch_write(scratch, "toy.yaml", block);
    return scratch_path(scratch, "toy.yaml");
}

static void
explore(struct sensitivity *s, const char *path, int trajectories, bool twin)
{
    struct sensitivity_how how = {.models = models,
        .path = path,
        .outcomes = outcomes,
        .leaders = 10,
        .trajectories = trajectories,
        .seed = 9};

    if (twin) {
        how.swap[0] = "toy.strong";
        how.swap[1] = "toy.weak";
    }
    sensitivity_run(s, &how);
}

static int
factor(const struct sensitivity *s, const char *name)
{
    int i = factors_find(&s->factors, name);

    assert_true(i >= 0);
    return i;
}

/* What the quality says is varied, and no more; the rest is named with its reason. */
static void
which_are_varied(void **state)
{
    static const char *const want[] = {"toy.strong", "toy.weak", "toy.capped",
        "toy.idle", "toy.idle_2", "toy.idle_3", "toy.list", "toy.shares", "toy.year",
        "toy.whole", "toy.path", "toy.items.x"};
    static const char *const left[] = {"toy.nothing", "toy.text", "toy.plain"};
    struct scratch scratch;
    struct variant v;
    struct factors f;

    (void)state;
    variant_read(&v, models, write_toy(&scratch), NULL, 0);
    factors_init(&f, &v);
    assert_int_equal(f.n, 12);
    for (int i = 0; i < 12; i++)
        assert_string_equal(f.item[i].name, want[i]);
    assert_int_equal(f.n_left, 3);
    for (int i = 0; i < 3; i++)
        assert_string_equal(f.left[i].name, left[i]);
    variant_free(&v);
    scratch_close(&scratch);
}

/* A factor's ends, one after the other from a fresh scenario. */
static void
check_ends(const char *path, const char *name, double low, double middle, double high)
{
    const double want[] = {low, middle, high};

    for (int k = 0; k < 3; k++) {
        struct variant v;
        struct factors f;
        char shown[FACTORS_NAME];
        variant_read(&v, models, path, NULL, 0);
        factors_init(&f, &v);
        const struct factor *one = &f.item[factors_find(&f, name)];
        factors_apply(one, &v, 0.5 * k);
        factors_text(one, &v, shown);
        assert_true(fabs(strtod(shown, NULL) - want[k]) < 1e-3 * want[k]);
        variant_free(&v);
    }
}

static void
how_far(void **state)
{
    struct scratch scratch;
    const char *path = write_toy(&scratch);
    char name[300];

    (void)state;
    snprintf(name, sizeof name, "%s", path);
    check_ends(name, "toy.strong", 7.5, 10.0, 12.5);
    check_ends(name, "toy.capped", 0.675, 0.9, 1.0);
    check_ends(name, "toy.list", 3.0, 4.0, 5.0);
    check_ends(name, "toy.year", 2016.0, 2021.0, 2024.0);
    check_ends(name, "toy.whole", 1.0, 2.0, 3.0);
    check_ends(name, "toy.path", 0.75, 1.0, 1.25);
    check_ends(name, "toy.items.x", 7.5, 10.0, 12.5);
    /* 0.5 / 0.75, 0.3, 0.2 * 0.75 over their sum; and 0.5 / 1.25, 0.3, 0.2 * 1.25 */
    check_ends(name, "toy.shares", 0.5 / 0.75 / (0.5 / 0.75 + 0.3 + 0.15), 0.5,
        0.4 / (0.4 + 0.3 + 0.25));
    scratch_close(&scratch);
}

/* A measured row of a table stays as it is. */
static void
measured_rows_stay(void **state)
{
    struct scratch scratch;
    struct variant v;
    struct factors f;

    (void)state;
    variant_read(&v, models, write_toy(&scratch), NULL, 0);
    factors_init(&f, &v);
    factors_apply(&f.item[factors_find(&f, "toy.items.x")], &v, 1.0);
    struct variant_table items = variant_table(&v, "toy.items");
    assert_true(*(double *)variant_cell(&items, 0, "x") == 12.5);
    assert_true(*(double *)variant_cell(&items, 1, "x") == 10.0);
    variant_free(&v);
    scratch_close(&scratch);
}

/* sum = 3 strong + weak: over the ranges of 5 and 10 it moves by 15 and 10. With the
 * two exchanged it must rank the other way round. */
static void
one_at_a_time(void **state)
{
    struct scratch scratch;
    struct sensitivity s;
    const char *path = write_toy(&scratch);
    int order[FACTORS_MOST];

    (void)state;
    for (int twin = 0; twin < 2; twin++) {
        explore(&s, path, 0, twin);
        int strong = factor(&s, "toy.strong"), weak = factor(&s, "toy.weak");
        sensitivity_rank(&s, 0, order);
        assert_int_equal(order[0], twin ? weak : strong);
        assert_int_equal(order[1], twin ? strong : weak);
        assert_true(fabs(sensitivity_swing(&s, order[0], 0) - 15.0) < 1e-12);
        assert_true(fabs(sensitivity_swing(&s, order[1], 0) - 10.0) < 1e-12);
        assert_true(sensitivity_swing(&s, factor(&s, "toy.idle"), 0) == 0.0);
        assert_true(s.base[0] == 50.0 && s.base[1] == 200.0);
        /* all to the farther end, to the other one those that move anything */
        assert_int_equal(s.n_active, 8);
        assert_int_equal(s.runs, 1 + SCREEN + s.n_active);
        sensitivity_free(&s);
    }
    scratch_close(&scratch);
}

/* Only the first of each outcome goes on: strong of the sum and, before weak, of the
 * product; of the rest the year, by five. Of the others one end is known, or both when
 * asked for. */
static void
leaders(void **state)
{
    static const char *const ends[] = {"toy.idle", NULL};
    struct scratch scratch;
    struct sensitivity s;
    const struct sensitivity_how how = {.models = models,
        .path = write_toy(&scratch),
        .outcomes = outcomes,
        .leaders = 1,
        .ends = ends,
        .trajectories = 2,
        .seed = 9};

    (void)state;
    sensitivity_run(&s, &how);
    int strong = factor(&s, "toy.strong"), weak = factor(&s, "toy.weak");
    assert_int_equal(s.n_active, 2);
    assert_int_equal(s.active[0], strong);
    assert_int_equal(s.active[1], factor(&s, "toy.year"));
    assert_int_equal(s.runs, 1 + SCREEN + 2 + 1 + 2 * 3);
    assert_true(isnan(s.end[0][weak][0]) && s.end[1][weak][0] == 55.0);
    assert_true(s.end[0][strong][0] == 42.5 && s.end[1][strong][0] == 57.5);
    /* 2021 may fall by five, but rise by three only: the farther end is the low one */
    assert_true(s.end[0][s.active[1]][2] < s.base[2]);
    assert_int_equal(sensitivity_effect(&s, strong, 0)->n, 2);
    assert_null(sensitivity_effect(&s, weak, 0));
    sensitivity_free(&s);
    scratch_close(&scratch);
}

/*
 * Effects: of a sum 15 and 10, alike everywhere; of the product 5 times the other,
 * whose mean over the four levels is 20 (10) and whose deviation 10 (5) times sqrt(5 /
 * 36). 60 trajectories: 4 errors of a mean are half of that deviation.
 */
static void
elementary_effects(void **state)
{
    enum { TRAJECTORIES = 60 };
    const double spread = sqrt(5.0 / 36.0);
    struct scratch scratch;
    struct sensitivity s;

    (void)state;
    explore(&s, write_toy(&scratch), TRAJECTORIES, false);
    int strong = factor(&s, "toy.strong"), weak = factor(&s, "toy.weak");
    const struct morris *a = sensitivity_effect(&s, strong, 0);
    const struct morris *b = sensitivity_effect(&s, weak, 0);
    assert_int_equal(a->n, TRAJECTORIES);
    assert_true(fabs(morris_star(a) - 15.0) < 1e-9 && morris_sigma(a) < 1e-6);
    assert_true(fabs(morris_mean(b) - 10.0) < 1e-9 && morris_sigma(b) < 1e-6);
    a = sensitivity_effect(&s, strong, 1);
    b = sensitivity_effect(&s, weak, 1);
    assert_true(fabs(morris_star(a) - 100.0) < 4.0 * 50.0 * spread / sqrt(60.0));
    assert_true(fabs(morris_star(b) - 100.0) < 4.0 * 50.0 * spread / sqrt(60.0));
    assert_true(fabs(morris_sigma(a) / (50.0 * spread) - 1.0) < 0.35);
    /* what moved nothing one at a time takes no further runs */
    assert_null(sensitivity_effect(&s, factor(&s, "toy.idle"), 0));
    /* a quarter and more of the trajectories would have had both: not run, but said */
    assert_true(s.refused > 0 && s.refused < 4 * TRAJECTORIES);
    sensitivity_free(&s);
    scratch_close(&scratch);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(which_are_varied),
        cmocka_unit_test(how_far),
        cmocka_unit_test(measured_rows_stay),
        cmocka_unit_test(one_at_a_time),
        cmocka_unit_test(leaders),
        cmocka_unit_test(elementary_effects),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
