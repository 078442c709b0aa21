/*
 * intake.h - where input goes while it is read: one arena, one report, the files so
 * far.
 *
 * Files are kept as they came, for the record. What is handed on is UTF-8 without a
 * byte order mark, without NUL and other control characters, at most 64 MiB.
 */
#ifndef SIM_INTAKE_H
#define SIM_INTAKE_H

#include "sim/mem.h"
#include "sim/report.h"

#include <stddef.h>

enum { INTAKE_MOST = 64 << 20 }; /* bytes of a file */

struct intake_file {
    const char *path; /* as named, joined to the folder of who named it */
    const char *text; /* [size], then a NUL; without a byte order mark */
    size_t size;
    unsigned long device, inode; /* which file it is, whatever the path */
};

struct intake {
    struct arena *arena;   /* not owned; what is read lives there */
    struct report *report; /* not owned */
    struct intake_file *
        *file; /* [n_files]; the list is owned, its elements the arena's */
    int n_files;
};

void intake_init(struct intake *self, struct arena *arena, struct report *report);
void intake_free(struct intake *self);

/*
 * Reads `path` and keeps it.
 *
 * at       who names it; a file NULL there: the user, and mistakes stand at the path
 * Returns  NULL when a mistake was reported
 */
const struct intake_file *intake_read(
    struct intake *self, const char *path, struct place at);

/* `path` as seen from the folder of the file `from`; in the arena. */
char *intake_beside(struct intake *self, const char *from, const char *path);

/* The place `bytes` into `text`: columns count characters. */
struct place intake_place(const char *file, const char *text, size_t bytes);

#endif
