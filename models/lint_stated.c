#include "models/lint_stated.h"

#include "models/target.h"

#include <math.h>
#include <string.h>

#define TOLERANCE 1e-9

static bool
given(const char *text)
{
    return text != NULL && text[0] != '\0';
}

static bool
wants(const struct statement *t)
{
    return t->says == STATEMENT_AT_LEAST || t->says == STATEMENT_AT_MOST;
}

/* Whether a number that stands is on the good side of an aim, as printed. */
static bool
meets(double is, double wanted, bool at_least)
{
    return at_least ? is >= wanted : is <= wanted;
}

/* The statement of what stands of the same thing; NULL: none. */
static const struct statement *
standing(const struct lint *l, const struct statement *like)
{
    for (int64_t i = 0; i < l->plan->statements.n; i++) {
        const struct statement *t = lint_statement(l, i);
        if (t->says == STATEMENT_IS && statement_same(t, like))
            return t;
    }
    return NULL;
}

/* What stands of what a target of the prefecture measures. */
static const struct statement *
standing_of_target(const struct lint *l, const struct target *u)
{
    for (int64_t i = 0; i < l->plan->statements.n; i++) {
        const struct statement *t = lint_statement(l, i);
        if (t->says == STATEMENT_IS && statement_of_target(t, u))
            return t;
    }
    return NULL;
}

/* Whether a statement asks for what a target asks for, so that it counts once. */
static bool
asked_for_twice(const struct lint *l, const struct target *u)
{
    for (int64_t i = 0; i < l->plan->statements.n; i++) {
        const struct statement *t = lint_statement(l, i);
        if (wants(t) && statement_of_target(t, u) && standing(l, t) != NULL)
            return true;
    }
    return false;
}

/* "title 95.96 % (90 %)" to the list of aims that are met. */
static void
add_aim(struct phrase *list, struct phrase_word title, double is, double wanted,
    const char *unit)
{
    static const struct phrase_word none = {"", ""};
    struct phrase p = {.arena = list->arena};

    phrase_amount(&p, is, unit, PHRASE_SHORTEST);
    phrase_amount(&p, wanted, unit, PHRASE_SHORTEST);
    if (list->n == 0)
        phrase_text(list, title.en, title.zh);
    else
        phrase_join(list, (struct phrase_word){"; ", "；"}, title.en, title.zh);
    phrase_join(list, (struct phrase_word){" ", ""}, p.word[0].en, p.word[0].zh);
    phrase_join(list, (struct phrase_word){" (", "（"}, p.word[1].en, p.word[1].zh);
    phrase_join(list, none, ")", "）");
}

/* Aims that are met on signing: how many, how many of them by the plan's own word, and
 * where the first stands. */
struct aims {
    int n, stated;
    struct lint_about first;
    struct phrase list;
};

static void
count_aim(struct aims *aims, struct lint_about about, bool stated)
{
    if (aims->n == 0 || (stated && aims->stated == 0))
        aims->first = about;
    aims->n++;
    aims->stated += stated;
}

static void
take_statements(struct lint *l, struct aims *aims)
{
    for (int64_t i = 0; i < l->plan->statements.n; i++) {
        const struct statement *t = lint_statement(l, i);
        const struct statement *is = wants(t) ? standing(l, t) : NULL;
        if (is == NULL || !meets(is->value, t->value, t->says == STATEMENT_AT_LEAST))
            continue;
        count_aim(aims, lint_about_statement(l, i), true);
        add_aim(&aims->list, lint_about_statement(l, i).title, is->value, t->value,
            statement_unit(t));
    }
}

static void
take_targets(struct lint *l, struct aims *aims)
{
    for (int64_t i = 0; i < l->plan->targets.n; i++) {
        const struct target *u = lint_target(l, i);
        const struct statement *is =
            u->area == PLAN_PREFECTURE ? standing_of_target(l, u) : NULL;
        double now = is != NULL ? is->value : lint_now(l, u);
        bool level = is != NULL || u->over == PLAN_POINT;
        if (target_changes(u) || !level || asked_for_twice(l, u) ||
            !meets(now, u->value, u->bound == PLAN_AT_LEAST))
            continue;
        now = is != NULL ? now : floor(now * 100.0 + 0.5) / 100.0;
        count_aim(aims, lint_about_target(l, i), is != NULL);
        add_aim(&aims->list, lint_about_target(l, i).title, now, u->value,
            indicator_find(u->indicator)->unit);
    }
}

void
lint_stated_signed(struct lint *l)
{
    struct aims aims = {.list = lint_words(l)};
    struct phrase words = lint_words(l);

    take_statements(l, &aims);
    take_targets(l, &aims);
    if (aims.n < 2 && aims.stated == 0) /* a single target is said elsewhere */
        return;
    phrase_number(&words, aims.n, 0);
    phrase_text(&words, aims.list.word[0].en, aims.list.word[0].zh);
    aims.first.title = (struct phrase_word){"the plan's own numbers", "方案自身数字"};
    lint_say(l, aims.n == 1, aims.first, &words);
}

static bool
same_name(const char *a, const char *b)
{
    return given(a) && given(b) && strcmp(a, b) == 0;
}

/* Whether two statements are of one thing at one time, and neither is a part of the
 * other or both of a third. */
static bool
same_thing(const struct statement *a, const struct statement *b)
{
    bool same_year = a->year == b->year || a->year == 0 || b->year == 0;

    return a->says == b->says && same_year && statement_same(a, b) &&
           !same_name(a->total, b->name) && !same_name(b->total, a->name) &&
           !same_name(a->total, b->total);
}

/* The unit by itself, or the number in it. */
static void
add_value(struct phrase *words, const struct statement *t, bool unit)
{
    if (unit)
        phrase_text(words, statement_unit(t), statement_unit(t));
    else
        phrase_amount(words, t->value, statement_unit(t), PHRASE_SHORTEST);
}

static void
say_twice(struct lint *l, int64_t i, int64_t k, bool units)
{
    struct lint_about other = lint_about_statement(l, k);
    struct phrase words = lint_words(l);

    add_value(&words, lint_statement(l, i), units);
    add_value(&words, lint_statement(l, k), units);
    phrase_number(&words, other.place.line, 0);
    phrase_text(&words, other.title.en, other.title.zh);
    lint_say(l, units, lint_about_statement(l, i), &words);
}

void
lint_stated_twice(struct lint *l)
{
    int64_t n = l->plan->statements.n;

    for (int64_t i = 0; i < n; i++)
        for (int64_t k = i + 1; k < n; k++) {
            const struct statement *a = lint_statement(l, i);
            const struct statement *b = lint_statement(l, k);
            if (!same_thing(a, b))
                continue;
            if (fabs(a->value - b->value) > statement_slack(a) + statement_slack(b))
                say_twice(l, i, k, false);
            else if (strcmp(statement_unit(a), statement_unit(b)) != 0)
                say_twice(l, i, k, true);
        }
}

void
lint_stated_total(struct lint *l)
{
    for (int64_t i = 0; i < l->plan->statements.n; i++) {
        const struct statement *t = lint_statement(l, i);
        struct phrase words = lint_words(l);
        double sum = 0.0, slack = statement_slack(t);
        for (int64_t k = 0; k < l->plan->statements.n; k++) {
            const struct statement *u = lint_statement(l, k);
            if (!same_name(u->total, t->name))
                continue;
            const char *text = phrase_digits(&l->arena, u->value, PHRASE_SHORTEST);
            if (words.n == 0)
                phrase_text(&words, text, text);
            else
                phrase_join(&words, (struct phrase_word){" + ", " + "}, text, text);
            sum += u->value;
            slack += statement_slack(u) < 1.0 ? 0.0 : statement_slack(u);
        }
        if (words.n == 0 || fabs(sum - t->value) <= slack + TOLERANCE * fabs(sum))
            continue;
        phrase_number(&words, sum, PHRASE_SHORTEST);
        phrase_amount(&words, t->value, statement_unit(t), PHRASE_SHORTEST);
        lint_say(l, 0, lint_about_statement(l, i), &words);
    }
}
