/*
 * validate.c - runs the validation book and writes it as a page and as markdown.
 */
#include "sim/mem.h"
#include "validation/markdown.h"
#include "validation/page.h"

#include <errno.h>
#include <getopt.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FAILED = 1, WRONG = 2, MOST_ONLY = 100 };

static const char usage[] =
    "usage: validate [--fast] [--only ID]... [--replicates N] [--seed N] [--threads "
    "N]\n"
    "                [--output FOLDER] [--list] [--help]\n"
    "Runs the checks of the validation book, each with a twin that is broken on\n"
    "purpose and must fail. Writes FOLDER/validation.html and .md (results/ by\n"
    "default). --only takes the id of a check or of a section; --replicates holds for\n"
    "all checks, and below 30 the standard errors themselves are rough. Exit status:\n"
    "0 all checks pass and no twin does, 1 otherwise, 2 wrong usage.\n";

struct arguments {
    struct book_options options;
    const char *only[MOST_ONLY];
    const char *folder;
    bool list, help;
};

static bool
whole(const char *text, long lo, long hi, long *x)
{
    char *rest;

    *x = strtol(text, &rest, 10);
    if (*text != '\0' && *rest == '\0' && *x >= lo && *x <= hi)
        return true;
    fprintf(stderr, "validate: '%s': expected a whole number from %ld to %ld\n", text,
        lo, hi);
    return false;
}

/* One option; false when it is wrong, which has been said. */
static bool
take(struct arguments *a, int option, const char *text)
{
    long x;

    switch (option) {
    case 'f':
        a->options.fast = true;
        return true;
    case 'l':
    case 'h':
        *(option == 'l' ? &a->list : &a->help) = true;
        return true;
    case 'o':
        a->folder = text;
        return true;
    case 'i':
        if (a->options.n_only == MOST_ONLY)
            return false;
        a->only[a->options.n_only++] = text;
        return true;
    case 'r':
        if (!whole(text, 2, 1000000, &x))
            return false;
        a->options.replicates = (int)x;
        return true;
    case 's':
        if (!whole(text, 0, 1000000000, &x))
            return false;
        a->options.seed = (uint64_t)x;
        return true;
    case 't':
        if (!whole(text, 1, 1024, &x))
            return false;
        a->options.threads = (int)x;
        return true;
    default:
        return false; /* getopt has said why */
    }
}

static bool
read_arguments(struct arguments *a, int argc, char **argv)
{
    static const struct option options[] = {
        {"fast", no_argument, NULL, 'f'},
        {"only", required_argument, NULL, 'i'},
        {"replicates", required_argument, NULL, 'r'},
        {"seed", required_argument, NULL, 's'},
        {"threads", required_argument, NULL, 't'},
        {"output", required_argument, NULL, 'o'},
        {"list", no_argument, NULL, 'l'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (!take(a, option, optarg))
            return false;
    a->options.only = a->only;
    const char *unknown = book_unknown(&a->options);
    if (optind == argc && unknown == NULL)
        return true;
    if (unknown != NULL)
        fprintf(stderr, "validate: nothing%s has the id '%s' (--list shows all)\n",
            a->options.fast ? " in the fast run" : "", unknown);
    return false;
}

static void
list(const struct book *book)
{
    for (int i = 0; i < book->n; i++)
        printf("%-12s %-24s %s\n", book->entry[i].section->id, book->entry[i].check->id,
            book->entry[i].check->question);
}

/* A line on a check that is through, or on a twin that was not noticed. */
static void
tell(const struct book_entry *e, bool twin)
{
    if (twin && !e->noticed)
        printf("%-24s NOT NOTICED: %s\n", e->check->id, e->check->twin);
    if (!twin)
        printf("%-24s %s: %d of %d rows agree\n", e->check->id,
            e->passed ? "passes" : "FAILS", e->rows.n - check_wrong(&e->rows),
            e->rows.n);
    for (int k = 0; !twin && k < e->rows.n; k++) {
        const struct check_row *row = &e->rows.row[k];
        if (!check_agrees(row))
            printf("    %s: expected %.8g, found %.8g, standard error %.2g\n",
                row->label, row->expected, row->found, row->error);
    }
    fflush(stdout);
}

/* Writes one file of the book; false when it could not, which has been said. */
static bool
save(const struct book *book, const char *folder, const char *name,
    void (*print)(const struct book *book, FILE *out))
{
    char path[1024];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    if (out != NULL)
        print(book, out);
    if (out == NULL || (ferror(out) | fclose(out)) != 0) {
        perror(path);
        return false;
    }
    printf("%s\n", path);
    return true;
}

/* The book takes minutes: that it has a place is seen to before. */
static bool
make_folder(const char *folder)
{
    if ((mkdir(folder, 0777) == 0 || errno == EEXIST) &&
        access(folder, W_OK | X_OK) == 0)
        return true;
    fprintf(stderr, "validate: %s: %s\n", folder, strerror(errno));
    return false;
}

int
main(int argc, char **argv)
{
    struct arguments a = {
        .options = {.seed = BOOK_SEED, .threads = omp_get_max_threads()},
        .folder = "results"};
    struct book book;

    if (!read_arguments(&a, argc, argv)) {
        fputs(usage, stderr);
        return WRONG;
    }
    if (a.help) {
        fputs(usage, stdout);
        return 0;
    }
    book_init(&book, &a.options);
    if (a.list) {
        list(&book);
        book_free(&book);
        return 0;
    }
    if (!make_folder(a.folder)) {
        book_free(&book);
        return WRONG;
    }
    book_run(&book, tell);
    struct book_sum sum = book_sum(&book);
    bool saved = save(&book, a.folder, "validation.html", page_print) &&
                 save(&book, a.folder, "validation.md", markdown_print);
    printf("%d checks: %d failed; %d twins not noticed; %d of %d rows agree\n",
        sum.checks, sum.failed, sum.unnoticed, sum.rows - sum.wrong, sum.rows);
    book_free(&book);
    return saved && sum.failed == 0 && sum.unnoticed == 0 ? 0 : FAILED;
}
