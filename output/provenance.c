#define _POSIX_C_SOURCE 200809L
#include "output/provenance.h"

#include "output/findings.h"

#include <string.h>
#include <time.h>

#ifndef CARECAP_VERSION
#define CARECAP_VERSION "unknown"
#endif

const char *
provenance_version(void)
{
    return CARECAP_VERSION;
}

const char *
provenance_history(int argc, char *const *argv, struct arena *arena)
{
    time_t now = time(NULL);
    struct tm part;
    char when[32] = "";
    size_t size = sizeof when;

    if (gmtime_r(&now, &part) != NULL)
        strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ:", &part);
    for (int i = 0; i < argc; i++)
        size += strlen(argv[i]) + 1;
    char *text = mem_arena(arena, size, 1);
    size_t used = strlen(when);
    memcpy(text, when, used);
    for (int i = 0; i < argc; i++) {
        text[used++] = ' ';
        memcpy(text + used, argv[i], strlen(argv[i]));
        used += strlen(argv[i]);
    }
    return text;
}

/* A group of columns on one axis, which is named by the last part of its path. */
static struct hdf_shape
columns(const char *scale, int n)
{
    return (struct hdf_shape){.rank = 1, .n = {(hsize_t)n}, .scale = {scale}};
}

static void
write_files(struct hdf *file, const struct scenario *sc, struct arena *arena)
{
    size_t n = (size_t)sc->n_files;
    const char **path = mem_arena(arena, n, sizeof *path);
    const char **text = mem_arena(arena, n, sizeof *text);
    struct hdf_shape shape = columns("/provenance/file", sc->n_files);

    if (n == 0)
        return;
    for (size_t i = 0; i < n; i++) {
        char *copy = mem_arena(arena, sc->file[i].size + 1, 1);
        memcpy(copy, sc->file[i].text, sc->file[i].size);
        path[i] = sc->file[i].path;
        text[i] = copy;
    }
    hdf_scale(file, "/provenance/file", HDF_TEXT, n, path);
    hdf_note(file, "/provenance/file", "long_name", "input files, in order of reading");
    hdf_put(file, "/provenance/file_text", HDF_TEXT, &shape, text);
    hdf_note(file, "/provenance/file_text", "long_name", "what the files said");
}

static const char *
place_text(struct place at, struct arena *arena)
{
    if (at.file == NULL)
        return "";
    size_t size = strlen(at.file) + 32;
    char *text = mem_arena(arena, size, 1);
    if (at.line > 0)
        snprintf(text, size, "%s:%d", at.file, at.line);
    else
        snprintf(text, size, "%s", at.file);
    return text;
}

enum { SETTING_COLUMNS = 5 };

static void
write_settings(struct hdf *file, const struct scenario *sc, struct arena *arena)
{
    static const char *const path[SETTING_COLUMNS] = {"/provenance/setting_value",
        "/provenance/setting_unit", "/provenance/setting_source",
        "/provenance/setting_quality", "/provenance/setting_place"};
    static const char *const doc[SETTING_COLUMNS] = {"value in use", "unit",
        "where the value comes from", "how sure the value is",
        "file and line that gave it; empty for a default"};
    size_t n = (size_t)sc->n_settings;
    const char **name = mem_arena(arena, n, sizeof *name), **cell[SETTING_COLUMNS];
    struct hdf_shape shape = columns("/provenance/setting", sc->n_settings);

    if (n == 0)
        return;
    for (int k = 0; k < SETTING_COLUMNS; k++)
        cell[k] = mem_arena(arena, n, sizeof **cell);
    for (size_t i = 0; i < n; i++) {
        const struct setting *s = &sc->setting[i];
        name[i] = s->name;
        cell[0][i] = s->value;
        cell[1][i] = s->unit;
        cell[2][i] = s->source;
        cell[3][i] = s->quality;
        cell[4][i] = place_text(s->place, arena);
    }
    hdf_scale(file, "/provenance/setting", HDF_TEXT, n, name);
    hdf_note(file, "/provenance/setting", "long_name", "every parameter in use");
    for (int k = 0; k < SETTING_COLUMNS; k++) {
        hdf_put(file, path[k], HDF_TEXT, &shape, cell[k]);
        hdf_note(file, path[k], "long_name", doc[k]);
    }
}

static void
write_warnings(struct hdf *file, const struct report *report, struct arena *arena)
{
    if (report == NULL || report->warnings == 0)
        return;
    int n = report->warnings < REPORT_MOST ? report->warnings : REPORT_MOST;
    const char **line = mem_arena(arena, (size_t)n, sizeof *line);
    for (int i = 0; i < n; i++) {
        const char *place = place_text(report->warning[i].place, arena);
        size_t size = strlen(place) + strlen(report->warning[i].text) + 3;
        char *text = mem_arena(arena, size, 1);
        snprintf(text, size, "%s%s%s", place, *place != '\0' ? ": " : "",
            report->warning[i].text);
        line[i] = text;
    }
    hdf_scale(file, "/provenance/warning", HDF_TEXT, (size_t)n, line);
    hdf_note(file, "/provenance/warning", "long_name", "warnings about the input");
    hdf_note_int(
        file, "/provenance/warning", "warnings_found", HDF_INT32, report->warnings);
}

static void
write_notes(struct hdf *file, const struct store_input *in, struct arena *arena)
{
    size_t n = (size_t)in->n_notes;
    const char **name = mem_arena(arena, n, sizeof *name);
    const char **unit = mem_arena(arena, n, sizeof *unit);
    double *value = mem_arena(arena, n, sizeof *value);
    struct hdf_shape shape = columns("/diagnostics/diagnostic", in->n_notes);

    if (n == 0)
        return;
    for (size_t i = 0; i < n; i++) {
        name[i] = in->note[i].name;
        unit[i] = in->note[i].unit;
        value[i] = in->note[i].value;
    }
    hdf_scale(file, "/diagnostics/diagnostic", HDF_TEXT, n, name);
    hdf_put(file, "/diagnostics/value", HDF_REAL, &shape, value);
    hdf_note(file, "/diagnostics/value", "long_name", "value, in its unit");
    hdf_put(file, "/diagnostics/unit", HDF_TEXT, &shape, unit);
    hdf_note(file, "/diagnostics/unit", "long_name", "unit of the value");
}

static void
write_events(struct hdf *file, const struct store_input *in, struct arena *arena)
{
    const struct setup *s = in->setup;
    size_t n = (size_t)s->n_kinds;
    const char **name = mem_arena(arena, n, sizeof *name);
    struct hdf_shape shape = columns("/diagnostics/event", s->n_kinds);
    int model = 0;

    if (n == 0 || in->events == NULL)
        return;
    for (int k = 0; k < s->n_kinds; k++) {
        while (model + 1 < s->n_models && s->first_kind[model + 1] <= k)
            model++;
        size_t size = strlen(s->models[model]->name) + strlen(s->handler[k]->name) + 2;
        char *text = mem_arena(arena, size, 1);
        snprintf(text, size, "%s.%s", s->models[model]->name, s->handler[k]->name);
        name[k] = text;
    }
    hdf_scale(file, "/diagnostics/event", HDF_TEXT, n, name);
    hdf_put(file, "/diagnostics/events", HDF_INT, &shape, in->events);
    hdf_note(file, "/diagnostics/events", "long_name", "events handled, by kind");
    hdf_note(file, "/diagnostics/events", "units", "1");
}

void
provenance_write(struct hdf *file, const struct store_input *in)
{
    struct arena arena = {NULL};

    hdf_group(file, "/provenance");
    write_files(file, in->scenario, &arena);
    write_settings(file, in->scenario, &arena);
    write_warnings(file, in->report, &arena);
    if (in->lint != NULL)
        findings_write(file, in->lint);
    hdf_group(file, "/diagnostics");
    write_notes(file, in, &arena);
    write_events(file, in, &arena);
    mem_arena_free(&arena);
}
