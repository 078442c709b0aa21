#include "sim/mem.h"
#include "tests/hamlet.h"
#include "tests/program.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

/* Two months of Dali, which is the least that has something in it. */
#define TWO_MONTHS "scenarios/dali/plan.yaml --until 2021-02-28 --replicates 1"

static void
is_not_there(const struct program *p, const char *name)
{
    char *text = program_file(p, name);

    assert_null(text);
}

static void
a_run_leaves_a_result_and_a_scoreboard(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "run " TWO_MONTHS " -o @/a.h5 --threads 2"), 0);
    assert_non_null(strstr(p->out, "/a.h5\n"));
    const char *digest = strstr(p->out, "\ndigest  ");
    assert_non_null(digest);
    /* Targets that are due after the two months are named, and the run is described. */
    assert_non_null(strstr(p->err, "after the end of this run"));
    assert_non_null(strstr(p->err, "year 2021 done, 100 %"));
    assert_non_null(strstr(p->err, "2 threads"));
    char *file = program_file(p, "a.h5");
    assert_non_null(file);
    assert_int_equal(strncmp(file, "\x89HDF", 4), 0);
    mem_free(file);
}

static void
threads_do_not_matter_but_seeds_do(void **state)
{
    struct program *p = *state;
    char digest[3][64];
    const char *const lines[] = {"run " TWO_MONTHS " -o @/b.h5 --quiet --threads 1",
        "run " TWO_MONTHS " -o @/c.h5 --quiet --threads 3",
        "run " TWO_MONTHS " -o @/d.h5 --quiet --seed 9"};

    for (int i = 0; i < 3; i++) {
        assert_int_equal(program_run(p, lines[i]), 0);
        assert_string_equal(p->err, "");
        const char *at = strstr(p->out, "digest  ");
        assert_non_null(at);
        snprintf(digest[i], sizeof digest[i], "%.40s", at);
    }
    assert_string_equal(digest[0], digest[1]);
    assert_string_not_equal(digest[0], digest[2]);
}

static void
a_file_is_not_overwritten_unless_forced(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_shell(p, "echo precious >$1/old.h5"), 0);
    assert_int_equal(program_run(p, "run " TWO_MONTHS " -o @/old.h5"), 2);
    assert_non_null(strstr(p->err, "exists already; --force overwrites it"));
    char *text = program_file(p, "old.h5");
    assert_string_equal(text, "precious\n");
    mem_free(text);
    assert_int_equal(
        program_run(p, "run " TWO_MONTHS " -o @/old.h5 --force --quiet"), 0);
    text = program_file(p, "old.h5");
    assert_int_equal(strncmp(text, "\x89HDF", 4), 0);
    mem_free(text);
}

static void
wrong_input_writes_nothing(void **state)
{
    struct program *p = *state;

    assert_int_equal(
        program_run(p, "run " TWO_MONTHS " --set care.nothing=1 -o @/wrong.h5"), 2);
    assert_non_null(strstr(p->err, "'nothing' is not a key of 'care'"));
    is_not_there(p, "wrong.h5");
    assert_int_equal(program_run(p, "run " TWO_MONTHS " -o @/none/x.h5"), 1);
    assert_non_null(strstr(p->err, "/none/x.h5"));
}

/* A run of many replicates is asked to stop when it has said that a year is done. */
static void
a_signal_stops_cleanly(void **state)
{
    struct program *p = *state;
    char command[512];
    const char *const signals[] = {"INT", "TERM"};

    for (int i = 0; i < 2; i++) {
        snprintf(command, sizeof command,
            "\"$0\" run scenarios/dali/plan.yaml --replicates 1000 -o $1/stop.h5 "
            "2>$1/said & n=0; until grep -q done $1/said || [ $n -gt 3000 ]; do "
            "sleep 0.02; n=$((n + 1)); done; kill -%s $!; wait $!; s=$?; cat $1/said "
            ">&2; exit $s",
            signals[i]);
        assert_int_equal(program_shell(p, command), 75);
        assert_non_null(strstr(p->err, "stopped on request; nothing was written"));
        is_not_there(p, "stop.h5");
    }
}

/* The name of a result is made of the scenario's folder and name. */
static void
without_output_the_result_is_named_by_the_scenario(void **state)
{
    struct program *p = *state;

    assert_int_equal(
        program_shell(p,
            "c=$(readlink -f \"$0\"); ln -s \"$PWD/scenarios\" $1/scenarios; "
            "cd $1 && \"$c\" run " TWO_MONTHS " --quiet --lang zh"),
        0);
    assert_non_null(strstr(p->out, "result  results/dali-plan.h5\n"));
    assert_non_null(strstr(p->out, "大理"));
    char *file = program_file(p, "results/dali-plan.h5");
    assert_non_null(file);
    mem_free(file);
}

/*
 * A hamlet's 20 caregivers after January: each quits at 0.25 a year, so that all are
 * left with probability exp(-20 0.25 31 / 365.25) = 0.654. Elders are 22 % of people.
 */
#define SURE "sure,elder_share,1,2021-01-31\n"
#define NEVER "never,elder_share,90,2021-01-31\n"
#define COIN "coin,caregivers,20,2021-01-31\n"
#define ONE_MONTH HAMLET "--until 2021-01-31 "
#define JANUARY ONE_MONTH "--threads 2 "

/* The line `digest ...` of what was printed. */
static const char *
digest_of(const struct program *p)
{
    const char *at = strstr(p->out, "digest  ");

    assert_non_null(at);
    return at;
}

static void
a_run_until_decided_ends_when_it_is(void **state)
{
    struct program *p = *state;
    char digest[64];

    hamlet_write(p, SURE NEVER COIN);
    assert_int_equal(program_run(p, "run " JANUARY "--until-decided -o @/until.h5"), 0);
    assert_non_null(strstr(p->err, ": coin too_close, probability 0."));
    assert_non_null(strstr(
        p->err, "after 95 replicates: sure met, probability 1.00, 0.950 to 1\n"));
    assert_non_null(strstr(
        p->err, "after 95 replicates: never missed, probability 0.00, 0 to 0.050\n"));
    assert_non_null(strstr(p->err, "of at most 400, "));
    assert_non_null(strstr(p->out, "1 met, 1 missed, 1 too close to call."));
    assert_non_null(strstr(p->out, ", 95 replicates, "));
    snprintf(digest, sizeof digest, "%.40s", digest_of(p));
    /* What it found is what so many replicates find. */
    assert_int_equal(
        program_run(p, "run " JANUARY "--replicates 95 -o @/fixed.h5 --quiet"), 0);
    assert_memory_equal(digest_of(p), digest, 40);
    assert_int_equal(program_run(p, "digest @/until.h5"), 0);
    assert_memory_equal(p->out, digest + 8, 32);
    assert_int_equal(program_run(p, "targets @/until.h5 --format csv"), 0);
    assert_non_null(strstr(p->out, "\nsure,"));
    assert_non_null(strstr(p->out, ",0.05,400\n"));
}

/* Replicates side by side, on threads of their own, are the same replicates. */
static void
teams_do_not_matter(void **state)
{
    static const char *const how[] = {
        "--threads 1", "--threads 2 --teams 1", "--threads 3 --teams 2", "--threads 3"};
    struct program *p = *state;
    char line[1024], digest[4][64];

    hamlet_write(p, COIN);
    for (int i = 0; i < 4; i++) {
        snprintf(line, sizeof line, "run " ONE_MONTH "--replicates 5 -o @/team%d.h5 %s",
            i, how[i]);
        assert_int_equal(program_run(p, line), 0);
        snprintf(digest[i], sizeof digest[i], "%.40s", digest_of(p));
        assert_string_equal(digest[i], digest[0]);
    }
    assert_int_equal(
        program_run(p, "run " JANUARY "--replicates 5 --teams 3 -o @/none.h5"), 2);
    assert_non_null(strstr(p->err, "--teams"));
}

/* Quits at which the probability is 0.95, where no number of replicates is enough. */
static void
what_the_limit_leaves_is_undecided(void **state)
{
    struct program *p = *state;

    hamlet_write(p, SURE COIN);
    assert_int_equal(
        program_run(p,
            "run " JANUARY "--set workforce.quits=0.0302 --seed 1 --until-decided "
            "--most 97 -o @/limit.h5"),
        0);
    assert_non_null(strstr(p->err, "after 95 replicates: sure met"));
    assert_non_null(
        strstr(p->err, "after 97 replicates: coin undecided, probability 0.9"));
    assert_non_null(strstr(p->out, "1 met, 0 missed, 0 too close"));
    assert_non_null(strstr(p->out, "at most 97: 1 undecided"));
    assert_int_equal(
        program_run(p, "run " JANUARY "--until-decided --most 50 "
                       "--set workforce.quits=0.0302 --seed 1 -o @/few.h5"),
        0);
    assert_non_null(strstr(p->err, "--most 50: it takes 95 replicates"));
    assert_non_null(strstr(p->out, "at most 50: 2 undecided"));
}

static void
without_targets_nothing_is_to_be_decided(void **state)
{
    struct program *p = *state;

    assert_int_equal(
        program_run(p, "run " TWO_MONTHS " --until-decided -o @/no.h5"), 2);
    assert_non_null(strstr(p->err, "exclude each other"));
    hamlet_write(p, "late,caregivers,20,2021-03-31\n");
    assert_int_equal(program_run(p, "run " JANUARY "--until-decided -o @/no.h5"), 2);
    assert_non_null(strstr(p->err, "no target is to be judged"));
    is_not_there(p, "no.h5");
}

int
main(int argc, char **argv)
{
    struct program p;
    void *state = &p;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(a_run_leaves_a_result_and_a_scoreboard, state),
        cmocka_unit_test_prestate(threads_do_not_matter_but_seeds_do, state),
        cmocka_unit_test_prestate(a_file_is_not_overwritten_unless_forced, state),
        cmocka_unit_test_prestate(wrong_input_writes_nothing, state),
        cmocka_unit_test_prestate(a_run_until_decided_ends_when_it_is, state),
        cmocka_unit_test_prestate(what_the_limit_leaves_is_undecided, state),
        cmocka_unit_test_prestate(teams_do_not_matter, state),
        cmocka_unit_test_prestate(without_targets_nothing_is_to_be_decided, state),
        cmocka_unit_test_prestate(a_signal_stops_cleanly, state),
        cmocka_unit_test_prestate(
            without_output_the_result_is_named_by_the_scenario, state),
    };

    (void)argc;
    program_init(&p, argv[0]);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    program_free(&p);
    return failed;
}
