#define _POSIX_C_SOURCE 200809L
#include "output/plot.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATH = 4096, STEM = 1024 };

const struct figure plot_figures[] = {
    {"beds", "beds per 1,000 elders against the target", "beds_per_1000_elders"},
    {"nursing", "nursing share of beds against the target", "nursing_share"},
    {"caregivers", "caregivers against the target", "caregivers"},
    {"occupancy", "share of institution beds in use", "occupancy"},
    {"waiting", "people waiting for a bed per 1,000 elders", "waiting_per_1000_elders"},
    {"ageing", "share of elders in the population", "elder_share"},
    {.name = NULL},
};

static const struct {
    enum plot_format bit;
    const char *suffix, *kind;
    const char *tail; /* in the last bytes of a whole file */
} formats[] = {
    {PLOT_SVG, "svg", "kind='svg'", "</svg>"},
    {PLOT_PNG, "png", "kind='png'", "IEND"},
    {PLOT_PDF, "pdf", "kind='pdf'", "%%EOF"},
};

const struct figure *
plot_find(const char *name)
{
    for (const struct figure *f = plot_figures; f->name != NULL; f++)
        if (strcmp(f->name, name) == 0)
            return f;
    return NULL;
}

static int
path_of(const struct plot *self, const struct figure *figure, const char *suffix,
    char *path)
{
    int n = snprintf(
        path, PATH, "%s/%s-%s.%s", self->folder, self->stem, figure->name, suffix);

    if (n < 0 || n >= PATH)
        return err_set(ERR_IO, "%s: the path is too long", self->folder);
    return 0;
}

static int
written(FILE *f, const char *path)
{
    int bad = ferror(f);

    if (fclose(f) != 0 || bad)
        return err_set(ERR_IO, "%s: cannot be written: %s", path, strerror(errno));
    return 0;
}

static int
write_file(const struct plot *self, const struct chart *chart,
    const struct figure *figure, bool script)
{
    char path[PATH], stem[PATH];
    int status = path_of(self, figure, script ? "gp" : "csv", path);

    if (status != 0)
        return status;
    FILE *f = fopen(path, "w");
    if (f == NULL)
        return err_set(ERR_IO, "%s: cannot be written: %s", path, strerror(errno));
    snprintf(stem, sizeof stem, "%s-%s", self->stem, figure->name);
    if (script)
        chart_script(chart, stem, f);
    else
        spread_csv(&chart->spread, f);
    return written(f, path);
}

/* gnuplot leaves exit status 0 on a full disk: only the end of a file tells. */
static int
check_end(const char *path, const char *tail)
{
    char end[64];
    size_t n = 0;
    FILE *f = fopen(path, "rb");

    if (f != NULL) {
        if (fseek(f, -(long)sizeof end, SEEK_END) == 0)
            n = fread(end, 1, sizeof end, f);
        fclose(f);
    }
    for (size_t i = 0; i + strlen(tail) <= n; i++)
        if (memcmp(end + i, tail, strlen(tail)) == 0)
            return 0;
    unlink(path);
    return err_set(
        ERR_IO, "%s: gnuplot did not write it whole (is the disk full?)", path);
}

/* Runs gnuplot in the folder of the figure, without a shell; returns its exit status.
 */
static int
run_gnuplot(const char *folder, const char *kind, const char *script)
{
    int status = -1;

    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (chdir(folder) == 0)
            execlp("gnuplot", "gnuplot", "-e", kind, script, (char *)NULL);
        _exit(127);
    }
    if (child < 0)
        return -1;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
draw_formats(const struct plot *self, const struct figure *figure, FILE *out)
{
    char script[PATH], path[PATH];

    snprintf(script, sizeof script, "./%s-%s.gp", self->stem, figure->name);
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if ((self->formats & formats[i].bit) == 0)
            continue;
        int status = path_of(self, figure, formats[i].suffix, path);
        if (status != 0)
            return status;
        unlink(path); /* what is there afterwards was drawn now */
        int exit_status = run_gnuplot(self->folder, formats[i].kind, script);
        if (exit_status == 127)
            return err_set(ERR_IO, "gnuplot cannot be run; on Debian: apt-get install "
                                   "gnuplot-nox");
        if (exit_status != 0)
            return err_set(
                ERR_IO, "%s: gnuplot failed with status %d", path, exit_status);
        status = check_end(path, formats[i].tail);
        if (status != 0)
            return status;
        fprintf(out, "%s\n", path);
    }
    return 0;
}

/* Names of files stand in the script, where some characters would be commands. */
static void
clean_stem(const char *stem, char *clean)
{
    const char *good =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    size_t n = 0;

    for (; stem[n] != '\0' && n < STEM - 1; n++) {
        bool fine = (unsigned char)stem[n] >= 0x80 || strchr(good, stem[n]) != NULL;
        clean[n] = fine ? stem[n] : '_';
    }
    clean[n] = '\0';
}

int
plot_draw(const struct plot *self, const struct chart *chart,
    const struct figure *figure, FILE *out)
{
    struct plot clean = *self;
    char stem[STEM];

    clean_stem(self->stem, stem);
    clean.stem = stem;
    int status = write_file(&clean, chart, figure, false);
    if (status == 0)
        status = write_file(&clean, chart, figure, true);
    return status != 0 ? status : draw_formats(&clean, figure, out);
}
