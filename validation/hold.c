#include "validation/hold.h"

#include "sim/mem.h"
#include "sim/region.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum { ACT };
enum { DRAW_WAIT = 1, DRAW_TO };

struct out {
    int64_t acts, sent, tokens, mark;
};

static const struct field out_table[] = {
    {FIELD(struct out, acts), .unit = "1", .method = FIELD_SUM, .doc = "acts"},
    {FIELD(struct out, sent), .unit = "1", .method = FIELD_SUM,
        .doc = "tokens sent to another region"},
    {FIELD(struct out, tokens), .unit = "1", .doc = "tokens present"},
    {FIELD(struct out, mark), .unit = "1", .method = FIELD_SUM,
        .doc = "a sum that depends on the order of events"},
    {.name = NULL},
};

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct hold *h = s->par[0];

    (void)tab;
    (void)report;
    s->n_regions = h->regions;
    s->region = mem_arena(&s->arena, (size_t)h->regions, sizeof *s->region);
    for (int k = 0; k < h->regions; k++)
        s->region[k] = (struct region_name){.code = 1u + (unsigned)k,
            .name = "hold",
            .name_zh = "hold",
            .load.rows = h->tokens};
}

/* The moment of a token's n-th act; whole minutes to the nearest, which keeps means. */
static int32_t
next_act(const struct region *r, uint32_t token, uint32_t n)
{
    const struct hold *h = r->setup->par[0];
    double wait = rng_exponential(rng_block(r->run, token, DRAW_WAIT, n), 0) * h->delay;
    double t = region_now(r) + floor(wait + (n > 0 ? h->lookahead : 0.0) + 0.5);

    return t < r->setup->end ? (int32_t)t : NEVER;
}

static void
begin(struct region *r)
{
    const struct hold *h = r->setup->par[0];
    int64_t *present = mem_alloc(1, sizeof *present);

    r->own[0] = present;
    *present = h->tokens;
    for (uint32_t i = 0; i < (uint32_t)h->tokens; i++) {
        uint32_t token = r->index * (uint32_t)h->tokens + i;
        region_schedule(r, 0, ACT, token, 0, next_act(r, token, 0));
    }
}

static void
act(struct region *r, const struct event *e)
{
    const struct hold *h = r->setup->par[0];
    struct out *out = r->out[0];
    struct rng_block b = rng_block(r->run, e->subject, DRAW_TO, e->serial);
    int32_t next = next_act(r, e->subject, e->serial + 1);

    out->acts++;
    out->mark = (out->mark * 31 + e->subject + (int64_t)e->time) % 1000003;
    if (rng_uniform(b, 0) >= h->remote) {
        region_schedule(r, 0, ACT, e->subject, e->serial + 1, next);
        return;
    }
    uint32_t to =
        (r->index + 1 + b.word[3] % (uint32_t)(h->regions - 1)) % (uint32_t)h->regions;
    struct message *m = region_send(r, to, 0, e->subject);
    m->body.align = (uint64_t)(e->serial + 1) << 32 | (uint32_t)next;
    out->sent++;
    --*(int64_t *)r->own[0];
}

static void
receive(struct region *r, const struct message *m)
{
    ++*(int64_t *)r->own[0];
    region_schedule(r, 0, ACT, m->kind, (uint32_t)(m->body.align >> 32),
        (int32_t)(uint32_t)m->body.align);
}

static void
observe(struct region *r)
{
    ((struct out *)r->out[0])->tokens = *(const int64_t *)r->own[0];
}

static void
finish(struct region *r)
{
    mem_free(r->own[0]);
}

static const struct handler handlers[] = {
    {"act", act, "a token acts and is sent on"},
    {.name = NULL},
};

const struct model hold_model = {
    .name = "hold",
    .doc = "PHOLD",
    .prepare = prepare,
    .out_size = sizeof(struct out),
    .out = out_table,
    .handlers = handlers,
    .start = begin,
    .finish = finish,
    .observe = observe,
    .receive = receive,
};

/*
 * The n-th act comes at (n - 1) lookahead + a gamma time of shape n, so it is before t
 * with a probability P(n) that GSL knows; the mean is the sum of P(n), the mean of the
 * square that of (2 n - 1) P(n).
 */
void
hold_expect(const struct hold *h, double t, double *mean, double *variance)
{
    double sum = 0.0, square = 0.0;

    for (int n = 1; t > (n - 1) * h->lookahead; n++) {
        double p = gsl_cdf_gamma_P(t - (n - 1) * h->lookahead, n, h->delay);
        if (p < 1e-16 && n > t / (h->lookahead + h->delay))
            break;
        sum += p;
        square += (2.0 * n - 1.0) * p;
    }
    *mean = sum;
    *variance = square - sum * sum;
}
