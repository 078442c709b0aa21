/* What `carecap check` finds in Dali's plan, and the forms in which it is said. */
#include "output/findings.h"

#include "models/lint.h"
#include "tests/program.h"
#include "tests/village.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#define DALI "scenarios/dali/plan.yaml"
#define NOTHING DALI " --set plan.targets=[] --set plan.statements=[]"

/* The finding of a rule about a target or statement, as one line without breaks. */
static const char *
finding(const char *out, const char *rule, const char *about, char *text, size_t size)
{
    char head[128];
    size_t n = 0;

    snprintf(head, sizeof head, "  %s  %s\n", rule, about);
    const char *at = strstr(out, head);
    if (at == NULL)
        print_error("%s of %s is not found\n", rule, about);
    assert_non_null(at);
    at += strlen(head);
    while (strncmp(at, "    ", 4) == 0) {
        size_t length = strcspn(at + 4, "\n");
        n += (size_t)snprintf(
            text + n, size - n, "%s%.*s", n > 0 ? " " : "", (int)length, at + 4);
        at += 4 + length + 1;
    }
    return text;
}

static void
holds(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        print_error("%s\n  expected: %s\n", text, part);
    assert_non_null(strstr(text, part));
}

/* Whether a finding of a statement is said to stand where it stands. */
static void
says_its_line(struct program *p, const char *rule, const char *name)
{
    char line[128], *out = program_file(p, "out");

    snprintf(line, sizeof line, "grep -n ^%s, scenarios/dali/statements.csv", name);
    assert_int_equal(program_shell(p, line), 0);
    snprintf(
        line, sizeof line, "statements.csv:%d  %s  %s\n", atoi(p->out), rule, name);
    holds(out, line);
    mem_free(out);
}

/* The six that anybody who reads the plan with a pencil would find. */
static void
six_findings_on_dali(void **state)
{
    struct program *p = *state;
    char text[4096];

    assert_int_equal(program_run(p, "check " DALI " --lang en"), 0);
    finding(p->out, "elder_growth", "beds_per_1000", text, sizeof text);
    holds(text, "holds only if elders grow by at most 3.4 % a year");
    holds(text, "11,669 + 5,096 = 16,765 are 25 per 1,000 for at most 670,600 elders");
    holds(text, "that projects and levers add: 7");
    holds(text, "at the end of 2025-12-31, 4.3 % a year");
    finding(p->out, "other_whole", "nursing_share", text, sizeof text);
    holds(text, "41.82 % is 2,172 of 5,194 (beds of operating homes at the start)");
    holds(
        text, "not of the 11,669 printed beside it (all beds): of these it is 18.61 %");
    finding(p->out, "no_attrition", "caregivers", text, sizeof text);
    holds(text, "nobody leaves until 2025-12-31: 1,200 + 4,000 = 5,200");
    holds(text, "25 % quit a year");
    finding(p->out, "twice", "nursery_places", text, sizeof text);
    holds(text, "given as 8,042 here and as 3,125");
    finding(p->out, "met_on_signing", "lottery_wanted", text, sizeof text);
    holds(text, "7 aims are met on signing");
    holds(text, "basic pension insurance 102.18 % (100 %)");
    holds(text, "immunisation to age 6 95 % (95 %)");
    finding(p->out, "short_on_paper", "nursing_share", text, sizeof text);
    holds(text, "at least 55 % is asked for by 2025-12-31");
    says_its_line(p, "twice", "nursery_places");
}

static void
chinese_says_the_same(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "check " DALI " --lang zh"), 0);
    holds(p->out, "县市      12\n");
    holds(p->out, "只有老年人口年均增速不超过3.4%才能达到：11,669 + 5,096 = 16,765");
    holds(p->out, "41.82%对应5,194（期初运营机构床位）中的2,172");
    assert_null(strstr(p->out, "holds only"));
    assert_int_equal(program_shell(p, "LC_ALL=zh_CN.UTF-8 \"$0\" check " NOTHING), 0);
    holds(p->out, "发现      0\n");
}

static void
strict_and_json(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_shell(p, "\"$0\" check " DALI " --strict --format json "
                                      ">$1/json; echo $?; /usr/bin/python3 -c "
                                      "\"import json,sys; print(len(json.load("
                                      "sys.stdin)[\\\"findings\\\"]))\" <$1/json"),
        0);
    assert_true(strncmp(p->out, "3\n", 2) == 0);
    assert_true(atoi(p->out + 2) >= 6);
    char *json = program_file(p, "json");
    holds(json, "{\"state_at_start\": true, \"findings\": [\n");
    holds(json, "{\"rule\": \"elder_growth\", \"about\": \"beds_per_1000\", \"file\": "
                "\"" DALI "\", \"line\": ");
    holds(json, "\"text_zh\": \"");
    mem_free(json);
    assert_int_equal(program_run(p, "check " NOTHING " --strict --format json"), 0);
    assert_string_equal(p->out, "{\"state_at_start\": false, \"findings\": []}\n");
    assert_int_equal(program_run(p, "check " DALI " --format csv"), 2);
    holds(p->err, "--format 'csv': must be text or json");
}

static void
rules_are_all_listed(void **state)
{
    struct program *p = *state;
    char line[64];

    assert_int_equal(program_run(p, "list findings"), 0);
    for (const struct lint_rule *r = lint_rules; r->name != NULL; r++) {
        snprintf(line, sizeof line, "%s\n    ", r->name);
        holds(p->out, line);
        holds(p->out, r->doc);
        holds(p->out, r->zh);
    }
}

static void
names_of_counties_are_cut_off(void **state)
{
    struct program *p = *state;

    assert_int_equal(program_run(p, "check scenarios/scale/yunnan.yaml --set "
                                    "plan.targets=[]"),
        0);
    holds(p->out, "counties  129\n");
    holds(p->out, "\n  and 109 more\ntargets   0\n");
    holds(p->out, "findings  0\n");
}

/* No line is wider than it should be, and nothing is lost by breaking lines. */
static void
sentences_are_broken_into_lines(void **state)
{
    static const struct village few = {
        .statements = "", .projects = "one,public_home,1,0,10,2022-07-01\n"};
    struct visit visit;
    char text[8192];

    (void)state;
    village_visit(&visit, &few);
    for (int zh = 0; zh < 2; zh++) {
        FILE *f = tmpfile();
        const struct lint_finding *found =
            village_finding(&visit, "elder_growth", "beds");
        const char *wanted = zh ? found->text_zh : found->text, *at = text;
        findings_text(&visit.findings, zh, f);
        rewind(f);
        text[fread(text, 1, sizeof text - 1, f)] = '\0';
        fclose(f);
        at = strstr(text, "elder_growth  beds\n    ");
        assert_non_null(at);
        for (at += 23; *wanted != '\0'; at++) {
            if (strncmp(at, "\n    ", 5) == 0) { /* a break, in place of a blank */
                at += 4;
                wanted += *wanted == ' ';
                continue;
            }
            assert_int_equal(*at, *wanted);
            wanted++;
        }
        assert_int_equal(*at, '\n');
    }
    village_leave(&visit);
}

/* The result of a run keeps what was found; the digest of the science does not. */
static void
results_keep_the_findings(void **state)
{
    struct program *p = *state;
    const char *run = "\"$0\" run " DALI " --until 2021-01-31 --replicates 1 --quiet "
                      "--force -o $1/";
    char line[512];

    snprintf(line, sizeof line, "%sa.h5 && %sb.h5 --set plan.statements=[]", run, run);
    assert_int_equal(program_shell(p, line), 0);
    assert_int_equal(
        program_shell(p, "\"$0\" digest $1/a.h5 && \"$0\" digest $1/b.h5"), 0);
    assert_memory_equal(p->out, p->out + 33, 32);
    assert_int_equal(program_shell(p, "h5dump -d /provenance/findings $1/a.h5"), 0);
    holds(p->out, "41.82 % is 2,172 of 5,194");
    assert_int_equal(program_shell(p, "h5dump -d /provenance/finding $1/a.h5"), 0);
    holds(p->out, "\"other_whole\"");
    assert_int_equal(
        program_shell(p, "h5dump -d /provenance/finding_place $1/a.h5"), 0);
    holds(p->out, "scenarios/dali/statements.csv:");
}

int
main(int argc, char **argv)
{
    struct program p;
    void *state = &p;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(six_findings_on_dali, state),
        cmocka_unit_test_prestate(chinese_says_the_same, state),
        cmocka_unit_test_prestate(strict_and_json, state),
        cmocka_unit_test_prestate(rules_are_all_listed, state),
        cmocka_unit_test_prestate(names_of_counties_are_cut_off, state),
        cmocka_unit_test_prestate(results_keep_the_findings, state),
        cmocka_unit_test(sentences_are_broken_into_lines),
    };

    (void)argc;
    program_init(&p, argv[0]);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    program_free(&p);
    return failed;
}
