#include "models/lint.h"

#include "models/models.h"
#include "models/target.h"
#include "sim/record.h"

#include <math.h>
#include <string.h>

void
lint_init(struct lint *self, const struct setup *s, const struct result *start)
{
    *self = (struct lint){.setup = s, .plan = s->par[MODELS_PLAN], .start = start};
    agenda_init(&self->agenda, s, &self->arena);
    for (self->rule = lint_rules; self->rule->name != NULL; self->rule++)
        self->rule->check(self);
}

void
lint_free(struct lint *self)
{
    mem_free(self->finding);
    mem_arena_free(&self->arena);
    *self = (struct lint){.setup = NULL};
}

bool
lint_wants_start(const struct setup *s)
{
    const struct plan_par *plan = s->par[MODELS_PLAN];

    return plan->targets.n > 0 || plan->statements.n > 0;
}

const struct target *
lint_target(const struct lint *self, int64_t i)
{
    return (const struct target *)self->plan->targets.row + i;
}

const struct statement *
lint_statement(const struct lint *self, int64_t i)
{
    return (const struct statement *)self->plan->statements.row + i;
}

static bool
given(const char *text)
{
    return text != NULL && text[0] != '\0';
}

struct phrase_word
lint_title(const char *name, const char *en, const char *zh)
{
    en = given(en) ? en : name;
    return (struct phrase_word){en, given(zh) ? zh : en};
}

struct lint_about
lint_about_target(const struct lint *self, int64_t i)
{
    const struct target *t = lint_target(self, i);

    return (struct lint_about){t->name, lint_title(t->name, t->title, t->title_zh),
        record_place(&self->plan->targets, i)};
}

struct lint_about
lint_about_statement(const struct lint *self, int64_t i)
{
    const struct statement *t = lint_statement(self, i);

    return (struct lint_about){t->name, lint_title(t->name, t->title, t->title_zh),
        record_place(&self->plan->statements, i)};
}

int
lint_item(const struct lint *self, const char *result, const char *item)
{
    struct result_row row = result_find(self->setup, result);
    const struct axis *items = row.model >= 0 ? result_items(row) : NULL;

    for (int i = 0; items != NULL && given(item) && i < items->n; i++)
        if (strcmp(items->label[i], item) == 0)
            return i;
    return -1;
}

double
lint_stock(const struct lint *self, const char *result, int item)
{
    struct result_row row = result_find(self->setup, result);
    double sum = 0.0;

    if (self->start == NULL || row.model < 0 || row.field->method != FIELD_POINT)
        return NAN;
    for (int i = 0; i < self->setup->n_regions; i++)
        sum += result_sum(
            self->setup, row, result_at(self->start, row.model, 0, 0, i), item);
    return sum;
}

double
lint_now(const struct lint *self, const struct target *t)
{
    const struct indicator *indicator = indicator_find(t->indicator);
    int item = target_item(self->setup, t);
    double worst = NAN;

    if (self->start == NULL || measure_sums(indicator, self->setup))
        return NAN;
    if (t->area == PLAN_PREFECTURE)
        return indicator_value(indicator, self->start, 0, 0, -1, item);
    for (int i = 0; i < self->setup->n_regions; i++)
        worst = target_worse(
            t, worst, indicator_value(indicator, self->start, 0, 0, i, item));
    return worst;
}

struct phrase
lint_words(struct lint *self)
{
    return (struct phrase){.arena = &self->arena};
}

/* "title: sentence" */
static const char *
with_title(struct arena *arena, const char *title, const char *colon, const char *text)
{
    size_t size = strlen(title) + strlen(colon) + strlen(text) + 1;
    char *whole = mem_arena(arena, size, 1);

    snprintf(whole, size, "%s%s%s", title, colon, text);
    return whole;
}

void
lint_say(
    struct lint *self, int which, struct lint_about about, const struct phrase *words)
{
    const struct phrase_word *sentence = &self->rule->phrase[which];

    if (self->n == self->room) {
        self->room = self->room ? 2 * self->room : 16;
        self->finding =
            mem_grow(self->finding, (size_t)self->room, sizeof *self->finding);
    }
    self->finding[self->n++] = (struct lint_finding){.rule = self->rule,
        .about = about,
        .text = with_title(&self->arena, about.title.en, ": ",
            phrase_fill(words, sentence->en, false)),
        .text_zh = with_title(&self->arena, about.title.zh, "：",
            phrase_fill(words, sentence->zh, true))};
}

void
lint_wanted(struct phrase *words, const struct target *t)
{
    static const struct phrase_word bound[PLAN_BOUNDS] = {
        [PLAN_AT_LEAST] = {"at least ", "不低于"},
        [PLAN_AT_MOST] = {"at most ", "不高于"},
        [PLAN_RISES] = {"a rise of ", "上升"},
        [PLAN_FALLS] = {"a fall of ", "下降"}};
    static const struct phrase_word any[PLAN_BOUNDS] = {
        [PLAN_RISES] = {"a rise", "上升"}, [PLAN_FALLS] = {"a fall", "下降"}};
    struct phrase amount = {.arena = words->arena};

    if (isnan(t->value)) {
        phrase_text(words, any[t->bound].en, any[t->bound].zh);
        return;
    }
    phrase_amount(
        &amount, t->value, indicator_find(t->indicator)->unit, PHRASE_SHORTEST);
    phrase_text(words, bound[t->bound].en, bound[t->bound].zh);
    phrase_join(
        words, (struct phrase_word){"", ""}, amount.word[0].en, amount.word[0].zh);
}

void
lint_measured(
    const struct lint *self, struct phrase *words, const char *result, const char *item)
{
    struct result_row row = result_find(self->setup, result);
    int i = lint_item(self, result, item);
    bool known = row.model >= 0;

    phrase_text(words, known ? row.field->doc : result,
        known && row.field->zh != NULL ? row.field->zh : result);
    if (i < 0)
        return;
    const struct axis *items = result_items(row);
    const char *zh = items->label_zh != NULL ? items->label_zh[i] : items->label[i];
    phrase_join(words, (struct phrase_word){" (", "（"}, items->label[i], zh);
    phrase_join(words, (struct phrase_word){"", ""}, ")", "）");
}

void
lint_sum(struct phrase *words, double a, double b)
{
    const char *second = phrase_digits(words->arena, fabs(b), PHRASE_ROUNDED);
    const char *sign = b < 0.0 ? " - " : " + ";

    phrase_number(words, a, PHRASE_ROUNDED);
    phrase_join(words, (struct phrase_word){sign, sign}, second, second);
}
