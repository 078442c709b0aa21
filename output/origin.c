#define _XOPEN_SOURCE 700
#include "output/origin.h"

#include "sim/mem.h"
#include "sim/report.h"

#include <assert.h>
#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

enum { PLACES = 2, NAMES = 64, LIST = 1024 };

static_assert(ORIGIN_PATH >= PATH_MAX, "realpath() writes that much");

/* Names in ascending order, each once; [n] and then NULL. */
struct names {
    const char *name[NAMES + 1];
    int n;
    struct arena arena;
};

static void
add(struct names *self, const char *name)
{
    int i = self->n;

    while (i > 0 && strcmp(self->name[i - 1], name) > 0)
        i--;
    if (self->n == NAMES || (i > 0 && strcmp(self->name[i - 1], name) == 0))
        return;
    memmove(self->name + i + 1, self->name + i, (size_t)(self->n - i) * sizeof(char *));
    self->name[i] = mem_arena_text(&self->arena, name);
    self->n++;
}

static const char *
join(struct arena *arena, const char *a, const char *between, const char *b)
{
    size_t size = strlen(a) + strlen(between) + strlen(b) + 1;
    char *text = mem_arena(arena, size, 1);

    snprintf(text, size, "%s%s%s", a, between, b);
    return text;
}

/* What is in a folder but dot files; none when it is no folder. */
static void
list(struct names *self, const char *folder)
{
    DIR *dir = opendir(folder);

    if (dir == NULL)
        return;
    for (const struct dirent *e; (e = readdir(dir)) != NULL;)
        if (e->d_name[0] != '.')
            add(self, e->d_name);
    closedir(dir);
}

/* Whether a line of the file begins with `base:`: only such a file is a plan. */
static bool
has_base(const char *path)
{
    char line[16];
    bool found = false, begins = true;
    FILE *f = fopen(path, "r");

    if (f == NULL)
        return false;
    while (!found && fgets(line, sizeof line, f) != NULL) {
        found = begins && strncmp(line, "base:", 5) == 0;
        begins = strchr(line, '\n') != NULL;
    }
    fclose(f);
    return found;
}

/* Adds the plans of one folder of `root`; what plans stand on is none. */
static void
add_plans(struct names *self, const char *root, const char *folder)
{
    struct names file = {.n = 0};

    if (strcmp(folder, "base") == 0)
        return;
    const char *path = join(&file.arena, root, "/", folder);

    if (access(join(&file.arena, path, "/", "plan.yaml"), F_OK) == 0)
        add(self, folder);
    else
        list(&file, path);
    for (int i = 0; i < file.n; i++) {
        const char *dot = strrchr(file.name[i], '.');
        if (dot == NULL || strcmp(dot, ".yaml") != 0 ||
            !has_base(join(&file.arena, path, "/", file.name[i])))
            continue;
        char *name = mem_arena_text(&file.arena, file.name[i]);
        name[dot - file.name[i]] = '\0';
        add(self, join(&file.arena, folder, "/", name));
    }
    mem_arena_free(&file.arena);
}

static void
all_plans(struct names *self, const char *root)
{
    struct names folder = {.n = 0};

    list(&folder, root);
    for (int i = 0; i < folder.n; i++)
        add_plans(self, root, folder.name[i]);
    mem_arena_free(&folder.arena);
}

/* Where `scenarios` could be; returns how many places there are. */
static int
places(char place[PLACES][ORIGIN_PATH])
{
    static const char name[] = "scenarios";
    ssize_t n = readlink("/proc/self/exe", place[0], ORIGIN_PATH - sizeof name);
    int count = 0;

    if (n > 0) {
        place[0][n] = '\0';
        memcpy(strrchr(place[0], '/') + 1, name, sizeof name);
        count++;
    }
    memcpy(place[count], name, sizeof name);
    return count + 1;
}

static bool
is_in(const struct names *names, const char *name)
{
    for (int i = 0; i < names->n; i++)
        if (strcmp(names->name[i], name) == 0)
            return true;
    return false;
}

static int
unknown(const struct names *all, const char *name)
{
    char text[LIST] = "";
    size_t used = 0;
    const char *near = report_nearest(name, all->name);

    for (int i = 0; i < all->n && used < sizeof text; i++)
        used += (size_t)snprintf(
            text + used, sizeof text - used, "%s%s", i > 0 ? ", " : "", all->name[i]);
    return err_set(ERR_INPUT, "'%s' is not a plan to start from, as %s %s%s%s%s", name,
        all->n > 0 ? text : "nothing", all->n > 1 ? "are" : "is",
        near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

int
origin_find(struct origin *self, const char *name)
{
    char place[PLACES][ORIGIN_PATH];
    struct names all = {.n = 0};
    int n = places(place), found = 0, status = 0;

    for (int i = 0; i < n; i++) {
        if (realpath(place[i], self->root) == NULL)
            continue;
        found++;
        all_plans(&all, self->root);
        if (is_in(&all, name))
            break;
    }
    if (found == 0)
        status = err_set(ERR_INPUT,
            "there is no folder of scenarios to copy from: neither %s nor ./scenarios",
            place[0]);
    else if (!is_in(&all, name))
        status = unknown(&all, name);
    else if (snprintf(self->path, ORIGIN_PATH, "%s/%s%s.yaml", self->root, name,
                 strchr(name, '/') == NULL ? "/plan" : "") >= ORIGIN_PATH)
        status = err_set(ERR_INPUT, "%s: the path is too long", self->root);
    mem_arena_free(&all.arena);
    return status;
}
