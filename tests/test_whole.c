#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/whole.h"
#include "tests/fake.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void
must_read(const char *path, const char *want)
{
    char text[64];
    FILE *f = fopen(path, "r");

    assert_non_null(f);
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = '\0';
    assert_string_equal(text, want);
}

static void
a_file_gets_its_bytes(void **state)
{
    char folder[256], path[256];

    (void)state;
    fake_folder(folder);
    fake_path(folder, "x", path);
    assert_int_equal(whole_write(path, "one", 3, false), 0);
    must_read(path, "one");
    assert_int_equal(whole_write(path, "two", 3, false), ERR_INPUT);
    must_read(path, "one");
    assert_int_equal(whole_write(path, "two", 3, true), 0);
    must_read(path, "two");
    assert_int_equal(fake_clean(folder), 1);
}

/* What a killed process of our number left is in nobody's way. */
static void
an_old_temporary_is_replaced(void **state)
{
    char folder[256], path[256], old[300];

    (void)state;
    fake_folder(folder);
    fake_path(folder, "x", path);
    snprintf(old, sizeof old, "%s.tmp-%ld", path, (long)getpid());
    FILE *f = fopen(old, "w");
    assert_non_null(f);
    fputs("a longer text that was left", f);
    fclose(f);
    assert_int_equal(whole_probe(path, false), 0);
    assert_int_equal(whole_write(path, "new", 3, false), 0);
    must_read(path, "new");
    assert_int_equal(fake_clean(folder), 1);
}

/* A limit on the size of files fails a write half way, as a full disk does. */
static void
a_failed_write_leaves_nothing(void **state)
{
    static const char data[1 << 16] = "";
    char folder[256], path[256];
    struct rlimit old, small;

    (void)state;
    fake_folder(folder);
    fake_path(folder, "x", path);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = (struct rlimit){.rlim_cur = sizeof data / 2, .rlim_max = old.rlim_max};
    void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    int first = whole_write(path, data, sizeof data, false);
    char why[256];
    snprintf(why, sizeof why, "%s", err_text());
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, before);
    assert_int_equal(first, ERR_IO);
    assert_non_null(strstr(why, "/x: File too large"));
    assert_int_equal(fake_clean(folder), 0);
}

static void
a_probe_says_what_is_wrong(void **state)
{
    char folder[256], path[256], want[512];

    (void)state;
    fake_folder(folder);
    fake_path(folder, "nowhere/x", path);
    assert_int_equal(whole_probe(path, false), ERR_IO);
    snprintf(want, sizeof want, "%s: No such file or directory", path);
    assert_string_equal(err_text(), want);
    assert_int_equal(whole_probe(folder, true), ERR_INPUT);
    snprintf(want, sizeof want, "%s is not a regular file", folder);
    assert_string_equal(err_text(), want);
    assert_int_equal(whole_probe("/dev/null", true), ERR_INPUT);
    assert_int_equal(whole_write("/dev/null", "x", 1, true), ERR_INPUT);
    fake_path(folder, "x", path);
    assert_int_equal(whole_probe(path, false), 0);
    assert_int_equal(fake_clean(folder), 0); /* a probe leaves nothing */
}

static void
a_name_without_a_folder_is_here(void **state)
{
    char folder[256], here[256];

    (void)state;
    fake_folder(folder);
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(folder), 0);
    int first = whole_probe("x", false), second = whole_write("x", "one", 3, false);
    assert_int_equal(chdir(here), 0);
    assert_int_equal(first, 0);
    assert_int_equal(second, 0);
    assert_int_equal(fake_clean(folder), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_gets_its_bytes),
        cmocka_unit_test(an_old_temporary_is_replaced),
        cmocka_unit_test(a_failed_write_leaves_nothing),
        cmocka_unit_test(a_probe_says_what_is_wrong),
        cmocka_unit_test(a_name_without_a_folder_is_here),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
