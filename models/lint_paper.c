#include "models/lint_paper.h"

#include "models/forecast.h"
#include "models/gain.h"
#include "models/models.h"
#include "models/target.h"
#include "models/workforce.h"
#include "sim/date.h"
#include "sim/num.h"

#include <math.h>
#include <string.h>

/* Years from the start to the end of a day. */
static double
years_to(const struct lint *l, int32_t day)
{
    return (double)(day + 1 - l->setup->first_day) * MINUTES_A_DAY / MINUTES_A_YEAR;
}

/* Growth a year, %, from one number to another. */
static double
growth(double from, double to, double years)
{
    return 100.0 * (num_exp(num_log(to / from) / years) - 1.0);
}

/* Whether a target asks for a level on a day, of the prefecture, from below. */
static bool
asks_for_level(const struct target *t)
{
    return t->bound == PLAN_AT_LEAST && t->area == PLAN_PREFECTURE &&
           t->over == PLAN_POINT && t->month_from == 0;
}

/* What a target per elder takes, in one way of counting what is added. */
struct reading {
    double added, elders, growth; /* elders at most; % a year at most */
};

static struct reading
read_as(const struct lint *l, const struct target *t, double stock, double added)
{
    double elders = (stock + added) * indicator_find(t->indicator)->scale / t->value;

    return (struct reading){.added = added,
        .elders = elders,
        .growth = growth(lint_stock(l, "elders", -1), elders, years_to(l, t->by))};
}

/* What the plan prints as the sum to be added by then; NAN when it prints none. The
 * parts of a sum do not count, nor what is of one kind of service only. */
static double
stated_sum(const struct lint *l, const struct target *t)
{
    const char *top = indicator_find(t->indicator)->numerator;
    int item = target_item(l->setup, t);

    for (int64_t i = 0; i < l->plan->statements.n; i++) {
        const struct statement *s = lint_statement(l, i);
        const char *result = statement_counts(s);
        bool is_part = s->total != NULL && s->total[0] != '\0';
        if (s->says != STATEMENT_ADDS || result == NULL || is_part ||
            (s->year != 0 && (int)s->year > date_of(t->by).year) ||
            lint_item(l, result, s->item) != item)
            continue;
        /* new beds are added to beds, new places to places */
        bool new_ones = strncmp(result, "new_", 4) == 0 && strcmp(result + 4, top) == 0;
        if (new_ones || strcmp(result, top) == 0)
            return s->value;
    }
    return NAN;
}

/* "670,600 elders, 3.4 % a year" of a reading that is not the tightest. */
static void
add_reading(struct phrase *words, const struct reading *r)
{
    phrase_number(words, r->added, PHRASE_ROUNDED);
    phrase_number(words, floor(r->elders), PHRASE_ROUNDED);
    phrase_number(words, r->growth, 1);
}

/* Ways of counting: all projects and levers, or what the plan prints as the sum. */
enum { ONE_WAY, PAPER_TOO, PRINTED_TOO };

static void
say_elders(struct lint *l, int64_t i, int which, const struct reading *tight,
    const struct reading *other)
{
    const struct target *t = lint_target(l, i);
    const struct indicator *indicator = indicator_find(t->indicator);
    double stock = lint_stock(l, indicator->numerator, target_item(l->setup, t));
    double now = lint_stock(l, "elders", -1), then = forecast_elders(l->setup, t->by);
    struct phrase words = lint_words(l);

    phrase_number(&words, tight->growth, 1);
    lint_sum(&words, stock, tight->added);
    phrase_number(&words, stock + tight->added, PHRASE_ROUNDED);
    phrase_amount(&words, t->value, indicator->unit, PHRASE_SHORTEST);
    phrase_number(&words, floor(tight->elders), PHRASE_ROUNDED);
    phrase_number(&words, now, PHRASE_ROUNDED);
    phrase_number(&words, floor(then / 100.0 + 0.5) * 100.0, PHRASE_ROUNDED);
    phrase_day(&words, t->by);
    phrase_number(&words, growth(now, then, years_to(l, t->by)), 1);
    if (which != ONE_WAY)
        add_reading(&words, other);
    lint_say(l, which, lint_about_target(l, i), &words);
}

void
lint_paper_elders(struct lint *l)
{
    for (int64_t i = 0; i < l->plan->targets.n; i++) {
        const struct target *t = lint_target(l, i);
        const struct indicator *indicator = indicator_find(t->indicator);
        int item = target_item(l->setup, t);
        if (!asks_for_level(t) || indicator->denominator == NULL ||
            strcmp(indicator->denominator, "elders") != 0 || !(t->value > 0.0) ||
            !gain_knows(indicator->numerator) ||
            !agenda_touches(&l->agenda, indicator->numerator, item))
            continue;
        double then = forecast_elders(l->setup, t->by);
        double stock = lint_stock(l, indicator->numerator, item);
        double all = agenda_added(
            &l->agenda, indicator->numerator, item, l->setup->first_day - 1, t->by);
        double stated = stated_sum(l, t);
        if (isnan(stock + then) || isnan(all) || !(stock + all > 0.0))
            continue;
        struct reading paper = read_as(l, t, stock, all);
        struct reading plan = read_as(l, t, stock, isnan(stated) ? all : stated);
        bool one = fabs(all - plan.added) < 0.5;
        if (plan.elders < paper.elders && plan.elders < then)
            say_elders(l, i, one ? ONE_WAY : PAPER_TOO, &plan, &paper);
        else if (paper.elders < then)
            say_elders(l, i, one ? ONE_WAY : PRINTED_TOO, &paper, &plan);
    }
}

/* The kind of staff that a target counts; -1: none. */
static int
staff_of(const struct lint *l, const struct target *t)
{
    if (strcmp(t->indicator, "caregivers") == 0)
        return STAFF_CAREGIVER;
    return strcmp(t->indicator, "staff") == 0 ? target_item(l->setup, t) : -1;
}

/* Whether something is about people of a kind who are trained: trained or recruited by
 * kind, caregivers as such. */
static bool
about_training(const struct lint *l, const char *result, const char *item, int kind)
{
    if (strcmp(result, "caregivers") == 0)
        return kind == STAFF_CAREGIVER;
    bool counts = strcmp(result, "trained") == 0 || strcmp(result, "recruited") == 0 ||
                  strcmp(result, "staff") == 0;
    return counts && lint_item(l, result, item) == kind;
}

/* The most of a kind who are to be trained by a day, by the plan's word or a target; 0:
 * neither says. */
static double
stated_training(const struct lint *l, int kind, int32_t by)
{
    double most = 0.0;

    for (int64_t i = 0; i < l->plan->statements.n; i++) {
        const struct statement *s = lint_statement(l, i);
        const char *result = statement_counts(s);
        bool in_time = s->year == 0 || (int)s->year <= date_of(by).year;
        if (s->says == STATEMENT_ADDS && result != NULL && in_time &&
            about_training(l, result, s->item, kind))
            most = fmax(most, s->value);
    }
    for (int64_t i = 0; i < l->plan->targets.n; i++) {
        const struct target *t = lint_target(l, i);
        if (strcmp(t->indicator, "trained") == 0 && t->bound == PLAN_AT_LEAST &&
            t->over == PLAN_RUN && t->by <= by && target_item(l->setup, t) == kind)
            most = fmax(most, t->value);
    }
    return most;
}

/* Who are to be trained by a day: what the plan says, unless recruits and levers are
 * more. Recruits a year are rounded, so that a hundredth more is the same. */
static double
trained_by(const struct lint *l, int kind, int32_t by)
{
    double stated = stated_training(l, kind, by);
    double paper =
        agenda_added(&l->agenda, "recruited", kind, l->setup->first_day - 1, by);

    return paper > 1.01 * stated ? paper : stated;
}

/* Staff after some years who come evenly and leave at a rate: S' = inflow - q S. */
static double
staff_after(double stock, double inflow, double years, double q)
{
    double stay = num_exp(-q * years);

    return q * years < 1e-9 ? stock + inflow
                            : stock * stay + inflow / years * (1.0 - stay) / q;
}

/* The highest rate of leaving, 1/yr, with which `wanted` are there in the end; 0: none.
 */
static double
rate_that_holds(double stock, double inflow, double years, double wanted)
{
    double lo = 0.0, hi = 100.0;

    if (stock + inflow <= wanted)
        return 0.0;
    for (int k = 0; k < 60; k++) {
        double mid = 0.5 * (lo + hi);
        if (staff_after(stock, inflow, years, mid) >= wanted)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

static void
check_staff(struct lint *l, int64_t i, int kind)
{
    enum { EXACT, SHORT, FEW };
    const struct target *t = lint_target(l, i);
    const struct workforce_par *par = l->setup->par[MODELS_WORKFORCE];
    double stock = lint_stock(l, "staff", kind), inflow = trained_by(l, kind, t->by);
    double years = years_to(l, t->by), net = par->quits[kind] * (1.0 - par->replaced);
    double holds = rate_that_holds(stock, inflow, years, t->value);
    int which = holds > 0.0                               ? FEW
                : stock + inflow >= floor(t->value) - 0.5 ? EXACT
                                                          : SHORT;
    struct phrase words = lint_words(l);

    if (isnan(stock) || !(inflow > 0.0) || stock >= t->value || holds >= net)
        return;
    lint_sum(&words, stock, floor(inflow + 0.5));
    phrase_number(&words, stock + floor(inflow + 0.5), PHRASE_ROUNDED);
    phrase_number(&words, t->value, PHRASE_ROUNDED);
    phrase_day(&words, t->by);
    phrase_number(&words, 100.0 * par->quits[kind], PHRASE_ROUNDED);
    phrase_number(&words, 100.0 * par->replaced, PHRASE_ROUNDED);
    phrase_number(&words, 100.0 * par->drop_out[kind], PHRASE_ROUNDED);
    phrase_number(&words, 100.0 * holds, 1);
    phrase_number(&words, 100.0 * net, 1);
    lint_say(l, which, lint_about_target(l, i), &words);
}

void
lint_paper_staff(struct lint *l)
{
    for (int64_t i = 0; i < l->plan->targets.n; i++) {
        const struct target *t = lint_target(l, i);
        int kind = asks_for_level(t) ? staff_of(l, t) : -1;
        if (kind >= 0)
            check_staff(l, i, kind);
    }
}

/* The end of the day after which a flow counts, or the start for a state. */
static int32_t
counts_after(const struct lint *l, const struct target *t)
{
    if (t->over == PLAN_YEAR)
        return date_day(date_of(t->by).year, 1, 1) - 1;
    return (t->since != 0 ? t->since : l->setup->first_day) - 1;
}

/* Numerator or denominator when a target is due: what stands, what is added. */
struct sum {
    double stock, added;
};

static struct sum
sum_of(const struct lint *l, const struct target *t, const char *result)
{
    struct result_row row = result_find(l->setup, result);
    bool flow = row.field->method == FIELD_SUM;
    int item = target_item(l->setup, t);

    return (struct sum){.stock = flow ? 0.0 : lint_stock(l, result, item),
        .added = gain_knows(result)
                     ? agenda_added(&l->agenda, result, item, counts_after(l, t), t->by)
                     : 0.0};
}

static void
say_short_count(struct lint *l, int64_t i, struct sum top)
{
    const struct target *t = lint_target(l, i);
    double all = top.stock + top.added;
    struct phrase words = lint_words(l);

    if (all >= t->value - 0.5)
        return;
    lint_sum(&words, top.stock, top.added);
    phrase_number(&words, all, PHRASE_ROUNDED);
    lint_wanted(&words, t);
    phrase_day(&words, t->by);
    phrase_number(&words, ceil(t->value - all), PHRASE_ROUNDED);
    lint_say(l, 0, lint_about_target(l, i), &words);
}

/* How a share falls short: its whole stands; or of what is added a larger part would
 * have to count, which may be more than all. */
enum { COUNT, FIXED, MIX, ALL_NEW };

static void
say_short_share(struct lint *l, int64_t i, struct sum top, struct sum bottom)
{
    const struct target *t = lint_target(l, i);
    const struct indicator *indicator = indicator_find(t->indicator);
    double scale = indicator->scale, of = bottom.stock + bottom.added;
    double share = scale * (top.stock + top.added) / of;
    double wanted = t->value * of / scale, mix = (wanted - top.stock) / bottom.added;
    int which = !(bottom.added > 0.0) ? FIXED : mix <= 1.0 ? MIX : ALL_NEW;
    struct phrase words = lint_words(l);

    if (share >= t->value - 1e-9)
        return;
    lint_sum(&words, top.stock, top.added);
    phrase_number(&words, top.stock + top.added, PHRASE_ROUNDED);
    if (which != FIXED)
        lint_sum(&words, bottom.stock, bottom.added);
    phrase_number(&words, of, PHRASE_ROUNDED);
    phrase_amount(&words, share, indicator->unit, PHRASE_ROUNDED);
    lint_wanted(&words, t);
    phrase_day(&words, t->by);
    phrase_number(&words, ceil(wanted - top.stock - top.added), PHRASE_ROUNDED);
    if (which == MIX) {
        phrase_amount(&words, scale * mix, indicator->unit, PHRASE_ROUNDED);
        phrase_amount(
            &words, scale * top.added / bottom.added, indicator->unit, PHRASE_ROUNDED);
    }
    lint_say(l, which, lint_about_target(l, i), &words);
}

/* Whether the rule is for a target: something is added to what it counts, and no other
 * rule speaks of it. */
static bool
may_be_short(const struct lint *l, const struct target *t)
{
    const struct indicator *indicator = indicator_find(t->indicator);
    const char *bottom = indicator->denominator;
    int item = target_item(l->setup, t);

    return t->bound == PLAN_AT_LEAST && t->area == PLAN_PREFECTURE &&
           t->month_from == 0 && t->over != PLAN_WORST_YEAR &&
           gain_knows(indicator->numerator) && !gain_of_staff(indicator->numerator) &&
           (bottom == NULL || gain_knows(bottom) || strcmp(bottom, "units") == 0) &&
           agenda_touches(&l->agenda, indicator->numerator, item);
}

void
lint_paper_short(struct lint *l)
{
    for (int64_t i = 0; i < l->plan->targets.n; i++) {
        const struct target *t = lint_target(l, i);
        const struct indicator *indicator = indicator_find(t->indicator);
        if (!may_be_short(l, t))
            continue;
        struct sum top = sum_of(l, t, indicator->numerator);
        if (isnan(top.stock + top.added))
            continue;
        if (indicator->denominator == NULL) {
            say_short_count(l, i, top);
            continue;
        }
        struct sum bottom = sum_of(l, t, indicator->denominator);
        if (bottom.stock + bottom.added > 0.0)
            say_short_share(l, i, top, bottom);
    }
}
