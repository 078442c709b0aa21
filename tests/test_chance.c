#include "output/chance.h"

#include "tests/planned.h"

#include "sim/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* An interval is never said to be narrower than it is, so that it never contradicts its
 * verdict: 0.9499 is not 0.950. */
static void
intervals_are_rounded_outward(void **state)
{
    const struct {
        double share, lower, upper;
        const char *text, *brief;
    } table[] = {
        {1.0, 0.9503, 1.0, "1.00, 0.950 to 1", "100 %, 95-100"},
        {1.0, 0.95, 1.0, "1.00, 0.950 to 1", "100 %, 95-100"},
        {1.0, 0.9499, 1.0, "1.00, 0.949 to 1", "100 %, 94-100"},
        {0.0, 0.0, 0.05, "0.00, 0 to 0.050", "0 %, 0-5"},
        {0.0, 0.0, 0.0501, "0.00, 0 to 0.051", "0 %, 0-6"},
        {0.9975, 0.9721, 0.9999, "0.998, 0.972 to 1.000", "100 %, 97-100"},
        {0.5, 0.0001, 0.7, "0.500, 0.000 to 0.700", "50 %, 0-70"},
    };
    const struct reader ruled = {.most_replicates = 400}, fixed = {.n_replicates = 9};
    char text[CHANCE_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const struct reader_target t = {.probability = table[i].share,
            .lower = table[i].lower,
            .upper = table[i].upper};
        assert_string_equal(
            chance_text(t.probability, t.lower, t.upper, text), table[i].text);
        assert_string_equal(chance_of(&ruled, &t, text), table[i].brief);
    }
    assert_string_equal(
        chance_of(&fixed, &(struct reader_target){.probability = 0.5}, text), "50 %");
}

/* What is said below the table, the same in both languages. */
static void
the_rule_is_said_where_there_is_one(void **state)
{
    const struct reader ruled = {.most_replicates = 400, .error = 0.01};
    const struct reader fixed = {.n_replicates = 9};
    FILE *f = tmpfile();

    (void)state;
    assert_non_null(f);
    chance_rule(&fixed, 0, false, f);
    assert_int_equal(ftell(f), 0);
    chance_rule(&ruled, 3, false, f);
    chance_rule(&ruled, 3, true, f);
    rewind(f);
    char *text = planned_text(f);
    assert_non_null(strstr(text, "at most 400: 3 undecided."));
    assert_non_null(strstr(text, "probability 0.01 at most.\n"));
    assert_non_null(strstr(text, "不超过0.01"));
    assert_non_null(strstr(text, "最多400次；未定3项"));
    mem_free(text);
    fclose(f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_are_rounded_outward),
        cmocka_unit_test(the_rule_is_said_where_there_is_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
