#include "sim/rng.h"

#include "sim/err.h"

/* 2^64 divided by the golden ratio, odd: its multiples are spread evenly. */
#define GOLDEN 0x9e3779b97f4a7c15u

/*
 * A bijection of 64 bits in which every bit of the result depends on every bit of z.
 *
 * Source   Steele, Lea, Flood, OOPSLA (2014) 453-472, doi 10.1145/2660193.2660195,
 *          with the constants of David Stafford's variant 13
 */
static uint64_t
mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

struct rng_run
rng_run(uint64_t seed, uint32_t replicate)
{
    /* GOLDEN is odd: of one seed no two replicates share a key. */
    uint64_t key = mix(seed + GOLDEN) + GOLDEN * replicate;

    return (struct rng_run){{(uint32_t)key, (uint32_t)(key >> 32)}};
}

uint64_t
rng_mix(uint64_t a, uint64_t b)
{
    return mix(mix(a + GOLDEN) + b);
}

static uint32_t
next_word(struct rng_stream *self)
{
    if (self->left == 0) {
        self->block = rng_block(self->run, self->subject, self->purpose, self->n++);
        self->left = 4;
    }
    return self->block.word[4 - self->left--];
}

static void
stream_set(void *state, unsigned long seed)
{
    (void)seed;
    BUG_IF(state != NULL); /* named by rng_open(), never seeded */
}

static unsigned long
stream_word(void *state)
{
    return next_word(state);
}

static double
stream_uniform(void *state)
{
    uint32_t low = next_word(state);

    return rng_uniform64(low, next_word(state));
}

static const gsl_rng_type stream_type = {
    .name = "philox4x32-10",
    .max = UINT32_MAX,
    .min = 0,
    .size = sizeof(struct rng_stream),
    .set = stream_set,
    .get = stream_word,
    .get_double = stream_uniform,
};

const gsl_rng *
rng_open(
    struct rng_stream *self, struct rng_run run, uint64_t subject, uint32_t purpose)
{
    *self = (struct rng_stream){.gsl = {&stream_type, self},
        .run = run,
        .subject = subject,
        .purpose = purpose};
    return &self->gsl;
}
