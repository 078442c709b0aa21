/*
 * Every payment takes from one account what it gives to another; new beds are
 * subsidised once.
 */
#include "models/ledger.h"

#include "models/stock.h"
#include "tests/rows.h"
#include "tests/till.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct date january = {2021, 1, 1}, december = {2022, 12, 31};

static void
open_plain(struct till *t)
{
    till_init(t);
    till_open(t, january, december);
    assert_int_equal(t->report.mistakes, 0);
}

static void
rows_describe_the_structs(void **state)
{
    (void)state;
    rows_cover(ledger_model.par, sizeof(struct ledger_par));
    rows_cover(ledger_model.out, sizeof(struct ledger_out));
}

static void
a_payment_is_booked_on_both_sides(void **state)
{
    struct till t;

    (void)state;
    open_plain(&t);
    ledger_pay(&t.region, ACCOUNT_LOTTERY, ACCOUNT_BUILDERS, PAY_CONSTRUCTION, 12345);
    ledger_pay(&t.region, ACCOUNT_PRIVATE, ACCOUNT_STAFF, PAY_WAGE, 99);
    till_month(&t);
    assert_int_equal(t.out.paid[ACCOUNT_LOTTERY], 12345);
    assert_int_equal(t.out.received[ACCOUNT_BUILDERS], 12345);
    assert_int_equal(t.out.spent[PAY_CONSTRUCTION], 12345);
    assert_int_equal(till_paid(&t, ACCOUNT_LOTTERY, PAY_CONSTRUCTION), 12345);
    assert_int_equal(t.out.paid[ACCOUNT_PRIVATE], 99);
    assert_int_equal(t.out.received[ACCOUNT_STAFF], 99);
    till_month(&t);
    assert_int_equal(t.out.paid[ACCOUNT_LOTTERY], 0);
    till_close(&t);
}

/* Any payments: debits, credits and purposes have the same total, month by month (the
 * model's own check looks, too), and payers' purposes are theirs. */
static void
random_payments_balance(void **state)
{
    struct till t;

    (void)state;
    open_plain(&t);
    for (uint32_t month = 0; month < 24; month++) {
        int64_t all = 0, payers = 0, paid = 0, received = 0, spent = 0, matrix = 0;
        for (uint32_t i = 0; i < 500; i++) {
            struct rng_block b = rng_block(rng_run(3, month), i, 1, 0);
            int from = (int)(b.word[0] % ACCOUNTS);
            int to = (from + 1 + (int)(b.word[1] % (ACCOUNTS - 1))) % ACCOUNTS;
            int64_t fen = (int64_t)(b.word[3] >> (b.word[2] % 32));
            ledger_pay(&t.region, from, to, (int)(b.word[2] % PURPOSES), fen);
            all += fen;
            payers += from < PAYERS ? fen : 0;
        }
        till_month(&t);
        for (int i = 0; i < ACCOUNTS; i++) {
            paid += t.out.paid[i];
            received += t.out.received[i];
        }
        for (int i = 0; i < PURPOSES; i++)
            spent += t.out.spent[i];
        for (int i = 0; i < PAYERS * PURPOSES; i++)
            matrix += t.out.paid_for[i];
        assert_int_equal(paid, all);
        assert_int_equal(received, all);
        assert_int_equal(spent, all);
        assert_int_equal(matrix, payers);
    }
    till_close(&t);
}

/* True when `act` aborts. */
static bool
aborts(void (*act)(struct till *), struct till *t)
{
    int status = 0;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        fclose(stderr);
        act(t);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void
honest(struct till *t)
{
    till_month(t);
}

static void
cooked(struct till *t)
{
    ledger_of(&t->region)->received[ACCOUNT_STAFF]++;
    till_month(t);
}

static void
misfiled(struct till *t)
{
    ((struct ledger_out *)t->region.out[MODELS_LEDGER])->spent[PAY_WAGE]++;
    till_month(t);
}

static void
to_itself(struct till *t)
{
    ledger_pay(&t->region, ACCOUNT_STAFF, ACCOUNT_STAFF, PAY_WAGE, 1);
}

static void
negative(struct till *t)
{
    ledger_pay(&t->region, ACCOUNT_COUNTY, ACCOUNT_STAFF, PAY_WAGE, -1);
}

static void
books_that_do_not_balance_stop_the_run(void **state)
{
    struct till t;

    (void)state;
    open_plain(&t);
    ledger_pay(&t.region, ACCOUNT_COUNTY, ACCOUNT_STAFF, PAY_WAGE, 7);
    assert_false(aborts(honest, &t));
    assert_true(aborts(cooked, &t));
    assert_true(aborts(misfiled, &t));
    assert_true(aborts(to_itself, &t));
    assert_true(aborts(negative, &t));
    till_close(&t);
}

/* 40 + 20 beds at 10,000 CNY: nothing for those of the start, 100 % for the county. */
static void
a_new_private_bed_is_subsidised_once(void **state)
{
    struct till t;

    (void)state;
    till_init(&t);
    t.ledger.building_prefecture = t.ledger.building_province = 0.0;
    t.ledger.building_lottery = 0.0;
    till_open(&t, january, december);
    int32_t old = till_site(&t, TILL_PRIVATE_HOME, 50, 50);
    int32_t public_home = till_site(&t, TILL_PUBLIC_HOME, 50, 50);
    till_month(&t);
    till_site(&t, TILL_PRIVATE_HOME, 5, 5); /* before the lever */
    ledger_set_build_subsidy(&t.region, 10000.0);
    int32_t home = till_site(&t, TILL_PRIVATE_HOME, 30, 10);
    till_month(&t);
    assert_int_equal(t.out.spent[PAY_BUILD_SUBSIDY], 40 * 1000000);
    assert_int_equal(till_paid(&t, ACCOUNT_COUNTY, PAY_BUILD_SUBSIDY), 40 * 1000000);
    assert_int_equal(t.out.received[ACCOUNT_PRIVATE], 40 * 1000000);
    stock_extend(&t.region, home, BED_ORDINARY, -15);
    stock_extend(&t.region, home, BED_NURSING, 15); /* as many as there were */
    stock_convert(&t.region, home, BED_NURSING, 5);
    stock_extend(&t.region, public_home, BED_NURSING, 100);
    stock_extend(&t.region, old, BED_NURSING, 20);
    till_site(&t, TILL_HANDED_OVER_HOME, 10, 10);
    till_site(&t, TILL_HOME_CARE, 10, 0);
    till_month(&t);
    assert_int_equal(t.out.spent[PAY_BUILD_SUBSIDY], 20 * 1000000);
    till_close(&t);
}

/* Yuxi: 5,000 CNY a bed in a leased building. */
static void
a_leased_bed_gets_half(void **state)
{
    struct till t;

    (void)state;
    till_init(&t);
    t.ledger.build_subsidy = 10000.0;
    till_open(&t, january, december);
    till_month(&t);
    struct facility x = {.key = 9,
        .service = TILL_PRIVATE_HOME,
        .homes = 1,
        .bed = {20, 0, 10},
        .operating = true,
        .lease = true};
    stock_build(&t.region, &x);
    till_month(&t);
    assert_int_equal(t.out.spent[PAY_BUILD_SUBSIDY], 30 * 500000);
    assert_int_equal(till_paid(&t, ACCOUNT_PREFECTURE, PAY_BUILD_SUBSIDY), 1500000);
    assert_int_equal(till_paid(&t, ACCOUNT_PROVINCE, PAY_BUILD_SUBSIDY), 4500000);
    assert_int_equal(till_paid(&t, ACCOUNT_LOTTERY, PAY_BUILD_SUBSIDY), 7500000);
    assert_int_equal(till_paid(&t, ACCOUNT_COUNTY, PAY_BUILD_SUBSIDY), 1500000);
    till_close(&t);
}

/* What payers have is known by year: twelve months of it, to a fen each. */
static void
budgets_come_by_month(void **state)
{
    struct till t;
    int64_t lottery = 0, province = 0;

    (void)state;
    till_init(&t);
    t.ledger.budget_lottery = 1000000.0;
    till_open(&t, january, december);
    for (int i = 0; i < 12; i++) {
        till_month(&t);
        lottery += t.out.budget[ACCOUNT_LOTTERY];
        province += t.out.budget[ACCOUNT_PROVINCE];
    }
    assert_in_range(lottery, 100000000 - 12, 100000000 + 12);
    assert_int_equal(province, 0);
    till_close(&t);
}

static void
shares_above_one_are_a_mistake(void **state)
{
    struct till t;

    (void)state;
    till_init(&t);
    t.ledger.subsidy_province = 0.5;
    t.ledger.subsidy_lottery = 0.5;
    t.ledger.subsidy_prefecture = 0.25;
    till_open(&t, january, december);
    assert_int_equal(t.report.mistakes, 1);
    assert_non_null(strstr(t.report.mistake[0].text,
        "shares of prefecture, province and lottery add up to 1.25, expected at most "
        "1"));
    till_close(&t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_describe_the_structs),
        cmocka_unit_test(a_payment_is_booked_on_both_sides),
        cmocka_unit_test(random_payments_balance),
        cmocka_unit_test(books_that_do_not_balance_stop_the_run),
        cmocka_unit_test(a_new_private_bed_is_subsidised_once),
        cmocka_unit_test(a_leased_bed_gets_half),
        cmocka_unit_test(budgets_come_by_month),
        cmocka_unit_test(shares_above_one_are_a_mistake),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
