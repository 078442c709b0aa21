#include "sim/array.h"

#include "sim/value.h"

#include <string.h>

enum { ELEMENT = 8 }; /* bytes: both kinds take as many */

static void *
element(void *to, int i)
{
    return (char *)to + (size_t)i * ELEMENT;
}

/* The first number is that of all. */
static void
spread(const struct field *f, void *to)
{
    for (int i = 1; i < f->count; i++)
        memcpy(element(to, i), to, ELEMENT);
}

bool
array_list(struct intake *in, const struct tree *list, const struct field *f, void *to)
{
    const struct tree *node = list->child;
    bool good = true;

    if (list->kind == TREE_BAD)
        return false;
    if (list->kind != TREE_LIST || list->n != f->count) {
        if (list->kind == TREE_LIST)
            report_mistake(in->report, list->place,
                "a list of %d, expected a list of %d: %s", list->n, f->count,
                value_wanted(f).text);
        else
            report_mistake(in->report, list->place, "%s, expected a list of %d: %s",
                list->kind == TREE_SCALAR ? "one value" : tree_kind_text(list),
                f->count, value_wanted(f).text);
        return false;
    }
    for (int i = 0; node != NULL; node = node->next, i++)
        good = value_node(in, node, f, element(to, i)) && good;
    return good;
}

bool
array_node(struct intake *in, const struct tree *node, const struct field *f, void *to)
{
    if (node->kind != TREE_SCALAR)
        return array_list(in, node, f, to);
    if (!value_node(in, node, f, to))
        return false;
    spread(f, to);
    return true;
}

static int
count_blanks(const char *text)
{
    int n = 0;

    for (; *text != '\0'; text++)
        n += *text == ' ';
    return n;
}

bool
array_cell(struct intake *in, struct place at, const char *text, const struct field *f,
    void *to)
{
    int blanks = count_blanks(text);
    bool good = true;

    if (blanks == 0) {
        if (!value_read(in, at, text, f, to))
            return false;
        spread(f, to);
        return true;
    }
    if (blanks + 1 != f->count) {
        report_mistake(in->report, at,
            "'%s' is %d numbers, expected %d apart by single blanks: %s",
            report_word(text).text, blanks + 1, f->count, value_wanted(f).text);
        return false;
    }
    char *number = mem_arena_text(in->arena, text);
    for (int i = 0; i < f->count; i++) {
        char *end = number + strcspn(number, " ");
        *end = '\0';
        good = value_read(in, at, number, f, element(to, i)) && good;
        number = end + 1;
    }
    return good;
}
