/*
 * shards.h - the young of a large county as logical processes of their own.
 *
 * A county that has all its people in one process sets the pace of all others when it
 * is much larger. Who cannot turn 60 before the run's end, and has no spouse in the
 * model, meets nobody there: no service, no bill, no partner. So these people of a
 * large county live in shards of its region, with births, deaths and moves alone; the
 * first shard, the seat, has everybody else and all places. Lives are drawn by person,
 * hence the same however a county is split.
 */
#ifndef MODELS_SHARDS_H
#define MODELS_SHARDS_H

#include "models/person.h"
#include "sim/region.h"

/* Full age at the start below which people are young for the whole run; 0 or less when
 * nobody is. */
int shards_young(const struct setup *s);

/*
 * Splits the counties of which `county.split` or more people are young, and says what
 * work each shard is. All models have prepared but for the plan. A run is not split
 * where services or insurance are for young people too.
 */
void shards_set(struct setup *s);

/* Whether the `ordinal`-th of the people of a region at the start, of full age `age`,
 * lives in this shard. */
bool shards_mine(const struct region *r, int age, uint32_t ordinal);

/* The shard of a region where somebody comes to live who moves there. */
uint32_t shards_of(const struct setup *s, uint32_t region, const struct person *p);

#endif
