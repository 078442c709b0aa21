#include "sim/merge.h"

#include "tests/scratch.h"
#include "tests/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static struct place
line(int n)
{
    return (struct place){"a.csv", n, 1};
}

static void
give(struct merge *m, const char *name, double price, int at)
{
    struct shop_item *item = merge_row_named(m, name, line(at));

    if (item == NULL)
        return;
    item->name = name;
    merge_note(m, field_find(m->field->columns, "name"), item);
    if (price < 0)
        return;
    item->price = price;
    merge_note(m, field_find(m->field->columns, "price"), item);
}

/* More rows than the first storage holds: what was noted moves along. */
static void
rows_meet_by_name(void **state)
{
    enum { N = 200 };
    static char name[N][16];
    struct scratch s;
    struct merge m;
    struct rows rows;

    (void)state;
    scratch_open(&s);
    merge_init(&m, field_find(shop_model.par, "spare"), &s.report, 2);
    for (int i = 0; i < N; i++) {
        snprintf(name[i], sizeof name[i], "n%d", i);
        give(&m, name[i], i == 7 || i == 150 ? -1 : i, 1 + i);
    }
    m.part++;
    give(&m, name[150], 3, 1000);
    give(&m, name[100], 4, 1001);
    merge_find_missing(&m);
    assert_string_equal(scratch_report(&s),
        "a.csv:8:1: 'price' of n7 is missing: price [CNY], 0 to 1e+08\n");
    merge_keep(&m, &s.arena, "b.csv", &rows);
    const struct shop_item *item = rows.row;
    assert_int_equal(rows.n, N);
    assert_true(item[99].price == 99 && item[100].price == 4 && item[150].price == 3);
    assert_true(item[150].count == 1); /* the default */
    assert_int_equal(rows.line[99], 100);
    assert_int_equal(rows.line[100], 1001);
    assert_string_equal(rows.from[0], "a.csv");
    assert_string_equal(rows.file, "b.csv");
    scratch_close(&s);
}

static void
a_name_stands_once_a_part(void **state)
{
    struct scratch s;
    struct merge m;
    struct rows rows;

    (void)state;
    scratch_open(&s);
    merge_init(&m, field_find(shop_model.par, "spare"), &s.report, 2);
    give(&m, "a", 1, 1);
    give(&m, "a", 2, 2);
    give(&m, NULL, 1, 3); /* no name: never the same */
    give(&m, NULL, 1, 4);
    m.part++;
    give(&m, "a", 3, 5);
    assert_string_equal(scratch_report(&s),
        "a.csv:2:1: 'a' stands twice in 'spare', first in line 1\n");
    merge_keep(&m, &s.arena, "a.csv", &rows);
    assert_int_equal(rows.n, 3);
    assert_true(((const struct shop_item *)rows.row)->price == 3);
    scratch_close(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_meet_by_name),
        cmocka_unit_test(a_name_stands_once_a_part),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
