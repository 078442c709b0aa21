#include "sim/tree.h"

#include "sim/err.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* A list or map that is not closed yet. */
struct open {
    struct tree *node;
    struct tree *last; /* child */
    const char *key;   /* waiting for its value */
    struct place key_place;
    bool has_key, bad_key;
};

struct build {
    struct intake *in;
    const char *file;
    bool placed;
    struct open open[TREE_DEEPEST];
    int depth;
    struct tree *top;
    int documents, nodes;
    bool broken; /* nothing that follows makes sense */
};

static struct place
place_of(const struct build *b, yaml_mark_t mark)
{
    return b->placed ? (struct place){b->file, (int)mark.line + 1, (int)mark.column + 1}
                     : (struct place){b->file, 0, 0};
}

/* The node becomes the top, a key, a value or an element, as its place has it. */
static void
attach(struct build *b, struct tree *node)
{
    struct open *o = b->depth > 0 ? &b->open[b->depth - 1] : NULL;

    if (o == NULL) {
        b->top = node;
        return;
    }
    if (o->node->kind == TREE_MAP && !o->has_key) {
        o->has_key = true;
        o->bad_key = node->kind != TREE_SCALAR;
        if (o->bad_key && node->kind != TREE_BAD)
            report_mistake(
                b->in->report, node->place, "%s cannot be a key", tree_kind_text(node));
        o->key = node->text;
        o->key_place = node->place;
        return;
    }
    if (o->node->kind == TREE_MAP) {
        o->has_key = false;
        if (o->bad_key)
            return;
        node->key = o->key;
        node->key_place = o->key_place;
    }
    if (o->last != NULL)
        o->last->next = node;
    else
        o->node->child = node;
    o->last = node;
    o->node->n++;
}

static struct tree *
new_node(struct build *b, enum tree_kind kind, yaml_mark_t mark)
{
    struct tree *node = mem_arena(b->in->arena, 1, sizeof *node);

    node->kind = kind;
    node->place = place_of(b, mark);
    if (++b->nodes > TREE_MOST && !b->broken) {
        report_mistake(b->in->report, node->place,
            "more than %d values; put them into a CSV table", TREE_MOST);
        b->broken = true;
    }
    return node;
}

static void
refuse(struct build *b, const struct tree *node, const void *anchor, const void *tag)
{
    if (anchor != NULL)
        report_mistake(b->in->report, node->place, "anchors (&name) are not allowed");
    if (tag != NULL)
        report_mistake(b->in->report, node->place, "tags (!name) are not allowed");
}

static bool
has_control(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7f)
            return true;
    }
    return false;
}

static void
add_scalar(struct build *b, const yaml_event_t *e)
{
    struct tree *node = new_node(b, TREE_SCALAR, e->start_mark);
    const char *text = (const char *)e->data.scalar.value;

    refuse(b, node, e->data.scalar.anchor, e->data.scalar.tag);
    node->plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (has_control(text, e->data.scalar.length)) {
        report_mistake(b->in->report, node->place, "a text with a control character");
        node->kind = TREE_BAD;
    }
    node->text = mem_arena_text(b->in->arena, text);
    attach(b, node);
}

static void
add_alias(struct build *b, const yaml_event_t *e)
{
    struct tree *node = new_node(b, TREE_BAD, e->start_mark);

    report_mistake(b->in->report, node->place, "aliases (*name) are not allowed");
    attach(b, node);
}

static void
begin(struct build *b, const yaml_event_t *e, enum tree_kind kind)
{
    struct tree *node = new_node(b, kind, e->start_mark);

    /* Both events have anchor and tag, each in its own member. */
    if (kind == TREE_LIST)
        refuse(b, node, e->data.sequence_start.anchor, e->data.sequence_start.tag);
    else
        refuse(b, node, e->data.mapping_start.anchor, e->data.mapping_start.tag);
    if (b->depth == TREE_DEEPEST) {
        report_mistake(
            b->in->report, node->place, "nested deeper than %d levels", TREE_DEEPEST);
        b->broken = true;
        return;
    }
    attach(b, node);
    b->open[b->depth++] = (struct open){.node = node};
}

static int
by_key(const void *a, const void *b)
{
    const struct tree *x = *(const struct tree *const *)a;
    const struct tree *y = *(const struct tree *const *)b;
    int text = strcmp(x->key, y->key);

    if (text != 0)
        return text;
    if (x->key_place.line != y->key_place.line)
        return x->key_place.line < y->key_place.line ? -1 : 1;
    return x->key_place.column < y->key_place.column ? -1 : 1;
}

/* libyaml lets keys come twice. Sorted, so that a long map costs n log n. */
static void
find_duplicates(struct build *b, const struct tree *map)
{
    const struct tree **sorted = mem_alloc((size_t)map->n, sizeof(const struct tree *));
    int n = 0;

    for (const struct tree *c = map->child; c != NULL; c = c->next)
        sorted[n++] = c;
    qsort(sorted, (size_t)n, sizeof(const struct tree *), by_key);
    for (int i = 1, first = 0; i < n; i++) {
        if (strcmp(sorted[first]->key, sorted[i]->key) != 0)
            first = i;
        else if (b->placed)
            report_mistake(b->in->report, sorted[i]->key_place,
                "'%s' is given twice, first at line %d",
                report_word(sorted[i]->key).text, sorted[first]->key_place.line);
        else
            report_mistake(b->in->report, sorted[i]->key_place, "'%s' is given twice",
                report_word(sorted[i]->key).text);
    }
    mem_free(sorted);
}

static void
end(struct build *b)
{
    const struct tree *node = b->open[--b->depth].node;

    if (node->kind == TREE_MAP && node->n > 1)
        find_duplicates(b, node);
}

static void
begin_document(struct build *b, const yaml_event_t *e)
{
    if (++b->documents == 1)
        return;
    report_mistake(b->in->report, place_of(b, e->start_mark),
        "a second document begins; a file holds one");
    b->broken = true;
}

static void
take_event(struct build *b, const yaml_event_t *e)
{
    switch (e->type) {
    case YAML_DOCUMENT_START_EVENT:
        begin_document(b, e);
        break;
    case YAML_SCALAR_EVENT:
        add_scalar(b, e);
        break;
    case YAML_ALIAS_EVENT:
        add_alias(b, e);
        break;
    case YAML_SEQUENCE_START_EVENT:
        begin(b, e, TREE_LIST);
        break;
    case YAML_MAPPING_START_EVENT:
        begin(b, e, TREE_MAP);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        end(b);
        break;
    default:
        break;
    }
}

static void
syntax_mistake(struct build *b, const yaml_parser_t *p, const char *text, size_t size)
{
    struct place at = place_of(b, p->problem_mark);
    const char *problem = p->problem != NULL ? p->problem : "out of memory";

    if (p->error == YAML_READER_ERROR && b->placed)
        at = intake_place(
            b->file, text, p->problem_offset < size ? p->problem_offset : size);
    report_mistake(b->in->report, at, "not YAML: %s%s%s", problem,
        p->context != NULL ? ", " : "", p->context != NULL ? p->context : "");
    b->broken = true;
}

struct tree *
tree_read(
    struct intake *in, const char *file, const char *text, size_t size, bool placed)
{
    struct build b = {.in = in, .file = file, .placed = placed};
    yaml_parser_t parser;
    bool more = true;

    BUG_IF(!yaml_parser_initialize(&parser));
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
    while (more && !b.broken) {
        yaml_event_t e;
        if (!yaml_parser_parse(&parser, &e)) {
            syntax_mistake(&b, &parser, text, size);
            break;
        }
        more = e.type != YAML_STREAM_END_EVENT;
        take_event(&b, &e);
        yaml_event_delete(&e);
    }
    yaml_parser_delete(&parser);
    if (!b.broken && b.top == NULL)
        report_mistake(in->report, (struct place){file, 0, 0}, "is empty");
    return b.broken ? NULL : b.top;
}

const struct tree *
tree_find(const struct tree *map, const char *key)
{
    for (const struct tree *c = map->child; c != NULL; c = c->next)
        if (strcmp(c->key, key) == 0)
            return c;
    return NULL;
}

const char *
tree_kind_text(const struct tree *self)
{
    static const char *const text[] = {"a text", "a list", "a mapping", "a mistake"};

    return text[self->kind];
}
