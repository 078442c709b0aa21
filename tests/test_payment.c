#include "models/payment.h"

#include "models/service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

/* Names of the input mean the accounts of the same names. */
static void
choices_are_accounts(void **state)
{
    int n = 0;

    (void)state;
    for (; strcmp(payment_choices[n], "operator") != 0; n++)
        for (int owner = 0; owner < OWNERS; owner++)
            assert_string_equal(
                payment_accounts.label[payment_choice(n, owner)], payment_choices[n]);
    assert_int_equal(payment_choice(n, OWNER_PUBLIC), ACCOUNT_PUBLIC);
    assert_int_equal(payment_choice(n, OWNER_HANDED_OVER), ACCOUNT_HANDED_OVER);
    assert_int_equal(payment_choice(n, OWNER_PRIVATE), ACCOUNT_PRIVATE);
    assert_null(payment_choices[n + 1]);
}

static void
labels_say_what_they_are(void **state)
{
    (void)state;
    assert_string_equal(payment_payers.label[ACCOUNT_INSURANCE], "insurance");
    assert_string_equal(
        payment_accounts.label[ACCOUNT_HANDED_OVER], "operator_handed_over");
    assert_string_equal(payment_accounts.label[ACCOUNT_SUPPLIERS], "suppliers");
    assert_string_equal(payment_purposes.label[PAY_FEE], "fee");
    assert_string_equal(payment_purposes.label[PAY_DEFICIT], "deficit");
    assert_string_equal(payment_purposes.label[PAY_OTHER], "other");
}

static void
some_services_have_a_purpose(void **state)
{
    (void)state;
    assert_int_equal(payment_purpose("canteen"), PAY_CANTEEN);
    assert_int_equal(payment_purpose("device"), PAY_RETROFIT);
    assert_int_equal(payment_purpose("public_home"), PURPOSES);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(choices_are_accounts),
        cmocka_unit_test(labels_say_what_they_are),
        cmocka_unit_test(some_services_have_a_purpose),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
