/*
 * fake.h - a small finished run of a model that does not exist, for tests of what
 * leaves: two counties, month ends from 2021-01-01 on, results of every kind and axis.
 * All values follow from where they stand, so that a test knows them without being
 * told.
 */
#ifndef TESTS_FAKE_H
#define TESTS_FAKE_H

#include "output/store.h"

enum { FAKE_REGIONS = 2, FAKE_MODELS = 4, FAKE_SEXES = 2, FAKE_AGES = 3 };
enum { FAKE_CELLS = 5000, FAKE_TARGETS = 3, FAKE_SETTINGS = 2, FAKE_SERVICES = 3 };

struct fake_par {
    double rate;
    int64_t count[2];
    const char *place;
    struct path growth;
};

struct fake_out {
    int64_t beds, elders;
    int64_t people[FAKE_SEXES * FAKE_AGES]; /* 1000 i + 100 t + 10 k + element */
    double cost;                            /* beds / 3 */
    double grid[FAKE_CELLS];                /* fake_grid() */
};

/* Results of one service in one county; another model has none, as it has no items. */
struct fake_service_out {
    double hours;               /* served[0] / 4 */
    int64_t served[FAKE_SEXES]; /* 1000 i + 100 t + 10 k + 10000 service + sex */
};

struct fake {
    struct setup setup;
    struct result result;
    struct scenario scenario;
    struct report report;
    struct fake_par par;
    struct plan_par plan;
    void *pars[FAKE_MODELS];
    struct target target[FAKE_TARGETS];
    int line[FAKE_TARGETS];
    struct setting setting[FAKE_SETTINGS];
    struct scenario_file file;
    struct store_note note;
    uint64_t events[1];
    struct verdict *verdict;
    struct store_input input; /* of all the above, ready to be written */
};

/* `self` must not move. */
void fake_init(struct fake *self, int months, int replicates);
void fake_free(struct fake *self);

/* [FAKE_SERVICES] of one place. */
struct fake_service_out *fake_services(
    struct fake *self, int replicate, int time, int region);

/* The results of one place, to be changed; then fake_judge() again. */
struct fake_out *fake_at(struct fake *self, int replicate, int time, int region);
double fake_grid(int replicate, int time, int region, int cell);
void fake_judge(struct fake *self);

/* A new empty folder, and a path in it; both in `text` of 256 bytes. */
void fake_folder(char *text);
const char *fake_path(const char *folder, const char *name, char *text);

/* Files in the folder, which is emptied and removed. */
int fake_clean(const char *folder);

/* Writes the run to a new file, or the test fails. */
void fake_write(const struct fake *self, const char *path);

#endif
