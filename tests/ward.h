/*
 * ward.h - the county of hall.h with services and sites of a test's own, run by hand,
 * so that a test can look at every case at any minute.
 *
 * People of 70 and over come at 45 a year and die at 3 a year; grades are 2 and 3 and
 * stay, income classes 0 to 3 are a fifth, and three, three, two tenths. The 90 elders
 * and 200 children below 5 of the start are there besides. There is staff for
 * everybody.
 */
#ifndef TESTS_WARD_H
#define TESTS_WARD_H

#include "models/cases.h"
#include "models/county.h"
#include "models/facility.h"
#include "models/models.h"
#include "sim/date.h"
#include "tests/audit.h"
#include "tests/hall.h"

struct ward {
    struct scratch scratch;
    struct hall hall;
    struct region region;
    const struct model *list[MODELS_COUNT + 2];
};

/* A service that everybody of 60 and over wants at once and waits for with patience:
 * the beginning of a row. */
#define WARD_DESK(name, kind)                                    \
    "    - name: " name "\n      kind: " kind "\n"               \
    "      need_above: -1\n      willing_rural: 0.999999\n"      \
    "      willing_urban: 0.999999\n      odds_disabled: 1000\n" \
    "      application: 0\n      patience: 1000000\n      round: 0\n"

/* The beginning of a delta: one file of sites, and a list of services. */
#define WARD_DELTA                                         \
    "base: hall.yaml\nfacility: {facilities: sites.csv}\n" \
    "service:\n  services:\n"

/* Columns of the sites' file; the county is 999001. */
#define WARD_SITES                                                                \
    "id,adcode,name,name_zh,kind,homes,ordinary_beds,nursing_beds,dementia_beds," \
    "places\n"

/* Writes the hall and the sites; more files may be written to self->scratch. */
void ward_write(struct ward *self, const char *sites);

/* Writes changes.csv, for `grade: {transitions: changes.csv}`: grades 0 to 4 that
 * change several times a year; death stays the hall's. */
void ward_changes(struct ward *self);

/* Lays `delta` over the hall, with `set` [n] besides, and starts replicate `replicate`
 * of it. */
void ward_open(struct ward *self, const char *delta, const char *const *set, int n,
    uint32_t replicate);
void ward_close(struct ward *self);

/* Both in one. */
void ward_start(struct ward *self, const char *delta, const char *sites);

/* Runs to `t` minutes, exclusive. */
void ward_run(struct ward *self, int32_t t);

/* A service and what a test asks of it. */
int ward_service(const struct ward *self, const char *name);
const struct service_out *ward_out(const struct ward *self, int service);

/* What a month's end would say of a service: what has happened since the last, and what
 * is. */
void ward_month(struct ward *self, int service, struct service_out *out);

/* The first open site of a kind. */
int32_t ward_site(const struct ward *self, int service);

/* Cases at a desk in a state; with `rows`, which they are (as many as fit `most`). */
int ward_cases(
    const struct ward *self, int desk, enum case_state state, uint32_t *rows, int most);

/* What is off in the county now, all together (tests/audit.h). */
int64_t ward_wrong(const struct ward *self);

/* The person of a case that is open. */
const struct person *ward_person(const struct ward *self, uint32_t row);

/* Whether a case is still the one of the person with that key: cases are used again. */
bool ward_is(const struct ward *self, uint32_t row, uint64_t key);

#endif
