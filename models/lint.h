/*
 * lint.h - what is odd about a plan, said before any run of it.
 *
 * A rule is a row: a name, what it looks for, its sentences in English and Chinese, a
 * function. Findings are no mistakes: the plan runs all the same. They come from the
 * input, from the state at the start and from arithmetic on paper; each says where it
 * stands and how it was worked out. `carecap list findings` prints the rules.
 */
#ifndef MODELS_LINT_H
#define MODELS_LINT_H

#include "models/agenda.h"
#include "models/phrase.h"
#include "models/plan.h"
#include "models/statement.h"
#include "sim/result.h"

enum { LINT_PHRASES = 4 };

struct lint;

struct lint_rule {
    const char *name;
    const char *doc, *zh;                    /* what it looks for */
    struct phrase_word phrase[LINT_PHRASES]; /* templates; unused ones are NULL */
    void (*check)(struct lint *l);
};

/* What a finding is about: a target, a statement, a project, a lever. */
struct lint_about {
    const char *name;
    struct phrase_word title;
    struct place place;
};

struct lint_finding {
    const struct lint_rule *rule;
    struct lint_about about;
    const char *text, *text_zh;
};

struct lint {
    const struct setup *setup;
    const struct plan_par *plan;
    const struct result *start; /* time 0 of replicate 0; NULL when it is not known */
    struct agenda agenda;
    const struct lint_rule *rule; /* that is being checked */
    struct lint_finding *finding; /* [n], by rule, then by place in the file; owned */
    int n, room;
    struct arena arena;
};

/* All rules; ends with an empty row. In lint_rules.c. */
extern const struct lint_rule lint_rules[];

/*
 * Looks for everything.
 *
 * start    a result with the state at the start (executive_start(), or of a run); NULL:
 *          what needs it is left out
 */
void lint_init(struct lint *self, const struct setup *s, const struct result *start);
void lint_free(struct lint *self);

/* Whether it would be worthwhile to know the state at the start. */
bool lint_wants_start(const struct setup *s);

/* For rules. */

const struct target *lint_target(const struct lint *self, int64_t i);
const struct statement *lint_statement(const struct lint *self, int64_t i);

/* What it is called, and where it stands. */
struct lint_about lint_about_target(const struct lint *self, int64_t i);
struct lint_about lint_about_statement(const struct lint *self, int64_t i);
struct phrase_word lint_title(const char *name, const char *en, const char *zh);

/* Index of an item of a result, or -1: all together. */
int lint_item(const struct lint *self, const char *result, const char *item);

/* A result at the start, all counties together; NAN when it is not known. */
double lint_stock(const struct lint *self, const char *result, int item);

/* What a target measures at the start, its worst county's where counties count; NAN
 * when it is not known, or a flow. */
double lint_now(const struct lint *self, const struct target *t);

/* A new sentence: its words go into `phrase`, ... */
struct phrase lint_words(struct lint *self);

/* ... then it is said: phrase `which` of the running rule. */
void lint_say(
    struct lint *self, int which, struct lint_about about, const struct phrase *words);

/* Words used by more than one rule: "at least 25 per 1,000", what is measured, "11,669
 * + 5,096". */
void lint_wanted(struct phrase *words, const struct target *t);
void lint_measured(const struct lint *self, struct phrase *words, const char *result,
    const char *item);
void lint_sum(struct phrase *words, double a, double b);

#endif
