#include "sim/tree.h"

#include "tests/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static struct tree *
tree_of(struct scratch *s, const char *text)
{
    return tree_read(&s->in, "a.yaml", text, strlen(text), true);
}

static void
at(struct place p, int line, int column)
{
    assert_int_equal(p.line, line);
    assert_int_equal(p.column, column);
}

static void
nodes_know_their_places(void **state)
{
    struct scratch s;

    (void)state;
    scratch_open(&s);
    const struct tree *top = tree_of(&s, "# first\n"
                                         "a: 1\n"
                                         "\xe4\xb8\xad: 'two'\n"
                                         "c:\n"
                                         "  - x\n"
                                         "  - {d: [3, 4]}\n");
    assert_int_equal(top->kind, TREE_MAP);
    assert_int_equal(top->n, 3);
    at(top->place, 2, 1);
    const struct tree *a = tree_find(top, "a"), *b = tree_find(top, "\xe4\xb8\xad");
    const struct tree *c = tree_find(top, "c");
    assert_string_equal(a->text, "1");
    assert_true(a->plain);
    at(a->key_place, 2, 1);
    at(a->place, 2, 4);
    assert_string_equal(b->text, "two");
    assert_false(b->plain);
    at(b->place, 3, 4); /* a character is a column, however many bytes it has */
    assert_int_equal(c->kind, TREE_LIST);
    assert_int_equal(c->n, 2);
    at(c->child->place, 5, 5);
    assert_null(c->child->key);
    const struct tree *d = tree_find(c->child->next, "d");
    at(d->place, 6, 9);
    assert_int_equal(d->n, 2);
    assert_string_equal(d->child->next->text, "4");
    at(d->child->next->place, 6, 13);
    assert_null(d->child->next->next);
    assert_null(tree_find(top, "d"));
    assert_string_equal(d->place.file, "a.yaml");
    assert_string_equal(scratch_report(&s), "");
    scratch_close(&s);
}

static void
unplaced_nodes_have_no_line(void **state)
{
    struct scratch s;

    (void)state;
    scratch_open(&s);
    const struct tree *top = tree_read(&s.in, "--set a", "{a: 1, a: 2}", 12, false);
    at(top->place, 0, 0);
    at(top->child->place, 0, 0);
    assert_null(tree_read(&s.in, "--set b", "[", 1, false));
    assert_string_equal(scratch_report(&s),
        "--set a: 'a' is given twice\n"
        "--set b: not YAML: did not find expected node content, while parsing a flow "
        "node\n");
    scratch_close(&s);
}

/* What is refused, and what is said. */
static const struct {
    const char *text, *want;
    bool none; /* is there no tree? */
} bad[] = {
    {"", "a.yaml: is empty\n", true},
    {"# only\n\n", "a.yaml: is empty\n", true},
    {"a: 1\nb: 2\na: 3\n", "a.yaml:3:1: 'a' is given twice, first at line 1\n", false},
    {"s: {x: 1, y: 2, x: 3, x: 4}",
        "a.yaml:1:17: 'x' is given twice, first at line 1\n"
        "a.yaml:1:23: 'x' is given twice, first at line 1\n",
        false},
    {"a: &n 1\n", "a.yaml:1:4: anchors (&name) are not allowed\n", false},
    {"a: &n [1]\nb: &m {}",
        "a.yaml:1:4: anchors (&name) are not allowed\n"
        "a.yaml:2:4: anchors (&name) are not allowed\n",
        false},
    {"a: &n 1\nb: *n\n",
        "a.yaml:1:4: anchors (&name) are not allowed\n"
        "a.yaml:2:4: aliases (*name) are not allowed\n",
        false},
    {"*n : 1\n", "a.yaml:1:1: aliases (*name) are not allowed\n", false},
    {"a: !!int 1\n", "a.yaml:1:4: tags (!name) are not allowed\n", false},
    {"a: !x [1]\nb: !y {}",
        "a.yaml:1:4: tags (!name) are not allowed\n"
        "a.yaml:2:4: tags (!name) are not allowed\n",
        false},
    {"a: ! 1\n", "a.yaml:1:4: tags (!name) are not allowed\n", false},
    {"a: 1\n---\nb: 2\n", "a.yaml:2:1: a second document begins; a file holds one\n",
        true},
    {"? [x]\n: 1\nb: 2\n", "a.yaml:1:3: a list cannot be a key\n", false},
    {"? {x: 1}\n: [1, {c: 2}]\nb: 2\n", "a.yaml:1:3: a mapping cannot be a key\n",
        false},
    {"a: \"x\\0y\"\n", "a.yaml:1:4: a text with a control character\n", false},
    {"a: \"\\e[31m\"\n", "a.yaml:1:4: a text with a control character\n", false},
    {"a: [1, 2\nb: 3\n",
        "a.yaml:2:2: not YAML: did not find expected ',' or ']', while parsing a flow "
        "sequence\n",
        true},
    {"a: b: c\n",
        "a.yaml:1:5: not YAML: mapping values are not allowed in this context\n", true},
    {"a: 1\n\tb: 2\n",
        "a.yaml:2:1: not YAML: found a tab character that violates indentation, "
        "while scanning a plain scalar\n",
        true},
    {"a: 1\nb: \xc2\x81\n",
        "a.yaml:2:4: not YAML: control characters are not allowed\n", true},
};

static void
what_is_refused(void **state)
{
    struct scratch s;

    (void)state;
    scratch_open(&s);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct tree *top = tree_of(&s, bad[i].text);
        assert_string_equal(scratch_report(&s), bad[i].want);
        assert_int_equal(top == NULL, bad[i].none);
    }
    scratch_close(&s);
}

static void
bad_nodes_stay_marked(void **state)
{
    struct scratch s;

    (void)state;
    scratch_open(&s);
    const struct tree *top = tree_of(&s, "a: *n\nb: 1\n? [k]\n: 2\nc: 3\n");
    assert_int_equal(tree_find(top, "a")->kind, TREE_BAD);
    assert_int_equal(top->n, 3); /* the pair without a key is left out */
    assert_string_equal(tree_find(top, "c")->text, "3");
    scratch_close(&s);
}

static void
depth_limit(void **state)
{
    struct scratch s;
    char text[3 * TREE_DEEPEST] = "";

    (void)state;
    scratch_open(&s);
    for (int i = 0; i < TREE_DEEPEST; i++)
        strcat(text, "[");
    for (int i = 0; i < TREE_DEEPEST; i++)
        strcat(text, "]");
    assert_non_null(tree_of(&s, text));
    assert_string_equal(scratch_report(&s), "");
    memmove(text + 1, text, strlen(text) + 1);
    strcat(text, "]");
    assert_null(tree_of(&s, text));
    assert_string_equal(
        scratch_report(&s), "a.yaml:1:33: nested deeper than 32 levels\n");
    scratch_close(&s);
}

static void
node_limit(void **state)
{
    struct scratch s;
    size_t n = 2 * (size_t)TREE_MOST;
    char *text = malloc(n + 2);

    (void)state;
    assert_non_null(text);
    scratch_open(&s);
    for (size_t i = 0; i < n; i++)
        text[i] = i % 2 == 0 ? 'x' : ',';
    text[0] = '[';
    text[1] = '\n';
    text[n] = ']';
    text[n + 1] = '\0';
    assert_non_null(tree_of(&s, text)); /* the list and TREE_MOST - 1 elements */
    assert_string_equal(scratch_report(&s), "");
    text[n] = 'x';
    assert_null(tree_of(&s, text));
    assert_string_equal(scratch_report(&s),
        "a.yaml:2:4194303: more than 2097152 values; put them into a CSV table\n");
    scratch_close(&s);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_know_their_places),
        cmocka_unit_test(unplaced_nodes_have_no_line),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(bad_nodes_stay_marked),
        cmocka_unit_test(depth_limit),
        cmocka_unit_test(node_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
