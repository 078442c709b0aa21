#include "sim/mem.h"
#include "tests/program.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

#define YEAR " --until 2021-12-31 --replicates 1 --quiet "

static void
runs(struct program *p, const char *arguments, int status)
{
    if (program_run(p, arguments) != status)
        fail_msg("carecap %s: %s", arguments, p->err);
}

/* A command for the shell in the folder; $c is carecap. */
#define THERE "c=$(readlink -f \"$0\"); here=$PWD; cd $1 && "

static void
shell(struct program *p, const char *command, int status)
{
    if (program_shell(p, command) != status)
        fail_msg("%s: %s%s", command, p->out, p->err);
}

/* What runs is the plan that was copied, though the folder has been moved since. */
static void
the_copy_checks_and_runs_as_its_plan(void **state)
{
    struct program *p = *state;
    char digest[64];

    runs(p, "init @/town", 0);
    assert_non_null(strstr(p->out, "a copy of dali"));
    shell(p, "mkdir $1/far && mv $1/town $1/far/moved", 0);
    shell(p, THERE "cd far/moved && \"$c\" check scenario.yaml", 0);
    assert_non_null(strstr(p->out, "no mistakes"));
    shell(p, THERE "cd far/moved && \"$c\" check what-if.yaml", 0);
    assert_non_null(strstr(p->out, "What if"));
    shell(p, THERE "\"$c\" run far/moved/scenario.yaml" YEAR "-o copy.h5", 0);
    const char *at = strstr(p->out, "digest  ");
    assert_non_null(at);
    snprintf(digest, sizeof digest, "%.40s", at);
    runs(p, "run scenarios/dali/plan.yaml" YEAR "-o @/plan.h5", 0);
    at = strstr(p->out, "digest  ");
    assert_non_null(at);
    assert_memory_equal(at, digest, 40);
}

/* Line by line: every section and every key of one has its comment above. */
static void
every_key_is_explained(void **state)
{
    struct program *p = *state;
    bool before = false;
    int keys = 0;

    runs(p, "init @/told", 0);
    char *text = program_file(p, "told/scenario.yaml");
    assert_non_null(text);
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        size_t n = strspn(line, " ");
        bool comment = line[n] == '#';
        if (n <= 2 && !comment) {
            keys++;
            if (!before)
                fail_msg("no comment above '%s'", line);
        }
        before = comment;
    }
    assert_true(keys > 20);
    mem_free(text);
    text = program_file(p, "told/scenario.yaml");
    assert_non_null(strstr(text, "\nbase: base/services.yaml\n"));
    assert_non_null(
        strstr(text, "  # people of all counties who begin training as caregivers, a "
                     "year [1/yr], from 0 to 1e+07\n  recruits:\n"));
    assert_non_null(
        strstr(text, "  #   bound: which side of the value is good: at_least, "
                     "at_most, "));
    mem_free(text);
    text = program_file(p, "told/README.md");
    assert_non_null(text);
    assert_non_null(strstr(text, "## What to change first"));
    assert_non_null(strstr(text, "| `people.csv` | 456 | "));
    assert_non_null(strstr(text, "| `base/life_table.csv` | 44 | "));
    mem_free(text);
    text = program_file(p, "told/SOURCES.md");
    assert_non_null(strstr(text, "# Scenario data"));
    mem_free(text);
}

static void
only_a_new_or_empty_folder_is_written(void **state)
{
    struct program *p = *state;

    shell(p, "mkdir $1/full $1/empty && echo mine >$1/full/.mine", 0);
    runs(p, "init @/full", 2);
    assert_non_null(strstr(p->err, "is not empty"));
    shell(p, "ls -A $1/full", 0);
    assert_string_equal(p->out, ".mine\n");
    runs(p, "init @/full/.mine", 2);
    assert_non_null(strstr(p->err, "is not a folder"));
    runs(p, "init @/none/x", 2);
    runs(p, "init @/empty/", 0);
    runs(p, "check @/empty/scenario.yaml", 0);
    shell(p,
        THERE
        "mkdir dot && cp \"$c\" beside && ln -s \"$here/scenarios\" scenarios && cd "
        "dot && ../beside init . && ../beside check scenario.yaml",
        0);
}

/* Files of more than 4 blocks cannot be written, as on a full disk: nothing stays. */
static void
a_failure_leaves_nothing(void **state)
{
    struct program *p = *state;

    shell(p, "mkdir $1/kept; trap \"\" XFSZ; ulimit -f 4; \"$0\" init $1/broken", 1);
    assert_non_null(strstr(p->err, "File too large"));
    shell(p, "trap \"\" XFSZ; ulimit -f 4; \"$0\" init $1/kept", 1);
    shell(p, "test ! -e $1/broken && ls -A $1/kept", 0);
    assert_string_equal(p->out, "");
}

static void
plans_are_named(void **state)
{
    struct program *p = *state;

    runs(p, "init @/a --from dalli", 2);
    assert_non_null(strstr(p->err, ", as dali, "));
    assert_non_null(strstr(p->err, ", scale/china-elders, scale/yunnan, "));
    assert_non_null(strstr(p->err, "did you mean 'dali'?"));
    runs(p, "init @/a --from base", 2);
    runs(p, "init @/a --from ../scenarios/dali", 2);
    shell(p, "test ! -e $1/a", 0);
    runs(p, "init @/elders --from scale/china-elders", 0);
    runs(p, "check @/elders/scenario.yaml --until 2021-12-31", 0);
    char *text = program_file(p, "elders/SOURCES.md");
    assert_non_null(strstr(text, "# Scenarios of scale"));
    mem_free(text);
}

/* A program that stands alone: beside it, then here, and else it says where it looked.
 */
static void
scenarios_are_beside_the_program_or_here(void **state)
{
    struct program *p = *state;

    shell(p, "mkdir $1/bin $1/work && cp \"$0\" $1/bin/lone", 0);
    shell(p, "cd $1/work && ../bin/lone init x", 2);
    assert_non_null(strstr(p->err, "/bin/scenarios nor ./scenarios"));
    shell(p, "test ! -e $1/work/x && cp -r scenarios $1/work/scenarios", 0);
    shell(
        p, "cd $1/work && ../bin/lone init x && ../bin/lone check x/scenario.yaml", 0);
    shell(p, "mv $1/work/scenarios $1/bin/ && cd $1 && bin/lone init work/y", 0);
}

/* Bases in other folders, in the same one, and where nothing can be copied from. */
static void
bases_come_along(void **state)
{
    struct program *p = *state;

    shell(p,
        "cp \"$0\" $1/own && cp -r scenarios $1/other && cd $1 && rm -f scenarios && "
        "mv other scenarios && cd scenarios && cp -r dali two && mv two/plan.yaml "
        "two/first.yaml && echo \"base: first.yaml\" >two/second.yaml && mkdir town "
        "wild && echo \"base: ../dali/plan.yaml\" >town/plan.yaml && echo \"base: "
        "../../far/moved/scenario.yaml\" >wild/plan.yaml && mkdir bad && echo \"base: "
        "../none.yaml\" >bad/plan.yaml",
        0);
    shell(p, "cd $1 && ./own init t --from town && grep -h ^base: t/*.yaml t/*/*.yaml",
        0);
    assert_string_equal(strstr(p->out, "base: "),
        "base: dali/plan.yaml\nbase: scenario.yaml\nbase: base.yaml\nbase: "
        "../base/services.yaml\n");
    shell(p, "cd $1 && ./own check t/scenario.yaml", 0);
    shell(p, "cd $1 && ./own init s --from two/second && grep -h ^base: s/*.yaml", 0);
    assert_string_equal(strstr(p->out, "base: "),
        "base: base/services.yaml\nbase: first.yaml\nbase: scenario.yaml\n");
    shell(p, "cd $1 && ./own check s/scenario.yaml", 0);
    shell(p, "cd $1 && ./own init w --from wild", 2);
    assert_non_null(strstr(p->err, "is outside the folders of"));
    shell(p, "cd $1 && ./own init w --from bad", 2);
    assert_non_null(strstr(p->err, "the plan to copy has mistakes"));
    shell(p, "test ! -e $1/w", 0);
}

int
main(int argc, char **argv)
{
    struct program p;
    void *state = &p;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(the_copy_checks_and_runs_as_its_plan, state),
        cmocka_unit_test_prestate(every_key_is_explained, state),
        cmocka_unit_test_prestate(only_a_new_or_empty_folder_is_written, state),
        cmocka_unit_test_prestate(a_failure_leaves_nothing, state),
        cmocka_unit_test_prestate(plans_are_named, state),
        cmocka_unit_test_prestate(scenarios_are_beside_the_program_or_here, state),
        cmocka_unit_test_prestate(bases_come_along, state),
    };

    (void)argc;
    program_init(&p, argv[0]);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    program_free(&p);
    return failed;
}
