/*
 * A new service is a block of a scenario file: of every kind one is laid over Dali's
 * plan (a hamlet of it), and found again in the result file, by its name.
 */
#include "sim/mem.h"
#include "tests/hamlet.h"
#include "tests/program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The command line of a hamlet, but for the scenario. */
#define TABLES (&HAMLET[sizeof "scenarios/dali/plan.yaml"])

static const char delta[] = "base: scenarios/dali/plan.yaml\n"
                            "service:\n"
                            "  services:\n"
                            "    - name: night_care\n"
                            "      title: night care\n"
                            "      title_zh: 夜间照护\n"
                            "      kind: attendance\n"
                            "      willing_rural: 0.5\n"
                            "      willing_urban: 0.5\n"
                            "      application: 10\n"
                            "      patience: 1000\n"
                            "      days: 2.5\n"
                            "      staff: caregiver\n"
                            "      clients: 100\n"
                            "    - name: night_watch\n"
                            "      kind: attendance\n"
                            "      serves: night_care\n"
                            "    - name: hotel\n"
                            "      kind: residence\n"
                            "      willing_rural: 0.3\n"
                            "      willing_urban: 0.3\n"
                            "    - name: call\n"
                            "      kind: visit\n"
                            "      willing_rural: 0.5\n"
                            "      willing_urban: 0.5\n"
                            "      unlimited: 1\n"
                            "    - name: bell\n"
                            "      kind: once\n"
                            "      willing_rural: 0.5\n"
                            "      willing_urban: 0.5\n"
                            "      patience: 10000\n";

static const char sites[] =
    "id,adcode,name,name_zh,kind,homes,ordinary_beds,nursing_beds,places,operating,"
    "source,quality\n"
    "home,539001,Home,院,public_home,1,10,10,0,1,made up,assumption\n"
    "night,539001,Night,夜,night_care,1,0,0,10,1,made up,assumption\n"
    "watch,539001,Watch,更,night_watch,2,0,0,5,1,made up,assumption\n"
    "hotel,539001,Hotel,店,hotel,1,20,0,0,1,made up,assumption\n";

static void
write_file(const struct program *p, const char *name, const char *text)
{
    char path[PROGRAM_PATH + 16];

    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static int
make_result(void **state)
{
    struct program *p = *state;
    char line[2048];

    hamlet_write(p, "");
    write_file(p, "facilities.csv", sites);
    write_file(p, "targets.csv",
        "name,indicator,item,value,by\nnights,users,night_care,20,2022-12-31\n");
    write_file(p, "night.yaml", delta);
    assert_int_equal(program_shell(p, "ln -s \"$PWD/scenarios\" $1/scenarios"), 0);
    snprintf(line, sizeof line,
        "run @/night.yaml %s --until 2022-12-31 --replicates 1 -o @/r.h5", TABLES);
    if (program_run(p, line) != 0) {
        print_error("%s", p->err);
        return -1;
    }
    return 0;
}

/* The numbers of a series at a service, summed over all rows that `day` begins ("" for
 * all); the unit is the last column, the value the one before it. */
static double
total(struct program *p, const char *series, const char *service, const char *day)
{
    char line[256], name[64], date[64];
    double sum = 0.0;

    snprintf(line, sizeof line, "export @/r.h5 %s", series);
    assert_int_equal(program_run(p, line), 0);
    snprintf(name, sizeof name, ",%s,", service);
    snprintf(date, sizeof date, "0,%s", day);
    for (char *row = strtok(p->out, "\n"); row != NULL; row = strtok(NULL, "\n")) {
        char *unit = strrchr(row, ',');
        if (strncmp(row, date, strlen(date)) != 0 || strstr(row, name) == NULL)
            continue;
        *unit = '\0';
        sum += strtod(strrchr(row, ',') + 1, NULL);
    }
    return sum;
}

#define LAST "2022-12-31"

static void
users_and_applicants_are_there_by_name(void **state)
{
    struct program *p = *state;

    /* 10 places that users attend half the days, and 5 all days */
    assert_true(total(p, "users", "night_care", LAST) == 20.0);
    assert_true(total(p, "users", "night_watch", LAST) == 5.0);
    assert_true(total(p, "places", "night_care", LAST) == 10.0);
    assert_true(total(p, "waiting_list", "night_care", LAST) > 50.0);
    assert_true(total(p, "waiting_list", "night_watch", LAST) == 0.0);
    assert_true(total(p, "eligible", "night_care", LAST) > 380.0);
    assert_true(total(p, "admitted", "night_care", "") >= 25.0);
    assert_true(total(p, "applied", "night_care", "") > 100.0);
    assert_true(total(p, "users", "hotel", LAST) == 20.0);
    assert_true(total(p, "users", "call", LAST) > 100.0);
    assert_true(total(p, "waiting_list", "call", LAST) < 10.0);
    /* nobody has given a bell */
    assert_true(total(p, "pieces", "bell", "") == 0.0);
    assert_true(total(p, "waiting_list", "bell", LAST) > 100.0);
}

static void
everybody_is_accounted_for(void **state)
{
    static const char *const in[] = {"applied"};
    static const char *const out[] = {"admitted", "refused", "gave_up", "withdrew",
        "died_waiting", "moved_waiting", "waiting_list"};
    static const char *const desks[] = {"night_care", "hotel", "call", "bell"};
    struct program *p = *state;

    for (size_t d = 0; d < sizeof desks / sizeof desks[0]; d++) {
        double left = total(p, in[0], desks[d], "");
        for (size_t k = 0; k < sizeof out / sizeof out[0]; k++)
            left -= total(
                p, out[k], desks[d], strcmp(out[k], "waiting_list") == 0 ? LAST : "");
        assert_true(left == 0.0);
    }
}

/* A target may ask for it. */
static void
targets_judge_it(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "targets @/r.h5 --format csv --require"), 0);
    assert_non_null(strstr(p->out, "\nnights,"));
    assert_non_null(strstr(p->out, ",users,night_care,person,"));
    assert_non_null(strstr(p->out, ",met,"));
}

/* What is wrong in such a block is said at its line. */
static void
mistakes_are_named(void **state)
{
    struct program *p = *state;
    char line[2048];

    write_file(p, "wrong.yaml",
        "base: scenarios/dali/plan.yaml\nservice:\n  services:\n"
        "    - name: night_care\n      kind: attending\n"
        "    - name: watch\n      kind: visit\n      serves: day_cares\n"
        "    - name: bell\n      kind: once\n      serves: day_care\n"
        "    - name: chime\n      kind: once\n      wiling_rural: 0.2\n");
    snprintf(line, sizeof line, "check @/wrong.yaml %s", TABLES);
    assert_int_equal(program_run(p, line), 2);
    assert_non_null(strstr(p->err, "wrong.yaml:5:"));
    assert_non_null(strstr(p->err, "did you mean 'attendance'?"));
    assert_non_null(strstr(p->err, "'wiling_rural'"));
    assert_non_null(strstr(p->err, "did you mean 'willing_rural'?"));
    write_file(p, "wrong.yaml",
        "base: scenarios/dali/plan.yaml\nservice:\n  services:\n"
        "    - name: watch\n      kind: visit\n      serves: day_cares\n"
        "    - name: bell\n      kind: once\n      serves: day_care\n"
        "    - name: yard\n      kind: attendance\n      overflow: 7\n      round: 14\n"
        "    - name: shed\n      kind: attendance\n      overflow: 7\n      round: "
        "7\n");
    assert_int_equal(program_run(p, line), 2);
    assert_non_null(strstr(p->err, "did you mean 'day_care'?"));
    assert_non_null(strstr(p->err, "of service 'yard' go elsewhere after 7 days, but"));
    assert_null(strstr(p->err, "'shed'"));
    assert_non_null(
        strstr(p->err, "service 'bell' is of kind once and serves 'day_care' "
                       "of kind attendance, expected the same"));
}

int
main(int argc, char **argv)
{
    struct program p;
    void *state = &p;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate_setup_teardown(
            users_and_applicants_are_there_by_name, make_result, NULL, state),
        cmocka_unit_test_prestate(everybody_is_accounted_for, state),
        cmocka_unit_test_prestate(targets_judge_it, state),
        cmocka_unit_test_prestate(mistakes_are_named, state),
    };

    (void)argc;
    program_init(&p, argv[0]);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    program_free(&p);
    return failed;
}
