#include "sim/overlay.h"

#include "sim/value.h"

#include <string.h>

static const struct field none = {.name = NULL};

static int
count_rows(const struct field *table)
{
    int n = 0;

    while (table != NULL && table[n].name != NULL)
        n++;
    return n;
}

static void
add_slots(struct overlay *self, const struct model *m, const struct field *table)
{
    for (; table->name != NULL; table++)
        self->slot[self->n++] = (struct overlay_slot){.model = m, .field = table};
}

void
overlay_init(struct overlay *self, struct intake *in, const struct model *const *models,
    const struct field *run)
{
    size_t rows = (size_t)count_rows(run), tops = rows + 2; /* base, empty row */

    *self = (struct overlay){.in = in, .models = models};
    for (int i = 0; models[i] != NULL; i++, tops++)
        rows += (size_t)count_rows(models[i]->par);
    self->slot = mem_alloc(rows, sizeof *self->slot);
    self->top = mem_alloc(tops, sizeof *self->top);

    struct field *top = self->top;
    *top++ = (struct field){.name = "base"};
    for (const struct field *f = run; f->name != NULL; f++)
        *top++ = *f;
    add_slots(self, NULL, run);
    for (int i = 0; models[i] != NULL; i++)
        if (models[i]->par != NULL) {
            *top++ = (struct field){.name = models[i]->name};
            add_slots(self, models[i], models[i]->par);
        }
}

void
overlay_free(struct overlay *self)
{
    for (int i = 0; i < self->n; i++)
        mem_free(self->slot[i].all);
    mem_free(self->slot);
    mem_free(self->top);
    *self = (struct overlay){.n = 0};
}

static struct overlay_slot *
find_slot(const struct overlay *self, const struct model *m, const char *name)
{
    for (int i = 0; i < self->n; i++)
        if (self->slot[i].model == m && strcmp(self->slot[i].field->name, name) == 0)
            return &self->slot[i];
    return NULL;
}

static const struct model *
find_section(const struct overlay *self, const char *name)
{
    for (int i = 0; self->models[i] != NULL; i++)
        if (self->models[i]->par != NULL && strcmp(self->models[i]->name, name) == 0)
            return self->models[i];
    return NULL;
}

/* The slot of a key in a section (NULL: the top level), with a mistake when there is
 * none. */
static struct overlay_slot *
slot_of(struct overlay *self, const struct model *m, const char *key, struct place at)
{
    struct overlay_slot *slot = find_slot(self, m, key);

    if (slot != NULL)
        return slot;
    if (m != NULL)
        report_mistake(self->in->report, at, "'%s' is not a key of '%s'%s",
            report_word(key).text, m->name,
            value_hint(self->in, key, m->par, &none).text);
    else
        report_mistake(self->in->report, at, "'%s' is not a key of a scenario%s",
            report_word(key).text, value_hint(self->in, key, self->top, &none).text);
    return NULL;
}

static void
give(struct overlay_slot *slot, const struct tree *node)
{
    if (!slot->field->keyed)
        slot->n_all = 0;
    slot->all =
        mem_grow(slot->all, (size_t)slot->n_all + 1, sizeof(const struct tree *));
    slot->all[slot->n_all++] = node;
    slot->node = node;
}

static void
take_section(struct overlay *self, const struct model *m, const struct tree *map)
{
    bool nothing = map->kind == TREE_SCALAR && map->plain && map->text[0] == '\0';

    if (map->kind != TREE_MAP && map->kind != TREE_BAD && !nothing)
        report_mistake(self->in->report, map->place,
            "%s, expected keys and values: '%s' is a section", tree_kind_text(map),
            m->name);
    if (map->kind != TREE_MAP)
        return;
    for (const struct tree *node = map->child; node != NULL; node = node->next) {
        struct overlay_slot *slot = slot_of(self, m, node->key, node->key_place);
        if (slot != NULL)
            give(slot, node);
    }
}

static void
take_top(struct overlay *self, const struct tree *top)
{
    for (const struct tree *node = top->child; node != NULL; node = node->next) {
        const struct model *m = find_section(self, node->key);
        struct overlay_slot *slot = NULL;

        if (m != NULL)
            take_section(self, m, node);
        else if (strcmp(node->key, "base") != 0)
            slot = slot_of(self, NULL, node->key, node->key_place);
        if (slot != NULL)
            give(slot, node);
    }
}

/* Is the file its own base? Told by device and inode, whatever the path. */
static bool
goes_round(struct overlay *self, int depth, struct place at)
{
    const struct intake_file *file = self->chain[depth];

    for (int i = 0; i < depth; i++) {
        const struct intake_file *above = self->chain[i];
        if (above->device == file->device && above->inode == file->inode) {
            report_mistake(self->in->report, at,
                "the bases go in a circle: '%s' is its own base", file->path);
            return true;
        }
    }
    return false;
}

/* The map of a scenario file; NULL when it is none and the mistake was reported. */
static const struct tree *
load(struct overlay *self, const char *path, int depth, struct place at)
{
    const struct intake_file *file = intake_read(self->in, path, at);
    const struct tree *top = NULL;

    self->chain[depth] = file;
    if (file != NULL && !goes_round(self, depth, at))
        top = tree_read(self->in, file->path, file->text, file->size, true);
    if (top != NULL && top->kind == TREE_MAP)
        return top;
    if (top != NULL && top->kind != TREE_BAD)
        report_mistake(self->in->report, top->place,
            "%s, expected keys and values: a scenario", tree_kind_text(top));
    self->incomplete = true;
    return NULL;
}

static void
take_file(struct overlay *self, const char *path, int depth, struct place at)
{
    static const struct field row = {
        .name = "base", .doc = "path of a scenario", .kind = FIELD_TEXT, .count = 1};
    const struct tree *top = load(self, path, depth, at);
    const struct tree *base = top != NULL ? tree_find(top, "base") : NULL;
    const char *name;

    if (base != NULL && depth == OVERLAY_BASES) {
        report_mistake(self->in->report, base->place, "more than %d bases in a chain",
            OVERLAY_BASES);
        self->incomplete = true;
    } else if (base != NULL && value_node(self->in, base, &row, &name)) {
        take_file(self, intake_beside(self->in, path, name), depth + 1, base->place);
    } else if (base != NULL) {
        self->incomplete = true;
    }
    if (top != NULL)
        take_top(self, top);
}

void
overlay_file(struct overlay *self, const char *path)
{
    take_file(self, path, 0, (struct place){.file = NULL});
}

/* The slot that `name`, "section.key" or "key", means; cut in two on the way. */
static struct overlay_slot *
slot_named(struct overlay *self, char *name, struct place at)
{
    char *dot = strchr(name, '.');

    if (strcmp(name, "base") == 0) {
        report_mistake(self->in->report, at, "a base can only stand in a file");
        return NULL;
    }
    if (dot == NULL)
        return slot_of(self, NULL, name, at);
    *dot = '\0';
    const struct model *m = find_section(self, name);
    if (m != NULL)
        return slot_of(self, m, dot + 1, at);
    report_mistake(self->in->report, at, "'%s' is not a section of a scenario%s",
        report_word(name).text, value_hint(self->in, name, self->top, &none).text);
    return NULL;
}

void
overlay_set(struct overlay *self, const char *text)
{
    static const char prefix[] = "--set ";
    size_t n = strcspn(text, "=");
    char *file = mem_arena(self->in->arena, sizeof prefix + n, 1);
    struct place at = {file, 0, 0};

    memcpy(file, prefix, sizeof prefix - 1);
    memcpy(file + sizeof prefix - 1, text, n);
    if (text[n] == '\0') {
        report_mistake(self->in->report, at, "expected section.key=value");
        return;
    }
    char *name = mem_arena_text(self->in->arena, file + sizeof prefix - 1);
    struct overlay_slot *slot = slot_named(self, name, at);
    const char *value = text + n + 1;
    if (slot == NULL)
        return;
    const struct tree *node = tree_read(self->in, file, value, strlen(value), false);
    if (node != NULL)
        give(slot, node);
}
