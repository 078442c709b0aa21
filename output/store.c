#include "output/store.h"

#include "output/accounts.h"
#include "output/digest.h"
#include "output/effects.h"
#include "output/goals.h"
#include "output/hdf.h"
#include "output/provenance.h"
#include "output/series.h"
#include "output/whole.h"
#include "sim/date.h"

#include <string.h>

enum { PATH_SIZE = 256, DAYS_SIZE = 32, AXES = 64 };

/* What the parts of one file share. */
struct writer {
    struct hdf *file;
    const struct store_input *in;
    int32_t eve; /* the day before the run */
    char days[DAYS_SIZE];
    struct arena arena;
};

static const char *
path_of(struct writer *w, const char *group, const char *name, const char *tail)
{
    size_t size = strlen(group) + strlen(name) + strlen(tail) + 2;
    char *path = mem_arena(&w->arena, size, 1);

    snprintf(path, size, "%s/%s%s", group, name, tail);
    return path;
}

static void
write_root(struct writer *w)
{
    const struct store_input *in = w->in;
    char source[128], digest[DIGEST_TEXT];

    snprintf(source, sizeof source, "carecap %s", provenance_version());
    digest_scenario(in->scenario, in->setup, digest);
    hdf_note(w->file, "/", "Conventions", "CF-1.10");
    hdf_note(w->file, "/", "title", in->scenario->run.title);
    hdf_note(w->file, "/", "title_zh", in->scenario->run.title_zh);
    hdf_note(w->file, "/", "source", source);
    hdf_note(w->file, "/", "history", in->history);
    hdf_note(w->file, "/", "scenario_digest", digest);
    hdf_note_int(w->file, "/", "seed", HDF_INT, (int64_t)in->setup->seed);
    hdf_note_int(w->file, "/", "replicates", HDF_INT32, in->result->replicates);
}

static void
write_clock(struct writer *w)
{
    const struct setup *s = w->in->setup;
    size_t times = (size_t)s->n_times, replicates = (size_t)w->in->result->replicates;
    int32_t *day = mem_arena(&w->arena, times, sizeof *day);
    int32_t *replicate = mem_arena(&w->arena, replicates, sizeof *replicate);

    for (size_t i = 0; i < times; i++)
        day[i] = s->time[i] / MINUTES_A_DAY;
    for (size_t i = 0; i < replicates; i++)
        replicate[i] = (int32_t)i;
    hdf_scale(w->file, "/time", HDF_INT32, times, day);
    hdf_note(w->file, "/time", "units", w->days);
    hdf_note(w->file, "/time", "calendar", "proleptic_gregorian");
    hdf_note(w->file, "/time", "standard_name", "time");
    hdf_note(w->file, "/time", "long_name",
        "day at whose end results are observed; the first is the day before the run");
    hdf_note(w->file, "/time", "axis", "T");
    hdf_scale(w->file, "/replicate", HDF_INT32, replicates, replicate);
    hdf_note(w->file, "/replicate", "long_name", "number of the replicate");
}

/* A scale of codes and their names, from region `from` on; -1 is all of them together.
 */
static void
write_places(struct writer *w, const char *scale, const char *doc, int from)
{
    const struct setup *s = w->in->setup;
    size_t n = (size_t)(s->n_regions - from);
    int64_t *code = mem_arena(&w->arena, n, sizeof *code);
    const char **name = mem_arena(&w->arena, n, sizeof *name);
    const char **name_zh = mem_arena(&w->arena, n, sizeof *name_zh);
    struct hdf_shape shape = {.rank = 1, .n = {n}, .scale = {scale}};

    name[0] = "prefecture";
    name_zh[0] = "全域";
    for (int i = from < 0 ? 0 : from; i < s->n_regions; i++) {
        code[i - from] = (int64_t)s->region[i].code;
        name[i - from] = s->region[i].name;
        name_zh[i - from] = s->region[i].name_zh;
    }
    hdf_scale(w->file, scale, HDF_INT, n, code);
    hdf_note(w->file, scale, "long_name", doc);
    const char *path = path_of(w, "", scale + 1, "_name");
    hdf_put(w->file, path, HDF_TEXT, &shape, name);
    hdf_note(w->file, path, "long_name", "English name");
    path = path_of(w, "", scale + 1, "_name_zh");
    hdf_put(w->file, path, HDF_TEXT, &shape, name_zh);
    hdf_note(w->file, path, "long_name", "Chinese name");
}

static void
write_axis(struct writer *w, const struct axis *axis)
{
    const char *path = path_of(w, "", axis->name, "");
    size_t n = (size_t)axis->n;
    struct hdf_shape shape = {.rank = 1, .n = {n}, .scale = {path}};

    BUG_IF(axis->label == NULL && axis->value == NULL);
    if (axis->label != NULL)
        hdf_scale(w->file, path, HDF_TEXT, n, axis->label);
    else
        hdf_scale(w->file, path, HDF_REAL, n, axis->value);
    hdf_note(w->file, path, "long_name", axis->doc);
    hdf_note(w->file, path, "long_name_zh", axis->zh);
    if (axis->label == NULL)
        hdf_note(w->file, path, "units", axis->unit);
    if (axis->label_zh == NULL)
        return;
    path = path_of(w, "", axis->name, "_zh");
    hdf_put(w->file, path, HDF_TEXT, &shape, axis->label_zh);
    hdf_note(w->file, path, "long_name", "Chinese label");
}

/* The axes that were written. */
struct axes {
    const struct axis *seen[AXES];
    int n;
};

static void
write_axis_once(struct writer *w, struct axes *axes, const struct axis *axis)
{
    int i = 0;

    while (i < axes->n && strcmp(axes->seen[i]->name, axis->name) != 0)
        i++;
    BUG_IF(i == AXES || (i < axes->n && axes->seen[i]->n != axis->n));
    if (i < axes->n)
        return;
    axes->seen[axes->n++] = axis;
    write_axis(w, axis);
}

/* The first row of a model's results; NULL when this run has none. */
static const struct field *
rows_of(const struct setup *s, int m)
{
    return setup_out_bytes(s, m) > 0 ? s->models[m]->out : NULL;
}

/* The scales of all axes that results use, each name once. */
static void
write_axes(struct writer *w)
{
    const struct setup *s = w->in->setup;
    struct axes axes = {.n = 0};

    for (int m = 0; m < s->n_models; m++) {
        const struct field *f = rows_of(s, m);
        if (f != NULL && setup_items(s, m) != NULL)
            write_axis_once(w, &axes, setup_items(s, m));
        for (; f != NULL && f->name != NULL; f++)
            for (int k = 0; k < FIELD_AXES && f->axis[k] != NULL; k++)
                write_axis_once(w, &axes, f->axis[k]);
    }
}

/* Builds the whole file; what is last says that it is complete. */
static int
build(struct writer *w)
{
    struct digest digest;
    char hex[DIGEST_TEXT];

    digest_start(&digest);
    write_root(w);
    write_clock(w);
    write_places(w, "/county", "administrative code of the county", 0);
    write_places(w, "/area", "the prefecture (0), then the codes of its counties", -1);
    write_axes(w);
    series_write(w->file, w->in, &digest);
    accounts_write(w->file, w->in);
    goals_write(w->file, w->in, w->days, w->eve);
    effects_write(w->file, w->in->result);
    provenance_write(w->file, w->in);
    if (w->file->failed)
        return 0; /* hdf_image() will say so */
    int status = digest_finish(&digest, w->file->file, hex);
    hdf_note(w->file, "/", "digest", hex);
    hdf_note_int(w->file, "/", "finished", HDF_INT32, 1);
    return status;
}

int
store_probe(const char *path, bool force)
{
    return whole_probe(path, force);
}

int
store_write(const char *path, const struct store_input *in, bool force)
{
    struct hdf file;
    struct writer w = {.file = &file, .in = in, .eve = in->setup->first_day - 1};
    unsigned char *image = NULL;
    size_t n = 0;
    char date[16];

    snprintf(w.days, sizeof w.days, "days since %s", date_text(w.eve, date));
    hdf_create(&file);
    int status = build(&w);
    if (status == 0)
        status = hdf_image(&file, &image, &n);
    hdf_close(&file);
    mem_arena_free(&w.arena);
    if (status == 0)
        status = whole_write(path, image, n, force);
    mem_free(image);
    return status;
}
