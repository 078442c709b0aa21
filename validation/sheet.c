#include "validation/sheet.h"

#include "sim/err.h"

void
sheet_read(
    struct sheet *self, const char *path, const struct field *columns, size_t size)
{
    const struct field table = {.name = "rows",
        .kind = FIELD_ROWS,
        .count = 1,
        .columns = columns,
        .row_size = size};
    struct record record;

    *self = (struct sheet){.rows = {.n = 0}};
    intake_init(&self->in, &self->arena, &self->report);
    const struct intake_file *file =
        intake_read(&self->in, path, (struct place){.file = NULL});
    if (file != NULL) {
        record_init(&record, &self->in, &table, 1);
        record_table(&record, file);
        record_done(&record, &self->rows);
    }
    if (self->report.mistakes > 0)
        report_print(&self->report, stderr);
    BUG_IF(self->report.mistakes > 0);
}

void
sheet_free(struct sheet *self)
{
    intake_free(&self->in);
    report_free(&self->report);
    mem_arena_free(&self->arena);
}
