#include "sim/executive.h"

#include "sim/date.h"
#include "sim/mem.h"
#include "sim/region.h"
#include "tests/games.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

struct game {
    const struct model *models[2];
    struct setup setup;
    struct report report;
    void *par[1];
    struct result result;
    struct executive_work work;
};

enum { JARS = 3 };

struct jar_out {
    int64_t seen, kept;
};

static const struct field jar_table[] = {
    {FIELD(struct jar_out, seen), .unit = "1", .doc = "counted in a month",
        .method = FIELD_SUM},
    {FIELD(struct jar_out, kept), .unit = "1", .doc = "observed"},
    {.name = NULL},
};

static void
jar_prepare(struct setup *s, void *tab, struct report *report)
{
    (void)report;
    *(struct axis *)tab = (struct axis){.name = "jar", .n = JARS};
    s->n_regions = 2;
    s->region = mem_arena(&s->arena, 2, sizeof *s->region);
    s->region[1].code = 1;
}

static const struct axis *
jars(const struct setup *s)
{
    return s->tab[0];
}

static void
jar_start(struct region *r)
{
    region_schedule(r, 0, 0, 0, 0, 100);
}

/* Once, in the first month. */
static void
jar_count(struct region *r, const struct event *e)
{
    struct jar_out *out = r->out[0];

    (void)e;
    for (int i = 0; i < JARS; i++)
        out[i].seen += 1 + i;
}

static void
jar_observe(struct region *r)
{
    struct jar_out *out = r->out[0];

    for (int i = 0; i < JARS; i++)
        out[i].kept = 10 * (int64_t)r->index + i;
}

static const struct handler jar_handlers[] = {
    {"count", jar_count, "counts"}, {.name = NULL}};
static const struct model jar_model = {.name = "jar",
    .tab_size = sizeof(struct axis),
    .prepare = jar_prepare,
    .out_size = sizeof(struct jar_out),
    .out = jar_table,
    .items = jars,
    .handlers = jar_handlers,
    .start = jar_start,
    .observe = jar_observe};

static void
game_open(struct game *g, const struct model *model, int months)
{
    memset(g, 0, sizeof *g);
    g->models[0] = model;
    setup_init(&g->setup, g->models, g->par, date_day(2021, 1, 1),
        date_day(2021 + months / 12, 1 + months % 12, 1) - 1, &g->report);
    g->setup.seed = 4;
    result_init(&g->result, &g->setup, 2);
}

static void
game_close(struct game *g)
{
    executive_work_free(&g->work);
    result_free(&g->result);
    setup_free(&g->setup);
}

static void
game_run(struct game *g, int replicate, int threads)
{
    const struct executive_watch watch = {.month = NULL};

    assert_int_equal(
        executive_run(&g->setup, replicate, threads, &g->result, &watch, &g->work), 0);
}

static const struct games_out *
at(const struct game *g, int replicate, int time, int region)
{
    return result_at(&g->result, 0, replicate, time, region);
}

/* All items of a region are kept, and start again from 0 each month. */
static void
every_item_is_observed(void **state)
{
    struct game *g = mem_alloc(1, sizeof *g);

    (void)state;
    game_open(g, &jar_model, 2);
    game_run(g, 0, 2);
    game_run(g, 1, 1);
    for (int rep = 0; rep < 2; rep++)
        for (int t = 0; t < 3; t++)
            for (int k = 0; k < 2; k++) {
                const struct jar_out *out = result_at(&g->result, 0, rep, t, k);
                for (int i = 0; i < JARS; i++) {
                    assert_int_equal(out[i].seen, t == 1 ? 1 + i : 0);
                    assert_int_equal(out[i].kept, 10 * k + i);
                }
            }
    game_close(g);
    mem_free(g);
}

/* The window is a week, cut at month ends: days 7, 14, 21, 28, 31, 38 ... */
static void
messages_arrive_at_the_windows_end(void **state)
{
    static const int january[] = {7, 14, 21, 28, 31}, february[] = {38, 45, 52, 59};
    struct game *g = mem_alloc(1, sizeof *g);
    int64_t n = 0;

    (void)state;
    game_open(g, &games_pong, 2);
    game_run(g, 0, 2);
    for (int i = 0; i < 5; i++) /* the service comes to region 1 */
        assert_int_equal(at(g, 0, 1, (i + 1) % 2)->log[i / 2], january[i]);
    for (int i = 0; i < 4; i++)
        assert_int_equal(at(g, 0, 2, i % 2)->log[i / 2], february[i]);
    for (int t = 1; t <= 2; t++)
        for (int k = 0; k < 2; k++)
            n += at(g, 0, t, k)->came;
    assert_int_equal(n, 9);
    assert_int_equal(g->work.messages, 9);
    assert_int_equal(g->work.events[0], 9);
    game_close(g);
    mem_free(g);
}

static void
a_shorter_window_delivers_sooner(void **state)
{
    struct game *g = mem_alloc(1, sizeof *g);

    (void)state;
    game_open(g, &games_pong, 1);
    g->setup.window = MINUTES_A_DAY;
    game_run(g, 0, 1);
    /* hit at 0.5, come at 1, hit at 2, come at 3: every second day */
    for (int i = 0; i < 15; i++)
        assert_int_equal(at(g, 0, 1, (i + 1) % 2)->log[i / 2], 1 + 2 * i);
    game_close(g);
    mem_free(g);
}

/* By time of sending, then sender, then order of sending. */
static void
mail_has_one_order(void **state)
{
    static const int64_t want[] = {10060, 10061, 12050, 12051, 15040, 15041, 20030,
        20031, 30010, 30011, 30020, 30021, 50000, 50001};
    struct game *g = mem_alloc(1, sizeof *g);

    (void)state;
    for (int threads = 1; threads <= 4; threads++) {
        game_open(g, &games_post, 1);
        game_run(g, 0, threads);
        assert_int_equal(at(g, 0, 1, 0)->came, 14);
        for (int i = 0; i < 14; i++)
            assert_int_equal(at(g, 0, 1, 0)->log[i], want[i]);
        game_close(g);
    }
    mem_free(g);
}

/* Balls are neither lost nor doubled, and none is on its way when a month ends. */
static void
balls_are_conserved(void **state)
{
    struct game *g = mem_alloc(1, sizeof *g);
    int64_t hops = 0, came = 0;

    (void)state;
    game_open(g, &games_phold, 24);
    game_run(g, 0, 2);
    for (int t = 0; t < g->setup.n_times; t++) {
        int64_t balls = 0;
        for (int k = 0; k < GAMES_REGIONS; k++) {
            balls += at(g, 0, t, k)->balls;
            hops += at(g, 0, t, k)->hops;
            came += at(g, 0, t, k)->came;
        }
        assert_int_equal(balls, GAMES_REGIONS * GAMES_BALLS);
    }
    /* the start is seen before anything happens, and sums begin anew every month */
    assert_int_equal(at(g, 0, 0, 0)->hops, 0);
    assert_int_equal(g->work.events[0], hops);
    assert_int_equal(g->work.messages, came);
    assert_true(hops > 20000 && came > hops / 5);
    game_close(g);
    mem_free(g);
}

/* The same bits on 1 to 4 threads; other bits in another replicate or under another
 * seed. */
static void
threads_change_no_bit(void **state)
{
    struct game *one = mem_alloc(1, sizeof *one), *g = mem_alloc(1, sizeof *g);
    size_t size = sizeof(struct games_out) * GAMES_REGIONS * 25;

    (void)state;
    game_open(one, &games_phold, 24);
    game_run(one, 0, 1);
    for (int threads = 2; threads <= 4; threads++) {
        game_open(g, &games_phold, 24);
        game_run(g, 1, threads);
        game_run(g, 0, threads);
        assert_memory_equal(at(one, 0, 0, 0), at(g, 0, 0, 0), size);
        assert_memory_not_equal(at(g, 0, 0, 0), at(g, 1, 0, 0), size);
        game_close(g);
    }
    game_open(g, &games_phold, 24);
    g->setup.seed = 5;
    game_run(g, 0, 2);
    assert_memory_not_equal(at(one, 0, 0, 0), at(g, 0, 0, 0), size);
    game_close(g);
    game_close(one);
    mem_free(one);
    mem_free(g);
}

struct watcher {
    int months, asked, stop_at;
};

static void
see_month(void *context, int replicate, int time)
{
    struct watcher *w = context;

    assert_int_equal(replicate, 1);
    assert_int_equal(time, ++w->months);
}

static bool
enough(void *context)
{
    struct watcher *w = context;

    return ++w->asked == w->stop_at;
}

static void
a_watch_sees_months_and_may_stop(void **state)
{
    struct game *g = mem_alloc(1, sizeof *g);
    struct watcher w = {.stop_at = 0};
    const struct executive_watch watch = {
        .month = see_month, .stop = enough, .context = &w};

    (void)state;
    game_open(g, &games_phold, 3);
    assert_int_equal(executive_run(&g->setup, 1, 2, &g->result, &watch, &g->work), 0);
    assert_int_equal(w.months, 3);
    /* once a window of January, February, March; a finished run is not stopped */
    assert_int_equal(w.asked, 5 + 4 + 5);
    w = (struct watcher){.stop_at = 7};
    assert_int_equal(
        executive_run(&g->setup, 1, 2, &g->result, &watch, &g->work), ERR_STOPPED);
    assert_int_equal(w.months, 1);
    assert_int_equal(w.asked, 7);
    assert_non_null(strstr(err_text(), "stopped"));
    game_close(g);
    mem_free(g);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_is_observed),
        cmocka_unit_test(messages_arrive_at_the_windows_end),
        cmocka_unit_test(a_shorter_window_delivers_sooner),
        cmocka_unit_test(mail_has_one_order),
        cmocka_unit_test(balls_are_conserved),
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(a_watch_sees_months_and_may_stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
