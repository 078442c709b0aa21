#define _GNU_SOURCE
#include "validation/lifetable.h"

#include "tests/oracle.h"
#include "validation/walk.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>

/*
 * Years lived and survivors `t` years on. The standard error of a mean of independent
 * lives is the sample's standard deviation over the root of their number, that of a
 * share sqrt(p (1 - p) / n) with the true p. Within a part of w = 1/12 yr the hazard is
 * held at its mean: what that does to the mean life is below w^2 slope / 8.
 */
static void
add(const struct lifetable *t, double years, const struct check_mean *lived,
    double alive, struct check_rows *rows)
{
    double p = walk_survival(t->level, t->slope, years);

    check_add(rows,
        (struct check_row){.expected = walk_gompertz(t->level, t->slope, years),
            .found = lived->mean,
            .error = check_error(lived)},
        "hazard %g growing by %g a year: years lived from %g to %g", t->level, t->slope,
        t->age, t->age + years);
    if (p < 1e-12 && alive == 0.0)
        return; /* nobody, as expected */
    check_add(rows,
        (struct check_row){
            .expected = p, .found = alive, .error = check_share_error(p, lived->n)},
        "hazard %g growing by %g a year: share alive at %g", t->level, t->slope,
        t->age + years);
}

void
lifetable_run(const struct lifetable *t, struct check_rows *rows)
{
    struct walk w = {.states = 1,
        .slope = t->slope,
        .years = t->to > t->age ? t->to - t->age : t->to,
        .cut = t->to,
        .people = (int)t->people,
        .replicates = 1,
        .seed = t->seed};

    w.rate[0][1] = t->level * t->off;
    struct walk_found found = walk_run(&w);
    if (w.years < w.cut)
        add(t, w.years, &found.all_lived, found.share[0], rows);
    /* who has lived for the whole of it has not died */
    add(t, w.cut, &found.all_life, found.share_cut, rows);
}

static const char usage[] =
    "usage: test_lifetable --level X --slope X [--age X] [--to X] [--people N]\n"
    "                      [--seed N] [--break X]\n"
    "Lives under the hazard level exp(slope t), 1/yr, t years after --age (60), none\n"
    "longer than --to (80) years after it: mean years lived and survivors, simulated "
    "on\n"
    "the engine and in closed form. When --to is also an age above --age, the same "
    "until\n"
    "that age. --break multiplies the simulated hazard only: 1.03 must show.\n";

static const struct option options[] = {
    {"level", required_argument, NULL, 'l'},
    {"slope", required_argument, NULL, 's'},
    {"age", required_argument, NULL, 'a'},
    {"to", required_argument, NULL, 't'},
    {"people", required_argument, NULL, 'n'},
    {"seed", required_argument, NULL, 'e'},
    {"break", required_argument, NULL, 'b'},
    {NULL, 0, NULL, 0},
};

static bool
take(struct lifetable *t, int option, const char *text)
{
    double x;

    switch (option) {
    case 'l':
        return oracle_number(text, 1e-9, 100.0, &t->level);
    case 's':
        return oracle_number(text, 0.0, 1.0, &t->slope);
    case 'a':
        return oracle_number(text, 0.0, 150.0, &t->age);
    case 't':
        return oracle_number(text, 0.01, 300.0, &t->to);
    case 'n':
        return oracle_number(text, 2.0, 5e6, &t->people);
    case 'b':
        return oracle_number(text, 0.01, 100.0, &t->off);
    case 'e':
        if (!oracle_number(text, 0.0, 0x1p53, &x))
            return false;
        t->seed = (uint64_t)x;
        return true;
    default:
        return false; /* getopt has said why */
    }
}

int
lifetable_main(int argc, char **argv)
{
    struct lifetable t = {
        .age = 60.0, .to = 80.0, .off = 1.0, .people = 100000.0, .seed = 1};
    struct check_rows rows = {.n = 0};
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (!take(&t, option, optarg)) {
            fputs(usage, stderr);
            return 2;
        }
    if (optind != argc || t.level <= 0.0) {
        fprintf(stderr, "--level is needed\n%s", usage);
        return 2;
    }
    lifetable_run(&t, &rows);
    printf("Gompertz, closed form by GSL; %.0f lives on the engine\n", t.people);
    check_print(&rows, stdout);
    int wrong = check_wrong(&rows);
    check_free(&rows);
    return wrong > 0;
}
