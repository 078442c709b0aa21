#include "sim/region.h"

#include "sim/date.h"
#include "sim/err.h"
#include "sim/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

enum { HOST, GUEST, MUTE, REGIONS = 3, MOST = 4000 };
enum { RING, KNOCK, LEAVE }; /* signals */

/* What happened, in order, as short texts. */
struct diary {
    int n;
    struct {
        int32_t time;
        char what;
        uint32_t subject, serial;
    } line[MOST];
};

static void
note(struct region *r, char what, uint32_t subject, uint32_t serial)
{
    struct diary *d = r->state;

    d->line[d->n].time = region_now(r);
    d->line[d->n].what = what;
    d->line[d->n].subject = subject;
    d->line[d->n++].serial = serial;
}

static void
host_a(struct region *r, const struct event *e)
{
    note(r, 'a', e->subject, e->serial);
    if (e->subject == 100) /* goes on at once, an hour and two hours later */
        for (int32_t i = 0; i < 3; i++)
            region_schedule(r, HOST, 1, 200, (uint32_t)i, e->time + 60 * i);
    if (e->subject == 101)
        region_signal(r, (int)e->serial, 55);
}

static void
host_b(struct region *r, const struct event *e)
{
    note(r, 'b', e->subject, e->serial);
}

static void
guest_c(struct region *r, const struct event *e)
{
    note(r, 'c', e->subject, e->serial);
}

static void
host_hears(struct region *r, uint32_t subject)
{
    note(r, 'h', subject, 0);
}

static void
guest_hears(struct region *r, uint32_t subject)
{
    note(r, 'g', subject, 0);
}

static void (*const host_on[])(struct region *, uint32_t) = {
    [RING] = host_hears, [KNOCK] = NULL};
static void (*const guest_on[])(struct region *, uint32_t) = {
    [RING] = guest_hears, [KNOCK] = guest_hears, [LEAVE] = NULL};

static void
host_starts(struct region *r)
{
    r->state = mem_alloc(1, sizeof(struct diary));
    note(r, 'S', r->index, 0);
}

static void
guest_starts(struct region *r)
{
    note(r, 'G', r->index, 0);
}

/* The guest, who came later, has left before. */
static void
host_ends(struct region *r)
{
    const struct diary *d = r->state;

    assert_int_equal(d->line[d->n - 1].what, 'E');
    mem_free(r->state);
}

static void
guest_ends(struct region *r)
{
    note(r, 'E', 0, 0);
}

static void
make_regions(struct setup *s, void *tab, struct report *report)
{
    (void)tab;
    (void)report;
    s->n_regions = REGIONS;
    s->region = mem_arena(&s->arena, REGIONS, sizeof *s->region);
    for (int i = 0; i < REGIONS; i++)
        s->region[i] = (struct region_name){.code = 10u * (unsigned)i + 1, .name = "x"};
}

static const struct handler host_handlers[] = {
    {"a", host_a, "a"}, {"b", host_b, "b"}, {.name = NULL}};
static const struct handler guest_handlers[] = {{"c", guest_c, "c"}, {.name = NULL}};

static const struct field out_table[] = {
    {.name = "unused", .unit = "1", .doc = "x", .kind = FIELD_INT, .count = 1},
    {.name = NULL}};

static const struct model host = {.name = "host",
    .prepare = make_regions,
    .handlers = host_handlers,
    .start = host_starts,
    .finish = host_ends,
    .on = host_on,
    .n_signals = 2};
static const struct model guest = {.name = "guest",
    .out_size = sizeof(int64_t),
    .out = out_table,
    .handlers = guest_handlers,
    .start = guest_starts,
    .finish = guest_ends,
    .on = guest_on,
    .n_signals = 3};
static const struct model mute = {.name = "mute"};
static const struct model *const models[] = {&host, &guest, &mute, NULL};

struct fixture {
    struct setup setup;
    struct report report;
    void *par[3];
    struct region region;
};

static int
open_region(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);

    *state = f;
    setup_init(&f->setup, models, f->par, date_day(2021, 1, 1), date_day(2021, 1, 31),
        &f->report);
    region_init(&f->region, &f->setup, 1, rng_run(1, 0));
    return 0;
}

static int
close_region(void **state)
{
    struct fixture *f = *state;

    region_free(&f->region);
    region_free(&f->region); /* twice is fine */
    setup_free(&f->setup);
    mem_free(f);
    return 0;
}

static const struct diary *
diary(const struct fixture *f)
{
    return f->region.state;
}

/* Every model in the order of the list; results stand ready and empty. */
static void
models_start_in_order(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(diary(f)->n, 2);
    assert_int_equal(diary(f)->line[0].what, 'S');
    assert_int_equal(diary(f)->line[1].what, 'G');
    assert_int_equal(diary(f)->line[0].subject, 1);
    assert_int_equal(f->region.code, 11);
    assert_null(f->region.out[HOST]);
    assert_int_equal(*(const int64_t *)f->region.out[GUEST], 0);
    assert_int_equal(region_now(&f->region), 0);
}

/* By time, model and handler, subject, serial: never by the order of scheduling. */
static void
events_have_one_order(void **state)
{
    struct fixture *f = *state;
    struct region *r = &f->region;
    static const struct {
        int model, which;
        uint32_t subject, serial;
        int32_t time;
    } given[] = {{GUEST, 0, 0, 0, 50}, {HOST, 1, 0, 0, 50}, {HOST, 0, 9, 0, 50},
        {HOST, 0, 4, 7, 50}, {HOST, 0, 4, 2, 50}, {GUEST, 0, 3, 0, 49},
        {HOST, 0, 1, 0, 51}, {HOST, 0, 2, 0, 0}};
    static const int want[] = {7, 5, 4, 3, 2, 1, 0, 6};

    for (int i = 0; i < 8; i++)
        region_schedule(r, given[i].model, given[i].which, given[i].subject,
            given[i].serial, given[i].time);
    region_run(r, 1000);
    assert_int_equal(diary(f)->n, 2 + 8);
    for (int i = 0; i < 8; i++) {
        assert_int_equal(diary(f)->line[2 + i].time, given[want[i]].time);
        assert_int_equal(diary(f)->line[2 + i].subject, given[want[i]].subject);
        assert_int_equal(diary(f)->line[2 + i].serial, given[want[i]].serial);
    }
    assert_int_equal(r->events[0], 5);
    assert_int_equal(r->events[1], 1);
    assert_int_equal(r->events[2], 2);
}

/* What comes at the end of a window belongs to the next; the clock stands at the end.
 */
static void
a_window_ends_before_its_end(void **state)
{
    struct fixture *f = *state;
    struct region *r = &f->region;

    for (int32_t t = 99; t <= 101; t++)
        region_schedule(r, HOST, 1, (uint32_t)t, 0, t);
    region_run(r, 100);
    assert_int_equal(diary(f)->n, 2 + 1);
    assert_int_equal(region_now(r), 100);
    region_schedule(r, HOST, 1, 5, 0, 100);
    region_run(r, 101);
    assert_int_equal(diary(f)->n, 2 + 3);
    assert_int_equal(diary(f)->line[3].subject, 5);
    region_run(r, 200);
    assert_int_equal(diary(f)->n, 2 + 4);
    assert_int_equal(region_now(r), 200);
}

/* What would come after the run is not kept. */
static void
nothing_comes_after_the_run(void **state)
{
    struct fixture *f = *state;
    struct region *r = &f->region;

    region_schedule(r, HOST, 1, 1, 0, NEVER);
    region_schedule(r, HOST, 1, 2, 0, f->setup.end);
    region_schedule(r, HOST, 1, 3, 0, f->setup.end + 1);
    region_schedule(r, HOST, 1, 4, 0, f->setup.end - 1);
    assert_int_equal(r->calendar.n, 1);
    region_run(r, f->setup.end);
    assert_int_equal(diary(f)->n, 2 + 1);
    assert_int_equal(diary(f)->line[2].subject, 4);
}

static void
a_handler_may_go_on_at_once(void **state)
{
    struct fixture *f = *state;

    region_schedule(&f->region, HOST, 0, 100, 0, 1000);
    region_schedule(&f->region, HOST, 1, 300, 0, 1001);
    region_run(&f->region, 1060);
    assert_int_equal(diary(f)->n, 2 + 3);
    assert_int_equal(diary(f)->line[3].time, 1000);
    assert_int_equal(diary(f)->line[3].subject, 200);
    assert_int_equal(diary(f)->line[4].subject, 300);
    region_run(&f->region, 5000);
    assert_int_equal(diary(f)->n, 2 + 5);
    assert_int_equal(diary(f)->line[5].time, 1060);
}

/* Listeners in the order of models; who has no answer, or fewer signals, is left out.
 */
static void
signals_reach_who_listens(void **state)
{
    struct fixture *f = *state;
    static const char want[] = "ahgaga"; /* the event, then who hears of it */

    for (uint32_t signal = RING; signal <= LEAVE; signal++)
        region_schedule(&f->region, HOST, 0, 101, signal, 10);
    region_run(&f->region, 20);
    assert_int_equal(diary(f)->n, 2 + (int)strlen(want));
    for (int i = 0; want[i] != '\0'; i++)
        assert_int_equal(diary(f)->line[2 + i].what, want[i]);
    assert_int_equal(diary(f)->line[3].subject, 55);
}

static void
messages_say_where_they_come_from(void **state)
{
    struct fixture *f = *state;
    struct region *r = &f->region;

    region_run(r, 77);
    for (uint32_t i = 0; i < 1000; i++) { /* the outbox grows */
        struct message *m = region_send(r, i % REGIONS, GUEST, i + 5);
        for (int k = 0; k < MESSAGE_BODY; k++)
            assert_int_equal(m->body.byte[k], 0);
        memset(m->body.byte, (int)(i % 100), MESSAGE_BODY);
    }
    assert_int_equal(r->n_out, 1000);
    for (uint32_t i = 0; i < 1000; i++) {
        const struct message *m = &r->outbox[i];
        assert_int_equal(m->time, 77);
        assert_int_equal(m->from, 1);
        assert_int_equal(m->to, i % REGIONS);
        assert_int_equal(m->model, GUEST);
        assert_int_equal(m->serial, i);
        assert_int_equal(m->kind, i + 5);
        assert_int_equal(m->body.byte[MESSAGE_BODY - 1], i % 100);
    }
}

/* Prefetching subjects' records, and those they link to, is a hint: also when links
 * lead nowhere, or there are fewer records than subjects. */
static void
records_change_nothing(void **state)
{
    struct fixture *f = *state;
    static unsigned char record[300][64];
    struct diary *plain = mem_alloc(1, sizeof *plain);

    memset(record, 0xff, sizeof record / 2);
    for (int with = 0; with < 3; with++) {
        region_records(&f->region, HOST, REGION_SUBJECT,
            (struct region_records){.row = with > 0 ? record[0] : NULL,
                .size = sizeof record[0],
                .link = 12,
                .n = with == 2 ? 300 : 0});
        int32_t base = region_now(&f->region);
        for (uint32_t i = 0; i < 500; i++)
            region_schedule(&f->region, HOST, 1, i, 0, base + (int32_t)(i * 37 % 101));
        ((struct diary *)f->region.state)->n = 0;
        region_run(&f->region, base + 1000);
        assert_int_equal(diary(f)->n, 500);
        for (int i = 0; i < 500 && with > 0; i++)
            assert_int_equal(plain->line[i].subject, diary(f)->line[i].subject);
        *plain = *diary(f);
    }
    mem_free(plain);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_region, close_region)
    const struct CMUnitTest tests[] = {
        TEST(models_start_in_order),
        TEST(events_have_one_order),
        TEST(a_window_ends_before_its_end),
        TEST(nothing_comes_after_the_run),
        TEST(a_handler_may_go_on_at_once),
        TEST(signals_reach_who_listens),
        TEST(messages_say_where_they_come_from),
        TEST(records_change_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
