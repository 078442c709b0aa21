/*
 * turnover.h - how staff join and leave: thresholds and ages, the rate of quitting,
 * retirement, and who fills a post that falls vacant.
 *
 * The model workforce says when recruits come; here is what becomes of them.
 */
#ifndef MODELS_TURNOVER_H
#define MODELS_TURNOVER_H

#include "models/workforce.h"

/* A member of the start. */
void turnover_start(struct region *r, enum staff_kind k, uint64_t key);

/* A trainee joins, who has finished training now. */
void turnover_join(struct region *r, enum staff_kind k, uint32_t row);

/*
 * The rate of quitting from now on, after a change of pressure or wage:
 * quits x pressure x wage^-elasticity.
 */
void turnover_change(struct region *r, enum staff_kind k);

/* Handlers. At each month's start the pressure is made anew from load and capacity. */
void turnover_month(struct region *r, const struct event *e);
void turnover_quit(struct region *r, const struct event *e);
void turnover_retire(struct region *r, const struct event *e);

#endif
