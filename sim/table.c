#include "sim/table.h"

#include <string.h>

void
table_init(struct table *self, struct intake *in, const struct intake_file *file)
{
    char *copy = mem_arena(in->arena, file->size + 1, 1);

    memcpy(copy, file->text, file->size);
    *self = (struct table){.in = in,
        .file = file->path,
        .at = copy,
        .end = copy + file->size,
        .line = 1,
        .column = 1};
}

void
table_free(struct table *self)
{
    mem_free(self->cell);
    *self = (struct table){0};
}

static struct place
here(const struct table *self)
{
    return (struct place){self->file, self->line, self->column};
}

/* Takes one byte; a text ends with a NUL, which is never taken. */
static char
take(struct table *self)
{
    char c = *self->at++;

    if (c == '\n') {
        self->line++;
        self->column = 1;
    } else if (((unsigned char)*self->at & 0xc0) != 0x80) {
        self->column++; /* the next byte begins a character */
    }
    return c;
}

static bool
at_line_end(const struct table *self)
{
    const char *s = self->at;

    return s == self->end || s[0] == '\n' || (s[0] == '\r' && s[1] == '\n');
}

static void
skip_blank_lines(struct table *self)
{
    for (;;) {
        char *s = self->at + strspn(self->at, " \t\r");
        if (*s != '\n' && s != self->end)
            return;
        while (self->at < s)
            take(self);
        if (s == self->end)
            return;
        take(self);
    }
}

/* What stands between quotes, moved to the left in place: a doubled quote is one, CRLF
 * is LF. */
static bool
quoted(struct table *self, struct table_cell *cell)
{
    char *to = self->at;
    bool closed = false;

    take(self);
    cell->text = to;
    while (self->at < self->end && !closed) {
        char c = take(self);
        if (c == '"' && *self->at == '"')
            take(self);
        else if (c == '"')
            closed = true;
        else if (c == '\r' && *self->at == '\n')
            c = take(self);
        if (!closed)
            *to++ = c;
    }
    if (!closed) {
        report_mistake(self->in->report, cell->place, "this quote is not closed");
        return false;
    }
    if (*self->at != ',' && !at_line_end(self)) {
        report_mistake(
            self->in->report, here(self), "after a closing quote, expected a comma");
        return false;
    }
    *to = '\0';
    return true;
}

static bool
bare(struct table *self, struct table_cell *cell)
{
    cell->text = self->at;
    while (*self->at != ',' && !at_line_end(self)) {
        if (*self->at == '"' || *self->at == '\r') {
            report_mistake(self->in->report, here(self),
                *self->at == '"'
                    ? "a quote inside a cell: put the cell in quotes and double it"
                    : "a carriage return without a line feed");
            return false;
        }
        take(self);
    }
    return true;
}

static bool
next_cell(struct table *self)
{
    if (self->n == self->capacity) {
        self->capacity = self->capacity > 0 ? 2 * self->capacity : 16;
        self->cell = mem_grow(self->cell, self->capacity, sizeof *self->cell);
    }
    struct table_cell *cell = &self->cell[self->n++];
    cell->place = here(self);
    return *self->at == '"' ? quoted(self, cell) : bare(self, cell);
}

bool
table_next(struct table *self)
{
    bool more = true;

    self->n = 0;
    skip_blank_lines(self);
    if (self->at == self->end)
        return false;
    while (more) {
        if (!next_cell(self))
            return false;
        char *stop = self->at;
        more = *stop == ',';
        if (more || *stop == '\r')
            take(self);
        if (!more && self->at < self->end)
            take(self);
        *stop = '\0';
    }
    return true;
}
