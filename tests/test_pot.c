/*
 * Public money is shared to the fen.
 */
#include "models/pot.h"

#include "tests/till.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct date january = {2021, 1, 1}, december = {2021, 12, 31};

/* Whatever the amount, the four pay it together, each within a fen of its share. */
static void
every_fen_is_borne_once(void **state)
{
    const double share[] = {0.4, 1.0 / 7.0, 0.2, 0.6 - 0.2 - 1.0 / 7.0};
    struct till t;

    (void)state;
    till_init(&t);
    t.ledger.subsidy_prefecture = share[1];
    t.ledger.subsidy_province = share[2];
    t.ledger.subsidy_lottery = share[3];
    till_open(&t, january, december);
    const struct ledger *l = ledger_of(&t.region);
    for (uint32_t i = 0; i < 1000; i++) {
        struct rng_block b = rng_block(rng_run(5, 0), i, 1, 0);
        int64_t before[ACCOUNTS], sum = 0;
        int64_t fen = (int64_t)((uint64_t)b.word[0] * 1000 >> (b.word[1] % 40));
        for (int k = 0; k < ACCOUNTS; k++)
            before[k] = l->paid[k];
        pot_pay(&t.region, POT_SUBSIDY, ACCOUNT_PRIVATE, PAY_OPERATING, fen);
        for (int k = 0; k < 4; k++) {
            int64_t bears = l->paid[ACCOUNT_COUNTY + k] - before[ACCOUNT_COUNTY + k];
            assert_true(bears >= 0);
            assert_true((double)bears >= share[k] * (double)fen - 1.0);
            assert_true((double)bears <= share[k] * (double)fen + 1.0);
            sum += bears;
        }
        assert_int_equal(sum, fen);
    }
    till_month(&t);
    till_close(&t);
}

static void
pots_have_shares_of_their_own(void **state)
{
    struct till t;

    (void)state;
    till_init(&t);
    t.ledger.support_prefecture = 1.0;
    t.ledger.subsidy_province = 1.0;
    t.ledger.subsidy_prefecture = t.ledger.subsidy_lottery = 0.0;
    t.ledger.building_prefecture = t.ledger.building_province = 0.0;
    t.ledger.building_lottery = 0.5;
    till_open(&t, january, december);
    pot_pay(&t.region, POT_SUPPORT, ACCOUNT_PUBLIC, PAY_FEE, 101);
    pot_pay(&t.region, POT_SUBSIDY, ACCOUNT_PUBLIC, PAY_SERVICE, 103);
    pot_pay(&t.region, POT_BUILDING, ACCOUNT_PRIVATE, PAY_BUILD_SUBSIDY, 8);
    till_month(&t);
    assert_int_equal(t.out.paid[ACCOUNT_PREFECTURE], 101);
    assert_int_equal(t.out.paid[ACCOUNT_PROVINCE], 103);
    assert_int_equal(t.out.paid[ACCOUNT_LOTTERY], 4);
    assert_int_equal(t.out.paid[ACCOUNT_COUNTY], 4);
    till_close(&t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fen_is_borne_once),
        cmocka_unit_test(pots_have_shares_of_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
