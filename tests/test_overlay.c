#include "sim/overlay.h"

#include "sim/scenario.h"
#include "tests/scratch.h"
#include "tests/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

struct stack {
    struct scratch s;
    struct overlay o;
};

static void
open_stack(struct stack *k)
{
    scratch_open(&k->s);
    overlay_init(&k->o, &k->s.in, shop_models, scenario_run_par);
}

static void
close_stack(struct stack *k)
{
    overlay_free(&k->o);
    overlay_free(&k->o);
    scratch_close(&k->s);
}

/* The text that is given for a row, or NULL. */
static const char *
given(const struct stack *k, const char *section, const char *name)
{
    for (int i = 0; i < k->o.n; i++) {
        const struct overlay_slot *slot = &k->o.slot[i];
        const char *in = slot->model != NULL ? slot->model->name : "";
        if (strcmp(in, section) == 0 && strcmp(slot->field->name, name) == 0)
            return slot->node != NULL ? slot->node->text : NULL;
    }
    fail_msg("no slot %s.%s", section, name);
    return NULL;
}

static void
slots_are_rows_in_order(void **state)
{
    struct stack k;

    (void)state;
    open_stack(&k);
    assert_int_equal(k.o.n, 7 + 10 + 1);
    assert_string_equal(k.o.slot[0].field->name, "title");
    assert_null(k.o.slot[0].model);
    assert_ptr_equal(k.o.slot[7].model, &shop_model);
    assert_string_equal(k.o.slot[7].field->name, "rate");
    assert_ptr_equal(k.o.slot[17].model, &shop_till);
    close_stack(&k);
}

static void
later_file_wins_key_by_key(void **state)
{
    struct stack k;

    (void)state;
    open_stack(&k);
    scratch_write(&k.s, "root.yaml",
        "title: root\nseed: 1\nshop:\n  rate: 1\n  staff: 1\n"
        "  label: root\n");
    scratch_write(&k.s, "mid.yaml", "shop: {staff: 2, label: mid}\nbase: root.yaml\n");
    scratch_write(
        &k.s, "top.yaml", "base: mid.yaml\nseed: 3\nshop: {label: top}\ntill:\n");
    overlay_file(&k.o, scratch_path(&k.s, "top.yaml"));
    overlay_set(&k.o, "shop.steps=7");
    overlay_set(&k.o, "seed=9");
    overlay_set(&k.o, "seed=10");
    assert_string_equal(given(&k, "", "title"), "root");
    assert_string_equal(given(&k, "", "seed"), "10");
    assert_string_equal(given(&k, "shop", "rate"), "1");
    assert_string_equal(given(&k, "shop", "staff"), "2");
    assert_string_equal(given(&k, "shop", "label"), "top");
    assert_string_equal(given(&k, "shop", "steps"), "7");
    assert_null(given(&k, "till", "fee"));
    assert_false(k.o.incomplete);
    assert_int_equal(k.s.in.n_files, 3);
    assert_string_equal(scratch_report(&k.s), "");
    close_stack(&k);
}

static void
keyed_row_keeps_every_node(void **state)
{
    static const char *const want[] = {"root.csv", "top.csv", "set.csv"};
    struct stack k;
    const struct overlay_slot *slot = NULL;

    (void)state;
    open_stack(&k);
    scratch_write(&k.s, "root.yaml", "shop: {items: root.csv, spare: root.csv}\n");
    scratch_write(&k.s, "mid.yaml", "base: root.yaml\n");
    scratch_write(
        &k.s, "top.yaml", "base: mid.yaml\nshop: {items: top.csv, spare: top.csv}\n");
    overlay_file(&k.o, scratch_path(&k.s, "top.yaml"));
    overlay_set(&k.o, "shop.spare=set.csv");
    for (int i = 0; i < k.o.n; i++) {
        slot = &k.o.slot[i];
        if (strcmp(slot->field->name, "items") == 0) {
            assert_int_equal(slot->n_all, 1);
            assert_string_equal(slot->all[0]->text, "top.csv");
        } else if (strcmp(slot->field->name, "spare") == 0) {
            assert_int_equal(slot->n_all, 3);
            for (int j = 0; j < 3; j++)
                assert_string_equal(slot->all[j]->text, want[j]);
            assert_ptr_equal(slot->node, slot->all[2]);
        } else {
            assert_int_equal(slot->n_all, 0);
        }
    }
    assert_string_equal(scratch_report(&k.s), "");
    close_stack(&k);
}

static const struct {
    const char *text, *want;
    bool incomplete;
} bad[] = {
    {"shop:\n  labell: a\n  rat: 2\n  zzz: 1\n",
        "a.yaml:2:3: 'labell' is not a key of 'shop'; did you mean 'label'?\n"
        "a.yaml:3:3: 'rat' is not a key of 'shop'; did you mean 'rate'?\n"
        "a.yaml:4:3: 'zzz' is not a key of 'shop'\n",
        false},
    {"titel: x\nshopp: {}\nbass: c\nsilent: {}\nx: 1\n",
        "a.yaml:1:1: 'titel' is not a key of a scenario; did you mean 'title'?\n"
        "a.yaml:2:1: 'shopp' is not a key of a scenario; did you mean 'shop'?\n"
        "a.yaml:3:1: 'bass' is not a key of a scenario; did you mean 'base'?\n"
        "a.yaml:4:1: 'silent' is not a key of a scenario\n"
        "a.yaml:5:1: 'x' is not a key of a scenario\n",
        false},
    {"shop: 5\ntill: [1]\n",
        "a.yaml:1:7: a text, expected keys and values: 'shop' is a section\n"
        "a.yaml:2:7: a list, expected keys and values: 'till' is a section\n",
        false},
    {"shop: ''\n",
        "a.yaml:1:7: a text, expected keys and values: 'shop' is a section\n", false},
    {"shop: *n\n", "a.yaml:1:7: aliases (*name) are not allowed\n", false},
    {"- a\n", "a.yaml:1:1: a list, expected keys and values: a scenario\n", true},
    {"a\n", "a.yaml:1:1: a text, expected keys and values: a scenario\n", true},
    {"", "a.yaml: is empty\n", true},
    {"a: [\n",
        "a.yaml:2:1: not YAML: did not find expected node content, while parsing a "
        "flow "
        "node\n",
        true},
    {"base: none.yaml\n",
        "a.yaml:1:7: 'none.yaml' cannot be read: No such file or directory\n", true},
    {"base: [b.yaml]\n", "a.yaml:1:7: a list, expected path of a scenario\n", true},
    {"base:\n", "a.yaml:1:6: no value, expected path of a scenario\n", true},
    {"base: a.yaml\n",
        "a.yaml:1:7: the bases go in a circle: 'a.yaml' is its own base\n", true},
};

static void
mistakes_of_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct stack k;
        open_stack(&k);
        scratch_write(&k.s, "a.yaml", bad[i].text);
        overlay_file(&k.o, scratch_path(&k.s, "a.yaml"));
        assert_string_equal(scratch_report(&k.s), bad[i].want);
        assert_int_equal(k.o.incomplete, bad[i].incomplete);
        close_stack(&k);
    }
}

static void
circle_by_another_path(void **state)
{
    struct stack k;

    (void)state;
    open_stack(&k);
    scratch_write(&k.s, "a.yaml", "base: b.yaml\n");
    scratch_write(&k.s, "b.yaml", "seed: 1\nbase: ././a.yaml\n");
    overlay_file(&k.o, scratch_path(&k.s, "a.yaml"));
    assert_string_equal(scratch_report(&k.s),
        "b.yaml:2:7: the bases go in a circle: '././a.yaml' is its own base\n");
    close_stack(&k);
}

static void
mistakes_of_a_base_stand_there(void **state)
{
    struct stack k;

    (void)state;
    open_stack(&k);
    scratch_write(&k.s, "a.yaml", "base: b.yaml\nsede: 1\n");
    scratch_write(&k.s, "b.yaml", "\n\nshop: {rat: 1}\n");
    overlay_file(&k.o, scratch_path(&k.s, "a.yaml"));
    assert_string_equal(scratch_report(&k.s),
        "a.yaml:2:1: 'sede' is not a key of a scenario; did you mean 'seed'?\n"
        "b.yaml:3:8: 'rat' is not a key of 'shop'; did you mean 'rate'?\n");
    close_stack(&k);
}

static void
chain_of_bases(void **state)
{
    struct stack k;
    char name[20], text[40];

    (void)state;
    open_stack(&k);
    for (int i = 0; i <= OVERLAY_BASES; i++) {
        snprintf(name, sizeof name, "%d.yaml", i);
        snprintf(text, sizeof text, "base: %d.yaml\n", i + 1);
        scratch_write(&k.s, name, i < OVERLAY_BASES ? text : "seed: 5\n");
    }
    overlay_file(&k.o, scratch_path(&k.s, "0.yaml"));
    assert_string_equal(given(&k, "", "seed"), "5");
    assert_string_equal(scratch_report(&k.s), "");
    scratch_write(&k.s, "8.yaml", "base: 9.yaml\n");
    overlay_file(&k.o, scratch_path(&k.s, "0.yaml"));
    assert_string_equal(
        scratch_report(&k.s), "8.yaml:1:7: more than 8 bases in a chain\n");
    assert_true(k.o.incomplete);
    close_stack(&k);
}

static void
mistakes_of_the_command_line(void **state)
{
    static const struct {
        const char *set, *want;
    } wrong[] = {
        {"seed", "--set seed: expected section.key=value\n"},
        {"sed=1",
            "--set sed: 'sed' is not a key of a scenario; did you mean 'seed'?\n"},
        {"shop.rat=1",
            "--set shop.rat: 'rat' is not a key of 'shop'; did you mean 'rate'?\n"},
        {"shp.rate=1", "--set shp.rate: 'shp' is not a section of a scenario; did you "
                       "mean 'shop'?\n"},
        {"base=x", "--set base: a base can only stand in a file\n"},
        {"seed=", "--set seed: is empty\n"},
        {"seed=[", "--set seed: not YAML: did not find expected node content, while "
                   "parsing a flow node\n"},
        {"=1", "--set : '' is not a key of a scenario\n"},
        {"", "--set : expected section.key=value\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct stack k;
        open_stack(&k);
        overlay_set(&k.o, wrong[i].set);
        assert_string_equal(scratch_report(&k.s), wrong[i].want);
        close_stack(&k);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slots_are_rows_in_order),
        cmocka_unit_test(later_file_wins_key_by_key),
        cmocka_unit_test(keyed_row_keeps_every_node),
        cmocka_unit_test(mistakes_of_files),
        cmocka_unit_test(circle_by_another_path),
        cmocka_unit_test(mistakes_of_a_base_stand_there),
        cmocka_unit_test(chain_of_bases),
        cmocka_unit_test(mistakes_of_the_command_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
