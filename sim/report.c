#include "sim/report.h"

#include <stdarg.h>
#include <string.h>

enum { WORD = 60, NAME = 64, TEXT = 1024 };

void
report_free(struct report *self)
{
    mem_arena_free(&self->arena);
    *self = (struct report){0};
}

/* Bytes of the first `most` of `text` that hold whole UTF-8 characters. */
static size_t
whole(const char *text, size_t most)
{
    size_t n = strlen(text);

    if (n <= most)
        return n;
    for (n = most; n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80;)
        n--;
    return n;
}

static void
one_line(char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            *text = ' ';
}

struct report_word
report_word(const char *word)
{
    struct report_word w;
    size_t n = whole(word, WORD);

    memcpy(w.text, word, n);
    strncpy(w.text + n, word[n] != '\0' ? "..." : "", 4);
    one_line(w.text);
    return w;
}

static void
add(struct report *self, struct report_line *line, struct place at, const char *format,
    va_list ap)
{
    char text[TEXT];

    vsnprintf(text, sizeof text, format, ap);
    text[whole(text, sizeof text - 4)] = '\0'; /* vsnprintf may cut a character */
    one_line(text);
    line->text = mem_arena_text(&self->arena, text);
    line->place = at;
    if (at.file != NULL)
        line->place.file = mem_arena_text(&self->arena, at.file);
}

void
report_mistake(struct report *self, struct place at, const char *format, ...)
{
    va_list ap;

    if (self->mistakes++ >= REPORT_MOST)
        return;
    va_start(ap, format);
    add(self, &self->mistake[self->mistakes - 1], at, format, ap);
    va_end(ap);
}

void
report_warning(struct report *self, struct place at, const char *format, ...)
{
    va_list ap;

    if (self->warnings++ >= REPORT_MOST)
        return;
    va_start(ap, format);
    add(self, &self->warning[self->warnings - 1], at, format, ap);
    va_end(ap);
}

static int
compare(const struct place *a, const struct place *b)
{
    const char *fa = a->file != NULL ? a->file : "",
               *fb = b->file != NULL ? b->file : "";
    int by_file = strcmp(fa, fb);

    if (by_file != 0)
        return by_file;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->column < b->column ? -1 : a->column > b->column;
}

static void
print_line(const struct report_line *line, const char *kind, FILE *out)
{
    struct place p = line->place;

    fprintf(out, "%s", p.file != NULL ? p.file : "command line");
    if (p.line > 0)
        fprintf(out, ":%d", p.line);
    if (p.line > 0 && p.column > 0)
        fprintf(out, ":%d", p.column);
    fprintf(out, ": %s%s\n", kind, line->text);
}

/* Sorted by insertion, which keeps the order of finding at one place. */
static void
print_list(const struct report_line *list, int found, const char *kind, FILE *out)
{
    const struct report_line *sorted[REPORT_MOST];
    int n = found < REPORT_MOST ? found : REPORT_MOST;

    for (int i = 0; i < n; i++) {
        int j = i;
        for (; j > 0 && compare(&sorted[j - 1]->place, &list[i].place) > 0; j--)
            sorted[j] = sorted[j - 1];
        sorted[j] = &list[i];
    }
    for (int i = 0; i < n; i++)
        print_line(sorted[i], kind, out);
}

static void
print_rest(int found, const char *what, FILE *out)
{
    int n = found - REPORT_MOST;

    if (n > 0)
        fprintf(out, "and %d more %s%s\n", n, what, n == 1 ? "" : "s");
}

void
report_print(const struct report *self, FILE *out)
{
    print_list(self->mistake, self->mistakes, "", out);
    print_rest(self->mistakes, "mistake", out);
    print_list(self->warning, self->warnings, "warning: ", out);
    print_rest(self->warnings, "warning", out);
}

static int
least(int a, int b)
{
    return a < b ? a : b;
}

/* Edits that make `b` of `a`, both shorter than NAME: a table of prefixes, three rows
 * kept. */
static int
distance(const char *a, const char *b)
{
    int row[3][NAME];
    int n = (int)strlen(b);

    for (int j = 0; j <= n; j++)
        row[0][j] = j;
    for (int i = 1; a[i - 1] != '\0'; i++) {
        int *now = row[i % 3];
        const int *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];

        now[0] = i;
        for (int j = 1; j <= n; j++) {
            now[j] = least(last[j], now[j - 1]) + 1;
            now[j] = least(now[j], last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return row[strlen(a) % 3][n];
}

const char *
report_nearest(const char *word, const char *const *names)
{
    const char *nearest = NULL;
    size_t length = strlen(word);
    int best = NAME;

    for (; length < NAME && *names != NULL; names++) {
        size_t n = strlen(*names);
        if (n >= NAME)
            continue;
        int d = distance(word, *names);
        if (d < best && 3 * d <= (int)(n > length ? n : length)) {
            best = d;
            nearest = *names;
        }
    }
    return nearest;
}
