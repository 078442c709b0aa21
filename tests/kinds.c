#include "tests/kinds.h"

#include "sim/date.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

struct target
kinds_target(const char *indicator, enum plan_over over, enum plan_bound bound)
{
    return (struct target){.name = "t",
        .indicator = indicator,
        .over = (int32_t)over,
        .bound = (int32_t)bound,
        .value = NAN,
        .by = date_day(2025, 12, 31)};
}

struct verdict *
kinds_judged(struct planned *p, struct target *t)
{
    planned_targets(p, t, 1);
    return plan_verdicts(&p->plan, &p->result);
}

void
kinds_train(struct planned *p, int replicate, int year, int from, int to, int64_t n)
{
    for (int m = from; m <= to; m++)
        for (int k = 0; k < PLANNED_REGIONS; k++)
            planned_at(p, replicate, 12 * (year - 2021) + m, k)->caregivers = n;
}

void
kinds_wait(struct planned *p, int replicate, int year, int month, int64_t n)
{
    for (int k = 0; k < PLANNED_REGIONS; k++)
        planned_at(p, replicate, 12 * (year - 2021) + month, k)->waiting = n;
}

void
kinds_expect(const struct verdict *v, double value, int met, int32_t first)
{
    char got[16], want[16];

    if (v->value[0] != value)
        fail_msg("value %.17g, not %.17g", v->value[0], value);
    assert_int_equal(v->met[0], met);
    if (v->first_met[0] != first)
        fail_msg("first met %s, not %s",
            v->first_met[0] < 0 ? "never" : date_text(v->first_met[0], got),
            first < 0 ? "never" : date_text(first, want));
}

void
kinds_comes_to(struct planned *p, struct target t, double value, int met, int32_t first)
{
    struct verdict *v = kinds_judged(p, &t);

    kinds_expect(v, value, met, first);
    plan_free_verdicts(v, 1);
}
