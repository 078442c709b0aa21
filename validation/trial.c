#include "validation/trial.h"

void
trial_run(struct trial *self)
{
    const struct executive_watch watch = {.month = NULL};

    self->report = (struct report){.mistakes = 0};
    self->work = (struct executive_work){.events = NULL};
    self->setup = (struct setup){.seed = self->seed, .window = self->window};
    setup_init(&self->setup, self->models, self->par, 0, self->days - 1, &self->report);
    BUG_IF(self->report.mistakes > 0);
    result_init(&self->result, &self->setup, self->replicates);
    for (int i = 0; i < self->replicates; i++) {
        int status = executive_run(
            &self->setup, i, self->threads, &self->result, &watch, &self->work);
        BUG_IF(status != 0);
    }
}

void
trial_free(struct trial *self)
{
    executive_work_free(&self->work);
    result_free(&self->result);
    setup_free(&self->setup);
    report_free(&self->report);
}

double
trial_sum(const struct trial *self, const char *name, int i, int replicate, int from)
{
    const struct result_row row = result_find(&self->setup, name);
    double sum = 0.0;

    BUG_IF(row.model < 0);
    for (int t = from; t < self->setup.n_times; t++)
        for (int k = 0; k < self->setup.n_regions; k++)
            sum += field_value(
                row.field, result_at(&self->result, row.model, replicate, t, k), i);
    return sum;
}

double
trial_events(const struct trial *self)
{
    double sum = 0.0;

    for (int k = 0; k < self->setup.n_kinds; k++)
        sum += (double)self->work.events[k];
    return sum;
}
