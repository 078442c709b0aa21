/* Every model's rows describe its structs without gap; names are unique and labelled.
 */
#include "tests/rows.h"

#include "models/models.h"
#include "sim/field.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
rows_cover_structs(void **state)
{
    (void)state;
    for (int m = 0; models_list[m] != NULL; m++) {
        const struct model *x = models_list[m];
        if (x->par != NULL)
            rows_cover(x->par, x->par_size);
        if (x->out != NULL)
            rows_cover(x->out, x->out_size);
        for (const struct field *f = x->par; f != NULL && f->name != NULL; f++)
            if (f->kind == FIELD_ROWS)
                rows_cover(f->columns, f->row_size);
    }
}

static void
every_row_is_documented(void **state)
{
    (void)state;
    for (int m = 0; models_list[m] != NULL; m++) {
        const struct model *x = models_list[m];
        assert_non_null(x->doc);
        for (const struct field *f = x->par; f != NULL && f->name != NULL; f++) {
            assert_non_null(f->doc);
            assert_non_null(f->unit);
            if (!f->required && f->kind != FIELD_ROWS) {
                assert_non_null(f->source);
                assert_non_null(f->quality);
            }
        }
        for (const struct field *f = x->out; f != NULL && f->name != NULL; f++) {
            assert_non_null(f->doc);
            assert_non_null(f->unit);
            assert_non_null(f->zh);
        }
    }
}

/* A result is found by its name alone, whatever model it belongs to. */
static void
results_have_unique_names(void **state)
{
    (void)state;
    for (int m = 0; models_list[m] != NULL; m++)
        for (const struct field *f = models_list[m]->out; f != NULL && f->name != NULL;
             f++)
            for (int k = 0; models_list[k] != NULL; k++)
                for (const struct field *g = models_list[k]->out;
                     g != NULL && g->name != NULL; g++)
                    if (strcmp(f->name, g->name) == 0)
                        assert_ptr_equal(f, g);
}

static void
dimensions_fit_counts(void **state)
{
    (void)state;
    for (int m = 0; models_list[m] != NULL; m++)
        for (const struct field *f = models_list[m]->out; f != NULL && f->name != NULL;
             f++) {
            int n = 1;
            for (int k = 0; k < FIELD_AXES; k++)
                n *= f->axis[k] != NULL ? f->axis[k]->n : 1;
            assert_int_equal(n, f->count);
        }
}

static void
names_fit_a_file(void **state)
{
    (void)state;
    for (int m = 0; models_list[m] != NULL; m++)
        for (const struct field *f = models_list[m]->out; f != NULL && f->name != NULL;
             f++)
            assert_int_equal(strspn(f->name, "abcdefghijklmnopqrstuvwxyz_0123456789"),
                strlen(f->name));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_cover_structs),
        cmocka_unit_test(every_row_is_documented),
        cmocka_unit_test(results_have_unique_names),
        cmocka_unit_test(dimensions_fit_counts),
        cmocka_unit_test(names_fit_a_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
