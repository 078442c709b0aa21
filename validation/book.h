/*
 * book.h - the validation book: its sections, and a run of some or all of its checks.
 *
 * Checks and twins are independent, so they run side by side; what they find does not
 * depend on how many do.
 */
#ifndef VALIDATION_BOOK_H
#define VALIDATION_BOOK_H

#include "validation/check.h"

enum { BOOK_BANDS = 5, BOOK_SEED = 20220928 };

struct book_section {
    const char *id, *title; /* NULL ends the list */
    const char *about;
    const struct check *checks;
};

/* The sections, in the order of the book. */
extern const struct book_section book_sections[];

struct book_options {
    bool fast;      /* with few replicates, and without the slow checks */
    int replicates; /* of every check and twin instead of its own; 0: its own */
    uint64_t seed;
    const char *const *only; /* [n_only] ids of checks or sections; not owned */
    int n_only;
    int threads;
};

/* A check, and what it and its twin found. */
struct book_entry {
    const struct book_section *section;
    const struct check *check;
    struct check_rows rows, twin;
    int replicates, twin_replicates;
    double seconds; /* wall time of both */
    bool passed;    /* all rows agree */
    bool noticed;   /* not all rows of the twin do */
};

struct book {
    struct book_options options;
    struct book_entry *entry; /* [n]; owned */
    int n;
};

/* Chooses the checks; `self->n` is 0 when nothing has such an id. */
void book_init(struct book *self, const struct book_options *options);
void book_free(struct book *self);

/* The id among `only` that nothing has, or NULL. */
const char *book_unknown(const struct book_options *options);

/* Runs all entries; `done` (or NULL) is called after each check and each twin, by one
 * thread at a time. */
void book_run(struct book *self, void (*done)(const struct book_entry *e, bool twin));

/* What a book says as a whole. */
struct book_sum {
    int checks, failed, unnoticed;
    int rows, wrong, random; /* random: with a standard error and nothing else */
    int band[BOOK_BANDS];    /* random rows 0-1, 1-2, 2-3, 3-4, above 4 errors apart */
};
struct book_sum book_sum(const struct book *self);

/* What a normal law has of a band's rows, a share; the names of the bands. */
double book_band(int k);
extern const char *const book_bands[BOOK_BANDS];

/* For readers: why there is a book, and which part of it this is. */
extern const char book_intro[];
const char *book_extent(const struct book *self);

#endif
