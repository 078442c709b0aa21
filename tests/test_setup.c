#define _POSIX_C_SOURCE 200809L
#include "sim/setup.h"

#include "sim/date.h"
#include "sim/scenario.h"
#include "tests/scratch.h"
#include "tests/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

struct tab {
    int calls, window;
};

/* Two regions; keeps what it saw of the clock. */
static void
prepare(struct setup *s, void *tab, struct report *report)
{
    struct tab *t = tab;

    (void)report;
    t->calls++;
    t->window = s->window;
    s->n_regions = 2;
    s->region = mem_arena(&s->arena, 2, sizeof *s->region);
    s->region[0] = (struct region_name){.code = 5, .name = "a"};
    s->region[1] = (struct region_name){.code = 9, .name = "b"};
}

static void
complain(struct setup *s, void *tab, struct report *report)
{
    (void)tab;
    report_mistake(report, setup_place(s, "shop.label"), "nobody likes it");
}

static void
handle(struct region *r, const struct event *e)
{
    (void)r;
    (void)e;
}

static const struct handler two[] = {
    {"one", handle, "first"}, {"two", handle, "second"}, {.name = NULL}};
static const struct handler one[] = {{"three", handle, "third"}, {.name = NULL}};

static const struct model first = {.name = "first",
    .handlers = two,
    .tab_size = sizeof(struct tab),
    .prepare = prepare};
static const struct model idle = {.name = "idle"};
static const struct model last = {.name = "last",
    .handlers = one,
    .tab_size = sizeof(struct tab),
    .prepare = prepare};
static const struct model critic = {.name = "critic", .prepare = complain};

static const struct model *const models[] = {&first, &idle, &last, NULL};

static void
init(struct setup *s, const char *from, const char *to)
{
    struct report report = {0};
    int32_t a = 0, b = 0;

    assert_true(date_read(from, &a) && date_read(to, &b));
    *s = (struct setup){.seed = 0};
    setup_init(s, models, NULL, a, b, &report);
    assert_int_equal(report.mistakes, 0);
    report_free(&report);
}

static void
clock_of_whole_months(void **state)
{
    static const int days[] = {0, 31, 59, 90};
    struct setup s;

    (void)state;
    init(&s, "2021-01-01", "2021-03-31");
    assert_int_equal(s.n_times, 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(s.time[i], days[i] * MINUTES_A_DAY);
    assert_int_equal(s.end, 90 * MINUTES_A_DAY);
    assert_int_equal(s.window, 7 * MINUTES_A_DAY);
    setup_free(&s);
    setup_free(&s);
}

static void
clock_of_broken_months(void **state)
{
    struct setup s;

    (void)state;
    init(&s, "2023-12-15", "2024-03-01"); /* over a year's end and a leap day */
    assert_int_equal(s.n_times, 5);
    assert_int_equal(s.time[1], 17 * MINUTES_A_DAY);
    assert_int_equal(s.time[2], (17 + 31) * MINUTES_A_DAY);
    assert_int_equal(s.time[3], (17 + 31 + 29) * MINUTES_A_DAY);
    assert_int_equal(s.time[4], (17 + 31 + 29 + 1) * MINUTES_A_DAY);
    assert_int_equal(s.time[4], s.end);
    setup_free(&s);
    init(&s, "2021-01-31", "2021-01-31"); /* one day, a month's last */
    assert_int_equal(s.n_times, 2);
    assert_int_equal(s.end, MINUTES_A_DAY);
    setup_free(&s);
    init(&s, "2021-01-05", "2021-01-05");
    assert_int_equal(s.n_times, 2);
    assert_int_equal(s.time[1], MINUTES_A_DAY);
    setup_free(&s);
}

static void
longest_run(void **state)
{
    struct setup s;

    (void)state;
    init(&s, "2021-01-01", "2220-12-31");
    assert_int_equal(s.n_times, 1 + 200 * 12);
    for (int i = 1; i < s.n_times; i++)
        assert_true(s.time[i] > s.time[i - 1]);
    assert_int_equal(s.time[s.n_times - 1], s.end);
    assert_true(s.end < NEVER);
    setup_free(&s);
}

static void
year_of_a_moment(void **state)
{
    struct setup s;

    (void)state;
    init(&s, "2020-07-01", "2024-12-31");
    assert_true(setup_year(&s, 0) == 2020 + 182.0 / 366);
    assert_true(setup_year(&s, 184 * MINUTES_A_DAY) == 2021);
    /* A minute before the year it is 1 / (366 * 1440) less, to rounding at 2020: 2^-42.
     */
    double before = setup_year(&s, 184 * MINUTES_A_DAY - 1);
    assert_true(before < 2021);
    assert_true(before > 2021 - 1.0 / (366 * 1440.0) - 1e-12);
    setup_free(&s);
}

static void
handlers_and_tables(void **state)
{
    struct setup s = {.window = 1440, .seed = 77, .n_kinds = 99, .n_regions = 4};
    struct report report = {0};

    (void)state;
    setup_init(&s, models, NULL, 0, 30, &report);
    assert_int_equal(report.mistakes, 0);
    assert_int_equal(s.n_models, 3);
    assert_int_equal(s.seed, 77);
    assert_int_equal(s.n_kinds, 3);
    assert_int_equal(s.first_kind[0], 0);
    assert_int_equal(s.first_kind[1], 2);
    assert_int_equal(s.first_kind[2], 2);
    assert_ptr_equal(s.handler[1], &two[1]);
    assert_ptr_equal(s.handler[2], &one[0]);
    const struct tab *a = s.tab[0], *b = s.tab[2];
    assert_int_equal(a->calls, 1);
    assert_int_equal(b->calls, 1);
    assert_int_equal(a->window, 1440); /* the clock came before */
    assert_int_equal(s.n_regions, 2);
    setup_free(&s);
}

static void
stops_at_the_first_mistake(void **state)
{
    static const struct model *const list[] = {&first, &critic, &last, NULL};
    struct scratch k;
    struct scenario c;
    struct setup s = {.scenario = &c};

    (void)state;
    scratch_open(&k);
    scratch_write(&k, "a.yaml",
        "start: 2021-01-01\nend: 2021-01-31\nshop:\n  label: a\n  items: []\n");
    scenario_read(&c, scratch_path(&k, "a.yaml"), shop_models, NULL, 0, &k.report);
    setup_init(&s, list, NULL, c.run.start, c.run.end, &k.report);
    assert_int_equal(((const struct tab *)s.tab[0])->calls, 1);
    assert_int_equal(((const struct tab *)s.tab[2])->calls, 0);
    assert_string_equal(scratch_report(&k), "a.yaml:4:10: nobody likes it\n");
    setup_free(&s);
    scenario_free(&c);

    struct place none = setup_place(&s, "shop.label"); /* no scenario, no place */
    assert_null(none.file);
    scratch_close(&k);
}

static const struct axis *
things(const struct setup *s)
{
    static const struct axis axis[2] = {
        {.name = "early", .n = 1}, {.name = "late", .n = 2}};
    const struct tab *after = s->tab[1];

    return &axis[after->calls]; /* what the next model prepared */
}

/* The same name as that of a row's own axis. */
static const struct axis *
same_name(const struct setup *s)
{
    static const struct axis axis = {.name = "x", .n = 1};

    (void)s;
    return &axis;
}

struct thing {
    double size;
};

static const struct field thing_out[] = {
    {FIELD(struct thing, size), .unit = "1", .doc = "size"}, {.name = NULL}};
static const struct model has_things = {.name = "has_things",
    .out_size = sizeof(struct thing),
    .out = thing_out,
    .items = things};

static void
items_are_asked_once_all_have_prepared(void **state)
{
    static const struct model *const list[] = {&has_things, &first, NULL};
    struct setup s = {.seed = 0};
    struct report report = {0};

    (void)state;
    setup_init(&s, list, NULL, 0, 30, &report);
    assert_string_equal(setup_items(&s, 0)->name, "late");
    assert_ptr_equal(setup_items(&s, 0), s.items[0]);
    assert_null(setup_items(&s, 1));
    assert_int_equal(setup_out_bytes(&s, 0), 2 * sizeof(struct thing));
    assert_int_equal(setup_out_bytes(&s, 1), 0);
    setup_free(&s);
}

static void
unsorted(struct setup *s, void *tab, struct report *report)
{
    prepare(s, tab, report);
    s->region[1].code = 5;
}

struct out {
    double x[2];
};

static const struct axis axis = {.name = "x", .n = 2};
static const struct field good_out[] = {
    {FIELD(struct out, x), .unit = "1", .doc = "x", .axis = {&axis}}, {.name = NULL}};
static const struct field no_axis[] = {
    {FIELD(struct out, x), .unit = "1", .doc = "x"}, {.name = NULL}};
static const struct model has_x = {.name = "has_x", .out = good_out};
static const struct model has_x_too = {.name = "has_x_too", .out = good_out};
static const struct model has_no_axis = {.name = "has_no_axis", .out = no_axis};
static const struct model mixed = {
    .name = "mixed", .tab_size = sizeof(struct tab), .prepare = unsorted};

static const struct model x_by_x = {.name = "x_by_x",
    .out_size = sizeof(struct out),
    .out = good_out,
    .items = same_name};

/* Does setup_init() abort with this list of models? */
static bool
aborts(const struct model *const *list)
{
    pid_t child = fork();
    int status;

    assert_true(child >= 0);
    if (child == 0) {
        struct setup s = {.seed = 0};
        struct report report = {0};
        signal(SIGABRT, SIG_DFL); /* cmocka would catch it */
        close(2);
        setup_init(&s, list, NULL, 0, 30, &report);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void
bugs_of_models_abort(void **state)
{
    static const struct model *const fine[] = {&first, &has_x, NULL};
    static const struct model *const twice[] = {&first, &has_x, &has_x_too, NULL};
    static const struct model *const axes[] = {&first, &has_no_axis, NULL};
    static const struct model *const items[] = {&first, &x_by_x, NULL};
    static const struct model *const order[] = {&mixed, NULL};
    static const struct model *const nowhere[] = {&idle, NULL};

    (void)state;
    assert_false(aborts(fine));
    assert_true(aborts(twice));   /* a result's name in two models */
    assert_true(aborts(axes));    /* two elements, no axis */
    assert_true(aborts(items));   /* items by the name of a result's own axis */
    assert_true(aborts(order));   /* two regions of one code */
    assert_true(aborts(nowhere)); /* no regions */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clock_of_whole_months),
        cmocka_unit_test(clock_of_broken_months),
        cmocka_unit_test(longest_run),
        cmocka_unit_test(year_of_a_moment),
        cmocka_unit_test(handlers_and_tables),
        cmocka_unit_test(stops_at_the_first_mistake),
        cmocka_unit_test(items_are_asked_once_all_have_prepared),
        cmocka_unit_test(bugs_of_models_abort),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
