/*
 * Orders that need no formula: what one more place, a null change, one list instead of
 * two, places without staff do to everybody's wait. For every kind of service.
 */
#include "tests/offer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 4096, STEP = 10 };

/* When people got a place at the first service. */
struct admission {
    uint64_t key;
    int32_t waited; /* minutes, to within STEP */
};

struct log {
    struct admission row[MOST];
    int n;
    int64_t lost; /* left the line without a place */
};

/* Runs for `days`; who is seen to have a place is written down. */
static void
follow(struct ward *w, int days, struct log *log)
{
    static uint32_t row[MOST];
    static uint64_t seen[MOST]; /* key of the user last seen with this case */
    int a = ward_service(w, "a");
    bool once = service_of(&w->hall.setup)->row[a].kind == ONCE;

    memset(seen, 0, sizeof seen);
    log->n = 0;
    for (int32_t t = STEP; t < days * MINUTES_A_DAY; t += STEP) {
        ward_run(w, t);
        int n = ward_cases(w, a, once ? SERVED : USING, row, MOST);
        for (int i = 0; i < n; i++) {
            uint64_t key = ward_person(w, row[i])->key;
            assert_true(row[i] < MOST && log->n < MOST);
            if (seen[row[i]] == key)
                continue;
            seen[row[i]] = key;
            log->row[log->n++] =
                (struct admission){key, t - cases_of(&w->region)->row[row[i]].since};
        }
    }
    const struct service_out *o = ward_out(w, a);
    log->lost = o->gave_up + o->died_waiting + o->withdrew;
}

struct compared {
    int longer, shorter, unseen;
};

/* How many of `a` waited longer in `b`, shorter, or are not in it: who stays for less
 * than STEP may be seen in one only. */
static struct compared
compare(const struct log *a, const struct log *b)
{
    struct compared c = {0, 0, 0};

    for (int i = 0; i < a->n; i++) {
        int k = 0;
        while (k < b->n && b->row[k].key != a->row[i].key)
            k++;
        if (k == b->n) {
            c.unseen++;
            continue;
        }
        c.longer += b->row[k].waited > a->row[i].waited;
        c.shorter += b->row[k].waited < a->row[i].waited;
    }
    return c;
}

/* The same people with n places, one more, one less. Returns how many were lost. */
static int64_t
run_three(const struct offer *as, uint32_t replicate, struct log log[3])
{
    int64_t lost = 0;

    for (int k = 0; k < 3; k++) {
        struct offer o = *as;
        struct ward w;
        o.n += k == 2 ? -1 : k;
        offer_open(&w, &o, 1, (struct offer_folk){400, 0.05, replicate});
        follow(&w, 30, &log[k]);
        lost += log[k].lost;
        ward_close(&w);
    }
    return lost;
}

/*
 * First come, first served, without anybody leaving the line: whoever has a place with
 * n of them has it no later with n + 1 (the times at which places fall free, in order,
 * are each no later: Kiefer and Wolfowitz). That is no longer so when people die or
 * give up in line, as who has a place instead may stay long; so the first replicate is
 * taken in which nobody does. Stays are of a day, and 400 people are in line from the
 * first day on.
 */
static void
one_more(const struct offer *as)
{
    static struct log log[3];
    uint32_t replicate = 0;
    bool once = strcmp(as->kind, "once") == 0;

    while (run_three(as, replicate, log) > 0)
        assert_true(++replicate < 20);
    struct compared more = compare(&log[0], &log[1]), less = compare(&log[0], &log[2]);
    assert_true(log[0].n > (once ? 200 : 300));
    assert_true(more.unseen < 10);
    assert_int_equal(more.longer, 0);
    assert_int_equal(less.shorter, 0);
    if (!once) { /* a piece more is one for who had none */
        assert_true(more.shorter > 100);
        assert_true(less.longer > 100);
    }
}

static void
one_more_place_lengthens_no_wait(void **state)
{
    const struct offer offers[] = {{"residence", 20, 400.0, ", round: 0", "any"},
        {"residence", 20, 400.0, ", round: 1", "any"},
        {"attendance", 20, 400.0, ", round: 0", "any"},
        {"visit", 20, 400.0, ", round: 0", "any"},
        {"staff", 20, 400.0, ", round: 0", "any"},
        {"once", 250, 0.0, ", round: 0", "any"}};

    (void)state;
    for (size_t i = 0; i < sizeof offers / sizeof offers[0]; i++)
        one_more(&offers[i]);
}

/* What is kept and counted of the first service after two years. */
static void
summary(const struct offer *o, int n, struct service_out *out, uint64_t *since)
{
    static uint32_t row[MOST];
    struct ward w;

    offer_open(&w, o, n, (struct offer_folk){180, HALL_DEATH, 0});
    ward_run(&w, 730 * MINUTES_A_DAY);
    int a = ward_service(&w, "a");
    *out = *ward_out(&w, a);
    *since = 0;
    for (int state = 0; state < CASE_STATES; state++) {
        int cases = ward_cases(&w, a, (enum case_state)state, row, MOST);
        for (int i = 0; i < cases; i++)
            *since = *since * 31 + ward_person(&w, row[i])->key +
                     (uint64_t)cases_of(&w.region)->row[row[i]].since;
    }
    ward_close(&w);
}

/* Services that nobody can use, values that are what they were: the same bits. */
static void
a_null_change_changes_nothing(void **state)
{
    static const char *const kinds[] = {
        "residence", "attendance", "visit", "staff", "once"};

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const struct offer base = {kinds[i], 12, 2.0, "", "any"};
        struct offer again = base, extra[2] = {base, base}, other = base;
        struct service_out was, is;
        uint64_t was_since, is_since;
        again.more = ", price: 0, overflow: 0, reserve: 0, transfer: 0, uptake: 0";
        extra[1] = (struct offer){"attendance", 0, 1.0, "", "any"};
        other.n++;
        summary(&base, 1, &was, &was_since);
        assert_true(was.users_by_grade[0] == 0 && was.admitted[2] > 3);
        summary(&again, 1, &is, &is_since);
        assert_memory_equal(&was, &is, sizeof was);
        assert_int_equal(was_since, is_since);
        summary(extra, 2, &is, &is_since);
        assert_memory_equal(&was, &is, sizeof was);
        assert_int_equal(was_since, is_since);
        summary(&other, 1, &is, &is_since);
        assert_memory_not_equal(&was, &is, sizeof was);
        /* who was given a piece has died by then */
        assert_true(was_since != is_since || strcmp(kinds[i], "once") == 0);
    }
}

/* Everybody in line at all services, every six hours: means of the years after three.
 */
static double
mean_line(const struct offer *o, int n, uint32_t replicate, double *year, int years)
{
    const int a_year = 4 * 365, warm = 3;
    double all = 0.0;
    struct ward w;

    offer_open(&w, o, n, (struct offer_folk){1800, HALL_DEATH, replicate});
    for (int y = 0; y < warm + years; y++) {
        double line = 0.0;
        for (int i = 1; i <= a_year; i++) {
            ward_run(&w, (y * a_year + i) * MINUTES_A_DAY / 4);
            for (int k = 0; k < n; k++)
                line += (double)cases_of(&w.region)
                            ->desk[ward_service(&w, (char[]){(char)('a' + k), '\0'})]
                            .line[BED_ORDINARY]
                            .waiting;
        }
        if (y < warm)
            continue;
        year[y - warm] = line / a_year;
        all += line / a_year / years;
    }
    assert_int_equal(ward_wrong(&w), 0);
    ward_close(&w);
    return all;
}

/*
 * 900 newcomers a year for ten places that are left after a hundredth of a year; 0.3 of
 * people are urban. One line for ten places against one for seven and one for three: by
 * Little's law the longer line is the longer wait. Years are near independent (lines
 * forget in a tenth of a year); the difference is more than 4 standard errors.
 */
static void
one_list_waits_less_than_two(void **state)
{
    static const char *const kinds[] = {"residence", "attendance", "visit"};
    enum { WORLDS = 2, IN_ALL = 5 };

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const struct offer one = {kinds[i], 10, 100.0, ", round: 0", "any"};
        const struct offer two[] = {{kinds[i], 7, 100.0, ", round: 0", "rural"},
            {kinds[i], 3, 100.0, ", round: 0", "urban"}};
        double sum = 0.0, square = 0.0, pooled[IN_ALL], split[IN_ALL];
        int n = 0;
        for (uint32_t k = 0; k < WORLDS; k++) {
            mean_line(&one, 1, k, pooled, IN_ALL);
            mean_line(two, 2, k, split, IN_ALL);
            for (int y = 0; y < IN_ALL; y++, n++) {
                sum += split[y] - pooled[y];
                square += (split[y] - pooled[y]) * (split[y] - pooled[y]);
            }
        }
        double mean = sum / n;
        assert_true(mean > 4.0 * sqrt((square / n - mean * mean) / (n - 1)));
    }
}

/* A month of two counties: six pieces for all, or three for each half. Returns how many
 * more wait in the second, and in `died` who has died in line in either. */
static int
month_of_pieces(struct ward w[2], int month, int64_t *died)
{
    int line[2] = {0, 0};

    for (int k = 0; k < 2; k++) {
        ward_run(&w[k], month * 30 * MINUTES_A_DAY);
        for (int i = 0; i <= k; i++) {
            int desk = ward_service(&w[k], (char[]){(char)('a' + i), '\0'});
            care_add_pieces(&w[k].region, desk, k == 0 ? 6 : 3);
            line[k] += ward_cases(&w[k], desk, WAITING, NULL, 0);
            *died += ward_out(&w[k], desk)->died_waiting;
        }
    }
    return line[1] - line[0];
}

/* From one stock never more people wait than from two of its size together, and often
 * fewer do. Who dies in line would differ between the two; so the first replicate is
 * taken in which nobody does. */
static void
one_stock_serves_no_fewer_than_two(void **state)
{
    const struct offer one = {"once", 0, 0.0, ", round: 0", "any"};
    const struct offer two[] = {{"once", 0, 0.0, ", round: 0", "rural"},
        {"once", 0, 0.0, ", round: 0", "urban"}};
    int64_t died = 1;
    int fewer = 0;

    (void)state;
    for (uint32_t replicate = 0; died > 0; replicate++) {
        const struct offer_folk folk = {60, 0.05, replicate};
        struct ward w[2];
        assert_true(replicate < 50);
        offer_open(&w[0], &one, 1, folk);
        offer_open(&w[1], two, 2, folk);
        died = fewer = 0;
        for (int month = 1; month < 14 && died == 0; month++) {
            int more = month_of_pieces(w, month, &died);
            assert_true(more >= 0 || died > 0);
            fewer += more > 0;
        }
        ward_close(&w[0]);
        ward_close(&w[1]);
    }
    assert_true(fewer > 3);
}

/* Eight carers for one user each: ten places or forty are the same to everybody. */
static void
places_without_staff_admit_nobody(void **state)
{
    static const char *const kinds[] = {"residence", "attendance", "visit"};

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct service_out out[2];
        uint64_t since[2];
        for (int k = 0; k < 2; k++) {
            const struct offer o[2] = {{kinds[i], k == 0 ? 10 : 40, 2.0,
                                           ", staff: home_carer, clients: 1", "any"},
                {"staff", 8, 1.0, ", income_to: destitute, grade_from: 4", "any"}};
            summary(o, 2, &out[k], &since[k]);
        }
        assert_true(out[0].admitted[2] > 3);
        assert_memory_equal(&out[0], &out[1], sizeof out[0]);
        assert_int_equal(since[0], since[1]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_more_place_lengthens_no_wait),
        cmocka_unit_test(a_null_change_changes_nothing),
        cmocka_unit_test(one_list_waits_less_than_two),
        cmocka_unit_test(one_stock_serves_no_fewer_than_two),
        cmocka_unit_test(places_without_staff_admit_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
