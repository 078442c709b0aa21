#include "tests/inn.h"

#include "sim/date.h"
#include "tests/audit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

enum { SETS_MOST = 16, TEXT = 2048 };

static const char service[] = "service.services=[{name: public_home, guests: 1}]";

void
inn_open(
    struct inn *self, int beds, const char *origins, const char *const *set, int n_set)
{
    const char *all[SETS_MOST] = {"end=2021-12-31", service};
    char text[TEXT];
    int n = 2;

    snprintf(text, sizeof text, "sojourn.origins=[%s]", origins);
    if (origins != NULL)
        all[n++] = text;
    for (int i = 0; i < n_set; i++)
        all[n++] = set[i];
    scratch_open(&self->scratch);
    hall_write(&self->scratch, beds);
    hall_open(&self->hall, scratch_path(&self->scratch, "hall.yaml"),
        audit_models(self->list), all, n);
    self->result = (struct result){.data = NULL};
}

void
inn_run(struct inn *self, int replicates)
{
    self->hall.scenario.run.replicates = replicates;
    hall_run(&self->hall, &self->result);
}

void
inn_close(struct inn *self)
{
    if (self->result.data != NULL)
        result_free(&self->result);
    hall_close(&self->hall);
    scratch_close(&self->scratch);
}

const struct sojourn_out *
inn_at(const struct inn *self, int replicate, int time, int origin)
{
    const struct sojourn_out *out =
        result_at(&self->result, MODELS_SOJOURN, replicate, time, 0);

    return out + origin;
}

bool
inn_same(const struct inn *a, const struct inn *b, int model)
{
    size_t size = setup_out_bytes(&a->hall.setup, model);

    assert_int_equal(size, setup_out_bytes(&b->hall.setup, model));
    for (int i = 0; i < a->result.replicates; i++)
        for (int t = 0; t < a->hall.setup.n_times; t++)
            if (size > 0 && memcmp(result_at(&a->result, model, i, t, 0),
                                result_at(&b->result, model, i, t, 0), size) != 0)
                return false;
    return true;
}

char *
inn_mistake(const char *const set[2], int *n)
{
    static struct scratch scratch;
    const char *all[] = {"end=2021-12-31", service, set[0], set[1]};
    struct scenario scenario;
    struct setup setup = {.seed = 1};
    struct report report = {.mistakes = 0};
    char *text;

    scratch_open(&scratch);
    hall_write(&scratch, 10);
    scenario_read(&scenario, scratch_path(&scratch, "hall.yaml"), models_list, all,
        set[1] != NULL ? 4 : 3, &report);
    if (report.mistakes == 0) {
        setup.scenario = &scenario;
        setup_init(&setup, models_list, scenario.par, scenario.run.start,
            scenario.run.end, &report);
        setup_free(&setup);
    }
    *n = report.mistakes;
    text = mem_alloc(TEXT, 1);
    if (report.mistakes > 0)
        snprintf(text, TEXT, "%s", report.mistake[0].text);
    scenario_free(&scenario);
    report_free(&report);
    scratch_close(&scratch);
    return text;
}
