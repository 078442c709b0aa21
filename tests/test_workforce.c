#include "models/workforce.h"

#include "models/axes.h"
#include "sim/date.h"
#include "tests/crew.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

enum { MANY = 100000 };

/* All kinds, with everything that can happen to them. */
static void
lively(struct crew *c)
{
    static const int64_t stock[STAFF_KINDS] = {1000, 400, 200, 300};

    crew_init(c);
    for (int k = 0; k < STAFF_KINDS; k++) {
        c->par.stock[k] = stock[k];
        c->par.recruits[k] = (struct path){
            .n = 2, .year = {2021, 2030}, .value = {200.0, 50.0 + 100.0 * k}};
        c->par.quits[k] = 0.2 + 0.1 * k;
    }
    c->par.replaced = 0.6;
    c->par.cohort = 45.0;
    c->par.retires = 60.0;
    c->busy = 1.0;
    crew_open(c, CREW_REGIONS, 1);
}

/* Counts of a kind, made again from its rows. */
static void
check_rows(const struct staff *s)
{
    int64_t trainees = 0, members = 0, certified = 0, free = 0;

    for (uint32_t i = 0; i < s->n; i++) {
        trainees += s->row[i].state == STAFF_TRAINEE;
        members += s->row[i].state == STAFF_MEMBER;
        certified += s->row[i].state == STAFF_MEMBER && s->row[i].certified;
    }
    for (uint32_t i = s->free; i != STAFF_NONE; i = s->row[i].after)
        free++;
    assert_int_equal(trainees, s->in_training);
    assert_int_equal(members, s->stock);
    assert_int_equal(certified, s->certified);
    assert_int_equal(trainees + members + free, s->n);
}

/* Who is there is who was there, plus who came, less who went; one month, one kind. */
static void
check_month(const struct workforce_out *was, const struct workforce_out *is, int k)
{
    assert_int_equal(is->staff[k], was->staff[k] + is->trained[k] + is->replaced[k] -
                                       is->quit[k] - is->retired[k]);
    assert_int_equal(is->in_training[k],
        was->in_training[k] + is->recruited[k] - is->trained[k] - is->dropped_out[k]);
    assert_true(is->certified[k] >= 0 && is->certified[k] <= is->staff[k]);
    assert_true(is->replaced[k] <= is->quit[k] + is->retired[k]);
    assert_int_equal(is->caregivers, is->staff[STAFF_CAREGIVER]);
}

static void
add(struct workforce_out *sum, const struct workforce_out *o, int k)
{
    sum->recruited[k] += o->recruited[k];
    sum->trained[k] += o->trained[k];
    sum->dropped_out[k] += o->dropped_out[k];
    sum->quit[k] += o->quit[k];
    sum->retired[k] += o->retired[k];
    sum->replaced[k] += o->replaced[k];
}

static void
people_are_conserved(void **state)
{
    static struct crew c;
    struct workforce_out was[CREW_REGIONS], sum = {.caregivers = 0};

    (void)state;
    lively(&c);
    memset(was, 0, sizeof was);
    for (int i = 0; i < CREW_REGIONS; i++)
        for (int k = 0; k < STAFF_KINDS; k++)
            was[i].staff[k] = workforce_staff(&c.region[i], (enum staff_kind)k)->stock;
    while (c.months < 120) {
        if (c.months == 50)
            workforce_set_wage(&c.region[1], STAFF_CAREGIVER, 1.4);
        if (c.months == 60)
            workforce_certify(&c.region[0], STAFF_CHILD_CARER, 20);
        crew_month(&c);
        for (int i = 0; i < CREW_REGIONS; i++)
            for (int k = 0; k < STAFF_KINDS; k++) {
                check_month(&was[i], &c.out[i], k);
                check_rows(workforce_staff(&c.region[i], (enum staff_kind)k));
                add(&sum, &c.out[i], k);
            }
        memcpy(was, c.out, sizeof was);
    }
    /* every flow has flowed, or the balance says little */
    for (int k = 0; k < STAFF_KINDS; k++) {
        assert_true(sum.recruited[k] > 1000 && sum.trained[k] > 1000);
        assert_true(sum.dropped_out[k] > 50 && sum.quit[k] > 500);
        assert_true(sum.retired[k] > 10 && sum.replaced[k] > 300);
    }
    crew_close(&c);
}

/* Counties get whole people by those served, and all that there are. */
static void
staff_is_spread_by_those_served(void **state)
{
    static const int64_t by_elders[] = {101, 201, 706}; /* 1:2:7 of 1,008 */
    static const int64_t by_people[] = {202, 504, 302}; /* 2:5:3 */
    static struct crew c;

    (void)state;
    crew_init(&c);
    for (int k = 0; k < STAFF_KINDS; k++)
        c.par.stock[k] = 1008;
    crew_open(&c, CREW_REGIONS, 2);
    for (int k = 0; k < STAFF_KINDS; k++)
        for (int i = 0; i < CREW_REGIONS; i++) {
            const struct staff *s = workforce_staff(&c.region[i], (enum staff_kind)k);
            assert_int_equal(
                s->stock, k == STAFF_CHILD_CARER ? by_people[i] : by_elders[i]);
            assert_int_equal(workforce_capacity(&c.region[i], (enum staff_kind)k),
                s->stock * 1000000);
        }
    crew_close(&c);
}

/* Standard error 0.16 %: 3 % more or less of the share is noticed. */
static void
certificates_are_counted(void **state)
{
    static struct crew c;
    const enum staff_kind k = STAFF_CAREGIVER;

    (void)state;
    crew_init(&c);
    c.par.stock[k] = MANY;
    crew_open(&c, 1, 3);
    const struct staff *s = workforce_staff(&c.region[0], k);
    double share = (double)s->certified / MANY, se = sqrt(0.58 * 0.42 / MANY);
    assert_true(fabs(share - 0.58) < 4.0 * se);
    assert_true(fabs(share - 0.58 * 1.03) > 4.0 * se);
    int64_t before = s->certified;
    assert_int_equal(workforce_certify(&c.region[0], k, 1000), 1000);
    assert_int_equal(s->certified, before + 1000);
    crew_month(&c);
    assert_int_equal(c.out[0].certified[k], s->certified);
    assert_true(s->certified < before + 1000); /* some of them have left */
    int64_t without = s->stock - s->certified;
    assert_int_equal(workforce_certify(&c.region[0], k, MANY), without);
    assert_int_equal(s->certified, s->stock);
    assert_int_equal(workforce_certify(&c.region[0], k, 1), 0);
    check_rows(s);
    crew_close(&c);
}

/* A signal for everybody who joins, with the kind; none for who fills a post. */
static void
more_staff_is_told(void **state)
{
    static struct crew c;
    int64_t trained[STAFF_KINDS] = {0}, replaced = 0;

    (void)state;
    lively(&c);
    while (c.months < 24) {
        crew_month(&c);
        for (int k = 0; k < STAFF_KINDS; k++) {
            trained[k] += c.out[1].trained[k];
            replaced += c.out[1].replaced[k];
        }
    }
    const struct crew_heard *heard = c.region[1].own[CREW_MODELS - 1];
    assert_memory_equal(heard->staff, trained, sizeof trained);
    assert_true(trained[STAFF_CAREGIVER] > 0 && replaced > 0);
    crew_close(&c);
}

static void
load_is_kept(void **state)
{
    static struct crew c;

    (void)state;
    crew_init(&c);
    c.par.stock[STAFF_HOME_CARER] = 10;
    crew_open(&c, 1, 4);
    workforce_load(&c.region[0], STAFF_HOME_CARER, 2500000);
    workforce_load(&c.region[0], STAFF_HOME_CARER, -250000);
    crew_month(&c);
    assert_true(c.out[0].staff_load[STAFF_HOME_CARER] == 2.25);
    assert_true(c.out[0].staff_load[STAFF_CAREGIVER] == 0.0);
    crew_close(&c);
}

/* Regions do not depend on each other, nor kinds: more of one leaves the others' bits.
 */
static void
kinds_and_regions_are_apart(void **state)
{
    static struct crew a, b;

    (void)state;
    lively(&a);
    lively(&b);
    workforce_recruit(&b.region[0], STAFF_SOCIAL_WORKER, 50, 7);
    while (a.months < 60) {
        crew_month(&a);
        crew_month(&b);
        assert_memory_equal(&a.out[1], &b.out[1], 2 * sizeof a.out[1]);
        for (int k = 0; k < STAFF_KINDS; k++)
            assert_true(k == STAFF_SOCIAL_WORKER ||
                        (a.out[0].quit[k] == b.out[0].quit[k] &&
                            a.out[0].staff[k] == b.out[0].staff[k]));
    }
    assert_true(
        b.out[0].staff[STAFF_SOCIAL_WORKER] > a.out[0].staff[STAFF_SOCIAL_WORKER]);
    crew_close(&a);
    crew_close(&b);
}

static void
wrong_order_is_refused(void **state)
{
    static struct crew c;

    (void)state;
    crew_init(&c);
    c.par.age_start_from = 61.0;
    c.par.age_entry_from = 50.5;
    c.par.load_most = 0.5;
    crew_open(&c, 1, 5);
    assert_int_equal(c.report.mistakes, 3);
    assert_string_equal(
        c.report.mistake[0].text, "age_start_from is 61, above age_start_to, 60");
    assert_string_equal(
        c.report.mistake[1].text, "age_entry_from is 50.5, above age_entry_to, 50");
    assert_string_equal(
        c.report.mistake[2].text, "load_least is 1, above load_most, 0.5");
    crew_close(&c);
}

/* Names and labels follow the enum. */
static void
kinds_have_names(void **state)
{
    (void)state;
    assert_int_equal(axes_staff.n, STAFF_KINDS);
    assert_string_equal(axes_staffs[STAFF_CAREGIVER], "caregiver");
    assert_string_equal(axes_staffs[STAFF_HOME_CARER], "home_carer");
    assert_string_equal(axes_staffs[STAFF_SOCIAL_WORKER], "social_worker");
    assert_string_equal(axes_staffs[STAFF_CHILD_CARER], "child_carer");
    assert_null(axes_staffs[STAFF_KINDS]);
    assert_string_equal(axes_staff.label[STAFF_SOCIAL_WORKER], "social_worker");
    assert_string_equal(axes_staff.label_zh[STAFF_SOCIAL_WORKER], "社会工作者");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_are_conserved),
        cmocka_unit_test(staff_is_spread_by_those_served),
        cmocka_unit_test(certificates_are_counted),
        cmocka_unit_test(more_staff_is_told),
        cmocka_unit_test(load_is_kept),
        cmocka_unit_test(kinds_and_regions_are_apart),
        cmocka_unit_test(wrong_order_is_refused),
        cmocka_unit_test(kinds_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
