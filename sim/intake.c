#define _POSIX_C_SOURCE 200809L
#include "sim/intake.h"

#include "sim/err.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

void
intake_init(struct intake *self, struct arena *arena, struct report *report)
{
    *self = (struct intake){.arena = arena, .report = report};
}

void
intake_free(struct intake *self)
{
    mem_free(self->file);
    *self = (struct intake){0};
}

struct place
intake_place(const char *file, const char *text, size_t bytes)
{
    struct place p = {file, 1, 1};

    for (size_t i = 0; i < bytes; i++) {
        if (text[i] == '\n') {
            p.line++;
            p.column = 1;
        } else if (((unsigned char)text[i] & 0xc0) != 0x80) {
            p.column++;
        }
    }
    return p;
}

/*
 * Bytes of the UTF-8 character at `s`, 0 when it is none: overlong forms, surrogates
 * and what lies beyond U+10FFFF are refused. A NUL stands after the text, so that a
 * character cut short is seen.
 */
static size_t
character(const unsigned char *s)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = s[0] < 0x80   ? 1
               : s[0] < 0xc0 ? 0
               : s[0] < 0xe0 ? 2
               : s[0] < 0xf0 ? 3
               : s[0] < 0xf8 ? 4
                             : 0;
    uint32_t c = n < 2 ? s[0] : s[0] & (0xffu >> (n + 1));

    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (s[i] & 0x3f);
    }
    if (n > 1 && (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)))
        return 0;
    return n;
}

/* Reports the first character that does not belong into a text; true when there is
 * none. */
static bool
is_text(struct intake *self, const struct intake_file *f)
{
    for (size_t i = 0; i < f->size;) {
        const unsigned char *s = (const unsigned char *)f->text + i;
        size_t n = character(s);
        bool control = (s[0] < ' ' && strchr("\t\n\r", s[0]) == NULL) || s[0] == 0x7f;

        if (n == 0 || s[0] == 0 || control) {
            struct place at = intake_place(f->path, f->text, i);
            report_mistake(self->report, at, "byte 0x%02x is not %s", s[0],
                n == 0 ? "UTF-8" : "text: control characters are not allowed");
            return false;
        }
        i += n;
    }
    return true;
}

/* Takes all of `in` into f->text; 0, EFBIG or another errno. */
static int
take(struct intake *self, FILE *in, struct intake_file *f)
{
    size_t capacity = 1 << 12;
    char *text = mem_alloc(capacity, 1);
    size_t n = 0, got;
    int error = 0;

    while ((got = fread(text + n, 1, capacity - n, in)) > 0) {
        n += got;
        if (n > INTAKE_MOST)
            break;
        if (n == capacity) {
            capacity *= 2;
            text = mem_grow(text, capacity, 1);
        }
    }
    if (ferror(in))
        error = errno;
    else if (n > INTAKE_MOST)
        error = EFBIG;
    size_t mark = n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    if (error == 0) {
        char *copy = mem_arena(self->arena, n - mark + 1, 1);
        memcpy(copy, text + mark, n - mark);
        f->text = copy;
        f->size = n - mark;
    }
    mem_free(text);
    return error;
}

static int
load(struct intake *self, struct intake_file *f)
{
    FILE *in = fopen(f->path, "rb");
    struct stat st;

    if (in == NULL)
        return errno;
    errno = 0;
    int error = take(self, in, f);
    if (fstat(fileno(in), &st) == 0) {
        f->device = (unsigned long)st.st_dev;
        f->inode = (unsigned long)st.st_ino;
    }
    fclose(in);
    return error;
}

const struct intake_file *
intake_read(struct intake *self, const char *path, struct place at)
{
    struct intake_file *f = mem_arena(self->arena, 1, sizeof *f);

    f->path = mem_arena_text(self->arena, path);
    int error = load(self, f);
    if (error == EFBIG)
        report_mistake(self->report, (struct place){f->path, 0, 0},
            "is longer than %d MiB", INTAKE_MOST >> 20);
    else if (error != 0 && at.file == NULL)
        report_mistake(self->report, (struct place){f->path, 0, 0},
            "cannot be read: %s", strerror(error));
    else if (error != 0)
        report_mistake(
            self->report, at, "'%s' cannot be read: %s", path, strerror(error));
    if (error != 0 || !is_text(self, f))
        return NULL;
    self->file =
        mem_grow(self->file, (size_t)self->n_files + 1, sizeof(struct intake_file *));
    self->file[self->n_files++] = f;
    return f;
}

char *
intake_beside(struct intake *self, const char *from, const char *path)
{
    const char *slash = strrchr(from, '/');
    size_t folder = slash != NULL && path[0] != '/' ? (size_t)(slash - from) + 1 : 0;
    char *joined = mem_arena(self->arena, folder + strlen(path) + 1, 1);

    memcpy(joined, from, folder);
    memcpy(joined + folder, path, strlen(path));
    return joined;
}
