/* Every mistake in a row of levers is named at its line, with what was expected. */
#include "models/lever_check.h"

#include "tests/town.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#define ROWS "lever:\n  levers:\n    - {name: x, "

/* A row, and what is said of it. */
static const struct {
    const char *row, *text;
} wrong[] = {
    {"kind: built, service: public_home", "did you mean 'build'?"},
    {"kind: build, service: publik_home, amount: 3",
        "with.yaml:4: nobody offers a service 'publik_home'; did you mean "
        "'public_home'?"},
    {"kind: hand_over, service: public_home, to_service: moon, homes: 1",
        "nobody offers a service 'moon', expected a name of service.services"},
    {"kind: build, service: public_home", "with.yaml:4: lever 'x' of kind build lacks "
                                          "amount: new sites (`homes`, 1 unless "
                                          "given) with `amount` places or beds"},
    {"kind: build, amount: 3", "lacks service: "},
    {"kind: recruit", "lacks staff and amount: "},
    {"kind: insure, service: nursing_home", "lacks value and grade_from: "},
    {"kind: close, service: public_home", "lacks amount or homes: "},
    {"kind: eligibility, service: canteen", "lacks income_to or grade_from: "},
    {"kind: convert, service: public_home, amount: 3", "lacks to_service or bed: "},
    {"kind: convert, service: public_home, bed: nursing", "lacks amount, the beds"},
    {"kind: convert, service: public_home, to_service: day_care, amount: 3",
        "lacks homes, the sites that become 'day_care'"},
    {"kind: convert, service: public_home, amount: 3, bed: ordinary",
        "converts ordinary beds into ordinary beds"},
    {"kind: convert, service: day_care, amount: 3, bed: nursing",
        "gives a type of bed, but 'day_care' is no residence"},
    {"kind: build, service: retrofit, amount: 3",
        "'retrofit' has no sites with places"},
    {"kind: extend, service: home_care, amount: 3",
        "'home_care' has no sites with places"},
    {"kind: retrofit, service: day_care, amount: 3",
        "'day_care' is not given out by pieces, expected one of kind once"},
    {"kind: willingness, service: public_home, value: 2",
        "'public_home' has no applicants of its own, expected 'nursing_home', which it "
        "serves"},
    {"kind: hand_over, service: public_home, to_service: day_care, homes: 1",
        "'public_home' and 'day_care' do not serve the same applicants, see kind "
        "convert"},
    {"kind: hand_over, service: public_home, to_service: public_home, homes: 1",
        "leads from 'public_home' to itself"},
    {"kind: convert, service: public_home, to_service: home_care, homes: 1",
        "'home_care' has no sites with places"},
    {"kind: build_subsidy, service: public_home, value: 10",
        "'public_home' is no private residence"},
    {"kind: subsidise, service: private_home, value: 10, bed: nursing, income_to: "
     "allowance",
        "a subsidy of beds asks for no income"},
    {"kind: insure, service: nursing_home, value: 1.5, grade_from: 3",
        "has value 1.5, expected a share from 0 to 1"},
    {"kind: wage, staff: caregiver, value: 0", "has value 0, expected more than 0"},
    {"kind: visit, value: 0.5, from: 2021-05-01, to: 2021-04-30",
        "is from 2021-05-01 to 2021-04-30, expected the end not before the beginning"},
    {"kind: visit, value: 0.5, adcode: 999009",
        "with.yaml:4: county 999009 is not in the table of counties"},
    {"kind: visit, value: 0.5, from: 2023-01-01",
        "warning: lever 'x' acts after the run: from 2023-01-01, the run ends on "
        "2022-12-31"},
    {"kind: visit, value: 0.5, from: 2020-01-01, to: 2020-12-31",
        "warning: lever 'x' acts before the run: to 2020-12-31"},
    {"kind: recruit, staff: caregiver, amount: 3, from: 2020-06-01",
        "warning: lever 'x' begins before the run, on 2020-06-01"},
    {"kind: visit, value: 0.5, amount: 7, bed: nursing",
        "warning: lever 'x' of kind visit does not look at amount and bed"},
    {"kind: attract, value: 2, origin: moon",
        "nobody comes from 'moon', expected a name of sojourn.origins"},
    {"kind: build, service: public_home, amount: -3", "'-3' is out of range"},
    {"kind: build, service: public_home, amount: 3, delivered: 1.5",
        "'1.5' is out of range"},
    {"kind: wage, staff: nurse, value: 2", "'nurse'"},
};

static void
mistakes_are_named(void **state)
{
    static char text[SCRATCH_TEXT];
    char more[512];
    int missed = 0;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        snprintf(more, sizeof more, ROWS "%s}\n", wrong[i].row);
        town_read(NULL, more, text);
        if (strstr(text, wrong[i].text) != NULL)
            continue;
        print_error("%s\nexpected: %s\n%s\n", wrong[i].row, wrong[i].text, text);
        missed++;
    }
    assert_int_equal(missed, 0);
}

/* All mistakes at once; a row in a base is named by the base's file. */
static void
rows_of_a_base_are_named(void **state)
{
    static char text[SCRATCH_TEXT];

    (void)state;
    town_read("lever:\n  levers:\n    - {name: a, kind: build, amount: 3}\n",
        "lever:\n  levers:\n    - {name: b, kind: recruit, amount: 3}\n", text);
    assert_non_null(
        strstr(text, "given.yaml:4: lever 'a' of kind build lacks service"));
    assert_non_null(strstr(text, "with.yaml:4: lever 'b' of kind recruit lacks staff"));
}

/* What is right is not spoken of. */
static void
right_rows_are_silent(void **state)
{
    static char text[SCRATCH_TEXT];

    (void)state;
    town_read(NULL,
        ROWS "kind: build, service: disabled_home, each: 1, from: 2021-01-01, "
             "to: 2021-12-31, amount: 30, homes: 1, bed: dementia, lease: 1, lag: 30, "
             "delivered: 0.9, cost_cny: 146000, payer: lottery}\n"
             "    - {name: y, kind: convert, service: public_home, amount: 5, "
             "bed: nursing}\n"
             "    - {name: z, kind: merge, service: public_home, homes: 1, "
             "to_service: private_home}\n"
             "    - {name: v, kind: visit, service: monthly_visit, value: 1}\n",
        text);
    assert_string_equal(text, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(rows_of_a_base_are_named),
        cmocka_unit_test(right_rows_are_silent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
