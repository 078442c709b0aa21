/*
 * look.h - people consider desks whose terms have changed, or that have new sites near.
 */
#ifndef MODELS_LOOK_H
#define MODELS_LOOK_H

#include "models/care.h"

enum { LOOK_DAYS = 182 };

/*
 * Everybody at home looks at the desks with news, and at those for which they have come
 * of age within the last LOOK_DAYS; who passes the funnel and has no case there
 * applies. Then nothing is news.
 */
void look_at_news(struct region *r);

/* Tells who is past 60: of six people five are not, and passing over them takes longer
 * than to look. */
void look_note(struct region *r, uint32_t person);

#endif
