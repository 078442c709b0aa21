#include "sim/scenario.h"

#include "sim/date.h"
#include "tests/rows.h"
#include "tests/scratch.h"
#include "tests/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

/* Enough for a scenario without mistakes. */
#define HEAD "start: 2021-01-01\nend: 2025-12-31\n"
#define SHOP "shop:\n  label: a\n  items: []\n"

static void
read(struct scratch *s, struct scenario *c, const char *text)
{
    scratch_write(s, "a.yaml", text);
    scenario_read(c, scratch_path(s, "a.yaml"), shop_models, NULL, 0, &s->report);
}

static void
rows_of_the_run(void **state)
{
    (void)state;
    rows_cover(scenario_run_par, sizeof(struct run_par));
    for (const struct model *const *m = shop_models; *m != NULL; m++)
        if ((*m)->par != NULL)
            rows_cover((*m)->par, (*m)->par_size);
}

static void
values_and_defaults(void **state)
{
    struct scratch s;
    struct scenario c;

    (void)state;
    scratch_open(&s);
    scratch_write(
        &s, "base.yaml", HEAD "seed: 4\nshop:\n  staff: 3\n  items: none.csv\n");
    scratch_write(&s, "items.csv", "name,price\ntea,5\nrice,6\n");
    read(&s, &c,
        "base: base.yaml\ntitle: \xe4\xb8\xad\nshop:\n  label: a\n"
        "  items: items.csv\n");
    assert_string_equal(scratch_report(&s), "");
    assert_string_equal(c.run.title, "\xe4\xb8\xad");
    assert_string_equal(c.run.title_zh, "");
    assert_int_equal(c.run.start, date_day(2021, 1, 1));
    assert_int_equal(c.run.end, date_day(2025, 12, 31));
    assert_int_equal(c.run.seed, 4);
    assert_int_equal(c.run.replicates, 1);
    assert_true(c.run.window == 7);
    const struct shop_par *par = c.par[0];
    assert_true(par->rate == 0.5);
    assert_int_equal(par->staff, 3);
    assert_string_equal(par->label, "a");
    assert_int_equal(par->items.n, 2);
    assert_int_equal(par->spare.n, 0);
    assert_null(c.par[1]);
    assert_true(*(const double *)c.par[2] == 3);
    /* The base's table was replaced and so never opened. */
    assert_int_equal(c.n_files, 3);
    assert_string_equal(c.file[0].path, scratch_path(&s, "a.yaml"));
    assert_string_equal(c.file[2].path, scratch_path(&s, "items.csv"));
    assert_string_equal(c.file[2].text, "name,price\ntea,5\nrice,6\n");
    assert_int_equal(c.file[2].size, strlen(c.file[2].text));
    scenario_free(&c);
    scenario_free(&c);
    scratch_close(&s);
}

static void
is_setting(const struct scenario *c, int i, const char *want)
{
    const struct setting *s = &c->setting[i];
    char text[300];

    snprintf(text, sizeof text, "%s = %s [%s] %s, %s :%d:%d", s->name, s->value,
        s->unit, s->source, s->quality, s->place.line, s->place.column);
    assert_string_equal(text, want);
    assert_ptr_equal(s, scenario_setting(c, s->name));
    assert_string_equal(
        strrchr(s->name, '.') != NULL ? strrchr(s->name, '.') + 1 : s->name,
        s->field->name);
}

static void
settings_list_every_row(void **state)
{
    static const char *const set[] = {"shop.steps={value: [1, 2], source: a guess}",
        "till.fee=4", "shop.rate={value: 2, unit: 1/yr, quality: measured}"};
    struct scratch s;
    struct scenario c;

    (void)state;
    scratch_open(&s);
    scratch_write(&s, "items.csv", "name,price,source\ntea,5,a book\n");
    scratch_write(&s, "a.yaml",
        HEAD
        "shop:\n"
        "  ages: {value: [1, 2, 3.5], unit: yr, source: a paper, quality: recalled}\n"
        "  label: a\n"
        "  trend: {2021: 1, 2025: 1.5}\n"
        "  items: items.csv\n"
        "  spare: [{name: b, price: 1}]\n");
    scenario_read(&c, scratch_path(&s, "a.yaml"), shop_models, set, 3, &s.report);
    assert_string_equal(scratch_report(&s), "");
    assert_int_equal(c.n_settings, 18);
    is_setting(&c, 0, "title =  [] chosen for carecap, assumption :0:0");
    is_setting(&c, 2, "start = 2021-01-01 [] scenario file, assumption :1:8");
    is_setting(&c, 6, "window = 7 [day] chosen for carecap, assumption :0:0");
    is_setting(&c, 7, "shop.rate = 2 [1/yr] command line, measured :0:0");
    is_setting(&c, 8, "shop.ages = [1, 2, 3.5] [yr] a paper, recalled :4:9");
    is_setting(&c, 9, "shop.staff = 2 [person] no source stated, assumption :0:0");
    is_setting(&c, 10, "shop.steps = [1, 2] [1] a guess, assumption :0:0");
    is_setting(&c, 13, "shop.kind = public [] no source stated, assumption :0:0");
    is_setting(&c, 14,
        "shop.trend = {2021: 1, 2025: 1.5} [1] scenario file, assumption :6:10");
    assert_string_equal(c.setting[15].source, "stated row by row");
    assert_string_equal(c.setting[15].quality, "stated row by row");
    assert_memory_equal(c.setting[15].value, "1 row from /", 11);
    assert_string_equal(c.setting[16].source, "scenario file");
    is_setting(&c, 17, "till.fee = 4 [CNY] command line, assumption :0:0");
    assert_string_equal(c.setting[17].place.file, "--set till.fee");
    assert_null(c.setting[0].place.file);
    assert_null(scenario_setting(&c, "till.fees"));
    scenario_free(&c);
    scratch_close(&s);
}

static void
keyed_table_of_three_places(void **state)
{
    static const char *const set[] = {"shop.spare=[{name: tea, price: 9}]"};
    struct scratch s;
    struct scenario c;

    (void)state;
    scratch_open(&s);
    scratch_write(&s, "base.yaml",
        HEAD SHOP "  spare:\n"
                  "    value: [{name: tea, price: 5}, {name: rice, price: 6}]\n"
                  "    source: a book\n");
    scratch_write(
        &s, "a.yaml", "base: base.yaml\nshop: {spare: [{name: rice, count: 2}]}\n");
    scenario_read(&c, scratch_path(&s, "a.yaml"), shop_models, set, 1, &s.report);
    assert_string_equal(scratch_report(&s), "");
    const struct shop_par *par = c.par[0];
    const struct shop_item *item = par->spare.row;
    assert_int_equal(par->spare.n, 2);
    assert_true(item[0].price == 9 && item[1].price == 6 && item[1].count == 2);
    is_setting(&c, 16,
        "shop.spare = 2 rows from --set shop.spare and others [] a book, assumption "
        ":0:0");
    assert_int_equal(par->spare.line[1], 2);
    scenario_free(&c);
    scratch_close(&s);
}

static void
places_for_checks(void **state)
{
    struct scratch s;
    struct scenario c;

    (void)state;
    scratch_open(&s);
    read(&s, &c, HEAD SHOP);
    struct place p = scenario_place(&c, "shop.label");
    assert_string_equal(p.file, scratch_path(&s, "a.yaml"));
    assert_int_equal(p.line, 4);
    assert_int_equal(p.column, 10);
    p = scenario_place(&c, "shop.rate"); /* a default: the file as a whole */
    assert_string_equal(p.file, scratch_path(&s, "a.yaml"));
    assert_int_equal(p.line, 0);
    scenario_free(&c);
    scratch_close(&s);
}

static const struct {
    const char *text, *want;
} bad[] = {
    {"seed: 1\n", "a.yaml: 'start' is missing: first day of the run\n"
                  "a.yaml: 'end' is missing: last day of the run, which is simulated\n"
                  "a.yaml: 'shop.label' is missing: what it is called\n"
                  "a.yaml: 'shop.items' is missing: what it sells\n"},
    {"start: 2021-01-01\nend: 2020-12-31\n" SHOP,
        "a.yaml:2:6: the run ends on 2020-12-31, before it starts on 2021-01-01\n"},
    {"start: 2021-01-01\nend: 2221-01-02\n" SHOP,
        "a.yaml:2:6: the run from 2021-01-01 to 2221-01-02 is longer than 200 years\n"},
    {"start: 2021-01-01\nend: 2021-13-01\n" SHOP,
        "a.yaml:2:6: '2021-13-01' is not a date YYYY-MM-DD that exists, expected last "
        "day "
        "of the run, which is simulated\n"},
    {HEAD SHOP "seed: 9007199254740993\nreplicates: 0\nwindow: 32\n",
        "a.yaml:6:7: '9007199254740993' is out of range, expected names the random "
        "numbers "
        "[1], 0 to 9007199254740992\n"
        "a.yaml:7:13: '0' is out of range, expected runs that differ only by chance "
        "[1], 1 "
        "to 100000\n"
        "a.yaml:8:9: '32' is out of range, expected longest stretch without exchange "
        "between regions [day], 1 to 31\n"},
    {"- 1\n", "a.yaml:1:1: a list, expected keys and values: a scenario\n"},
    {"base: none.yaml\n" HEAD, /* what is missing may stand in the base */
        "a.yaml:1:7: 'none.yaml' cannot be read: No such file or directory\n"},
    {HEAD "sed: 1\nshop:\n  rate: x\n  items: none.csv\n  staff: 1\n  staff: 2\n",
        "a.yaml: 'shop.label' is missing: what it is called\n"
        "a.yaml:3:1: 'sed' is not a key of a scenario; did you mean 'seed'?\n"
        "a.yaml:5:9: 'x' is not a number, expected rate of sale [1/yr], 0 to 10\n"
        "a.yaml:6:10: 'none.csv' cannot be read: No such file or directory\n"
        "a.yaml:8:3: 'staff' is given twice, first at line 7\n"},
};

static void
all_mistakes_in_one_go(void **state)
{
    struct scratch s;
    struct scenario c;

    (void)state;
    scratch_open(&s);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        read(&s, &c, bad[i].text);
        assert_string_equal(scratch_report(&s), bad[i].want);
        scenario_free(&c);
    }
    scratch_close(&s);
}

static void
spans_at_the_limit(void **state)
{
    struct scratch s;
    struct scenario c;

    (void)state;
    scratch_open(&s);
    read(&s, &c, "start: 2021-01-01\nend: 2221-01-01\n" SHOP);
    assert_string_equal(scratch_report(&s), "");
    scenario_free(&c);
    read(&s, &c, "start: 2021-01-01\nend: 2021-01-01\n" SHOP);
    assert_string_equal(scratch_report(&s), "");
    scenario_free(&c);
    scratch_close(&s);
}

static void
unreadable_scenario(void **state)
{
    static const char *const set[] = {"seed=x"};
    struct scratch s;
    struct scenario c;

    (void)state;
    scratch_open(&s);
    scenario_read(&c, scratch_path(&s, "none.yaml"), shop_models, set, 1, &s.report);
    assert_string_equal(scratch_report(&s),
        "--set seed: 'x' is not a whole number, expected names the random numbers [1], "
        "0 "
        "to 9007199254740992\n"
        "none.yaml: cannot be read: No such file or directory\n");
    scenario_free(&c);
    scratch_close(&s);
}

/* Wrong pieces of scenarios in every order: reported or not, but never a crash. */
static void
pieces_in_any_order(void **state)
{
    static const char *const piece[] = {"shop", ":", " ", "\n", "\n  ", "label",
        "items", "trend", "ages", "{", "}", "[", "]", ",", "- ", "'", "\"", "1",
        "value", "2021", "&a", "*a", "!t", "---\n", "base", "a.yaml", "a.csv", "#",
        "|\n", "? ", "\xe4\xb8\xad", "%", "\t", "start", "2021-01-01"};
    const size_t n = sizeof piece / sizeof piece[0];
    struct scratch s;
    struct scenario c;
    uint32_t draw = 1;
    int wrong = 0;

    (void)state;
    scratch_open(&s);
    for (int i = 0; i < 3000; i++) {
        char text[1000] = "";
        for (int k = 0; k < 40; k++) {
            draw = draw * 1664525u + 1013904223u;
            strcat(text, piece[(draw >> 16) % n]);
        }
        scratch_write(&s, "a.csv", text);
        read(&s, &c, text);
        wrong += s.report.mistakes > 0;
        report_free(&s.report);
        scenario_free(&c);
    }
    assert_int_equal(wrong, 3000); /* none of them holds what is required */
    scratch_close(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_the_run),
        cmocka_unit_test(values_and_defaults),
        cmocka_unit_test(settings_list_every_row),
        cmocka_unit_test(keyed_table_of_three_places),
        cmocka_unit_test(places_for_checks),
        cmocka_unit_test(all_mistakes_in_one_go),
        cmocka_unit_test(spans_at_the_limit),
        cmocka_unit_test(unreadable_scenario),
        cmocka_unit_test(pieces_in_any_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
