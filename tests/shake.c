#include "tests/shake.h"

#include "models/care.h"
#include "models/cases.h"
#include "models/stock.h"
#include "sim/date.h"

/* Draws of this model; no person has its subjects. */
enum { PURPOSE_SHAKE = 4711 };

static void start(struct region *r);
static void shake(struct region *r, const struct event *e);

static const struct handler handlers[] = {
    {"shake", shake, "something is done to sites"}, {.name = NULL}};

static const struct model shake_model = {
    .name = "shake",
    .doc = "does whatever can be done",
    .handlers = handlers,
    .start = start,
};

const struct model *const *
shake_models(const struct model *list[MODELS_COUNT + 3])
{
    audit_models(list);
    list[SHAKE_MODEL] = &shake_model;
    list[SHAKE_MODEL + 1] = NULL;
    return list;
}

/* A whole number below `n` from word `k` of the month's draws. */
static int
draw(const struct region *r, uint32_t month, int k, int n)
{
    struct rng_block b =
        rng_block(r->run, r->code, PURPOSE_SHAKE, month * 8u + (uint32_t)k / 4);

    return (int)(b.word[k % 4] % (uint32_t)n);
}

/* A site that is open and takes users, of any kind; -1 when the drawn one is not. */
static int32_t
site(const struct region *r, uint32_t month, int k)
{
    const struct facilities *f = facility_of(r);
    int32_t i = f->n > 0 ? draw(r, month, k, f->n) : -1;

    return i >= 0 && f->row[i].open && f->row[i].operating ? i : -1;
}

static bool
is_home(const struct region *r, int service)
{
    return service_of(r->setup)->row[service].kind == RESIDENCE;
}

static void
build(struct region *r, uint32_t month)
{
    const struct service_tab *t = service_of(r->setup);
    struct facility x = {.key = rng_mix(r->code, month),
        .service = draw(r, month, 0, t->n),
        .homes = 1,
        .operating = true};
    const struct service_row *row = &t->row[x.service];

    if (row->unlimited || row->kind == ONCE)
        return;
    x.bed[BED_ORDINARY] = draw(r, month, 1, 30);
    for (int b = BED_NURSING; b < BEDS && is_home(r, x.service); b++)
        x.bed[b] = draw(r, month, 1 + b, 10);
    stock_build(r, &x);
}

static void
resize(struct region *r, uint32_t month)
{
    int32_t i = site(r, month, 4);

    if (i < 0)
        return;
    bool home = is_home(r, facility_of(r)->row[i].service);
    stock_extend(r, i, home ? draw(r, month, 5, BEDS) : BED_ORDINARY,
        draw(r, month, 6, 40) - 20);
}

static void
convert(struct region *r, uint32_t month)
{
    int32_t i = site(r, month, 8);

    if (i >= 0 && is_home(r, facility_of(r)->row[i].service))
        stock_convert(r, i, BED_NURSING + draw(r, month, 9, 2), draw(r, month, 10, 20));
}

static void
hand_over(struct region *r, uint32_t month)
{
    const struct service_tab *t = service_of(r->setup);
    int32_t i = site(r, month, 12);
    int to = draw(r, month, 13, t->n);

    if (i >= 0 && t->desk[facility_of(r)->row[i].service] == t->desk[to])
        stock_hand_over(r, i, to);
}

static void
shut(struct region *r, uint32_t month)
{
    int32_t i = site(r, month, 16);

    if (i >= 0 && draw(r, month, 17, 3) == 0)
        stock_close(r, i);
}

/* Terms of any service; and pieces. */
static void
change_terms(struct region *r, uint32_t month)
{
    const struct service_tab *t = service_of(r->setup);
    int k = draw(r, month, 20, t->n);
    struct service_terms *terms = service_terms(r, k);

    terms->rule = draw(r, month, 21, RULES);
    terms->reserve = draw(r, month, 22, 4) / 10.0;
    terms->price = 0.5 + draw(r, month, 23, 10) / 10.0;
    care_look_again(r, k);
    for (int i = 0; i < t->n; i++)
        if (t->row[i].kind == ONCE)
            care_add_pieces(r, i, draw(r, month, 24 + i % 4, 12));
}

static void
shake(struct region *r, const struct event *e)
{
    uint32_t month = e->subject;

    build(r, month);
    resize(r, month);
    convert(r, month);
    hand_over(r, month);
    shut(r, month);
    change_terms(r, month);
    int32_t next = e->time + 29 * MINUTES_A_DAY + 777;
    region_schedule(
        r, SHAKE_MODEL, 0, month + 1, 0, next < r->setup->end ? next : NEVER);
}

static void
start(struct region *r)
{
    region_schedule(r, SHAKE_MODEL, 0, 0, 0, 31 * MINUTES_A_DAY);
}
