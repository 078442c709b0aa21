#define _POSIX_C_SOURCE 200809L
#include "output/answer.h"

#include "models/plan.h"
#include "output/board.h"
#include "output/digest.h"
#include "output/export.h"
#include "output/plot.h"
#include "sim/report.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH = 4096, FIGURES = 64 };

static const struct {
    const char *name;
    void (*print)(const struct board *board, FILE *out);
} boards[] = {{"text", board_text}, {"csv", board_csv}, {"json", board_json}};

static const struct {
    const char *name;
    unsigned bit;
} pictures[] = {{"svg", PLOT_SVG}, {"png", PLOT_PNG}, {"pdf", PLOT_PDF}};

enum {
    BOARDS = sizeof boards / sizeof boards[0],
    PICTURES = sizeof pictures / sizeof pictures[0]
};

/* A file that is not there is wrong usage, not a failure of the disk. */
static int
check_there(const char *path)
{
    return access(path, F_OK) == 0 ? 0 : err_set(ERR_INPUT, "%s: no such file", path);
}

static int
open_result(struct reader *reader, const char *path)
{
    int status = check_there(path);

    return status != 0 ? status : reader_open(reader, path);
}

int
answer_targets(const struct command_line *line)
{
    const char *format = line->value[COMMAND_FORMAT];
    struct reader reader;
    struct reader_target *target;
    struct board board = {.reader = &reader, .zh = command_zh(line)};
    int kind = 0;

    while (format != NULL && kind < BOARDS && strcmp(boards[kind].name, format) != 0)
        kind++;
    if (kind == BOARDS)
        return err_set(ERR_USAGE, "--format '%s': must be text, csv or json", format);
    int status = open_result(&reader, line->word[0]);
    if (status != 0)
        return status;
    status = reader_targets(&reader, &target, &board.n);
    if (status == 0) {
        board.target = target;
        boards[kind].print(&board, stdout);
        if (line->value[COMMAND_REQUIRE] != NULL &&
            board_count(&board, PLAN_MISSED) > 0)
            status = ANSWER_MISSED;
    }
    reader_close(&reader);
    return status;
}

static int
export_to(const struct command_line *line, FILE *out)
{
    if (line->n_words == 1)
        return export_names(line->word[0], out);
    return export_series(line->word[0], line->word + 1, line->n_words - 1, out);
}

int
answer_export(const struct command_line *line)
{
    const char *path = line->value[COMMAND_OUTPUT];

    int status = check_there(line->word[0]);

    if (status != 0 || path == NULL)
        return status != 0 ? status : export_to(line, stdout);
    FILE *out = fopen(path, line->value[COMMAND_FORCE] != NULL ? "w" : "wx");
    if (out == NULL && errno == EEXIST)
        return err_set(ERR_INPUT, "%s exists already; --force overwrites it", path);
    if (out == NULL)
        return err_set(ERR_IO, "%s: %s", path, strerror(errno));
    status = export_to(line, out);
    if (fclose(out) != 0 && status == 0)
        status = err_set(ERR_IO, "%s: %s", path, strerror(errno));
    if (status != 0)
        unlink(path);
    return status;
}

int
answer_digest(const struct command_line *line)
{
    char hex[DIGEST_TEXT];

    for (int i = 0; i < line->n_words; i++) {
        int status = check_there(line->word[i]);
        if (status == 0)
            status = digest_file(line->word[i], hex);
        if (status != 0)
            return status;
        if (line->n_words == 1)
            printf("%s\n", hex);
        else
            printf("%s  %s\n", hex, line->word[i]);
    }
    return 0;
}

/* Reads `svg,png` into bits of enum plot_format. */
static int
read_formats(const struct command_line *line, unsigned *formats)
{
    const char *text = line->value[COMMAND_FORMAT];

    *formats = text == NULL ? PLOT_SVG | PLOT_PNG : 0;
    while (text != NULL) {
        size_t n = strcspn(text, ",");
        unsigned bit = 0;
        for (int i = 0; i < PICTURES; i++)
            if (strlen(pictures[i].name) == n &&
                strncmp(pictures[i].name, text, n) == 0)
                bit = pictures[i].bit;
        if (bit == 0)
            return err_set(ERR_USAGE,
                "--format '%s': must be svg, png or pdf, or several "
                "with commas between",
                line->value[COMMAND_FORMAT]);
        *formats |= bit;
        text = text[n] == ',' ? text + n + 1 : NULL;
    }
    return 0;
}

/* Splits results/dali.h5 into the folder and the stem that pictures are named by. */
static void
name_pictures(struct plot *plot, const char *file, char *folder, char *stem)
{
    const char *slash = strrchr(file, '/'), *base = slash != NULL ? slash + 1 : file;
    const char *dot = strrchr(base, '.');

    snprintf(folder, PATH, "%.*s", slash != NULL ? (int)(slash - file) : 1,
        slash != NULL ? (slash == file ? "/." : file) : ".");
    snprintf(stem, PATH, "%.*s",
        dot != NULL && dot != base ? (int)(dot - base) : (int)strlen(base), base);
    plot->stem = stem;
    if (plot->folder == NULL)
        plot->folder = folder;
}

static int
draw(const struct plot *plot, struct reader *reader, const struct figure *figure,
    bool zh)
{
    struct reader_indicator indicator;
    struct reader_target *target;
    struct chart chart;
    int n, status = reader_indicator(reader, figure->indicator, &indicator);

    if (status == 0)
        status = reader_targets(reader, &target, &n);
    if (status != 0)
        return status;
    chart_init(&chart, reader, &indicator, target, n);
    chart.zh = zh;
    status = plot_draw(plot, &chart, figure, stdout);
    chart_free(&chart);
    return status;
}

/* All figures that are named, or `beds`, of one file. */
static int
draw_file(const struct command_line *line, const char *file, struct plot plot)
{
    struct reader reader;
    char folder[PATH], stem[PATH];
    int drawn = 0, status = open_result(&reader, file);

    if (status != 0)
        return status;
    name_pictures(&plot, file, folder, stem);
    for (int i = 1; i < line->n_words && status == 0; i++) {
        const struct figure *figure = plot_find(line->word[i]);
        if (figure == NULL)
            continue;
        status = draw(&plot, &reader, figure, command_zh(line));
        drawn++;
    }
    if (drawn == 0)
        status = draw(&plot, &reader, &plot_figures[0], command_zh(line));
    reader_close(&reader);
    return status;
}

/* The first word is a file; the others are, unless they name a figure. */
static bool
is_file(const struct command_line *line, int i)
{
    return i == 0 || plot_find(line->word[i]) == NULL;
}

static int
check_figures(const struct command_line *line)
{
    const char *names[FIGURES];
    int n = 0;

    for (; plot_figures[n].name != NULL && n + 1 < FIGURES; n++)
        names[n] = plot_figures[n].name;
    names[n] = NULL;
    for (int i = 1; i < line->n_words; i++) {
        if (!is_file(line, i) || access(line->word[i], F_OK) == 0)
            continue;
        const char *near = report_nearest(line->word[i], names);
        return err_set(ERR_USAGE, "'%s' is neither a figure nor a file%s%s%s",
            line->word[i], near ? "; did you mean '" : "; see carecap list figures",
            near ? near : "", near ? "'?" : "");
    }
    return 0;
}

int
answer_plot(const struct command_line *line)
{
    struct plot plot = {.folder = line->value[COMMAND_OUTPUT]};
    int status = check_figures(line);

    if (status == 0)
        status = read_formats(line, &plot.formats);
    if (status == 0 && plot.folder != NULL && mkdir(plot.folder, 0777) != 0 &&
        errno != EEXIST)
        status = err_set(ERR_IO, "%s: %s", plot.folder, strerror(errno));
    for (int i = 0; i < line->n_words && status == 0; i++)
        if (is_file(line, i))
            status = draw_file(line, line->word[i], plot);
    return status;
}
