#include "validation/variant.h"

#include "sim/date.h"
#include "sim/err.h"
#include "sim/executive.h"

#include <string.h>

void
variant_read(struct variant *self, const struct model *const *models, const char *path,
    const char *const *set, int n_set)
{
    *self = (struct variant){.is_set_up = false};
    scenario_read(&self->scenario, path, models, set, n_set, &self->report);
    if (self->report.mistakes > 0)
        report_print(&self->report, stderr);
    BUG_IF(self->report.mistakes > 0);
    self->setup.models = models;
}

static void
forget(struct variant *self)
{
    if (self->has_run)
        result_free(&self->result);
    if (self->is_set_up)
        setup_free(&self->setup);
    self->has_run = self->is_set_up = false;
}

void
variant_free(struct variant *self)
{
    forget(self);
    scenario_free(&self->scenario);
    report_free(&self->report);
}

bool
variant_setup(struct variant *self)
{
    const struct run_par *run = &self->scenario.run;
    const struct model *const *models = self->setup.models;

    forget(self);
    report_free(&self->report);
    self->report = (struct report){.mistakes = 0};
    self->setup = (struct setup){.seed = (uint64_t)run->seed,
        .window = (int32_t)(run->window * MINUTES_A_DAY + 0.5),
        .scenario = &self->scenario};
    setup_init(
        &self->setup, models, self->scenario.par, run->start, run->end, &self->report);
    self->is_set_up = true;
    return self->report.mistakes == 0;
}

void
variant_run(struct variant *self)
{
    const struct executive_watch watch = {.month = NULL};
    int n = (int)self->scenario.run.replicates;

    BUG_IF(!self->is_set_up || self->has_run);
    result_init(&self->result, &self->setup, n);
    self->has_run = true;
    for (int i = 0; i < n; i++) {
        struct executive_work work = {.events = NULL};
        int status = executive_run(&self->setup, i, 1, &self->result, &watch, &work);
        executive_work_free(&work);
        BUG_IF(status != 0);
    }
}

static const struct field *
find(const struct variant *self, const char *name, void **par)
{
    const struct model *const *models = self->setup.models;
    const char *dot = strchr(name, '.');
    size_t n = dot != NULL ? (size_t)(dot - name) : 0;

    for (int m = 0; models[m] != NULL; m++)
        if (strncmp(models[m]->name, name, n) == 0 && models[m]->name[n] == '\0') {
            *par = self->scenario.par[m];
            return field_find(models[m]->par, dot + 1);
        }
    return NULL;
}

void *
variant_parameter(const struct variant *self, const char *name)
{
    void *par;
    const struct field *f = find(self, name, &par);

    BUG_IF(f == NULL);
    return (char *)par + f->offset;
}

struct variant_table
variant_table(const struct variant *self, const char *name)
{
    void *par;
    const struct field *f = find(self, name, &par);

    BUG_IF(f == NULL || f->kind != FIELD_ROWS);
    return (struct variant_table){(struct rows *)((char *)par + f->offset), f};
}

void *
variant_cell(const struct variant_table *table, int64_t row, const char *column)
{
    const struct field *f = field_find(table->field->columns, column);

    BUG_IF(f == NULL || row < 0 || row >= table->rows->n);
    return (char *)table->rows->row + (size_t)row * table->field->row_size + f->offset;
}

void
variant_keep(
    const struct variant_table *table, const char *column, int64_t lo, int64_t hi)
{
    struct rows *rows = table->rows;
    size_t size = table->field->row_size;
    int64_t n = 0;

    for (int64_t i = 0; i < rows->n; i++) {
        int64_t x = *(int64_t *)variant_cell(table, i, column);
        if (x < lo || x > hi)
            continue;
        memmove((char *)rows->row + (size_t)n * size,
            (char *)rows->row + (size_t)i * size, size);
        rows->line[n++] = rows->line[i];
    }
    rows->n = n;
}

void
variant_fill(struct variant *self, const struct variant_table *table, int64_t n)
{
    *table->rows = (struct rows){.n = n,
        .row = mem_arena(&self->scenario.arena, (size_t)n, table->field->row_size),
        .line = mem_arena(&self->scenario.arena, (size_t)n, sizeof(int)),
        .file = "made in memory"};
}

double
variant_value(
    const struct variant *self, const char *name, int i, int time, int from, int to)
{
    struct result_row row = result_find(&self->setup, name);
    double sum = 0.0;

    BUG_IF(row.model < 0);
    for (int k = 0; k < self->result.replicates; k++)
        for (int region = from; region < to; region++)
            sum += field_value(
                row.field, result_at(&self->result, row.model, k, time, region), i);
    return sum / self->result.replicates;
}
