/*
 * test_ranks.c - regions are spread over ranks, and ranks over replicates.
 */
#include "sim/ranks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct shard even[] = {
    {.load.work = 1}, {.load.work = 1}, {.load.work = 1}, {.load.work = 1}};
static const struct shard uneven[] = {
    {.load.work = 1}, {.load.work = 4}, {.load.work = 2}, {.load.work = 1}};

static struct setup
of(const struct shard *shard, int n)
{
    struct setup s = {.n_regions = n, .n_shards = n};

    s.shard = mem_alloc((size_t)n, sizeof *shard);
    for (int i = 0; i < n; i++)
        s.shard[i] = shard[i];
    return s;
}

/* The largest first, each to the rank with the least; of equals the first one. */
static void
largest_first(void **state)
{
    static const int want[] = {1, 0, 1, 1};
    struct setup s = of(uneven, 4);
    int owner[4];

    (void)state;
    ranks_spread(&s, 2, owner);
    for (int i = 0; i < 4; i++)
        assert_int_equal(owner[i], want[i]);
    mem_free(s.shard);
}

/* One replicate: all ranks together. Four equal regions on four ranks: a round of four
 * teams takes 4, two rounds of two teams 2 x 2, four of all 4 x 1: all the same, so
 * that the most teams are taken, or the fewest where memory counts. Six replicates: two
 * rounds of four teams would take 8, three of two 6; three teams have a rank each, two
 * rounds, 8. */
static void
equal_regions(void **state)
{
    struct setup s = of(even, 4);

    (void)state;
    assert_int_equal(ranks_best_teams(&s, 4, 1, RANKS_MANY), 1);
    assert_int_equal(ranks_best_teams(&s, 4, 4, RANKS_MANY), 4);
    assert_int_equal(ranks_best_teams(&s, 4, 4, RANKS_FEW), 1);
    assert_int_equal(ranks_best_teams(&s, 4, 6, RANKS_FEW), 1);
    assert_int_equal(ranks_best_teams(&s, 4, 6, RANKS_MANY), 2);
    assert_int_equal(ranks_best_teams(&s, 1, 6, RANKS_MANY), 1);
    mem_free(s.shard);
}

/* A region of half the work: more than two ranks do not help a replicate. On eight
 * ranks four replicates take 4 x 4 by all, 2 x 4 by two teams, and 4 by four. */
static void
one_large_region(void **state)
{
    struct setup s = of(uneven, 4);

    (void)state;
    assert_int_equal(ranks_best_teams(&s, 8, 4, RANKS_MANY), 4);
    assert_int_equal(ranks_best_teams(&s, 8, 2, RANKS_MANY), 2);
    assert_int_equal(ranks_best_teams(&s, 2, 2, RANKS_MANY), 2);
    mem_free(s.shard);
}

/* Without MPI there is one rank, and a team of it. */
static void
alone(void **state)
{
    struct ranks_team team;

    (void)state;
    assert_int_equal(ranks_count(), 1);
    ranks_team_init(&team, 1);
    assert_int_equal(team.ranks, 1);
    assert_int_equal(team.me + team.team, 0);
    assert_int_equal(ranks_least(-3), -3);
    ranks_team_free(&team);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(largest_first),
        cmocka_unit_test(equal_regions),
        cmocka_unit_test(one_large_region),
        cmocka_unit_test(alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
