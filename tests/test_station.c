#define _POSIX_C_SOURCE 200809L
#include "sim/station.h"

#include "sim/mem.h"
#include "sim/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The subjects in line, in the order in which they would be served, as letters. */
static const char *
line(const struct station *s, char text[64])
{
    size_t n = 0;

    for (uint32_t t = station_first(s); t != STATION_NONE; t = station_after(s, t))
        text[n++] = (char)s->ticket[t].subject;
    text[n] = '\0';
    assert_int_equal(n, s->waiting);
    return text;
}

static void
order(void **state)
{
    struct station s;
    char text[64];

    (void)state;
    station_init(&s, 2, 3);
    assert_int_equal(station_first(&s), STATION_NONE);
    station_join(&s, 'x', 2, 1);
    station_join(&s, 'm', 1, 2);
    station_join(&s, 'y', 2, 3);
    station_join(&s, 'a', 0, 4);
    station_join(&s, 'n', 1, 4);
    station_join(&s, 'z', 2, 5);
    assert_string_equal(line(&s, text), "amnxyz");
    station_serve(&s, station_first(&s), 6);
    station_serve(&s, station_first(&s), 6);
    assert_string_equal(line(&s, text), "nxyz");
    assert_false(station_open(&s));
    station_release(&s, 7);
    assert_true(station_open(&s));
    station_join(&s, 'b', 0, 8); /* goes first, though it came last */
    assert_string_equal(line(&s, text), "bnxyz");
    station_free(&s);
    station_free(&s); /* may be called twice */
}

/* Who comes back with an earlier time goes before those of the class who are younger,
 * wherever they stand. */
static void
rejoin(void **state)
{
    struct station s;
    char text[64];

    (void)state;
    station_init(&s, 1, 2);
    station_rejoin(&s, 'c', 1, 30, 50);                 /* into an empty line */
    station_rejoin(&s, 'a', 1, 10, 50);                 /* at the head */
    station_rejoin(&s, 'd', 1, 40, 50);                 /* at the tail */
    station_rejoin(&s, 'b', 1, 20, 50);                 /* between */
    uint32_t same = station_rejoin(&s, 'e', 1, 20, 50); /* behind its like */
    station_rejoin(&s, 'z', 1, -5, 50);
    station_join(&s, 'f', 1, 50);
    station_join(&s, 'x', 0, 50);
    assert_string_equal(line(&s, text), "xzabecdf");
    assert_int_equal(s.ticket[same].joined, 20);
    station_leave(&s, same, 60);
    station_serve(&s, station_first(&s), 60);
    assert_string_equal(line(&s, text), "zabcdf");
    for (uint32_t t = s.tail[1]; t != STATION_NONE; t = s.ticket[t].before)
        assert_true(s.ticket[t].before == STATION_NONE ||
                    s.ticket[s.ticket[t].before].next == t);
    assert_int_equal(s.joined, s.served + s.left + s.waiting);
    station_free(&s);
}

/* From the head, the middle and the end of a class, and its only one. */
static void
leave(void **state)
{
    struct station s;
    uint32_t t[6];
    char text[64];

    (void)state;
    station_init(&s, 0, 2);
    for (uint32_t i = 0; i < 6; i++)
        t[i] = station_join(&s, 'a' + i, i == 5, 0);
    station_leave(&s, t[2], 1);
    assert_string_equal(line(&s, text), "abdef");
    station_leave(&s, t[0], 1);
    assert_string_equal(line(&s, text), "bdef");
    station_leave(&s, t[4], 1);
    assert_string_equal(line(&s, text), "bdf");
    station_leave(&s, t[5], 1);
    assert_string_equal(line(&s, text), "bd");
    station_join(&s, 'g', 1, 2);
    station_join(&s, 'h', 0, 2);
    assert_string_equal(line(&s, text), "bdhg");
    station_leave(&s, t[1], 3);
    station_leave(&s, t[3], 3);
    assert_string_equal(line(&s, text), "hg");
    assert_int_equal(s.left, 6);
    assert_int_equal(s.joined, 8);
    station_free(&s);
}

/* Whose turn it is may be passed over: a place goes to anyone in line. */
static void
pass_over(void **state)
{
    struct station s;
    char text[64];

    (void)state;
    station_init(&s, 1, 1);
    station_join(&s, 'a', 0, 0);
    uint32_t b = station_join(&s, 'b', 0, 0);
    station_join(&s, 'c', 0, 0);
    station_serve(&s, b, 5);
    assert_string_equal(line(&s, text), "ac");
    assert_int_equal(s.served, 1);
    station_free(&s);
}

/* Nobody is sent away; nobody is served until enough have left. */
static void
shrink(void **state)
{
    struct station s;

    (void)state;
    station_init(&s, 3, 1);
    for (int i = 0; i < 3; i++)
        station_take(&s, 0);
    station_join(&s, 'a', 0, 0);
    s.capacity = 1;
    assert_int_equal(s.busy, 3);
    station_release(&s, 10);
    assert_false(station_open(&s));
    station_release(&s, 20);
    assert_false(station_open(&s));
    station_release(&s, 30);
    assert_true(station_open(&s));
    s.capacity = 0;
    assert_false(station_open(&s));
    s.capacity = 2;
    station_serve(&s, station_first(&s), 40);
    assert_true(station_open(&s));
    station_clock(&s, 50);
    assert_true(s.busy_minutes == 10 * 3 + 10 * 2 + 10 * 1 + 10 * 0 + 10 * 1);
    assert_true(s.waiting_minutes == 40);
    assert_int_equal(s.served, 1); /* who was taken without a line is not counted */
    station_free(&s);
}

/* Removing from the middle of a million costs what it costs in a line of ten: were it
 * a search, this test would take hours. Rows of tickets are used again. */
static void
long_line(void **state)
{
    enum { LONG = 1000000 };
    uint32_t *ticket = mem_alloc(LONG, sizeof *ticket);
    struct station s;

    (void)state;
    station_init(&s, 0, 2);
    for (int turn = 0; turn < 3; turn++) {
        for (uint32_t i = 0; i < LONG; i++)
            ticket[i] = station_join(&s, i, 1, turn);
        for (uint64_t i = 0; i < LONG; i++)
            station_leave(&s, ticket[i * 7919 % LONG], turn); /* 7919 is prime */
        assert_int_equal(station_first(&s), STATION_NONE);
        assert_int_equal(s.n, LONG);
    }
    assert_int_equal(s.joined, 3 * LONG);
    station_free(&s);
    mem_free(ticket);
}

enum { CLASSES = 3, MOST = 60, STEPS = 200000 };

/* The same station made of plain arrays, and integrals summed person by person. */
struct plain {
    uint32_t subject[CLASSES][MOST], ticket[CLASSES][MOST];
    int32_t joined[CLASSES][MOST];
    int n[CLASSES], waiting;
    int busy, capacity;
    int32_t taken[MOST];
    double waited, stayed;
    int64_t joins, serves, leaves;
};

static void
plain_take_out(struct plain *p, int class, int k, int32_t now)
{
    p->waited += now - p->joined[class][k];
    p->n[class]--;
    p->waiting--;
    for (; k < p->n[class]; k++) {
        p->subject[class][k] = p->subject[class][k + 1];
        p->ticket[class][k] = p->ticket[class][k + 1];
        p->joined[class][k] = p->joined[class][k + 1];
    }
}

static void
join_both(struct station *s, struct plain *p, uint32_t word, int32_t now)
{
    int class = (int)(word % CLASSES), k = p->n[class];

    if (p->waiting == MOST)
        return;
    p->subject[class][k] = word;
    p->joined[class][k] = now;
    p->ticket[class][k] = station_join(s, word, (uint32_t) class, now);
    p->n[class]++;
    p->waiting++;
    p->joins++;
}

/* Leaves from a place that `word` picks, or is served at the head. */
static void
take_both(struct station *s, struct plain *p, uint32_t word, bool serve, int32_t now)
{
    int class = 0, k = serve ? 0 : (int)(word % MOST);

    if (p->waiting == 0 || (serve && p->busy >= p->capacity))
        return;
    k %= p->waiting;
    while (k >= p->n[class])
        k -= p->n[class ++];
    uint32_t ticket = p->ticket[class][k];
    if (serve) {
        assert_int_equal(ticket, station_first(s));
        station_serve(s, ticket, now);
        p->taken[p->busy++] = now;
        p->serves++;
    } else {
        station_leave(s, ticket, now);
        p->leaves++;
    }
    plain_take_out(p, class, k, now);
}

static void
release_both(struct station *s, struct plain *p, uint32_t word, int32_t now)
{
    if (p->busy == 0)
        return;
    int k = (int)(word % (uint32_t)p->busy);
    station_release(s, now);
    p->stayed += now - p->taken[k];
    p->taken[k] = p->taken[--p->busy];
}

static void
compare(struct station *s, const struct plain *p, int32_t now)
{
    double waited = p->waited, stayed = p->stayed;
    uint32_t ticket = station_first(s);

    station_clock(s, now);
    for (int c = 0; c < CLASSES; c++)
        for (int k = 0; k < p->n[c]; k++) {
            assert_int_equal(s->ticket[ticket].subject, p->subject[c][k]);
            assert_int_equal(s->ticket[ticket].joined, p->joined[c][k]);
            waited += now - p->joined[c][k];
            ticket = station_after(s, ticket);
        }
    assert_int_equal(ticket, STATION_NONE);
    for (int k = 0; k < p->busy; k++)
        stayed += now - p->taken[k];
    assert_true(s->waiting_minutes == waited); /* whole minutes: exact */
    assert_true(s->busy_minutes == stayed);
    assert_int_equal(s->busy, p->busy);
    assert_int_equal(s->waiting, p->waiting);
    assert_int_equal(station_open(s), p->busy < p->capacity);
    assert_int_equal(s->joined, p->joins);
    assert_int_equal(s->served, p->serves);
    assert_int_equal(s->left, p->leaves);
    assert_int_equal(s->joined, s->served + s->left + s->waiting);
    assert_true(s->n <= MOST);
}

static void
against_plain(void **state)
{
    struct rng_run run = rng_run(7, 0);
    struct station s;
    struct plain p = {.capacity = 5};
    int32_t now = 0;
    int64_t full = 0, over = 0;

    (void)state;
    station_init(&s, p.capacity, CLASSES);
    for (uint32_t i = 0; i < STEPS; i++) {
        struct rng_block b = rng_block(run, i, 1, 0);
        now += (int32_t)(b.word[0] % 4);
        uint32_t what = b.word[1] % 100;
        if (what < 45)
            join_both(&s, &p, b.word[2], now);
        else if (what < 55)
            take_both(&s, &p, b.word[2], false, now);
        else if (what < 78)
            take_both(&s, &p, b.word[2], true, now);
        else if (what < 98)
            release_both(&s, &p, b.word[2], now);
        else
            s.capacity = p.capacity = (int)(b.word[2] % 10);
        full += p.busy == p.capacity;
        over += p.busy > p.capacity;
        compare(&s, &p, now);
    }
    /* the walk has been to the places that matter */
    assert_true(full > STEPS / 100 && over > STEPS / 100);
    assert_true(p.serves > STEPS / 20 && p.leaves > STEPS / 40);
    station_free(&s);
}

static void
backwards(struct station *s)
{
    station_clock(s, 10);
    station_clock(s, 9);
}

static void
unknown_class(struct station *s)
{
    station_join(s, 0, 2, 0);
}

static void
too_many(struct station *s)
{
    station_take(s, 0);
    station_take(s, 0);
}

static void
none_to_release(struct station *s)
{
    station_release(s, 0);
}

/* True when `f` aborts with a message that names the broken promise. */
static bool
stops(void (*f)(struct station *s), const char *message)
{
    char text[256] = "";
    int status, end[2];

    assert_int_equal(pipe(end), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct station s;
        signal(SIGABRT, SIG_DFL);
        dup2(end[1], STDERR_FILENO);
        station_init(&s, 1, 2);
        f(&s);
        _exit(0);
    }
    close(end[1]);
    assert_true(read(end[0], text, sizeof text - 1) >= 0);
    close(end[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT &&
           strstr(text, message) != NULL;
}

static void
bugs_stop(void **state)
{
    (void)state;
    assert_true(stops(backwards, "bug: d < 0.0"));
    assert_true(stops(unknown_class, "bug: class >= self->classes"));
    assert_true(stops(too_many, "bug: !station_open(self)"));
    assert_true(stops(none_to_release, "bug: self->busy == 0"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order),
        cmocka_unit_test(rejoin),
        cmocka_unit_test(leave),
        cmocka_unit_test(pass_over),
        cmocka_unit_test(shrink),
        cmocka_unit_test(long_line),
        cmocka_unit_test(against_plain),
        cmocka_unit_test(bugs_stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
