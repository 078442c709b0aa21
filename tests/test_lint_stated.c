/* Numbers that a plan prints, against each other. */
#include "models/lint_stated.h"

#include "tests/village.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TARGET ",prefecture,point,at_least,"

static void
aims_met_on_signing_are_listed_together(void **state)
{
    static const struct village two = {
        .statements = "a,is,,,visits,100,%,2020,,,\nb,at_least,,,visits,100,%,2025,,,\n"
                      "c,is,,,pension,102.18,%,2020,,,\n"
                      "d,at_least,,,pension,100,%,2025,,,\n"
                      "e,is,,,insured,95.64,%,2020,,,\n"
                      "f,at_least,,,insured,96.2,%,2025,,,\n"
                      "g,is,,,poor,3,%,2020,,,\nh,at_most,,,poor,2,%,2025,,,\n"};
    static const struct village one = {
        .statements = "g,is,,,poor,3,%,2020,,,\nh,at_most,,,poor,3.5,%,2025,,,\n"};
    static const struct village none = {
        .statements = "e,is,,,insured,95.64,%,2020,,,\n"
                      "f,at_least,,,insured,96.2,%,2025,,,\n"
                      "g,is,,,poor,3,%,2020,,,\nh,at_most,,,other,3.5,%,2025,,,\n"};

    (void)state;
    village_finds(&two, "met_on_signing", "b",
        "2 aims are met on signing: what stands, with what is asked for behind: b 100 "
        "% (100 %); d 102.18 % (100 %)");
    village_finds(&one, "met_on_signing", "h", "an aim is met on signing");
    village_finds(&none, "met_on_signing", NULL, NULL);
}

/* Targets count with the statement of what stands, else with the state at the start;
 * what is asked for both as a statement and as a target counts once. */
static void
targets_are_aims_too(void **state)
{
    static const struct village stock = {
        .targets = "n,nursing_share," TARGET "45,2025-12-31\n"
                   "b,beds_per_1000_elders," TARGET "40,2025-12-31\n"};
    static const struct village single = {
        .statements = "", .targets = "n,nursing_share," TARGET "45,2025-12-31\n"};
    static const struct village stated = {
        .targets = "n,nursing_share," TARGET "60,2025-12-31\n",
        .statements = "now,is,nursing_share,,,62,%,2020,,,\n"
                      "then,at_least,nursing_share,,,60,%,2025,,,\n"};

    (void)state;
    village_finds(&stock, "met_on_signing", "n",
        "2 aims are met on signing: what stands, with what is asked for behind: n 50 % "
        "(45 %); b 50 per 1,000 (40 per 1,000)");
    village_finds(&single, "met_on_signing", NULL, NULL); /* met_at_start says it */
    village_finds(&stated, "met_on_signing", "then", "an aim is met");
}

static void
two_numbers_for_one_thing_are_found(void **state)
{
    static const struct village twice = {
        .statements = "a,is,,,places,8042,,2022,,,\nb,is,,,places,3125,,2022,,,\n"};
    static const struct village no_year = {
        .statements = "a,is,,,places,8042,,2022,,,\nb,is,,,places,3125,,,,,\n"};
    static const struct village units = {.statements =
                                             "a,adds,,,homes,5000,household,2025,,,\n"
                                             "b,adds,,,homes,5000,bed,2025,,,\n"};
    static const struct village fine = {
        .statements =
            "a,is,,,places,8042,,2022,,,\nb,is,,,places,3125,,2020,,,\n" /* years */
            "c,is,,,rate,20.5,,2022,,,\nd,is,,,rate,20.55,,2022,,,\n"    /* rounding */
            "e,adds,,,homes,10,,2025,,,\nf,adds,,,homes,4,,2025,,,e\n"   /* parts */
            "g,adds,,,homes,6,,2025,,,e\n"
            "h,is,places,public_home,,20,,2022,,,\n" /* items */
            "i,at_least,,,rate,30,,2022,,,\n"};

    (void)state;
    village_finds(&twice, "twice", "a", "given as 8,042 here and as 3,125 in line 3");
    village_finds(&no_year, "twice", "a", "('b')");
    village_finds(&units, "twice", "a", "counted in 'household' here and in 'bed'");
    village_finds(&fine, "twice", NULL, NULL);
}

static void
parts_add_up_to_their_total(void **state)
{
    static const struct village teachers = {
        .statements = "all,is,,,teachers,134,,,,,\nfull,is,,,full,8,,,,,all\n"
                      "part,is,,,part,170,,,,,all\n"};
    static const struct village right = {
        .statements = "all,is,,,teachers,178,,,,,\nfull,is,,,full,8,,,,,all\n"
                      "part,is,,,part,170,,,,,all\n"};

    (void)state;
    village_finds(&teachers, "total", "all", "all: 8 + 170 = 178, but 134 is printed");
    village_finds(&right, "total", NULL, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aims_met_on_signing_are_listed_together),
        cmocka_unit_test(targets_are_aims_too),
        cmocka_unit_test(two_numbers_for_one_thing_are_found),
        cmocka_unit_test(parts_add_up_to_their_total),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
