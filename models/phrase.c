#include "models/phrase.h"

#include "sim/date.h"
#include "sim/err.h"
#include "sim/field.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER = 64, GROUP = 3 };

static void
add(struct phrase *self, const char *en, const char *zh)
{
    BUG_IF(self->n == PHRASE_WORDS);
    self->word[self->n++] = (struct phrase_word){en, zh};
}

/* `a`, `b` and `c` as one text. */
static char *
glue(struct arena *arena, const char *a, const char *b, const char *c)
{
    size_t size = strlen(a) + strlen(b) + strlen(c) + 1;
    char *text = mem_arena(arena, size, 1);

    snprintf(text, size, "%s%s%s", a, b, c);
    return text;
}

const char *
phrase_digits(struct arena *arena, double x, int decimals)
{
    char plain[NUMBER], marked[2 * NUMBER];
    size_t n = 0;

    if (decimals == PHRASE_ROUNDED) {
        decimals = fabs(x) < 1000.0 ? 2 : 0;
        x = decimals == 2 && fabs(x - floor(x + 0.5)) < 0.005 ? floor(x + 0.5) : x;
    }
    if (decimals != 0 && fabs(x) < 1e15 && x == floor(x))
        decimals = 0;
    if (decimals == PHRASE_SHORTEST)
        snprintf(plain, sizeof plain, "%s", field_number(x).text);
    else
        snprintf(plain, sizeof plain, "%.*f", decimals, x);
    size_t sign = plain[0] == '-', whole = strspn(plain + sign, "0123456789");
    for (size_t i = 0; plain[i] != '\0'; i++) {
        size_t left = i < sign ? 0 : whole - (i - sign);
        if (i > sign && i < sign + whole && left % GROUP == 0)
            marked[n++] = ',';
        marked[n++] = plain[i];
    }
    marked[n] = '\0';
    /* what rounds to zero has no sign */
    bool zero = sign == 1 && marked[1 + strspn(marked + 1, "0.")] == '\0';
    return mem_arena_text(arena, marked + zero);
}

void
phrase_text(struct phrase *self, const char *en, const char *zh)
{
    add(self, en, zh);
}

void
phrase_number(struct phrase *self, double x, int decimals)
{
    const char *text = phrase_digits(self->arena, x, decimals);

    add(self, text, text);
}

void
phrase_amount(struct phrase *self, double x, const char *unit, int decimals)
{
    const char *text = phrase_digits(self->arena, x, decimals);

    if (strcmp(unit, "1/1000") == 0)
        add(self, glue(self->arena, text, " per 1,000", ""),
            glue(self->arena, "每千人", text, ""));
    else if (strcmp(unit, "%") == 0)
        add(self, glue(self->arena, text, " %", ""), glue(self->arena, text, "%", ""));
    else if (strcmp(unit, "CNY") == 0)
        add(self, glue(self->arena, text, " CNY", ""),
            glue(self->arena, text, "元", ""));
    else
        add(self, text, text);
}

void
phrase_day(struct phrase *self, int32_t day)
{
    char text[16], zh[48];
    struct date d = date_of(day);

    snprintf(zh, sizeof zh, "%d年%d月%d日", d.year, d.month, d.day);
    add(self, mem_arena_text(self->arena, date_text(day, text)),
        mem_arena_text(self->arena, zh));
}

void
phrase_join(
    struct phrase *self, struct phrase_word between, const char *en, const char *zh)
{
    BUG_IF(self->n == 0);
    struct phrase_word *word = &self->word[self->n - 1];

    word->en = glue(self->arena, word->en, between.en, en);
    word->zh = glue(self->arena, word->zh, between.zh, zh);
}

/* The word for the place that begins at `at`, or NULL when none does. */
static const char *
word_at(const struct phrase *self, const char *at, bool zh)
{
    if (at[0] != '{' || at[1] < 'a' || at[1] > 'z' || at[2] != '}')
        return NULL;
    int i = at[1] - 'a';
    BUG_IF(i >= self->n);
    return zh ? self->word[i].zh : self->word[i].en;
}

const char *
phrase_fill(const struct phrase *self, const char *sentence, bool zh)
{
    size_t size = 1;

    for (const char *at = sentence; *at != '\0'; at++) {
        const char *word = word_at(self, at, zh);
        size += word != NULL ? strlen(word) : 1;
    }
    char *text = mem_arena(self->arena, size, 1), *to = text;
    for (const char *at = sentence; *at != '\0'; at++) {
        const char *word = word_at(self, at, zh);
        if (word == NULL) {
            *to++ = *at;
            continue;
        }
        memcpy(to, word, strlen(word));
        to += strlen(word);
        at += 2;
    }
    return text;
}
