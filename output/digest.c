#include "output/digest.h"

#include "output/scan.h"

#include <math.h>
#include <string.h>

static const char *const groups[] = {"series", "indicators"};
static const char *const others[] = {
    "targets/value_when_due", "targets/met", "targets/first_met", "time", "county"};

/* Rows of any table that say something about a number or a run, and change no result.
 */
static const char *const silent[] = {
    "title", "title_zh", "source", "quality", "seed", "replicates", "statements"};

static void
add_number(XXH3_state_t *state, uint64_t value)
{
    unsigned char byte[8];

    for (int i = 0; i < 8; i++)
        byte[i] = (unsigned char)(value >> (8 * i));
    XXH3_128bits_update(state, byte, sizeof byte);
}

static void
add_real(XXH3_state_t *state, double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    add_number(state, bits);
}

/* With its length, so that no two lists of texts look alike. */
static void
add_text(XXH3_state_t *state, const char *text)
{
    add_number(state, text == NULL ? UINT64_MAX : strlen(text));
    if (text != NULL)
        XXH3_128bits_update(state, text, strlen(text));
}

static void
close_state(const XXH3_state_t *state, char hex[DIGEST_TEXT])
{
    XXH128_hash_t hash = XXH3_128bits_digest(state);

    snprintf(hex, DIGEST_TEXT, "%016llx%016llx", (unsigned long long)hash.high64,
        (unsigned long long)hash.low64);
}

/* Compilers give NAN either sign: one of them stands for all. */
static void
settle_nans(double *value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (isnan(value[i]))
            value[i] = NAN;
}

void
digest_start(struct digest *self)
{
    XXH3_128bits_reset(&self->state);
}

void
digest_dataset(struct digest *self, const char *path, const char *unit, bool real,
    const struct hdf_walk *walk)
{
    add_text(&self->state, path);
    add_text(&self->state, unit == NULL ? "" : unit);
    add_text(&self->state, real ? "double" : "int64");
    add_number(&self->state, (uint64_t)walk->rank);
    for (int i = 0; i < walk->rank; i++)
        add_number(&self->state, walk->n[i]);
}

void
digest_values(struct digest *self, bool real, void *value, size_t n)
{
    if (real)
        settle_nans(value, n);
    XXH3_128bits_update(&self->state, value, n * 8);
}

static int
add_dataset(struct digest *self, hid_t file, const char *path, struct arena *arena)
{
    struct scan scan;
    int status = scan_open(&scan, file, path);

    if (status < 0)
        return status;
    digest_dataset(
        self, path, scan_note(file, path, "units", arena), scan.real, &scan.walk);
    while ((status = scan_next(&scan)) > 0)
        digest_values(self, scan.real, scan.block, (size_t)scan.walk.elements);
    scan_close(&scan);
    return status;
}

static int
add_group(struct digest *self, hid_t file, const char *group, struct arena *arena)
{
    size_t n;
    const char **name = scan_names(file, group, arena, &n);
    int status = 0;

    for (size_t i = 0; i < n && status == 0; i++) {
        size_t size = strlen(group) + strlen(name[i]) + 2;
        char *path = mem_arena(arena, size, 1);
        snprintf(path, size, "%s/%s", group, name[i]);
        status = add_dataset(self, file, path, arena);
    }
    return status;
}

int
digest_finish(struct digest *self, hid_t file, char hex[DIGEST_TEXT])
{
    struct arena arena = {NULL};
    int status = 0;

    for (size_t i = 0; i < sizeof others / sizeof others[0] && status == 0; i++)
        if (scan_has(file, others[i]))
            status = add_dataset(self, file, others[i], &arena);
    close_state(&self->state, hex);
    mem_arena_free(&arena);
    return status;
}

int
digest_open(hid_t file, char hex[DIGEST_TEXT])
{
    struct digest digest;
    struct arena arena = {NULL};
    int status = 0;

    digest_start(&digest);
    for (size_t i = 0; i < sizeof groups / sizeof groups[0] && status == 0; i++)
        status = add_group(&digest, file, groups[i], &arena);
    mem_arena_free(&arena);
    return status == 0 ? digest_finish(&digest, file, hex) : status;
}

int
digest_file(const char *path, char hex[DIGEST_TEXT])
{
    hid_t file;
    int status = scan_file(path, &file);

    if (status < 0)
        return status;
    if (scan_note_int(file, "/", "finished", 0) == 1)
        status = digest_open(file, hex);
    else
        status = err_set(ERR_INPUT, "%s: not a finished result of carecap", path);
    H5Fclose(file);
    return status;
}

static bool
is_silent(const char *name)
{
    for (size_t i = 0; i < sizeof silent / sizeof silent[0]; i++)
        if (strcmp(name, silent[i]) == 0)
            return true;
    return false;
}

static void
add_path(XXH3_state_t *state, const struct path *path)
{
    add_number(state, (uint64_t)path->n);
    for (int64_t i = 0; i < path->n; i++) {
        add_real(state, path->year[i]);
        add_real(state, path->value[i]);
    }
}

static void add_table(XXH3_state_t *state, const struct field *table, const void *obj);

static void
add_rows(XXH3_state_t *state, const struct field *f, const struct rows *rows)
{
    add_number(state, (uint64_t)rows->n);
    for (int64_t i = 0; i < rows->n; i++)
        add_table(state, f->columns,
            (const unsigned char *)rows->row + (size_t)i * f->row_size);
}

static void
add_field(XXH3_state_t *state, const struct field *f, const void *obj)
{
    const void *member = (const unsigned char *)obj + f->offset;

    switch (f->kind) {
    case FIELD_TEXT:
        add_text(state, *(const char *const *)member);
        return;
    case FIELD_PATH:
        add_path(state, member);
        return;
    case FIELD_ROWS:
        add_rows(state, f, member);
        return;
    case FIELD_INT: /* beyond 2^53 a double would not do */
        for (int i = 0; i < f->count; i++)
            add_number(state, (uint64_t)((const int64_t *)member)[i]);
        return;
    case FIELD_REAL:
    case FIELD_DATE:
    case FIELD_CHOICE:
    case FIELD_KINDS:
        break;
    }
    for (int i = 0; i < f->count; i++)
        add_real(state, field_value(f, obj, i));
}

static void
add_table(XXH3_state_t *state, const struct field *table, const void *obj)
{
    for (const struct field *f = table; f != NULL && f->name != NULL; f++) {
        if (is_silent(f->name))
            continue;
        add_text(state, f->name);
        add_text(state, f->unit);
        add_field(state, f, obj);
    }
}

void
digest_scenario(
    const struct scenario *scenario, const struct setup *s, char hex[DIGEST_TEXT])
{
    XXH3_state_t state;

    XXH3_128bits_reset(&state);
    add_table(&state, scenario_run_par, &scenario->run);
    for (int i = 0; i < s->n_models; i++) {
        add_text(&state, s->models[i]->name);
        add_table(&state, s->models[i]->par, scenario->par[i]);
    }
    close_state(&state, hex);
}
