#include "models/statement.h"

#include "models/models.h"
#include "tests/village.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

static void
a_number_is_good_to_half_its_last_digit(void **state)
{
    struct statement s = {.value = 41.82, .within = NAN};

    (void)state;
    assert_true(statement_near(&s, 41.8162));
    assert_true(statement_near(&s, 41.825));
    assert_false(statement_near(&s, 41.8251));
    s.value = 5200;
    assert_true(statement_near(&s, 5200.5));
    assert_false(statement_near(&s, 5198));
    s.within = 50;
    assert_true(statement_near(&s, 5160));
    s.value = 0.1;
    s.within = 0;
    assert_true(statement_near(&s, 0.3 - 0.2));
    assert_false(statement_near(&s, 0.1001));
}

static void
it_knows_what_it_is_about(void **state)
{
    struct statement beds = {.what = "beds_per_1000_elders", .item = ""};
    struct statement result = {.what = "new_places", .item = "public_home"};
    struct statement other = {.what = "new_places", .item = "private_home"};
    struct statement par = {.what = "workforce.quits"}, topic = {.topic = "visits"};
    struct target t = {.indicator = "beds_per_1000_elders"};

    (void)state;
    assert_string_equal(statement_counts(&beds), "beds");
    assert_string_equal(statement_unit(&beds), "1/1000");
    beds.unit = "bed";
    assert_string_equal(statement_unit(&beds), "bed");
    assert_string_equal(statement_counts(&result), "new_places");
    assert_null(statement_counts(&par));
    assert_null(statement_counts(&topic));
    assert_true(statement_same(&beds, &beds));
    assert_false(statement_same(&result, &other));
    assert_false(statement_same(&par, &topic));
    assert_true(statement_of_target(&beds, &t));
    assert_false(statement_of_target(&result, &t));
    assert_false(statement_of_target(&topic, &t));
}

/* The first of four statements, changed by a letter, is refused with a message; NULL:
 * not at all. */
static void
refused(char change, const char *message)
{
    struct statement s[4];
    struct rows table = {.row = s, .line = (int[]){10, 11, 12, 13}, .file = "x.csv"};
    static const struct village village = {.set = NULL};
    struct visit visit;
    struct report report = {.mistakes = 0};
    char text[256];

    village_visit(&visit, &village);
    memcpy(s, visit.findings.lint.plan->statements.row, sizeof s);
    table.n = 4;
    s[0].what = change == 'w' ? "beeds" : change == 'p' ? "workforce.quit" : s[0].what;
    s[0].what = change == 'n' ? NULL : s[0].what;
    s[0].topic = change == 't' ? "word" : NULL;
    s[0].what = change == 'i' ? "places" : s[0].what;
    s[0].item = change == 'i' ? "public_hom" : NULL;
    s[0].part = change == 'a' ? "now" : NULL;
    s[0].of = change == 'o' ? "nobody" : NULL;
    s[0].total = change == 's' ? "nov" : NULL;
    statement_check(&visit.dali.setup, &table, &report);
    if (message == NULL)
        assert_int_equal(report.mistakes, 0);
    else {
        assert_true(report.mistakes >= 1);
        snprintf(text, sizeof text, "%s", report.mistake[0].text);
        if (strstr(text, message) == NULL)
            print_error("%s\n", text);
        assert_non_null(strstr(text, message));
        assert_string_equal(report.mistake[0].place.file, "x.csv");
        assert_int_equal(report.mistake[0].place.line, 10);
    }
    report_free(&report);
    village_leave(&visit);
}

static void
names_that_nobody_knows_are_mistakes(void **state)
{
    (void)state;
    refused(' ', NULL);
    refused('w', "'beeds' is neither an indicator nor a result nor a parameter");
    refused('t', "gives both; it takes one of what and topic");
    refused('n', "gives neither");
    refused('p', "'workforce.quit' is no parameter of one number");
    refused('i', "has no item 'public_hom'");
    refused('a', "gives part alone; a share has part and of");
    refused('o', "gives of alone");
    refused('s', "no statement is named 'nov'; did you mean 'now'?");
}

static void
rows_are_found_by_name(void **state)
{
    static const struct village village = {.set = NULL};
    struct visit visit;

    (void)state;
    village_visit(&visit, &village);
    const struct rows *rows = &visit.findings.lint.plan->statements;
    assert_true(statement_find(rows, "carers_now")->value == 20.0);
    assert_int_equal(statement_find(rows, "wanted")->says, STATEMENT_AT_LEAST);
    assert_null(statement_find(rows, "nobody"));
    assert_true(isnan(statement_find(rows, "now")->within));
    village_leave(&visit);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_good_to_half_its_last_digit),
        cmocka_unit_test(it_knows_what_it_is_about),
        cmocka_unit_test(names_that_nobody_knows_are_mistakes),
        cmocka_unit_test(rows_are_found_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
