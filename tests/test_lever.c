/* What all levers keep: who is not reached is untouched, to the bit. */
#include "models/lever.h"

#include "models/lever_kind.h"
#include "tests/town.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

enum { TEXT = 4096 };

/* Every kind, each of which changes something. */
static const char *const all[] = {
    "a, kind: build, service: public_home, amount: 40, homes: 2",
    "b, kind: extend, service: day_care, amount: 20",
    "c, kind: convert, service: public_home, amount: 8, bed: nursing",
    "d, kind: merge, service: private_home, to_service: public_home, homes: 1",
    "e, kind: close, service: senior_university, homes: 2",
    "f, kind: hand_over, service: public_home, to_service: handed_over_home, homes: 1",
    "g, kind: open, service: public_home, value: 0.5",
    "h, kind: recruit, staff: home_carer, amount: 20",
    "i, kind: train, staff: caregiver, amount: 20",
    "j, kind: wage, staff: caregiver, value: 1.5",
    "k, kind: subsidise, service: home_care, value: 300",
    "l, kind: build_subsidy, value: 10000",
    "m, kind: insure, service: nursing_home, value: 0.5, grade_from: 2",
    "n, kind: retrofit, service: retrofit, amount: 20, income_to: allowance",
    "o, kind: priority, service: nursing_home, rule: first_come",
    "p, kind: eligibility, service: monthly_visit, income_to: resident_pension",
    "q, kind: price, service: nursing_home, value: 0.7",
    "r, kind: willingness, service: canteen, value: 3",
    "s, kind: visit, value: 0.9",
    "t, kind: build, service: private_home, amount: 20",
    "u, kind: attract, value: 3",
    NULL,
};

/* Some applicants give up for good, some staff quit, so that all have work to do. */
static const char *const lively =
    "workforce: {quits: 0.2}\n"
    "sojourn: {origins: [{name: city, guests: 60, homestay: 1}]}\n"
    "service:\n  services:\n"
    "    - {name: nursing_home, patience: 100, uptake: 0, discharge: 1}\n"
    "    - {name: public_home, income_to: allowance}\n";

/* The rows with more columns behind each. */
static const char *
levers(const char *columns, char *text)
{
    char *at = text + sprintf(text, "lever:\n  levers:\n");

    for (int i = 0; all[i] != NULL; i++)
        at += sprintf(at, "    - {name: %s, from: 2021-03-01%s}\n", all[i], columns);
    return text;
}

/* Whether all results of a county are the same bytes, but those of levers. */
static bool
same(const struct town *a, const struct town *b, int county)
{
    bool same = true;

    for (int m = 0; m < MODELS_COUNT; m++) {
        size_t size = setup_out_bytes(&a->hall.setup, m);
        for (int t = 0; t < a->hall.setup.n_times && m != MODELS_LEVER && size > 0; t++)
            same = same && memcmp(result_at(&a->result, m, 0, t, county),
                               result_at(&b->result, m, 0, t, county), size) == 0;
    }
    return same;
}

static double
total(const struct town *town, const char *result, const char *lever)
{
    return town_measure(town, &(struct town_check){result, lever, -1, TOWN_MORE, 0});
}

/* With probability 0 of being delivered a lever is as if it did not stand there. */
static void
null_lever_is_nothing(void **state)
{
    static struct town without, null, twin;
    char text[TEXT];

    (void)state;
    town_run(&without, lively, NULL);
    town_run(&null, lively, levers(", delivered: 0", text));
    town_run(&twin, lively, levers("", text));
    for (int i = 0; i < TOWN_COUNTIES; i++) {
        assert_true(same(&without, &null, i));
        assert_false(same(&without, &twin, i));
    }
    assert_true(total(&null, "lever_units", NULL) < 0.5);
    assert_true(total(&null, "lever_cost", NULL) < 0.5);
    town_close(&without);
    town_close(&null);
    town_close(&twin);
}

/* Factors of 1, nothing to give, no change of whom it is for: neither does it look for
 * anybody. */
static void
levers_without_effect_are_nothing(void **state)
{
    static struct town without, with;

    (void)state;
    town_run(&without, lively, NULL);
    town_run(&with, lively,
        "lever:\n  levers:\n"
        "    - {name: a, kind: price, service: nursing_home, value: 1}\n"
        "    - {name: b, kind: wage, staff: caregiver, value: 1}\n"
        "    - {name: c, kind: willingness, service: canteen, value: 1, ramp: 200}\n"
        "    - {name: d, kind: subsidise, service: home_care, value: 0}\n"
        "    - {name: e, kind: priority, service: nursing_home, rule: priority}\n"
        "    - {name: f, kind: eligibility, service: retrofit, grade_from: 1}\n"
        "    - {name: g, kind: visit, value: 0}\n"
        "    - {name: h, kind: build_subsidy, value: 0}\n"
        "    - {name: i, kind: attract, value: 1}\n");
    for (int i = 0; i < TOWN_COUNTIES; i++)
        assert_true(same(&without, &with, i));
    assert_true(total(&with, "lever_effect", NULL) < 1e-9);
    assert_true(total(&with, "lever_effect", NULL) > -1e-9);
    town_close(&without);
    town_close(&with);
}

/* Each kind changes something, and says so; together they name every kind. */
static void
every_kind_has_an_effect(void **state)
{
    static struct town town;
    char text[TEXT];

    (void)state;
    town_run(&town, lively, levers("", text));
    for (int i = 0; all[i] != NULL; i++) {
        const char name[] = {all[i][0], '\0'};
        double effect = total(&town, "lever_effect", name);
        if (!(effect < 0.0) && !(effect > 0.0))
            fail_msg("no effect: %s", all[i]);
        if (strstr(all[i], "visit,") == NULL)
            assert_true(total(&town, "lever_units", name) > 0.5);
    }
    for (int k = 0; lever_kind_list[k].name != NULL; k++) {
        bool found = false;
        char kind[32];
        snprintf(kind, sizeof kind, "kind: %s,", lever_kind_list[k].name);
        for (int i = 0; all[i] != NULL; i++)
            found = found || strstr(all[i], kind) != NULL;
        assert_true(found);
    }
    town_close(&town);
}

/* Levers of one county change no bit of the other. */
static void
other_county_is_untouched(void **state)
{
    static struct town without, with;
    char text[TEXT];

    (void)state;
    town_run(&without, lively, NULL);
    town_run(&with, lively, levers(", adcode: 999001", text));
    assert_false(same(&without, &with, TOWN_EAST));
    assert_true(same(&without, &with, TOWN_WEST));
    town_close(&without);
    town_close(&with);
}

/* Nobody is born, dies, moves or changes grade because of a lever, but where adapted
 * homes are said to avert changes. */
static void
lives_are_common(void **state)
{
    static const int lives[] = {MODELS_COUNTY, MODELS_GRADE, MODELS_MORTALITY,
        MODELS_FERTILITY, MODELS_POPULATION, MODELS_MIGRATION};
    static struct town without, with;
    char text[TEXT];

    (void)state;
    town_run(&without, lively, NULL);
    town_run(&with, lively, levers("", text));
    for (int i = 0; i < TOWN_COUNTIES; i++)
        for (int t = 0; t < with.hall.setup.n_times; t++)
            for (size_t k = 0; k < sizeof lives / sizeof lives[0]; k++)
                assert_memory_equal(result_at(&without.result, lives[k], 0, t, i),
                    result_at(&with.result, lives[k], 0, t, i),
                    setup_out_bytes(&with.hall.setup, lives[k]));
    town_close(&without);
    town_close(&with);
}

/* The order of rows changes nothing for levers that do not meet. */
static void
a_lever_is_its_name(void **state)
{
    static struct town ab, ba;

    (void)state;
    town_run(&ab, lively,
        "lever:\n  levers:\n"
        "    - {name: a, kind: recruit, staff: caregiver, amount: 30, lag: 90, "
        "delivered: 0.6}\n"
        "    - {name: b, kind: build, service: canteen, amount: 60, homes: 6, lag: 90, "
        "delivered: 0.6}\n");
    town_run(&ba, lively,
        "lever:\n  levers:\n"
        "    - {name: b, kind: build, service: canteen, amount: 60, homes: 6, lag: 90, "
        "delivered: 0.6}\n"
        "    - {name: a, kind: recruit, staff: caregiver, amount: 30, lag: 90, "
        "delivered: 0.6}\n");
    for (int i = 0; i < TOWN_COUNTIES; i++)
        assert_true(same(&ab, &ba, i));
    assert_true(total(&ab, "lever_units", "a") > 5.0);
    assert_true(total(&ab, "lever_units", "b") > 5.0);
    town_close(&ab);
    town_close(&ba);
}

/* Names for choices are those of the rows; all that is printed is there. */
static void
kinds_are_described(void **state)
{
    (void)state;
    for (int k = 0; lever_kind_list[k].name != NULL; k++) {
        const struct lever_kind *kind = &lever_kind_list[k];
        assert_string_equal(kind->name, lever_kind_names[k]);
        assert_non_null(kind->doc);
        assert_non_null(kind->unit);
        assert_non_null(kind->effect);
        assert_true(kind->deliver || kind->apply || kind->quarter);
        assert_true((kind->differs == NULL) == (kind->apply == NULL || kind->deliver));
        assert_int_equal(kind->needs & kind->takes, 0);
        assert_true(kind->deliver == NULL || kind->purpose != 0 || kind->to != 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(null_lever_is_nothing),
        cmocka_unit_test(levers_without_effect_are_nothing),
        cmocka_unit_test(every_kind_has_an_effect),
        cmocka_unit_test(other_county_is_untouched),
        cmocka_unit_test(lives_are_common),
        cmocka_unit_test(a_lever_is_its_name),
        cmocka_unit_test(kinds_are_described),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
