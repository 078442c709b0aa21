#include "models/lint_targets.h"

#include "models/facility.h"
#include "models/forecast.h"
#include "models/gain.h"
#include "models/models.h"
#include "models/target.h"

#include <math.h>
#include <string.h>

enum { NAMED = 3 }; /* projects that are named, of those that are late */

/* Whether a target is a level on a day, which the start can meet. */
static bool
is_level(const struct target *t)
{
    return t->over == PLAN_POINT && t->month_from == 0 && !target_changes(t);
}

/* "(11,669 of 567,828)" behind the value of the prefecture. */
static void
add_parts(const struct lint *l, struct phrase *words, const struct target *t)
{
    const struct indicator *indicator = indicator_find(t->indicator);
    int item = target_item(l->setup, t);

    if (indicator->denominator == NULL || t->area != PLAN_PREFECTURE)
        return;
    const char *top = phrase_digits(
        words->arena, lint_stock(l, indicator->numerator, item), PHRASE_ROUNDED);
    const char *bottom = phrase_digits(
        words->arena, lint_stock(l, indicator->denominator, item), PHRASE_ROUNDED);
    phrase_join(words, (struct phrase_word){" (", "（"}, top, bottom);
    phrase_join(words, (struct phrase_word){" of ", "中的"}, bottom, top);
    phrase_join(words, (struct phrase_word){"", ""}, ")", "）");
}

void
lint_targets_met(struct lint *l)
{
    for (int64_t i = 0; i < l->plan->targets.n; i++) {
        const struct target *t = lint_target(l, i);
        double now = lint_now(l, t);
        if (!is_level(t) || !target_holds(t, now))
            continue;
        struct phrase words = lint_words(l);
        phrase_amount(&words, now, indicator_find(t->indicator)->unit, PHRASE_ROUNDED);
        add_parts(l, &words, t);
        lint_wanted(&words, t);
        phrase_day(&words, t->by);
        lint_say(l, 0, lint_about_target(l, i), &words);
    }
}

void
lint_targets_unmoved(struct lint *l)
{
    for (int64_t i = 0; i < l->plan->targets.n; i++) {
        const struct target *t = lint_target(l, i);
        const char *top = indicator_find(t->indicator)->numerator;
        int item = target_item(l->setup, t);
        double now = lint_now(l, t);
        if (l->start == NULL || !gain_knows(top) ||
            agenda_touches(&l->agenda, top, item) || t->bound == PLAN_AT_MOST ||
            t->bound == PLAN_FALLS || target_holds(t, now))
            continue;
        struct phrase words = lint_words(l);
        lint_measured(l, &words, top, t->item);
        phrase_amount(&words, isnan(now) ? 0.0 : now,
            indicator_find(t->indicator)->unit, PHRASE_ROUNDED);
        lint_wanted(&words, t);
        phrase_day(&words, t->by);
        lint_say(l, 0, lint_about_target(l, i), &words);
    }
}

static bool
same_text(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* Whether two targets look at the same number. */
static bool
same_number(const struct target *a, const struct target *b)
{
    return strcmp(a->indicator, b->indicator) == 0 && same_text(a->item, b->item) &&
           a->area == b->area && a->over == b->over && a->by == b->by &&
           a->since == b->since && a->month_from == b->month_from &&
           a->month_to == b->month_to;
}

/* Whether one has to be above what the other has to be below. */
static bool
excludes(const struct lint *l, const struct target *a, const struct target *b)
{
    double now = lint_now(l, a);

    if (a->bound == PLAN_AT_LEAST && b->bound == PLAN_AT_MOST)
        return a->value > b->value;
    if (a->bound == PLAN_RISES && b->bound == PLAN_FALLS)
        return true;
    if (a->since != 0 || a->over != PLAN_POINT) /* not against the start */
        return false;
    if (a->bound == PLAN_RISES && b->bound == PLAN_AT_MOST)
        return now + target_bound(a) > b->value;
    if (a->bound == PLAN_AT_LEAST && b->bound == PLAN_FALLS)
        return a->value > now - target_bound(b);
    return false;
}

static void
say_clash(struct lint *l, int64_t i, int64_t k)
{
    const struct target *t = lint_target(l, i), *u = lint_target(l, k);
    struct phrase words = lint_words(l);

    lint_wanted(&words, t);
    phrase_text(&words, u->name, u->name);
    phrase_number(&words, lint_about_target(l, k).place.line, 0);
    lint_wanted(&words, u);
    phrase_day(&words, t->by);
    lint_say(l, 0, lint_about_target(l, i), &words);
}

/*
 * Beds wanted per elder, and the share of them that are to be nursing beds: with what
 * stands and nobody converting, the nursing beds that are missing must not be more than
 * the beds that are new.
 */
static void
check_nursing(struct lint *l, int64_t i, int64_t k)
{
    const struct target *beds = lint_target(l, i), *share = lint_target(l, k);
    double elders = forecast_elders(l->setup, beds->by);
    double stock = lint_stock(l, "beds", -1),
           homes = lint_stock(l, "institution_beds", -1);
    double nursing = lint_stock(l, "nursing_beds", -1);
    double needed = ceil(beds->value * elders / 1000.0), added = needed - stock;
    double wanted = ceil(share->value / 100.0 * (homes + added));
    struct phrase words = lint_words(l);

    for (int e = 0; e < l->agenda.n; e++) /* conversions may do it */
        if (strcmp(l->agenda.entry[e].kind, "convert") == 0)
            return;
    if (!(added > 0.0) || !(wanted - nursing > added))
        return;
    phrase_number(&words, elders, PHRASE_ROUNDED);
    phrase_number(&words, needed, PHRASE_ROUNDED);
    phrase_number(&words, added, PHRASE_ROUNDED);
    phrase_text(&words, share->name, share->name);
    phrase_number(&words, wanted, PHRASE_ROUNDED);
    phrase_number(&words, nursing, PHRASE_ROUNDED);
    phrase_number(&words, wanted - nursing, PHRASE_ROUNDED);
    lint_say(l, 1, lint_about_target(l, i), &words);
}

static bool
asks(const struct target *t, const char *indicator)
{
    return strcmp(t->indicator, indicator) == 0 && t->bound == PLAN_AT_LEAST &&
           t->area == PLAN_PREFECTURE && t->over == PLAN_POINT && t->month_from == 0;
}

void
lint_targets_clash(struct lint *l)
{
    for (int64_t i = 0; i < l->plan->targets.n; i++)
        for (int64_t k = 0; k < l->plan->targets.n; k++) {
            const struct target *a = lint_target(l, i), *b = lint_target(l, k);
            if (same_number(a, b) && excludes(l, a, b))
                say_clash(l, i, k);
            if (asks(a, "beds_per_1000_elders") && asks(b, "nursing_share") &&
                a->by == b->by)
                check_nursing(l, i, k);
        }
}

/* The last due date of the targets that an entry serves, and which target it is; -1:
 * it serves none. */
static int64_t
last_served(const struct lint *l, const struct agenda_entry *e)
{
    int64_t last = -1;

    for (int64_t i = 0; i < l->plan->targets.n; i++) {
        const struct target *t = lint_target(l, i);
        const char *top = indicator_find(t->indicator)->numerator;
        double x = gain_of(l->setup, e, top, target_item(l->setup, t));
        bool serves = isnan(x) || x > 0.0 || x < 0.0;
        if (serves && (last < 0 || t->by > lint_target(l, last)->by))
            last = i;
    }
    return last;
}

/* The day on which an entry begins to bring something, on average. */
static int32_t
comes(const struct lint *l, const struct agenda_entry *e)
{
    const struct facility_par *par = l->setup->par[MODELS_FACILITY];

    return e->from + (e->project ? (int32_t)par->delay : 0);
}

static struct lint_about
about_entry(const struct agenda_entry *e)
{
    return (struct lint_about){
        e->name, lint_title(e->name, e->title, e->title_zh), e->place};
}

static void
say_late_lever(struct lint *l, const struct agenda_entry *e, int64_t target)
{
    const struct target *t = lint_target(l, target);
    struct phrase words = lint_words(l);

    phrase_day(&words, e->from);
    phrase_text(&words, t->name, t->name);
    phrase_day(&words, t->by);
    lint_say(l, 0, about_entry(e), &words);
}

/* Projects that come too late, in one finding at the first of them. */
struct late {
    int n;
    double places;
    const struct agenda_entry *first;
    int64_t target; /* the last of all due */
    struct phrase names;
};

static void
add_late(
    struct lint *l, struct late *late, const struct agenda_entry *e, int64_t target)
{
    if (late->n == 0) {
        late->first = e;
        late->target = target;
        late->names = lint_words(l);
        phrase_text(&late->names, e->name, e->name);
    } else if (late->n < NAMED) {
        phrase_join(&late->names, (struct phrase_word){", ", "、"}, e->name, e->name);
    } else if (late->n == NAMED) {
        phrase_join(&late->names, (struct phrase_word){", ", "、"}, "...", "……");
    }
    if (lint_target(l, target)->by > lint_target(l, late->target)->by)
        late->target = target;
    late->n++;
    for (int b = 0; b < BEDS; b++)
        late->places += e->place_of[b];
}

void
lint_targets_late(struct lint *l)
{
    const struct facility_par *par = l->setup->par[MODELS_FACILITY];
    struct late late = {.n = 0};

    for (int i = 0; i < l->agenda.n; i++) {
        const struct agenda_entry *e = &l->agenda.entry[i];
        int64_t target = last_served(l, e);
        if (target < 0 || comes(l, e) <= lint_target(l, target)->by)
            continue;
        if (e->project)
            add_late(l, &late, e, target);
        else
            say_late_lever(l, e, target);
    }
    if (late.n == 0)
        return;
    const struct target *t = lint_target(l, late.target);
    struct phrase words = lint_words(l);
    phrase_number(&words, late.n, 0);
    phrase_number(&words, late.places, 0);
    phrase_day(&words, t->by);
    phrase_text(&words, t->name, t->name);
    phrase_number(&words, par->delay, PHRASE_ROUNDED);
    phrase_text(&words, late.names.word[0].en, late.names.word[0].zh);
    struct lint_about about = about_entry(late.first);
    about.title = (struct phrase_word){"projects", "建设项目"};
    lint_say(l, 1, about, &words);
}
