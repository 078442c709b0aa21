#include "validation/exhibit.h"

#include "sim/err.h"
#include "sim/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
exhibit_open(struct exhibits *self, const char *format, ...)
{
    char title[EXHIBIT_LINE];
    va_list args;

    va_start(args, format);
    vsnprintf(title, sizeof title, format, args);
    va_end(args);
    self->item = mem_grow(self->item, (size_t)self->n + 1, sizeof *self->item);
    struct exhibit *x = &self->item[self->n++];
    *x = (struct exhibit){.title = mem_alloc(strlen(title) + 1, 1)};
    memcpy(x->title, title, strlen(title));
}

void
exhibit_line(struct exhibits *self, const char *format, ...)
{
    struct exhibit *x = &self->item[self->n - 1];
    char line[EXHIBIT_LINE];
    va_list args;

    BUG_IF(self->n == 0);
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    size_t n = strlen(line);
    if (x->size + n + 2 > x->room) {
        x->room = 2 * (x->room + n + 2);
        x->text = mem_grow(x->text, x->room, 1);
    }
    memcpy(x->text + x->size, line, n);
    x->size += n;
    x->text[x->size++] = '\n';
    x->text[x->size] = '\0';
}

void
exhibit_free(struct exhibits *self)
{
    for (int i = 0; i < self->n; i++) {
        mem_free(self->item[i].title);
        mem_free(self->item[i].text);
    }
    mem_free(self->item);
    *self = (struct exhibits){.n = 0};
}

bool
exhibit_cell(const char **at, char cell[EXHIBIT_CELL], bool *last)
{
    size_t n;

    if (*at == NULL || **at == '\0')
        return false;
    n = strcspn(*at, "\t\n");
    snprintf(cell, EXHIBIT_CELL, "%.*s", (int)n, *at);
    *at += n;
    *last = **at != '\t';
    *at += **at != '\0';
    return true;
}

bool
exhibit_is_number(const char *cell)
{
    bool digit = false;

    for (; *cell != '\0'; cell++) {
        if (*cell >= '0' && *cell <= '9')
            digit = true;
        else if (strchr("+-., %e", *cell) == NULL)
            return false;
    }
    return digit;
}
