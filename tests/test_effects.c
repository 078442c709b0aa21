/* What levers changed is in the file; who changed nothing is named. */
#include "output/effects.h"

#include "output/scan.h"
#include "tests/hamlet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define LEVERS "--set lever.levers=@/levers.csv "
#define RUN "run " HAMLET "--until 2021-03-31 --replicates 2 --force "

enum { SET = 4 };

static void
write_levers(const struct program *p)
{
    char path[PROGRAM_PATH + 16];

    snprintf(path, sizeof path, "%s/levers.csv", p->folder);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("name,kind,service,amount,homes,from,to,value,cost_cny\n"
          "beds,build,public_home,8,,,2021-01-31,,1000\n"
          "late,build,public_home,8,,2030-01-01,,,\n"
          "none,close,private_home,,3,,,,\n"
          "cheap,price,nursing_home,,,,,0.9,\n",
        f);
    assert_int_equal(fclose(f), 0);
}

static void
the_idle_are_named(void **state)
{
    struct program *p = *state;

    hamlet_write(p, "a,caregivers,20,2021-02-28\n");
    write_levers(p);
    int status = program_run(p, RUN LEVERS "-o @/a.h5");
    if (status != 0)
        fail_msg("%s", p->err);
    assert_non_null(strstr(
        p->err, "lever 'late' (build) changed nothing: no places that opened\n"));
    assert_non_null(
        strstr(p->err, "lever 'none' (close) changed nothing: no sites closed\n"));
    assert_null(strstr(p->err, "lever 'beds'"));
    assert_null(strstr(p->err, "lever 'cheap'"));
    assert_int_equal(program_run(p, RUN LEVERS "-o @/b.h5 --quiet"), 0);
    assert_string_equal(p->err, "");
}

static void
effects_are_in_the_file(void **state)
{
    struct program *p = *state;
    char path[PROGRAM_PATH + 8];
    const char *text[SET];
    double real[SET];
    int64_t flag[SET];
    struct arena arena = {NULL};
    hid_t file;

    snprintf(path, sizeof path, "%s/a.h5", p->folder);
    assert_int_equal(scan_file(path, &file), 0);
    assert_int_equal(scan_texts(file, "/lever", SET, &arena, text), 0);
    assert_string_equal(text[0], "beds");
    assert_int_equal(scan_ints(file, "/levers/changed_nothing", SET, flag), 0);
    assert_true(!flag[0] && flag[1] && flag[2] && !flag[3]);
    assert_int_equal(scan_reals(file, "/levers/effect", SET, real), 0);
    assert_true(real[0] > 7.999 && real[0] < 8.001 && real[3] < 0.0);
    assert_int_equal(scan_reals(file, "/levers/cost", SET, real), 0);
    assert_true(real[0] > 7999.0 && real[0] < 8001.0);
    assert_int_equal(scan_reals(file, "/levers/units", SET, real), 0);
    assert_true(real[0] > 7.999 && real[1] < 0.5 && real[3] > 0.999);
    assert_int_equal(scan_texts(file, "/levers/effect_unit", SET, &arena, text), 0);
    assert_string_equal(text[3], "CNY");
    assert_int_equal(scan_texts(file, "/levers/kind", SET, &arena, text), 0);
    assert_string_equal(text[2], "close");
    assert_true(scan_has(file, "/series/lever_effect"));
    H5Fclose(file);
    mem_arena_free(&arena);
}

/* Without levers there is nothing of them in the file. */
static void
no_levers_no_group(void **state)
{
    struct program *p = *state;
    char path[PROGRAM_PATH + 8];
    hid_t file;

    assert_int_equal(program_run(p, RUN "-o @/c.h5"), 0);
    assert_null(strstr(p->err, "lever"));
    snprintf(path, sizeof path, "%s/c.h5", p->folder);
    assert_int_equal(scan_file(path, &file), 0);
    assert_false(scan_has(file, "/levers"));
    assert_false(scan_has(file, "/series/lever_effect"));
    H5Fclose(file);
}

int
main(int argc, char **argv)
{
    struct program p;
    void *state = &p;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(the_idle_are_named, state),
        cmocka_unit_test_prestate(effects_are_in_the_file, state),
        cmocka_unit_test_prestate(no_levers_no_group, state),
    };

    (void)argc;
    program_init(&p, argv[0]);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    program_free(&p);
    return failed;
}
