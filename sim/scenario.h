/*
 * scenario.h - reads a scenario: YAML files, each a small delta on a named base, with
 * CSV tables beside them, into the parameter structs that the models' rows describe.
 *
 * Sections are models, keys are rows. A value is a number, a text, a date, a list, a
 * path over years `{2021: 1.0, 2025: 1.2}`, a table (`file.csv`, relative to the YAML
 * file, or a block list of mappings), each also as `{value: ..., unit: ..., source:
 * ..., quality:
 * ...}`. The last file that gives a key wins; a table is replaced as a whole,
 * unless its row is keyed: then a row of the same `name` gives only what changes, a new
 * name adds a row, and an empty list takes away all that stood before.
 *
 * Every mistake is reported with file, line and column: unknown key (with the nearest
 * name), duplicate key, wrong type, number with rubbish, out of range, wrong unit, date
 * that does not exist, row that is missing, malformed or has a cell too many.
 */
#ifndef SIM_SCENARIO_H
#define SIM_SCENARIO_H

#include "sim/err.h"
#include "sim/field.h"
#include "sim/model.h"
#include "sim/report.h"

/* The keys of the top level, besides `base` and the sections. */
struct run_par {
    const char *title, *title_zh;
    int32_t start, end; /* days since 1970-01-01; both are simulated */
    int64_t replicates, seed;
    double window; /* day */
};

/*
 * One value in use, for the record; no text is NULL. A value given without a source has
 * the source "scenario file" (or "command line") and the quality "assumption"; a table
 * with a column `source` has "stated row by row" for both.
 */
struct setting {
    const char *name; /* "mortality.improvement"; of the top level "seed" */
    const char *value, *unit, *source, *quality;
    struct place place; /* file NULL: a default; file "--set NAME": the command line */
    const struct field *field;
};

struct scenario_file {
    const char *path, *text;
    size_t size;
};

struct scenario {
    struct run_par run;
    void **par;              /* [models]; owned by the arena */
    struct setting *setting; /* [n_settings], in the order of models and rows */
    int n_settings;
    struct scenario_file *file; /* [n_files], in the order of reading */
    int n_files;
    struct arena arena;
};

/* The rows of struct run_par, for `carecap list`. */
extern const struct field scenario_run_par[];

/*
 * Reads `path` and its bases. `set` [n_set] are `section.key=value` of the command line
 * and win over files.
 *
 * models   list that ends with NULL
 * set      a table named there is relative to the working directory
 * Fails    mistakes are added to `report`; `self` is then of no use but to be freed
 */
void scenario_read(struct scenario *self, const char *path,
    const struct model *const *models, const char *const *set, int n_set,
    struct report *report);
void scenario_free(struct scenario *self);

/* The setting named "population.ages", or NULL. */
const struct setting *scenario_setting(const struct scenario *self, const char *name);

/* Where a value was given, for checks between parameters: "population.ages"; for a
 * default the scenario file as a whole. An unknown name is a bug. */
struct place scenario_place(const struct scenario *self, const char *name);

#endif
