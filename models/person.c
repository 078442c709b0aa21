#include "models/person.h"

#include "sim/date.h"
#include "sim/num.h"

#include <assert.h>

static_assert(sizeof(struct person) == 48, "a run of a whole country must fit memory");

enum {
    CHILD = 0x6368,
    ARRIVAL = 0x6172,
    JOINING = 0x6a6f,
    GUEST = 0x6775
}; /* tags that keep kinds of keys apart */

uint64_t
person_key(uint64_t county, uint32_t ordinal)
{
    return county << 32 | ordinal;
}

uint64_t
person_key_child(const struct person *mother)
{
    return rng_mix(mother->key, CHILD + ((uint64_t)mother->parity << 16));
}

uint64_t
person_key_arrival(uint64_t county, uint32_t ordinal)
{
    return rng_mix(person_key(county, ordinal), ARRIVAL);
}

uint64_t
person_key_joining(uint64_t county, uint32_t cohort, uint32_t ordinal)
{
    return rng_mix(person_key(county, ordinal), JOINING + ((uint64_t)cohort << 16));
}

uint64_t
person_key_guest(uint64_t county, uint32_t origin, uint32_t ordinal)
{
    return rng_mix(person_key(county, ordinal), GUEST + ((uint64_t)origin << 16));
}

void
person_thresholds(struct person *self, struct rng_run run)
{
    struct rng_block b = rng_block(run, self->key, PURPOSE_START, 0);

    self->death = (float)-num_log(rng_uniform32(b.word[0]));
    self->course = (float)-num_log(rng_uniform32(b.word[1]));
    self->move = (float)-num_log(rng_uniform32(b.word[2]));
}

double
person_age(const struct person *self, int32_t t)
{
    return ((double)t - self->birth) * (1.0 / MINUTES_A_YEAR);
}

int
person_month(int32_t day)
{
    struct date d = date_of(day);

    return (d.year - 1900) * 12 + d.month - 1;
}
