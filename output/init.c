#define _XOPEN_SOURCE 700
#include "output/init.h"

#include "models/models.h"
#include "output/origin.h"
#include "output/starter.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TABLES = 64, FOLDER = 256 };

/* A file of the plan, and what it is called in the new folder. */
struct copy {
    const char *name;
    const char *folder; /* below the new folder that it lies in; NULL in itself */
    const struct scenario_file *file;
};

struct init {
    const char *from, *folder; /* the plan, and the folder to be written */
    struct origin origin;
    char home[ORIGIN_PATH]; /* folder of the plan, absolute, without links */
    struct report report;
    struct scenario scenario;
    struct copy *copy; /* [scenario.n_files] */
    struct starter starter;
    const char **made; /* [n_made] files and folders written, in order */
    int n_made;
    struct arena arena;
};

static const char *
below(struct init *self, const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *text = mem_arena(&self->arena, size, 1);

    snprintf(text, size, "%s/%s", folder, name);
    return text;
}

/* The folder of a file, absolute, without links. */
static int
home_of(struct init *self, const char *path, char home[ORIGIN_PATH])
{
    char *folder = mem_arena_text(&self->arena, path), *slash = strrchr(folder, '/');

    BUG_IF(slash == NULL); /* paths of the plan are absolute */
    *slash = '\0';
    return realpath(folder, home) != NULL
               ? 0
               : err_set(ERR_IO, "%s: %s", folder, strerror(errno));
}

/* Where a file of the plan goes: beside scenario.yaml, or into the folder of its own
 * that lies beside the plan's. */
static int
place_copy(struct init *self, struct copy *copy)
{
    char home[ORIGIN_PATH];
    const char *name = strrchr(copy->file->path, '/') + 1;
    size_t root = strlen(self->origin.root);
    int status = home_of(self, copy->file->path, home);

    if (status != 0)
        return status;
    copy->name = copy->file == self->scenario.file ? "scenario.yaml" : name;
    if (strcmp(home, self->home) == 0)
        return 0;
    if (strncmp(home, self->origin.root, root) != 0 || home[root] != '/' ||
        strchr(home + root + 1, '/') != NULL)
        return err_set(ERR_INPUT, "%s is outside the folders of %s", copy->file->path,
            self->origin.root);
    copy->folder = mem_arena_text(&self->arena, home + root + 1);
    copy->name = below(self, copy->folder, name);
    return 0;
}

static int
complaint(struct init *self, int code, const char *what)
{
    report_print(&self->report, stderr);
    return err_set(code, "%s", what);
}

static int
read_plan(struct init *self)
{
    struct scenario *s = &self->scenario;
    int status = origin_find(&self->origin, self->from);

    if (status != 0)
        return status;
    scenario_read(s, self->origin.path, models_list, NULL, 0, &self->report);
    if (self->report.mistakes > 0)
        return complaint(self, ERR_INPUT, "the plan to copy has mistakes");
    self->copy = mem_arena(&self->arena, (size_t)s->n_files, sizeof *self->copy);
    status = home_of(self, self->origin.path, self->home);
    for (int i = 0; i < s->n_files && status == 0; i++) {
        self->copy[i].file = &s->file[i];
        status = place_copy(self, &self->copy[i]);
    }
    return status;
}

/* The copy of the file that a table was read from; NULL when it is no CSV file. */
static const struct copy *
copy_of(const struct init *self, const char *path)
{
    for (int i = 0; path != NULL && i < self->scenario.n_files; i++)
        if (strcmp(self->copy[i].file->path, path) == 0)
            return strcmp(path + strlen(path) - 4, ".csv") == 0 ? &self->copy[i] : NULL;
    return NULL;
}

/* Tables of the plan's own folder, or of the others, into the starter's list. */
static void
list_tables(struct init *self, struct starter_table *table, bool own)
{
    struct starter *s = &self->starter;

    for (int m = 0; models_list[m] != NULL; m++) {
        const struct field *f = models_list[m]->par;
        for (; f != NULL && f->name != NULL; f++) {
            if (f->kind != FIELD_ROWS || s->n_tables == TABLES)
                continue;
            const unsigned char *par = self->scenario.par[m];
            const struct rows *rows = (const void *)(par + f->offset);
            const struct copy *copy = copy_of(self, rows->file);
            if (copy != NULL && (copy->folder == NULL) == own)
                table[s->n_tables++] =
                    (struct starter_table){copy->name, models_list[m], f, rows->n};
        }
    }
}

/* A folder that is there has to be empty; `there` says whether it is. */
static int
check_folder(const char *path, bool *there)
{
    DIR *dir = opendir(path);
    int entries = 0;

    *there = dir != NULL;
    if (dir == NULL && errno == ENOENT)
        return 0;
    if (dir == NULL)
        return err_set(errno == ENOTDIR ? ERR_INPUT : ERR_IO, "%s: %s", path,
            errno == ENOTDIR ? "is not a folder" : strerror(errno));
    for (const struct dirent *e; (e = readdir(dir)) != NULL;)
        entries += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(dir);
    return entries == 0 ? 0
                        : err_set(ERR_INPUT,
                              "%s is not empty; init writes only to a new or an empty "
                              "folder",
                              path);
}

static int
make_folder(struct init *self, const char *path)
{
    if (mkdir(path, 0777) != 0)
        return err_set(
            errno == ENOENT ? ERR_INPUT : ERR_IO, "%s: %s", path, strerror(errno));
    self->made[self->n_made++] = path;
    return 0;
}

/* Writes a file of the folder; `copy` is for `fill`. */
static int
make_file(struct init *self, const char *name,
    void (*fill)(const struct init *self, const struct copy *copy, FILE *out),
    const struct copy *copy)
{
    const char *path = below(self, self->folder, name);
    FILE *f = fopen(path, "wx");

    if (f == NULL)
        return err_set(ERR_IO, "%s: %s", path, strerror(errno));
    self->made[self->n_made++] = path;
    fill(self, copy, f);
    bool good = fflush(f) == 0 && !ferror(f);
    int why = errno;
    if (fclose(f) != 0 && good) {
        why = errno;
        good = false;
    }
    return good ? 0 : err_set(ERR_IO, "%s: %s", path, strerror(why));
}

static void
fill_copy(const struct init *self, const struct copy *copy, FILE *out)
{
    const struct scenario_file *file = copy->file;
    char folder[FOLDER];

    snprintf(folder, sizeof folder, "../%s/", strrchr(self->home, '/') + 1);
    if (file == self->scenario.file)
        starter_scenario(&self->starter, file->text, out);
    else if (strcmp(file->path + strlen(file->path) - 4, ".csv") == 0)
        fwrite(file->text, 1, file->size, out);
    else if (copy->folder == NULL)
        starter_copy(file->text, "../", "", out);
    else
        starter_copy(file->text, folder, "../", out);
}

static void
fill_what_if(const struct init *self, const struct copy *copy, FILE *out)
{
    (void)self;
    (void)copy;
    starter_what_if(out);
}

static void
fill_readme(const struct init *self, const struct copy *copy, FILE *out)
{
    (void)copy;
    starter_readme(&self->starter, out);
}

/* The page on sources of all scenarios, then that of the plan's folder, if any. */
static void
fill_sources(const struct init *self, const struct copy *copy, FILE *out)
{
    const char *const folder[] = {self->origin.root, self->home};
    char block[4096];

    (void)copy;
    for (int i = 0; i < 2; i++) {
        snprintf(block, sizeof block, "%s/README.md", folder[i]);
        FILE *in = fopen(block, "r");
        if (in == NULL)
            continue;
        for (size_t n; (n = fread(block, 1, sizeof block, in)) > 0;)
            fwrite(block, 1, n, out);
        fclose(in);
    }
}

static int
write_copies(struct init *self)
{
    int status = 0;

    for (int i = 0; i < self->scenario.n_files && status == 0; i++) {
        const struct copy *copy = &self->copy[i];
        bool known = copy->folder == NULL;
        for (int k = 0; k < i && !known; k++)
            known = self->copy[k].folder != NULL &&
                    strcmp(self->copy[k].folder, copy->folder) == 0;
        if (!known)
            status = make_folder(self, below(self, self->folder, copy->folder));
        if (status == 0)
            status = make_file(self, copy->name, fill_copy, copy);
    }
    return status;
}

static int
write_all(struct init *self, bool there)
{
    int status = there ? 0 : make_folder(self, self->folder);

    if (status == 0)
        status = write_copies(self);
    if (status == 0)
        status = make_file(self, "what-if.yaml", fill_what_if, NULL);
    if (status == 0)
        status = make_file(self, "SOURCES.md", fill_sources, NULL);
    if (status == 0)
        status = make_file(self, "README.md", fill_readme, NULL);
    return status;
}

/* What was written is read again, as `carecap check` would. */
static int
check_written(struct init *self, const char *name)
{
    struct scenario s;

    scenario_read(
        &s, below(self, self->folder, name), models_list, NULL, 0, &self->report);
    scenario_free(&s);
    return self->report.mistakes == 0
               ? 0
               : complaint(self, ERR_IO, "the copy cannot be read; it was removed");
}

/* Writes the folder, or leaves nothing. */
static int
write_folder(struct init *self)
{
    bool there;
    int status = check_folder(self->folder, &there);

    if (status != 0)
        return status;
    /* each file with a folder of its own, three more, and the folder itself */
    self->made = mem_arena(
        &self->arena, 2 * (size_t)self->scenario.n_files + 4, sizeof *self->made);
    status = write_all(self, there);
    if (status == 0)
        status = check_written(self, "scenario.yaml");
    if (status == 0)
        status = check_written(self, "what-if.yaml");
    while (status != 0 && self->n_made > 0)
        remove(self->made[--self->n_made]);
    return status;
}

int
init_command(const struct command_line *line)
{
    const char *from = line->value[COMMAND_FROM];
    struct starter_table table[TABLES];
    struct init self = {.from = from != NULL ? from : "dali", .folder = line->word[0]};
    int status = read_plan(&self);

    if (status == 0) {
        self.starter = (struct starter){
            .from = self.from, .title = self.scenario.run.title, .table = table};
        list_tables(&self, table, true);
        list_tables(&self, table, false);
        status = write_folder(&self);
    }
    if (status == 0)
        printf("%s: a copy of %s, %d files; what to change first is in README.md\n\n"
               "  carecap check %s/scenario.yaml\n  carecap run %s/scenario.yaml\n",
            self.folder, self.from, self.scenario.n_files + 3, self.folder,
            self.folder);
    scenario_free(&self.scenario);
    report_free(&self.report);
    mem_arena_free(&self.arena);
    return status;
}
