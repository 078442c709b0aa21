#define _GNU_SOURCE
#include "tests/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
scratch_open(struct scratch *self)
{
    const char *tmp = getenv("TMPDIR");

    memset(self, 0, sizeof *self);
    snprintf(self->folder, sizeof self->folder, "%.40s/carecap-XXXXXX",
        tmp != NULL ? tmp : "/tmp");
    assert_non_null(mkdtemp(self->folder));
    strcat(self->folder, "/");
    intake_init(&self->in, &self->arena, &self->report);
}

void
scratch_close(struct scratch *self)
{
    DIR *dir = opendir(self->folder);
    const struct dirent *entry;

    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL)
        if (entry->d_name[0] != '.')
            unlink(scratch_path(self, entry->d_name));
    closedir(dir);
    assert_int_equal(rmdir(self->folder), 0);
    intake_free(&self->in);
    report_free(&self->report);
    mem_arena_free(&self->arena);
}

const char *
scratch_path(struct scratch *self, const char *name)
{
    snprintf(self->path, sizeof self->path, "%s%.180s", self->folder, name);
    return self->path;
}

void
scratch_bytes(struct scratch *self, const char *name, const char *bytes, size_t size)
{
    FILE *f = fopen(scratch_path(self, name), "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, size, f), size);
    assert_int_equal(fclose(f), 0);
}

void
scratch_write(struct scratch *self, const char *name, const char *text)
{
    scratch_bytes(self, name, text, strlen(text));
}

const struct intake_file *
scratch_read(struct scratch *self, const char *name)
{
    return intake_read(&self->in, scratch_path(self, name), (struct place){0});
}

const char *
scratch_report(struct scratch *self)
{
    FILE *f = tmpfile();
    size_t n = strlen(self->folder);

    assert_non_null(f);
    report_print(&self->report, f);
    rewind(f);
    self->text[fread(self->text, 1, sizeof self->text - 1, f)] = '\0';
    fclose(f);
    for (char *s; (s = strstr(self->text, self->folder)) != NULL;)
        memmove(s, s + n, strlen(s + n) + 1);
    report_free(&self->report);
    return self->text;
}
