#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/provenance.h"
#include "output/scan.h"
#include "tests/fake.h"

#include <stdio.h>
#include <string.h>

static void
history_is_a_moment_and_a_command(void **state)
{
    struct arena arena = {NULL};
    char carecap[] = "carecap", run[] = "run", plan[] = "计划.yaml";
    char *const argv[] = {carecap, run, plan};
    int year, month, day, hour, minute, second, end = 0;

    (void)state;
    const char *text = provenance_history(3, argv, &arena);
    assert_int_equal(sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2dZ: %n", &year, &month, &day,
                         &hour, &minute, &second, &end),
        6);
    assert_in_range(year, 2024, 9999);
    assert_string_equal(text + end, "carecap run 计划.yaml");
    mem_arena_free(&arena);
}

static void
the_version_is_known(void **state)
{
    (void)state;
    assert_true(strlen(provenance_version()) > 0);
    assert_null(strchr(provenance_version(), '\n'));
}

/* Writes the run and opens its file. */
static hid_t
written(const struct fake *f, const char *folder)
{
    char path[256];
    hid_t file;

    fake_write(f, fake_path(folder, "x.h5", path));
    assert_int_equal(scan_file(path, &file), 0);
    return file;
}

static void
inputs_and_settings_are_kept(void **state)
{
    static const struct {
        const char *path, *first, *second;
    } want[] = {
        {"provenance/setting", "fake.rate", "fake.count"},
        {"provenance/setting_value", "0.5", "1 2"},
        {"provenance/setting_unit", "1/yr", "1"},
        {"provenance/setting_source", "scenario file", "default"},
        {"provenance/setting_quality", "assumption", "assumption"},
        {"provenance/setting_place", "plan.yaml:3", "--set fake.count"},
    };
    struct arena arena = {NULL};
    struct fake f;
    char folder[256];
    const char *text[2];

    (void)state;
    fake_folder(folder);
    fake_init(&f, 2, 1);
    f.setting[1].place.file = "--set fake.count";
    hid_t file = written(&f, folder);
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        assert_int_equal(scan_texts(file, want[i].path, 2, &arena, text), 0);
        assert_string_equal(text[0], want[i].first);
        assert_string_equal(text[1], want[i].second);
    }
    assert_int_equal(scan_texts(file, "provenance/file_text", 1, &arena, text), 0);
    assert_string_equal(text[0], f.file.text);
    H5Fclose(file);
    mem_arena_free(&arena);
    fake_free(&f);
    fake_clean(folder);
}

/* Warnings are kept up to a number and counted beyond; none leaves no axis of length 0.
 */
static void
warnings_are_counted(void **state)
{
    struct fake f;
    char folder[256];

    (void)state;
    fake_folder(folder);
    fake_init(&f, 2, 1);
    for (int i = 0; i < REPORT_MOST; i++)
        report_warning(&f.report, (struct place){"plan.yaml", 3 + i, 1}, "again");
    hid_t file = written(&f, folder);
    assert_int_equal(scan_size(file, "provenance/warning"), REPORT_MOST);
    assert_int_equal(scan_note_int(file, "provenance/warning", "warnings_found", 0),
        REPORT_MOST + 1);
    H5Fclose(file);
    fake_clean(folder);

    fake_folder(folder);
    f.input.report = NULL;
    f.input.n_notes = 0;
    f.input.events = NULL;
    file = written(&f, folder);
    assert_false(scan_has(file, "provenance/warning"));
    assert_false(scan_has(file, "diagnostics/diagnostic"));
    assert_false(scan_has(file, "diagnostics/event"));
    H5Fclose(file);
    fake_free(&f);
    fake_clean(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(history_is_a_moment_and_a_command),
        cmocka_unit_test(the_version_is_known),
        cmocka_unit_test(inputs_and_settings_are_kept),
        cmocka_unit_test(warnings_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
