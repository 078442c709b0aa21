#include "validation/lines.h"

#include "models/care.h"
#include "models/cases.h"
#include "models/county.h"
#include "models/sojourn.h"
#include "sim/err.h"
#include "sim/mem.h"

#include <string.h>

#define NOWHERE (-1)

static const struct axis *items(const struct setup *s);
static void start(struct region *r);
static void finish(struct region *r);
static void observe(struct region *r);
static const struct field no_rows[] = {{.name = NULL}}; /* results stay in the book */
static const struct model lines_model = {
    .name = "lines",
    .doc = "looks at who waits and who is served",
    .out_size = sizeof(struct lines_out),
    .out = no_rows,
    .items = items,
    .start = start,
    .finish = finish,
    .observe = observe,
};

/* Where somebody is on one side, as last seen. */
struct spell {
    int32_t line;  /* desk x BEDS + bed, or NOWHERE */
    int32_t since; /* minutes */
    uint32_t at;   /* in the line's list */
};

/* Who is on one side of a line, as last seen: slots. */
struct held {
    uint32_t *slot; /* [n]; owned */
    uint32_t n, room;
    int64_t spells;
    double over; /* minute, of spells that are over */
};

/* What a station counts. */
struct counts {
    int64_t busy, waiting, joined, served, left;
};

/* Cases and guests have slots: a case's row on both sides; the use of one service by a
 * guest, row x STAY_USES + use, only on the side of use, in a list of its own. */
enum who { CASE, GUEST, WHO };

struct watch {
    struct spell *spell[WHO][LINES_SIDES]; /* [room]; owned */
    uint32_t room[WHO];
    struct held (*held)[WHO][LINES_SIDES]; /* [lines]; owned */
    struct counts *counts;                 /* [lines] as last seen; owned */
    int64_t changed, missed;
};

const struct model *const *
lines_models(const struct model *list[MODELS_COUNT + 2])
{
    for (int i = 0; i < MODELS_COUNT; i++)
        list[i] = models_list[i];
    list[LINES_MODEL] = &lines_model;
    list[LINES_MODEL + 1] = NULL;
    return list;
}

static const struct axis *
items(const struct setup *s)
{
    return &service_of(s)->axis;
}

static int
lines_n(const struct region *r)
{
    return service_of(r->setup)->n * BEDS;
}

static bool
is_line(const struct region *r, int line)
{
    return service_of(r->setup)->desk[line / BEDS] == line / BEDS;
}

static const struct station *
station_of(const struct region *r, int line)
{
    return &cases_of(r)->desk[line / BEDS].line[line % BEDS];
}

static void
grow(struct watch *w, enum who who, uint32_t n)
{
    uint32_t room = w->room[who];

    if (n <= room)
        return;
    w->room[who] = 2 * n;
    for (int side = 0; side < LINES_SIDES; side++) {
        struct spell **spell = &w->spell[who][side];
        *spell = mem_grow(*spell, 2 * n, sizeof **spell);
        for (uint32_t i = room; i < 2 * n; i++)
            (*spell)[i].line = NOWHERE;
    }
}

static void
enter(struct watch *w, enum who who, enum lines_side side, uint32_t slot)
{
    struct spell *x = &w->spell[who][side][slot];
    struct held *h = &w->held[x->line][who][side];

    if (h->n == h->room) {
        h->room = h->room ? 2 * h->room : 16;
        h->slot = mem_grow(h->slot, h->room, sizeof *h->slot);
    }
    x->at = h->n;
    h->slot[h->n++] = slot;
    h->spells++;
}

static void
leave(struct watch *w, enum who who, enum lines_side side, uint32_t slot, int32_t now)
{
    struct spell *x = &w->spell[who][side][slot];
    struct held *h = &w->held[x->line][who][side];

    h->over += (double)now - x->since;
    h->slot[x->at] = h->slot[--h->n];
    w->spell[who][side][h->slot[x->at]].at = x->at;
}

/* Somebody is seen in a line, or nowhere. */
static void
see(struct watch *w, enum who who, enum lines_side side, uint32_t slot, int line,
    int32_t now)
{
    struct spell *x = &w->spell[who][side][slot];

    if (x->line == line)
        return;
    w->changed++;
    if (x->line != NOWHERE)
        leave(w, who, side, slot, now);
    x->line = line;
    x->since = now;
    if (line != NOWHERE)
        enter(w, who, side, slot);
}

static void
look_at_case(const struct region *r, struct watch *w, uint32_t i)
{
    const struct care_case *x = &cases_of(r)->row[i];
    int32_t now = region_now(r);

    see(w, CASE, LINES_WAIT, i,
        x->ticket == STATION_NONE ? NOWHERE : x->desk * BEDS + x->wanted, now);
    see(w, CASE, LINES_USE, i, x->state == USING ? x->desk * BEDS + x->bed : NOWHERE,
        now);
}

static void
look_at_guest(const struct region *r, struct watch *w, uint32_t slot)
{
    const struct stay *x = &sojourn_state(r)->guest[slot / STAY_USES];
    int use = slot % STAY_USES, line = NOWHERE;

    if (x->origin >= 0 && x->site[use] >= 0)
        line = sojourn_of(r->setup)->uses[x->origin][use] * BEDS + BED_ORDINARY;
    see(w, GUEST, LINES_USE, slot, line, region_now(r));
}

static void
look_at_all(const struct region *r, struct watch *w)
{
    for (uint32_t i = 0; i < cases_of(r)->n; i++)
        look_at_case(r, w, i);
    for (uint32_t i = 0; i < sojourn_state(r)->n * STAY_USES; i++)
        look_at_guest(r, w, i);
}

/* From the last on, as who has left gives the place in the list to the last. */
static void
look_at_held(const struct region *r, struct watch *w, int line)
{
    for (int side = 0; side < LINES_SIDES; side++)
        for (uint32_t k = w->held[line][CASE][side].n; k-- > 0;)
            look_at_case(r, w, w->held[line][CASE][side].slot[k]);
    for (uint32_t k = w->held[line][GUEST][LINES_USE].n; k-- > 0;)
        look_at_guest(r, w, w->held[line][GUEST][LINES_USE].slot[k]);
}

/* The subject as a case and as a person; whatever it is, looking does no harm. */
static void
look_at_subject(const struct region *r, struct watch *w, uint32_t subject)
{
    const struct county *county = county_of(r);

    if (subject < cases_of(r)->n)
        look_at_case(r, w, subject);
    if (subject >= county->n || !county->person[subject].alive)
        return;
    for (uint32_t i = county->person[subject].care; i != PERSON_NONE;
         i = cases_of(r)->row[i].next)
        look_at_case(r, w, i);
}

static struct counts
counts_of(const struct station *s)
{
    return (struct counts){s->busy, s->waiting, s->joined, s->served, s->left};
}

static bool
has_moved(const struct region *r, const struct watch *w, int line)
{
    struct counts now = counts_of(station_of(r, line));

    return is_line(r, line) && memcmp(&now, &w->counts[line], sizeof now) != 0;
}

static bool
is_complete(const struct region *r, const struct watch *w, int line)
{
    const struct station *s = station_of(r, line);
    const struct held(*h)[LINES_SIDES] =
        (const struct held(*)[LINES_SIDES])w->held[line];

    return h[CASE][LINES_WAIT].n == s->waiting &&
           h[CASE][LINES_USE].n + h[GUEST][LINES_USE].n == s->busy;
}

static void
look(const struct region *r, uint32_t subject)
{
    struct watch *w = r->own[LINES_MODEL];
    int moved[SERVICES_MOST * BEDS], n = 0;
    bool complete = true;

    for (int i = 0; i < lines_n(r); i++)
        if (has_moved(r, w, i))
            moved[n++] = i;
    if (n == 0)
        return;
    grow(w, CASE, cases_of(r)->n);
    grow(w, GUEST, sojourn_state(r)->n * STAY_USES);
    look_at_subject(r, w, subject);
    for (int k = 0; k < n; k++) {
        look_at_held(r, w, moved[k]);
        w->counts[moved[k]] = counts_of(station_of(r, moved[k]));
    }
    for (int k = 0; k < n; k++)
        complete &= is_complete(r, w, moved[k]);
    if (!complete)
        look_at_all(r, w);
}

/* Stands for every handler of the run. */
static void
relay(struct region *r, const struct event *e)
{
    const int *first = r->setup->first_kind;
    int m = MODELS_COUNT - 1;

    while (first[m] > e->kind)
        m--;
    models_list[m]->handlers[e->kind - first[m]].run(r, e);
    look(r, e->subject);
}

void
lines_watch(struct setup *setup)
{
    static const struct handler handler = {"relay", relay, "an event, then a look"};

    for (int k = 0; k < setup->n_kinds; k++)
        setup->handler[k] = &handler;
}

static void
start(struct region *r)
{
    struct watch *w = mem_alloc(1, sizeof *w);
    size_t n = (size_t)lines_n(r) + 1;

    w->held = mem_alloc(n, sizeof *w->held);
    w->counts = mem_alloc(n, sizeof *w->counts);
    r->own[LINES_MODEL] = w;
    grow(w, CASE, cases_of(r)->n);
    grow(w, GUEST, sojourn_state(r)->n * STAY_USES);
    look_at_all(r, w);
    for (int i = 0; i < lines_n(r); i++)
        w->counts[i] = counts_of(station_of(r, i));
}

static void
finish(struct region *r)
{
    struct watch *w = r->own[LINES_MODEL];

    for (int i = 0; i < lines_n(r); i++)
        for (int k = 0; k < WHO * LINES_SIDES; k++)
            mem_free(w->held[i][k / LINES_SIDES][k % LINES_SIDES].slot);
    for (int k = 0; k < WHO * LINES_SIDES; k++)
        mem_free(w->spell[k / LINES_SIDES][k % LINES_SIDES]);
    mem_free(w->held);
    mem_free(w->counts);
    mem_free(w);
    r->own[LINES_MODEL] = NULL;
}

static struct lines_sum
sum_of(const struct region *r, int line, enum lines_side side)
{
    const struct watch *w = r->own[LINES_MODEL];
    const struct station *s = station_of(r, line);
    double d = (double)region_now(r) - s->since;
    struct lines_sum sum = {
        .integral = side == LINES_WAIT ? s->waiting_minutes + d * (double)s->waiting
                                       : s->busy_minutes + d * (double)s->busy};

    for (int who = 0; who < WHO; who++) {
        const struct held *h = &w->held[line][who][side];
        sum.over += h->over;
        sum.spells += h->spells;
        sum.there += h->n;
        for (uint32_t k = 0; k < h->n; k++)
            sum.lasting +=
                (double)region_now(r) - w->spell[who][side][h->slot[k]].since;
    }
    return sum;
}

static void
add_line(const struct region *r, int line, struct lines_out *out)
{
    int64_t spells = 0;

    for (int k = 0; k < LINES_SIDES; k++) {
        struct lines_sum one = sum_of(r, line, (enum lines_side)k);
        struct lines_sum *all = &out->side[k];
        all->integral += one.integral;
        all->over += one.over;
        all->lasting += one.lasting;
        all->spells += one.spells;
        all->there += one.there;
        spells += one.spells;
        out->wrong[k] += one.integral != one.over + one.lasting; /* whole: exact */
    }
    out->lines += spells > 0;
}

/* What moved since the last event did so at the window's end, or was missed: what has
 * not been seen by its line's counts. */
static void
observe(struct region *r)
{
    struct watch *w = r->own[LINES_MODEL];
    struct lines_out *out = r->out[LINES_MODEL];

    look(r, UINT32_MAX);
    int64_t before = w->changed;
    grow(w, CASE, cases_of(r)->n);
    grow(w, GUEST, sojourn_state(r)->n * STAY_USES);
    look_at_all(r, w);
    w->missed += w->changed - before;
    out[0].missed = w->missed;
    for (int i = 0; i < lines_n(r); i++)
        if (is_line(r, i))
            add_line(r, i, &out[i / BEDS]);
}
