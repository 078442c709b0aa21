/*
 * preload.h - who uses services when the run starts, and who would apply at once.
 */
#ifndef MODELS_PRELOAD_H
#define MODELS_PRELOAD_H

#include "models/care.h"

/* At each desk the `users` per 1,000 eligible, those who pass the funnel first, then
 * the least reluctant; the rest of those who pass apply within the backlog. */
void preload_users(struct region *r);

#endif
