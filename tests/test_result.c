#include "sim/result.h"

#include "tests/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

struct queue_out {
    int64_t came;
    double waited[3];
};

struct shelf_out {
    double full;
};

static const struct axis class_axis = {.name = "class", .n = 3};

static const struct field queue_table[] = {
    {FIELD(struct queue_out, came), .unit = "person", .doc = "came"},
    {FIELD(struct queue_out, waited), .unit = "day", .doc = "waited",
        .axis = {&class_axis}},
    {.name = NULL},
};

static const struct field shelf_table[] = {
    {FIELD(struct shelf_out, full), .unit = "1", .doc = "share in use"},
    {.name = NULL},
};

static void
two_regions(struct setup *s, void *tab, struct report *report)
{
    (void)tab;
    (void)report;
    s->n_regions = 2;
    s->region = mem_arena(&s->arena, 2, sizeof *s->region);
    s->region[1].code = 1;
}

static const struct model queue = {.name = "queue",
    .out_size = sizeof(struct queue_out),
    .out = queue_table,
    .prepare = two_regions};
static const struct model silent = {.name = "silent"};
static const struct model shelf = {
    .name = "shelf", .out_size = sizeof(struct shelf_out), .out = shelf_table};

static const struct axis shelves = {.name = "shelf", .n = 2},
                         no_shelves = {.name = "none"};

static const struct axis *
two_shelves(const struct setup *s)
{
    (void)s;
    return &shelves;
}

static const struct axis *
no_shelf(const struct setup *s)
{
    (void)s;
    return &no_shelves;
}

static const struct model by_shelf = {.name = "by_shelf",
    .out_size = sizeof(struct queue_out),
    .out = queue_table,
    .items = two_shelves,
    .prepare = two_regions};
static const struct model by_nothing = {.name = "by_nothing",
    .out_size = sizeof(struct shelf_out),
    .out = shelf_table,
    .items = no_shelf};

/* Each of two regions in the first shard and more: one of the first, two of the other.
 */
static void
split_regions(struct setup *s, void *tab, struct report *report)
{
    two_regions(s, tab, report);
    s->region[0].more = 1;
    s->region[1].more = 2;
}

static const struct model in_all = {.name = "in_all",
    .out_size = sizeof(struct queue_out),
    .out = queue_table,
    .items = two_shelves,
    .prepare = split_regions,
    .shards = true};
static const struct model in_first = {
    .name = "in_first", .out_size = sizeof(struct shelf_out), .out = shelf_table};
static const struct model *const in_shards[] = {&in_all, &in_first, NULL};

static const struct model *const by_items[] = {&by_shelf, &by_nothing, NULL};

static const struct model *const models[] = {&queue, &silent, &shelf, NULL};

static void
init(struct setup *s)
{
    struct report report = {0};

    *s = (struct setup){.seed = 0};
    setup_init(s, models, NULL, 0, 58, &report); /* two months: three times */
    assert_int_equal(report.mistakes, 0);
    assert_int_equal(s->n_times, 3);
}

static void
rows_cover_results(void **state)
{
    (void)state;
    rows_cover(queue_table, sizeof(struct queue_out));
    rows_cover(shelf_table, sizeof(struct shelf_out));
}

/* Every place is zero at first, holds what is written, and meets no other. */
static void
every_place_is_its_own(void **state)
{
    struct setup s;
    struct result r;
    int64_t n = 0, m = 0;

    (void)state;
    init(&s);
    result_init(&r, &s, 4);
    for (int rep = 0; rep < 4; rep++)
        for (int t = 0; t < 3; t++)
            for (int g = 0; g < 2; g++) {
                struct queue_out *q = result_at(&r, 0, rep, t, g);
                struct shelf_out *h = result_at(&r, 2, rep, t, g);
                assert_true(q->came == 0 && q->waited[2] == 0 && h->full == 0);
                q->came = ++n;
                q->waited[2] = (double)n;
                h->full = (double)-n;
                assert_non_null(result_at(&r, 1, rep, t, g));
            }
    for (int rep = 0; rep < 4; rep++)
        for (int t = 0; t < 3; t++)
            for (int g = 0; g < 2; g++) {
                const struct queue_out *q = result_at(&r, 0, rep, t, g);
                const struct shelf_out *h = result_at(&r, 2, rep, t, g);
                m++;
                assert_true(q->came == m && q->waited[2] == (double)m);
                assert_true(h->full == (double)-m);
            }
    assert_int_equal(n, 24);
    /* [replicates][times][regions], as the header says. */
    assert_int_equal(((const struct queue_out *)(const void *)r.data[0])[13].came, 14);
    result_free(&r);
    result_free(&r);
    setup_free(&s);
}

/* One at a time, as a run until decided does: what is there stays, the new is zero. */
static void
results_grow(void **state)
{
    struct setup s;
    struct result r, whole;

    (void)state;
    init(&s);
    result_init(&whole, &s, 9);
    result_init(&r, &s, 1);
    for (int rep = 0; rep < 9; rep++) {
        result_grow(&r, rep + 1);
        assert_int_equal(r.replicates, rep + 1);
        for (int t = 0; t < 3; t++)
            for (int g = 0; g < 2; g++) {
                struct queue_out *q = result_at(&r, 0, rep, t, g);
                struct queue_out *w = result_at(&whole, 0, rep, t, g);
                assert_true(q->came == 0 && q->waited[2] == 0.0);
                q->came = w->came = 100 * rep + 10 * t + g;
                q->waited[1] = w->waited[1] = 0.5 * rep;
            }
    }
    assert_memory_equal(r.data[0], whole.data[0], sizeof(struct queue_out) * 9 * 3 * 2);
    result_free(&r);
    result_free(&whole);
    setup_free(&s);
}

static void
found_by_name(void **state)
{
    struct setup s;

    (void)state;
    init(&s);
    struct result_row row = result_find(&s, "waited");
    assert_int_equal(row.model, 0);
    assert_ptr_equal(row.field, &queue_table[1]);
    row = result_find(&s, "full");
    assert_int_equal(row.model, 2);
    assert_ptr_equal(row.field, &shelf_table[0]);
    assert_null(row.items);
    row = result_find(&s, "silent");
    assert_true(row.model < 0);
    assert_null(row.field);
    setup_free(&s);
}

/* A place holds a struct an item, and no items are no results. */
static void
items_follow_each_other(void **state)
{
    struct report report = {0};
    struct setup s = {.seed = 0};
    struct result r;

    (void)state;
    setup_init(&s, by_items, NULL, 0, 58, &report);
    assert_int_equal(setup_out_bytes(&s, 0), 2 * sizeof(struct queue_out));
    assert_int_equal(setup_out_bytes(&s, 1), 0);
    result_init(&r, &s, 4);
    struct queue_out *q = result_at(&r, 0, 2, 1, 0), *next = result_at(&r, 0, 2, 1, 1);
    assert_int_equal(next - q, 2);
    assert_ptr_equal(result_at(&r, 0, 2, 2, 0), q + 4);
    assert_ptr_equal(result_at(&r, 0, 3, 1, 0), q + 12);
    assert_non_null(result_at(&r, 1, 3, 2, 1));
    q[0] = (struct queue_out){.came = 1, .waited = {1, 2, 4}};
    q[1] = (struct queue_out){.came = 10, .waited = {8, 16, 32}};
    next[0].came = 100;
    struct result_row row = result_find(&s, "waited");
    assert_ptr_equal(row.items, &shelves);
    assert_true(result_sum(&s, row, q, 0) == 7 && result_sum(&s, row, q, 1) == 56);
    assert_true(result_sum(&s, row, q, -1) == 63);
    row = result_find(&s, "came");
    assert_true(result_sum(&s, row, q, -1) == 11);
    assert_true(result_sum(&s, row, next, -1) == 100);
    assert_true(result_find(&s, "full").model < 0);
    result_free(&r);
    setup_free(&s);
}

/* What shards have apart is added to their region's, by replicate and time, every
 * number and item; once, however often it is asked for. */
static void
shards_are_added_up(void **state)
{
    struct setup s = {.seed = 0};
    struct report report = {0};
    struct result r;
    static const int region[] = {0, 1, 0, 1, 1};

    (void)state;
    setup_init(&s, in_shards, NULL, 0, 58, &report);
    assert_int_equal(s.n_shards, 5);
    for (int k = 0; k < s.n_shards; k++)
        assert_int_equal(s.shard[k].region, region[k]);
    assert_int_equal(setup_shard(&s, 0, 0), 0);
    assert_int_equal(setup_shard(&s, 1, 2), 4);
    result_init(&r, &s, 1);
    result_grow(&r, 3);
    for (int k = 0; k < s.n_shards; k++) {
        struct queue_out *q = result_at_shard(&r, 0, 1, 2, k);
        for (int item = 0; item < 2; item++)
            q[item] = (struct queue_out){
                .came = 1 << (2 * k + item), .waited = {0, 0, 0.5 * (k + 1)}};
    }
    result_grow(&r, 9);
    for (int again = 0; again < 2; again++) {
        result_fold(&r, 1);
        const struct queue_out *a = result_at(&r, 0, 1, 2, 0);
        const struct queue_out *b = result_at(&r, 0, 1, 2, 1);
        assert_int_equal(a[0].came, 1 << 0 | 1 << 4);
        assert_int_equal(a[1].came, 1 << 1 | 1 << 5);
        assert_int_equal(b[0].came, 1 << 2 | 1 << 6 | 1 << 8);
        assert_int_equal(b[1].came, 1 << 3 | 1 << 7 | 1 << 9);
        assert_true(a[0].waited[2] == 2.0 && b[1].waited[2] == 5.5);
        assert_int_equal(a[2].came, b[0].came); /* the next place */
        assert_int_equal(((struct queue_out *)result_at(&r, 0, 2, 2, 0))->came, 0);
    }
    result_free(&r);
    setup_free(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_cover_results),
        cmocka_unit_test(every_place_is_its_own),
        cmocka_unit_test(results_grow),
        cmocka_unit_test(found_by_name),
        cmocka_unit_test(items_follow_each_other),
        cmocka_unit_test(shards_are_added_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
