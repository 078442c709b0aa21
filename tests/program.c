#define _XOPEN_SOURCE 700
#include "tests/program.h"

#include "sim/err.h"
#include "sim/mem.h"
#include "tests/planned.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COMMAND = 4096 };

void
program_init(struct program *self, const char *self_path)
{
    const char *temporary = getenv("TMPDIR");
    const char *slash = strstr(self_path, "/tests/");

    *self = (struct program){.out = NULL};
    snprintf(self->path, sizeof self->path, "%.*s/carecap",
        slash != NULL ? (int)(slash - self_path) : 1, slash != NULL ? self_path : ".");
    if (access(self->path, X_OK) != 0)
        snprintf(self->path, sizeof self->path, "./carecap");
    snprintf(self->folder, sizeof self->folder, "%s/carecap-test-XXXXXX",
        temporary != NULL ? temporary : "/tmp");
    BUG_IF(mkdtemp(self->folder) == NULL);
}

char *
program_file(const struct program *self, const char *name)
{
    char path[PROGRAM_PATH + 256];

    snprintf(path, sizeof path, "%s/%s", self->folder, name);
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return NULL;
    char *text = planned_text(f);
    fclose(f);
    return text;
}

int
program_shell(struct program *self, const char *command)
{
    char line[COMMAND];

    int n = snprintf(line, sizeof line, "sh -c '%s' %s %s >%s/out 2>%s/err", command,
        self->path, self->folder, self->folder, self->folder);
    BUG_IF(n < 0 || n >= COMMAND || strchr(command, '\'') != NULL);
    int status = system(line);
    mem_free(self->out);
    mem_free(self->err);
    self->out = program_file(self, "out");
    self->err = program_file(self, "err");
    BUG_IF(self->out == NULL || self->err == NULL);
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 125) {
        fprintf(stderr, "%s\nended with status %#x and said\n%s\n", line,
            (unsigned)status, self->err);
        return -1;
    }
    return WEXITSTATUS(status);
}

int
program_run(struct program *self, const char *arguments)
{
    char line[COMMAND] = "\"$0\" ";
    size_t n = strlen(line);

    for (; *arguments != '\0'; arguments++) {
        BUG_IF(n + 4 >= sizeof line);
        if (*arguments == '@') {
            memcpy(line + n, "$1", 2);
            n += 2;
        } else {
            line[n++] = *arguments;
        }
    }
    return program_shell(self, line);
}

void
program_free(struct program *self)
{
    char line[COMMAND];

    mem_free(self->out);
    mem_free(self->err);
    snprintf(line, sizeof line, "rm -rf '%s'", self->folder);
    BUG_IF(system(line) != 0);
}
