#include "models/lint_against.h"

#include "models/gain.h"
#include "sim/column.h"
#include "sim/date.h"

#include <math.h>
#include <string.h>

enum { KINDS_MOST = 12 }; /* of projects, among which some are left out */

static bool
given(const char *text)
{
    return text != NULL && text[0] != '\0';
}

static double
scale_of(const struct statement *t)
{
    const char *unit = statement_unit(t);

    return strcmp(unit, "%") == 0 ? 100.0 : strcmp(unit, "1/1000") == 0 ? 1000.0 : 1.0;
}

/* A share with its part and its whole: what they are, and how far off. */
struct whole {
    double part, of, part_slack, of_slack;
    struct phrase_word title; /* of the whole */
};

static bool
read_whole(const struct lint *l, const struct statement *t, struct whole *w)
{
    const struct rows *rows = &l->plan->statements;
    const struct statement *part =
        given(t->part) ? statement_find(rows, t->part) : NULL;
    const struct statement *of = given(t->of) ? statement_find(rows, t->of) : NULL;

    if (part == NULL)
        return false;
    w->part = part->value;
    w->part_slack = statement_slack(part);
    if (of != NULL) {
        w->of = of->value;
        w->of_slack = statement_slack(of);
        w->title = lint_title(of->name, of->title, of->title_zh);
        return true;
    }
    struct result_row row = result_find(l->setup, t->of);
    w->of = lint_stock(l, t->of, lint_item(l, t->of, t->item));
    w->of_slack = 0.0;
    w->title = (struct phrase_word){row.field->doc, row.field->zh};
    return w->of > 0.0;
}

/* The numerator or denominator (k 0 or 1) of an indicator, if it is a number between
 * two at the start. */
static const struct field *
part_between(
    const struct lint *l, const struct indicator *i, int k, double lo, double hi)
{
    const char *name = k == 0 ? i->numerator : i->denominator;
    double x = name != NULL ? lint_stock(l, name, -1) : NAN;

    return x >= lo && x <= hi ? result_find(l->setup, name).field : NULL;
}

/* A result at the start that a number is, by its rounding: what the share is of in this
 * program, else among those that indicators are made of. */
static const struct field *
known_as(const struct lint *l, const struct statement *t, double lo, double hi)
{
    const struct indicator *own = given(t->what) ? indicator_find(t->what) : NULL;
    const struct field *f = own != NULL ? part_between(l, own, 1, lo, hi) : NULL;

    for (const struct indicator *i = indicator_list; i->name != NULL; i++)
        for (int k = 0; k < 2 && f == NULL; k++)
            f = part_between(l, i, k, lo, hi);
    return f;
}

void
lint_against_whole(struct lint *l)
{
    for (int64_t i = 0; i < l->plan->statements.n; i++) {
        const struct statement *t = lint_statement(l, i);
        struct whole w;
        if (!read_whole(l, t, &w) || !(t->value > 0.0))
            continue;
        double scale = scale_of(t), share = scale * w.part / w.of;
        double off = share * (w.part_slack / w.part + w.of_slack / w.of);
        if (fabs(share - t->value) <= statement_slack(t) + off)
            continue;
        struct phrase words = lint_words(l);
        double meant = scale * w.part / t->value;
        double slack = meant * statement_slack(t) / t->value;
        const struct field *known = known_as(l, t, meant - slack, meant + slack);
        phrase_amount(&words, t->value, statement_unit(t), PHRASE_SHORTEST);
        phrase_number(&words, w.part, PHRASE_ROUNDED);
        phrase_number(&words, meant, 0);
        phrase_number(&words, w.of, PHRASE_ROUNDED);
        phrase_text(&words, w.title.en, w.title.zh);
        phrase_amount(&words, share, statement_unit(t), PHRASE_ROUNDED);
        if (known != NULL)
            phrase_text(&words, known->doc, known->zh);
        lint_say(l, known != NULL, lint_about_statement(l, i), &words);
    }
}

/* What the scenario has for a statement of what stands; NAN: nothing to compare with.
 */
static double
scenario_has(const struct lint *l, const struct statement *t)
{
    const char *result = statement_counts(t);
    const struct indicator *indicator = given(t->what) ? indicator_find(t->what) : NULL;

    if (!given(t->what))
        return NAN;
    if (result == NULL)
        return column_parameter(l->setup, t->what);
    int item = lint_item(l, result, t->item);
    double top = lint_stock(l, result, item);
    if (indicator == NULL || isnan(top) ||
        top == 0.0) /* 0: it is not in the scenario */
        return top == 0.0 ? NAN : top;
    if (indicator->denominator == NULL)
        return indicator->scale * top;
    return indicator->scale * top / lint_stock(l, indicator->denominator, item);
}

static void
check_targets(struct lint *l, int64_t i)
{
    const struct statement *t = lint_statement(l, i);

    for (int64_t k = 0; k < l->plan->targets.n; k++) {
        const struct target *u = lint_target(l, k);
        int32_t bound = t->says == STATEMENT_AT_LEAST ? PLAN_AT_LEAST : PLAN_AT_MOST;
        bool same_year = t->year == 0 || date_of(u->by).year == (int)t->year;
        if (!statement_of_target(t, u) || u->bound != bound || !same_year ||
            u->area != PLAN_PREFECTURE || statement_near(t, u->value))
            continue;
        struct phrase words = lint_words(l);
        phrase_amount(&words, t->value, statement_unit(t), PHRASE_SHORTEST);
        phrase_text(&words, u->name, u->name);
        phrase_number(&words, lint_about_target(l, k).place.line, 0);
        phrase_amount(
            &words, u->value, indicator_find(u->indicator)->unit, PHRASE_SHORTEST);
        lint_say(l, 1, lint_about_statement(l, i), &words);
    }
}

/* What a statement is of, by the name of the scenario. */
static void
add_what(const struct lint *l, struct phrase *words, const struct statement *t)
{
    const struct indicator *indicator = indicator_find(t->what);
    struct result_row row = result_find(l->setup, t->what);
    const char *zh = indicator != NULL ? indicator->zh
                     : row.model >= 0  ? row.field->zh
                                       : t->what;

    phrase_text(words, t->what, zh);
}

void
lint_against_otherwise(struct lint *l)
{
    for (int64_t i = 0; i < l->plan->statements.n; i++) {
        const struct statement *t = lint_statement(l, i);
        if (t->says == STATEMENT_AT_LEAST || t->says == STATEMENT_AT_MOST)
            check_targets(l, i);
        if (t->says != STATEMENT_IS)
            continue;
        double has = scenario_has(l, t);
        if (isnan(has) || statement_near(t, has))
            continue;
        struct phrase words = lint_words(l);
        phrase_amount(&words, t->value, statement_unit(t), PHRASE_SHORTEST);
        phrase_amount(&words, has, statement_unit(t), PHRASE_ROUNDED);
        add_what(l, &words, t);
        lint_say(l, 0, lint_about_statement(l, i), &words);
    }
}

/* What projects and levers add to a result, by the service they belong to. */
struct shares {
    int n;
    int service[KINDS_MOST];
    double sum[KINDS_MOST];
};

static bool
read_shares(
    const struct lint *l, const char *result, int item, int32_t by, struct shares *to)
{
    *to = (struct shares){.n = 0};
    for (int i = 0; i < l->agenda.n; i++) {
        const struct agenda_entry *e = &l->agenda.entry[i];
        double x = gain_of(l->setup, e, result, item) *
                   agenda_part(e, l->setup->first_day - 1, by);
        int k = 0;
        if (isnan(x))
            return false;
        if (x == 0.0)
            continue;
        while (k < to->n && to->service[k] != e->service)
            k++;
        if (k == KINDS_MOST)
            return false;
        if (k == to->n)
            to->service[to->n++] = e->service;
        to->sum[k] += x;
    }
    return true;
}

/* The services without which the sum would be as stated, as bits; 0: none are. */
static unsigned
left_out(const struct statement *t, const struct shares *shares, double sum)
{
    for (unsigned set = 1; set + 1 < 1u << shares->n; set++) {
        double rest = sum;
        for (int k = 0; k < shares->n; k++)
            rest -= set & 1u << k ? shares->sum[k] : 0.0;
        if (statement_near(t, rest))
            return set;
    }
    return 0;
}

/* "community_centre 700, regional_centre 162" */
static void
add_left_out(const struct lint *l, struct phrase *words, const struct shares *shares,
    unsigned set)
{
    const struct service_row *row = service_of(l->setup)->row;
    bool first = true;

    for (int k = 0; k < shares->n; k++) {
        if (!(set & 1u << k))
            continue;
        const struct service_row *of = &row[shares->service[k]];
        struct phrase_word name = lint_title(of->name, NULL, of->title_zh);
        const char *sum = phrase_digits(words->arena, shares->sum[k], PHRASE_ROUNDED);
        if (first)
            phrase_text(words, name.en, name.zh);
        else
            phrase_join(words, (struct phrase_word){", ", "、"}, name.en, name.zh);
        phrase_join(words, (struct phrase_word){" ", " "}, sum, sum);
        first = false;
    }
}

void
lint_against_projects(struct lint *l)
{
    for (int64_t i = 0; i < l->plan->statements.n; i++) {
        const struct statement *t = lint_statement(l, i);
        const char *result = statement_counts(t);
        struct shares shares;
        if (t->says != STATEMENT_ADDS || result == NULL || !gain_knows(result) ||
            gain_of_staff(result))
            continue;
        int item = lint_item(l, result, t->item);
        int32_t by = t->year > 0 ? date_day((int)t->year, 12, 31) : l->setup->last_day;
        if (!read_shares(l, result, item, by, &shares) || shares.n == 0)
            continue;
        double sum = 0.0;
        for (int k = 0; k < shares.n; k++)
            sum += shares.sum[k];
        if (statement_near(t, sum))
            continue;
        unsigned set = left_out(t, &shares, sum);
        struct phrase words = lint_words(l);
        phrase_amount(&words, sum, statement_unit(t), PHRASE_ROUNDED);
        phrase_day(&words, by);
        phrase_amount(&words, t->value, statement_unit(t), PHRASE_SHORTEST);
        lint_measured(l, &words, result, t->item);
        if (set != 0)
            add_left_out(l, &words, &shares, set);
        lint_say(l, set != 0, lint_about_statement(l, i), &words);
    }
}
