/*
 * field.h - one row that says everything about one named number.
 *
 * A table of rows describes a parameter struct, a row of an input table or a struct of
 * results. Whoever needs to know about the number reads the row: the scenario reader
 * and its messages, `carecap list`, HDF5 datasets and attributes, sweeps, comparison of
 * two runs, axis labels. A number is spelled in its struct, in its row and where it is
 * used; tests/test_field.c proves that no member of such a struct lacks its row.
 *
 * A table ends with an empty row.
 */
#ifndef SIM_FIELD_H
#define SIM_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum field_kind {
    FIELD_REAL,   /* double [count] */
    FIELD_INT,    /* int64_t [count] */
    FIELD_TEXT,   /* const char *, not owned; NULL when absent */
    FIELD_DATE,   /* int32_t, days since 1970-01-01 */
    FIELD_CHOICE, /* int32_t, index into `choices` */
    FIELD_PATH,   /* struct path */
    FIELD_ROWS,   /* struct rows */
    FIELD_KINDS
};

enum field_method { FIELD_POINT, FIELD_SUM }; /* state at a time, or total of a month */

enum { PATH_MOST = 40, FIELD_AXES = 3 };

/* A value over calendar years: linear between knots, constant outside them. */
struct path {
    int64_t n;               /* knots, >= 1 */
    double year[PATH_MOST];  /* rising; 2021.0 is the start of 2021 */
    double value[PATH_MOST]; /* in the row's unit */
};

/* A table of the input: `n` structs of the size that the row states. */
struct rows {
    int64_t n;
    void *row;         /* [n]; owned by the scenario's arena */
    int *line;         /* [n]; where each stands; owned likewise */
    const char *file;  /* the one given last; not owned */
    const char **from; /* keyed: [n] file of each row; owned likewise; else NULL */
};

/* A labelled dimension of a result; `label` for categories, else `value`. */
struct axis {
    const char *name, *doc, *zh, *unit;
    int n;
    const char *const *label;    /* [n] or NULL */
    const char *const *label_zh; /* [n] or NULL */
    const double *value;         /* [n] or NULL */
};

struct field {
    const char *name;    /* key in scenario files and name in HDF5; NULL ends a table */
    const char *unit;    /* "1/yr", "person"; "1" for a pure number */
    const char *doc;     /* one sentence, no full stop */
    const char *zh;      /* Chinese label; results have one */
    const char *source;  /* where the default comes from; NULL for results */
    const char *quality; /* of the default: one of field_quality */
    double def, lo, hi;  /* in `unit`; results leave them 0; lo = hi = 0 is no range */
    const char *text;    /* default of FIELD_TEXT */
    bool required;       /* input must give it, in every row of a table: no default */
    enum field_kind kind;
    enum field_method method;    /* results only */
    int count;                   /* elements: 1, or length of a fixed array */
    size_t offset;               /* from the start of the struct, bytes */
    const char *const *choices;  /* FIELD_CHOICE: ends with NULL */
    const struct field *columns; /* FIELD_ROWS: what a row holds */
    size_t row_size;             /* FIELD_ROWS: bytes of a row */
    bool keyed; /* FIELD_ROWS: those of a base and of the files over it merge by `name`
                 */
    const struct axis *axis[FIELD_AXES]; /* results: dimensions after time and region */
};

/* The first part of a row, from the struct itself: a wrong name or type fails to
 * compile. Dates and choices are both int32_t: FIELD_AS() names the kind. */
#define FIELD(type, member) \
    .name = #member, .kind = _Generic(((type *)0)->member, \
        double: FIELD_REAL, double *: FIELD_REAL, \
        int64_t: FIELD_INT, int64_t *: FIELD_INT, const char *: FIELD_TEXT, \
        struct path: FIELD_PATH, struct rows: FIELD_ROWS), \
    .count = _Generic(((type *)0)->member, const char *: 1, struct path: 1, \
        struct rows: 1, default: (int)(sizeof(((type *)0)->member) / 8)), \
    .offset = offsetof(type, member)
#define FIELD_AS(type, member, as)             \
    .name = #member, .kind = (as), .count = 1, \
    .offset = offsetof(type, member) + 0 * sizeof(((type *)0)->member == (int32_t)0)

/* How much a number is to be trusted, best first; ends with NULL. */
extern const char *const field_quality[];

/* Bytes that a row's member takes in its struct. */
size_t field_size(const struct field *f);

/* Sets every member with a row of `obj` to its default; rows are empty. */
void field_defaults(const struct field *table, void *obj);

/* Element `i` of the member that row `f` describes, as a double (real, int, date,
 * choice). */
double field_value(const struct field *f, const void *obj, int i);

/* The value of a path in `year` (2021.5 is the middle of 2021); exact at a knot. */
double field_path(const struct path *p, double year);

/* A number as text: the shortest of 6, 15 and 17 digits that reads back as the same. */
struct field_number {
    char text[32];
};
struct field_number field_number(double value);

/* The row named `name`, or NULL. */
const struct field *field_find(const struct field *table, const char *name);

/* Prints the table as reference text: name, unit, range, default, doc, source. */
void field_help(const struct field *table, FILE *out);

#endif
