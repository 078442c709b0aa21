#include "validation/book.h"

#include "sim/mem.h"
#include "sim/rng.h"
#include "validation/headline.h"
#include "validation/hindcast.h"
#include "validation/laws.h"
#include "validation/lives.h"
#include "validation/people.h"
#include "validation/projections.h"
#include "validation/published.h"
#include "validation/queues.h"
#include "validation/services.h"
#include "validation/tables.h"
#include "validation/yardsticks.h"

#include <gsl/gsl_math.h>
#include <math.h>
#include <omp.h>
#include <string.h>

const struct book_section book_sections[] = {
    {"queues", "Queues",
        "Everybody who waits for care in carecap stands in a station "
        "(`sim/station.c`). Here the same station serves customers whose "
        "waits are known in closed form.",
        queues_checks},
    {"laws", "Laws of all queues",
        "What holds for every line, whatever its arrivals, stays and order of service.",
        laws_checks},
    {"services", "Services of the plans",
        "The same law where it matters: in every line of every county of the plans, "
        "with all models around it.",
        services_checks},
    {"lives", "Single lives",
        "Residents of carecap die, fall ill and recover when cumulative hazards have "
        "spent their thresholds (`sim/hazard.c`, `sim/rng.c`). Here the same functions "
        "and the same calendar make lives of which the outcome is known.",
        lives_checks},
    {"tables", "Rates of a scenario",
        "A scenario says how long people live, how many children they have and how "
        "grades of care follow each other. Here is what its tables make of single "
        "cohorts.",
        tables_checks},
    {"people", "Whole populations",
        "All residents of counties of Dali, with births, deaths, moves, care grades "
        "and "
        "households, as `carecap run` simulates them.",
        people_checks},
    {"published", "Published models",
        "Models that others have described, run as models of carecap's engine "
        "(`struct model`, `sim/executive.c`), with their published answers beside "
        "ours.",
        published_checks},

    {"yardsticks", "Yardsticks",
        "The sections that follow score forecasts and rank settings. Here their "
        "measures "
        "are held against closed forms.",
        yardsticks_checks},
    {"hindcast", "The past foretold",
        "What would have been said in 2010 of the year 2020? The 48 counties of the "
        "five "
        "plans are started from the census of 2010 and set against that of 2020, which "
        "the runs have not seen. Where it fails: places that draw people (Mengzi, "
        "Hongta, Dali City, Linxiang) are foretold 5 to 19 % too few elders, with "
        "their "
        "neighbours' migration as without any; without migration the banners of "
        "Xing'an "
        "have 7 to 29 % too many, and people of all ages are foretold worse (15 %) "
        "than "
        "by saying that nothing changes (10 %), because workers leave; Arxan had half "
        "its people in 2020 and is not judged. What a reader of 2010 could not know "
        "and "
        "the runs use all the same: the life tables and national fertility of UN WPP "
        "2024.",
        hindcast_checks},
    {"projections", "The future as others see it",
        "Nobody knows the elders of 2035. But most of them are counted already, so "
        "others' "
        "figures and ours should differ by no more than their assumptions do. Where "
        "ours "
        "are weak: death rates fall alike at all ages, so people of 80 and over come "
        "out "
        "3 to 5 % more than with the UN's life tables; births of 1959-1961 are "
        "smoothed, "
        "so 2021 and 2022 have 1 to 3 % too many who turn 60; and disabled elders of "
        "2035 "
        "are a quarter more than the ministry's figure, whose method is not known.",
        projections_checks},
    {"headline", "What nobody measured",
        "Some of a scenario's numbers are judged or remembered, and say so. Which of "
        "them "
        "decide what Dali is told?",
        headline_checks},
    {NULL, NULL, NULL, NULL},
};

const char book_intro[] =
    "Why should anyone believe what carecap says? Because it gives back what is known "
    "already. Every row below sets a number that this program found by running beside "
    "one that is known from elsewhere: a closed form, a deterministic computation by "
    "other code, or a published model. A row agrees when the two are no further apart "
    "than four standard errors (or a tolerance that is printed beside it). Every check "
    "is run once more with something broken on purpose, its twin: a rate three per "
    "cent "
    "off, a rule swapped. A twin that is not noticed counts as a failure of the check.";

const char *const book_bands[BOOK_BANDS] = {
    "below 1", "1 to 2", "2 to 3", "3 to 4", "above 4"};

static bool
named(const struct book_options *options, const char *section, const char *check)
{
    for (int i = 0; i < options->n_only; i++)
        if (strcmp(options->only[i], section) == 0 ||
            strcmp(options->only[i], check) == 0)
            return true;
    return options->n_only == 0;
}

static void
add(struct book *self, const struct book_section *section, const struct check *check)
{
    const struct book_options *o = &self->options;
    struct book_entry *e = &self->entry[self->n];

    if (!named(o, section->id, check->id) || (o->fast && check->slow))
        return;
    *e = (struct book_entry){.section = section, .check = check};
    /* twins run short: what is wrong must show at once */
    e->twin_replicates = check->fast;
    e->replicates = o->fast ? check->fast : check->full;
    if (o->replicates > 0)
        e->replicates = e->twin_replicates = o->replicates;
    self->n++;
}

void
book_init(struct book *self, const struct book_options *options)
{
    size_t most = 0;

    for (const struct book_section *s = book_sections; s->id != NULL; s++)
        for (const struct check *c = s->checks; c->id != NULL; c++)
            most++;
    *self = (struct book){.options = *options};
    self->entry = mem_alloc(most, sizeof *self->entry);
    for (const struct book_section *s = book_sections; s->id != NULL; s++)
        for (const struct check *c = s->checks; c->id != NULL; c++)
            add(self, s, c);
}

void
book_free(struct book *self)
{
    for (int i = 0; i < self->n; i++) {
        check_free(&self->entry[i].rows);
        check_free(&self->entry[i].twin);
    }
    mem_free(self->entry);
    *self = (struct book){.n = 0};
}

const char *
book_unknown(const struct book_options *options)
{
    for (int i = 0; i < options->n_only; i++) {
        struct book_options one = *options;
        struct book book;
        one.only = &options->only[i];
        one.n_only = 1;
        book_init(&book, &one);
        bool known = book.n > 0;
        book_free(&book);
        if (!known)
            return options->only[i];
    }
    return NULL;
}

/* Checks draw apart from each other, whatever else is run. */
static uint64_t
seed_of(uint64_t seed, const char *id)
{
    for (; *id != '\0'; id++)
        seed = rng_mix(seed, (unsigned char)*id);
    return seed;
}

static void
run(const struct book *self, struct book_entry *e, bool twin)
{
    const struct check_how how = {.data = e->check->data,
        .replicates = twin ? e->twin_replicates : e->replicates,
        .seed = seed_of(self->options.seed, e->check->id),
        .twin = twin};
    double begin = omp_get_wtime();

    e->check->run(&how, twin ? &e->twin : &e->rows);
    double seconds = omp_get_wtime() - begin;
#pragma omp atomic
    e->seconds += seconds;
    if (twin)
        e->noticed = check_wrong(&e->twin) > 0;
    else
        e->passed = e->rows.n > 0 && check_wrong(&e->rows) == 0;
}

void
book_run(struct book *self, void (*done)(const struct book_entry *e, bool twin))
{
#pragma omp parallel for schedule(dynamic, 1) num_threads(self->options.threads)
    for (int k = 0; k < 2 * self->n; k++) {
        int i = 2 * self->n - 1 - k; /* the longest stand last in the book */
        struct book_entry *e = &self->entry[i / 2];
        run(self, e, i % 2 == 1);
        if (done == NULL)
            continue;
#pragma omp critical(book_done)
        done(e, i % 2 == 1);
    }
}

static void
sum_row(struct book_sum *sum, const struct check_row *row)
{
    double z = fabs(check_distance(row));

    sum->rows++;
    sum->wrong += !check_agrees(row);
    if (isnan(z))
        return;
    sum->random++;
    sum->band[z < 4.0 ? (int)z : 4]++;
}

struct book_sum
book_sum(const struct book *self)
{
    struct book_sum sum = {.checks = self->n};

    for (int i = 0; i < self->n; i++) {
        const struct book_entry *e = &self->entry[i];
        sum.failed += !e->passed;
        sum.unnoticed += !e->noticed;
        for (int k = 0; k < e->rows.n; k++)
            sum_row(&sum, &e->rows.row[k]);
    }
    return sum;
}

double
book_band(int k)
{
    return k == 4 ? erfc(4.0 * M_SQRT1_2)
                  : erfc(k * M_SQRT1_2) - erfc((k + 1) * M_SQRT1_2);
}

const char *
book_extent(const struct book *self)
{
    return self->options.n_only > 0 ? "chosen checks only"
           : self->options.fast     ? "the fast part of the book"
                                    : "the whole book";
}
