#include "tests/games.h"

#include "sim/date.h"
#include "sim/mem.h"
#include "sim/region.h"

#include <string.h>

enum { PURPOSE_HOP = 1, HOP = 0 };

static const struct axis log_axis = {.name = "line", .doc = "lines", .n = GAMES_LOG};
static const struct field out_table[] = {
    {FIELD(struct games_out, hops), .unit = "1", .doc = "hops", .method = FIELD_SUM},
    {FIELD(struct games_out, came), .unit = "1", .doc = "arrivals",
        .method = FIELD_SUM},
    {FIELD(struct games_out, balls), .unit = "1", .doc = "balls"},
    {FIELD(struct games_out, sum), .unit = "1", .doc = "of times", .method = FIELD_SUM},
    {FIELD(struct games_out, log), .unit = "1", .doc = "log", .axis = {&log_axis}},
    {.name = NULL},
};

static struct games_out *
out_of(struct region *r)
{
    return r->out[0];
}

static void
regions(struct setup *s, int n)
{
    s->n_regions = n;
    s->region = mem_arena(&s->arena, (size_t)n, sizeof *s->region);
    for (int i = 0; i < n; i++)
        s->region[i] = (struct region_name){
            .code = 1u + (unsigned)i, .name = "x", .load.rows = (double)(i * 5 % 7)};
}

/* --- PHOLD: balls hop at random times, some to other regions ------------------------
 */

struct court {
    int64_t balls;
};

/* The n-th flight of a ball, whose number is its name everywhere. */
static void throw(struct region * r, uint32_t ball, uint32_t n)
{
    struct rng_block b = rng_block(r->run, ball, PURPOSE_HOP, n);
    double days = 3.0 * rng_exponential(b, 0);

    if (days < 1000.0)
        region_schedule(
            r, 0, HOP, ball, n, region_now(r) + (int32_t)(days * MINUTES_A_DAY));
}

static void
hop(struct region *r, const struct event *e)
{
    struct rng_block b = rng_block(r->run, e->subject, PURPOSE_HOP, e->serial);
    struct court *c = r->state;

    out_of(r)->hops++;
    out_of(r)->sum += (int64_t)e->time * (e->subject + 1) % 1000003;
    if (b.word[3] % 4 != 0) {
        throw(r, e->subject, e->serial + 1);
        return;
    }
    struct message *m =
        region_send(r, b.word[2] % (uint32_t)r->setup->n_regions, 0, e->subject);
    memcpy(m->body.byte, &e->serial, sizeof e->serial);
    c->balls--;
}

static void catch (struct region *r, const struct message *m)
{
    struct court *c = r->state;
    uint32_t n;

    memcpy(&n, m->body.byte, sizeof n);
    out_of(r)->came++;
    out_of(r)->sum =
        (out_of(r)->sum * 31 + m->kind + n) % 1000003; /* minds the order */
    c->balls++;
    throw(r, m->kind, n + 1);
}

static void
court_starts(struct region *r)
{
    struct court *c = mem_alloc(1, sizeof *c);

    r->state = c;
    c->balls = GAMES_BALLS;
    for (uint32_t i = 0; i < GAMES_BALLS; i++)
        throw(r, r->index * GAMES_BALLS + i, 0);
}

static void
court_ends(struct region *r)
{
    mem_free(r->state);
}

static void
court_looks(struct region *r)
{
    out_of(r)->balls = ((const struct court *)r->state)->balls;
}

static void
courts(struct setup *s, void *tab, struct report *report)
{
    (void)tab;
    (void)report;
    regions(s, GAMES_REGIONS);
}

static const struct handler court_handlers[] = {{"hop", hop, "hop"}, {.name = NULL}};
const struct model games_phold = {.name = "phold",
    .prepare = courts,
    .out_size = sizeof(struct games_out),
    .out = out_table,
    .handlers = court_handlers,
    .start = court_starts,
    .finish = court_ends,
    .observe = court_looks,
    .receive = catch};

/* --- ping-pong: what comes is sent back a day later ---------------------------------
 */

static void
hit(struct region *r, const struct event *e)
{
    (void)e;
    out_of(r)->hops++;
    region_send(r, 1 - r->index, 0, 0);
}

static void
back(struct region *r, const struct message *m)
{
    (void)m;
    out_of(r)->log[out_of(r)->came++] = region_now(r) / MINUTES_A_DAY;
    region_schedule(r, 0, HOP, 0, 0, region_now(r) + MINUTES_A_DAY);
}

static void
serve(struct region *r)
{
    if (r->index == 0)
        region_schedule(r, 0, HOP, 0, 0, MINUTES_A_DAY / 2);
}

static void
two(struct setup *s, void *tab, struct report *report)
{
    (void)tab;
    (void)report;
    regions(s, 2);
}

static const struct handler pong_handlers[] = {{"hit", hit, "hit"}, {.name = NULL}};
const struct model games_pong = {.name = "pong",
    .prepare = two,
    .out_size = sizeof(struct games_out),
    .out = out_table,
    .handlers = pong_handlers,
    .start = serve,
    .receive = back};

/* --- post: everybody writes to region 0, which keeps the order ----------------------
 */

static void
write_letters(struct region *r, const struct event *e)
{
    (void)e;
    for (uint32_t i = 0; i < 2; i++)
        region_send(r, 0, 0, i);
}

static void
keep(struct region *r, const struct message *m)
{
    out_of(r)->log[out_of(r)->came++] =
        m->time * 100 + (int64_t)m->from * 10 + (int64_t)m->kind;
}

/* The last region writes first; two write at the same moment. */
static void
plan_letters(struct region *r)
{
    static const int32_t when[GAMES_REGIONS] = {500, 300, 300, 200, 150, 120, 100};

    region_schedule(r, 0, HOP, 0, 0, when[r->index]);
}

static const struct handler post_handlers[] = {
    {"write", write_letters, "write"}, {.name = NULL}};
const struct model games_post = {.name = "post",
    .prepare = courts,
    .out_size = sizeof(struct games_out),
    .out = out_table,
    .handlers = post_handlers,
    .start = plan_letters,
    .receive = keep};
