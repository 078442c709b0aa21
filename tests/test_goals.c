#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/reader.h"
#include "output/scan.h"
#include "sim/date.h"
#include "tests/fake.h"

#include <math.h>
#include <string.h>

/* Every member of every verdict is what plan_verdicts() said. */
static void
same_target(const struct fake *f, const struct reader_target *t, int i)
{
    const struct verdict *v = &f->verdict[i];

    assert_string_equal(t->name, v->target->name);
    assert_string_equal(t->indicator, "beds_per_1000_elders");
    assert_string_equal(t->unit, "1/1000");
    assert_string_equal(t->area, plan_area_names[v->target->area]);
    assert_string_equal(t->over, plan_over_names[v->target->over]);
    assert_string_equal(t->bound, plan_bound_names[v->target->bound]);
    assert_string_equal(t->item, v->target->item != NULL ? v->target->item : "");
    assert_int_equal(t->month_from, v->target->month_from);
    assert_int_equal(t->month_to, v->target->month_to);
    assert_int_equal(t->since, v->target->since == 0 ? -1 : v->target->since);
    assert_true(t->mean == v->mean);
    assert_true(t->margin == v->margin && t->probability == v->probability);
    assert_true(t->standard_error == v->standard_error);
    assert_int_equal(t->due, v->target->by);
    assert_int_equal(t->verdict, v->verdict);
    assert_int_equal(t->worst, v->worst);
    assert_memory_equal(t->replicate_value, v->value, sizeof(double) * 2);
    assert_memory_equal(t->county_value, v->county, sizeof(double) * FAKE_REGIONS);
    assert_memory_equal(t->county_met, v->county_met, sizeof(double) * FAKE_REGIONS);
}

static void
verdicts_come_back(void **state)
{
    struct fake f;
    struct reader r;
    struct reader_target *t;
    char folder[256], path[256];
    int n;

    (void)state;
    fake_folder(folder);
    fake_init(&f, 2, 2);
    fake_write(&f, fake_path(folder, "x.h5", path));
    assert_int_equal(reader_open(&r, path), 0);
    assert_int_equal(reader_targets(&r, &t, &n), 0);
    assert_int_equal(n, FAKE_TARGETS);
    for (int i = 0; i < n; i++)
        same_target(&f, &t[i], i);
    assert_int_equal(t[0].verdict, PLAN_MET);
    assert_int_equal(t[1].verdict, PLAN_TOO_CLOSE);
    assert_int_equal(t[2].verdict, PLAN_MISSED);
    assert_string_equal(t[0].title, "Forty beds");
    assert_string_equal(t[0].title_zh, "四十张床位");
    assert_string_equal(t[0].source, "the plan, page 3");
    assert_string_equal(t[0].quality, "plan_statement");
    /* without words of its own a target has the indicator's */
    assert_string_equal(t[1].title, "beds per 1,000 elders (60+)");
    assert_string_equal(t[1].title_zh, "每千名老年人养老床位");
    assert_string_equal(t[1].source, "");
    reader_close(&r);
    fake_free(&f);
    fake_clean(folder);
}

/* A season, a rise since February and a worst season, in words too. */
static void
every_kind_comes_back(void **state)
{
    struct fake f;
    struct reader r;
    struct reader_target *t;
    struct arena arena = {NULL};
    const char *words[FAKE_TARGETS], *words_zh[FAKE_TARGETS];
    char folder[256], path[256];
    int n;

    (void)state;
    fake_folder(folder);
    fake_init(&f, 2, 2);
    f.target[0].month_from = f.target[0].month_to = 1;
    f.target[1].bound = PLAN_RISES;
    f.target[1].value = NAN;
    f.target[1].since = date_day(2021, 2, 1);
    f.target[1].by = date_day(2021, 2, 28);
    f.target[2].over = PLAN_WORST_YEAR;
    f.target[2].month_from = 1;
    f.target[2].month_to = 2;
    f.target[2].since = f.setup.first_day;
    f.target[2].item = "all";
    f.report.mistakes = 0;
    fake_judge(&f);
    fake_write(&f, fake_path(folder, "x.h5", path));
    assert_int_equal(reader_open(&r, path), 0);
    assert_int_equal(reader_targets(&r, &t, &n), 0);
    for (int i = 0; i < n; i++)
        same_target(&f, &t[i], i);
    assert_true(t[0].value == 40.0 && t[1].value == 0.0); /* any rise */
    assert_true(t[1].mean == 10.0);                       /* from January to February */
    assert_true(t[2].mean == (41.0 + 51.0) / 2.0 + 0.5);
    assert_int_equal(
        scan_texts(r.file, "targets/wording", FAKE_TARGETS, &arena, words), 0);
    assert_int_equal(
        scan_texts(r.file, "targets/wording_zh", FAKE_TARGETS, &arena, words_zh), 0);
    assert_string_equal(words[0], "at least 40 in the season Jan 2021");
    assert_string_equal(words[1], "rises from 2021-02-01 to the end of 2021-02");
    assert_string_equal(
        words[2], "at most 1 in every season Jan-Feb since 2021-01-01, to 2021");
    assert_string_equal(words_zh[1], "从2021年2月1日到2021年2月底上升");
    mem_arena_free(&arena);
    reader_close(&r);
    fake_free(&f);
    fake_clean(folder);
}

/* Days of the file count from the eve of the run; -1 is never. */
static void
days_and_marks_are_stored_per_replicate(void **state)
{
    struct fake f;
    char folder[256], path[256];
    int64_t first[FAKE_TARGETS * 2], met[FAKE_TARGETS * 2];
    const int64_t want_first[] = {31, 31, 59, 31, -1, -1},
                  want_met[] = {1, 1, 0, 1, 0, 0};
    hid_t file;

    (void)state;
    fake_folder(folder);
    fake_init(&f, 2, 2);
    fake_write(&f, fake_path(folder, "x.h5", path));
    fake_free(&f);
    assert_int_equal(scan_file(path, &file), 0);
    assert_int_equal(scan_ints(file, "targets/first_met", 6, first), 0);
    assert_int_equal(scan_ints(file, "targets/met", 6, met), 0);
    assert_memory_equal(first, want_first, sizeof first);
    assert_memory_equal(met, want_met, sizeof met);
    assert_int_equal(scan_note_int(file, "targets/first_met", "_FillValue", 0), -1);
    H5Fclose(file);
    fake_clean(folder);
}

/* The rule that ended a run is in the file, and comes back. */
static void
a_rule_comes_back(void **state)
{
    struct fake f;
    struct reader r;
    struct reader_target *t;
    struct decide d;
    char folder[256], path[256];
    int n;

    (void)state;
    fake_folder(folder);
    fake_init(&f, 2, 2);
    decide_init(&d, FAKE_TARGETS, 0.05, 9);
    for (int i = 0; i < FAKE_TARGETS; i++)
        for (int j = 0; j < 2; j++)
            decide_add(&d, i, f.verdict[i].met[j] != 0);
    d.target[0].after = 2;
    decide_settle(&d, f.verdict);
    f.input.decide = &d;
    fake_write(&f, fake_path(folder, "x.h5", path));
    assert_int_equal(reader_open(&r, path), 0);
    assert_int_equal(r.most_replicates, 9);
    assert_true(r.error == 0.05);
    assert_int_equal(scan_note_int(r.file, "targets", "replicates", 0), 2);
    assert_non_null(strstr(scan_note(r.file, "targets", "rule", &r.arena), "0.95"));
    assert_int_equal(reader_targets(&r, &t, &n), 0);
    for (int i = 0; i < n; i++) {
        same_target(&f, &t[i], i);
        assert_true(t[i].lower == d.target[i].lower && t[i].upper > t[i].lower);
        assert_true(t[i].upper == d.target[i].upper);
        assert_int_equal(t[i].verdict, PLAN_UNDECIDED);
        assert_int_equal(t[i].decided_after, i == 0 ? 2 : 0);
    }
    reader_close(&r);
    decide_free(&d);
    fake_free(&f);
    fake_clean(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_come_back),
        cmocka_unit_test(every_kind_comes_back),
        cmocka_unit_test(days_and_marks_are_stored_per_replicate),
        cmocka_unit_test(a_rule_comes_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
