#define _XOPEN_SOURCE 700
#include "output/plot.h"

#include "models/indicator.h"
#include "tests/finished.h"
#include "tests/planned.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>

#include <cmocka.h>

enum { PATH = 256 };

static void
make_folder(char *folder)
{
    const char *temporary = getenv("TMPDIR");

    snprintf(
        folder, PATH, "%s/carecap-plot-XXXXXX", temporary != NULL ? temporary : "/tmp");
    assert_non_null(mkdtemp(folder));
}

static void
remove_folder(const char *folder)
{
    char line[2 * PATH];

    snprintf(line, sizeof line, "rm -rf '%s'", folder);
    assert_int_equal(system(line), 0);
}

static int
draw(struct finished *f, const struct plot *plot, FILE *out)
{
    struct chart chart;

    chart_init(&chart, &f->reader, &f->beds, f->target, FINISHED_TARGETS);
    int status = plot_draw(plot, &chart, plot_find("beds"), out);
    chart_free(&chart);
    return status;
}

/* A file of the folder as text up to its first NUL; NULL when there is none. */
static char *
file_of(const char *folder, const char *name)
{
    char path[2 * PATH];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return NULL;
    char *text = planned_text(f);
    fclose(f);
    return text;
}

static void
figures_are_of_known_indicators(void **state)
{
    (void)state;
    for (const struct figure *f = plot_figures; f->name != NULL; f++) {
        assert_non_null(indicator_find(f->indicator));
        assert_non_null(f->doc);
        assert_ptr_equal(plot_find(f->name), f);
    }
    assert_null(plot_find("bed"));
}

static void
pictures_data_and_script_stand_side_by_side(void **state)
{
    const char *const names[] = {
        "d-beds.svg", "d-beds.png", "d-beds.pdf", "d-beds.csv", "d-beds.gp"};
    const char *const begins[] = {"<?xml", "\x89PNG", "%PDF", "date,year,", "# Drawn"};
    char folder[PATH];
    struct finished f;
    FILE *out = tmpfile();

    (void)state;
    assert_non_null(out);
    make_folder(folder);
    finished_init(&f, 5);
    struct plot plot = {
        .folder = folder, .stem = "d", .formats = PLOT_SVG | PLOT_PNG | PLOT_PDF};
    assert_int_equal(draw(&f, &plot, out), 0);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *text = file_of(folder, names[i]);
        assert_non_null(text);
        assert_int_equal(strncmp(text, begins[i], strlen(begins[i])), 0);
        mem_free(text);
    }
    char *svg = file_of(folder, "d-beds.svg");
    assert_non_null(strstr(svg, "Noto Sans CJK SC"));
    assert_non_null(strstr(svg, "Heqing"));
    mem_free(svg);
    rewind(out);
    char *paths = planned_text(out);
    assert_non_null(strstr(paths, "/d-beds.svg\n"));
    assert_non_null(strstr(paths, "/d-beds.pdf\n"));
    mem_free(paths);
    fclose(out);
    finished_free(&f);
    remove_folder(folder);
}

static void
only_what_is_asked_is_drawn(void **state)
{
    char folder[PATH];
    struct finished f;
    FILE *out = tmpfile();

    (void)state;
    assert_non_null(out);
    make_folder(folder);
    finished_init(&f, 1);
    struct plot plot = {.folder = folder, .stem = "d", .formats = PLOT_SVG};
    assert_int_equal(draw(&f, &plot, out), 0);
    assert_null(file_of(folder, "d-beds.png"));
    assert_null(file_of(folder, "d-beds.pdf"));
    fclose(out);
    finished_free(&f);
    remove_folder(folder);
}

/* Titles and file names that would be commands to gnuplot or to a shell. */
static void
hostile_text_runs_nothing(void **state)
{
    char folder[PATH];
    struct finished f;
    FILE *out = tmpfile();

    (void)state;
    assert_non_null(out);
    make_folder(folder);
    finished_init(&f, 2);
    f.reader.title = "`touch ran1`\"; system \"touch ran2\"\nsystem 'touch ran3'\n";
    f.reader.county[2].name = "'; system 'touch ran4'; '$(touch ran5)";
    struct plot plot = {.folder = folder,
        .stem = "|touch ran6; `touch ran7` '/../x",
        .formats = PLOT_SVG};
    assert_int_equal(draw(&f, &plot, out), 0);
    for (int i = 1; i <= 7; i++) {
        char name[16];
        snprintf(name, sizeof name, "ran%d", i);
        assert_null(file_of(folder, name));
    }
    char *svg = file_of(folder, "_touch_ran6___touch_ran7____.._x-beds.svg");
    assert_non_null(svg);
    assert_non_null(strstr(svg, "`touch ran1`"));
    mem_free(svg);
    fclose(out);
    finished_free(&f);
    remove_folder(folder);
}

static void
a_folder_that_is_not_there_is_named(void **state)
{
    struct finished f;

    (void)state;
    finished_init(&f, 1);
    struct plot plot = {.folder = "/nonexistent/x", .stem = "d", .formats = PLOT_SVG};
    assert_int_equal(draw(&f, &plot, stdout), ERR_IO);
    assert_non_null(strstr(err_text(), "/nonexistent/x/d-beds.csv"));
    finished_free(&f);
}

/* Puts a program of that name and text in front of all others. */
static char *
fake_gnuplot(const char *folder, const char *text)
{
    char path[2 * PATH];
    char *old = mem_alloc(strlen(getenv("PATH")) + 1, 1);

    strcat(old, getenv("PATH"));
    snprintf(path, sizeof path, "%s/gnuplot", folder);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    snprintf(path, sizeof path, "chmod 755 '%s/gnuplot'", folder);
    assert_int_equal(system(path), 0);
    size_t n = strlen(folder) + strlen(old) + 2;
    char *all = mem_alloc(n, 1);
    snprintf(all, n, "%s:%s", folder, old);
    assert_int_equal(setenv("PATH", all, 1), 0);
    mem_free(all);
    return old;
}

static void
with_gnuplot(const char *program, const char *want)
{
    char folder[PATH];
    struct finished f;

    make_folder(folder);
    finished_init(&f, 1);
    char *old = fake_gnuplot(folder, program);
    struct plot plot = {.folder = folder, .stem = "d", .formats = PLOT_SVG};
    assert_int_equal(draw(&f, &plot, stdout), ERR_IO);
    assert_non_null(strstr(err_text(), want));
    assert_null(file_of(folder, "d-beds.svg"));
    assert_int_equal(setenv("PATH", old, 1), 0);
    mem_free(old);
    finished_free(&f);
    remove_folder(folder);
}

static void
a_failing_gnuplot_is_told(void **state)
{
    (void)state;
    with_gnuplot("#!/bin/sh\nexit 5\n", "gnuplot failed with status 5");
    with_gnuplot("#!/bin/sh\nexit 127\n", "gnuplot-nox");
    with_gnuplot("#!/bin/sh\nkill -9 $$\n", "gnuplot failed");
}

/* Exit status 0 and half a file, as on a full disk. */
static void
half_a_picture_is_told_and_removed(void **state)
{
    (void)state;
    with_gnuplot("#!/bin/sh\necho '<svg>' >d-beds.svg\n", "did not write it whole");
    with_gnuplot("#!/bin/sh\nseq 1 1000 >d-beds.svg\n", "did not write it whole");
    with_gnuplot("#!/bin/sh\nexit 0\n", "did not write it whole");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_of_known_indicators),
        cmocka_unit_test(pictures_data_and_script_stand_side_by_side),
        cmocka_unit_test(only_what_is_asked_is_drawn),
        cmocka_unit_test(hostile_text_runs_nothing),
        cmocka_unit_test(a_folder_that_is_not_there_is_named),
        cmocka_unit_test(a_failing_gnuplot_is_told),
        cmocka_unit_test(half_a_picture_is_told_and_removed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
