#include "tests/dali.h"

#include "models/models.h"
#include "sim/date.h"
#include "sim/executive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static const char *const files[] = {"base/base.yaml", "base/services.yaml",
    "base/fertility.csv", "base/grade_entry.csv", "base/grade_transitions.csv",
    "base/life_table.csv", "base/marriage.csv", "dali/plan.yaml", "dali/as-is.yaml",
    "dali/counties.csv", "dali/people.csv", "dali/migration.csv", "dali/facilities.csv",
    "dali/projects.csv", "dali/statements.csv", NULL};

/* The whole file, ended by 0; by mem_free(). */
static char *
slurp(const char *path)
{
    FILE *f = fopen(path, "rb");
    size_t n = 0, room = 1 << 16;
    char *text = mem_grow(NULL, room, 1);

    assert_non_null(f);
    while ((n += fread(text + n, 1, room - n - 1, f)) == room - 1)
        text = mem_grow(text, room *= 2, 1);
    text[n] = '\0';
    fclose(f);
    return text;
}

static bool
wanted(const char *line, size_t size, const int64_t *code, int n)
{
    for (int i = 0; i < n; i++) {
        char text[24];
        snprintf(text, sizeof text, "%lld,", (long long)code[i]);
        const char *found = strstr(line, text);
        if (found != NULL && found < line + size)
            return true;
    }
    return n == 0;
}

/* Leaves out, in place, lines below the first that name no county of the list. */
static void
cut(char *text, const int64_t *code, int n)
{
    char *to = text;
    bool header = true;

    for (const char *line = text; *line != '\0'; header = false) {
        size_t size = strcspn(line, "\n");
        size += line[size] == '\n';
        bool keep = header || wanted(line, size, code, n);
        if (keep)
            memmove(to, line, size);
        to += keep ? size : 0;
        line += size;
    }
    *to = '\0';
}

void
dali_copy(struct scratch *scratch, const int64_t *code, int n)
{
    static const char above[] = "../base/";

    for (int i = 0; files[i] != NULL; i++) {
        char path[128];
        snprintf(path, sizeof path, "scenarios/%s", files[i]);
        char *text = slurp(path), *base = strstr(text, above);
        if (base != NULL)
            memmove(base, base + strlen(above), strlen(base + strlen(above)) + 1);
        if (strncmp(files[i], "dali/", 5) == 0 && strstr(files[i], ".csv") != NULL)
            cut(text, code, n);
        bool part = n > 0 && strcmp(files[i], "dali/plan.yaml") == 0;
        scratch_write(scratch, part ? "whole.yaml" : strchr(files[i], '/') + 1, text);
        if (part) /* levers may name counties that are cut off; one line for homes */
            scratch_write(scratch, "plan.yaml",
                "base: whole.yaml\nlever:\n  levers: []\nservice:\n  services:\n"
                "    - name: tekun_home\n      users: 0\n      willing_rural: "
                "0.000001\n"
                "      willing_urban: 0.000001\n");
        mem_free(text);
    }
}

void
dali_reverse(struct scratch *scratch, const char *name)
{
    char *text = slurp(scratch_path(scratch, name));
    size_t size = strlen(text), header = strcspn(text, "\n") + 1, end = size;
    char *turned = mem_alloc(size + 1, 1);

    assert_true(text[size - 1] == '\n');
    memcpy(turned, text, header);
    for (size_t to = header; end > header;) {
        size_t start = end - 1;
        while (text[start - 1] != '\n')
            start--;
        memcpy(turned + to, text + start, end - start);
        to += end - start;
        end = start;
    }
    scratch_write(scratch, name, turned);
    mem_free(text);
    mem_free(turned);
}

void
dali_open(struct dali *self, const char *path, const char *const *set, int n_set)
{
    memset(self, 0, sizeof *self);
    scenario_read(&self->scenario, path, models_list, set, n_set, &self->report);
    if (self->report.mistakes == 0) {
        const struct run_par *run = &self->scenario.run;
        self->setup.seed = (uint64_t)run->seed;
        self->setup.window = (int32_t)(run->window * MINUTES_A_DAY + 0.5);
        self->setup.scenario = &self->scenario;
        setup_init(&self->setup, models_list, self->scenario.par, run->start, run->end,
            &self->report);
    }
    if (self->report.mistakes > 0)
        report_print(&self->report, stderr);
    assert_int_equal(self->report.mistakes, 0);
}

void
dali_close(struct dali *self)
{
    setup_free(&self->setup);
    scenario_free(&self->scenario);
    report_free(&self->report);
}

void
dali_run(const struct dali *self, struct result *result, int threads)
{
    const struct executive_watch watch = {.month = NULL};
    int n = (int)self->scenario.run.replicates, outer = n > 1 ? threads : 1, failed = 0;

    result_init(result, &self->setup, n);
#pragma omp parallel for num_threads(outer) reduction(+ : failed)
    for (int i = 0; i < n; i++) {
        struct executive_work work = {.events = NULL};
        failed += executive_run(&self->setup, i, outer > 1 ? 1 : threads, result,
                      &watch, &work) != 0;
        executive_work_free(&work);
    }
    assert_int_equal(failed, 0);
}

double
dali_value(const struct result *result, const char *name, int i, int replicate,
    int time, int region)
{
    struct result_row row = result_find(result->setup, name);
    double sum = 0.0;

    assert_true(row.model >= 0);
    if (region >= 0)
        return field_value(
            row.field, result_at(result, row.model, replicate, time, region), i);
    for (int k = 0; k < result->setup->n_regions; k++)
        sum +=
            field_value(row.field, result_at(result, row.model, replicate, time, k), i);
    return sum;
}
