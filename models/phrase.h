/*
 * phrase.h - sentences in English and Chinese, with words that are put in their places.
 *
 * A template marks the places by {a}, {b} ... {z}; the words are given in that order,
 * each in both languages.
 */
#ifndef MODELS_PHRASE_H
#define MODELS_PHRASE_H

#include "sim/mem.h"

#include <stdbool.h>
#include <stdint.h>

/* Decimals: as many as it takes; or two, none from 1,000 on, for what was worked out.
 */
enum { PHRASE_WORDS = 26, PHRASE_SHORTEST = -1, PHRASE_ROUNDED = -2 };

struct phrase_word {
    const char *en, *zh;
};

struct phrase {
    struct arena *arena; /* not owned; all texts live there */
    struct phrase_word word[PHRASE_WORDS];
    int n;
};

/* Words of a sentence, in turn: a text in both languages, ... */
void phrase_text(struct phrase *self, const char *en, const char *zh);

/* ... a number with marks between thousands, of so many decimals, ... */
void phrase_number(struct phrase *self, double x, int decimals);

/* ... likewise in a unit ("41.82 %", "25 per 1,000"; others are not said), ... */
void phrase_amount(struct phrase *self, double x, const char *unit, int decimals);

/* ... a day. */
void phrase_day(struct phrase *self, int32_t day);

/* Adds another text to the word that was given last, with a text between. */
void phrase_join(
    struct phrase *self, struct phrase_word between, const char *en, const char *zh);

/* The number as phrase_number() has it. */
const char *phrase_digits(struct arena *arena, double x, int decimals);

/* The sentence, in the arena. A place without a word is a bug. */
const char *phrase_fill(const struct phrase *self, const char *sentence, bool zh);

#endif
